// Reading "idx": pictures are taken from the file one at a time, so that neither a large set nor a gzip bomb fills the memory.
#include <fmt/format.h>
#include <zlib.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

#include "core/base/files.h"
#include "core/formats/idx.h"
#include "core/formats/source_files.h"
#include "core/image/indexed.h"

namespace lathe::formats::idx {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestPicture = 1ull << 26, kMostPictures = 100'000'000, kLargestNames = 1u << 20;

// A plain or gzipped file from its beginning.
class GzStream {
public:
    explicit GzStream(const fs::path& file) : m_file(gzopen(file.c_str(), "rb")) {
        if (m_file) gzbuffer(m_file.get(), 1 << 17);
    }
    [[nodiscard]] bool isOpen() const { return m_file != nullptr; }
    // How many of the bytes are there.
    std::size_t read(std::uint8_t* to, std::size_t size) {
        std::size_t got = 0;
        while (got < size) {
            const int n = gzread(m_file.get(), to + got, unsigned(std::min<std::size_t>(size - got, 1 << 24)));
            if (n <= 0) break;
            got += std::size_t(n);
        }
        return got;
    }

private:
    struct Close {
        void operator()(gzFile_s* file) const { gzclose(file); }
    };
    std::unique_ptr<gzFile_s, Close> m_file;
};

struct Header {
    std::array<std::uint32_t, 3> sizes{};  // number, rows, columns
};

Result<Header> headerOf(GzStream& in, const fs::path& file, int dimensions) {
    if (!in.isOpen()) return fail(base::errnoError(errno ? errno : EIO, "can't be opened", file));
    std::array<std::uint8_t, 16> bytes{};
    const std::size_t wanted = 4 + 4 * std::size_t(dimensions);
    if (in.read(bytes.data(), 4) < 4 || bytes[0] != 0 || bytes[1] != 0)
        return fail(ErrorCode::InvalidData, "isn't IDX: it doesn't begin with two zero bytes", file.string());
    if (bytes[2] != 8 || bytes[3] != dimensions)
        return fail(ErrorCode::Unsupported,
                    fmt::format("holds values of type {} in {} dimensions; only unsigned bytes (8) in {} are read", bytes[2],
                                bytes[3], dimensions),
                    file.string());
    if (in.read(bytes.data() + 4, wanted - 4) < wanted - 4)
        return fail(ErrorCode::InvalidData, "ends within its header", file.string());
    Header header;
    for (std::size_t k = 0; k < std::size_t(dimensions); ++k)
        for (std::size_t b = 0; b < 4; ++b) header.sizes[k] = header.sizes[k] << 8 | bytes[4 + 4 * k + b];
    return header;
}

std::string lowered(std::string text) {
    for (char& c : text) c = char(std::tolower(std::uint8_t(c)));
    return text;
}

constexpr std::array<std::string_view, 3> kImageEnds{"-images-idx3-ubyte", "-images.idx3-ubyte", "_images-idx3-ubyte"};

// "train" of train-images-idx3-ubyte.gz; nothing when the name isn't of this kind.
std::optional<std::string> prefixOf(const fs::path& file) {
    std::string name = file.filename().string();
    if (lowered(name).ends_with(".gz")) name.resize(name.size() - 3);
    for (const auto end : kImageEnds)
        if (lowered(name).ends_with(end)) return name.substr(0, name.size() - end.size());
    return {};
}

fs::path labelsBeside(const fs::path& images, const std::string& prefix) {
    std::error_code error;
    for (const char* end : {"-labels-idx1-ubyte", "-labels.idx1-ubyte", "_labels-idx1-ubyte"})
        for (const char* packed : {"", ".gz"})
            if (fs::path file = images.parent_path() / (prefix + end + packed); fs::is_regular_file(file, error)) return file;
    return {};
}

std::string splitOfPrefix(const std::string& prefix) {
    const std::string name = lowered(prefix);
    if (name.find("t10k") != std::string::npos || name.find("test") != std::string::npos) return "test";
    if (name.find("train") != std::string::npos) return "train";
    return name.find("val") != std::string::npos ? "val" : "";
}

std::optional<Pair> pairOf(const fs::path& file) {
    const auto prefix = prefixOf(file);
    if (!prefix) return {};
    return Pair{file, labelsBeside(file, *prefix), splitOfPrefix(*prefix), *prefix};
}

// Labels of one file, however many there are.
Result<std::vector<std::uint8_t>> labelsOf(const fs::path& file, const std::string& name, Problems& problems) {
    GzStream in(file);
    LATHE_TRY(const Header header, headerOf(in, file, 1));
    if (header.sizes[0] > kMostPictures)
        return fail(ErrorCode::InvalidData, fmt::format("claims to hold {} labels", header.sizes[0]), file.string());
    std::vector<std::uint8_t> labels;
    std::array<std::uint8_t, 1 << 14> block{};
    while (labels.size() < header.sizes[0]) {
        const std::size_t got = in.read(block.data(), std::min<std::size_t>(block.size(), header.sizes[0] - labels.size()));
        if (got == 0) break;
        labels.insert(labels.end(), block.begin(), block.begin() + std::ptrdiff_t(got));
    }
    if (labels.size() < header.sizes[0])
        problems.push_back(
            {name, "truncated",
             fmt::format("ends after {} of {} labels; the pictures behind them have no class", labels.size(), header.sizes[0])});
    return labels;
}

std::vector<std::string> namesBeside(const fs::path& folder) {
    std::vector<std::string> names;
    for (const char* leaf : {"classes.txt", "labels.txt", "class_names.txt"}) {
        const auto text = base::readFile(folder / leaf, kLargestNames);
        if (!text) continue;
        for (std::size_t from = 0; from < text->size() && names.size() < 256;) {
            const std::size_t end = std::min(text->find('\n', from), text->size());
            std::string line = text->substr(from, end - from);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            if (!line.empty()) names.push_back(std::move(line));
            from = end + 1;
        }
        if (!names.empty()) break;
    }
    return names;
}

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink) : m_source(source), m_options(options), m_sink(sink) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        const auto pairs = pairsIn(m_source);
        if (pairs.empty()) return fail(ErrorCode::NotFound, "holds no file NAME-images-idx3-ubyte (or .gz)", m_source.string());
        for (const Pair& pair : pairs) m_splits.push_back(pair.split);
        gatherLabels(pairs);
        deliverClasses(pairs.front().images.parent_path());
        for (std::size_t k = 0; k < pairs.size(); ++k) {
            const double from = double(k) / double(pairs.size()), to = double(k + 1) / double(pairs.size());
            auto read = readPair(pairs[k], m_labels[k], stop, progress.part(from, to));
            if (!read && (pairs.size() == 1 || read.error().code == ErrorCode::Cancelled)) return read;
            if (!read) m_sink.problem(base::problemOf(nameOf(pairs[k].images), read.error()));
        }
        return {};
    }

private:
    [[nodiscard]] static std::string nameOf(const fs::path& file) { return file.filename().string(); }

    void gatherLabels(const std::vector<Pair>& pairs) {
        for (const Pair& pair : pairs) {
            m_labels.emplace_back();
            if (pair.labels.empty()) {
                m_problems.push_back(
                    {nameOf(pair.images), "missing_labels", "has no file of labels beside it: its pictures have no class"});
                continue;
            }
            auto labels = labelsOf(pair.labels, nameOf(pair.labels), m_problems);
            if (labels)
                m_labels.back() = std::move(*labels);
            else
                m_problems.push_back(base::problemOf(nameOf(pair.labels), labels.error()));
        }
    }

    void deliverClasses(const fs::path& folder) {
        std::size_t count = 0;
        for (const auto& labels : m_labels)
            for (const std::uint8_t label : labels) count = std::max<std::size_t>(count, label + 1u);
        auto names = namesBeside(folder);
        const std::size_t named = names.size();
        for (std::size_t k = named; k < std::max<std::size_t>(count, named ? 0 : 10); ++k) names.push_back(std::to_string(k));
        if (named && count > named)
            m_problems.push_back(
                {"classes.txt", "unnamed_class",
                 fmt::format("names {} classes, the labels go to {}: the others are called by their numbers", named, count - 1)});
        ClassList classes;  // a name twice is one class
        for (const auto& name : names) m_classOf.push_back(classes.idOf(name));
        m_sink.classes(classes.records());
        for (auto& problem : m_problems) m_sink.problem(std::move(problem));
    }

    Result<> readPair(const Pair& pair, const std::vector<std::uint8_t>& labels, std::stop_token stop, const Progress& progress) {
        GzStream in(pair.images);
        LATHE_TRY(const Header header, headerOf(in, pair.images, 3));
        const auto [count, rows, columns] = header.sizes;
        if (rows == 0 || columns == 0 || std::uint64_t(rows) * columns > kLargestPicture || count > kMostPictures)
            return fail(ErrorCode::InvalidData, fmt::format("claims to hold {} pictures of {} x {} pixels", count, columns, rows),
                        pair.images.string());
        const bool alone = std::ranges::count(m_splits, pair.split) == 1;  // several of EMNIST's sets lie in one folder
        const std::string folder = alone && !pair.split.empty() ? pair.split : pair.prefix;
        std::vector<std::uint8_t> pixels;
        std::uint32_t done = 0;
        for (; done < count; ++done) {
            if (stop.stop_requested()) return fail(cancelled());
            if (done % 1000 == 0) progress.report(done, count, nameOf(pair.images));
            pixels.resize(std::size_t(rows) * columns);
            if (in.read(pixels.data(), pixels.size()) < pixels.size()) break;
            const cv::Mat picture(int(rows), int(columns), CV_8UC1, pixels.data());
            LATHE_CHECK(deliver(pair, picture, fmt::format("{}/{:05}.png", folder, done), done, labels));
        }
        if (done < count)
            m_sink.problem(
                {nameOf(pair.images), "truncated", fmt::format("ends after {} of {} pictures; those have been read", done, count)});
        if (!pair.labels.empty() && labels.size() != done)
            m_sink.problem({nameOf(pair.labels), "count_differs",
                            fmt::format("has {} labels for {} pictures; {}", labels.size(), done,
                                        labels.size() < done ? "the pictures behind them have no class" : "the rest is left out")});
        return {};
    }

    Result<> deliver(const Pair& pair, const cv::Mat& picture, std::string name, std::size_t number,
                     const std::vector<std::uint8_t>& labels) {
        LATHE_TRY(std::string png, image::encodePng(picture));
        ImageRecord record;
        record.name = std::move(name), record.path = pair.images;
        record.content = std::make_shared<const std::string>(std::move(png));
        record.width = picture.cols, record.height = picture.rows;
        record.split = m_options.split.empty() ? pair.split : m_options.split;
        if (number < labels.size()) record.annotations.push_back({AnnotationId(1), m_classOf[labels[number]], annot::ImageLabel{}});
        m_sink.image(std::move(record));
        return {};
    }

    const fs::path& m_source;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::vector<std::string> m_splits;
    Problems m_problems;  // before the classes were told
    std::vector<std::vector<std::uint8_t>> m_labels;
    std::vector<ClassId> m_classOf;
};

}  // namespace

std::vector<Pair> pairsIn(const fs::path& source) {
    std::error_code error;
    std::vector<Pair> pairs;
    if (fs::is_regular_file(source, error)) {
        if (const auto pair = pairOf(source)) pairs.push_back(*pair);
        return pairs;
    }
    int looked = 0;
    for (fs::directory_iterator at(source, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end && looked < 10000; at.increment(error), ++looked) {
        std::error_code ignored;
        if (!at->is_regular_file(ignored)) continue;
        if (auto pair = pairOf(at->path())) pairs.push_back(std::move(*pair));
    }
    std::ranges::sort(pairs, {}, [](const Pair& pair) -> const std::string& { return pair.images.native(); });
    // train-images-idx3-ubyte beside its own .gz
    const auto samePrefix = [](const Pair& a, const Pair& b) { return a.prefix == b.prefix; };
    pairs.erase(std::unique(pairs.begin(), pairs.end(), samePrefix), pairs.end());
    std::ranges::stable_sort(pairs, {}, [](const Pair& pair) { return pair.split == "train" ? 0 : pair.split == "val" ? 1 : 2; });
    return pairs;
}

bool beginsAsIdx(const fs::path& file, int dimensions) {
    GzStream in(file);
    std::array<std::uint8_t, 4> bytes{};
    return in.isOpen() && in.read(bytes.data(), 4) == 4 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 8 &&
           bytes[3] == dimensions;
}

Result<> readIdx(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return Reader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::idx
