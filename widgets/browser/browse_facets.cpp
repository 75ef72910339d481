// The filters of Browse: what a search's counts look like in them, and what is done there.
#include <QLineEdit>

#include "core/store/image_groups.h"
#include "widgets/browser/browse_mode.h"
#include "widgets/browser/inspector.h"
#include "widgets/browser/name_popup.h"
#include "widgets/browser/search/facet_panel.h"
#include "widgets/browser/search/group_menu.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/common/kind_words.h"
#include "widgets/common/query_completer.h"

namespace lathe::widgets::browser {
namespace {

using Values = QVector<search::FacetPanel::Value>;

QString words(const std::string& text) {
    return QString::fromStdString(text);
}

Values named(const char* field, const std::vector<std::pair<std::string, std::int64_t>>& counts,
             const std::function<QString(const std::string&)>& text) {
    Values values;
    for (const auto& [name, count] : counts)
        if (!name.empty()) values.append({text(name), search::term(QString::fromLatin1(field), words(name)), {}, count});
    return values;
}

search::FacetPanel::Field sectionOf(const data::FieldFacet& facet) {
    const bool meta = facet.of == store::IndexField::Of::Meta;
    const QString title = words(facet.name);
    search::FacetPanel::Field section{(meta ? QStringLiteral("meta:") : QStringLiteral("attribute:")) + title,
                                      title,
                                      meta ? BrowseMode::tr("imported") : BrowseMode::tr("attribute"),
                                      {},
                                      facet.counts.more};
    if (!facet.bins.empty()) section.numbers = facet;
    for (const auto& [value, count] : facet.counts.values)
        section.values.append({words(value),
                               words(data::fieldTerm(facet.of, facet.name, value)),
                               {},
                               count,
                               QStringLiteral("%1: %2").arg(title, words(value))});
    return section;
}

QStringList fieldTerms(const store::ColumnIndex& index, store::IndexField::Of of) {
    constexpr std::size_t kMost = 5000;
    QStringList terms;
    for (const auto& field : index.fields()) {
        if (field.of != of) continue;
        terms << words(data::fieldTerm(of, field.name, {}));
        if (std::size_t(terms.size()) + field.values.size() > kMost) continue;
        for (const auto& value : field.values) terms << words(data::fieldTerm(of, field.name, value));
    }
    return terms;
}

QStringList groupTerms(const store::ColumnIndex& index) {
    constexpr std::uint32_t kMost = 5000;
    QStringList terms;
    for (std::uint32_t code = 1; code <= std::min(index.groupCount(), kMost); ++code)
        terms << words(data::groupTerm(std::string(index.groupName(code))));
    terms.sort();
    return terms;
}

}  // namespace

void BrowseMode::connectFacets() {
    connect(m_facets, &search::FacetPanel::termToggled, this, [this](const QString& searchTerm, bool on) {
        m_query->setText(on ? search::withTerm(m_query->text(), searchTerm) : search::withoutTerm(m_query->text(), searchTerm));
        search();
    });
    connect(m_facets, &search::FacetPanel::rangeChosen, this, [this](const QString& field, const QString& searchTerm) {
        m_query->setText(search::withRange(m_query->text(), field, searchTerm));
        search();
    });
    connect(m_facets, &search::FacetPanel::classDropped, this, &BrowseMode::relabel);
    m_facets->groupMenu()->setAlso(m_collapse);
    connect(m_facets->groupMenu(), &search::GroupMenu::ruleChosen, this, &BrowseMode::setGroupRule);
    connect(m_facets->groupMenu(), &search::GroupMenu::textWanted, this, &BrowseMode::askGroupText);
    connect(m_facets, &search::FacetPanel::runChosen, this, [this](int run) {
        m_run = m_runIds.value(run);
        // What was asked of another run isn't asked of this one.
        for (const char* field : {"run", "wrong"})
            if (const QString old = search::valueOf(m_query->text(), QLatin1String(field)); !old.isEmpty())
                m_query->setText(search::withoutTerm(m_query->text(), search::term(QLatin1String(field), old)));
        search();
    });
}

void BrowseMode::showClasses(const Found& found) {
    QHash<qint64, tiles::ClassLook> looks;
    Values classes;
    for (std::size_t i = 0; i < found.classes.size(); ++i) {
        const store::ClassRow& row = found.classes[i];
        const QColor colour = row.colour.empty() ? common::Theme::classColour(int(i)) : QColor(words(row.colour));
        looks.insert(row.id.value, {words(row.name), colour});
        std::int64_t count = 0;
        for (const auto& [id, images] : found.facets.imagesByClass)
            if (id == row.id) count = images;
        classes.append({words(row.name), search::term(QStringLiteral("class"), words(row.name)), colour, count});
    }
    m_images->setClasses(looks);
    m_objects->setClasses(looks);
    m_inspector->setClasses(looks);
    m_facets->setValues(search::FacetPanel::Classes, classes);
}

void BrowseMode::showGroups(const Found& found) {
    const data::GroupFacet& groups = found.facets.byGroup;
    Values values;
    const auto add = [&values](const QString& text, const QString& searchTerm, std::int64_t count) {
        values.append({text, searchTerm, {}, count, tr("Group %1").arg(text)});
    };
    for (const auto& [name, count] : groups.counts.values) add(words(name), words(data::groupTerm(name)), count);
    if (groups.none > 0 && !values.isEmpty()) add(tr("none"), QStringLiteral("group:none"), groups.none);
    QStringList attributes, fields;
    for (const auto& name : found.imageAttributes) attributes << words(name);
    for (const auto& field : found.index->fields())
        if (field.of == store::IndexField::Of::Meta && fields.size() < 40) fields << words(field.name);
    m_facets->groupMenu()->setChoices(words(groups.rule), attributes, fields);
    m_facets->setGroups(words(groups.rule), values, groups.counts.more);
    m_hasGroups = !groups.rule.empty();
    m_do.update();
}

void BrowseMode::showRuns(const Found& found) {
    QStringList titles;
    m_runIds.clear();
    for (const auto& run : found.run.runs) titles << words(run.title), m_runIds << words(run.id);
    Values values;
    const auto add = [&](const QString& text, const char* answer, std::int64_t count) {
        const QString run = search::term(QStringLiteral("run"), words(found.run.runs[found.run.chosen].term));
        values.append({text, run + QStringLiteral(" wrong:") + QLatin1String(answer), {}, count, tr("Run: %1").arg(text)});
    };
    if (!found.run.runs.empty()) {
        add(tr("right"), "no", found.run.counts.right);
        add(tr("wrong"), "yes", found.run.counts.wrong);
        if (found.run.counts.unjudged > 0) add(tr("not judged"), "unjudged", found.run.counts.unjudged);
    }
    m_facets->setRuns(titles, int(found.run.chosen), values);
}

void BrowseMode::showFacets(const Found& found) {
    showClasses(found);
    m_facets->setValues(search::FacetPanel::Splits, named("split", found.facets.bySplit, words));
    m_facets->setValues(search::FacetPanel::Tags, named("tag", found.facets.byTag, words));
    m_facets->setValues(search::FacetPanel::States, named("state", found.facets.byState, [](const std::string& name) {
                            return common::imageStateText(words(name));
                        }));
    m_facets->setValues(search::FacetPanel::Kinds, named("kind", found.facets.byKind, [](const std::string& name) {
                            const auto at = std::ranges::find(annot::kKindNames, name) - annot::kKindNames.begin();
                            return common::kindWords()[int(at)];
                        }));
    m_facets->setValues(search::FacetPanel::Authors, named("author", found.facets.byAuthor, words));
    showGroups(found);
    showRuns(found);
    QVector<search::FacetPanel::Field> fields;
    for (const auto& facet : found.facets.byField) fields << sectionOf(facet);
    m_facets->setFields(fields);
    m_facets->setHistograms(found.facets.histograms);
    m_facets->setQuery(m_query->text());
    completeWords(found);
}

void BrowseMode::completeWords(const Found& found) {
    const auto complete = [this](const char* field, const std::vector<std::pair<std::string, std::int64_t>>& counts) {
        QStringList names;
        for (const auto& [name, count] : counts) names << words(name);
        m_completer->setValues(QLatin1String(field), names);
    };
    complete("tag", found.facets.byTag);
    complete("author", found.facets.byAuthor);
    QStringList classes, runs;
    for (const auto& row : found.classes) classes << words(row.name);
    for (const auto& run : found.run.runs) runs << words(run.term);
    m_completer->setValues(QStringLiteral("class"), classes);
    m_completer->setValues(QStringLiteral("run"), runs);
    if (m_completed.lock() == found.index) return;
    m_completed = found.index;
    m_completer->setTerms(QStringLiteral("attribute"), fieldTerms(*found.index, store::IndexField::Of::Attribute));
    m_completer->setTerms(QStringLiteral("meta"), fieldTerms(*found.index, store::IndexField::Of::Meta));
    m_completer->setTerms(QStringLiteral("group"), groupTerms(*found.index));
}

std::shared_ptr<const std::vector<ImageId>> BrowseMode::showHeads(const Found& found) {
    m_found = found.heads ? found.ids : nullptr;
    m_foundIn = found.heads ? found.index : nullptr;
    m_images->setHeads(found.heads, m_foundIn);
    if (!found.heads) return found.ids;
    return {found.heads, &found.heads->ids};
}

std::vector<ImageId> BrowseMode::chosenImages() const {
    const std::vector<ImageId> chosen = m_grid->selected();
    return m_found && view() == View::Images ? data::groupMembers(*m_foundIn, *m_found, chosen) : chosen;
}

void BrowseMode::setGroupRule(const QString& rule) {
    // A group of the old rule means nothing under the new one.
    if (const QString group = search::valueOf(m_query->text(), QStringLiteral("group")); !group.isEmpty())
        m_query->setText(search::withoutTerm(m_query->text(), search::term(QStringLiteral("group"), group)));
    services().jobs->write<bool>(
        tr("Set the groups"), this,
        [workspace = workspace(), rule = rule.toStdString()]() -> Result<bool> {
            LATHE_CHECK(store::setGroupRule(*workspace, rule));
            return true;
        },
        [this](const Result<bool>& done) {
            if (!done) return showError(done.error());
            search();
        });
}

void BrowseMode::askGroupText(const QString& kind) {
    const bool prefix = kind == QLatin1String("prefix");
    auto* popup = new NamePopup(
        window(), prefix ? tr("Group by the beginning of the file name") : tr("Group by a pattern"),
        prefix ? tr("Up to this text, as _ in ward3_017.png") : tr("Regular expression; its first ( ) is the group"), {});
    connect(popup, &NamePopup::named, this, [this, kind](const QString& text) { setGroupRule(kind + ':' + text); });
    popup->openAt(m_facets->mapTo(window(), QPoint(m_facets->width() / 2 + 60, m_facets->height() / 2)));
}

}  // namespace lathe::widgets::browser
