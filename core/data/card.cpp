#include "core/data/card.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "core/base/time.h"
#include "core/data/card_facts.h"
#include "core/data/versions.h"

namespace lathe::data {
namespace {

std::int64_t sumOver(const PerSplit& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t(0));
}

/// Text that can't break out of a table's cell or a list's line.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '\\' || c == '`' || c == '<') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

std::string dayOf(double at) {
    return base::isoTime(at).substr(0, 10);
}

std::string percent(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? "0 %" : fmt::format("{:.1f} %", 100.0 * double(part) / double(whole));
}

std::string splitTitle(std::size_t split) {
    return kCardSplits[split].empty() ? "no split" : std::string(kCardSplits[split]);
}

/// Splits that have images.
std::vector<std::size_t> usedSplits(const CardFacts& facts) {
    std::vector<std::size_t> used;
    for (std::size_t s = 0; s < kCardSplits.size(); ++s)
        if (facts.images[s] > 0) used.push_back(s);
    return used;
}

std::string head(const SnapshotRow& snapshot) {
    std::string text = fmt::format("# Data card: {}\n\n", cell(snapshot.name));
    if (!snapshot.note.empty()) text += cell(snapshot.note) + "\n\n";
    text += fmt::format("- version: {} (`{}`)\n- taken: {} by {}\n", cell(snapshot.name), snapshot.digest,
                        base::isoTime(snapshot.at), cell(snapshot.author));
    if (!snapshot.branch.empty()) text += fmt::format("- branch: {}\n", cell(snapshot.branch));
    if (!snapshot.tags.empty()) text += fmt::format("- tags: {}\n", cell(fmt::format("{}", fmt::join(snapshot.tags, ", "))));
    if (snapshot.frozenTest) text += "- its test images are frozen\n";
    return text;
}

std::string spread(const char* what, const std::vector<int>& sorted) {
    if (sorted.empty()) return {};
    return fmt::format("| {} in px, min / median / max | {} / {} / {} |\n", what, sorted.front(), sorted[sorted.size() / 2],
                       sorted.back());
}

std::string figures(const CardFacts& facts) {
    const std::int64_t images = sumOver(facts.images);
    std::string text = "\n## Figures\n\n| | |\n|---|---|\n";
    text += fmt::format("| images | {} |\n| labelled | {} ({}) |\n| annotations | {} |\n", images, facts.labelled,
                        percent(facts.labelled, images), facts.objects);
    for (std::size_t k = 0; k < facts.byKind.size(); ++k)
        if (facts.byKind[k] > 0) text += fmt::format("| of kind {} | {} |\n", annot::kKindNames[k], facts.byKind[k]);
    return text + spread("width", facts.widths) + spread("height", facts.heights);
}

std::string splitTable(const CardFacts& facts) {
    std::string text = "\n## Splits\n\n| split | images | share |\n|---|---|---|\n";
    for (const std::size_t s : usedSplits(facts))
        text += fmt::format("| {} | {} | {} |\n", splitTitle(s), facts.images[s], percent(facts.images[s], sumOver(facts.images)));
    return text;
}

std::string classSection(const CardFacts& facts) {
    const auto used = usedSplits(facts);
    std::string text = "\n## Classes\n\nImages (annotations) in each split.\n\n| class | all |", line = "|---|---|";
    for (const std::size_t s : used) text += fmt::format(" {} |", splitTitle(s)), line += "---|";
    text += "\n" + line + "\n";
    for (const auto& [id, c] : facts.classes) {
        text += fmt::format("| {} | {} ({}) |", cell(c.name), sumOver(c.images), sumOver(c.objects));
        for (const std::size_t s : used) text += fmt::format(" {} ({}) |", c.images[s], c.objects[s]);
        text += "\n";
    }
    return text;
}

std::string sources(const CardFacts& facts) {
    std::string text = "\n## Sources\n\n";
    if (facts.imports.empty()) return text + "No import is recorded.\n";
    text += "| imported | from | format | by | images | annotations |\n|---|---|---|---|---|---|\n";
    for (const auto& one : facts.imports)
        text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", dayOf(one.at), cell(one.source), one.format, cell(one.author),
                            one.images, one.annotations);
    return text;
}

std::string licences(const CardFacts& facts) {
    std::string text = "\n## Licences\n\n";
    bool any = false;
    for (const auto& one : facts.imports)
        for (const auto& licence : licencesIn(one.extra))
            text += fmt::format("- {} (named by {})\n", cell(licence), cell(one.source)), any = true;
    return any ? text : text + "The imported files name none; ask whoever made them before the data leaves the house.\n";
}

std::string authors(const CardFacts& facts) {
    std::string text = "\n## Authors\n\n";
    for (const auto& [name, count] : facts.authors)
        text += fmt::format("- {}: {} annotations\n", name.empty() ? "imported" : cell(name), count);
    if (facts.fromModel > 0) text += fmt::format("- {} annotations began as suggestions of a model\n", facts.fromModel);
    return facts.authors.empty() ? text + "Nobody has labelled anything yet.\n" : text;
}

/// Classes that lack in a split, and those that lack altogether.
void classGaps(const CardFacts& facts, std::vector<std::string>& gaps) {
    for (const auto& [id, c] : facts.classes) {
        const std::int64_t images = sumOver(c.images);
        if (images == 0) {
            gaps.push_back(fmt::format("class {} has no annotations", cell(c.name)));
            continue;
        }
        std::vector<std::string> without;
        for (const std::size_t s : usedSplits(facts))
            if (c.images[s] == 0 && !kCardSplits[s].empty()) without.push_back(splitTitle(s));
        if (!without.empty())
            gaps.push_back(fmt::format("class {} ({} images) is missing in {}", cell(c.name), images, fmt::join(without, ", ")));
    }
}

std::vector<std::string> gapsOf(const CardFacts& facts) {
    std::vector<std::string> gaps;
    const std::int64_t images = sumOver(facts.images), unlabelled = images - facts.labelled;
    if (unlabelled > 0) gaps.push_back(fmt::format("{} images are not labelled ({})", unlabelled, percent(unlabelled, images)));
    if (facts.images.back() > 0) gaps.push_back(fmt::format("{} images are in no split", facts.images.back()));
    for (std::size_t s = 0; s + 1 < kCardSplits.size(); ++s)
        if (facts.images[s] == 0) gaps.push_back(fmt::format("there are no {} images", kCardSplits[s]));
    if (facts.missing > 0) gaps.push_back(fmt::format("the files of {} images are missing", facts.missing));
    classGaps(facts, gaps);
    for (const auto& [code, count] : facts.importProblems)
        gaps.push_back(fmt::format("{} items were reported by imports as {}", count, code));
    return gaps;
}

std::string knownGaps(const CardFacts& facts) {
    std::string text = "\n## Known gaps\n\n";
    const auto gaps = gapsOf(facts);
    for (const auto& gap : gaps) text += fmt::format("- {}\n", gap);
    return gaps.empty() ? text + "None was found.\n" : text;
}

std::string metricsText(const CardRun& run) {
    std::string text;
    for (const auto& [name, value] : run.metrics) text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", name, value);
    return text;
}

std::string madeOfIt(std::span<const CardRun> runs) {
    if (runs.empty()) return "\nNo run has been trained on it.\n";
    std::string text = "\n| run | task | model | state | metrics | packages |\n|---|---|---|---|---|---|\n";
    for (const auto& run : runs)
        text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", cell(run.name), run.task, cell(run.model), run.state,
                            metricsText(run), cell(fmt::format("{}", fmt::join(run.packages, ", "))));
    return text;
}

/// A label inside a Mermaid node.
std::string node(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '"' ? std::string("#quot;") : std::string(1, c == '\n' || c == '\r' ? ' ' : c);
    return out;
}

/// Imports -> versions -> runs -> packages.
std::string picture(const CardFacts& facts, const std::vector<SnapshotRow>& versions, std::span<const CardRun> runs) {
    std::string text = "\n```mermaid\nflowchart LR\n";
    const SnapshotRow &first = versions.back(), &last = versions.front();
    for (std::size_t k = 0; k < facts.imports.size(); ++k) {
        // The version that was taken first after the import is the one that it came into.
        const SnapshotRow* into = &last;
        for (const auto& row : versions)
            if (row.at >= facts.imports[k].at && row.at <= into->at) into = &row;
        text += fmt::format("  i{}[(\"{}\")] --> v{}\n", k, node(facts.imports[k].source), into->id.value);
    }
    for (const auto& row : versions) {
        text += fmt::format("  v{}[\"{}\"]\n", row.id.value, node(row.name));
        for (const SnapshotId parent : {row.parent, row.merged})
            if (parent.valid() && parent >= first.id) text += fmt::format("  v{} --> v{}\n", parent.value, row.id.value);
    }
    for (std::size_t k = 0; k < runs.size(); ++k) {
        text += fmt::format("  v{} --> r{}([\"{}\"])\n", last.id.value, k, node(runs[k].name));
        for (std::size_t p = 0; p < runs[k].packages.size(); ++p)
            text += fmt::format("  r{0} --> p{0}x{1}{{{{\"{2}\"}}}}\n", k, p, node(runs[k].packages[p]));
    }
    return text + "```\n";
}

}  // namespace

Result<std::string> dataCard(const store::Workspace& workspace, SnapshotId id, std::span<const CardRun> runs, std::stop_token stop,
                             const Progress& progress) {
    LATHE_TRY(const auto snapshot, findSnapshot(workspace, id));
    LATHE_TRY(const auto all, snapshots(workspace));
    LATHE_TRY(const auto facts, cardFacts(workspace, snapshot, std::move(stop), progress));
    return head(snapshot) + figures(facts) + splitTable(facts) + classSection(facts) + sources(facts) + licences(facts) +
           authors(facts) + knownGaps(facts) + "\n## Lineage\n" + picture(facts, lineage(all, id), runs) + madeOfIt(runs);
}

}  // namespace lathe::data
