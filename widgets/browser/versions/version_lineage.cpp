#include "widgets/browser/versions/version_lineage.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "widgets/charts/run_watch.h"
#include "widgets/common/counts.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::versions {
namespace {

/// The context of these strings.
struct LineageWords {
    Q_DECLARE_TR_FUNCTIONS(LineageWords)
};

constexpr double kLineageCardWidth = 176, kLineageCardHeight = 46, kLineageCardGap = 12, kLineageColumnGap = 60, kLineageEdge = 24,
                 kLineageHeading = 28;

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

class LineageMaker {
public:
    explicit LineageMaker(const VersionFacts& facts) : m_facts(facts) {}

    Lineage make() {
        sources();
        versions();
        trained();
        packages();
        targets();
        layOut();
        return std::move(m);
    }

private:
    int add(LineageKind kind, const QString& id, const QString& title, const QString& under, const QStringList& tip) {
        LineageNode node;
        node.kind = kind, node.id = id, node.title = title, node.under = under;
        node.tip = (QStringList{title} + tip).join(u'\n');
        m.nodes.push_back(std::move(node));
        return int(m.nodes.size()) - 1;
    }
    void link(int from, int to) {
        if (from >= 0 && to >= 0) m.edges.push_back({from, to});
    }

    void sources() {
        for (auto at = m_facts.imports.rbegin(); at != m_facts.imports.rend(); ++at) {
            const QString path = plain(at->source);
            const QString came = at->images > 0 ? common::Counts::images(std::int64_t(at->images))
                                                : common::Counts::annotations(std::int64_t(at->annotations));
            const QString name = QFileInfo(path).fileName();
            m_imports.push_back(add(LineageKind::Source, QString::number(at->id), name.isEmpty() ? path : name,
                                    came + QStringLiteral(", ") + plain(at->format),
                                    {path, common::dateTimeText(at->at), plain(at->author)}));
        }
    }

    void versions() {
        for (const auto& row : m_facts.rows) {
            const QString images = common::Counts::images(std::int64_t(row.images));
            const int node = add(LineageKind::Version, QString::number(row.id.value), plain(row.name),
                                 images + QStringLiteral(", ") + common::timeAgo(row.at), {versionText(row), plain(row.note)});
            m.nodes[std::size_t(node)].here = row.id == m_facts.head;
        }
        for (const auto& row : m_facts.rows)
            for (const SnapshotId parent : {row.parent, row.merged}) link(versionNode(parent), versionNode(row.id));
        for (std::size_t k = 0; k < m_imports.size(); ++k)
            link(m_imports[k], firstAfter(m_facts.imports[m_facts.imports.size() - 1 - k].at));
    }

    [[nodiscard]] int versionNode(SnapshotId id) const {
        return id.valid() ? m.find(LineageKind::Version, QString::number(id.value)) : -1;
    }
    /// Rows are newest first.
    [[nodiscard]] int firstAfter(double at) const {
        SnapshotId first;
        for (const auto& row : m_facts.rows)
            if (row.at >= at) first = row.id;
        return versionNode(first);
    }

    void trained() {
        std::set<std::string> placed;
        const auto place = [&](const runs::RunRow& run, int version) {
            if (!placed.insert(run.id.value).second) return link(version, m.find(LineageKind::Run, plain(run.id.value)));
            link(version, add(LineageKind::Run, plain(run.id.value), nameOf(run), figureOf(run),
                              {plain(run.model), charts::lookOf(run.state).word, plain(run.message)}));
        };
        for (const auto& row : m_facts.rows)
            for (const runs::RunRow* run : m_facts.runsOn(row)) place(*run, versionNode(row.id));
        for (const auto& run : m_facts.runs)
            if (!placed.contains(run.id.value)) place(run, -1);
    }

    void packages() {
        std::multimap<QString, const models::ModelRow*> byRun;
        for (const auto& model : m_facts.models) byRun.emplace(plain(model.run), &model);
        const int made = int(m.nodes.size());
        for (int k = 0; k < made; ++k) {
            if (m.nodes[std::size_t(k)].kind != LineageKind::Run) continue;
            const auto [first, last] = byRun.equal_range(m.nodes[std::size_t(k)].id);
            for (auto at = first; at != last; ++at) link(k, addModel(*at->second));
            byRun.erase(first, last);
        }
        for (const auto& [run, model] : byRun) addModel(*model);
    }
    int addModel(const models::ModelRow& model) {
        return add(LineageKind::Model, plain(model.id.value), QStringLiteral("%1:%2").arg(plain(model.name)).arg(model.version),
                   modelStateText(model.state), {plain(model.digest)});
    }

    void targets() {
        std::set<std::pair<int, int>> linked;
        for (const auto& push : m_facts.pushes) {
            if (push.state == "failed") continue;
            const auto model = std::ranges::find(m_facts.models, push.digest, &models::ModelRow::digest);
            if (model == m_facts.models.end()) continue;
            int node = m.find(LineageKind::Target, plain(push.target));
            if (node < 0)
                node = add(LineageKind::Target, plain(push.target), plain(push.target),
                           LineageWords::tr("pushed %1").arg(common::timeAgo(push.at)), {});
            const int from = m.find(LineageKind::Model, plain(model->id.value));
            if (linked.insert({from, node}).second) link(from, node);
        }
    }

    /// Kinds that there are stand side by side.
    void layOut() {
        std::array<int, kLineageKinds> count{}, column{};
        for (const LineageNode& node : m.nodes) ++count[std::size_t(node.kind)];
        int columns = 0;
        for (std::size_t kind = 0; kind < count.size(); ++kind)
            if (count[kind] > 0) column[kind] = columns++;
        std::array<int, kLineageKinds> row{};
        for (LineageNode& node : m.nodes) {
            const auto kind = std::size_t(node.kind);
            node.box = QRectF(kLineageEdge + column[kind] * (kLineageCardWidth + kLineageColumnGap),
                              kLineageEdge + kLineageHeading + row[kind]++ * (kLineageCardHeight + kLineageCardGap),
                              kLineageCardWidth, kLineageCardHeight);
        }
        m.size =
            QSizeF(2 * kLineageEdge + columns * (kLineageCardWidth + kLineageColumnGap) - kLineageColumnGap,
                   2 * kLineageEdge + kLineageHeading + *std::ranges::max_element(count) * (kLineageCardHeight + kLineageCardGap));
    }

    const VersionFacts& m_facts;
    Lineage m;
    std::vector<int> m_imports;  ///< nodes, newest first
};

void spread(const std::vector<LineageEdge>& edges, int node, bool down, std::vector<bool>& lit) {
    std::vector<int> open{node};
    std::set<int> seen{node};
    while (!open.empty()) {
        const int next = open.back();
        open.pop_back();
        lit[std::size_t(next)] = true;
        for (const LineageEdge& edge : edges)
            if ((down ? edge.from : edge.to) == next && seen.insert(down ? edge.to : edge.from).second)
                open.push_back(down ? edge.to : edge.from);
    }
}

}  // namespace

int Lineage::find(LineageKind kind, const QString& id) const {
    const auto at = std::ranges::find_if(nodes, [&](const auto& node) { return node.kind == kind && node.id == id; });
    return at == nodes.end() ? -1 : int(at - nodes.begin());
}

std::vector<bool> Lineage::related(int node) const {
    std::vector<bool> lit(nodes.size());
    if (node < 0) return {};
    spread(edges, node, true, lit);
    spread(edges, node, false, lit);
    return lit;
}

Lineage lineageOf(const VersionFacts& facts) {
    return LineageMaker(facts).make();
}

QString lineageTitle(LineageKind kind) {
    switch (kind) {
        case LineageKind::Source: return LineageWords::tr("Sources");
        case LineageKind::Version: return LineageWords::tr("Versions");
        case LineageKind::Run: return LineageWords::tr("Runs");
        case LineageKind::Model: return LineageWords::tr("Models");
        case LineageKind::Target: return LineageWords::tr("Targets");
    }
    return {};
}

}  // namespace lathe::widgets::browser::versions
