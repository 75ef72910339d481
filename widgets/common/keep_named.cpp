#include "widgets/common/keep_named.h"

#include <QEvent>
#include <QSplitter>

#include "widgets/common/parts.h"

namespace lathe::widgets::common {
namespace {

class Namer : public QObject {
public:
    Namer(QWidget* widget, std::function<QString()> name) : QObject(widget), m_widget(widget), m_name(std::move(name)) {
        widget->setAccessibleName(m_name());
        widget->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() == QEvent::LanguageChange) m_widget->setAccessibleName(m_name());
        return QObject::eventFilter(object, event);
    }

private:
    QWidget* m_widget;
    std::function<QString()> m_name;
};

}  // namespace

void keepNamed(QWidget* widget, std::function<QString()> name) {
    new Namer(widget, std::move(name));
}

QSplitter* namedSplitter(Qt::Orientation orientation, std::function<QString()> name, QWidget* parent) {
    auto* splitter = makeSplitter(orientation, {}, parent);
    keepNamed(splitter, std::move(name));
    return splitter;
}

}  // namespace lathe::widgets::common
