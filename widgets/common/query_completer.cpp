#include "widgets/common/query_completer.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QRegularExpression>

#include "core/data/query.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::common {
namespace {

/// What can begin a term.
QStringList fieldStarts() {
    QStringList starts;
    for (const auto field : data::textFields()) starts << QString::fromLatin1(field.data(), qsizetype(field.size())) + ':';
    for (const auto field : data::numberFields()) starts << QString::fromLatin1(field.data(), qsizetype(field.size())) + '>';
    starts << QStringLiteral("count(") << QStringLiteral("or");
    starts.sort();
    return starts;
}

/// Names first: values only once the name stands there with its sign.
QStringList fittingTerms(const QStringList& terms, const QString& word) {
    const bool named = word.contains('=');
    QStringList fitting;
    for (const QString& term : terms)
        if (named || !term.contains('=') || term.startsWith(QLatin1String("group:"))) fitting << term;
    return fitting;
}

}  // namespace

QString searchTerm(const QString& key, const QString& value) {
    static const QRegularExpression special(QStringLiteral("[\\s()\"<>=:*]"));
    if (!value.contains(special)) return key + ':' + value;
    return key + QStringLiteral(":\"") + QString(value).replace('"', QLatin1String("\"\"")) + '"';
}

QueryCompleter::QueryCompleter(QLineEdit* edit) : QCompleter(edit), m_edit(edit), m_terms(new QStringListModel(this)) {
    setModel(m_terms);
    setCaseSensitivity(Qt::CaseInsensitive);
    setCompletionMode(PopupCompletion);
    setMaxVisibleItems(12);
    for (const auto field : data::textFields()) {
        QStringList values;
        for (const auto value : data::valuesOf(field)) values << QString::fromLatin1(value.data(), qsizetype(value.size()));
        if (!values.isEmpty()) m_values.insert(QString::fromLatin1(field.data(), qsizetype(field.size())), values);
    }
    keepNamed(popup(), [] { return tr("Search terms"); });
    popup()->setItemDelegate(new RowDelegate(popup()));
    connect(edit, &QLineEdit::textEdited, this, &QueryCompleter::update);
    update();
}

void QueryCompleter::setValues(const QString& field, const QStringList& values) {
    m_values.insert(field, values);
    update();
}

void QueryCompleter::setTerms(const QString& field, const QStringList& terms) {
    m_whole.insert(field, terms);
    update();
}

int QueryCompleter::termStart() const {
    const QString text = m_edit->text();
    int start = m_edit->cursorPosition();
    bool quoted = text.left(start).count('"') % 2 == 1;
    while (start > 0) {
        const QChar before = text[start - 1];
        if (before == '"') quoted = !quoted;
        if (!quoted && (before.isSpace() || before == '(' || before == ')')) break;
        --start;
    }
    if (start < text.size() && text[start] == '-') ++start;
    return start;
}

void QueryCompleter::update() {
    const QString word = m_edit->text().mid(termStart(), m_edit->cursorPosition() - termStart());
    const int colon = int(word.indexOf(':'));
    QStringList terms;
    if (colon > 0) {
        const QString field = word.left(colon);
        for (const QString& value : m_values.value(field)) terms << searchTerm(field, value);
        terms << fittingTerms(m_whole.value(field), word);
    } else if (word.startsWith(QLatin1String("count("))) {
        for (const QString& name : m_values.value(QStringLiteral("class"))) terms << QStringLiteral("count(%1)>").arg(name);
    } else if (!word.isEmpty()) {
        terms = fieldStarts();
    }
    if (terms != m_terms->stringList()) m_terms->setStringList(terms);
}

QStringList QueryCompleter::splitPath(const QString&) const {
    return {m_edit->text().mid(termStart(), m_edit->cursorPosition() - termStart())};
}

QString QueryCompleter::pathFromIndex(const QModelIndex& index) const {
    const QString text = m_edit->text();
    return text.left(termStart()) + index.data().toString() + text.mid(m_edit->cursorPosition());
}

}  // namespace lathe::widgets::common
