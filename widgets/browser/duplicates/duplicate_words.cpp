#include "widgets/browser/duplicates/duplicate_words.h"

#include <algorithm>
#include <thread>

#include "widgets/common/counts.h"
#include "widgets/common/parts.h"
#include "widgets/common/split_words.h"

namespace lathe::widgets::browser::duplicates {
namespace {

/// The context of these strings.
struct DuplicateWords {
    Q_DECLARE_TR_FUNCTIONS(DuplicateWords)
};

/// Images that a core decodes a second, of 0.3 megapixels (bccd: 640 x 480 JPEG).
constexpr double kDecodedPerCore = 300;

QString leakText(const DuplicateSets& sets, std::size_t set, tiles::ImagePages& pages) {
    const std::size_t row = sets.firstRow(DuplicateKind::Leaks, set);
    const tiles::Tile *a = pages.at(row), *b = pages.at(row + 1);
    if (!a || !b) return {};
    return DuplicateWords::tr("%1 and %2", "two splits").arg(common::splitText(a->image.split), common::splitText(b->image.split));
}

}  // namespace

QString foundText(const data::Duplicates& found) {
    std::int64_t images = 0;
    for (const auto& group : found.groups) images += std::int64_t(group.size());
    QStringList parts{DuplicateWords::tr("%Ln group(s)", nullptr, int(found.groups.size())),
                      common::Counts::images(std::int64_t(images)),
                      DuplicateWords::tr("%Ln leak(s) between splits", nullptr, int(found.leaksFound))};
    if (found.excluded > 0) parts << DuplicateWords::tr("%Ln excluded", nullptr, int(found.excluded));
    return parts.join(QStringLiteral(", "));
}

QString thresholdText(int bits) {
    if (bits == 0) return DuplicateWords::tr("resized and recompressed copies, most of them");
    if (bits <= 3) return DuplicateWords::tr("resized and recompressed copies");
    if (bits <= 7) return DuplicateWords::tr("also brighter, grey and slightly cut ones");
    if (bits <= 12) return DuplicateWords::tr("also cut by a tenth; neighbouring frames");
    return DuplicateWords::tr("look-alikes too: judge each group");
}

QString setTitle(DuplicateKind kind, std::size_t set) {
    const QString number = common::number(double(set + 1));
    switch (kind) {
        case DuplicateKind::Groups: return DuplicateWords::tr("Group %1").arg(number);
        case DuplicateKind::Exact: return DuplicateWords::tr("Exact copies %1").arg(number);
        case DuplicateKind::Leaks: break;
    }
    return DuplicateWords::tr("Leak %1").arg(number);
}

QString setText(const DuplicateSets& sets, DuplicateKind kind, std::size_t set, tiles::ImagePages& pages) {
    if (kind == DuplicateKind::Leaks) return leakText(sets, set, pages);
    const std::size_t first = sets.firstRow(kind, set), images = sets.images(kind, set).size();
    int kept = 0, excluded = 0;
    for (std::size_t row = first; row < first + images; ++row) {
        kept += sets.fate(kind, row) == data::Fate::Kept;
        excluded += sets.fate(kind, row) == data::Fate::Excluded;
    }
    QStringList parts{common::Counts::images(std::int64_t(images)), DuplicateWords::tr("keeps %Ln", nullptr, kept),
                      DuplicateWords::tr("excludes %Ln", nullptr, excluded)};
    if (sets.leaks(kind, set)) parts << DuplicateWords::tr("in more than one split");
    return parts.join(QStringLiteral(", "));
}

QString likenessText(const DuplicateSets& sets, DuplicateKind kind, std::size_t row) {
    if (row == sets.firstRow(kind, sets.setOfRow(kind, row))) return DuplicateWords::tr("the first");
    const int same = sets.sameAs(kind, row), bits = sets.distance(kind, row);
    if (same == 0) return DuplicateWords::tr("exact copy");
    if (same > 0) return DuplicateWords::tr("exact copy of %1, %n bit(s)", nullptr, bits).arg(same + 1);
    return DuplicateWords::tr("near, %n bit(s) from the first", nullptr, bits);
}

QString fateText(data::Fate fate) {
    switch (fate) {
        case data::Fate::Kept: return DuplicateWords::tr("Keep");
        case data::Fate::Excluded: return DuplicateWords::tr("Exclude");
        case data::Fate::Left: break;
    }
    return DuplicateWords::tr("Leave as it is");
}

QString tileText(const tiles::Tile& tile) {
    const QString labels = DuplicateWords::tr("%Ln label(s)", nullptr, int(tile.marks.size() + tile.imageClasses.size()));
    return QStringLiteral("%1 × %2 · %3 · %4")
        .arg(tile.image.width)
        .arg(tile.image.height)
        .arg(common::splitText(tile.image.split), labels);
}

QString workText(std::int64_t images, double perSecond) {
    const double known = perSecond > 0 ? perSecond : kDecodedPerCore * std::max(1U, std::thread::hardware_concurrency());
    return DuplicateWords::tr("about %1").arg(common::duration(double(images) / known));
}

}  // namespace lathe::widgets::browser::duplicates
