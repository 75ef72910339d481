#include "core/data/query_parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/annot/shape.h"
#include "core/data/object_ranges.h"
#include "core/data/query_values.h"

namespace lathe::data {
namespace {

constexpr std::array<std::string_view, 22> kTextFields{
    "class", "split",    "labelled",    "reviewed", "tag",   "file",   "author", "source",   "state",     "kind", "id",
    "run",   "comments", "suggestions", "reason",   "wrong", "covers", "centre", "snapshot", "attribute", "meta", "group"};
constexpr std::array<std::string_view, 13> kNumberFields{"annotations", "width",     "height",  "channels", "brightness",
                                                         "contrast",    "sharpness", "entropy", "aspect",   "colourfulness",
                                                         "confidence",  "area",      "added"};
constexpr std::string_view kOperators = "<>=!";

struct Choices {
    std::string_view field;
    std::vector<std::string_view> values;
};

const std::vector<Choices>& choices() {
    static const std::vector<Choices> all{{"split", {"train", "val", "test", "none"}},
                                          {"labelled", {"yes", "no"}},
                                          {"reviewed", {"yes", "no"}},
                                          {"wrong", {"yes", "no", "unjudged"}},
                                          {"source", {"model", "hand"}},
                                          {"state", {"new", "in_progress", "done", "accepted", "rejected", "skipped"}},
                                          {"comments", {"open", "resolved", "none"}},
                                          {"suggestions", {"yes", "no"}},
                                          {"kind", {annot::kKindNames.begin(), annot::kKindNames.end()}}};
    return all;
}

template <class List>
bool contains(const List& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

template <class List>
std::string joined(const List& list, std::string_view suffix = "") {
    std::string text;
    for (const auto item : list) text += fmt::format("{}{}{}", text.empty() ? "" : ", ", item, suffix);
    return text;
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isName(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
}

/// Recursive descent; the first error ends it by exception, caught in parseQuery.
class Parser {
public:
    explicit Parser(const std::string& text) : m_text(text) {}

    Node whole() {
        Node node = either();
        skipSpaces();
        if (m_at < m_text.size()) fail(m_at, "a closing parenthesis without its opening one; remove it");
        return node;
    }

private:
    [[noreturn]] void fail(std::size_t at, const std::string& message) const { throw queryError(at + 1, message); }
    void skipSpaces() {
        while (m_at < m_text.size() && isSpace(m_text[m_at])) ++m_at;
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    /// Is the next word "or"?
    bool takeOr() {
        skipSpaces();
        const auto rest = std::string_view(m_text).substr(m_at);
        const bool word = rest.starts_with("or") || rest.starts_with("OR");
        if (!word || (rest.size() > 2 && !isSpace(rest[2]) && rest[2] != '(')) return false;
        m_at += 2;
        return true;
    }

    Node either() {
        Node first = all();
        if (!takeOr()) return first;
        Node node;
        node.kind = Node::Kind::Or;
        node.children.push_back(std::move(first));
        do {
            skipSpaces();
            if (atEnd() || peek() == ')') fail(m_at, "`or` needs a term after it");
            node.children.push_back(all());
        } while (takeOr());
        return node;
    }

    Node all() {
        Node node;
        for (;;) {
            skipSpaces();
            if (atEnd() || peek() == ')') return node;
            const std::size_t here = m_at;
            if (takeOr()) {
                if (node.children.empty()) fail(here, "`or` needs a term before it");
                m_at = here;
                return node;
            }
            node.children.push_back(one());
        }
    }

    Node one() {
        if (++m_depth > 100) fail(m_at, "too many parentheses");
        Node node = peek() == '-' ? negated() : peek() == '(' ? grouped() : term();
        --m_depth;
        return node;
    }

    Node negated() {
        const std::size_t here = m_at++;
        if (atEnd() || isSpace(peek()) || peek() == ')') fail(here, "a minus needs a term right after it, as in -class:WBC");
        Node node;
        node.kind = Node::Kind::Not;
        node.children.push_back(one());
        return node;
    }

    Node grouped() {
        const std::size_t here = m_at++;
        Node node = either();
        skipSpaces();
        if (peek() != ')') fail(here, "this parenthesis is not closed; add ) at its end");
        ++m_at;
        return node;
    }

    std::string name() {
        std::string text;
        while (!atEnd() && isName(peek())) text += m_text[m_at++];
        return text;
    }

    /// Between double quotes; "" inside stands for one.
    std::string quoted() {
        const std::size_t here = m_at++;
        std::string text;
        for (;;) {
            const auto end = m_text.find('"', m_at);
            if (end == std::string::npos) fail(here, "this quote is not closed; add \" at its end");
            text += m_text.substr(m_at, end - m_at), m_at = end + 1;
            if (peek() != '"') return text;
            text += m_text[m_at++];
        }
    }

    /// Up to a space or parenthesis, or between double quotes.
    std::string value() {
        if (peek() == '"') return quoted();
        std::string text;
        while (!atEnd() && !isSpace(peek()) && peek() != '(' && peek() != ')') text += m_text[m_at++];
        return text;
    }

    Node term() {
        const std::size_t start = m_at;
        const std::string field = name();
        if (peek() == ':' && contains(kNumberFields, field) && field != "added") return rangeTerm(field, start);
        if (peek() == ':' && (field == "attribute" || field == "meta")) return fieldTerm(field, start);
        if (peek() == ':' && !field.empty()) return textTerm(field, start);
        if (peek() == '(' && field == "count") return countTerm(start);
        if (!field.empty() && kOperators.find(peek()) != std::string_view::npos && !atEnd()) return numberTerm(field, "", start);
        m_at = start;
        Node node;
        node.kind = Node::Kind::Text;
        node.text = {"file", value(), start + 1, start + 1};
        return node;
    }

    Node textTerm(const std::string& field, std::size_t start) {
        if (!contains(kTextFields, field)) unknownField(field, start);
        ++m_at;
        const std::size_t valueAt = m_at;
        Node node;
        node.kind = Node::Kind::Text;
        node.text = {field, value(), start + 1, valueAt + 1};
        if (node.text.value.empty()) fail(valueAt, fmt::format("{}: needs a value right after the colon", field));
        if (field == "covers" || field == "centre")
            if (const auto range = parseObjectRange(field, node.text.value); !range) fail(valueAt, range.error());
        for (const auto& choice : choices())
            if (choice.field == field && !contains(choice.values, node.text.value))
                fail(valueAt, fmt::format("{} can be {}, not \"{}\"", field, joined(choice.values), node.text.value));
        return node;
    }

    /// Up to a comparison, a space or parenthesis, or between double quotes.
    std::string fieldName() {
        if (peek() == '"') return quoted();
        std::string text;
        while (!atEnd() && !isSpace(peek()) && kOperators.find(peek()) == std::string_view::npos && peek() != '(' && peek() != ')')
            text += m_text[m_at++];
        return text;
    }

    Node fieldTerm(const std::string& kind, std::size_t start) {
        Node node;
        node.kind = Node::Kind::Field;
        FieldTerm& term = node.field;
        term.of = kind == "meta" ? store::IndexField::Of::Meta : store::IndexField::Of::Attribute;
        term.column = start + 1, term.nameColumn = ++m_at + 1;
        term.name = fieldName();
        if (term.name.empty())
            fail(term.nameColumn - 1, fmt::format("{0}: needs a name right after the colon, as in {0}:NAME=VALUE", kind));
        if (kOperators.find(peek()) == std::string_view::npos || atEnd()) return node;
        term.any = false, term.compare = comparison();
        fieldValue(term, kind);
        return node;
    }

    /// A text for = and !=, a range for = where it isn't quoted, a number or a date for the others.
    void fieldValue(FieldTerm& term, const std::string& kind) {
        const std::size_t at = m_at;
        const bool plain = peek() != '"', equal = term.compare == Compare::Equal;
        term.value = value();
        if (term.value.empty()) fail(at, fmt::format("a value is needed here, as in {}:{}=VALUE", kind, term.name));
        const auto dots = term.value.find("..");
        if (plain && equal && dots != std::string::npos) {
            const auto low = numberOf(term.value.substr(0, dots)), high = numberOf(term.value.substr(dots + 2));
            if (!low || !high) fail(at, fmt::format("a range is two numbers, as in {}:{}=3..5; quote a text", kind, term.name));
            term.compare = Compare::Within, term.number = low, term.end = *high;
            return;
        }
        term.number = numberOf(term.value);
        if (equal || term.compare == Compare::NotEqual || term.number) return;
        term.number = dateOf(term.value), term.date = true;
        if (!term.number) fail(at, fmt::format("a number or a date is needed here, as in {}:{}>3", kind, term.name));
        term.end = *term.number + 86400;
    }

    Node countTerm(std::size_t start) {
        const std::size_t open = m_at++;
        const auto close = m_text.find(')', m_at);
        if (close == std::string::npos) fail(open, "this parenthesis is not closed; write count(CLASS)>N");
        std::string argument = m_text.substr(m_at, close - m_at);
        if (argument.size() > 1 && argument.front() == '"' && argument.back() == '"')
            argument = argument.substr(1, argument.size() - 2);
        if (argument.empty()) fail(m_at, "count needs a class, as in count(RBC)>20");
        m_at = close + 1;
        return numberTerm("count", argument, start);
    }

    Node numberTerm(const std::string& field, const std::string& argument, std::size_t start) {
        if (field != "count" && !contains(kNumberFields, field)) unknownField(field, start);
        Node node;
        node.kind = Node::Kind::Number;
        node.number.field = field, node.number.argument = argument, node.number.column = start + 1;
        node.number.compare = comparison();
        const std::size_t valueAt = m_at;
        const std::string text = value();
        if (field == "added") return dated(std::move(node), text, valueAt);
        const auto number = numberOf(text);
        if (!number)
            fail(valueAt, fmt::format("a number is needed here, as in {}>3", argument.empty() ? field : "count(" + argument + ")"));
        node.number.number = *number;
        return node;
    }

    /// brightness:40..80, the span from 40 up to but not 80.
    Node rangeTerm(const std::string& field, std::size_t start) {
        const std::size_t valueAt = ++m_at;
        const std::string text = value();
        const auto dots = text.find("..");
        const auto low = dots == std::string::npos ? std::nullopt : numberOf(text.substr(0, dots));
        const auto high = dots == std::string::npos ? std::nullopt : numberOf(text.substr(dots + 2));
        if (!low || !high)
            fail(valueAt, fmt::format("{} wants a comparison or a range, as in {}>3 or {}:3..5", field, field, field));
        Node node;
        node.kind = Node::Kind::Number;
        node.number = {field, "", Compare::Within, *low, *high, start + 1};
        return node;
    }

    Node dated(Node node, const std::string& text, std::size_t at) const {
        const auto date = dateOf(text);
        if (!date) fail(at, "a date is needed here, as in added>2026-11-01");
        node.number.number = *date, node.number.end = *date + 86400;
        return node;
    }

    Compare comparison() {
        const std::size_t here = m_at;
        std::string text;
        while (!atEnd() && kOperators.find(peek()) != std::string_view::npos) text += m_text[m_at++];
        if (text == "<") return Compare::Less;
        if (text == "<=") return Compare::LessEqual;
        if (text == "=" || text == "==") return Compare::Equal;
        if (text == "!=") return Compare::NotEqual;
        if (text == ">=") return Compare::GreaterEqual;
        if (text == ">") return Compare::Greater;
        fail(text.empty() ? here : here + 1, "one of < <= = != >= > is needed here");
    }

    [[noreturn]] void unknownField(const std::string& field, std::size_t at) const {
        if (contains(kTextFields, field)) fail(at, fmt::format("{} wants a colon, as in {}:VALUE", field, field));
        if (contains(kNumberFields, field)) fail(at, fmt::format("{} wants a comparison, as in {}>3", field, field));
        fail(at, fmt::format("there is no term \"{}\"; there are {}, {}, count(CLASS)>N and plain words for file names", field,
                             joined(kTextFields, ":"), joined(kNumberFields, ">N")));
    }

    const std::string& m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
};

/// The runs that a conjunction names; those around it where it names none.
std::vector<std::string> runsBeside(const Node& all, const std::vector<std::string>& outer) {
    std::vector<std::string> runs;
    for (const Node& child : all.children)
        if (child.kind == Node::Kind::Text && child.text.field == "run") runs.push_back(child.text.value);
    return runs.empty() ? outer : runs;
}

/// wrong: speaks of the run named in the same conjunction, or in the nearest one around it.
void bindRuns(Node& node, const std::vector<std::string>& outer) {
    if (node.kind == Node::Kind::Text && node.text.field == "wrong") {
        if (outer.empty()) throw queryError(node.text.column, "wrong: needs a run beside it, as in run:last wrong:yes");
        if (outer.size() > 1)
            throw queryError(node.text.column, "wrong: stands beside two runs; write (run:a wrong:yes) (run:b wrong:yes)");
        node.text.run = outer.front();
    }
    const auto runs = node.kind == Node::Kind::And ? runsBeside(node, outer) : outer;
    for (Node& child : node.children) bindRuns(child, runs);
}

}  // namespace

QueryError queryError(std::size_t column, const std::string& message) {
    QueryError error;
    error.code = ErrorCode::InvalidArgument;
    error.message = fmt::format("column {}: {}", column, message);
    error.context = "query";
    error.column = column;
    return error;
}

std::span<const std::string_view> textFields() {
    return kTextFields;
}

std::span<const std::string_view> numberFields() {
    return kNumberFields;
}

std::span<const std::string_view> valuesOf(std::string_view field) {
    for (const Choices& choice : choices())
        if (choice.field == field) return choice.values;
    return {};
}

tl::expected<Node, QueryError> parseQuery(const std::string& text) {
    try {
        Node node = Parser(text).whole();
        bindRuns(node, {});
        return node;
    } catch (const QueryError& error) {
        return tl::unexpected(error);
    }
}

std::optional<QueryError> checkQuery(const std::string& text) {
    const auto parsed = parseQuery(text);
    return parsed ? std::nullopt : std::optional(parsed.error());
}

}  // namespace lathe::data
