// Target "folder": FOLDER/NAME/VERSION/… is the whole package, FOLDER/NAME/live a link to the version in use. Whatever serves from
// a disk can follow the link; `lathe serve` does.
#pragma once
#include "core/serve/target.h"

namespace lathe::serve {

[[nodiscard]] Result<std::unique_ptr<Target>> makeFolderTarget(const TargetRow& row);

class FolderTarget : public Target {
public:
    explicit FolderTarget(std::filesystem::path root) : m_root(std::move(root)) {}
    Result<std::string> test() override;
    Result<> upload(const std::string& model, int version, const std::filesystem::path& package, std::stop_token stop,
                    const Progress& progress) override;
    Result<> activate(const std::string& model, int version) override;
    Result<> deactivate(const std::string& model, int version) override;
    Result<Tensor> infer(const std::string& model, int version, const Tensor& input) override;
    Result<std::vector<std::string>> serving() override;
    [[nodiscard]] std::filesystem::path uploadedFolder(const std::string& model, int version) const override;

private:
    std::filesystem::path m_root;
};

}  // namespace lathe::serve
