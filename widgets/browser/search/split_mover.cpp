#include "widgets/browser/search/split_mover.h"

#include "widgets/common/parts.h"

namespace lathe::widgets::browser::search {

SplitMover::SplitMover(common::Services& services, QWidget* parent)
    : QObject(parent), m_services(services), m_note(new common::Note(parent)) {
    m_note->hide();
}

void SplitMover::move(const std::shared_ptr<store::Workspace>& workspace, const std::vector<ImageId>& images, const QString& split,
                      bool force) {
    m_note->hide();
    if (!workspace || images.empty()) return;
    m_services.jobs->run<data::SplitMove>(
        tr("Set the split of %n image(s)", nullptr, int(images.size())), this,
        [workspace, images, split = split.toStdString(), who = m_services.user.toStdString(), force](
            std::stop_token, const Progress&) { return data::moveToSplit(*workspace, images, split, who, force); },
        [this, workspace, split, force](const Result<data::SplitMove>& move) {
            if (!move) {
                Q_EMIT failed(move.error());
                return;
            }
            const int count = int(move->moved.size());
            if (count > 0)
                Q_EMIT moved(split.isEmpty() ? tr("%Ln image(s) have no split now", nullptr, count)
                                             : tr("%Ln image(s) moved to %1", nullptr, count).arg(split),
                             move->batch);
            if (!force && !move->frozen.empty()) askForFrozen(workspace, move->frozen, split);
        });
}

void SplitMover::askForFrozen(const std::shared_ptr<store::Workspace>& workspace, const std::vector<ImageId>& frozen,
                              const QString& split) {
    m_note->show(common::Tone::Warn,
                 tr("%Ln image(s) belong to a frozen test set and stay in it. Figures measured on it before couldn't be "
                    "compared with new ones.",
                    nullptr, int(frozen.size())),
                 tr("Move them all the same"), [this, workspace, frozen, split] { move(workspace, frozen, split, true); });
}

}  // namespace lathe::widgets::browser::search
