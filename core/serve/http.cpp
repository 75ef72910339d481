#include "core/serve/http.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <algorithm>
#include <memory>

namespace lathe::serve {

namespace {

constexpr std::size_t kLargestReply = 1u << 30;

/// What the callbacks of one transfer share.
struct Transfer {
    HttpResponse response;
    std::stop_token stop;
    const Progress& progress;
    curl_off_t told = -1;
};

std::size_t onBody(char* data, std::size_t size, std::size_t count, void* user) {
    auto& body = static_cast<Transfer*>(user)->response.body;
    if (body.size() + size * count > kLargestReply) return 0;
    body.append(data, size * count);
    return size * count;
}

std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* user) {
    const std::string_view line(data, size * count);
    auto& headers = static_cast<Transfer*>(user)->response.headers;
    if (line.starts_with("HTTP/")) headers.clear();
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size * count;
    std::string name(line.substr(0, colon)), value(line.substr(colon + 1));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    const auto first = value.find_first_not_of(" \t"), last = value.find_last_not_of(" \t\r\n");
    headers[name] = first == std::string::npos ? "" : value.substr(first, last - first + 1);
    return size * count;
}

int onProgress(void* user, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (total > 0 && sent != transfer.told) transfer.progress.report(transfer.told = sent, total, "sending");
    return transfer.stop.stop_requested() ? 1 : 0;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

HeaderList headerList(const std::vector<std::string>& common, const std::vector<std::string>& own) {
    HeaderList list(curl_slist_append(nullptr, "Expect:"));  // no round trip of its own before a large body
    for (const auto* lines : {&common, &own}) {
        for (const auto& line : *lines) curl_slist_append(list.get(), line.c_str());
    }
    return list;
}

void startCurl() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)once;
}

}  // namespace

struct Http::Call {
    std::string path;
    const std::string* body = nullptr;  ///< nullptr: GET
    std::vector<std::string> headers;
};

Http::Http(std::string baseUrl, Options options) : m_baseUrl(std::move(baseUrl)), m_options(std::move(options)) {
    startCurl();
    while (!m_baseUrl.empty() && m_baseUrl.back() == '/') m_baseUrl.pop_back();
    m_handle = curl_easy_init();
}

Http::~Http() {
    curl_easy_cleanup(m_handle);
}

Result<HttpResponse> Http::perform(const Call& call, std::stop_token stop, const Progress& progress) {
    const std::lock_guard lock(m_mutex);
    CURL* curl = m_handle;
    if (!curl) return fail(ErrorCode::Network, "libcurl could not be started.");
    const auto url = m_baseUrl + "/" + call.path;
    Transfer transfer{{}, stop, progress};
    const auto headers = headerList(m_options.headers, call.headers);
    char words[CURL_ERROR_SIZE] = "";
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, long(m_options.connectSeconds * 1000));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, long(m_options.totalSeconds * 1000));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!m_options.caFile.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, m_options.caFile.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    if (call.body) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body->data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(call.body->size()));
    }
    const CURLcode code = curl_easy_perform(curl);
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The transfer was cancelled.", url);
    if (code != CURLE_OK) {
        return fail(ErrorCode::Network, fmt::format("The server didn't answer: {}.", *words ? words : curl_easy_strerror(code)),
                    url);
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &transfer.response.status);
    return std::move(transfer.response);
}

Result<HttpResponse> Http::get(const std::string& path, std::stop_token stop) {
    return perform({path, nullptr, {}}, stop, {});
}

Result<HttpResponse> Http::post(const std::string& path, const std::string& body, const std::vector<std::string>& headers,
                                std::stop_token stop, const Progress& progress) {
    return perform({path, &body, headers}, stop, progress);
}

std::string urlSegment(const std::string& text) {
    std::string segment;
    for (const unsigned char c : text) {
        const bool plain = std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~';
        segment += plain ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
    }
    return segment;
}

}  // namespace lathe::serve
