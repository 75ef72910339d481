// The tables of a check before the start: the network layer by layer, and the batches that were tried.
#pragma once
#include <QTableWidget>

#include "core/base/json.h"

namespace lathe::widgets::train {

/// Of "layers" of runs::checkRun(): what each layer gives, has, keeps and takes.
[[nodiscard]] QTableWidget* makeLayerTable(const Json& layers, QWidget* parent);
/// Of "largest_batch": memory, time and speed of each size.
[[nodiscard]] QTableWidget* makeBatchTable(const Json& found, QWidget* parent);

}  // namespace lathe::widgets::train
