// The filters write search terms: a facet that is ticked is a term in the query's text, so text and ticks never disagree.
#pragma once
#include <QString>

namespace lathe::widgets::browser::search {

/// key:value, quoted when the value has a space or a sign of the language.
[[nodiscard]] QString term(const QString& key, const QString& value);
/// Are the term's parts ("run:net wrong:yes" has two) parts of their own in the text?
[[nodiscard]] bool hasTerm(const QString& query, const QString& term);
/// Of a group, a run, and a run's right and wrong there is one at a time: the new one takes the old one's place.
[[nodiscard]] QString withTerm(const QString& query, const QString& term);
[[nodiscard]] QString withoutTerm(const QString& query, const QString& term);
/// "brightness:40..80" in the text for "brightness", "meta:age=40..60" for "meta:age"; empty when there is none.
[[nodiscard]] QString rangeTerm(const QString& query, const QString& field);
/// The text with this range instead of another of the field; an empty one takes it out.
[[nodiscard]] QString withRange(const QString& query, const QString& field, const QString& term);
/// What follows "field:" in the text, without its quotes; empty when it isn't there.
[[nodiscard]] QString valueOf(const QString& query, const QString& field);

}  // namespace lathe::widgets::browser::search
