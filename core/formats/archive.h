// Archives (zip, tar, 7z ..., also compressed) on their way in.
#pragma once
#include <filesystem>
#include <functional>
#include <stop_token>

#include "core/base/problem.h"
#include "core/base/progress.h"
#include "core/formats/format.h"

namespace lathe::formats {

/// Does the file begin like an archive (by its content, not its name)?
[[nodiscard]] bool isArchive(const std::filesystem::path& file);

/// Unpacks the archive's regular files below `folder` (which exists). An entry is left out and named as a problem when its name
/// would lead out of the folder ("../", absolute), when it is a link or a device, encrypted, torn, or another entry has its name.
/// The whole is given up (InvalidData) when it unpacks to more than a hundred times its size and more than a gigabyte, the way of
/// zip bombs, and (DiskFull) when less than a gigabyte would be left on the disk.
[[nodiscard]] Result<> unpack(const std::filesystem::path& archive, const std::filesystem::path& folder,
                              const std::function<void(Problem)>& problem, std::stop_token stop, const Progress& progress);

/// A new folder below `parent` for what passes through, removed with the object.
class PassingFolder {
public:
    explicit PassingFolder(const std::filesystem::path& parent);
    ~PassingFolder();
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// What lies in an unpacked archive: in the folder itself, or in its only folder, since as many people pack a folder as what is in
/// it.
struct Inside {
    const Format* format = nullptr;
    std::filesystem::path folder;
};
[[nodiscard]] Result<Inside> detectInside(const std::filesystem::path& folder);

}  // namespace lathe::formats
