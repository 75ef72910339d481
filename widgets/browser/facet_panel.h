// Filters by class, split and state, with counts within the present result, and a histogram of brightness.
#pragma once
#include <QVector>
#include <QWidget>

#include "core/data/query.h"
#include "widgets/browser/image_grid.h"
#include "widgets/common/parts.h"

class QCheckBox;
class QVBoxLayout;

namespace lathe::widgets::browser {

/// A bar per bin; the accessible description tells the range.
class Histogram : public QWidget {
    Q_OBJECT
public:
    explicit Histogram(QWidget* parent = nullptr);
    void setBins(QVector<int> bins, const QString& description);
    [[nodiscard]] QSize sizeHint() const override { return {200, 36}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<int> m_bins;
};

/// One line of a facet: tick, swatch, text, share as a meter, count.
class FacetRow : public QWidget {
    Q_OBJECT
public:
    FacetRow(const QString& searchTerm, QWidget* parent);
    void setLook(const QString& text, const QColor& swatch);
    void setCount(std::int64_t count, std::int64_t most);
    void setTicked(bool ticked);
    [[nodiscard]] const QString& searchTerm() const { return m_term; }
Q_SIGNALS:
    void toggled(const QString& searchTerm, bool on);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QCheckBox* m_box;
    QString m_term;
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
    /// Rebuilds the rows only when the values themselves (not their counts) changed.
    void setValues(const QVector<Value>& classes, const QVector<Value>& splits, const QVector<Value>& states);
    void setBrightness(QVector<int> bins);  ///< 0…255 in equal bins
    void setQuery(const QString& query);    ///< ticks what the text holds
    void retranslate();
Q_SIGNALS:
    void termToggled(const QString& searchTerm, bool on);

private:
    struct Group {
        QLabel* heading = nullptr;
        QVBoxLayout* rows = nullptr;
        QVector<FacetRow*> items;
    };
    Group addGroup(QVBoxLayout* layout);
    void fill(Group& group, const QVector<Value>& values);
    Group m_classes, m_splits, m_states;
    QLabel* m_brightnessHeading;
    Histogram* m_brightness;
};

}  // namespace lathe::widgets::browser
