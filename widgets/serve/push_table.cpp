#include "widgets/serve/push_table.h"

#include <QHeaderView>

#include "widgets/common/parts.h"

namespace lathe::widgets::serve {
namespace {

constexpr int kWidths[] = {140, 220, 90, 110, 90, 130, 80};

}  // namespace

QString pushStateText(const std::string& state) {
    if (state == "live") return PushTable::tr("live");
    if (state == "superseded") return PushTable::tr("replaced");
    if (state == "rolled_back") return PushTable::tr("rolled back");
    if (state == "failed") return PushTable::tr("failed");
    return QString::fromStdString(state);
}

PushTable::PushTable(QWidget* parent) : QTableWidget(0, Columns, parent) {
    setItemDelegate(new common::RowDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(common::Theme::instance().tableRowHeight());
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int column = 0; column < Columns; ++column) setColumnWidth(column, kWidths[column]);
}

void PushTable::setPushes(const std::vector<lathe::serve::PushRow>& pushes) {
    setRowCount(0);
    for (const auto& push : pushes) addRow(push);
}

void PushTable::addRow(const lathe::serve::PushRow& push) {
    const int row = rowCount();
    insertRow(row);
    put(row, When, common::dateTimeText(push.at));
    put(row, Version, QString::fromStdString(push.model));
    put(row, By, QString::fromStdString(push.user));
    put(row, State, pushStateText(push.state));
    const bool failed = push.state == "failed";
    const auto token = failed ? common::Token::Err : push.state == "live" ? common::Token::Ok : common::Token::T3;
    item(row, State)->setData(common::Roles::IconName, failed ? QStringLiteral("error") : QStringLiteral("ok"));
    item(row, State)->setData(common::Roles::IconToken, int(token));
    item(row, State)->setToolTip(QString::fromStdString(push.message));
    const bool compared = push.parity.cases > 0;
    put(row, Cases, compared ? QString::number(push.parity.cases) : QStringLiteral("–"));
    put(row, Difference, compared ? QString::number(push.parity.maxAbs, 'g', 3) : QStringLiteral("–"));
    put(row, Seconds, common::number(push.seconds, 1));
}

void PushTable::put(int row, Column column, const QString& text) {
    auto* cell = new QTableWidgetItem(text);
    if (column >= Cases) cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setItem(row, column, cell);
}

void PushTable::retranslate() {
    setHorizontalHeaderLabels(
        {tr("When"), tr("Model"), tr("By"), tr("State"), tr("Golden inputs"), tr("Largest difference"), tr("Seconds")});
    for (int column = 0; column < Columns; ++column)
        horizontalHeaderItem(column)->setTextAlignment((column >= Cases ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    setAccessibleName(tr("Pushes to the target"));
}

}  // namespace lathe::widgets::serve
