// "masks" in pieces: where things lie, what values are called, reading, writing. Private to core/formats.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/format.h"
#include "core/formats/source_files.h"

namespace lathe::formats::masks {

enum class Style {
    None,
    Voc,        ///< SegmentationClass/, SegmentationObject/, JPEGImages/
    SegNet,     ///< train/, trainannot/ ...
    Folders,    ///< images/, masks/ (or labels/, annotations/), perhaps below split folders
    Objects,    ///< the same with a folder that is called instances/: values number objects
    Suffix,     ///< a.jpg, a_mask.png
    PerObject,  ///< ID/images/ID.png, ID/masks/*.png
    Given       ///< nothing of these: the source holds masks, the images lie where the user says
};

/// An image and its mask files; each of the paths may be empty, and the image may not be there.
struct Picture {
    std::filesystem::path image;
    std::string name, split;
    std::filesystem::path classes;                 ///< values are classes (or objects, see Layout)
    std::filesystem::path objects;                 ///< values number objects
    std::vector<std::filesystem::path> each = {};  ///< a file an object
};

struct Layout {
    Style style = Style::None;
    std::filesystem::path source;  ///< the given folder, or the one that lies alone in it
    std::vector<Picture> pictures;
    std::vector<std::filesystem::path> nameFolders;  ///< where a file of names may lie, best first
    Problems problems;                               ///< masks that belong to no image, second masks
};

/// Which layout a folder has and how sure that is; looks at few files.
struct Look {
    Style style = Style::None;
    double sure = 0;
    std::filesystem::path source;
};
[[nodiscard]] Look lookAt(const std::filesystem::path& source);
/// All its pictures and masks.
[[nodiscard]] Layout layoutOf(const Look& look, const ReadOptions& options);

/// What a file says about one value.
struct Name {
    std::uint32_t index = 0;
    std::string text;
    std::optional<std::uint32_t> colour = {};  ///< 0xRRGGBB
    bool nothing = false;                      ///< background or to be ignored
    Json extra = {};                           ///< parts and actions of a labelmap.txt
};
struct Names {
    std::string file;  ///< where they come from; empty: nobody says
    std::vector<Name> list;

    [[nodiscard]] bool haveColours() const;
    [[nodiscard]] std::size_t classCount() const;
};
/// The first of labelmap.txt, label_colors.txt, class_names.txt, classes.txt, class_dict.csv, dataset_meta.json ... in one of the
/// folders. A file that can't be understood is a problem.
[[nodiscard]] Names namesIn(const std::vector<std::filesystem::path>& folders, Problems& problems);
/// One of these files (`json`: a dataset_meta.json); empty when it holds no names.
[[nodiscard]] std::vector<Name> parseNames(const std::string& text, bool json);
/// The classes of CamVid by colour, and of the VOC devkit by index.
[[nodiscard]] std::vector<Name> camvidNames();
[[nodiscard]] std::vector<Name> devkitNames();
/// Do people call what is no class so ("background", "void", "unlabelled", "ignore" ...)?
[[nodiscard]] bool meansNothing(std::string_view name);

[[nodiscard]] Result<> readMasks(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                 const Progress& progress);
[[nodiscard]] Result<WriteReport> writeMasks(const std::filesystem::path& folder, const WriteSource& source,
                                             const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::masks
