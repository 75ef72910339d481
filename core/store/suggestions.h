// Predictions of a run as suggestions for an image, and what became of each, for good. Any thread; one transaction each.
//
// A suggestion is an annotation of its own numbering in (image, run), with its confidence and source "model:RUN". An accepted one
// becomes an annotation of the image with the same source; once its shape or class is changed the source is "model:RUN corrected".
// The store follows that by itself in every commit: undoing an acceptance opens the suggestion again, redoing closes it, a later
// correction or deletion of the shape is a new outcome. Outcomes are only ever appended.
#pragma once
#include <array>
#include <span>
#include <string_view>

#include "core/store/workspace.h"

namespace lathe::store {

/// Open suggestions of one image by one run.
struct SuggestionSet {
    ImageId image;
    std::string run;
    double at = 0;
    annot::Annotations shapes;  ///< highest confidence first; ids are the suggestions'
};
/// One of the engine's predictions as shapes: a classification gives a label of the whole image, a detection a box an object, a
/// segmentation a mask a class. Empty below the confidence
/// `least`; InvalidData with the engine's words for one that failed, NotFound when the workspace has no class of that name.
[[nodiscard]] Result<annot::Annotations> predictedShapes(const Json& prediction, std::span<const ClassRow> classes,
                                                         double least = 0);
/// Takes the place of what that run had suggested for these images. Ids, sources and authors are set here; what was decided before
/// (same run, class and shape) and what the image has already (class and shape) isn't suggested again. An image without shapes
/// loses its set. Returns how many are open now.
[[nodiscard]] Result<std::int64_t> putSuggestions(Workspace& workspace, const std::string& run,
                                                  std::span<const std::pair<ImageId, annot::Annotations>> predictions);
/// Of all runs, latest first. Classes that were merged are their new ones; those of deleted classes are left out.
[[nodiscard]] Result<std::vector<SuggestionSet>> suggestions(const Workspace& workspace, ImageId image);
/// Images with open suggestions, by id; `run` empty: of any.
[[nodiscard]] Result<std::vector<ImageId>> imagesSuggested(const Workspace& workspace, const std::string& run = {});
struct SuggestedRun {
    std::string run;
    double at = 0;
    std::int64_t images = 0, open = 0;
};
/// Latest first.
[[nodiscard]] Result<std::vector<SuggestedRun>> suggestedRuns(const Workspace& workspace);
/// Drops what is open of a run, without an outcome.
[[nodiscard]] Result<> dropSuggestions(Workspace& workspace, const std::string& run);

/// A suggestion that becomes the annotation of that id in the edit.
struct Acceptance {
    std::string run;
    AnnotationId suggestion, annotation;
};
/// Commits the edit that adds the annotations and closes their suggestions in one transaction; returns the journal seq. The
/// added annotation's source tells whether it was corrected. To keep the order of edits use it as
/// `queue.push(edit, [=](Workspace& w) { return commitAccepted(w, edit, accepted); })`.
[[nodiscard]] Result<std::int64_t> commitAccepted(Workspace& workspace, const annot::AnnotationEdit& edit,
                                                  std::span<const Acceptance> accepted);
/// Closes them as refused; ids that aren't open are left out. Returns the sequence number that `unrefuse` takes, 0: none was open.
[[nodiscard]] Result<std::int64_t> refuse(Workspace& workspace, ImageId image, const std::string& run,
                                          std::span<const AnnotationId> suggestions, const std::string& who);
/// Undo of one refuse().
[[nodiscard]] Result<> unrefuse(Workspace& workspace, ImageId image, std::int64_t refused, const std::string& who);

enum class Outcome { Accepted, Corrected, Refused, Removed, Reopened };
inline constexpr std::array<std::string_view, 5> kOutcomeNames{"accepted", "corrected", "refused", "removed", "reopened"};
struct OutcomeRow {
    std::int64_t seq = 0;
    ImageId image;
    std::string run;
    AnnotationId suggestion, annotation;  ///< annotation 0: never accepted
    Outcome outcome = Outcome::Accepted;
    std::string who;
    double at = 0, confidence = 0;
    ClassId classId;  ///< as suggested
};
/// Oldest first.
[[nodiscard]] Result<std::vector<OutcomeRow>> outcomes(const Workspace& workspace, ImageId image);
struct OutcomeCounts {
    std::int64_t accepted = 0, corrected = 0, refused = 0, open = 0;  ///< by the last outcome of each; removed counts as refused
};
[[nodiscard]] Result<OutcomeCounts> outcomeCounts(const Workspace& workspace, const std::string& run);

}  // namespace lathe::store
