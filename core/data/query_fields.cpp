#include "core/data/query_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>

#include "core/data/query_values.h"
#include "core/store/field_values.h"
#include "core/store/schema.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

using base::fail;
using store::IndexField;
using Of = IndexField::Of;

bool sameLetters(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// How well a value fits a term: a text in another case only counts where none fits exactly.
enum class Fit { No, Loosely, Exactly };

bool numberFits(double value, const FieldTerm& t) {
    switch (t.compare) {
        case Compare::Within: return value >= *t.number && value < t.end;
        case Compare::Less: return value < *t.number;
        case Compare::LessEqual: return t.date ? value < t.end : value <= *t.number;
        case Compare::GreaterEqual: return value >= *t.number;
        case Compare::Greater: return t.date ? value >= t.end : value > *t.number;
        default: return false;
    }
}

Fit equalFit(const std::string& value, const FieldTerm& t) {
    if (value == t.value) return Fit::Exactly;
    if (t.number && numberOf(value) == t.number) return Fit::Exactly;
    return sameLetters(value, t.value) ? Fit::Loosely : Fit::No;
}

Fit fitOf(const std::string& value, const FieldTerm& t) {
    if (t.any) return Fit::Exactly;
    if (t.compare == Compare::Equal) return equalFit(value, t);
    if (t.compare == Compare::NotEqual) return equalFit(value, t) == Fit::No ? Fit::Exactly : Fit::No;
    const auto number = t.date ? dateTimeOf(value) : numberOf(value);
    return number && numberFits(*number, t) ? Fit::Exactly : Fit::No;
}

/// What fits, of images or of objects.
struct Fits {
    explicit Fits(std::size_t size) : exactly(size), loosely(size) {}
    void add(std::size_t k, Fit fit) {
        if (fit == Fit::Exactly) exactly.set(k);
        if (fit == Fit::Loosely) loosely.set(k);
    }
    [[nodiscard]] Bits best() && { return exactly.count() > 0 ? std::move(exactly) : std::move(loosely); }
    Bits exactly, loosely;
};

/// The best fit among an object's values of that name; inner names count when any value will do.
Fit bestFit(const Json& values, const FieldTerm& t) {
    Fit best = Fit::No;
    store::eachFieldValue(values, [&](const std::string& name, const std::string& text) {
        if (name == t.name || (t.any && name.starts_with(t.name + '.'))) best = std::max(best, fitOf(text, t));
    });
    return best;
}

// ---- what the index keeps

Bits byIndex(const store::ColumnIndex& index, const IndexField& field, const FieldTerm& t) {
    Fits fits(index.imageCount());
    for (std::size_t k = 0; k < field.values.size(); ++k) {
        const Fit fit = fitOf(field.values[k], t);
        if (fit != Fit::No) index.addSet(field.firstSet + 1 + k, (fit == Fit::Exactly ? fits.exactly : fits.loosely).words());
    }
    return std::move(fits).best();
}

/// Images that have the field or one inside it.
Bits havingField(const store::ColumnIndex& index, const FieldTerm& t, std::string_view name) {
    Bits bits(index.imageCount());
    const std::string inside = std::string(name) + '.';
    for (const IndexField& field : index.fields())
        if (field.of == t.of && (field.name == name || field.name.starts_with(inside))) index.addSet(field.firstSet, bits.words());
    return bits;
}

// ---- what only the documents tell

using VisitBody = std::function<void(std::size_t rank, const std::string& body)>;

/// Rows (image, body) of the images `among`.
void eachText(soci::session& sql, const store::ColumnIndex& index, const std::string& query, const Bits& among,
              const VisitBody& visit) {
    long long id = 0;
    std::string body;
    soci::statement rows = (sql.prepare << query, soci::into(id), soci::into(body));
    for (rows.execute(); rows.fetch();)
        if (const auto rank = index.rankOf(ImageId(id)); rank >= 0 && among.has(std::size_t(rank))) visit(std::size_t(rank), body);
}

/// Documents of the images `among`: one by one when they are few.
void eachDocument(soci::session& sql, const store::ColumnIndex& index, const Bits& among, const VisitBody& visit) {
    long long id = 0;
    store::Bytes body(sql);
    const std::string query = "SELECT i.id, d.body FROM image i JOIN annotation_doc d ON d.id = i.doc_id";
    if (among.count() * 8 > among.size()) {
        soci::statement rows = (sql.prepare << query, soci::into(id), soci::into(body.blob()));
        for (rows.execute(); rows.fetch();)
            if (const auto rank = index.rankOf(ImageId(id)); rank >= 0 && among.has(std::size_t(rank)))
                visit(std::size_t(rank), body.get());
        return;
    }
    long long wanted = 0;
    soci::statement row = (sql.prepare << query + " WHERE i.id = :i", soci::use(wanted), soci::into(id), soci::into(body.blob()));
    among.each([&](std::size_t rank) {
        wanted = index.imageIds()[rank];
        if (row.execute(true)) visit(rank, body.get());
    });
}

/// visit(rank, place, attributes) for every shape that has any; place -1: the image's own, of which the last row holds.
Result<> eachAttributes(const store::Workspace& workspace, const store::ColumnIndex& index, const Bits& among,
                        const std::function<void(std::size_t, std::ptrdiff_t, const Json&)>& visit) {
    return workspace.read([&](soci::session& sql) -> Result<> {
        eachDocument(sql, index, among, [&](std::size_t rank, const std::string& body) {
            const auto annotations = body.empty() ? Result<annot::Annotations>(annot::Annotations()) : annot::unpack(body);
            if (!annotations) return;
            for (std::size_t k = 0; k < annotations->size(); ++k)
                if (!(*annotations)[k].attributes.empty()) visit(rank, std::ptrdiff_t(k), (*annotations)[k].attributes);
        });
        eachText(sql, index,
                 "SELECT image_id, body FROM image_attribute a WHERE seq = "
                 "(SELECT max(seq) FROM image_attribute b WHERE b.image_id = a.image_id)",
                 among, [&](std::size_t rank, const std::string& body) { visit(rank, -1, Json::parse(body, nullptr, false)); });
        return {};
    });
}

Result<Bits> byScanning(const store::Workspace& workspace, const store::ColumnIndex& index, const FieldTerm& t, const Bits& among) {
    Fits fits(index.imageCount());
    if (t.of == Of::Attribute) {
        LATHE_CHECK(eachAttributes(workspace, index, among, [&](std::size_t rank, std::ptrdiff_t, const Json& values) {
            fits.add(rank, bestFit(values, t));
        }));
    } else {
        LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
            eachText(sql, index, "SELECT image_id, body FROM image_extra", among, [&](std::size_t rank, const std::string& body) {
                fits.add(rank, bestFit(Json::parse(body, nullptr, false), t));
            });
            return {};
        }));
    }
    return std::move(fits).best();
}

// ---- names

/// As it is written, else in another case.
const IndexField* namedField(const store::ColumnIndex& index, const FieldTerm& t) {
    if (const auto* field = index.field(t.of, t.name)) return field;
    for (const IndexField& field : index.fields())
        if (field.of == t.of && sameLetters(field.name, t.name)) return &field;
    return nullptr;
}

/// In the label schema, though nothing has a value yet.
bool isInSchema(const store::Workspace& workspace, const std::string& name) {
    const auto schema = store::schema(workspace);
    if (!schema) return false;
    const auto among = [&](const std::vector<annot::Attribute>& all) {
        return std::ranges::find(all, name, &annot::Attribute::name) != all.end();
    };
    return among(schema->image) || std::ranges::any_of(schema->classes, [&](const auto& one) { return among(one.attributes); });
}

QueryError unknownField(const store::ColumnIndex& index, const FieldTerm& t) {
    std::string names;
    for (const IndexField& field : index.fields())
        if (field.of == t.of && names.size() < 200) names += (names.empty() ? "" : ", ") + field.name;
    const std::string what = t.of == Of::Meta ? "imported field" : "attribute";
    const std::string hint = names.empty() ? fmt::format("nothing has an {} yet", what) : "there are " + names;
    return queryError(t.nameColumn, fmt::format("there is no {} \"{}\"; {}", what, t.name, hint));
}

}  // namespace

Result<Bits> withField(const store::Workspace& workspace, const store::ColumnIndex& index, const FieldTerm& term) {
    const IndexField* field = namedField(index, term);
    if (term.any) {
        Bits bits = havingField(index, term, field ? field->name : term.name);
        if (field || bits.count() > 0) return bits;
    }
    if (field && !field->values.empty()) return byIndex(index, *field, term);
    Bits among(index.imageCount());
    FieldTerm exact = term;
    if (field) {
        exact.name = field->name;
        index.addSet(field->firstSet, among.words());
    } else if (!index.hasAllFields()) {
        among.invert();
    } else if (term.of == Of::Attribute && isInSchema(workspace, term.name)) {
        return among;
    } else {
        return fail(Error(unknownField(index, term)));
    }
    return byScanning(workspace, index, exact, among);
}

Result<Bits> objectsWithField(const store::Workspace& workspace, const store::ColumnIndex& index, const FieldTerm& term,
                              const Bits& among) {
    FieldTerm exact = term;
    if (const auto* field = namedField(index, term)) exact.name = field->name;
    const auto start = index.objectStart();
    Fits fits(index.objectClasses().size());
    LATHE_CHECK(eachAttributes(workspace, index, among, [&](std::size_t rank, std::ptrdiff_t place, const Json& values) {
        const Fit fit = bestFit(values, exact);
        if (place >= 0)
            fits.add(start[rank] + std::size_t(place), fit);
        else
            for (std::size_t k = start[rank]; k < start[rank + 1]; ++k) fits.add(k, fit);
    }));
    return std::move(fits).best();
}

Result<Bits> inGroup(const store::ColumnIndex& index, const TextTerm& term) {
    if (index.groupRule().empty())
        return fail(Error(queryError(term.column,
                                     "the images have no groups yet; `lathe group WS folder` makes them, or the menu "
                                     "of Groups beside the images")));
    std::uint32_t code = 0;
    for (std::uint32_t c = 1; c <= index.groupCount() && code == 0; ++c)
        if (index.groupName(c) == term.value) code = c;
    if (code == 0 && term.value != "none") return Bits(index.imageCount());
    return Bits::where(index.imageCount(), [code, codes = index.groupCodes()](std::size_t r) { return codes[r] == code; });
}

}  // namespace lathe::data
