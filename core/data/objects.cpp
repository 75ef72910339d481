#include "core/data/objects.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "core/annot/shape.h"
#include "core/data/query_eval.h"
#include "core/data/query_fields.h"

namespace lathe::data {
namespace {

using Test = std::function<bool(std::size_t object)>;

bool sameName(const std::string& a, const std::string& b) {
    return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool numberHolds(double value, const NumberTerm& t) {
    switch (t.compare) {
        case Compare::Within: return value >= t.number && value < t.end;
        case Compare::Less: return value < t.number;
        case Compare::LessEqual: return value <= t.number;
        case Compare::Equal: return value == t.number;
        case Compare::NotEqual: return value != t.number;
        case Compare::GreaterEqual: return value >= t.number;
        case Compare::Greater: return value > t.number;
    }
    return false;
}

/// Terms as tests of one object; none for those that speak of the image.
class ObjectTests {
public:
    ObjectTests(const store::Workspace& workspace, const store::ColumnIndex& index, const Bits& images)
        : m_workspace(workspace), m_index(index), m_images(images) {}

    std::vector<Test> of(const Node& node) const {
        std::vector<Test> tests;
        if (node.kind == Node::Kind::And) {
            for (const Node& child : node.children)
                for (Test& test : of(child)) tests.push_back(std::move(test));
        } else if (node.kind == Node::Kind::Not) {
            const Node& inner = node.children.front();
            if (Test test = single(inner)) tests.push_back([test = std::move(test)](std::size_t k) { return !test(k); });
        } else if (Test test = single(node)) {
            tests.push_back(std::move(test));
        }
        return tests;
    }

private:
    [[nodiscard]] Test single(const Node& node) const {
        if (node.kind == Node::Kind::Text) return text(node.text);
        if (node.kind == Node::Kind::Field) return field(node.field);
        return node.kind == Node::Kind::Number ? number(node.number) : Test();
    }

    [[nodiscard]] Test text(const TextTerm& t) const {
        if (t.field == "class") {
            std::int32_t id = -1;
            if (const auto classes = m_workspace.classes())
                for (const auto& row : *classes)
                    if (row.name == t.value || (id < 0 && sameName(row.name, t.value))) id = std::int32_t(row.id.value);
            return [classes = m_index.objectClasses(), id](std::size_t k) { return classes[k] == id; };
        }
        if (t.field == "kind") {
            const auto kind = std::ranges::find(annot::kKindNames, t.value) - annot::kKindNames.begin();
            return [kinds = m_index.objectKinds(), kind](std::size_t k) { return kinds[k] == kind; };
        }
        if (t.field == "author") {
            const auto& names = m_index.authorNames();
            const auto author = std::ranges::find(names, t.value) - names.begin();
            return [authors = m_index.objectAuthors(), author](std::size_t k) { return std::ptrdiff_t(authors[k]) == author; };
        }
        if (t.field == "source")
            return
                [from = m_index.objectFromModel(), model = t.value == "model"](std::size_t k) { return (from[k] != 0) == model; };
        return {};
    }

    /// Imported fields are the image's.
    [[nodiscard]] Test field(const FieldTerm& t) const {
        if (t.of == store::IndexField::Of::Meta) return {};
        const auto objects = objectsWithField(m_workspace, m_index, t, m_images);
        if (!objects) return {};
        return [fits = std::make_shared<const Bits>(*objects)](std::size_t k) { return fits->has(k); };
    }

    [[nodiscard]] Test number(const NumberTerm& t) const {
        if (t.field == "area")
            return [v = m_index.objectAreas(), t](std::size_t k) { return v[k] > 0 && numberHolds(double(v[k]), t); };
        if (t.field == "confidence")
            return
                [v = m_index.objectConfidences(), t](std::size_t k) { return !std::isnan(v[k]) && numberHolds(double(v[k]), t); };
        return {};
    }

    const store::Workspace& m_workspace;
    const store::ColumnIndex& m_index;
    const Bits& m_images;  ///< that match
};

void sortObjects(const store::ColumnIndex& index, std::vector<ObjectRef>& objects, ObjectSort sort, bool descending) {
    const auto start = index.objectStart();
    const auto by = [&](auto value) {
        std::ranges::stable_sort(objects, {}, [&, value](const ObjectRef& o) { return value(start[o.rank] + o.place); });
    };
    switch (sort) {
        case ObjectSort::Image: break;
        case ObjectSort::Area: by([v = index.objectAreas()](std::size_t k) { return v[k]; }); break;
        case ObjectSort::Class: by([v = index.objectClasses()](std::size_t k) { return v[k]; }); break;
        case ObjectSort::Confidence:
            by([v = index.objectConfidences()](std::size_t k) { return std::isnan(v[k]) ? -1.0F : v[k]; });
            break;
    }
    if (descending) std::ranges::reverse(objects);
}

}  // namespace

Result<std::vector<ObjectRef>> findObjects(const store::Workspace& workspace, const store::ColumnIndex& index,
                                           const std::string& text, ObjectSort sort, bool descending) {
    const auto parsed = parseQuery(text);
    if (!parsed) return fail(Error(parsed.error()));
    LATHE_TRY(const Bits bits, evaluate(workspace, index, *parsed));
    const auto tests = ObjectTests(workspace, index, bits).of(*parsed);
    const auto start = index.objectStart();
    const auto kinds = index.objectKinds();
    std::vector<ObjectRef> objects;
    bits.each([&](std::size_t rank) {
        for (std::size_t k = start[rank]; k < start[rank + 1]; ++k)
            if (kinds[k] != 0 && std::ranges::all_of(tests, [&](const Test& test) { return test(k); }))
                objects.push_back({std::uint32_t(rank), std::uint32_t(k - start[rank])});
    });
    sortObjects(index, objects, sort, descending);
    return objects;
}

}  // namespace lathe::data
