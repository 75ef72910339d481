#include "core/data/importer.h"

#include <fmt/format.h>

#include "core/base/time.h"
#include "core/data/parallel.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchImages = 4000, kNamesOfMissing = 5;
constexpr std::uint64_t kBatchBytes = 64ull << 20;

/// "folder/name-2.png" for the second picture called so.
std::string suffixed(const std::string& name, int turn) {
    const auto dot = name.rfind('.');
    const auto slash = name.rfind('/');
    const bool hasSuffix = dot != std::string::npos && (slash == std::string::npos || dot > slash);
    if (!hasSuffix) return fmt::format("{}-{}", name, turn);
    return fmt::format("{}-{}{}", name.substr(0, dot), turn, name.substr(dot));
}

std::string freeName(store::ImageWriter& writer, const std::string& name) {
    std::string candidate = name;
    for (int turn = 2; writer.byName(candidate); ++turn) candidate = suffixed(name, turn);
    return candidate;
}

store::ImageRow rowOf(const formats::ImageRecord& record, const Examined& examined, bool annotated) {
    store::ImageRow row;
    row.name = record.name, row.split = record.split, row.state = annotated ? "done" : "new";
    row.digest = examined.digest, row.path = examined.path;
    row.width = examined.width ? examined.width : record.width;
    row.height = examined.height ? examined.height : record.height;
    row.channels = examined.channels;
    row.added = base::now();
    row.brightness = examined.brightness, row.contrast = examined.contrast, row.sharpness = examined.sharpness;
    row.entropy = examined.entropy, row.colourfulness = examined.colourfulness, row.bytes = examined.bytes;
    return row;
}

/// A file's own ids are kept (an export gives them back); where they are missing or double, all are counted anew.
void numberAnnotations(annot::Annotations& annotations) {
    std::unordered_set<std::int64_t> seen;
    bool good = true;
    for (const auto& a : annotations) good = good && a.id.value > 0 && seen.insert(a.id.value).second;
    for (std::size_t k = 0; k < annotations.size() && !good; ++k) annotations[k].id = AnnotationId(std::int64_t(k) + 1);
}

/// The labels' size against the picture's as it is shown, turned by its EXIF tag.
std::string sizeWords(const formats::ImageRecord& record, const Examined& examined) {
    const bool turned = record.width == examined.height && record.height == examined.width;
    return fmt::format("the labels are for {} x {} pixels, the picture has {} x {}; {}", record.width, record.height,
                       examined.width, examined.height,
                       turned ? "they may be of the picture before it was turned by its EXIF tag: check its annotations"
                              : "check its annotations");
}

/// What makes two annotations the same, whatever file they came from.
std::string contentOf(const annot::Annotation& annotation) {
    annot::Annotation bare;
    bare.classId = annotation.classId, bare.shape = annotation.shape;
    return annot::packOne(bare);
}

}  // namespace

Importer::Importer(store::Workspace& workspace, const ImportOptions& options, const std::string& source, std::string format,
                   std::stop_token stop)
    : m_workspace(workspace),
      m_options(options),
      m_source(source),
      m_stop(std::move(stop)),
      m_media(workspace, !options.link, options.dryRun) {
    m_report.format = std::move(format);
    if (const auto opened = openRecord(); !opened) m_error = opened.error();
    m_thread = std::thread([this] { work(); });
}

Importer::~Importer() {
    {
        const std::lock_guard guard(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

void Importer::classes(std::span<const formats::ClassRecord> classes) {
    for (const auto& record : classes) {
        m_report.classes.push_back(record.name);
        if (m_options.dryRun) {
            m_classes.push_back(ClassId(std::int64_t(m_classes.size()) + 1));
            continue;
        }
        const auto id = m_workspace.addClass(record.name, record.colour);
        if (!id) return fail(id.error());
        m_classes.push_back(*id);
        if (record.parent.empty() && record.extra.empty()) continue;
        const auto known = m_workspace.classes();
        if (!known) return fail(known.error());
        for (store::ClassRow row : *known) {
            if (row.id != *id || (!row.parent.empty() && !row.extra.is_null())) continue;
            if (row.parent.empty()) row.parent = record.parent;
            if (row.extra.is_null()) row.extra = record.extra;
            if (const auto updated = m_workspace.updateClass(row); !updated) return fail(updated.error());
        }
    }
}

void Importer::image(formats::ImageRecord&& image) {
    if (m_stop.stop_requested()) return;
    Item item;
    item.record = std::move(image);
    if (!m_options.split.empty()) item.record.split = m_options.split;
    std::error_code error;
    const auto size = item.record.content ? item.record.content->size() : fs::file_size(item.record.path, error);
    item.missing = error == std::errc::no_such_file_or_directory || (error && !fs::exists(item.record.path, error));
    m_batchBytes += item.missing ? 0 : size;
    m_batch.push_back(std::move(item));
    if (m_batch.size() >= kBatchImages || m_batchBytes >= kBatchBytes) send();
}

void Importer::problem(Problem problem) {
    const std::lock_guard guard(m_mutex);
    m_readerProblems.push_back(std::move(problem));
}

void Importer::setExtra(Json extra) {
    m_extra = std::move(extra);
}

/// Hands the batch on; waits while one is still in the queue, so that memory stays bounded.
void Importer::send() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_queue.empty() || m_error; });
    if (!m_error && !m_batch.empty()) m_queue.push_back(std::move(m_batch));
    m_batch.clear();
    m_batchBytes = 0;
    m_changed.notify_all();
}

/// A batch is prepared while the one before is stored, which waits for the disk.
void Importer::work() {
    std::future<void> storing;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [&] { return m_closed || !m_queue.empty(); });
        if (m_queue.empty()) break;
        auto batch = std::make_unique<Batch>(std::move(m_queue.front()));
        m_queue.pop_front();
        m_changed.notify_all();
        const bool broken = m_error.has_value();
        lock.unlock();
        if (!broken) parallelFor(batch->size(), [&](std::size_t k) { prepare((*batch)[k]); });
        if (storing.valid()) storing.get();
        storing = std::async(std::launch::async, [this, batch = std::move(batch)] { storeUnlessBroken(*batch); });
        lock.lock();
    }
    lock.unlock();
    if (storing.valid()) storing.get();
}

void Importer::storeUnlessBroken(Batch& batch) {
    {
        const std::lock_guard guard(m_mutex);
        if (m_error) return;
    }
    if (const auto stored = store(batch); !stored) fail(stored.error());
}

void Importer::fail(const Error& error) {
    const std::lock_guard guard(m_mutex);
    if (!m_error) m_error = error;
    m_changed.notify_all();
}

/// What needs no database transaction: reading, hashing, decoding, copying, packing. On any core.
void Importer::prepare(Item& item) const {
    if (m_stop.stop_requested()) return;
    item.taken = true;
    if (m_options.dryRun && m_options.labelsOnly)
        item.missing = item.missing && !item.record.content;
    else if (item.record.content)
        item.examined = m_media.examineBytes(*item.record.content, item.record.name);
    else if (!item.missing)
        item.examined = m_media.examine(item.record.path);
    item.record.content.reset();
    if (!item.examined) return;
    const auto ours = [this](ClassId theirs) {
        const auto index = std::size_t(theirs.value - 1);
        return index < m_classes.size() ? m_classes[index] : ClassId();
    };
    auto& annotations = item.record.annotations;
    auto& packed = item.record.packed;
    numberAnnotations(annotations);
    for (auto& annotation : annotations) annotation.classId = ours(annotation.classId);
    for (std::size_t k = 0; k < packed.size(); ++k) packed.setClass(k, ours(packed.classId(k)));
    if (!annotations.empty()) item.document = store::packDocument(annotations);
    if (!packed.empty()) item.document = store::packDocument(packed);
    if (!item.record.extra.empty()) item.extra = item.record.extra.dump();
}

Result<> Importer::store(Batch& batch) {
    for (const auto& item : batch)
        if (!item.examined && m_media.stopsAll(item.examined.error())) return base::fail(item.examined.error());
    LATHE_CHECK(m_media.sync());
    ImportReport counted;
    m_conflicts.clear();
    if (m_options.dryRun) {
        for (auto& item : batch)
            if (item.taken) countOnly(item, counted);
    } else {
        LATHE_CHECK(m_workspace.write([&](soci::session& sql) -> Result<> {
            counted = {};
            m_conflicts.clear();
            store::ImageWriter writer(sql);
            for (auto& item : batch)
                if (item.taken) storeOne(writer, item, counted);
            writeProblems(sql, counted.problems);
            store::touchImages(sql);
            return {};
        }));
        for (const auto& [item, image] : m_conflicts) LATHE_CHECK(settle(*item, image, counted));
    }
    m_report.images.added += counted.images.added, m_report.images.known += counted.images.known;
    m_report.images.skipped += counted.images.skipped, m_report.images.missing += counted.images.missing;
    m_report.annotations.added += counted.annotations.added, m_report.annotations.skipped += counted.annotations.skipped;
    m_report.problems.insert(m_report.problems.end(), counted.problems.begin(), counted.problems.end());
    return {};
}

void Importer::storeOne(store::ImageWriter& writer, Item& item, ImportReport& report) {
    const auto objects = item.objects();
    if (!item.examined) {
        ++report.images.skipped, report.annotations.skipped += objects;
        report.problems.push_back(base::problemOf(item.record.name, item.examined.error()));
        return;
    }
    const auto& examined = *item.examined;
    if (item.missing) {
        if (m_missing.size() < kNamesOfMissing) m_missing.push_back(item.record.name);
        ++report.images.missing;
    } else if (item.record.width > 0 && (item.record.width != examined.width || item.record.height != examined.height)) {
        report.problems.push_back({item.record.name, "size_differs", sizeWords(item.record, examined)});
    }
    const auto known = examined.digest.empty() ? writer.byName(item.record.name) : writer.byDigest(examined.digest);
    if (known) return storeKnown(writer, item, *known, report);
    const auto named = examined.digest.empty() ? known : writer.byName(item.record.name);
    if (named && named->digest.empty()) {
        writer.found(named->id, rowOf(item.record, examined, false));
        return storeKnown(writer, item, *named, report);
    }
    storeNew(writer, item, report);
}

void Importer::storeKnown(store::ImageWriter& writer, Item& item, const store::ImageWriter::Known& known, ImportReport& report) {
    ++report.images.known;
    if (!item.document) return;
    if (!known.annotated) {
        if (keepsFrozen(item, known.id, report)) return void(report.annotations.skipped += item.document->objects);
        writer.annotate(known.id, *item.document, m_options.author);
        report.annotations.added += item.document->objects;
        return;
    }
    const bool differs = known.documentDigest != item.document->digest;
    if (differs && !m_added.contains(known.id.value)) {
        m_conflicts.emplace_back(&item, known.id);
        return;
    }
    report.annotations.skipped += item.document->objects;
    if (differs)
        report.problems.push_back({item.record.name, "duplicate_image",
                                   "the same picture is in this source twice with different labels; the first one's were kept"});
}

/// The labels of a frozen test image stay as they are.
bool Importer::keepsFrozen(const Item& item, ImageId image, ImportReport& report) const {
    if (!m_frozen.contains(image.value)) return false;
    report.problems.push_back(
        {item.record.name, "frozen_test", "belongs to a frozen test set and keeps its labels; --force takes these"});
    return true;
}

/// The image has been labelled since, or by another source.
Result<> Importer::settle(const Item& item, ImageId image, ImportReport& report) {
    LATHE_TRY(const annot::Annotations ours, m_workspace.annotations(image));
    LATHE_TRY(const annot::Annotations packed, item.record.packed.unpacked());
    const annot::Annotations& theirs = packed.empty() ? item.record.annotations : packed;
    const auto onlyIn = [](const annot::Annotations& these, const annot::Annotations& those) {
        std::unordered_set<std::string> known;
        for (const auto& a : those) known.insert(contentOf(a));
        annot::Annotations only;
        for (const auto& a : these)
            if (!known.contains(contentOf(a))) only.push_back(a);
        return only;
    };
    const annot::Annotations fresh = onlyIn(theirs, ours);
    const bool takes = m_options.onConflict != OnConflict::Keep && !m_frozen.contains(image.value);
    const auto added = m_options.onConflict == OnConflict::Keep ? 0 : std::int64_t(fresh.size());
    report.annotations.added += takes ? added : 0, report.annotations.skipped += std::int64_t(theirs.size()) - (takes ? added : 0);
    annot::AnnotationEdit edit{image, m_options.author, base::now(), fmt::format("Import {} annotations", fresh.size()), {}};
    if (m_options.onConflict == OnConflict::Replace) {
        std::vector<AnnotationId> gone;
        for (const auto& a : onlyIn(ours, theirs)) gone.push_back(a.id);
        edit.changes = annot::removalOf(ours, gone);
    }
    if (added == 0 && edit.changes.empty()) {
        if (!fresh.empty())
            report.problems.push_back(
                {item.record.name, "conflict",
                 fmt::format("is known with {} annotations; {} of the source's {} are others. The known ones were "
                             "kept; import with --on-conflict add or replace to take the source's",
                             ours.size(), fresh.size(), theirs.size())});
        return {};
    }
    if (keepsFrozen(item, image, report)) return {};
    LATHE_TRY(const AnnotationId next, m_workspace.nextAnnotationId(image));
    std::int64_t id = next.value;
    for (annot::Annotation a : fresh) {
        a.id = AnnotationId(id++);
        edit.changes.push_back({std::nullopt, std::move(a), -1, -1});
    }
    LATHE_TRY(const std::int64_t ignored, m_workspace.commit(edit));
    (void)ignored;
    return {};
}

void Importer::storeNew(store::ImageWriter& writer, Item& item, ImportReport& report) {
    auto row = rowOf(item.record, *item.examined, item.document.has_value());
    row.missing = item.missing;
    if (item.missing) {
        const auto inside = m_unpacked.empty() ? fs::path("..") : item.record.path.lexically_relative(m_unpacked);
        row.path = *inside.begin() == ".." ? item.record.path.string() : (fs::path(m_source) / inside).string();
    }
    row.name = freeName(writer, row.name);
    const auto id = writer.add(row, item.document ? &*item.document : nullptr, item.extra, m_options.author);
    m_added.insert(id.value);
    ++report.images.added;
    if (item.document) report.annotations.added += item.document->objects;
}

/// A dry run's count. Pictures that are twice in the source count as known from the second on, as in a real run.
void Importer::countOnly(Item& item, ImportReport& report) {
    const auto objects = item.objects();
    if (!item.examined) {
        ++report.images.skipped, report.annotations.skipped += objects;
        report.problems.push_back(base::problemOf(item.record.name, item.examined.error()));
        return;
    }
    if (item.missing) ++report.images.missing;
    const std::string key = item.examined->digest.empty() ? item.record.name : item.examined->digest;
    const bool fresh = m_added.insert(std::int64_t(std::hash<std::string>()(key))).second && !item.examined->known;
    ++(fresh ? report.images.added : report.images.known);
    (fresh ? report.annotations.added : report.annotations.skipped) += objects;
}

}  // namespace lathe::data
