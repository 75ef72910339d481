// Filters by class, split, tag, state, kind and author with counts within the present result, and histograms to brush.
#pragma once
#include <QVector>
#include <QWidget>

#include "core/data/facets.h"
#include "widgets/browser/histogram.h"
#include "widgets/browser/image_grid.h"
#include "widgets/common/parts.h"

class QCheckBox;
class QVBoxLayout;

namespace lathe::widgets::browser {

/// One line of a facet: tick, swatch, text, share as a meter, count.
class FacetRow : public QWidget {
    Q_OBJECT
public:
    FacetRow(const QString& searchTerm, QWidget* parent);
    void setLook(const QString& text, const QColor& swatch);
    void setCount(std::int64_t count, std::int64_t most);
    void setTicked(bool ticked);
    [[nodiscard]] const QString& searchTerm() const { return m_term; }
    /// Tiles of the grid may be dropped here.
    void setDropName(const QString& name);
Q_SIGNALS:
    void toggled(const QString& searchTerm, bool on);
    void dropped(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QCheckBox* m_box;
    QString m_term, m_dropName;
    bool m_target = false;  ///< tiles are held over it
    std::int64_t m_count = 0, m_most = 1;
};

class FacetPanel : public common::Panel {
    Q_OBJECT
public:
    explicit FacetPanel(QWidget* parent = nullptr);
    struct Value {
        QString text, searchTerm;
        QColor swatch;
        std::int64_t count = 0;
    };
    enum Group { Classes, Splits, Tags, States, Kinds, Authors, kGroups };
    /// Rebuilds the rows only when the values themselves (not their counts) changed.
    void setValues(Group group, const QVector<Value>& values);
    void setHistograms(const std::vector<data::Histogram>& histograms);
    void setQuery(const QString& query);  ///< ticks what the text holds
    void retranslate();
Q_SIGNALS:
    void termToggled(const QString& searchTerm, bool on);
    void classDropped(const QString& className);
    /// An empty term: any value of the field again.
    void rangeChosen(const QString& field, const QString& searchTerm);

private:
    struct Rows {
        QLabel* heading = nullptr;
        QVBoxLayout* rows = nullptr;
        QVector<FacetRow*> items;
    };
    Rows addGroup(QVBoxLayout* layout);
    Rows m_groups[kGroups];
    std::array<MeasureFilter*, data::kMeasures> m_measures{};
};

}  // namespace lathe::widgets::browser
