// What is decided on the page of duplicates: which to keep, to exclude, to move to another split.
#include <QMenu>
#include <algorithm>

#include "core/data/query.h"
#include "core/store/column_index.h"
#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/browser/duplicates/duplicates_page.h"
#include "widgets/browser/search/batch_undo.h"
#include "widgets/browser/search/split_mover.h"

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
    putAside(images, [this, images] {
        Q_EMIT done(tr("%Ln image(s) excluded", nullptr, int(images.size())), [this, images] { includeThese(images); });
    });
}

void DuplicatesPage::putAside(const std::vector<ImageId>& images, const std::function<void()>& told) {
    m_services.jobs->run<bool>(
        tr("Exclude %n duplicate(s)", nullptr, int(images.size())), this,
        [workspace = m_workspace, images, who = m_services.user.toStdString()](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_CHECK(data::excludeDuplicates(*workspace, images, who));
            return true;
        },
        [this, told](const Result<bool>& excluded) {
            if (!excluded) return showError(excluded.error());
            find();
            if (told) told();
        });
}

void DuplicatesPage::includeThese(const std::vector<ImageId>& images) {
    m_services.jobs->run<std::int64_t>(
        tr("Include %n image(s) again", nullptr, int(images.size())), this,
        [workspace = m_workspace, images, who = m_services.user.toStdString()](std::stop_token, const Progress&) {
            return data::includeDuplicates(*workspace, images, who);
        },
        [this](const Result<std::int64_t>& included) { included ? find() : showError(included.error()); });
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
            Q_EMIT done(tr("%Ln image(s) included again", nullptr, int(images->size())),
                        [this, ids = *images] { putAside(ids, {}); });
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
        menu->addAction(tr("Move to %1").arg(name), this, [this, images, name] { m_mover->move(m_workspace, images, name); });
    }
    menu->popup(globalPos);
}

void DuplicatesPage::undoMove(store::BatchId batch) {
    search::undoBatch(m_services, this, m_workspace, batch,
                      [this](const Result<store::BatchResult>& undone) { undone ? find() : showError(undone.error()); });
}

}  // namespace lathe::widgets::browser::duplicates
