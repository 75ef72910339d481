// Filters by class, split, tag, state, kind, author, group, run, attribute and imported field with counts within the present
// result, and histograms to brush.
#pragma once
#include <QVector>
#include <QWidget>

#include "core/data/facets.h"
#include "widgets/browser/search/facet_section.h"
#include "widgets/browser/search/histogram.h"
#include "widgets/common/parts.h"

class QMenu;
class QVBoxLayout;

namespace lathe::widgets::browser::search {

class GroupMenu;

class FacetPanel : public common::Panel {
    Q_OBJECT
public:
    explicit FacetPanel(QWidget* parent = nullptr);
    using Value = FacetValue;
    enum Group { Classes, Splits, Tags, States, Kinds, Authors, kGroups };
    void setValues(Group group, const QVector<Value>& values);
    /// What belongs together (sequences, sites, patients).
    void setGroups(const QString& rule, const QVector<Value>& values, std::int64_t more);
    [[nodiscard]] GroupMenu* groupMenu() const { return m_groupMenu; }
    /// Right and wrong of one of the runs; none: no run has predictions.
    void setRuns(const QStringList& names, int chosen, const QVector<Value>& values);
    /// Attributes and imported fields, each a section.
    struct Field {
        QString id, title, caption;
        QVector<Value> values;
        std::int64_t more = 0;
        std::optional<data::FieldFacet> numbers = {};  ///< bars instead of values
    };
    void setFields(const QVector<Field>& fields);
    void setHistograms(const std::vector<data::Histogram>& histograms);
    void setQuery(const QString& query);  ///< ticks what the text holds
    void retranslate();
Q_SIGNALS:
    void termToggled(const QString& searchTerm, bool on);
    void classDropped(const QString& className);
    void runChosen(int run);
    /// An empty term: any value of the field again.
    void rangeChosen(const QString& field, const QString& searchTerm);

private:
    FacetSection* addSection(const QString& id, bool open, QVBoxLayout* layout);
    void makeFields(const QVector<Field>& fields);

    FacetSection* m_sections[kGroups]{};
    FacetSection *m_grouped = nullptr, *m_run = nullptr;
    GroupMenu* m_groupMenu = nullptr;
    QMenu* m_runMenu = nullptr;
    QVBoxLayout* m_fieldLayout = nullptr;
    QVector<FacetSection*> m_fields;
    QString m_rule;
    std::array<MeasureFilter*, data::kMeasures> m_measures{};
};

}  // namespace lathe::widgets::browser::search
