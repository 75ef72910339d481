// What the objects list shows: words and terms typed into its field ("RBC kind:box flag:locked author:ana source:model").
#pragma once
#include <QHash>
#include <QString>
#include <QStringList>
#include <array>
#include <functional>
#include <unordered_set>

#include "core/annot/annotation.h"

namespace lathe::widgets::canvas {

/// Where an annotation came from.
enum class Origin { Import, Hand, Model, Corrected };
[[nodiscard]] Origin originOf(const annot::Annotation& annotation);

/// Terms of one name are alternatives; everything else must hold. A text with spaces is quoted: class:"red cell".
struct ObjectFilter {
    QStringList words;  ///< each in the class name, the number, the author or an attribute's value
    QStringList classes, kinds, flags, authors, sources;
    [[nodiscard]] static ObjectFilter parse(const QString& text);
    [[nodiscard]] bool empty() const;
    bool operator==(const ObjectFilter&) const = default;
};

/// Puts the term into the text, or takes it out when it is there: what the filter menu does.
[[nodiscard]] QString withTerm(const QString& text, const QString& name, const QString& value);
[[nodiscard]] bool hasTerm(const QString& text, const QString& name, const QString& value);

/// The names that kind:, flag: and source: understand, in the order of annot::kKindNames, of the flags' bits, of Origin.
[[nodiscard]] const QStringList& kindTerms();
[[nodiscard]] const QStringList& flagTerms();
[[nodiscard]] const QStringList& sourceTerms();

/// A filter made ready for many annotations.
class ObjectMatcher {
public:
    using Names = QHash<qint64, QString>;  ///< of the classes
    ObjectMatcher(const ObjectFilter& filter, const Names& names);
    [[nodiscard]] bool operator()(const annot::Annotation& annotation) const;

private:
    struct Word {
        QString text;
        std::unordered_set<std::int64_t> classes;  ///< whose name has it
    };
    [[nodiscard]] bool has(const Word& word, const annot::Annotation& annotation) const;
    std::vector<Word> m_words;
    std::unordered_set<std::int64_t> m_classes;
    std::unordered_set<std::string> m_authors;
    std::uint32_t m_kinds = 0, m_flags = 0, m_origins = 0;
    bool m_byClass = false, m_byKind = false, m_byFlag = false, m_byAuthor = false, m_byOrigin = false;
};

}  // namespace lathe::widgets::canvas
