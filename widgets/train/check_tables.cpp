#include "widgets/train/check_tables.h"

#include <QCoreApplication>
#include <QHeaderView>

#include "widgets/common/parts.h"

namespace lathe::widgets::train {
namespace {

constexpr int kMostRows = 9;  ///< shown at once

QString inTable(const char* text) {
    return QCoreApplication::translate("CheckTables", text);
}

struct TableColumn {
    const char* title;
    int width;
    bool figure;
};

QTableWidget* makeTable(const std::vector<TableColumn>& columns, int rows, const QString& name, QWidget* parent) {
    auto* table = new QTableWidget(rows, int(columns.size()), parent);
    table->setItemDelegate(new common::RowDelegate(table));
    const int height = common::Theme::instance().tableRowHeight();
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(height);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAccessibleName(name);
    for (int c = 0; c < int(columns.size()); ++c) {
        auto* header = new QTableWidgetItem(inTable(columns[std::size_t(c)].title));
        header->setTextAlignment((columns[std::size_t(c)].figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        table->setHorizontalHeaderItem(c, header);
        table->setColumnWidth(c, columns[std::size_t(c)].width);
    }
    table->setFixedHeight(height * (std::min(rows, kMostRows) + 1) + 8);
    return table;
}

void put(QTableWidget* table, int row, int column, const QString& text, bool figure = true) {
    auto* cell = new QTableWidgetItem(text);
    if (figure) cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    cell->setToolTip(text);
    table->setItem(row, column, cell);
}

QString shapeOf(const Json& layer) {
    QStringList sides;
    for (const Json& side : layer.value("shape", Json::array())) sides << QString::number(side.get<qint64>());
    return sides.isEmpty() ? QStringLiteral("–") : sides.join(QStringLiteral(" × "));
}

/// "Conv2d", "BatchNorm2d, relu_", "Conv2d (3 times)".
QString kindOf(const Json& layer) {
    QStringList parts{QString::fromStdString(layer.value("kind", ""))};
    for (const Json& op : layer.value("then", Json::array())) parts << QString::fromStdString(op.get<std::string>());
    parts.removeAll(QString());
    const QString kind = parts.join(QStringLiteral(", "));
    const int calls = layer.value("calls", 1);
    return calls > 1 ? inTable(QT_TRANSLATE_NOOP("CheckTables", "%1 (%2 times)")).arg(kind).arg(calls) : kind;
}

}  // namespace

QTableWidget* makeLayerTable(const Json& layers, QWidget* parent) {
    static const std::vector<TableColumn> columns = {
        {QT_TRANSLATE_NOOP("CheckTables", "Layer"), 170, false},  {QT_TRANSLATE_NOOP("CheckTables", "Kind"), 150, false},
        {QT_TRANSLATE_NOOP("CheckTables", "Output"), 130, false}, {QT_TRANSLATE_NOOP("CheckTables", "Parameters"), 90, true},
        {QT_TRANSLATE_NOOP("CheckTables", "Kept"), 76, true},     {QT_TRANSLATE_NOOP("CheckTables", "Forward"), 76, true},
        {QT_TRANSLATE_NOOP("CheckTables", "Backward"), 76, true}};
    auto* table =
        makeTable(columns, int(layers.size()), inTable(QT_TRANSLATE_NOOP("CheckTables", "Layers of the network")), parent);
    const QString time = inTable(QT_TRANSLATE_NOOP("CheckTables", "%1 ms"));
    for (int row = 0; row < int(layers.size()); ++row) {
        const Json& layer = layers[std::size_t(row)];
        put(table, row, 0, QString::fromStdString(layer.value("name", "")), false);
        put(table, row, 1, kindOf(layer), false);
        put(table, row, 2, shapeOf(layer), false);
        put(table, row, 3, common::number(layer.value("parameters", 0.0)));
        put(table, row, 4, common::fileSize(layer.value("activation_bytes", 0.0)));
        put(table, row, 5, time.arg(common::number(layer.value("forward_ms", 0.0), 2)));
        put(table, row, 6, time.arg(common::number(layer.value("backward_ms", 0.0), 2)));
    }
    return table;
}

QTableWidget* makeBatchTable(const Json& found, QWidget* parent) {
    static const std::vector<TableColumn> columns = {{QT_TRANSLATE_NOOP("CheckTables", "Batch"), 110, true},
                                                     {QT_TRANSLATE_NOOP("CheckTables", "Memory"), 150, true},
                                                     {QT_TRANSLATE_NOOP("CheckTables", "Step"), 130, true},
                                                     {QT_TRANSLATE_NOOP("CheckTables", "Images/s"), 110, true}};
    const Json batches = found.value("batches", Json::array());
    auto* table =
        makeTable(columns, int(batches.size()), inTable(QT_TRANSLATE_NOOP("CheckTables", "Batches that were tried")), parent);
    for (int row = 0; row < int(batches.size()); ++row) {
        const Json& one = batches[std::size_t(row)];
        const bool fits = one.value("fits", false);
        const QString none = QStringLiteral("–");
        put(table, row, 0, common::number(one.value("batch", 0.0)));
        put(table, row, 1,
            fits ? common::fileSize(one.value("peak", 0.0)) : inTable(QT_TRANSLATE_NOOP("CheckTables", "out of memory")));
        put(table, row, 2,
            fits ? inTable(QT_TRANSLATE_NOOP("CheckTables", "%1 ms")).arg(common::number(one.value("step_ms", 0.0), 1)) : none);
        put(table, row, 3, fits ? common::number(one.value("images_per_second", 0.0), 1) : none);
    }
    return table;
}

}  // namespace lathe::widgets::train
