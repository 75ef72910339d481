#include "core/store/replay.h"

#include <fmt/format.h>
#include <algorithm>

namespace lathe::store {

using base::fail;

namespace {

using Entries = std::vector<JournalEntry>;

Error unfit(std::int64_t seq, const Error& why) {
    return {ErrorCode::Corrupt, "an entry of the journal doesn't fit the image's labels: " + why.message,
            fmt::format("entry {}", seq)};
}

Result<annot::Annotations> backFrom(annot::Annotations state, Entries::const_iterator from, Entries::const_iterator last) {
    while (last != from) {
        --last;
        if (const auto done = annot::apply(state, last->edit.inverse()); !done) return fail(unfit(last->seq, done.error()));
    }
    return state;
}

Result<annot::Annotations> fromNothing(Entries::const_iterator first, Entries::const_iterator last) {
    annot::Annotations state;
    for (; first != last; ++first)
        if (const auto done = annot::apply(state, first->edit); !done) return fail(unfit(first->seq, done.error()));
    return state;
}

}  // namespace

Result<annot::Annotations> stateAt(const Entries& history, const annot::Annotations& now, std::int64_t seq) {
    const auto after = std::ranges::upper_bound(history, seq, {}, &JournalEntry::seq);
    const auto isImport = [](const JournalEntry& entry) { return entry.op == "import"; };
    if (std::none_of(after, history.end(), isImport)) return backFrom(now, after, history.end());
    if (std::none_of(history.begin(), after, isImport)) return fromNothing(history.begin(), after);
    return fail(ErrorCode::NotFound, "the labels of this moment lie between two imports, and an import isn't kept as an edit",
                fmt::format("entry {}", seq));
}

}  // namespace lathe::store
