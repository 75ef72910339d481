// Splits: the same images and seed give the same answer in every workspace.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "core/data/snapshot.h"
#include "core/store/column_index.h"
#include "core/store/records.h"

namespace lathe::data {
namespace {

using base::fail;

constexpr std::array<const char*, 3> kNames{"train", "val", "test"};
using Shares = std::array<double, 3>;

/// SplitMix64 (Steele, Lea, Flood 2014): the standard's shuffles differ between libraries.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15ull;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ z >> 27) * 0x94D049BB133111EBull;
        return z ^ z >> 31;
    }
    std::size_t below(std::size_t n) { return std::size_t(next() % n); }

private:
    std::uint64_t m_state;
};

template <class T>
void shuffle(std::vector<T>& items, Random& random) {
    for (std::size_t k = items.size(); k > 1; --k) std::swap(items[k - 1], items[random.below(k)]);
}

struct Item {
    std::int64_t id = 0;
    std::string key;  ///< content digest, or the name of a missing file: the order that all workspaces share
    std::string name;
    std::string stratum;  ///< class name
    int split = 0;
};

Result<std::vector<Item>> readItems(const store::Workspace& workspace) {
    std::vector<Item> items;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        long long id = 0;
        std::string digest, name;
        soci::statement rows =
            (sql.prepare << "SELECT id, digest, name FROM image", soci::into(id), soci::into(digest), soci::into(name));
        for (rows.execute(); rows.fetch();) items.push_back({id, digest.empty() ? name : digest, name, {}, 0});
        return {};
    }));
    std::sort(items.begin(), items.end(),
              [](const Item& a, const Item& b) { return std::tie(a.key, a.name) < std::tie(b.key, b.name); });
    return items;
}

/// The image's class; of several the one that fewest images have, so that rare classes reach every split.
Result<> findStrata(const store::Workspace& workspace, std::vector<Item>& items) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    LATHE_TRY(const auto classes, workspace.classes());
    std::unordered_map<std::int64_t, std::pair<std::size_t, std::string>> known;
    for (const auto& row : classes) known[row.id.value] = {index->ranksWithClass(row.id).size(), row.name};
    const auto start = index->objectStart();
    for (auto& item : items) {
        const auto rank = index->rankOf(ImageId(item.id));
        if (rank < 0) continue;
        std::pair<std::size_t, std::string> rarest{SIZE_MAX, ""};
        for (std::size_t k = start[std::size_t(rank)]; k < start[std::size_t(rank) + 1]; ++k)
            rarest = std::min(rarest, known[index->objectClasses()[k]]);
        item.stratum = rarest.second;
    }
    return {};
}

std::string folderOf(const std::string& name) {
    const auto slash = name.rfind('/');
    return slash == std::string::npos ? std::string() : name.substr(0, slash);
}

/// Largest remainder; what rounding owes a split is carried to the next stratum, so that the totals come out too.
std::array<std::size_t, 3> countsOf(std::size_t n, const Shares& shares, Shares& owed) {
    std::array<std::size_t, 3> counts{};
    Shares wanted{};
    std::size_t given = 0;
    for (std::size_t k = 0; k < 3; ++k) {
        wanted[k] = std::max(0.0, double(n) * shares[k] + owed[k]);
        counts[k] = std::min(std::size_t(wanted[k] + 1e-9), n - given);
        given += counts[k];
    }
    for (; given < n; ++given) {
        std::size_t most = 0;
        for (std::size_t k = 1; k < 3; ++k)
            if (wanted[k] - double(counts[k]) > wanted[most] - double(counts[most]) + 1e-9) most = k;
        ++counts[most];
    }
    for (std::size_t k = 0; k < 3; ++k) owed[k] += double(n) * shares[k] - double(counts[k]);
    return counts;
}

void assignStrata(std::vector<Item>& items, const Shares& shares, Random& random) {
    std::map<std::string, std::vector<Item*>> strata;
    for (auto& item : items) strata[item.stratum].push_back(&item);
    Shares owed{};
    for (auto& [name, members] : strata) {
        shuffle(members, random);
        const auto counts = countsOf(members.size(), shares, owed);
        std::size_t at = 0;
        for (int split = 0; split < 3; ++split)
            for (std::size_t k = 0; k < counts[std::size_t(split)]; ++k) members[at++]->split = split;
    }
}

/// Whole groups go to the split that is furthest behind.
void assignGroups(std::vector<Item>& items, const Shares& shares, Random& random) {
    std::map<std::string, std::vector<Item*>> byFolder;
    for (auto& item : items) byFolder[folderOf(item.name)].push_back(&item);
    std::vector<std::vector<Item*>> groups;
    for (auto& [folder, members] : byFolder) groups.push_back(std::move(members));
    shuffle(groups, random);
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    Shares behind{};
    for (std::size_t k = 0; k < 3; ++k) behind[k] = shares[k] * double(items.size());
    for (auto& group : groups) {
        const auto split = std::size_t(std::max_element(behind.begin(), behind.end()) - behind.begin());
        behind[split] -= double(group.size());
        for (Item* item : group) item->split = int(split);
    }
}

Result<Shares> sharesOf(const SplitOptions& options) {
    const double sum = options.train + options.val + options.test;
    if (options.train < 0 || options.val < 0 || options.test < 0 || !(sum > 0))
        return fail(ErrorCode::InvalidArgument,
                    "shares of a split are numbers from 0 up, not all 0, as in --train 0.8 --val 0.1 --test 0.1");
    if (!options.group.empty() && options.group != "folder")
        return fail(ErrorCode::InvalidArgument, "groups can be kept together by folder", options.group);
    return Shares{options.train / sum, options.val / sum, options.test / sum};
}

Result<> writeSplits(store::Workspace& workspace, const std::vector<Item>& items) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        long long id = 0;
        std::string split;
        soci::statement update = (sql.prepare << "UPDATE image SET split = :s WHERE id = :i", soci::use(split), soci::use(id));
        for (const auto& item : items) {
            id = item.id, split = kNames[std::size_t(item.split)];
            update.execute(true);
        }
        store::touchImages(sql);
        return {};
    });
}

}  // namespace

Result<std::vector<std::pair<std::string, std::int64_t>>> assignSplits(store::Workspace& workspace, const SplitOptions& options) {
    LATHE_TRY(const Shares shares, sharesOf(options));
    LATHE_TRY(auto items, readItems(workspace));
    if (options.stratify && options.group.empty()) LATHE_CHECK(findStrata(workspace, items));
    Random random(options.seed);
    options.group.empty() ? assignStrata(items, shares, random) : assignGroups(items, shares, random);
    LATHE_CHECK(writeSplits(workspace, items));
    std::vector<std::pair<std::string, std::int64_t>> counts;
    for (int split = 0; split < 3; ++split)
        counts.emplace_back(kNames[std::size_t(split)],
                            std::count_if(items.begin(), items.end(), [&](const Item& i) { return i.split == split; }));
    return counts;
}

}  // namespace lathe::data
