#include "app/workbench/shell/fuzzy.h"

namespace lathe::shell {
namespace {

bool startsWord(const QString& text, int at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

/// Letters taken as early as possible from `from`.
FuzzyMatch matchFrom(const QString& pattern, const QString& text, int from) {
    FuzzyMatch match;
    int score = 1, at = from;
    for (const QChar wanted : pattern) {
        while (at < text.size() && text[at].toCaseFolded() != wanted) ++at;
        if (at >= text.size()) return {};
        const bool inRow = !match.positions.isEmpty() && match.positions.last() == at - 1;
        score += 1 + (startsWord(text, at) ? 8 : 0) + (inRow ? 10 : 0);
        match.positions.append(at++);
    }
    match.score = std::max(1, 100 + score - int(text.size()) / 4 - match.positions.first());
    return match;
}

}  // namespace

FuzzyMatch fuzzyMatch(const QString& pattern, const QString& text) {
    QString wanted;
    for (const QChar c : pattern)
        if (!c.isSpace()) wanted.append(c.toCaseFolded());
    FuzzyMatch best;
    if (wanted.isEmpty()) return {1, {}};
    for (int from = 0; from < text.size(); ++from) {
        if (text[from].toCaseFolded() != wanted[0]) continue;
        if (FuzzyMatch match = matchFrom(wanted, text, from); match.score > best.score) best = std::move(match);
    }
    return best;
}

}  // namespace lathe::shell
