#include "widgets/browser/search/group_menu.h"

namespace lathe::widgets::browser::search {

QString groupRuleText(const QString& rule) {
    const QString value = rule.mid(rule.indexOf(':') + 1);
    if (rule.isEmpty()) return GroupMenu::tr("no rule yet");
    if (rule == QLatin1String("folder")) return GroupMenu::tr("by folder");
    if (rule.startsWith(QLatin1String("prefix:"))) return GroupMenu::tr("name up to %1").arg(value);
    if (rule.startsWith(QLatin1String("name:"))) return GroupMenu::tr("name like %1").arg(value);
    return GroupMenu::tr("by %1").arg(value);
}

GroupMenu::GroupMenu(QWidget* parent) : QMenu(parent) {
    connect(this, &QMenu::aboutToShow, this, &GroupMenu::fill);
}

void GroupMenu::setChoices(const QString& rule, const QStringList& attributes, const QStringList& fields) {
    m_rule = rule, m_attributes = attributes, m_fields = fields;
}

void GroupMenu::addRule(QMenu* menu, const QString& words, const QString& rule) {
    QAction* action = menu->addAction(words, this, [this, rule] { Q_EMIT ruleChosen(rule); });
    action->setCheckable(true);
    action->setChecked(rule == m_rule);
}

void GroupMenu::fill() {
    for (QMenu* menu : findChildren<QMenu*>()) menu->deleteLater();
    clear();
    addRule(this, tr("Folder"), QStringLiteral("folder"));
    addAction(tr("Beginning of the file name…"), this, [this] { Q_EMIT textWanted(QStringLiteral("prefix")); });
    addAction(tr("Pattern in the name…"), this, [this] { Q_EMIT textWanted(QStringLiteral("name")); });
    const auto list = [this](const QString& title, const QString& kind, const QStringList& names) {
        QMenu* menu = addMenu(title);
        menu->setEnabled(!names.isEmpty());
        for (const QString& name : names) addRule(menu, QString(name).replace('&', QLatin1String("&&")), kind + name);
    };
    list(tr("Attribute of the image"), QStringLiteral("attribute:"), m_attributes);
    list(tr("Imported field"), QStringLiteral("meta:"), m_fields);
    addSeparator();
    addRule(this, tr("No groups"), QString());
    if (!m_also) return;
    addSeparator();
    addAction(m_also);
}

}  // namespace lathe::widgets::browser::search
