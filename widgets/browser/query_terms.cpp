#include "widgets/browser/query_terms.h"

#include <QRegularExpression>
#include <QStringList>

namespace lathe::widgets::browser {
namespace {

/// The text cut at blanks that aren't within quotes.
QStringList parts(const QString& query) {
    QStringList found;
    QString part;
    bool quoted = false;
    for (const QChar c : query) {
        if (c == '"') quoted = !quoted;
        if (c.isSpace() && !quoted) {
            if (!part.isEmpty()) found << part;
            part.clear();
        } else {
            part += c;
        }
    }
    if (!part.isEmpty()) found << part;
    return found;
}

}  // namespace

QString term(const QString& key, const QString& value) {
    static const QRegularExpression special(QStringLiteral("[\\s()\"<>=:*]"));
    return value.contains(special) ? key + QStringLiteral(":\"") + value + '"' : key + ':' + value;
}

bool hasTerm(const QString& query, const QString& term) {
    return parts(query).contains(term, Qt::CaseInsensitive);
}

QString withTerm(const QString& query, const QString& term) {
    return hasTerm(query, term) ? query : (query.trimmed() + ' ' + term).trimmed();
}

QString rangeTerm(const QString& query, const QString& field) {
    const QString start = field + ':';
    for (const QString& part : parts(query))
        if (part.startsWith(start) && part.contains(QLatin1String(".."))) return part;
    return {};
}

QString withRange(const QString& query, const QString& field, const QString& term) {
    QString text = query.trimmed();
    if (const QString old = rangeTerm(text, field); !old.isEmpty()) text = withoutTerm(text, old);
    return term.isEmpty() ? text : withTerm(text, term);
}

QString withoutTerm(const QString& query, const QString& term) {
    QStringList kept = parts(query);
    kept.removeIf([&term](const QString& part) { return part.compare(term, Qt::CaseInsensitive) == 0; });
    return kept.join(' ');
}

}  // namespace lathe::widgets::browser
