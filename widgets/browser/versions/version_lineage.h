// From where the images came to where the models are: sources, versions, runs, models, targets, with what was made of what.
#pragma once
#include <QRectF>
#include <QString>

#include "widgets/browser/versions/version_facts.h"

class QPainter;

namespace lathe::widgets::browser::versions {

enum class LineageKind { Source, Version, Run, Model, Target };
inline constexpr int kLineageKinds = 5;

struct LineageNode {
    LineageKind kind = LineageKind::Source;
    QString id;  ///< of the snapshot, run, model; the target's name
    QString title, under;
    QString tip;        ///< the whole of it
    bool here = false;  ///< the present descends from it
    QRectF box;         ///< in the picture, pixels
};
struct LineageEdge {
    int from = 0, to = 0;  ///< nodes
};
struct Lineage {
    std::vector<LineageNode> nodes;  ///< by kind, newest first
    std::vector<LineageEdge> edges;
    QSizeF size;

    [[nodiscard]] int find(LineageKind kind, const QString& id) const;  ///< -1: none
    /// All from which the node was made, all that was made of it, and itself.
    [[nodiscard]] std::vector<bool> related(int node) const;
};
/// An import leads to the first version that was taken after it. Laid out in columns.
[[nodiscard]] Lineage lineageOf(const VersionFacts& facts);
/// "Sources", "Versions" …
[[nodiscard]] QString lineageTitle(LineageKind kind);
/// The nodes within `part`, in the colours of the theme. `lit`: these are told apart from the rest; empty: all alike. `current`:
/// has the ring; -1: none.
void paintLineage(QPainter& painter, const Lineage& lineage, const QRectF& part, const std::vector<bool>& lit, int current,
                  bool focus);

}  // namespace lathe::widgets::browser::versions
