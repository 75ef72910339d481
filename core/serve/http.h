// HTTP for targets, over libcurl: TLS verified, timeouts, words for every failure. One per target, any thread.
#pragma once
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::serve {

struct HttpResponse {
    long status = 0;
    std::map<std::string, std::string> headers;  ///< lower-case names
    std::string body;
};

class Http {
public:
    struct Options {
        double connectSeconds = 5, totalSeconds = 120;
        std::vector<std::string> headers;  ///< "Authorization: Bearer …"
        std::string caFile;                ///< certificates to trust instead of the system's
    };
    explicit Http(std::string baseUrl, Options options);
    ~Http();
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;

    [[nodiscard]] const std::string& baseUrl() const { return m_baseUrl; }
    /// Any status is a response; Network when there was none, with the reason in words.
    [[nodiscard]] Result<HttpResponse> get(const std::string& path, std::stop_token stop = {});
    [[nodiscard]] Result<HttpResponse> post(const std::string& path, const std::string& body,
                                            const std::vector<std::string>& headers, std::stop_token stop = {},
                                            const Progress& progress = {});

private:
    struct Call;
    [[nodiscard]] Result<HttpResponse> perform(const Call& call, std::stop_token stop, const Progress& progress);

    std::string m_baseUrl;
    Options m_options;
    std::mutex m_mutex;
    void* m_handle = nullptr;  ///< CURL, kept for its open connection
};

/// A name as one segment of a URL.
[[nodiscard]] std::string urlSegment(const std::string& text);

}  // namespace lathe::serve
