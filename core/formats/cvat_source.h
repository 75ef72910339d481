// Which files of a source are CVAT's, and where their images lie. Private to core/formats.
#pragma once
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <vector>

#include "core/formats/image_table.h"

namespace lathe::formats::cvat_xml {

/// 0.95 or 0.85 when a file begins like CVAT's XML.
[[nodiscard]] double likeness(const std::filesystem::path& file);
/// The source itself, or its XML files, those in sub folders (tasks) too.
[[nodiscard]] std::vector<std::filesystem::path> cvatFiles(const std::filesystem::path& source);

/// The images below one folder, also as the frames of videos.
class Images {
public:
    /// `whole`: all images in the folder belong to the set, labelled or not.
    Images(const std::filesystem::path& folder, bool whole);

    /// The image that a file calls `name`; where it should be when it isn't there. A file that was found for another name is none:
    /// it is only called alike.
    [[nodiscard]] std::filesystem::path take(const std::string& name, const std::string& subset);
    /// "images/frame_000012.png", in the folder of the subset where there is one.
    [[nodiscard]] const std::filesystem::path* frame(const std::string& subset, std::int64_t number) const;
    /// Calls visit(number, path) for frames that are there between two others.
    template <class Visit>
    void eachFrame(const std::string& subset, std::int64_t after, std::int64_t before, Visit visit) const {
        const std::string& folder = hasFrames(subset) ? subset : kTop;
        for (auto at = m_frames.upper_bound({folder, after}); at != m_frames.end() && at->first < std::pair{folder, before}; ++at)
            visit(at->first.second, at->second);
    }
    /// Takes a frame, so that it isn't unused.
    void use(const std::filesystem::path& path) { (void)m_table.takeNamed(nameBelow(path, m_table.folder())); }

    template <class Visit>
    void eachUnused(Visit visit) const {
        if (m_whole) m_table.eachUnused(visit);
    }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_table.folder(); }

private:
    inline static const std::string kTop;
    [[nodiscard]] bool hasFrames(const std::string& folder) const;

    ImageTable m_table;
    bool m_whole;
    std::unordered_map<std::string, std::string> m_names;                            // by path: what it was taken for
    std::map<std::pair<std::string, std::int64_t>, std::filesystem::path> m_frames;  // by folder and number
};

struct SourceFile {
    std::filesystem::path path;
    std::string name;  ///< below the source
    std::shared_ptr<Images> images;
    std::string subset;                                ///< of the whole file, as <meta> says
    std::map<std::string, std::pair<int, int>> sizes;  ///< of videos' frames, by task ("" for the only one)
    Json meta;                                         ///< text without labels

    void readMeta(const pugi::xml_node& meta);
    [[nodiscard]] std::pair<int, int> sizeOf(const std::string& task) const;
};

/// The files with their image folders: `images` when given, else images/ beside the file, else the file's own folder.
[[nodiscard]] std::vector<SourceFile> sourceFiles(const std::filesystem::path& source, const ReadOptions& options);

}  // namespace lathe::formats::cvat_xml
