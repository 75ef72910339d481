// The lineage as a picture to look around in: scrolls, tells what the mouse is over, goes where a card leads.
#pragma once
#include <QAbstractScrollArea>
#include <QVariantMap>

#include "widgets/browser/versions/version_lineage.h"

namespace lathe::widgets::browser::versions {

/// Paints what is visible. Keys: arrows move from card to card, Enter goes there. Accessible as a list of cards.
class LineageView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LineageView(QWidget* parent = nullptr);
    void setLineage(Lineage lineage);
    [[nodiscard]] const Lineage& lineage() const { return m_lineage; }
    [[nodiscard]] int current() const { return m_current; }  ///< -1: none
    void setCurrent(int node);
    void activate(int node);
    [[nodiscard]] QRect nodeRect(int node) const;  ///< in the viewport
    [[nodiscard]] int nodeAt(QPoint pos) const;    ///< -1: none
    [[nodiscard]] QString nodeText(int node) const;
    /// The whole picture. SVG or PNG by the file's ending; GUI thread.
    [[nodiscard]] Result<> save(const QString& file) const;
    void retranslate();
Q_SIGNALS:
    void versionChosen(lathe::SnapshotId id);
    void goTo(const QString& mode, const QVariantMap& args);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void layOut();
    void hover(int node);
    void step(int by);
    void sideways(int by);
    [[nodiscard]] QPoint scrolled() const;
    Lineage m_lineage;
    int m_current = -1, m_hovered = -1;
};

/// Puts the cards in the accessibility tree; once.
void installLineageAccessibility();

}  // namespace lathe::widgets::browser::versions
