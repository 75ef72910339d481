#include "widgets/canvas/assist_result.h"

#include "core/annot/area_ops.h"
#include "core/annot/convert.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

const QString kResult = QStringLiteral("assist.result");

bool allowed(ResultKind kind, const annot::ClassSchema* schema) {
    if (!schema) return true;
    switch (kind) {
        case ResultKind::Polygon: return schema->allows(annot::Polygon{});
        case ResultKind::Mask: return schema->allows(annot::Mask{});
        case ResultKind::Box: return schema->allows(annot::Box{});
    }
    return false;
}

QString words(const char* text) {
    return QCoreApplication::translate("lathe::widgets::canvas::AssistTool", text);
}

}  // namespace

ResultKind resultKind(const QVariantHash& memory, const annot::ClassSchema* schema) {
    const auto wished = ResultKind(memory.value(kResult, 0).toInt());
    if (allowed(wished, schema)) return wished;
    for (const ResultKind kind : {ResultKind::Polygon, ResultKind::Mask, ResultKind::Box})
        if (allowed(kind, schema)) return kind;
    return ResultKind::Polygon;
}

annot::Polygon outlined(const annot::Mask& mask, double tolerance) {
    const annot::Polygon border = annot::polygonOf(mask);
    const auto simple = annot::simplified(border, tolerance);
    const auto* polygon = simple ? std::get_if<annot::Polygon>(&*simple) : nullptr;
    return polygon && !polygon->rings.empty() ? *polygon : border;
}

annot::Shape shapedAs(ResultKind kind, const annot::Mask& mask, const annot::Polygon& outline) {
    if (kind == ResultKind::Mask) return mask;
    if (kind == ResultKind::Box) return annot::Box{annot::bounds(outline)};
    return outline;
}

void addResultChoice(QHBoxLayout& row, QVariantHash& memory) {
    QWidget* parent = row.parentWidget();
    row.addWidget(common::makeLabel(words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::AssistTool", "Result")), common::Type::Table,
                                    common::Token::T2, parent));
    auto* kinds =
        new common::Segments(words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::AssistTool", "Kind of the result")), parent);
    kinds->setItems({words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::AssistTool", "Polygon")),
                     words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::AssistTool", "Mask")),
                     words(QT_TRANSLATE_NOOP("lathe::widgets::canvas::AssistTool", "Box"))});
    kinds->setCurrent(memory.value(kResult, 0).toInt());
    QObject::connect(kinds, &common::Segments::changed, kinds, [&memory](int index) { memory.insert(kResult, index); });
    row.addWidget(kinds);
}

QSlider* addSlider(QHBoxLayout& row, const QString& name, int least, int most, int value, std::function<void(int)> changed) {
    QWidget* parent = row.parentWidget();
    auto* label = common::makeLabel(name, common::Type::Table, common::Token::T2, parent);
    auto* slider = new QSlider(Qt::Horizontal, parent);
    auto* figure = common::makeLabel(QString::number(value), common::Type::Table, common::Token::T1, parent);
    slider->setRange(least, most);
    slider->setValue(value);
    slider->setFixedWidth(96);
    slider->setFocusPolicy(Qt::TabFocus);
    slider->setAccessibleName(name);
    label->setBuddy(slider);
    figure->setFixedWidth(24);
    QObject::connect(slider, &QSlider::valueChanged, figure, [figure](int v) { figure->setText(QString::number(v)); });
    QObject::connect(slider, &QSlider::valueChanged, slider, std::move(changed));
    for (QWidget* w : {static_cast<QWidget*>(label), static_cast<QWidget*>(slider), static_cast<QWidget*>(figure)})
        row.addWidget(w);
    return slider;
}

}  // namespace lathe::widgets::canvas
