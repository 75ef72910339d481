// A run's settings as flat names and values, and where runs differ. Any thread.
#pragma once
#include <QString>
#include <map>
#include <vector>

#include "core/runs/run_spec.h"

namespace lathe::widgets::compare {

using Settings = std::map<QString, QString>;  ///< "optimizer.lr" -> "0.003"

[[nodiscard]] Settings settingsOf(const runs::RunSpec& spec);
/// Names whose values are not the same in all; what is missing differs from what is there.
[[nodiscard]] QStringList differing(const std::vector<Settings>& all);
/// "optimizer.lr" -> "Rate": the short name that the Train form uses, else the path.
[[nodiscard]] QString settingText(const QString& path);

}  // namespace lathe::widgets::compare
