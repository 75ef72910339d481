#include "widgets/browser/search/batch_undo.h"

#include <QCoreApplication>
#include <algorithm>

namespace lathe::widgets::browser::search {
namespace {

struct BatchUndo {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::browser::search::BatchUndo)
};

Result<std::optional<Undone>> undoLatestOf(store::Workspace& workspace, const std::string& who, const std::stop_token& stop,
                                           const Progress& progress) {
    LATHE_TRY(const auto all, store::batches(workspace));
    const auto latest = std::ranges::find_if(all, [&](const store::Batch& batch) { return !batch.undone && batch.who == who; });
    if (latest == all.end()) return std::optional<Undone>();
    LATHE_TRY(const store::BatchResult result, store::undoBatch(workspace, latest->id, who, stop, progress));
    return std::optional(Undone{latest->label, result});
}

}  // namespace

void undoBatch(common::Services& services, QObject* receiver, std::shared_ptr<store::Workspace> workspace, store::BatchId batch,
               std::function<void(const Result<store::BatchResult>&)> told) {
    services.jobs->run<store::BatchResult>(
        BatchUndo::tr("Undo"), receiver,
        [workspace = std::move(workspace), batch, user = services.user.toStdString()](
            std::stop_token stop, const Progress& progress) { return store::undoBatch(*workspace, batch, user, stop, progress); },
        std::move(told));
}

void undoLatest(common::Services& services, QObject* receiver, std::shared_ptr<store::Workspace> workspace,
                std::function<void(const Result<std::optional<Undone>>&)> told) {
    services.jobs->run<std::optional<Undone>>(
        BatchUndo::tr("Undo"), receiver,
        [workspace = std::move(workspace), user = services.user.toStdString()](std::stop_token stop, const Progress& progress) {
            return undoLatestOf(*workspace, user, stop, progress);
        },
        std::move(told));
}

}  // namespace lathe::widgets::browser::search
