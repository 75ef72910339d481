#include "widgets/compare/slices_model.h"

#include "widgets/charts/chart.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/parts.h"
#include "widgets/compare/run_figures.h"
#include "widgets/compare/verdict_panel.h"

namespace lathe::widgets::compare {

using charts::percentText;
using common::Roles;
using common::Token;

namespace {

constexpr int kTerm = 0, kImages = 1, kFirstRun = 2, kColumnsOfRun = 2;

QString differenceText(double value) {
    return (value > 0 ? "+" : "") + percentText(value);
}

}  // namespace

int SlicesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_lines.size());
}

int SlicesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kFirstRun + kColumnsOfRun * int(m_runs.size());
}

void SlicesModel::setLines(std::vector<SliceLine> lines, QStringList runs) {
    beginResetModel();
    m_lines = std::move(lines);
    m_runs = std::move(runs);
    endResetModel();
}

QString SlicesModel::words(const runs::Slice& slice) const {
    if (slice.metrics.empty()) return tr("none of the judged images");
    QStringList parts;
    for (const auto& one : slice.metrics)
        parts
            << tr("%1 %2, %3 to all").arg(charts::metricText(one.name), estimateText(one.estimate), differenceText(one.difference));
    parts << (slice.adjusted ? tr("%1 among all suggestions").arg(pText(*slice.adjusted)) : pText(slice.p));
    return parts.join(QStringLiteral("; "));
}

QString SlicesModel::text(const SliceLine& line, int column) const {
    if (column == kTerm) return QString::fromStdString(line.term);
    if (column == kImages) return line.ofRuns.empty() ? QString() : common::number(double(line.ofRuns.front().images.size()));
    const auto run = std::size_t((column - kFirstRun) / kColumnsOfRun);
    if (run >= line.ofRuns.size() || line.ofRuns[run].metrics.empty()) return QStringLiteral("–");
    const runs::Slice& slice = line.ofRuns[run];
    const auto& first = slice.metrics.front();
    if ((column - kFirstRun) % kColumnsOfRun == 0) return estimateText(first.estimate);
    if (first.estimate.value < 0) return QStringLiteral("–");
    const QString verdict = slice.verdict == "worse"    ? tr("worse")
                            : slice.verdict == "better" ? tr("better")
                                                        : tr("not enough evidence");
    return differenceText(first.difference) + QStringLiteral("  ") + verdict;
}

QVariant SlicesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const SliceLine& line = m_lines[std::size_t(index.row())];
    const int column = index.column();
    const auto run = std::size_t(std::max(0, (column - kFirstRun) / kColumnsOfRun));
    switch (role) {
        case Qt::DisplayRole: return text(line, column);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            if (column < kFirstRun || run >= line.ofRuns.size()) return text(line, column);
            return m_runs[int(run)] + QStringLiteral(": ") + words(line.ofRuns[run]);
        case Qt::TextAlignmentRole: return int((column == kImages ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Roles::IconName:
            if (column < kFirstRun || (column - kFirstRun) % kColumnsOfRun == 0 || run >= line.ofRuns.size()) return {};
            if (line.ofRuns[run].verdict == "worse") return QStringLiteral("down");
            return line.ofRuns[run].verdict == "better" ? QVariant(QStringLiteral("up")) : QVariant();
        case Roles::IconToken:
            return run < line.ofRuns.size() ? int(line.ofRuns[run].verdict == "worse" ? Token::Err : Token::Ok) : QVariant();
        default: return {};
    }
}

QVariant SlicesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    if (section == kTerm) return tr("Slice");
    if (section == kImages) return tr("Images");
    const int run = (section - kFirstRun) / kColumnsOfRun;
    if (run >= m_runs.size()) return {};
    return (section - kFirstRun) % kColumnsOfRun == 0 ? m_runs[run] : tr("%1 to all").arg(m_runs[run].section(' ', 0, 0));
}

}  // namespace lathe::widgets::compare
