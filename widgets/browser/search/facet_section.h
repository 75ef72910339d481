// A heading in the filters that folds its values away.
#pragma once
#include <QAbstractButton>
#include <QColor>
#include <QVector>

#include "widgets/browser/search/facet_row.h"

namespace lathe::data {
struct FieldFacet;
}
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace lathe::widgets::browser::search {

class RangeBars;

struct FacetValue {
    QString text, searchTerm;
    QColor swatch;
    std::int64_t count = 0;
    QString name = {};  ///< as FacetRow::setLook
};

/// Chevron and title; checked: open.
class FacetHeading : public QAbstractButton {
    Q_OBJECT
public:
    explicit FacetHeading(QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override { return {120, 30}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

class FacetSection : public QWidget {
    Q_OBJECT
public:
    /// `id`: under which the settings remember whether it is open; `open`: when nothing is remembered.
    FacetSection(const QString& id, bool open, QWidget* parent);
    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] FacetHeading* heading() const { return m_heading; }
    /// `caption` stands at the right, small: where the values come from.
    void setTitle(const QString& title, const QString& caption = {});
    /// A button with a menu at the right of the title; made when it is first asked for, and the section is shown without values
    /// too.
    [[nodiscard]] QToolButton* menuButton();
    void setMenuText(const QString& text);  ///< shortened where it is too long
    /// Rows are made anew only when the values themselves (not their counts) changed, and none while it is folded. Of long lists
    /// the first are shown, the others on demand. `more`: values that aren't listed at all.
    void setValues(const QVector<FacetValue>& values, std::int64_t more = 0);
    /// Bars instead of rows.
    void setNumbers(const data::FieldFacet& facet);
    void setQuery(const QString& query);  ///< ticks what the text holds
    /// Rows that things are dropped on are all shown.
    void setDroppable(bool on) { m_droppable = on, m_all = on; }
Q_SIGNALS:
    void termToggled(const QString& searchTerm, bool on);
    void dropped(const QString& name);
    void rangeChosen(const QString& field, const QString& searchTerm);  ///< as FacetPanel

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitRows();
    void setOpen(bool open);
    void fill();
    void makeRows();
    void showRows();
    void showMore(std::int64_t hidden);

    const QString m_id;
    const bool m_openFirst;
    FacetHeading* m_heading;
    QLabel *m_caption, *m_more;
    QToolButton *m_menu = nullptr, *m_link;
    RangeBars* m_bars = nullptr;
    QWidget* m_body;
    QVBoxLayout* m_rows;
    QVector<FacetRow*> m_items;
    QVector<FacetValue> m_values;
    std::int64_t m_unlisted = 0;
    QString m_query;
    bool m_droppable = false, m_all = false;  ///< m_all: every row that counts is shown
};

}  // namespace lathe::widgets::browser::search
