#include "widgets/canvas/objects_filter.h"

#include <algorithm>

namespace lathe::widgets::canvas {

namespace {

/// Splits at spaces outside of quotes; the quotes stay.
QStringList pieces(const QString& text) {
    QStringList out;
    QString piece;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"') quoted = !quoted;
        if (c.isSpace() && !quoted) {
            if (!piece.isEmpty()) out << piece;
            piece.clear();
        } else {
            piece += c;
        }
    }
    if (!piece.isEmpty()) out << piece;
    return out;
}

QString bare(QString text) {
    return text.remove(u'"');
}

QString termText(const QString& name, const QString& value) {
    const bool quotes = std::any_of(value.begin(), value.end(), [](QChar c) { return c.isSpace(); });
    return name + u':' + (quotes ? u'"' + value + u'"' : value);
}

std::uint32_t bitsOf(const QStringList& values, const QStringList& known) {
    std::uint32_t bits = 0;
    for (const QString& value : values)
        if (const qsizetype at = known.indexOf(value, Qt::CaseInsensitive); at >= 0) bits |= 1u << at;
    return bits;
}

bool attributeHas(const Json& attributes, const QString& text) {
    if (!attributes.is_object()) return false;
    return std::any_of(attributes.begin(), attributes.end(), [&](const Json& value) {
        const std::string& words = value.is_string() ? value.get_ref<const std::string&>() : value.dump();
        return QString::fromStdString(words).contains(text, Qt::CaseInsensitive);
    });
}

}  // namespace

Origin originOf(const annot::Annotation& a) {
    if (a.source.starts_with("model:")) return a.source.ends_with(" corrected") ? Origin::Corrected : Origin::Model;
    return a.author.empty() ? Origin::Import : Origin::Hand;
}

const QStringList& kindTerms() {
    static const QStringList words = [] {
        QStringList all;
        for (const auto name : annot::kKindNames) all << QString::fromLatin1(name.data(), qsizetype(name.size()));
        return all;
    }();
    return words;
}

const QStringList& flagTerms() {
    static const QStringList words{QStringLiteral("occluded"),  QStringLiteral("truncated"), QStringLiteral("crowd"),
                                   QStringLiteral("difficult"), QStringLiteral("locked"),    QStringLiteral("hidden")};
    return words;
}

const QStringList& sourceTerms() {
    static const QStringList words{QStringLiteral("import"), QStringLiteral("hand"), QStringLiteral("model"),
                                   QStringLiteral("corrected")};
    return words;
}

ObjectFilter ObjectFilter::parse(const QString& text) {
    ObjectFilter filter;
    const std::pair<const char*, QStringList*> terms[] = {{"class", &filter.classes},
                                                          {"kind", &filter.kinds},
                                                          {"flag", &filter.flags},
                                                          {"author", &filter.authors},
                                                          {"source", &filter.sources}};
    for (const QString& piece : pieces(text)) {
        const qsizetype colon = piece.indexOf(u':');
        const auto* term = std::find_if(std::begin(terms), std::end(terms),
                                        [&](const auto& t) { return colon > 0 && piece.left(colon) == QLatin1String(t.first); });
        const QString value = bare(term == std::end(terms) ? piece : piece.mid(colon + 1));
        if (value.isEmpty()) continue;
        (term == std::end(terms) ? filter.words : *term->second) << value;
    }
    return filter;
}

bool ObjectFilter::empty() const {
    return *this == ObjectFilter{};
}

bool hasTerm(const QString& text, const QString& name, const QString& value) {
    return pieces(text).contains(termText(name, value), Qt::CaseInsensitive);
}

QString withTerm(const QString& text, const QString& name, const QString& value) {
    QStringList all = pieces(text);
    const QString term = termText(name, value);
    const qsizetype at = all.indexOf(term, Qt::CaseInsensitive);
    if (at >= 0)
        all.removeAt(at);
    else
        all << term;
    return all.join(u' ');
}

ObjectMatcher::ObjectMatcher(const ObjectFilter& filter, const Names& names)
    : m_kinds(bitsOf(filter.kinds, kindTerms())),
      m_flags(bitsOf(filter.flags, flagTerms())),
      m_origins(bitsOf(filter.sources, sourceTerms())),
      m_byClass(!filter.classes.isEmpty()),
      m_byKind(!filter.kinds.isEmpty()),
      m_byFlag(!filter.flags.isEmpty()),
      m_byAuthor(!filter.authors.isEmpty()),
      m_byOrigin(!filter.sources.isEmpty()) {
    for (const QString& word : filter.words) m_words.push_back({word, {}});
    for (auto name = names.cbegin(); name != names.cend(); ++name) {
        if (filter.classes.contains(name.value(), Qt::CaseInsensitive)) m_classes.insert(name.key());
        for (Word& word : m_words)
            if (name.value().contains(word.text, Qt::CaseInsensitive)) word.classes.insert(name.key());
    }
    for (const QString& author : filter.authors) m_authors.insert(author.toStdString());
}

bool ObjectMatcher::has(const Word& word, const annot::Annotation& a) const {
    if (word.classes.contains(a.classId.value)) return true;
    if (QString::number(a.id.value) == word.text) return true;
    return QString::fromStdString(a.author).contains(word.text, Qt::CaseInsensitive) || attributeHas(a.attributes, word.text);
}

bool ObjectMatcher::operator()(const annot::Annotation& a) const {
    if (m_byClass && !m_classes.contains(a.classId.value)) return false;
    if (m_byKind && !(m_kinds >> a.shape.index() & 1)) return false;
    if (m_byFlag && !(a.flags & m_flags)) return false;
    if (m_byAuthor && !m_authors.contains(a.author)) return false;
    if (m_byOrigin && !(m_origins >> int(originOf(a)) & 1)) return false;
    return std::all_of(m_words.begin(), m_words.end(), [&](const Word& word) { return has(word, a); });
}

}  // namespace lathe::widgets::canvas
