#include <fmt/format.h>

#include "core/annot/edit.h"
#include "core/base/time.h"
#include "core/store/records.h"

namespace lathe::store {

/// Buffers and prepared statements over them; ids are counted here, since the write transaction is ours alone.
struct ImageWriter::Statements {
    ImageBuffers b;
    long long document = 0, nextAnnotation = 1, objects = 0, seq = 0, image = 0, known = 0, knownDocument = 0;
    std::string documentDigest, author, label, extra, wanted, knownDigest, knownDocumentDigest;
    double at = 0;
    Bytes body, nothing;
    soci::indicator hasDocument = soci::i_null;
    soci::statement insertImage, insertDocument, insertJournal, insertExtra, pointTo, update, name, digest;

    explicit Statements(soci::session& sql);
};

namespace {

constexpr const char* kKnown =
    "SELECT i.id, i.digest, i.doc_id, d.digest FROM image i LEFT JOIN annotation_doc d ON d.id = i.doc_id WHERE i.{} = :w LIMIT 1";

}  // namespace

ImageWriter::Statements::Statements(soci::session& sql)
    : body(sql),
      nothing(sql),
      insertImage((sql.prepare << fmt::format("INSERT INTO image ({}, doc_id, next_annotation) VALUES "
                                              "(:a,:b,:c,:d,:e,:f,:g,:h,:i,:j,:k,:l,:m,:n,:o,:p,:q,:r,:s)",
                                              kImageColumns),
                   soci::use(b.id), soci::use(b.digest), soci::use(b.name), soci::use(b.path), soci::use(b.width),
                   soci::use(b.height), soci::use(b.channels), soci::use(b.split), soci::use(b.state), soci::use(b.added),
                   soci::use(b.brightness), soci::use(b.contrast), soci::use(b.missing), soci::use(b.sharpness),
                   soci::use(b.entropy), soci::use(b.colourfulness), soci::use(b.bytes), soci::use(document),
                   soci::use(nextAnnotation))),
      insertDocument((sql.prepare << "INSERT INTO annotation_doc (id, digest, objects, body) VALUES (:i,:d,:o,:b)",
                      soci::use(document), soci::use(documentDigest), soci::use(objects), soci::use(body.blob()))),
      insertJournal((sql.prepare << "INSERT INTO journal (seq, image_id, at, author, op, ref, label, body) "
                                    "VALUES (:s,:i,:a,:w,'import',0,:l,:b)",
                     soci::use(seq), soci::use(image), soci::use(at), soci::use(author), soci::use(label),
                     soci::use(nothing.blob()))),
      insertExtra((sql.prepare << "INSERT INTO image_extra (image_id, body) VALUES (:i,:b)", soci::use(image), soci::use(extra))),
      pointTo((sql.prepare << "UPDATE image SET doc_id = :d, next_annotation = max(next_annotation, :n), "
                              "state = CASE state WHEN 'new' THEN 'done' ELSE state END WHERE id = :i",
               soci::use(document), soci::use(nextAnnotation), soci::use(image))),
      update((sql.prepare << "UPDATE image SET digest=:a, path=:b, width=:c, height=:d, channels=:e, brightness=:f, contrast=:g, "
                             "sharpness=:h, entropy=:j, colourfulness=:k, bytes=:l, missing=0 WHERE id=:i",
              soci::use(b.digest), soci::use(b.path), soci::use(b.width), soci::use(b.height), soci::use(b.channels),
              soci::use(b.brightness), soci::use(b.contrast), soci::use(b.sharpness), soci::use(b.entropy),
              soci::use(b.colourfulness), soci::use(b.bytes), soci::use(image))),
      name((sql.prepare << fmt::format(fmt::runtime(kKnown), "name"), soci::use(wanted), soci::into(known), soci::into(knownDigest),
            soci::into(knownDocument), soci::into(knownDocumentDigest, hasDocument))),
      digest((sql.prepare << fmt::format(fmt::runtime(kKnown), "digest"), soci::use(wanted), soci::into(known),
              soci::into(knownDigest), soci::into(knownDocument), soci::into(knownDocumentDigest, hasDocument))) {
    // Zero-length bytes would be bound as NULL.
    nothing.set(std::string_view("\0", 1));
}

ImageWriter::ImageWriter(soci::session& sql) : m(std::make_unique<Statements>(sql)) {
    m->b.id = oneNumber(sql, "SELECT max(id) FROM image");
    m->document = oneNumber(sql, "SELECT max(id) FROM annotation_doc");
    m->seq = oneNumber(sql, "SELECT max(seq) FROM journal");
    m->at = base::now();
}

ImageWriter::~ImageWriter() = default;

ImageId ImageWriter::add(const ImageRow& row, const PackedDocument* document, std::string_view extra, const std::string& author) {
    const long long id = m->b.id + 1;
    m->b.set(row);
    m->b.id = m->image = id;
    const long long lastDocument = m->document;
    if (document) {
        m->document = lastDocument + 1;
        m->nextAnnotation = document->nextAnnotation;
    } else {
        m->document = 0, m->nextAnnotation = 1;
    }
    m->insertImage.execute(true);
    if (document) {
        m->documentDigest = document->digest, m->objects = document->objects;
        m->body.set(document->body);
        m->insertDocument.execute(true);
        ++m->seq, m->author = author, m->label = fmt::format("Import {} annotations", document->objects);
        m->insertJournal.execute(true);
    } else {
        m->document = lastDocument;
    }
    if (!extra.empty()) {
        m->extra = extra;
        m->insertExtra.execute(true);
    }
    return ImageId(id);
}

void ImageWriter::annotate(ImageId image, const PackedDocument& document, const std::string& author) {
    ++m->document, ++m->seq;
    m->image = image.value, m->nextAnnotation = document.nextAnnotation;
    m->documentDigest = document.digest, m->objects = document.objects;
    m->body.set(document.body);
    m->insertDocument.execute(true);
    m->pointTo.execute(true);
    m->author = author, m->label = fmt::format("Import {} annotations", document.objects);
    m->insertJournal.execute(true);
}

void ImageWriter::found(ImageId image, const ImageRow& row) {
    const long long last = m->b.id;
    m->b.set(row);
    m->b.id = last, m->image = image.value;
    m->update.execute(true);
}

std::optional<ImageWriter::Known> ImageWriter::byName(const std::string& name) {
    m->wanted = name;
    if (!m->name.execute(true)) return std::nullopt;
    const bool has = m->hasDocument == soci::i_ok;
    return Known{ImageId(m->known), m->knownDigest, m->knownDocument != 0, has ? m->knownDocumentDigest : std::string()};
}

std::optional<ImageWriter::Known> ImageWriter::byDigest(const std::string& digest) {
    m->wanted = digest;
    if (!m->digest.execute(true)) return std::nullopt;
    const bool has = m->hasDocument == soci::i_ok;
    return Known{ImageId(m->known), m->knownDigest, m->knownDocument != 0, has ? m->knownDocumentDigest : std::string()};
}

}  // namespace lathe::store
