// Images to another split by hand: what was moved can be taken back, and a frozen test set says that it was touched.
#pragma once
#include <QObject>
#include <memory>
#include <vector>

#include "core/data/duplicates.h"
#include "widgets/common/mode.h"

namespace lathe::widgets::common {
class Note;
}  // namespace lathe::widgets::common

namespace lathe::widgets::browser::search {

/// GUI thread; works in jobs. Images of a frozen test set stay where they are unless that is wanted after note() said so.
class SplitMover : public QObject {
    Q_OBJECT
public:
    SplitMover(common::Services& services, QWidget* parent);
    [[nodiscard]] common::Note* note() const { return m_note; }  ///< for the parent's layout; hidden until it has something to say
    void move(const std::shared_ptr<store::Workspace>& workspace, const std::vector<ImageId>& images, const QString& split,
              bool force = false);
Q_SIGNALS:
    void moved(const QString& words, lathe::store::BatchId batch);
    void failed(const lathe::Error& error);

private:
    void askForFrozen(const std::shared_ptr<store::Workspace>& workspace, const std::vector<ImageId>& frozen, const QString& split);
    common::Services& m_services;
    common::Note* m_note;
};

}  // namespace lathe::widgets::browser::search
