#include "core/data/query_eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/data/object_ranges.h"
#include "core/data/query_fields.h"
#include "core/data/snapshot.h"
#include "core/store/comments.h"
#include "core/store/labelling.h"
#include "core/store/suggestions.h"

namespace lathe::data {
namespace {

using base::fail;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

/// Glob with * and ?; `pattern` is lower case already. Linear with one step back, as there is one star to retry at a time.
bool globMatches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = std::string_view::npos, retry = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == lower(name[n])))) {
            ++p, ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++, retry = n;
        } else if (star != std::string_view::npos) {
            p = star + 1, n = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

/// A pattern is tried on the whole name and on its last part; words without wildcards match anywhere.
std::string patternOf(const std::string& value) {
    const std::string text = lowered(value);
    return text.find_first_of("*?") == std::string::npos ? "*" + text + "*" : text;
}

RunOutcomes& runOutcomes() {
    static RunOutcomes outcomes;
    return outcomes;
}

bool holds(double value, const NumberTerm& t) {
    const double number = t.number;
    switch (t.compare) {
        case Compare::Within: return value >= number && value < t.end;
        case Compare::Less: return value < number;
        case Compare::LessEqual: return value <= number;
        case Compare::Equal: return value == number;
        case Compare::NotEqual: return value != number;
        case Compare::GreaterEqual: return value >= number;
        case Compare::Greater: return value > number;
    }
    return false;
}

/// A date stands for its day: "after" means after its end.
bool dateHolds(double value, const NumberTerm& t) {
    switch (t.compare) {
        case Compare::Within: break;
        case Compare::Less: return value < t.number;
        case Compare::LessEqual: return value < t.end;
        case Compare::Equal: return value >= t.number && value < t.end;
        case Compare::NotEqual: return value < t.number || value >= t.end;
        case Compare::GreaterEqual: return value >= t.number;
        case Compare::Greater: return value >= t.end;
    }
    return false;
}

class Evaluator {
public:
    Evaluator(const store::Workspace& workspace, const store::ColumnIndex& index) : m_workspace(workspace), m_index(index) {}

    Result<Bits> node(const Node& node) {
        switch (node.kind) {
            case Node::Kind::And: return combined(node, true);
            case Node::Kind::Or: return combined(node, false);
            case Node::Kind::Text: return text(node.text);
            case Node::Kind::Number: return number(node.number);
            case Node::Kind::Field: return withField(m_workspace, m_index, node.field);
            case Node::Kind::Not: break;
        }
        LATHE_TRY(Bits bits, this->node(node.children.front()));
        bits.invert();
        return bits;
    }

private:
    [[nodiscard]] std::size_t size() const { return m_index.imageCount(); }

    template <class Test>
    Bits where(Test test) const {
        return Bits::where(size(), test);
    }
    /// Images with an object k for which test(k) holds.
    template <class Test>
    Bits anyObject(Test test) const {
        const auto start = m_index.objectStart();
        return where([&](std::size_t rank) {
            for (std::size_t k = start[rank]; k < start[rank + 1]; ++k)
                if (test(k)) return true;
            return false;
        });
    }

    /// The same, with the image's rank.
    template <class Test>
    Bits anyObjectOf(Test test) const {
        return where([&, start = m_index.objectStart()](std::size_t rank) {
            for (std::size_t k = start[rank]; k < start[rank + 1]; ++k)
                if (test(rank, k)) return true;
            return false;
        });
    }

    Result<Bits> combined(const Node& node, bool all) {
        Bits result(size());
        if (all) result.invert();
        for (const auto& child : node.children) {
            LATHE_TRY(const Bits bits, this->node(child));
            all ? result.keep(bits) : result.add(bits);
        }
        return result;
    }

    Result<Bits> text(const TextTerm& t) {
        if (t.field == "class") return withClass(t);
        if (t.field == "split") return coded(m_index.splitCodes(), m_index.splitNames(), t.value == "none" ? "" : t.value);
        if (t.field == "state") return coded(m_index.stateCodes(), m_index.stateNames(), t.value);
        if (t.field == "labelled") return labelled(t.value == "yes");
        if (t.field == "reviewed") return reviewed(t.value == "yes");
        if (t.field == "tag") return tagged(t.value);
        if (t.field == "file") return named(t.value);
        if (t.field == "author") return byAuthor(t.value);
        if (t.field == "kind") return ofKind(t.value);
        if (t.field == "id") return withId(t);
        if (t.field == "comments") return commented(t.value);
        if (t.field == "suggestions") return suggested(t.value == "yes");
        if (t.field == "covers" || t.field == "centre") return ranged(t);
        if (t.field == "reason") return among(store::imagesRejectedFor(m_workspace, t.value));
        if (t.field == "snapshot") return frozenIn(t);
        if (t.field == "run") return predicted(t, t.value, [](const RunOutcome&) { return true; });
        if (t.field == "wrong") return wronged(t);
        if (t.field == "group") return inGroup(m_index, t);
        const bool model = t.value == "model";
        return anyObject([&, from = m_index.objectFromModel()](std::size_t k) { return (from[k] != 0) == model; });
    }

    Result<Bits> number(const NumberTerm& t) {
        if (t.field == "count") return counted(t);
        if (t.field == "annotations") {
            const auto start = m_index.objectStart();
            return where([&](std::size_t r) { return holds(double(start[r + 1] - start[r]), t); });
        }
        NumberTerm rounded = t;
        if (t.compare != Compare::Within) rounded.number = double(float(t.number));
        if (t.field == "confidence")
            return anyObject(
                [&, c = m_index.objectConfidences()](std::size_t k) { return !std::isnan(c[k]) && holds(double(c[k]), rounded); });
        if (t.field == "added") return where([&, v = m_index.added()](std::size_t r) { return dateHolds(v[r], t); });
        if (t.field == "width") return column(m_index.widths(), t);
        if (t.field == "height") return column(m_index.heights(), t);
        if (t.field == "channels") return column(m_index.channels(), t);
        if (t.field == "area")
            return anyObject([&, v = m_index.objectAreas()](std::size_t k) { return v[k] > 0 && holds(double(v[k]), t); });
        if (t.field == "aspect")
            return where([&, w = m_index.widths(), h = m_index.heights()](std::size_t r) {
                return h[r] > 0 && holds(double(w[r]) / h[r], t);
            });
        // What is unknown is -1: neither dark nor bright.
        const auto values = measured(t.field);
        return where([&](std::size_t r) { return values[r] >= 0 && holds(double(values[r]), t); });
    }

    [[nodiscard]] std::span<const float> measured(std::string_view field) const {
        if (field == "brightness") return m_index.brightness();
        if (field == "contrast") return m_index.contrast();
        if (field == "sharpness") return m_index.sharpness();
        return field == "entropy" ? m_index.entropy() : m_index.colourfulness();
    }

    template <class T>
    Bits column(std::span<const T> values, const NumberTerm& t) const {
        return where([&](std::size_t r) { return holds(double(values[r]), t); });
    }

    Bits coded(std::span<const std::uint8_t> codes, const std::vector<std::string>& names, const std::string& name) const {
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) return Bits(size());
        return where([&, code = at - names.begin()](std::size_t r) { return codes[r] == code; });
    }

    Result<ClassId> classNamed(const std::string& name, std::size_t at) {
        LATHE_TRY(const auto classes, m_workspace.classes());
        std::string names;
        for (const auto& row : classes) {
            if (row.name == name) return row.id;
            if (names.size() < 200) names += (names.empty() ? "" : ", ") + row.name;
        }
        for (const auto& row : classes)
            if (lowered(row.name) == lowered(name)) return row.id;
        const std::string hint = names.empty() ? "the workspace has no classes yet" : "there are " + names;
        return fail(Error(queryError(at, fmt::format("there is no class \"{}\"; {}", name, hint))));
    }

    Result<Bits> withClass(const TextTerm& t) {
        LATHE_TRY(const ClassId id, classNamed(t.value, t.valueColumn));
        Bits bits(size());
        for (const auto rank : m_index.ranksWithClass(id)) bits.set(rank);
        return bits;
    }

    Result<Bits> counted(const NumberTerm& t) {
        LATHE_TRY(const ClassId id, classNamed(t.argument, t.column + 6));
        const auto start = m_index.objectStart();
        const auto classes = m_index.objectClasses();
        Bits bits(size());
        if (holds(0, t)) bits.invert();
        for (const auto rank : m_index.ranksWithClass(id)) {
            const auto n = std::count(classes.begin() + start[rank], classes.begin() + start[rank + 1], std::int32_t(id.value));
            const bool now = holds(double(n), t);
            if (now != bits.has(rank)) bits.flip(rank);
        }
        return bits;
    }

    Bits labelled(bool wanted) const {
        const auto start = m_index.objectStart();
        return where([&](std::size_t r) { return (start[r + 1] > start[r]) == wanted; });
    }

    Bits reviewed(bool wanted) const {
        Bits bits = coded(m_index.stateCodes(), m_index.stateNames(), "accepted");
        bits.add(coded(m_index.stateCodes(), m_index.stateNames(), "rejected"));
        if (!wanted) bits.invert();
        return bits;
    }

    Result<Bits> tagged(const std::string& tag) { return among(m_workspace.imagesTagged(tag)); }

    Result<Bits> commented(const std::string& value) const {
        using store::CommentFilter;
        const auto filter = value == "open"       ? CommentFilter::Open
                            : value == "resolved" ? CommentFilter::Resolved
                                                  : CommentFilter::All;
        LATHE_TRY(Bits bits, among(store::imagesCommented(m_workspace, filter)));
        if (value == "none") bits.invert();
        return bits;
    }

    Result<Bits> suggested(bool wanted) const {
        LATHE_TRY(Bits bits, among(store::imagesSuggested(m_workspace)));
        if (!wanted) bits.invert();
        return bits;
    }

    Result<Bits> among(const Result<std::vector<ImageId>>& ids) const {
        if (!ids) return fail(ids.error());
        Bits bits(size());
        for (const ImageId id : *ids)
            if (const auto rank = m_index.rankOf(id); rank >= 0) bits.set(std::size_t(rank));
        return bits;
    }

    Bits named(const std::string& value) const {
        const std::string pattern = patternOf(value);
        return where([&](std::size_t r) {
            const auto name = m_index.name(r);
            const auto slash = name.rfind('/');
            return globMatches(pattern, name) || (slash != std::string_view::npos && globMatches(pattern, name.substr(slash + 1)));
        });
    }

    /// Images with an object (of the class) in the range.
    Result<Bits> ranged(const TextTerm& t) {
        const auto range = parseObjectRange(t.field, t.value);
        if (!range) return fail(Error(queryError(t.valueColumn, range.error())));
        std::optional<ClassId> id;
        if (!range->className.empty()) {
            LATHE_TRY(id, classNamed(range->className, t.valueColumn));
        }
        const auto counts = [id, classes = m_index.objectClasses()](std::size_t k) { return !id || classes[k] == id->value; };
        if (range->y) return centred(*range, counts);
        return anyObjectOf([&](std::size_t rank, std::size_t k) {
            const double share = coverage(m_index, rank, k);
            return share >= 0 && range->x.has(share) && counts(k);
        });
    }

    template <class Counts>
    Result<Bits> centred(const ObjectRange& range, Counts counts) {
        LATHE_TRY(const auto places, objectPlaces(m_workspace, m_index));
        return anyObject([&](std::size_t k) {
            return places->known(k) && range.x.has(places->xPercent(k)) && range.y->has(places->yPercent(k)) && counts(k);
        });
    }

    Bits byAuthor(const std::string& author) const {
        const auto& names = m_index.authorNames();
        const auto at = std::find(names.begin(), names.end(), author);
        if (at == names.end()) return Bits(size());
        return anyObject(
            [&, code = std::uint32_t(at - names.begin()), a = m_index.objectAuthors()](std::size_t k) { return a[k] == code; });
    }

    Bits ofKind(const std::string& kind) const {
        const auto code = std::ranges::find(annot::kKindNames, kind) - annot::kKindNames.begin();
        return anyObject([&, kinds = m_index.objectKinds()](std::size_t k) { return kinds[k] == code; });
    }

    Result<Bits> withId(const TextTerm& t) const {
        long long id = 0;
        const auto [end, error] = std::from_chars(t.value.data(), t.value.data() + t.value.size(), id);
        if (error != std::errc{} || *end != '\0')
            return fail(Error(queryError(t.valueColumn, "an image's number is needed here, as in id:17")));
        Bits bits(size());
        if (const auto rank = m_index.rankOf(ImageId(id)); rank >= 0) bits.set(std::size_t(rank));
        return bits;
    }

    /// The images of a version.
    Result<Bits> frozenIn(const TextTerm& t) const {
        const auto snapshot = findSnapshot(m_workspace, t.value);
        if (!snapshot) return fail(Error(queryError(t.valueColumn, snapshot.error().text())));
        LATHE_TRY(const auto items, snapshotItems(m_workspace, snapshot->id));
        Bits bits(size());
        for (const SnapshotItem& item : items)
            if (const auto rank = m_index.rankOf(item.image); rank >= 0) bits.set(std::size_t(rank));
        return bits;
    }

    Result<Bits> wronged(const TextTerm& t) const {
        if (t.value == "unjudged") return predicted(t, t.run, [](const RunOutcome& o) { return !o.judged; });
        return predicted(t, t.run, [yes = t.value == "yes"](const RunOutcome& o) { return o.judged && o.wrong == yes; });
    }

    template <class Test>
    Result<Bits> predicted(const TextTerm& t, const std::string& run, Test test) const {
        const auto outcomes = outcomesOfRun(m_workspace, run);
        if (!outcomes) return fail(Error(queryError(t.column, outcomes.error().text())));
        Bits bits(size());
        for (const RunOutcome& outcome : *outcomes)
            if (const auto rank = m_index.rankOf(outcome.image); rank >= 0 && test(outcome)) bits.set(std::size_t(rank));
        return bits;
    }

    const store::Workspace& m_workspace;
    const store::ColumnIndex& m_index;
};

}  // namespace

void setRunOutcomes(RunOutcomes outcomes) {
    runOutcomes() = std::move(outcomes);
}

Result<std::vector<RunOutcome>> outcomesOfRun(const store::Workspace& workspace, const std::string& run) {
    if (!runOutcomes()) return fail(ErrorCode::InvalidArgument, "runs can't be asked here");
    return runOutcomes()(workspace, run);
}

Result<Bits> evaluate(const store::Workspace& workspace, const store::ColumnIndex& index, const Node& node) {
    return Evaluator(workspace, index).node(node);
}

Result<Bits> matching(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text) {
    const auto parsed = parseQuery(text);
    if (!parsed) return fail(Error(parsed.error()));
    return evaluate(workspace, index, *parsed);
}

}  // namespace lathe::data
