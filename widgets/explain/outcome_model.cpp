#include "widgets/explain/outcome_model.h"

#include <algorithm>

#include "widgets/common/parts.h"

namespace lathe::widgets::explain {
namespace {

bool wrong(const runs::SampleOutcome& outcome) {
    return outcome.label >= 0 && !outcome.right;
}

}  // namespace

Result<std::vector<OutcomeRow>> readOutcomes(const store::Workspace& workspace, const runs::RunFolder& folder) {
    LATHE_TRY(std::vector<runs::SampleOutcome> outcomes, runs::outcomes(folder));
    std::vector<ImageId> ids;
    for (const runs::SampleOutcome& outcome : outcomes) ids.push_back(outcome.image);
    LATHE_TRY(std::vector<store::ImageRow> images, workspace.images(ids));
    std::unordered_map<std::int64_t, store::ImageRow> byId;
    for (store::ImageRow& image : images) byId.emplace(image.id.value, std::move(image));
    std::vector<OutcomeRow> rows;
    for (runs::SampleOutcome& outcome : outcomes) {
        const auto found = byId.find(outcome.image.value);
        if (found != byId.end()) rows.push_back({std::move(outcome), found->second});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const OutcomeRow& a, const OutcomeRow& b) {
        if (wrong(a.outcome) != wrong(b.outcome)) return wrong(a.outcome);
        return a.outcome.confidence > b.outcome.confidence;
    });
    return rows;
}

OutcomeModel::OutcomeModel(common::Thumbnails& thumbnails, QObject* parent) : QAbstractListModel(parent), m_thumbnails(thumbnails) {
    connect(&m_thumbnails, &common::Thumbnails::ready, this, [this](ImageId image) {
        const QModelIndex at = indexOf(image);
        if (at.isValid()) Q_EMIT dataChanged(at, at, {Qt::DecorationRole});
    });
}

void OutcomeModel::setRows(std::vector<OutcomeRow> rows, QStringList labels) {
    beginResetModel();
    m_rows = std::move(rows);
    m_labels = std::move(labels);
    m_wrong = int(std::count_if(m_rows.begin(), m_rows.end(), [](const OutcomeRow& row) { return wrong(row.outcome); }));
    endResetModel();
}

const OutcomeRow* OutcomeModel::rowAt(const QModelIndex& index) const {
    return index.isValid() && std::size_t(index.row()) < m_rows.size() ? &m_rows[std::size_t(index.row())] : nullptr;
}

QModelIndex OutcomeModel::indexOf(ImageId image) const {
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].image.id == image) return index(int(row));
    return {};
}

int OutcomeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString OutcomeModel::labelText(int index) const {
    return index >= 0 && index < m_labels.size() ? m_labels[index] : QStringLiteral("?");
}

QString OutcomeModel::answerText(const runs::SampleOutcome& outcome) const {
    if (!outcome.together.empty()) return wrong(outcome) ? tr("mean IoU below one half") : tr("mean IoU one half or more");
    if (outcome.probabilities.empty())
        return tr("%1 found, %2 missed, %3 false").arg(outcome.found).arg(outcome.missed).arg(outcome.falsely);
    const QString predicted = labelText(outcome.predicted);
    return wrong(outcome) ? tr("%1, is %2").arg(predicted, labelText(outcome.label)) : predicted;
}

QVariant OutcomeModel::data(const QModelIndex& index, int role) const {
    const OutcomeRow* row = rowAt(index);
    if (!row) return {};
    const QString name = QString::fromStdString(row->image.name).section('/', -1);
    const bool isWrong = wrong(row->outcome);
    const QString answer = answerText(row->outcome);
    switch (role) {
        case Qt::DisplayRole: return name;
        case Qt::DecorationRole: return m_thumbnails.get(row->image);
        case Qt::AccessibleTextRole:
            return tr("%1: %2, confidence %3").arg(name, answer).arg(double(row->outcome.confidence), 0, 'f', 2);
        case Qt::ToolTipRole: return QString::fromStdString(row->image.name);
        case common::Roles::SubText: return answer;
        case common::Roles::Right: return QString::number(double(row->outcome.confidence), 'f', 2);
        case common::Roles::RightTone: return isWrong ? int(common::Tone::Err) : QVariant();
        default: return {};
    }
}

}  // namespace lathe::widgets::explain
