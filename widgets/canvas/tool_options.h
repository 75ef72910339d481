// Controls of tools in the options bar. Each shows what ToolHost::memory() holds under its key, and writes it.
#pragma once
#include <QHBoxLayout>

#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

/// A switch; on: true under `key`.
void addSwitch(QHBoxLayout& row, ToolHost& host, const char* key, const QString& text);
/// A size in image pixels from 1 to `most`, by a slider whose steps grow with it.
void addSize(QHBoxLayout& row, ToolHost& host, const char* key, double standard, double most);
/// The size under `key`, a step larger or smaller, within 1 to `most`.
void stepSize(ToolHost& host, const char* key, double standard, double most, double steps);
[[nodiscard]] double sizeOf(ToolHost& host, const char* key, double standard);

}  // namespace lathe::widgets::canvas
