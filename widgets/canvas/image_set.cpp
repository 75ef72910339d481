#include "widgets/canvas/image_set.h"

#include "core/data/query.h"
#include "core/store/column_index.h"

namespace lathe::widgets::canvas {

namespace {
constexpr int kPage = 64;
}

bool isFinished(const std::string& state) {
    return state == "done" || state == "accepted" || state == "rejected" || state == "skipped";
}

Result<LoadedSet> loadSet(const store::Workspace& workspace, const std::string& query, std::stop_token stop) {
    LATHE_TRY(const std::shared_ptr<const store::ColumnIndex> index, store::ColumnIndex::load(workspace, stop));
    LoadedSet set;
    set.revision = index->revision();
    LATHE_TRY(set.ids, data::runQuery(workspace, *index, query));
    LATHE_TRY(set.classes, workspace.classes());
    const auto starts = index->objectStart();
    for (const ImageId id : set.ids) {
        const std::int64_t rank = index->rankOf(id);
        if (rank < 0) {
            set.finished.push_back(0);
            set.waiting.push_back(0);
            continue;
        }
        const auto r = std::size_t(rank);
        const std::string& state = index->stateNames()[index->stateCodes()[r]];
        set.finished.push_back(isFinished(state) ? 1 : 0);
        set.waiting.push_back(state == "done" ? 1 : 0);
        for (std::uint32_t o = starts[r]; o < starts[r + 1]; ++o) {
            ++set.objectsByClass[index->objectClasses()[o]];
            set.imageLabels = set.imageLabels || index->objectKinds()[o] == 0;
        }
    }
    return set;
}

ImageSet::ImageSet(common::Services& services, QObject* parent)
    : QAbstractListModel(parent), m_services(services), m_thumbnails(new common::Thumbnails(this)) {
    connect(m_thumbnails, &common::Thumbnails::ready, this, [this](ImageId id) {
        if (const int row = rowOf(id); row >= 0) Q_EMIT dataChanged(index(row), index(row), {Qt::DecorationRole});
    });
}

void ImageSet::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    clear();
    m_workspace = std::move(workspace);
    m_thumbnails->setWorkspace(m_workspace);
}

void ImageSet::clear() {
    beginResetModel();
    ++m_generation;
    m_ids.clear();
    m_finished.clear();
    m_waiting.clear();
    m_rowOf.clear();
    m_rows.clear();
    m_asked.clear();
    m_finishedCount = 0;
    endResetModel();
}

void ImageSet::setLoaded(const LoadedSet& loaded) {
    const bool same = loaded.ids == m_ids;
    ++m_generation;
    m_asked.clear();
    m_finished = loaded.finished;
    m_waiting = loaded.waiting;
    m_finishedCount = int(std::count(m_finished.begin(), m_finished.end(), 1));
    if (same) {  // old rows are shown until the new ones come
        if (!m_ids.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_rows.clear();
    m_ids = loaded.ids;
    m_rowOf.clear();
    for (std::size_t i = 0; i < m_ids.size(); ++i) m_rowOf[m_ids[i].value] = int(i);
    endResetModel();
}

int ImageSet::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_ids.size());
}

QVariant ImageSet::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    if (role == IdRole) return QVariant::fromValue(qint64(m_ids[std::size_t(index.row())].value));
    want(index.row());
    const auto row = m_rows.constFind(index.row());
    if (row == m_rows.constEnd()) {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    const QString name = QString::fromStdString(row->name);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return name.section(QLatin1Char('/'), -1);
    if (role == Qt::ToolTipRole) return name;
    if (role == StateRole) return QString::fromStdString(row->state);
    if (role == Qt::DecorationRole) return m_thumbnails->get(*row);
    return {};
}

// data() never waits: a page is asked for once and arrives through dataChanged.
void ImageSet::want(int row) const {
    const int page = row / kPage;
    if (m_asked.contains(page) || !m_workspace) return;
    m_asked.insert(page);
    QMetaObject::invokeMethod(
        const_cast<ImageSet*>(this), [this, page] { const_cast<ImageSet*>(this)->fetch(page); }, Qt::QueuedConnection);
}

void ImageSet::fetch(int page) {
    const std::size_t from = std::size_t(page) * kPage, to = std::min(m_ids.size(), from + kPage);
    if (from >= to || !m_workspace) return;
    std::vector<ImageId> ids(m_ids.begin() + std::ptrdiff_t(from), m_ids.begin() + std::ptrdiff_t(to));
    using Rows = std::vector<store::ImageRow>;
    m_services.jobs->run<Rows>(
        tr("Read images"), this,
        [workspace = m_workspace, ids = std::move(ids)](std::stop_token, const Progress&) -> Result<Rows> {
            return workspace->images(ids);
        },
        [this, generation = m_generation](Result<Rows> rows) {
            if (!rows || generation != m_generation) return;
            int low = rowCount(), high = -1;
            for (const auto& row : *rows) {
                const int at = rowOf(row.id);
                if (at < 0) continue;
                m_rows.insert(at, row);
                low = std::min(low, at);
                high = std::max(high, at);
            }
            if (high >= low) Q_EMIT dataChanged(index(low), index(high));
        },
        true);
}

int ImageSet::rowOf(ImageId id) const {
    const auto at = m_rowOf.find(id.value);
    return at == m_rowOf.end() ? -1 : at->second;
}

ImageId ImageSet::idAt(int row) const {
    return row >= 0 && row < rowCount() ? m_ids[std::size_t(row)] : ImageId();
}

int ImageSet::nextUnfinished(int row) const {
    const int n = rowCount();
    for (int i = 1; i < n; ++i)
        if (const int at = (row + i) % n; !m_finished[std::size_t(at)]) return at;
    return -1;
}

int ImageSet::nextWaiting(int row) const {
    const int n = rowCount();
    for (int i = 1; i < n; ++i)
        if (const int at = (row + i) % n; m_waiting[std::size_t(at)]) return at;
    return -1;
}

void ImageSet::setState(ImageId id, const std::string& state) {
    const int row = rowOf(id);
    if (row < 0) return;
    auto& finished = m_finished[std::size_t(row)];
    m_finishedCount += int(isFinished(state)) - int(finished);
    finished = isFinished(state) ? 1 : 0;
    m_waiting[std::size_t(row)] = state == "done" ? 1 : 0;
    if (auto known = m_rows.find(row); known != m_rows.end()) known->state = state;
    Q_EMIT dataChanged(index(row), index(row), {StateRole});
}

QString ImageSet::stateOf(ImageId id) const {
    const auto row = m_rows.constFind(rowOf(id));
    return row == m_rows.constEnd() ? QString() : QString::fromStdString(row->state);
}

}  // namespace lathe::widgets::canvas
