// Suggestions and their outcomes inside a transaction. For core/store alone.
#pragma once
#include <soci/soci.h>

#include <map>
#include <optional>

#include "core/store/documents.h"
#include "core/store/suggestions.h"

namespace lathe::store {

/// The open suggestions of one image by one run, as stored; written back by store().
struct OpenSet {
    ImageId image;
    std::string run;
    double at = 0;
    long long nextSuggestion = 1;
    annot::Annotations shapes;

    /// Empty when there was none.
    [[nodiscard]] static Result<OpenSet> read(soci::session& sql, ImageId image, const std::string& run);
    void store(soci::session& sql) const;
    /// Takes the suggestion out; nullopt: it isn't open.
    [[nodiscard]] std::optional<annot::Annotation> take(AnnotationId id);
    /// Puts it back in its place by confidence.
    void putBack(const annot::Annotation& suggestion);
};

/// A row of suggestion_outcome with the suggestion itself.
struct Verdict {
    OutcomeRow row;
    long long deed = 0;  ///< rows of one act of the user share it: the first row's seq
    annot::Annotation suggestion;
};
class OutcomeLog {
public:
    explicit OutcomeLog(soci::session& sql);
    /// Numbers it; `deed` 0: begins one. Returns the deed.
    long long add(Verdict verdict);

private:
    soci::session& m_sql;
    long long m_seq;
};
/// `where` and on; oldest first.
[[nodiscard]] Result<std::vector<Verdict>> verdicts(soci::session& sql, const std::string& where);

/// What a committed edit means for suggestions.
[[nodiscard]] Result<> followSuggestions(soci::session& sql, const annot::AnnotationEdit& edit, const Entry& entry);

}  // namespace lathe::store
