// Accessible names that follow the language, for parts that nobody names again in a retranslate().
#pragma once
#include <QString>
#include <functional>

class QSplitter;
class QWidget;

namespace lathe::widgets::common {

/// Gives the widget this name now and again in every language that is switched to: [] { return tr("Images"); }
void keepNamed(QWidget* widget, std::function<QString()> name);

/// makeSplitter() of parts.h, named so.
QSplitter* namedSplitter(Qt::Orientation orientation, std::function<QString()> name, QWidget* parent = nullptr);

}  // namespace lathe::widgets::common
