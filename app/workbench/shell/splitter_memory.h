// Where the user drew the borders between the plates of a mode, from one start to the next.
#pragma once
#include <QWidget>

namespace lathe::shell {

/// Gives the mode's splitters the sizes that they had last time and writes down each change by hand, in the settings under
/// "layout/".
void rememberSplitters(QWidget& mode, const QString& id);

}  // namespace lathe::shell
