// One validation image of a run with its label and what the model says of it, read and drawn on a worker's thread.
#pragma once
#include <QColor>
#include <QHash>
#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "core/runs/validation.h"
#include "core/store/workspace.h"

class QPainter;

namespace lathe::widgets::train {

/// What stays for the whole run.
struct ValidationStill {
    runs::ValidationTruth truth;
    QImage picture;  ///< RGB32, small enough for a screen; null: it can't be read any more
    QString name;    ///< of its file
};
struct ValidationItem {
    std::shared_ptr<const ValidationStill> still;
    std::optional<runs::ValidationSaid> said;
    double threshold = 0.5;  ///< of boxes
};
/// A run's classes and their colours.
struct ValidationClasses {
    QString task;
    QStringList names;
    std::vector<QColor> colours;  ///< of a background class an invalid one
    [[nodiscard]] QString name(int category) const { return names.value(category, QStringLiteral("?")); }
    [[nodiscard]] QColor colour(int category) const;
};
/// A class's own colour where the workspace has the class; else that of its number.
[[nodiscard]] ValidationClasses validationClasses(const std::string& task, const std::vector<std::string>& names,
                                                  const QHash<QString, QColor>& own);

/// The set's pictures from the workspace's media; those of a run from elsewhere from the paths that it was trained on. Worker.
[[nodiscard]] std::vector<std::shared_ptr<const ValidationStill>> readStills(const store::Workspace& workspace,
                                                                             const runs::ValidationSet& set, std::stop_token stop);

enum class ValidationLayer { Picture, Said, Truth, Wrong };
/// Picture and layer into `place`, which has the picture's shape. `named`: boxes with class and confidence. Any thread.
void paintValidation(QPainter& painter, const QRectF& place, const ValidationItem& item, ValidationLayer layer,
                     const ValidationClasses& classes, double opacity, bool named);
/// "7, 98 %"; "3 of 4 found, 1 too many"; "mean IoU 0.62". Of one that nothing is said of: its label.
[[nodiscard]] QString validationWords(const ValidationItem& item, const ValidationClasses& classes);

}  // namespace lathe::widgets::train
