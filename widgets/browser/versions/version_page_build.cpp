// How the versions page is built and worded; what it does is in versions_page.cpp.
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/browser/search/query_terms.h"
#include "widgets/browser/versions/version_compare.h"
#include "widgets/browser/versions/version_details.h"
#include "widgets/browser/versions/version_lineage_view.h"
#include "widgets/browser/versions/version_tree.h"
#include "widgets/browser/versions/versions_page.h"
#include "widgets/common/keep_named.h"

namespace lathe::widgets::browser::versions {

using common::Token;
using common::Type;

VersionsPage::VersionsPage(common::Services& services, QAction* import, QAction* freeze, QWidget* parent)
    : search::Page(parent),
      m_services(services),
      m_import(import),
      m_freeze(freeze),
      m_do("browse", VersionsPage::staticMetaObject.className(), this) {
    m_thumbnails = new common::Thumbnails(this);
    buildActions();
    m_empty = new common::EmptyState(QStringLiteral("layers"), this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(buildContent());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    wire();
    retranslate();
}

void VersionsPage::buildActions() {
    const auto some = [this] { return chosen() != nullptr; };
    const auto several = [this] { return m_facts && m_facts->rows.size() > 1; };
    m_restore = m_do.add(
        {"version-restore", QT_TR_NOOP("Restore…"), "undo", "Shift+R"},
        [this] { openSheet(new RestoreSheet(window(), m_services, m_workspace, m_facts, m_tree->current(), false)); }, some);
    m_compareDeed = m_do.add(
        {"version-compare", QT_TR_NOOP("Compare versions"), "compare", "Shift+C"},
        [this] {
            if (const data::SnapshotRow* row = chosen()) comparePair(row->parent, row->id);
        },
        several);
    m_do.add(
        {"version-now", QT_TR_NOOP("Compare with the present"), "compare", "Shift+N"},
        [this] { comparePair(m_tree->current(), data::kPresent); }, some);
    m_mergeDeed = m_do.add(
        {"version-merge", QT_TR_NOOP("Merge…"), "branch", "Shift+J"}, [this] { merge(); }, several);
    m_branch = m_do.add(
        {"version-branch", QT_TR_NOOP("Start a branch here…"), "branch", "Shift+B"},
        [this] { openSheet(new RestoreSheet(window(), m_services, m_workspace, m_facts, m_tree->current(), true)); }, some);
    m_train = m_do.add(
        {"version-train", QT_TR_NOOP("Train on it"), "train", "Shift+E"},
        [this] {
            Q_EMIT goTo(QStringLiteral("train"), {{QStringLiteral("snapshot"), QString::fromStdString(chosen()->digest)}});
        },
        some);
    m_images = m_do.add(
        {"version-images", QT_TR_NOOP("Show its images"), "grid", "Shift+X"},
        [this] { Q_EMIT queryWanted(search::term(QStringLiteral("snapshot"), QString::fromStdString(chosen()->name))); }, some);
    m_card = m_do.add(
        {"version-card", QT_TR_NOOP("Save the data card…"), "doc", "Shift+D"}, [this] { saveCard(); }, some);
    m_do.add(
        {"version-details", QT_TR_NOOP("Details of the version"), "info", "Shift+I"}, [this] { setView(View::Details); }, some);
    m_do.add(
        {"version-lineage", QT_TR_NOOP("Lineage"), "map", "Shift+L"},
        [this] {
            setView(View::Lineage);
            m_lineage->setFocus();
        },
        some);
    m_picture = m_do.add(
        {"version-picture", QT_TR_NOOP("Save the lineage as a picture…"), "image", "Shift+P"}, [this] { saveLineage(); }, some);
}

QWidget* VersionsPage::buildLeft() {
    m_left = new common::Panel({}, this);
    m_tree = new VersionTree(m_left);
    m_sinceLabel = common::makeElidedLabel({}, Type::Table, Token::T2, m_left);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    foot->setSpacing(8);
    foot->addWidget(m_sinceLabel, 1);
    m_left->body()->addWidget(m_tree, 1);
    m_left->body()->addWidget(common::makeRule(m_left));
    m_left->body()->addLayout(foot);
    return m_left;
}

QWidget* VersionsPage::buildRight() {
    auto* right = new QWidget(this);
    m_strip = new common::Panel({}, right);
    m_look = new common::Segments({}, m_strip);
    auto* picture = common::makeIconButton(m_picture, QStringLiteral("image"), m_strip);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_look);
    row->addStretch();
    row->addWidget(picture);
    m_strip->body()->addLayout(row);
    m_note = new common::Note(right);
    m_branchNote = new common::Note(right);
    m_details = new VersionDetails(m_services, {m_restore, m_compareDeed, m_mergeDeed, m_branch, m_train, m_images, m_card}, right);
    m_compare = new VersionCompare(*m_services.jobs, *m_thumbnails, right);
    m_lineage = new LineageView(right);
    m_views = new QStackedWidget(right);
    for (QWidget* one : {static_cast<QWidget*>(m_details), static_cast<QWidget*>(m_compare), static_cast<QWidget*>(m_lineage)})
        m_views->addWidget(one);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(m_strip);
    column->addWidget(m_branchNote);
    column->addWidget(m_note);
    column->addWidget(m_views, 1);
    return right;
}

QWidget* VersionsPage::buildContent() {
    auto* splitter = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Versions and the chosen one"); }, this);
    splitter->addWidget(buildLeft());
    splitter->addWidget(buildRight());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({320, 900});
    return splitter;
}

void VersionsPage::wire() {
    connect(m_look, &common::Segments::changed, this, [this](int look) { setView(View(look)); });
    connect(m_tree, &VersionTree::chosen, this, &VersionsPage::showChosen);
    connect(m_tree, &VersionTree::pairChosen, this, &VersionsPage::comparePair);
    connect(m_tree, &VersionTree::opened, this, [this] { setView(View::Details); });
    connect(m_details, &VersionDetails::edited, this, &VersionsPage::refresh);
    connect(m_details, &VersionDetails::failed, this, &VersionsPage::showError);
    connect(m_details, &VersionDetails::goTo, this, &VersionsPage::goTo);
    connect(m_compare, &VersionCompare::goTo, this, &VersionsPage::goTo);
    connect(m_compare, &VersionCompare::imageWanted, this, &VersionsPage::imageWanted);
    connect(m_lineage, &LineageView::goTo, this, &VersionsPage::goTo);
    connect(m_lineage, &LineageView::versionChosen, this, [this](SnapshotId id) {
        m_tree->choose(id);
        setView(View::Details);
    });
}

void VersionsPage::retranslate() {
    m_do.retranslate();
    m_left->setTitle(tr("Versions"));
    m_strip->setAccessibleName(tr("View of the versions"));
    m_look->setAccessibleName(tr("How to look at the versions"));
    m_look->setItems({tr("Details"), tr("Compare"), tr("Lineage")});
    m_tree->retranslate();
    m_details->retranslate();
    m_compare->retranslate();
    m_lineage->retranslate();
    if (m_facts) {
        m_lineage->setLineage(lineageOf(*m_facts));
        showBranch();
        showSince();
    }
    showEmpty();
}

}  // namespace lathe::widgets::browser::versions
