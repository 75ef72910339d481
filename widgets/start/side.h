// The right column of the Start page: what needs you, what happened, what this machine can do.
#pragma once
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"
#include "widgets/start/facts.h"

namespace lathe::widgets::start {

/// Things that wait for the one who looks: a line each with a button.
class NeedsPanel : public common::Panel {
    Q_OBJECT
public:
    explicit NeedsPanel(QWidget* parent);
    void show(const StartFacts& facts, const QString& user);
Q_SIGNALS:
    void goTo(const QString& mode, const QVariantMap& args);

private:
    void addLine(const QString& icon, common::Token token, const QString& title, const QString& text, const QString& button,
                 const QString& mode, const QVariantMap& args);
    QWidget* m_lines = nullptr;
};

class ActivityPanel : public common::Panel {
    Q_OBJECT
public:
    explicit ActivityPanel(QWidget* parent);
    void show(const StartFacts& facts);

private:
    QWidget* m_lines = nullptr;
};

/// Engine, card, processor, disk.
class MachinePanel : public common::Panel {
    Q_OBJECT
public:
    MachinePanel(common::Services& services, QWidget* parent);
    void show(const QString& workspaceFolder);

private:
    void ask();
    void fill();
    common::Services& m_services;
    QString m_folder;
    Json m_hello;
    QWidget* m_lines = nullptr;
    QToolButton* m_again;
};

}  // namespace lathe::widgets::start
