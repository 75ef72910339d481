// Fuzzy matching for the command palette: the letters of the pattern in order, better at starts of words and in a row.
#pragma once
#include <QList>
#include <QString>

namespace lathe::shell {

struct FuzzyMatch {
    int score = 0;         ///< 0: no match; higher is better
    QList<int> positions;  ///< of the matched letters in the text
};
[[nodiscard]] FuzzyMatch fuzzyMatch(const QString& pattern, const QString& text);

}  // namespace lathe::shell
