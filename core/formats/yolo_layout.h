// Which images a YOLO set has, in which split, and where the label file of each is. Private to core/formats.
//
// Data files name places as another machine had them, with `..` (Roboflow: ../train/images) or from the root of a disk: they are
// looked for below the source alone, by ever shorter ends. An image's labels are where Ultralytics looks (the last /images/ of its
// path becomes /labels/), else beside it, else in a folder labels.
#pragma once
#include <filesystem>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/formats/image_table.h"
#include "core/formats/yolo_data.h"

namespace lathe::formats::yolo {

struct Place {
    std::filesystem::path image;  ///< may not be there
    std::string name, split;
    std::string listedAs = {};         ///< in a list file
    std::filesystem::path label = {};  ///< empty: background
};

/// The .txt files below a folder, found by images' names.
class LabelFiles {
public:
    explicit LabelFiles(const std::filesystem::path& folder);
    /// A list of images or classes is no label file.
    void leaveOut(const std::filesystem::path& file);
    /// Empty when there is none. `anywhere`: also by the file name alone, when only one file has it.
    std::filesystem::path take(const std::string& imageName, bool anywhere);
    /// The same for a name out of a list file, by its ends.
    std::filesystem::path takeListed(const std::string& imageName);
    [[nodiscard]] std::vector<std::filesystem::path> unused() const;

private:
    std::filesystem::path use(const std::string& stem);

    std::filesystem::path m_folder;
    std::vector<std::filesystem::path> m_files;
    std::vector<bool> m_used;
    std::unordered_map<std::string, std::size_t> m_byStem, m_byLeaf;
};

struct Set {
    std::filesystem::path folder;
    DataFile data;  ///< its problems are those of the whole set
    std::vector<Place> places;
    std::vector<std::filesystem::path> orphans;  ///< .txt files of no image
};
[[nodiscard]] Set setOf(const std::filesystem::path& folder, DataFile data, const ReadOptions& options);

/// Reads all label files and delivers the set.
[[nodiscard]] Result<> readSet(Set set, Sink& sink, std::stop_token stop, const Progress& progress);

/// How many of the first .txt files below a folder hold rows of YOLO: those that do, those that don't.
struct Look {
    int like = 0, unlike = 0;
};
[[nodiscard]] Look lookAtLabels(const std::filesystem::path& folder);

}  // namespace lathe::formats::yolo
