#include "app/workbench/verbs/run_filter.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <sstream>

namespace lathe::verbs {

namespace {

using Test = std::function<bool(const runs::RunRow&)>;

Error wrong(std::size_t column, const std::string& term, const std::string& right) {
    return {ErrorCode::InvalidArgument, fmt::format("column {}: \"{}\": {}", column, term, right), {}};
}

Result<Test> keyTest(const std::string& key, const std::string& value, std::size_t column, const std::string& term) {
    const auto field = [&]() -> std::function<std::string(const runs::RunRow&)> {
        if (key == "state") return [](const auto& r) { return std::string(runs::name(r.state)); };
        if (key == "task") return [](const auto& r) { return r.task; };
        if (key == "model") return [](const auto& r) { return r.model; };
        if (key == "snapshot") return [](const auto& r) { return r.snapshotName; };
        if (key == "author") return [](const auto& r) { return r.author; };
        if (key == "name") return [](const auto& r) { return r.name; };
        return {};
    }();
    if (!field) return fail(wrong(column, term, "the keys are state, task, model, snapshot, author and name"));
    return Test([field, value](const runs::RunRow& row) { return field(row) == value; });
}

Result<Test> numberTest(const std::string& metric, const std::string& op, const std::string& text, std::size_t column,
                        const std::string& term) {
    double wanted = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wanted);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(wrong(column, term, fmt::format("a number comes after {}", op)));
    return Test([metric, op, wanted](const runs::RunRow& row) {
        const auto at = row.metrics.find(metric);
        const double value = metric == "epoch"         ? row.epoch
                             : metric == "seconds"     ? row.seconds
                             : at == row.metrics.end() ? std::nan("")
                                                       : at->second;
        return op == ">"    ? value > wanted
               : op == "<"  ? value < wanted
               : op == ">=" ? value >= wanted
               : op == "<=" ? value <= wanted
                            : value == wanted;
    });
}

Result<Test> testOf(const std::string& term, std::size_t column) {
    if (const std::size_t colon = term.find(':'); colon != std::string::npos && colon > 0)
        return keyTest(term.substr(0, colon), term.substr(colon + 1), column, term);
    if (const std::size_t at = term.find_first_of("<>="); at != std::string::npos) {
        const std::size_t length = term.size() > at + 1 && term[at + 1] == '=' ? 2 : 1;
        if (at == 0) return fail(wrong(column, term, "a metric comes before the sign, as in accuracy>0.9"));
        return numberTest(term.substr(0, at), term.substr(at, length), term.substr(at + length), column, term);
    }
    return Test([term](const runs::RunRow& row) {
        return row.name.find(term) != std::string::npos || row.id.value.find(term) != std::string::npos;
    });
}

}  // namespace

Result<std::vector<runs::RunRow>> filterRuns(std::vector<runs::RunRow> rows, const std::string& query) {
    std::istringstream words(query);
    for (std::string word; words >> word;) {
        const std::size_t column = (words.eof() ? query.size() : std::size_t(words.tellg())) - word.size() + 1;
        const bool negated = word.size() > 1 && word[0] == '-';
        LATHE_TRY(const Test test, testOf(negated ? word.substr(1) : word, column));
        std::erase_if(rows, [&](const runs::RunRow& row) { return test(row) == negated; });
    }
    return rows;
}

}  // namespace lathe::verbs
