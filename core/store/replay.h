// The past of an image, from its journal.
#pragma once
#include "core/store/workspace.h"

namespace lathe::store {

/// The annotations right after the entry `seq` of the image's history (0: before all of it), the same bit for bit as they were.
/// `now`: as they are after the last entry. Entries are taken back from `now`; what lies before an import is done again from the
/// beginning, since an import isn't kept as an edit. NotFound when `seq` lies between two imports, Corrupt when an entry doesn't
/// fit.
[[nodiscard]] Result<annot::Annotations> stateAt(const std::vector<JournalEntry>& history, const annot::Annotations& now,
                                                 std::int64_t seq);

}  // namespace lathe::store
