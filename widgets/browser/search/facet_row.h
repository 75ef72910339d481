// A value in the filters.
#pragma once
#include <QWidget>

class QCheckBox;
class QPainter;

namespace lathe::widgets::browser::search {

/// One line of a facet: tick, swatch, text, share as a meter, count.
class FacetRow : public QWidget {
    Q_OBJECT
public:
    FacetRow(const QString& searchTerm, QWidget* parent);
    /// name: for a screen reader, where the text alone isn't one of a kind in the panel.
    void setLook(const QString& text, const QColor& swatch, const QString& name = {});
    void setCount(std::int64_t count, std::int64_t most);
    void setTicked(bool ticked);
    [[nodiscard]] const QString& searchTerm() const { return m_term; }
    /// Px of the meter: as long as the text leaves room for the whole name, one of kMeters.
    static constexpr int kMeters[] = {54, 24, 0};
    [[nodiscard]] int longestMeter() const;
    void setMeter(int length);
    /// Tiles of the grid may be dropped here.
    void setDropName(const QString& name);
Q_SIGNALS:
    void toggled(const QString& searchTerm, bool on);
    void dropped(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] int rightOf(int meter) const;  ///< what it and the count take
    [[nodiscard]] int room(int meter) const;     ///< for the text
    void fitText();
    void paintMeter(QPainter& painter) const;
    QCheckBox* m_box;
    QString m_term, m_dropName, m_text;
    bool m_target = false;  ///< tiles are held over it
    int m_meter = kMeters[0];
    std::int64_t m_count = 0, m_most = 1;
    int m_countWidth = 44;
};

}  // namespace lathe::widgets::browser::search
