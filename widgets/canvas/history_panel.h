// The image's past: who did what when. A moment is shown on the canvas; the image goes back to it, or one shape does, as a new
// edit.
#pragma once
#include <QListView>

#include "widgets/canvas/document.h"
#include "widgets/canvas/history_model.h"
#include "widgets/common/action_set.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    /// `mode`: where its keys work.
    HistoryPanel(Document& document, View& view, common::Services& services, QWidget* mode, QWidget* parent = nullptr);
    [[nodiscard]] QList<QAction*> actions() const { return m_do.all(); }
    [[nodiscard]] QListView& list() const { return *m_list; }
    [[nodiscard]] QListView& differenceList() const { return *m_differing; }
    [[nodiscard]] HistoryModel& model() const { return *m_model; }
    void retranslate();

Q_SIGNALS:
    void asked();  ///< an action wants the panel to be seen

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Read {
        std::shared_ptr<const History> history;
        annot::Annotations now;
    };
    struct Past {
        std::int64_t seq = 0;
        annot::Annotations then;
        std::shared_ptr<const Scene> scene;
    };
    void buildActions();
    void build();
    void wire();
    void askSoon();
    void ask();
    void choose(const QModelIndex& index);
    void show(Past past);
    void leave();
    void goBack();
    void restore();
    void step(int rows);

    Document& m_document;
    View& m_view;
    common::Services& m_services;
    HistoryModel* m_model;
    DifferenceModel* m_differences;
    common::ActionSet m_do;
    QListView *m_list, *m_differing;
    QWidget* m_below;
    QLabel *m_moment, *m_none;
    common::Note* m_note;
    QTimer m_soon;
    std::shared_ptr<const History> m_history;
    annot::Annotations m_now;
    std::optional<Past> m_past;
    quint64 m_reading = 0, m_showing = 0;
};

}  // namespace lathe::widgets::canvas
