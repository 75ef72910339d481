// What the network will see: some training pictures as the next run's augmentations make them, with their labels drawn.
#pragma once
#include <QColor>
#include <QHash>
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

#include "core/runs/runs.h"
#include "widgets/common/mode.h"

class QLabel;
class QToolButton;

namespace lathe::widgets::train {

/// One picture and what is asked of it, drawn ready.
struct PreviewPicture {
    QImage picture;
    QString words;
};

class PreviewGrid;

class PreviewPage : public QWidget {
    Q_OBJECT
public:
    PreviewPage(common::Services& services, QWidget* parent);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    /// Draws anew, soon: the settings change as a slider is dragged.
    void setSpec(const runs::RunSpec& spec);
    void setClassColours(const QHash<QString, QColor>& colours);  ///< by name
    void retranslate();
Q_SIGNALS:
    void closeRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void draw();
    void another();
    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::optional<runs::RunSpec> m_spec;
    PreviewGrid* m_grid;
    QLabel *m_title, *m_about;
    QToolButton *m_anotherButton, *m_closeButton;
    QTimer m_soon;
    QHash<QString, QColor> m_colours;
    std::uint64_t m_seed = 1;
    quint64 m_job = 0;
};

}  // namespace lathe::widgets::train
