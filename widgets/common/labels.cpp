#include <QAccessibleWidget>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::common {
namespace {

/// Font and colour by role; set again when the theme changes.
void follow(QLabel* label, Type type, Token token) {
    const auto tint = [label, type, token] {
        QFont font = Theme::instance().font(type);
        if (const QVariant weight = label->property("weight"); weight.isValid()) font.setWeight(QFont::Weight(weight.toInt()));
        label->setFont(font);
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, Theme::instance().colour(token));
        label->setPalette(palette);
    };
    tint();
    QObject::connect(&Theme::instance(), &Theme::changed, label, tint);
}

constexpr const char* kRole = "accessibleRole";

/// The role that was told; and a picture without a name of its own stands beside words that say the same: a screen reader skips it.
QAccessibleInterface* makeDecoration(const QString&, QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    if (const QVariant role = object->property(kRole); widget && role.isValid())
        return new QAccessibleWidget(widget, QAccessible::Role(role.toInt()));
    auto* label = qobject_cast<QLabel*>(object);
    const bool mere = label && label->text().isEmpty() && label->accessibleName().isEmpty() && !label->pixmap().isNull();
    return mere ? new QAccessibleWidget(label, QAccessible::StaticText) : nullptr;
}

void installDecorations() {
    [[maybe_unused]] static const bool once = (QAccessible::installFactory(makeDecoration), true);
}

class ElidedLabel : public QLabel {
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override { return {24, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(contentsRect(), int(alignment()) | Qt::TextSingleLine, shown);
        const QString tip = shown == text() ? QString() : text();
        if (toolTip() != tip) setToolTip(tip);
    }
};

QLabel* tag(const QString& text, const char* kind, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("tag", QString::fromLatin1(kind));
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return label;
}

}  // namespace

void playRole(QWidget* widget, QAccessible::Role role) {
    widget->setProperty(kRole, int(role));
    installDecorations();
}

QLabel* makeLabel(const QString& text, Type type, Token token, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    follow(label, type, token);
    return label;
}

QLabel* makeElidedLabel(const QString& text, Type type, Token token, QWidget* parent) {
    auto* label = new ElidedLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    follow(label, type, token);
    return label;
}

QLabel* makeIconLabel(const QString& iconName, Token token, int size, QWidget* parent) {
    installDecorations();
    auto* label = new QLabel(parent);
    label->setFixedSize(size, size);
    const auto tint = [label, iconName, token, size] {
        label->setPixmap(iconPixmap(iconName, token, size, label->devicePixelRatioF()));
    };
    tint();
    QObject::connect(&Theme::instance(), &Theme::changed, label, tint);
    return label;
}

QLabel* makeTag(const QString& text, QWidget* parent) {
    return tag(text, "neutral", parent);
}

QLabel* makeTag(const QString& text, Tone tone, QWidget* parent) {
    switch (tone) {
        case Tone::Info: return tag(text, "info", parent);
        case Tone::Ok: return tag(text, "ok", parent);
        case Tone::Warn: return tag(text, "warn", parent);
        case Tone::Err: return tag(text, "err", parent);
    }
    return tag(text, "neutral", parent);
}

QString toneIcon(Tone tone) {
    switch (tone) {
        case Tone::Info: return QStringLiteral("info");
        case Tone::Ok: return QStringLiteral("ok");
        case Tone::Warn: return QStringLiteral("warn");
        case Tone::Err: return QStringLiteral("error");
    }
    return {};
}

Token toneToken(Tone tone) {
    switch (tone) {
        case Tone::Info: return Token::AccentText;
        case Tone::Ok: return Token::Ok;
        case Tone::Warn: return Token::Warn;
        case Tone::Err: return Token::Err;
    }
    return Token::T2;
}

}  // namespace lathe::widgets::common
