// "git": see git_folder.h.
#include "core/formats/git_folder.h"

#include "core/base/files.h"
#include "core/formats/json_items.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace gitfolder {
namespace {

class GitFolder final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "git"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "Folder for Git and DVC, a text file an image: everything that Lathe knows");
    }
    [[nodiscard]] double looksLike(const std::filesystem::path& source) const override { return isFolder(source) ? 1 : 0; }

    [[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readFolder(source, options, sink, stop, progress);
    }
    [[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source,
                                            const WriteOptions& options, std::stop_token stop,
                                            const Progress& progress) const override {
        return writeFolder(folder, source, options, stop, progress);
    }
};

}  // namespace

bool isFolder(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(folder / kHead, error)) return false;
    const auto head = base::readJson(folder / kHead);
    return head && memberOf(*head, kMark).is_number();
}

}  // namespace gitfolder

const Format& gitFolder() {
    static const gitfolder::GitFolder format;
    return format;
}

}  // namespace lathe::formats
