#include "app/workbench/verbs/resolve_model.h"

#include <fmt/format.h>

namespace lathe::verbs {

Result<ModelNamed> findRunOrModel(const store::Workspace& workspace, const std::string& text) {
    auto run = runs::findRun(workspace, text);
    if (run) return ModelNamed{run->folder, "run " + run->id.value, *run, false, run->task};
    if (run.error().code != ErrorCode::NotFound) return fail(run.error());
    const auto model = models::findModel(workspace, text);
    if (!model && model.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound,
                    fmt::format("there is no run and no model \"{}\"; `lathe runs` and `lathe models` list them", text));
    if (!model) return fail(model.error());
    ModelNamed named{model->folder, fmt::format("model {}:{}", model->name, model->version), {}, true, model->task};
    if (auto origin = runs::findRun(workspace, model->run)) named.run = *origin;
    return named;
}

Result<ImageNamed> findImageOrFile(const store::Workspace& workspace, const std::string& text) {
    const auto image = workspace.findImage(text);
    if (image) return ImageNamed{image->id, image->name, workspace.layout().file(*image)};
    std::error_code ignored;
    if (std::filesystem::is_regular_file(text, ignored)) return ImageNamed{{}, text, std::filesystem::absolute(text)};
    return fail(image.error());
}

}  // namespace lathe::verbs
