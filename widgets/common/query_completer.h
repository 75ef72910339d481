// Completes the search language in a field: its words, and the values of those that have a list.
#pragma once
#include <QCompleter>
#include <QHash>
#include <QStringListModel>

class QLineEdit;

namespace lathe::widgets::common {

/// key:value, quoted when the value has a space or a sign of the language.
[[nodiscard]] QString searchTerm(const QString& key, const QString& value);

/// Completes the term under the cursor, not the whole text.
class QueryCompleter : public QCompleter {
    Q_OBJECT
public:
    explicit QueryCompleter(QLineEdit* edit);
    /// Values of a field that the workspace knows (class names, tags, authors).
    void setValues(const QString& field, const QStringList& values);
    /// The same with whole terms: "attribute:pose=left".
    void setTerms(const QString& field, const QStringList& terms);
    [[nodiscard]] QStringList splitPath(const QString& path) const override;
    [[nodiscard]] QString pathFromIndex(const QModelIndex& index) const override;

private:
    void update();
    [[nodiscard]] int termStart() const;

    QLineEdit* m_edit;
    QStringListModel* m_terms;
    QHash<QString, QStringList> m_values, m_whole;
};

}  // namespace lathe::widgets::common
