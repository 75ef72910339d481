// What is decided on the page of duplicates: which to keep, to exclude, to move to another split.
#include <QMenu>
#include <algorithm>
#include <map>

#include "core/data/query.h"
#include "core/store/column_index.h"
#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/browser/duplicates/duplicates_page.h"

namespace lathe::widgets::browser::duplicates {
namespace {

constexpr std::size_t kMostNamed = 500;  // images that one search names

/// Excluded images that match the query, by id.
Result<std::vector<ImageId>> excludedOf(const store::Workspace& workspace, const std::string& query) {
    LATHE_TRY(const auto all, data::excludedDuplicates(workspace));
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    LATHE_TRY(auto matching, data::runQuery(workspace, *index, query));
    std::ranges::sort(matching);
    std::vector<ImageId> images;
    for (const auto& [image, state] : all)
        if (std::ranges::binary_search(matching, image)) images.push_back(image);
    return images;
}

}  // namespace

void DuplicatesPage::toggleKept(std::size_t row) {
    if (!m_sets || row >= m_sets->rows(kind())->size() || kind() == DuplicateKind::Leaks) return;
    m_sets->toggleKept(kind(), row);
    m_view->showFates();
    showStrip();
}

void DuplicatesPage::toggleLeft(std::size_t row) {
    if (!m_sets || row >= m_sets->rows(kind())->size() || kind() == DuplicateKind::Leaks) return;
    m_sets->toggleLeft(kind(), row);
    m_view->showFates();
    showStrip();
}

void DuplicatesPage::exclude() {
    if (m_sets && !looking()) excludeThese(m_sets->toExclude(kind()));
}

void DuplicatesPage::excludeThese(const std::vector<ImageId>& images) {
    if (images.empty()) return;
    m_services.jobs->run<bool>(
        tr("Exclude %n duplicate(s)", nullptr, int(images.size())), this,
        [workspace = m_workspace, images, who = m_services.user.toStdString()](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_CHECK(data::excludeDuplicates(*workspace, images, who));
            return true;
        },
        [this, images](const Result<bool>& done) {
            if (!done) return showError(done.error());
            find();
            Q_EMIT toast(tr("%Ln image(s) excluded", nullptr, int(images.size())), tr("Undo"),
                         [this, images] { includeThese(images); });
        });
}

void DuplicatesPage::includeThese(const std::vector<ImageId>& images) {
    m_services.jobs->run<std::int64_t>(
        tr("Include %n image(s) again", nullptr, int(images.size())), this,
        [workspace = m_workspace, images, who = m_services.user.toStdString()](std::stop_token, const Progress&) {
            return data::includeDuplicates(*workspace, images, who);
        },
        [this](const Result<std::int64_t>& done) { done ? find() : showError(done.error()); });
}

/// Those that match the search: as many as the button says.
void DuplicatesPage::includeAll() {
    using Ids = std::vector<ImageId>;
    m_services.jobs->run<Ids>(
        tr("Include again"), this,
        [workspace = m_workspace, query = m_shownQuery.toStdString(), who = m_services.user.toStdString()](
            std::stop_token, const Progress&) -> Result<Ids> {
            LATHE_TRY(Ids images, excludedOf(*workspace, query));
            LATHE_CHECK(data::includeDuplicates(*workspace, images, who));
            return images;
        },
        [this](const Result<Ids>& images) {
            if (!images) return showError(images.error());
            find();
            Q_EMIT toast(tr("%Ln image(s) included again", nullptr, int(images->size())), tr("Undo"),
                         [this, ids = *images] { excludeThese(ids); });
        });
}

void DuplicatesPage::showInGrid(std::size_t set) {
    const auto images = m_sets->images(kind(), set);
    QStringList terms;
    for (const ImageId image : images.first(std::min(images.size(), kMostNamed))) terms << QStringLiteral("id:%1").arg(image.value);
    if (images.size() > kMostNamed)
        Q_EMIT toast(tr("The first %1 of %2 images are shown")
                         .arg(common::number(double(kMostNamed)), common::number(double(images.size()))),
                     {}, {});
    Q_EMIT queryWanted(terms.join(QStringLiteral(" or ")));
}

std::vector<ImageId> DuplicatesPage::currentSet() const {
    if (!m_sets || m_view->current() < 0) return {};
    const auto images = m_sets->images(kind(), m_sets->setOfRow(kind(), std::size_t(m_view->current())));
    return {images.begin(), images.end()};
}

void DuplicatesPage::chooseSplit(const std::vector<ImageId>& images, const QPoint& globalPos) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Move to the same split"));
    for (const char* split : {"train", "val", "test"}) {
        const QString name = QString::fromLatin1(split);
        menu->addAction(tr("Move to %1").arg(name), this, [this, images, name] { moveTo(images, name, false); });
    }
    menu->popup(globalPos);
}

void DuplicatesPage::moveTo(const std::vector<ImageId>& images, const QString& split, bool force) {
    m_services.jobs->run<data::SplitMove>(
        tr("Move images to %1").arg(split), this,
        [workspace = m_workspace, images, split = split.toStdString(), force](std::stop_token, const Progress&) {
            return data::moveToSplit(*workspace, images, split, force);
        },
        [this, split, force](const Result<data::SplitMove>& move) {
            if (!move) return showError(move.error());
            moved(*move, split, force);
        });
}

/// Images of a frozen test set stay where they are unless that is wanted after it was said.
void DuplicatesPage::moved(const data::SplitMove& move, const QString& split, bool force) {
    if (!move.moved.empty()) {
        find();
        Q_EMIT toast(tr("%Ln image(s) moved to %1", nullptr, int(move.moved.size())).arg(split), tr("Undo"),
                     [this, move] { moveBack(move); });
    }
    if (force || move.frozen.empty()) return;
    m_note->show(common::Tone::Warn,
                 tr("%Ln image(s) belong to a frozen test set and stay in it. Figures measured on it before couldn't be "
                    "compared with new ones.",
                    nullptr, int(move.frozen.size())),
                 tr("Move them all the same"), [this, frozen = move.frozen, split] { moveTo(frozen, split, true); });
}

void DuplicatesPage::moveBack(const data::SplitMove& move) {
    m_services.jobs->run<bool>(
        tr("Move images back"), this,
        [workspace = m_workspace, all = move.moved](std::stop_token, const Progress&) -> Result<bool> {
            std::map<std::string, std::vector<ImageId>> bySplit;
            for (const auto& [image, split] : all) bySplit[split].push_back(image);
            for (const auto& [split, images] : bySplit) LATHE_CHECK(workspace->setSplit(images, split));
            return true;
        },
        [this](const Result<bool>& done) { done ? find() : showError(done.error()); });
}

}  // namespace lathe::widgets::browser::duplicates
