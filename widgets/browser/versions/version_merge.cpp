#include "widgets/browser/versions/version_merge.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/common/kind_words.h"
#include "widgets/common/split_words.h"

namespace lathe::widgets::browser::versions {

using common::Token;
using common::Type;
using data::MergeConflict;

namespace {

using Conflicts = std::vector<MergeConflict>;

SnapshotId chosenIn(const QComboBox& box) {
    return SnapshotId(box.currentData().toLongLong());
}

QString shapeWords(const annot::Annotation& a, const tiles::ClassLooks& classes) {
    return common::kindWords()[int(a.shape.index())] + QStringLiteral(", ") + classes.value(a.classId.value).name;
}

/// What a side made of it: "moved", "deleted", "class now van".
QString sideWords(const std::optional<annot::Annotation>& base, const std::optional<annot::Annotation>& side,
                  const tiles::ClassLooks& classes) {
    if (!side) return MergeSheet::tr("deleted");
    if (!base) return shapeWords(*side, classes);
    const QString name = classes.value(side->classId.value).name;
    if (side->classId != base->classId)
        return side->shape == base->shape ? MergeSheet::tr("class now %1").arg(name) : MergeSheet::tr("redrawn as %1").arg(name);
    return side->shape == base->shape ? MergeSheet::tr("other attributes") : MergeSheet::tr("moved");
}

QStringList conflictWords(const MergeConflict& conflict, const std::array<QString, 2>& titles, const tiles::ClassLooks& classes) {
    const auto line = [](const QString& who, const QString& what) {
        return MergeSheet::tr("%1: %2", "version: what it has").arg(who, what);
    };
    const QString base = MergeSheet::tr("before");
    if (!conflict.annotation.valid())
        return {MergeSheet::tr("Another split on each side"), line(titles[0], common::splitText(conflict.ourSplit)),
                line(titles[1], common::splitText(conflict.theirSplit)), line(base, common::splitText(conflict.baseSplit))};
    return {line(titles[0], sideWords(conflict.base, conflict.ours, classes)),
            line(titles[1], sideWords(conflict.base, conflict.theirs, classes)),
            conflict.base ? line(base, shapeWords(*conflict.base, classes)) : MergeSheet::tr("new on both sides")};
}

void fillSide(VersionPicture& picture, std::size_t side, const std::optional<annot::Annotation>& base,
              const std::optional<annot::Annotation>& own, const tiles::ClassLooks& classes) {
    annot::Annotations before, after;
    if (base) before.push_back(*base);
    if (own) after.push_back(*own);
    VersionPicture both;
    fillSides(both, data::diffShapes(before, after), classes);
    // What was deleted is shown where it was.
    picture.sides[side] = std::move(both.sides[own ? 1 : 0]);
}

Result<std::vector<VersionPicture>> conflictPictures(const store::Workspace& workspace, const Conflicts& conflicts,
                                                     const std::vector<std::size_t>& wanted, const tiles::ClassLooks& classes) {
    std::vector<ImageId> ids;
    for (const std::size_t k : wanted) ids.push_back(conflicts[k].image);
    LATHE_TRY(auto rows, workspace.images(ids));
    std::vector<VersionPicture> pictures(std::min(rows.size(), wanted.size()));
    for (std::size_t k = 0; k < pictures.size(); ++k) {
        const MergeConflict& conflict = conflicts[wanted[k]];
        pictures[k].image = std::move(rows[k]);
        fillSide(pictures[k], 0, conflict.base, conflict.ours, classes);
        fillSide(pictures[k], 1, conflict.base, conflict.theirs, classes);
    }
    return pictures;
}

PairSource conflictSource(const std::shared_ptr<const Conflicts>& conflicts, const std::array<QString, 2>& titles,
                          const tiles::ClassLooks& classes) {
    PairSource source;
    source.titles = titles;
    source.image = [conflicts](std::size_t k) { return (*conflicts)[k].image; };
    source.words = [conflicts, titles, classes](std::size_t k) { return conflictWords((*conflicts)[k], titles, classes); };
    source.load = [conflicts, classes](const store::Workspace& workspace, const std::vector<std::size_t>& wanted, std::stop_token) {
        return conflictPictures(workspace, *conflicts, wanted, classes);
    };
    return source;
}

}  // namespace

MergeSheet::MergeSheet(QWidget* window, common::Services& services, common::Thumbnails& thumbnails,
                       std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts, SnapshotId theirs)
    : VersionSheet(window, tr("Merge"), services, std::move(workspace), std::move(facts), {860, 680}),
      m_conflicts(std::make_shared<const Conflicts>()) {
    auto* choices = buildChoices();
    m_ours->setCurrentIndex(std::max(0, m_ours->findData(qlonglong(this->facts().head.value))));
    m_theirs->setCurrentIndex(std::max(0, m_theirs->findData(qlonglong(theirs.value))));
    if (!isComplete()) m_theirs->setCurrentIndex(m_ours->currentIndex() == 0 ? 1 : 0);
    build(tr("Merge two versions"), tr("Merge"), choices, buildConflicts(thumbnails));
    connect(m_list, &PairList::opened, this, [this](ImageId image) {
        closeOverlay();
        Q_EMIT imageWanted(image);
    });
}

QWidget* MergeSheet::buildChoices() {
    auto* rows = new common::FormRows(this);
    rows->setContentsMargins(4, 4, 4, 8);  // the rows have margins of their own
    m_ours = new QComboBox(rows);
    m_theirs = new QComboBox(rows);
    m_base = new QComboBox(rows);
    m_base->addItem(tr("Their nearest common ancestor"), qlonglong(0));
    for (QComboBox* box : {m_ours, m_theirs, m_base}) {
        for (const auto& row : facts().rows) box->addItem(versionText(row), qlonglong(row.id.value));
        connect(box, &QComboBox::activated, this, &MergeSheet::choose);
    }
    rows->addRow(tr("Into"), m_ours);
    rows->addRow(tr("Merge in"), m_theirs);
    rows->addRow(tr("Base"), m_base);
    return rows;
}

QWidget* MergeSheet::buildConflicts(common::Thumbnails& thumbnails) {
    m_below = new QWidget(this);
    m_heading = common::makeLabel({}, Type::Control, Token::T1, m_below);
    m_prefer = new common::Segments(tr("Who wins the conflicts"), m_below);
    m_list = new PairList(*services().jobs, thumbnails, m_below);
    m_list->setAccessibleName(tr("Conflicts"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 4, 16, 4);
    head->addWidget(m_heading, 1);
    head->addWidget(m_prefer);
    auto* column = new QVBoxLayout(m_below);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_list, 100);
    column->addStretch(1);
    m_prefer->setItems({tr("Not decided"), tr("Keep %1").arg(chosenName(*m_ours)), tr("Take %1").arg(chosenName(*m_theirs))});
    connect(m_prefer, &common::Segments::changed, this, &MergeSheet::rehearse);
    m_prefer->hide();
    return m_below;
}

QString MergeSheet::chosenName(const QComboBox& box) const {
    return facts().nameOf(chosenIn(box));
}

void MergeSheet::choose() {
    m_prefer->setItems({tr("Not decided"), tr("Keep %1").arg(chosenName(*m_ours)), tr("Take %1").arg(chosenName(*m_theirs))});
    m_prefer->setCurrent(0);
    rehearse();
}

ApplyWork MergeSheet::workOf(const data::ApplyOptions& apply) const {
    data::MergeOptions options;
    options.apply = apply;
    options.prefer = data::Prefer(m_prefer->current());
    if (const SnapshotId base = chosenIn(*m_base); base.valid()) options.base = base;
    return [workspace = workspace(), ours = chosenIn(*m_ours), theirs = chosenIn(*m_theirs), user = services().user.toStdString(),
            options](std::stop_token stop, const Progress& progress) -> Result<ApplyOutcome> {
        LATHE_TRY(auto report, data::mergeSnapshots(*workspace, ours, theirs, user, options, stop, progress));
        return ApplyOutcome{std::move(report.conflicts), std::move(report.applied), report.base.name, 0};
    };
}

QString MergeSheet::jobTitle() const {
    return tr("Merge %1 into %2").arg(chosenName(*m_theirs), chosenName(*m_ours));
}

bool MergeSheet::isComplete() const {
    return m_ours->currentIndex() != m_theirs->currentIndex();
}

QString MergeSheet::errorWords(const Error& error) const {
    if (error.code == ErrorCode::InvalidArgument && !chosenIn(*m_base).valid())
        return tr("These two have no common ancestor. Choose the version to compare both with.");
    return VersionSheet::errorWords(error);
}

/// Conflicts of the versions that were chosen before aren't those of these.
void MergeSheet::clearOutcome() {
    m_conflicts = std::make_shared<const Conflicts>();
    m_list->pairs().reset(workspace(), {}, {});
    m_heading->clear();
    m_prefer->hide();
    m_list->hide();
}

void MergeSheet::showOutcome(const ApplyOutcome& outcome) {
    m_conflicts = std::make_shared<const Conflicts>(outcome.conflicts);
    std::vector<std::size_t> order(m_conflicts->size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    const std::array<QString, 2> titles{chosenName(*m_ours), chosenName(*m_theirs)};
    m_list->pairs().reset(workspace(), conflictSource(m_conflicts, titles, classLooksOf(facts().classes)), std::move(order));
    const QString base = QString::fromStdString(outcome.base);
    m_prefer->setVisible(!m_conflicts->empty());
    m_list->setVisible(!m_conflicts->empty());
    if (m_conflicts->empty()) {
        m_heading->setText(tr("No conflicts"));
    } else {
        m_heading->setText(
            tr("%Ln conflict(s): both changed the same thing since %1", nullptr, int(m_conflicts->size())).arg(base));
    }
    say(whatFollows(outcome));
}

QString MergeSheet::whatFollows(const ApplyOutcome& outcome) const {
    if (!isComplete()) return tr("Choose two versions.");
    if (!outcome.report)
        return tr("Decide who wins the conflicts, or change one side and freeze it again; nothing is merged until then.");
    const int changed = int(outcome.report->images.changed);
    return changed > 0 ? tr("%Ln image(s) will change; nothing is deleted, and it can be undone.", nullptr, changed)
                       : tr("No image changes; the next snapshot will descend from both.");
}

}  // namespace lathe::widgets::browser::versions
