#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::common {
namespace {

constexpr int kLabelWidth = 86, kFieldGap = 4, kDotSide = 10;

/// The unit stands inside the field, at its right end.
void addUnit(QWidget* field, const QString& unit) {
    if (auto* spin = qobject_cast<QSpinBox*>(field)) return spin->setSuffix(u' ' + unit);
    if (auto* spin = qobject_cast<QDoubleSpinBox*>(field)) return spin->setSuffix(u' ' + unit);
    auto* edit = qobject_cast<QLineEdit*>(field);
    if (!edit) return;
    auto* label = makeLabel(unit, Type::Table, Token::T3, edit);
    label->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* row = new QHBoxLayout(edit);
    row->setContentsMargins(0, 0, 8, 0);
    row->addStretch();
    row->addWidget(label);
    edit->setTextMargins(0, 0, QFontMetrics(label->font()).horizontalAdvance(unit) + 6, 0);
}

class Dot : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::instance().colour(Token::AccentText));
        painter.drawEllipse(QRectF(width() / 2.0 - 3, height() / 2.0 - 3, 6, 6));
    }
};

}  // namespace

FormRows::FormRows(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(12, 4, 4, 8);
    m_grid->setHorizontalSpacing(0);  // of a column without a visible dot there would be none
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, kLabelWidth + kFieldGap);
    m_grid->setColumnMinimumWidth(2, kDotSide + kFieldGap);
    m_grid->setColumnStretch(1, 1);
}

QLabel* FormRows::addRow(const QString& text, QWidget* field, const QString& unit) {
    auto* label = makeLabel(text, Type::Table, Token::T2, this);
    label->setBuddy(field);
    label->setTextFormat(Qt::AutoText);
    label->setWordWrap(true);
    label->setFixedWidth(kLabelWidth);
    const int row = m_grid->rowCount();
    m_grid->addWidget(label, row, 0, Qt::AlignVCenter);
    m_grid->addWidget(field, row, 1);
    if (!unit.isEmpty()) addUnit(field, unit);
    auto* dot = new Dot(this);
    dot->setFixedSize(kDotSide, kDotSide);
    dot->setToolTip(tr("Differs from the run it was copied from"));
    dot->hide();
    m_grid->addWidget(dot, row, 2, Qt::AlignRight | Qt::AlignVCenter);
    m_dots.insert(field, dot);
    m_labels.insert(field, label);
    return label;
}

void FormRows::addHeading(QLabel* heading) {
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 3);
}

void FormRows::setChanged(QWidget* field, bool changed) {
    if (QLabel* dot = m_dots.value(field)) dot->setVisible(changed);
}

void FormRows::setRowVisible(QWidget* field, bool visible) {
    QLabel* label = m_labels.value(field);
    if (!label) return;
    label->setVisible(visible);
    field->setVisible(visible);
    if (!visible) m_dots.value(field)->hide();
}

}  // namespace lathe::widgets::common
