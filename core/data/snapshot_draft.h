// The images in the making of a snapshot. For core/data alone.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include "core/data/snapshot.h"
#include "core/store/sql.h"

namespace lathe::data {

/// A line of content for each image (its digest, its annotations' digest, its split: what two workspaces share), end to end.
class ContentLines {
public:
    void reserve(std::size_t lines);
    void add(std::string_view image, std::string_view annotations, std::string_view split);
    void add(const ContentLines& more);
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t k) const {
        const std::size_t from = k == 0 ? 0 : m_ends[k - 1];
        return std::string_view(m_text).substr(from, m_ends[k] - from);
    }

private:
    std::string m_text;
    std::vector<std::size_t> m_ends;
};

struct SnapshotDraft {
    std::vector<SnapshotItem> items;  ///< by image id
    ContentLines content;             ///< of the items
    std::map<std::string, std::int64_t> splits;
    std::int64_t annotations = 0;
};
/// All images, or those of `only`, which ascends. Reads on all cores over connections of its own: call it inside Workspace::write
/// before anything is written, so that they all see the same state.
[[nodiscard]] Result<SnapshotDraft> readDraft(const store::Workspace& workspace, const std::optional<std::vector<ImageId>>& only);
/// The digest of the lines in their own order; class ids inside documents mean nothing without the classes, so these are in it too.
[[nodiscard]] std::string portableDigest(const ContentLines& content, const Json& classes);
/// Returns the blocks' digests joined; blocks that the store has already are not written again.
[[nodiscard]] std::string storeBlocks(soci::session& sql, const SnapshotDraft& draft);

}  // namespace lathe::data
