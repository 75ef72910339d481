#include "widgets/browser/search/facet_panel.h"

#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/browser/search/group_menu.h"
#include "widgets/common/keep_named.h"

namespace lathe::widgets::browser::search {
namespace {

constexpr int kOpenFields = 8;  ///< sections of fields that begin unfolded

}  // namespace

FacetPanel::FacetPanel(QWidget* parent) : Panel({}, parent) {
    static constexpr const char* kIds[kGroups] = {"class", "split", "tag", "state", "kind", "author"};
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    common::keepNamed(area, [] { return tr("Filters"); });
    auto* content = new QWidget(area);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(0);
    for (int k = 0; k < kGroups; ++k) m_sections[k] = addSection(QLatin1String(kIds[k]), true, layout);
    m_sections[Classes]->setDroppable(true);
    connect(m_sections[Classes], &FacetSection::dropped, this, &FacetPanel::classDropped);
    m_grouped = addSection(QStringLiteral("group"), true, layout);
    m_groupMenu = new GroupMenu(this);
    m_grouped->menuButton()->setMenu(m_groupMenu);
    m_run = addSection(QStringLiteral("run"), true, layout);
    m_runMenu = new QMenu(this);
    m_run->menuButton()->setMenu(m_runMenu);
    m_run->hide();
    m_fieldLayout = new QVBoxLayout;
    m_fieldLayout->setSpacing(0);
    layout->addLayout(m_fieldLayout);
    for (std::size_t k = 0; k < data::kMeasures; ++k) {
        m_measures[k] = new MeasureFilter(data::Measure(k), content);
        m_measures[k]->hide();
        layout->addWidget(m_measures[k]);
        connect(m_measures[k], &MeasureFilter::rangeChosen, this, &FacetPanel::rangeChosen);
    }
    layout->addStretch();
    area->setWidget(content);
    body()->addWidget(area);
    retranslate();
}

FacetSection* FacetPanel::addSection(const QString& id, bool open, QVBoxLayout* layout) {
    auto* section = new FacetSection(id, open, this);
    layout->addWidget(section);
    connect(section, &FacetSection::termToggled, this, &FacetPanel::termToggled);
    connect(section, &FacetSection::rangeChosen, this, &FacetPanel::rangeChosen);
    return section;
}

void FacetPanel::setValues(Group which, const QVector<Value>& values) {
    m_sections[which]->setValues(values);
}

void FacetPanel::setGroups(const QString& rule, const QVector<Value>& values, std::int64_t more) {
    m_rule = rule;
    m_grouped->setMenuText(groupRuleText(rule));
    m_grouped->setValues(values, more);
}

void FacetPanel::setRuns(const QStringList& names, int chosen, const QVector<Value>& values) {
    m_runMenu->clear();
    for (int k = 0; k < names.size(); ++k) {
        QAction* action =
            m_runMenu->addAction(QString(names[k]).replace('&', QLatin1String("&&")), this, [this, k] { Q_EMIT runChosen(k); });
        action->setCheckable(true);
        action->setChecked(k == chosen);
    }
    m_run->setMenuText(names.value(chosen));
    m_run->setValues(values);
    m_run->setVisible(!names.isEmpty());
}

void FacetPanel::setFields(const QVector<Field>& fields) {
    const auto same = [](const Field& field, const FacetSection* section) { return field.id == section->id(); };
    if (fields.size() != m_fields.size() || !std::equal(fields.cbegin(), fields.cend(), m_fields.cbegin(), same))
        makeFields(fields);
    for (int k = 0; k < fields.size(); ++k) {
        m_fields[k]->setTitle(fields[k].title, fields[k].caption);
        if (fields[k].numbers)
            m_fields[k]->setNumbers(*fields[k].numbers);
        else
            m_fields[k]->setValues(fields[k].values, fields[k].more);
    }
}

void FacetPanel::makeFields(const QVector<Field>& fields) {
    qDeleteAll(m_fields);
    m_fields.clear();
    for (const Field& field : fields) m_fields << addSection(field.id, m_fields.size() < kOpenFields, m_fieldLayout);
}

void FacetPanel::setHistograms(const std::vector<data::Histogram>& histograms) {
    for (MeasureFilter* filter : m_measures) {
        const auto found = std::ranges::find(histograms, filter->measure(), &data::Histogram::of);
        filter->setVisible(found != histograms.end());
        if (found != histograms.end()) filter->setHistogram(*found);
    }
}

void FacetPanel::setQuery(const QString& query) {
    for (FacetSection* section : m_sections) section->setQuery(query);
    m_grouped->setQuery(query);
    m_run->setQuery(query);
    for (FacetSection* section : m_fields) section->setQuery(query);
    for (MeasureFilter* filter : m_measures) filter->setQuery(query);
}

void FacetPanel::retranslate() {
    setTitle(tr("Filters"));
    const QString headings[kGroups] = {tr("Class"), tr("Split"), tr("Tag"), tr("State"), tr("Kind"), tr("Author")};
    for (int k = 0; k < kGroups; ++k) m_sections[k]->setTitle(headings[k]);
    m_grouped->setTitle(tr("Groups"));
    m_grouped->setMenuText(groupRuleText(m_rule));
    m_grouped->menuButton()->setAccessibleName(tr("What belongs together"));
    m_run->setTitle(tr("Run"));
    m_run->menuButton()->setAccessibleName(tr("Run that is asked"));
    for (MeasureFilter* filter : m_measures) filter->retranslate();
}

}  // namespace lathe::widgets::browser::search
