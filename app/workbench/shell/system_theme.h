// Dark or light as the desktop says it: the settings portal over D-Bus (org.freedesktop.appearance color-scheme), for desktops
// whose choice doesn't reach Qt's palette. Asked after the window is there; no answer changes nothing.
#pragma once
#include <QObject>

class QDBusVariant;

namespace lathe::shell {

class SystemTheme : public QObject {
    Q_OBJECT
public:
    explicit SystemTheme(QObject* parent);

private Q_SLOTS:
    void onChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask();
};

}  // namespace lathe::shell
