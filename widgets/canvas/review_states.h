// The review of an image by its actions: accepted, rejected for a reason, opened again; who may do so is told by the profile.
#pragma once
#include <QLineEdit>
#include <QListView>
#include <QStringListModel>

#include "core/store/labelling.h"
#include "widgets/canvas/document.h"
#include "widgets/common/action_set.h"
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

/// Asks why an image is rejected: a line, and below it the reasons given last.
class ReasonPopup : public common::Overlay {
    Q_OBJECT
public:
    explicit ReasonPopup(QWidget* mode);
    void openAt(const QPoint& topMiddle, const QString& image);
    void setRecent(const QStringList& reasons);
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    [[nodiscard]] QListView& list() const { return *m_list; }

Q_SIGNALS:
    void given(const QString& reason);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void give(const QString& reason);
    void pick(int by);
    QLineEdit* m_field;
    QListView* m_list;
    QStringListModel* m_recent;
    QLabel* m_title;
    common::ActionButton* m_reject;
};

/// GUI thread. Says what is to become of the open image; LabelMode does it.
class ReviewStates : public QObject {
    Q_OBJECT
public:
    ReviewStates(Document& document, common::Services& services, QWidget* mode);
    [[nodiscard]] QList<QAction*> actions() const { return m_do.all(); }
    [[nodiscard]] QAction* action(const char* id) const { return m_do[id]; }
    [[nodiscard]] ReasonPopup& popup() const { return *m_popup; }
    /// Nobody has a profile in this workspace, or the user's may review.
    [[nodiscard]] bool mayReview() const { return m_mayReview; }
    /// The open image waits for a reviewer, and the user is one with a profile.
    [[nodiscard]] bool reviewing() const;
    /// Reads the profiles and, of the open image, why it was rejected.
    void reload();
    void setState(const QString& state);  ///< of the open image, as it is now
    [[nodiscard]] QString reason() const { return m_reason; }
    void update() { m_do.update(); }
    void retranslate();

Q_SIGNALS:
    void wanted(const QString& state, const QString& reason);  ///< for the open image
    void changed();                                            ///< mayReview(), reviewing(), reason()

private:
    void buildActions();
    void askWhy();
    void showRole();
    Document& m_document;
    common::Services& m_services;
    QWidget* m_mode;
    common::ActionSet m_do;
    ReasonPopup* m_popup;
    QString m_state, m_reason;
    bool m_mayReview = true, m_hasProfile = false;
};

}  // namespace lathe::widgets::canvas
