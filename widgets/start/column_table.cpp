#include "widgets/start/column_table.h"

#include <QComboBox>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::start {
namespace {

using common::Token;
using common::Type;

constexpr int kColumnWidth = 148, kShownRows = 4;

struct RoleWords {
    const char* role;
    const char* text;
};
constexpr RoleWords kRoles[] = {
    {"image", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Image file")},
    {"class", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Class")},
    {"xmin", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Corners: left")},
    {"ymin", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Corners: top")},
    {"xmax", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Corners: right")},
    {"ymax", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Corners: bottom")},
    {"x", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: left")},
    {"y", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: top")},
    {"cx", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: centre across")},
    {"cy", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: centre down")},
    {"w", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: width")},
    {"h", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: height")},
    {"box", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Box: [x, y, w, h]")},
    {"split", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Split")},
    {"confidence", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Confidence")},
    {"width", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Image width")},
    {"height", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Image height")},
    {"occluded", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Occluded")},
    {"truncated", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Truncated")},
    {"crowd", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Crowd")},
    {"difficult", QT_TRANSLATE_NOOP("lathe::widgets::start::ColumnTable", "Difficult")},
};

}  // namespace

ColumnTable::ColumnTable(QWidget* parent) : QWidget(parent) {
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->viewport()->setAutoFillBackground(false);  // the sheet's own colour
    common::keepNamed(m_area, [] { return tr("Columns of the table"); });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 0, 16, 8);
    column->setSpacing(6);
    column->addWidget(common::makeLabel(tr("What the columns hold"), Type::Control, Token::T2, this));
    column->addWidget(m_area);
}

void ColumnTable::setLook(const formats::TableLook& look) {
    if (look.file == m_look.file && look.names == m_look.names) return;
    m_look = look;
    build();
}

void ColumnTable::build() {
    m_roles.clear();
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    for (std::size_t k = 0; k < m_look.names.size(); ++k) {
        const QString name = QString::fromStdString(m_look.names[k]);
        auto* role = new QComboBox(page);
        role->setFixedWidth(kColumnWidth);
        role->setAccessibleName(tr("What the column %1 holds").arg(name));
        role->addItem(tr("Further field"), QString());
        for (const auto& one : kRoles) role->addItem(tr(one.text), QString::fromLatin1(one.role));
        for (const auto& [known, column] : m_look.columns)
            if (column == m_look.names[k]) role->setCurrentIndex(role->findData(QString::fromStdString(known)));
        connect(role, &QComboBox::activated, this, [this, k] { chosen(k); });
        m_roles.push_back(role);
        grid->addWidget(role, 0, int(k));
        const auto text = [&](const QString& words, Token token, int row) {
            auto* label = common::makeElidedLabel(words, Type::Table, token, page);
            label->setFixedWidth(kColumnWidth);
            label->setToolTip(words.left(400));
            grid->addWidget(label, row, int(k));
        };
        text(name, Token::T1, 1);
        for (std::size_t row = 0; row < m_look.rows.size() && row < kShownRows; ++row)
            text(QString::fromStdString(m_look.rows[row][k]).left(200), Token::T3, int(row) + 2);
    }
    grid->setColumnStretch(int(m_look.names.size()), 1);
    m_area->setWidget(page);
    page->setAutoFillBackground(false);
    m_area->setFixedHeight(page->sizeHint().height() + 16);
}

/// A role is one column's.
void ColumnTable::chosen(std::size_t column) {
    const QVariant role = m_roles[column]->currentData();
    for (std::size_t k = 0; k < m_roles.size(); ++k)
        if (k != column && !role.toString().isEmpty() && m_roles[k]->currentData() == role) m_roles[k]->setCurrentIndex(0);
    Q_EMIT changed();
}

formats::ColumnMap ColumnTable::shown() const {
    formats::ColumnMap map;
    for (std::size_t k = 0; k < m_roles.size(); ++k)
        if (const QString role = m_roles[k]->currentData().toString(); !role.isEmpty()) map[role.toStdString()] = m_look.names[k];
    return map;
}

formats::ColumnMap ColumnTable::columns() const {
    formats::ColumnMap map = shown();
    if (map == m_look.columns) return {};
    for (const auto& [role, name] : m_look.columns)
        if (!map.contains(role)) map[role] = {};
    return map;
}

}  // namespace lathe::widgets::start
