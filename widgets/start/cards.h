// The cards of the Start page: where to go on, and the workspaces.
#pragma once
#include <QAbstractButton>
#include <QFrame>
#include <QImage>
#include <QPixmap>

#include "widgets/common/parts.h"
#include "widgets/start/facts.h"
#include "widgets/start/recent.h"

class QProgressBar;

namespace lathe::widgets::start {

/// A picture that fills its rectangle, with boxes over it.
class PictureView : public QWidget {
    Q_OBJECT
public:
    explicit PictureView(QWidget* parent);
    void show(const QImage& picture, const QVector<PlacedBox>& boxes);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPixmap m_picture;
    QVector<PlacedBox> m_boxes;
};

/// "38 images left" with the next picture beside it.
class ContinueCard : public QFrame {
    Q_OBJECT
public:
    ContinueCard(QAction* go, QWidget* parent);
    void show(const StartFacts& facts, const QString& user);

private:
    PictureView* m_picture;
    QLabel *m_where, *m_title, *m_text;
    QProgressBar* m_meter;
};

/// The newest run with its curve.
class RunCard : public QFrame {
    Q_OBJECT
public:
    RunCard(QAction* go, QWidget* parent);
    void show(const StartFacts& facts);

private:
    class Curve;
    QLabel *m_where, *m_state, *m_title, *m_text;
    Curve* m_curve;
    QProgressBar* m_meter;
};

/// The model that waits for a decision, or the newest one.
class ModelCard : public QFrame {
    Q_OBJECT
public:
    ModelCard(QAction* go, QWidget* parent);
    void show(const StartFacts& facts);

private:
    QLabel *m_where, *m_when, *m_title, *m_text, *m_figures;
};

/// A workspace with its cover.
class WorkspaceCard : public QAbstractButton {
    Q_OBJECT
public:
    WorkspaceCard(RecentWorkspace workspace, bool current, QWidget* parent);
    [[nodiscard]] const RecentWorkspace& workspace() const { return m_workspace; }
    [[nodiscard]] QSize sizeHint() const override { return {206, 234}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    RecentWorkspace m_workspace;
    QPixmap m_cover;
    bool m_current;
};

}  // namespace lathe::widgets::start
