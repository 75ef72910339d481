// Chooses by what images belong together.
#pragma once
#include <QMenu>

namespace lathe::widgets::browser::search {

/// A rule for people: "by folder".
[[nodiscard]] QString groupRuleText(const QString& rule);

class GroupMenu : public QMenu {
    Q_OBJECT
public:
    explicit GroupMenu(QWidget* parent);
    /// The workspace's rule, the names of the images' own attributes and of the imported fields.
    void setChoices(const QString& rule, const QStringList& attributes, const QStringList& fields);
    void setAlso(QAction* action) { m_also = action; }  ///< at the end of the menu
Q_SIGNALS:
    void ruleChosen(const QString& rule);  ///< empty: no groups
    void textWanted(const QString& kind);  ///< "prefix" or "name": its text is to be asked for

private:
    void fill();
    void addRule(QMenu* menu, const QString& words, const QString& rule);
    QString m_rule;
    QStringList m_attributes, m_fields;
    QAction* m_also = nullptr;
};

}  // namespace lathe::widgets::browser::search
