// The search box's text as a tree. For core/data alone.
#pragma once
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/data/query.h"

namespace lathe::data {

enum class Compare { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater, Within };

/// field:value, or a plain word (field "file").
struct TextTerm {
    std::string field, value;
    std::size_t column = 1;       ///< of the term, 1-based
    std::size_t valueColumn = 1;  ///< of the value
    std::string run{};            ///< of wrong: the run that stands beside it
};
/// field op number; count(class) op number has the class in `argument`. For `added` the number is seconds since 1970.
struct NumberTerm {
    std::string field, argument;
    Compare compare = Compare::Equal;
    double number = 0, end = 0;  ///< Within: the span [number, end); `added` by a date stands for its day
    std::size_t column = 1;
};
/// attribute:NAME, meta:NAME, each alone or with a comparison. A date stands for its day.
struct FieldTerm {
    store::IndexField::Of of = store::IndexField::Of::Attribute;
    std::string name;
    bool any = true;  ///< has it at all; what follows means nothing
    Compare compare = Compare::Equal;
    std::string value;
    std::optional<double> number;  ///< the value as one
    double end = 0;                ///< Within: the span [number, end); of dates the day's end
    bool date = false;             ///< number is seconds since 1970
    std::size_t column = 1, nameColumn = 1;
};
struct Node {
    enum class Kind { And, Or, Not, Text, Number, Field } kind = Kind::And;
    std::vector<Node> children;
    TextTerm text;
    NumberTerm number;
    FieldTerm field;
};

/// No children of And: everything.
[[nodiscard]] tl::expected<Node, QueryError> parseQuery(const std::string& text);
[[nodiscard]] QueryError queryError(std::size_t column, const std::string& message);

}  // namespace lathe::data
