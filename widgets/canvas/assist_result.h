// What an assistant's pixels become: polygon, mask or box, as the user and the class want it.
#pragma once
#include <QHBoxLayout>
#include <QSlider>
#include <functional>

#include "core/annot/schema.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

enum class ResultKind { Polygon, Mask, Box };

/// The kind for new shapes of a class: the one that is wished (memory "assist.result"), else the first of polygon, mask, box that
/// the class allows. `schema` null: all are allowed.
[[nodiscard]] ResultKind resultKind(const QVariantHash& memory, const annot::ClassSchema* schema);
/// Any thread. The outline keeps within `tolerance` pixels of the mask's border.
[[nodiscard]] annot::Polygon outlined(const annot::Mask& mask, double tolerance);
[[nodiscard]] annot::Shape shapedAs(ResultKind kind, const annot::Mask& mask, const annot::Polygon& outline);

/// The choice of the three, for a tool's options.
void addResultChoice(QHBoxLayout& row, QVariantHash& memory);
/// A named slider with its value beside it.
QSlider* addSlider(QHBoxLayout& row, const QString& name, int least, int most, int value, std::function<void(int)> changed);

}  // namespace lathe::widgets::canvas
