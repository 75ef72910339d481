#include "widgets/canvas/tool_options.h"

#include <QCheckBox>
#include <QLabel>
#include <QSlider>

#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kOptionsStep = 1.15;
constexpr int kOptionsFine = 20;  // slider steps a factor of e

QString words(const char* text) {
    return QCoreApplication::translate("lathe::widgets::canvas::Tool", text);
}

int sliderAt(double size) {
    return int(std::lround(kOptionsFine * std::log(std::max(size, 1.0))));
}
double sizeAt(int slider) {
    return std::round(10 * std::exp(double(slider) / kOptionsFine)) / 10;
}

}  // namespace

int Tool::mode() const {
    const ToolModes* all = modes();
    if (!all) return 0;
    return std::clamp(m_host.memory().value(QString::fromLatin1(all->key), 0).toInt(), 0, int(all->texts.size()) - 1);
}

void Tool::setMode(int mode) {
    const ToolModes* all = modes();
    if (!all || mode == this->mode()) return;
    m_host.memory()[QString::fromLatin1(all->key)] = mode;
    modeChanged();
}

QWidget* Tool::makeOptions(QWidget* parent) {
    if (!hasOptions()) return nullptr;
    auto* options = new QWidget(parent);
    auto* row = new QHBoxLayout(options);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    if (const ToolModes* all = modes()) {
        auto* choice = new common::Segments(words(all->name), options);
        QStringList texts;
        for (const char* text : all->texts) texts << words(text);
        choice->setItems(texts);
        choice->setCurrent(mode());
        QObject::connect(choice, &common::Segments::changed, choice, [this](int i) { setMode(i); });
        row->addWidget(choice);
    }
    addOptions(*row);
    return options;
}

void addSwitch(QHBoxLayout& row, ToolHost& host, const char* key, const QString& text) {
    auto* box = new QCheckBox(text, row.parentWidget());
    box->setFocusPolicy(Qt::TabFocus);
    box->setChecked(host.memory().value(QString::fromLatin1(key), false).toBool());
    QObject::connect(box, &QCheckBox::toggled, box, [&host, key](bool on) {
        host.memory()[QString::fromLatin1(key)] = on;
        host.repaintMarks();
    });
    row.addWidget(box);
}

void addSize(QHBoxLayout& row, ToolHost& host, const char* key, double standard, double most) {
    auto* label = common::makeLabel(words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Size")), common::Type::Table,
                                    common::Token::T2, row.parentWidget());
    auto* slider = new QSlider(Qt::Horizontal, row.parentWidget());
    slider->setRange(0, sliderAt(most));
    slider->setValue(sliderAt(sizeOf(host, key, standard)));
    slider->setFixedWidth(90);
    slider->setFocusPolicy(Qt::TabFocus);
    slider->setAccessibleName(words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Brush size")));
    label->setBuddy(slider);
    auto* value = common::makeLabel({}, common::Type::Table, common::Token::T1, row.parentWidget());
    value->setMinimumWidth(44);
    const auto show = [value](double size) {
        value->setText(
            words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "%1 px")).arg(common::number(size, size < 10 ? 1 : 0)));
    };
    show(sizeOf(host, key, standard));
    QObject::connect(slider, &QSlider::valueChanged, slider, [&host, key, show](int at) {
        host.memory()[QString::fromLatin1(key)] = sizeAt(at);
        show(sizeAt(at));
        host.repaintMarks();
    });
    for (QWidget* w : {static_cast<QWidget*>(label), static_cast<QWidget*>(slider), static_cast<QWidget*>(value)}) row.addWidget(w);
}

void stepSize(ToolHost& host, const char* key, double standard, double most, double steps) {
    const double size = sizeOf(host, key, standard) * std::pow(kOptionsStep, steps);
    host.memory()[QString::fromLatin1(key)] = std::clamp(std::round(size * 10) / 10, 1.0, most);
    host.optionsChanged();
    host.repaintMarks();
}

double sizeOf(ToolHost& host, const char* key, double standard) {
    return host.memory().value(QString::fromLatin1(key), standard).toDouble();
}

}  // namespace lathe::widgets::canvas
