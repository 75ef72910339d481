#include "core/formats/cvat_source.h"

#include <charconv>
#include <fstream>
#include <sstream>

#include "core/formats/cvat_shapes.h"

namespace lathe::formats::cvat_xml {
namespace {

namespace fs = std::filesystem;
using pugi::xml_node;

constexpr std::size_t kHead = 4096;

// 12 of "frame_000012"; -1 of other names.
std::int64_t frameOf(const std::string& stem) {
    constexpr std::string_view prefix = "frame_";
    std::int64_t number = -1;
    if (!stem.starts_with(prefix) || stem.size() == prefix.size() || stem.size() > 18) return -1;
    const auto read = std::from_chars(stem.data() + prefix.size(), stem.data() + stem.size(), number);
    return read.ec == std::errc() && read.ptr == stem.data() + stem.size() ? number : -1;
}

int sideOf(const xml_node& node) {
    const int side = node.text().as_int();
    return side > 0 && side <= kLongestSide ? side : 0;
}

void readSize(const xml_node& task, const std::string& id, SourceFile& file) {
    const xml_node size = task.child("original_size");
    if (size) file.sizes[id] = {sideOf(size.child("width")), sideOf(size.child("height"))};
}

}  // namespace

double likeness(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(kHead, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    const auto has = [&](const char* text) { return head.find(text) != std::string::npos; };
    if (!has("<annotations>") && !has("<annotations ")) return 0;
    if (has("<version>1.") || has("<meta>")) return 0.95;
    return (has("<image ") && has(" name=")) || has("<track ") ? 0.85 : 0;
}

std::vector<fs::path> cvatFiles(const fs::path& source) {
    std::error_code error;
    if (!fs::is_directory(source, error)) return {source};
    auto files = filesBelow(source, ".xml");
    std::erase_if(files, [](const fs::path& file) { return likeness(file) == 0; });
    return files;
}

Images::Images(const fs::path& folder, bool whole) : m_table(folder), m_whole(whole) {
    m_table.eachUnused([&](const fs::path& file) {
        const std::int64_t number = frameOf(file.stem().string());
        if (number < 0) return;
        const fs::path below = fs::path(nameBelow(file, folder)).parent_path();
        m_frames.emplace(std::pair{below.generic_string(), number}, file);
    });
}

fs::path Images::take(const std::string& name, const std::string& subset) {
    std::error_code error;
    const fs::path within = safeRelative(subset) / safeRelative(name);
    const bool inSubset = !subset.empty() && fs::is_regular_file(folder() / within, error);
    fs::path path = m_table.takeNamed(inSubset ? within.generic_string() : name);
    const auto [at, added] = m_names.emplace(path.native(), inSubset ? within.generic_string() : name);
    if (added || at->second == name || inSubset) return path;
    return folder() / safeRelative(name);
}

bool Images::hasFrames(const std::string& folder) const {
    const auto at = m_frames.lower_bound({folder, 0});
    return at != m_frames.end() && at->first.first == folder;
}

const fs::path* Images::frame(const std::string& subset, std::int64_t number) const {
    const auto found = m_frames.find({hasFrames(subset) ? subset : kTop, number});
    return found == m_frames.end() ? nullptr : &found->second;
}

void SourceFile::readMeta(const xml_node& node) {
    for (const auto& owner : node.children()) {
        if (const char* word = owner.child("subset").text().get(); subset.empty() && *word) subset = word;
        readSize(owner, "", *this);
        for (const auto& task : owner.child("tasks").children("task")) readSize(task, task.child("id").text().get(), *this);
    }
    pugi::xml_document document;
    xml_node copy = document.append_copy(node);
    for (auto owner : copy.children())
        if (xml_node labels = owner.child("labels")) labels.remove_children();
    std::ostringstream out;
    copy.print(out, "", pugi::format_raw);
    meta = out.str();
}

std::pair<int, int> SourceFile::sizeOf(const std::string& task) const {
    const auto found = sizes.find(task);
    if (found != sizes.end()) return found->second;
    const auto only = sizes.find("");
    return only == sizes.end() ? std::pair{0, 0} : only->second;
}

std::vector<SourceFile> sourceFiles(const fs::path& source, const ReadOptions& options) {
    std::error_code error;
    const bool isFolder = fs::is_directory(source, error);
    std::map<fs::path, std::shared_ptr<Images>> known;
    std::vector<SourceFile> files;
    for (const auto& path : cvatFiles(source)) {
        fs::path folder = path.parent_path();
        if (folder.empty()) folder = ".";
        const bool beside = !options.images && fs::is_directory(folder / "images", error);
        if (options.images)
            folder = *options.images;
        else if (beside)
            folder /= "images";
        auto& images = known[folder];
        if (!images) images = std::make_shared<Images>(folder, isFolder || beside || options.images);
        files.push_back({path, isFolder ? nameBelow(path, source) : path.filename().string(), images, {}, {}, {}});
    }
    return files;
}

}  // namespace lathe::formats::cvat_xml
