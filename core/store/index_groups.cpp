// The index's column of groups.
#include <unordered_map>

#include "core/store/image_groups.h"
#include "core/store/in_order.h"
#include "core/store/index_fields.h"
#include "core/store/sql.h"

namespace lathe::store {
namespace {

/// Gives each group its code in the order in which they are met.
class Coder {
public:
    explicit Coder(Columns& columns) : m_columns(columns) {}
    std::uint32_t code(const std::string& group) {
        if (group.empty()) return 0;
        const auto [at, fresh] = m_codes.try_emplace(group, std::uint32_t(m_codes.size() + 1));
        if (fresh) {
            m_columns.groupNames += group;
            m_columns.groupNameStarts.push_back(std::uint32_t(m_columns.groupNames.size()));
        }
        return at->second;
    }

private:
    Columns& m_columns;
    std::unordered_map<std::string, std::uint32_t> m_codes;
};

std::string_view nameOf(const Columns& c, std::size_t rank) {
    return std::string_view(c.names).substr(c.nameStarts[rank], c.nameStarts[rank + 1] - c.nameStarts[rank]);
}

/// Patterns are slow: on all cores.
void groupNames(Columns& c, const GroupRule& rule) {
    constexpr std::size_t kBatch = 16384;
    const auto groupOf = groupByName(rule);
    Coder coder(c);
    std::size_t next = 0;
    InOrder<std::vector<std::string>> batches([&](std::vector<std::string>&& groups) {
        for (const auto& group : groups) c.groupCodes[next++] = coder.code(group);
    });
    for (std::size_t from = 0; from < c.ids.size(); from += kBatch)
        batches.send([&c, &groupOf, from, to = std::min(c.ids.size(), from + kBatch)] {
            std::vector<std::string> groups;
            for (std::size_t rank = from; rank < to; ++rank) groups.push_back(groupOf(nameOf(c, rank)));
            return groups;
        });
    batches.finish();
}

std::string ruleWords(soci::session& sql) {
    std::string words;
    sql << "SELECT value FROM meta WHERE key = 'group_rule'", soci::into(words);
    return sql.got_data() ? words : std::string();
}

}  // namespace

void readGroups(soci::session& sql, Columns& c) {
    c.groupRule = ruleWords(sql);
    c.groupNames.clear(), c.groupNameStarts = {0};
    c.groupCodes.assign(c.ids.size(), 0);
    const auto rule = GroupRule::parse(c.groupRule);
    if (!rule) return;
    if (rule->isOfName()) return groupNames(c, *rule);
    Coder coder(c);
    eachGroupValue(sql, *rule, [&](std::int64_t image, const std::string& group) {
        const auto at = std::lower_bound(c.ids.begin(), c.ids.end(), image);
        if (at != c.ids.end() && *at == image) c.groupCodes[std::size_t(at - c.ids.begin())] = coder.code(group);
    });
}

}  // namespace lathe::store
