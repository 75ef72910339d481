#include "app/workbench/shell/fuzzy.h"

namespace lathe::shell {
namespace {

bool startsWord(const QString& text, int at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

/// Where the letter stands from `at` on: right here when it goes on in a row, else at the start of a word, else anywhere. -1:
/// nowhere.
int nextPlace(QChar wanted, const QString& text, int at, bool inWord) {
    if (inWord && at < text.size() && text[at].toCaseFolded() == wanted) return at;
    int anywhere = -1;
    for (int i = at; i < text.size(); ++i) {
        if (text[i].toCaseFolded() != wanted) continue;
        if (startsWord(text, i)) return i;
        if (anywhere < 0) anywhere = i;
    }
    return anywhere;
}

/// Letters taken as early as possible from `from`.
FuzzyMatch matchFrom(const QString& pattern, const QString& text, int from) {
    FuzzyMatch match;
    int score = 1, at = from;
    for (const QChar wanted : pattern) {
        const int next = nextPlace(wanted, text, at, !match.positions.isEmpty() && text[at - 1].isLetterOrNumber());
        if (next < 0) return {};
        at = next;
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
