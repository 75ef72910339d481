#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::common {
namespace {

class SegmentButton : public QAbstractButton {
public:
    explicit SegmentButton(QWidget* parent) : QAbstractButton(parent) {
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
    }
    QSize sizeHint() const override {
        return {QFontMetrics(segmentFont()).horizontalAdvance(text()) + 18, Theme::instance().fieldHeight() - 4};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        if (isChecked())
            drawPlate(painter, rect(), 3, theme.dark() ? theme.colour(Token::Hover) : theme.colour(Token::Raised),
                      theme.dark() ? QColor() : theme.colour(Token::Line2));
        painter.setFont(segmentFont());
        painter.setPen(theme.colour(!isEnabled() ? Token::T4 : isChecked() || underMouse() ? Token::T1 : Token::T2));
        painter.drawText(rect(), Qt::AlignCenter, text());
    }

private:
    static QFont segmentFont() {
        QFont font = Theme::instance().font(Type::Table);
        font.setWeight(QFont::Medium);
        return font;
    }
};

}  // namespace

Segments::Segments(const QString& accessibleName, QWidget* parent) : QWidget(parent), m_group(new QButtonGroup(this)) {
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(2, 2, 2, 2);
    m_layout->setSpacing(0);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::changed);
    connect(&Theme::instance(), &Theme::changed, this, [this] { updateGeometry(), update(); });
}

void Segments::setItems(const QStringList& texts) {
    auto buttons = m_group->buttons();
    if (buttons.size() != texts.size()) {
        qDeleteAll(buttons);
        for (int i = 0; i < texts.size(); ++i) {
            auto* button = new SegmentButton(this);
            m_group->addButton(button, i);
            m_layout->addWidget(button);
        }
        if (!texts.isEmpty()) m_group->button(0)->setChecked(true);
    }
    for (int i = 0; i < texts.size(); ++i) m_group->button(i)->setText(texts[i]);
    updateGeometry();
}

int Segments::current() const {
    return m_group->checkedId();
}

void Segments::setCurrent(int index) {
    if (auto* button = m_group->button(index)) button->setChecked(true);
}

QSize Segments::sizeHint() const {
    return {QWidget::sizeHint().width(), Theme::instance().fieldHeight()};
}

void Segments::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    drawPlate(painter, rect(), 5, theme.colour(theme.dark() ? Token::Well : Token::Hover), theme.colour(Token::Line2));
}

}  // namespace lathe::widgets::common
