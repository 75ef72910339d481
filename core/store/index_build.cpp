// Columns from the store: all of them, or the ones of an older index with what the journal names replaced.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include "core/store/impl.h"
#include "core/store/in_order.h"
#include "core/store/index_fields.h"
#include "core/store/sql.h"

namespace lathe::store {
namespace {

using base::fail;

/// The objects of a run of images, unpacked on a worker.
struct Objects {
    std::vector<std::uint32_t> counts;
    std::vector<std::int32_t> classes;
    std::vector<std::uint8_t> kinds, fromModel;
    std::vector<float> confidences, areas;
    std::vector<std::string> authors;  ///< one per object only when any differs from ""
    FieldTable fields;                 ///< attributes
    bool corrupt = false;
};

void unpackInto(Objects& out, const std::string& body, std::uint32_t rank) {
    const auto annotations = body.empty() ? Result<annot::Annotations>(annot::Annotations()) : annot::unpack(body);
    if (!annotations) out.corrupt = true;
    out.counts.push_back(annotations ? std::uint32_t(annotations->size()) : 0);
    if (!annotations) return;
    for (const auto& a : *annotations) {
        out.classes.push_back(std::int32_t(a.classId.value));
        out.kinds.push_back(std::uint8_t(a.shape.index()));
        out.fromModel.push_back(a.source.starts_with("model:"));
        out.areas.push_back(float(annot::area(a.shape)));
        out.confidences.push_back(a.confidence ? float(*a.confidence) : std::numeric_limits<float>::quiet_NaN());
        if (!a.author.empty()) out.authors.resize(out.classes.size() - 1), out.authors.push_back(a.author);
        if (!a.attributes.empty()) out.fields.addAll(IndexField::Of::Attribute, a.attributes, rank);
    }
}

/// The first body is of the image `rank`.
Objects unpackAll(const std::vector<std::string>& bodies, std::uint32_t rank) {
    Objects out;
    for (const auto& body : bodies) unpackInto(out, body, rank++);
    out.authors.resize(out.classes.size());
    return out;
}

class AuthorTable {
public:
    explicit AuthorTable(std::vector<std::string>& names) : m_names(names) {
        for (std::uint32_t k = 0; k < names.size(); ++k) m_codes[names[k]] = k;
        (void)code("");
    }
    std::uint32_t code(const std::string& name) {
        const auto [at, fresh] = m_codes.try_emplace(name, std::uint32_t(m_names.size()));
        if (fresh) m_names.push_back(name);
        return at->second;
    }

private:
    std::vector<std::string>& m_names;
    std::unordered_map<std::string, std::uint32_t> m_codes;
};

void append(Columns& c, AuthorTable& authors, const Objects& o) {
    for (const std::uint32_t n : o.counts) c.objectStarts.push_back(c.objectStarts.back() + n);
    c.objectClasses.insert(c.objectClasses.end(), o.classes.begin(), o.classes.end());
    c.objectKinds.insert(c.objectKinds.end(), o.kinds.begin(), o.kinds.end());
    c.objectFromModel.insert(c.objectFromModel.end(), o.fromModel.begin(), o.fromModel.end());
    c.objectConfidences.insert(c.objectConfidences.end(), o.confidences.begin(), o.confidences.end());
    c.objectAreas.insert(c.objectAreas.end(), o.areas.begin(), o.areas.end());
    for (const auto& name : o.authors) c.objectAuthors.push_back(name.empty() ? 0 : authors.code(name));
}

void readImages(soci::session& sql, Columns& c, std::stop_token stop) {
    long long id = 0;
    int width = 0, height = 0, channels = 0;
    double brightness = 0, contrast = 0, sharpness = 0, entropy = 0, colourfulness = 0, added = 0;
    std::string split, state, name;
    soci::statement rows = (sql.prepare << "SELECT id, width, height, channels, brightness, contrast, sharpness, entropy, "
                                           "colourfulness, added, split, state, name FROM image ORDER BY id",
                            soci::into(id), soci::into(width), soci::into(height), soci::into(channels), soci::into(brightness),
                            soci::into(contrast), soci::into(sharpness), soci::into(entropy), soci::into(colourfulness),
                            soci::into(added), soci::into(split), soci::into(state), soci::into(name));
    for (rows.execute(); rows.fetch() && !stop.stop_requested();) {
        c.ids.push_back(id), c.widths.push_back(width), c.heights.push_back(height), c.channels.push_back(channels);
        c.brightness.push_back(float(brightness)), c.contrast.push_back(float(contrast)), c.added.push_back(added);
        c.sharpness.push_back(float(sharpness)), c.entropy.push_back(float(entropy));
        c.colourfulness.push_back(float(colourfulness));
        c.splits.push_back(c.splitCode(split)), c.states.push_back(c.stateCode(state));
        c.nameStarts.push_back(std::uint32_t(c.names.size()));
        c.names += name;
    }
    c.nameStarts.push_back(std::uint32_t(c.names.size()));
}

/// A walk over the SQL index costs a fifth of sorting a million strings.
void rankNames(soci::session& sql, Columns& c) {
    c.nameRanks.resize(c.ids.size());
    long long id = 0;
    std::uint32_t rank = 0;
    soci::statement rows = (sql.prepare << "SELECT id FROM image ORDER BY name", soci::into(id));
    for (rows.execute(); rows.fetch(); ++rank) {
        const auto at = std::lower_bound(c.ids.begin(), c.ids.end(), id);
        if (at != c.ids.end() && *at == id) c.nameRanks[std::size_t(at - c.ids.begin())] = rank;
    }
}

Result<> readDocuments(soci::session& sql, Columns& c, FieldTable& fields, std::stop_token stop) {
    constexpr std::size_t kBatch = 2048;
    AuthorTable authors(c.authorNames);
    InOrder<Objects> batches([&](Objects&& objects) {
        append(c, authors, objects);
        fields.merge(std::move(objects.fields));
    });
    std::vector<std::string> bodies;
    std::uint32_t next = 0;  // rank of the first of them
    const auto send = [&] {
        const auto count = std::uint32_t(bodies.size());
        batches.send([batch = std::exchange(bodies, {}), next] { return unpackAll(batch, next); });
        next += count;
    };
    Bytes body(sql);
    soci::indicator has = soci::i_null;
    soci::statement rows = (sql.prepare << "SELECT d.body FROM image i LEFT JOIN annotation_doc d ON d.id = i.doc_id ORDER BY i.id",
                            soci::into(body.blob(), has));
    for (rows.execute(); rows.fetch();) {
        bodies.push_back(has == soci::i_ok ? body.get() : std::string());
        if (bodies.size() == kBatch) send();
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
    }
    if (!bodies.empty()) send();
    batches.finish();
    return {};
}

IndexStamp readStamp(soci::session& sql, Revision& revision) {
    revision.journal = oneNumber(sql, "SELECT max(seq) FROM journal");
    revision.records = oneNumber(sql, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='records'");
    return {revision.journal, oneNumber(sql, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='images'"),
            oneNumber(sql, "SELECT max(seq) FROM state_change"), oneNumber(sql, "SELECT max(seq) FROM image_attribute"),
            oneNumber(sql, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='groups'")};
}

/// What the journal and the logs of states and attributes say has changed: documents (empty body: none), states and the image's own
/// attributes by image id.
struct Changed {
    std::string body, state;
    Json attributes = {};
};

std::map<std::int64_t, Changed> changedSince(soci::session& sql, const IndexStamp& stamp) {
    std::map<std::int64_t, Changed> changed;
    const long long from = stamp.journal, states = stamp.states, attributes = stamp.attributes;
    long long id = 0;
    std::string state;
    Bytes body(sql);
    soci::indicator has = soci::i_null;
    soci::statement rows =
        (sql.prepare << "SELECT i.id, i.state, d.body FROM image i LEFT JOIN annotation_doc d ON d.id = i.doc_id "
                        "WHERE i.id IN (SELECT image_id FROM journal WHERE seq > :s "
                        "UNION SELECT image_id FROM state_change WHERE seq > :c "
                        "UNION SELECT image_id FROM image_attribute WHERE seq > :a)",
         soci::use(from), soci::use(states), soci::use(attributes), soci::into(id), soci::into(state),
         soci::into(body.blob(), has));
    for (rows.execute(); rows.fetch();) changed[id] = {has == soci::i_ok ? body.get() : std::string(), state};
    if (oneNumber(sql, "SELECT max(seq) FROM image_attribute") > 0)
        for (auto& [image, now] : changed) now.attributes = attributesOf(sql, image);
    return changed;
}

template <class T>
std::vector<T> copied(std::span<const T> span) {
    return {span.begin(), span.end()};
}

Columns imagesOf(const ColumnIndex::Impl& x) {
    Columns c;
    c.ids = copied(x.ids), c.widths = copied(x.widths), c.heights = copied(x.heights), c.channels = copied(x.channels);
    c.brightness = copied(x.brightness), c.contrast = copied(x.contrast), c.added = copied(x.added);
    c.sharpness = copied(x.sharpness), c.entropy = copied(x.entropy), c.colourfulness = copied(x.colourfulness);
    c.splits = copied(x.splits), c.states = copied(x.states), c.nameRanks = copied(x.nameRanks),
    c.nameStarts = copied(x.nameStarts);
    c.names = std::string(x.names);
    c.splitNames = x.splitNames, c.stateNames = x.stateNames, c.authorNames = x.authorNames;
    c.groupCodes = copied(x.groupCodes), c.groupNameStarts = copied(x.groupNameStarts);
    c.groupNames = std::string(x.groupNames), c.groupRule = x.groupRule;
    c.objectStarts = {0};
    return c;
}

/// Objects of the ranks [first, last) as they were.
void copyObjects(Columns& c, const ColumnIndex::Impl& x, std::size_t first, std::size_t last) {
    const std::size_t from = x.objectStarts[first], to = x.objectStarts[last];
    const std::uint32_t base = c.objectStarts.back() - std::uint32_t(from);
    for (std::size_t rank = first; rank < last; ++rank) c.objectStarts.push_back(x.objectStarts[rank + 1] + base);
    const auto add = [&](auto& to_, const auto& from_) {
        to_.insert(to_.end(), from_.begin() + std::ptrdiff_t(from), from_.begin() + std::ptrdiff_t(to));
    };
    add(c.objectClasses, x.objectClasses), add(c.objectKinds, x.objectKinds), add(c.objectFromModel, x.objectFromModel);
    add(c.objectConfidences, x.objectConfidences), add(c.objectAreas, x.objectAreas), add(c.objectAuthors, x.objectAuthors);
}

Columns replaced(const ColumnIndex::Impl& x, const std::map<std::int64_t, Changed>& changed) {
    Columns c = imagesOf(x);
    AuthorTable authors(c.authorNames);
    FieldTable fields(x);
    std::size_t next = 0;
    for (const auto& [id, now] : changed) {
        const auto at = std::lower_bound(x.ids.begin(), x.ids.end(), id);
        if (at == x.ids.end() || *at != id) continue;
        const auto rank = std::size_t(at - x.ids.begin());
        copyObjects(c, x, next, rank);
        Objects objects = unpackAll({now.body}, std::uint32_t(rank));
        append(c, authors, objects);
        fields.removeAttributes(std::uint32_t(rank));
        objects.fields.addAll(IndexField::Of::Attribute, now.attributes, std::uint32_t(rank));
        fields.merge(std::move(objects.fields));
        c.states[rank] = c.stateCode(now.state);
        next = rank + 1;
    }
    copyObjects(c, x, next, x.ids.size());
    fields.moveTo(c);
    return c;
}

/// Few changes, and none that only reading everything tells.
bool isNear(const IndexStamp& from, const IndexStamp& to) {
    constexpr std::int64_t kMost = 20'000;
    return to.images == from.images && to.journal >= from.journal && to.states >= from.states && to.attributes >= from.attributes &&
           to.journal - from.journal + to.states - from.states + to.attributes - from.attributes <= kMost;
}

}  // namespace

std::uint8_t Columns::code(std::vector<std::string>& names, const std::string& name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) {
        names.push_back(name);
        return std::uint8_t(names.size() - 1);
    }
    return std::uint8_t(at - names.begin());
}

Result<IndexStamp> stampOf(const Workspace& workspace, Revision& revision) {
    IndexStamp stamp;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        stamp = readStamp(sql, revision);
        return {};
    }));
    return stamp;
}

Result<Columns> readColumns(const Workspace& workspace, IndexStamp& stamp, Revision& revision, std::stop_token stop) {
    Columns c;
    const auto whole = [&](soci::session& sql) -> Result<> {
        c = Columns();
        c.objectStarts = {0};
        stamp = readStamp(sql, revision);
        readImages(sql, c, stop);
        rankNames(sql, c);
        readGroups(sql, c);
        FieldTable fields;
        LATHE_CHECK(readDocuments(sql, c, fields, stop));
        LATHE_CHECK(readImageFields(sql, c.ids, fields, stop));
        fields.moveTo(c);
        return {};
    };
    LATHE_CHECK(workspace.read(whole));
    return c;
}

Result<std::optional<Columns>> patchColumns(const Workspace& workspace, const ColumnIndex& old, const IndexStamp& from,
                                            IndexStamp& stamp, Revision& revision) {
    std::optional<Columns> patched;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        patched.reset();
        stamp = readStamp(sql, revision);
        if (!isNear(from, stamp)) return {};
        patched = replaced(old.impl(), changedSince(sql, from));
        const bool regrouped = stamp.attributes != from.attributes && old.groupRule().starts_with("attribute:");
        if (stamp.groups != from.groups || regrouped) readGroups(sql, *patched);
        return {};
    }));
    return patched;
}

}  // namespace lathe::store
