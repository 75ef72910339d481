#include "widgets/browser/search/query_terms.h"

#include <QStringList>
#include <algorithm>

#include "widgets/common/query_completer.h"

namespace lathe::widgets::browser::search {
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

QString fieldOf(const QString& part) {
    return part.left(std::max<qsizetype>(0, part.indexOf(':')));
}

bool isSingle(const QString& part) {
    return QStringList{QStringLiteral("group"), QStringLiteral("run"), QStringLiteral("wrong")}.contains(fieldOf(part));
}

}  // namespace

QString term(const QString& key, const QString& value) {
    return common::searchTerm(key, value);
}

bool hasTerm(const QString& query, const QString& term) {
    const QStringList there = parts(query), wanted = parts(term);
    return std::ranges::all_of(wanted, [&](const QString& part) { return there.contains(part, Qt::CaseInsensitive); });
}

QString withTerm(const QString& query, const QString& term) {
    if (hasTerm(query, term)) return query;
    QStringList all = parts(query);
    const bool alone = std::ranges::any_of(parts(term), [](const QString& part) { return isSingle(part); });
    for (const QString& part : parts(term)) {
        if (isSingle(part)) all.removeIf([&part](const QString& other) { return fieldOf(other) == fieldOf(part); });
        if (!all.contains(part, Qt::CaseInsensitive)) all << part;
    }
    return alone ? all.join(' ') : (query.trimmed() + ' ' + term).trimmed();
}

QString rangeTerm(const QString& query, const QString& field) {
    const QString start = field + (field.contains(':') ? '=' : ':');
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
    const QStringList gone = parts(term);
    kept.removeIf([&gone](const QString& part) { return gone.contains(part, Qt::CaseInsensitive); });
    return kept.join(' ');
}

QString valueOf(const QString& query, const QString& field) {
    for (const QString& part : parts(query)) {
        if (fieldOf(part) != field) continue;
        QString value = part.mid(field.size() + 1);
        if (!value.startsWith('"')) return value;
        return value.mid(1, value.size() - 2).replace(QLatin1String("\"\""), QLatin1String("\""));
    }
    return {};
}

}  // namespace lathe::widgets::browser::search
