#include "widgets/browser/explore/explore_words.h"

#include "widgets/charts/chart.h"
#include "widgets/common/counts.h"
#include "widgets/common/parts.h"
#include "widgets/common/split_words.h"

namespace lathe::widgets::browser::explore {
namespace {

/// The context of these strings.
struct Explore {
    Q_DECLARE_TR_FUNCTIONS(Explore)
};

QString figure(std::int64_t value) {
    return common::number(double(value));
}

/// "…" stands for all sizes that aren't listed.
QString labelText(const data::Bin& bin) {
    return bin.label == "…" ? Explore::tr("Other sizes") : QString::fromStdString(bin.label);
}

}  // namespace

QString countText(const data::Count& count, bool objects) {
    const QString images = common::Counts::images(std::int64_t(count.images));
    return objects
               ? Explore::tr("%1 in %2", "12 objects in 3 images").arg(common::Counts::objects(std::int64_t(count.objects)), images)
               : images;
}

double splitShare(const data::Exploration& x, const data::Bin& bin, std::size_t split, bool objects) {
    const data::Count &part = bin.bySplit[split], &whole = x.splitCounts[split];
    const auto all = objects ? whole.objects : whole.images;
    return all > 0 ? double(objects ? part.objects : part.images) / double(all) : 0;
}

QString binText(const data::Exploration& x, const data::Bin& bin, bool objects, SplitView view) {
    if (view == SplitView::All) return Explore::tr("%1: %2", "bar: count").arg(labelText(bin), countText(bin.all(), objects));
    QStringList parts;
    for (std::size_t split = 0; split < x.splits.size(); ++split) {
        const data::Count& count = bin.bySplit[split];
        parts << Explore::tr("%1 %2 (%3)", "split, count, share of the split")
                     .arg(common::splitText(x.splits[split]), figure(objects ? count.objects : count.images),
                          charts::percentText(splitShare(x, bin, split, objects)));
    }
    return Explore::tr("%1: %2", "bar: count").arg(labelText(bin), parts.join(QStringLiteral(", ")));
}

QString findingText(const data::Exploration& x, const data::Finding& finding) {
    using Kind = data::Finding::Kind;
    const QString name = QString::fromStdString(x.classes[finding.classIndex].row.name);
    const QString split = finding.split < 0 ? QString() : common::splitText(x.splits[std::size_t(finding.split)]);
    switch (finding.kind) {
        case Kind::Unused: return Explore::tr("%1: no object anywhere").arg(name);
        case Kind::Missing: return Explore::tr("%1: none in %2", "class, split").arg(name, split);
        case Kind::Few:
            return Explore::tr("%1: only %2 in %3", "class, images, split").arg(name, countText(finding.count, false), split);
        case Kind::Rare: return Explore::tr("%1: rare, %2").arg(name, countText(finding.count, true));
    }
    return {};
}

QString findingCounts(const data::Exploration& x, const data::Finding& finding) {
    const data::Bin& bin = x.classes[finding.classIndex].bin;
    QStringList parts;
    for (std::size_t split = 0; split < x.splits.size(); ++split)
        parts << common::splitText(x.splits[split]) + u' ' + figure(bin.bySplit[split].images);
    return parts.join(QStringLiteral(", "));
}

QString summaryText(const data::Exploration& x) {
    return QStringList{common::Counts::images(std::int64_t(x.images)), Explore::tr("%Ln labelled", nullptr, int(x.labelled)),
                       common::Counts::objects(std::int64_t(x.objects)), common::Counts::classes(std::int64_t(x.classes.size()))}
        .join(QStringLiteral(", "));
}

}  // namespace lathe::widgets::browser::explore
