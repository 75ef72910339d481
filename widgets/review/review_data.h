// What a reviewer needs to know of a model, read in one job.
#pragma once
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/models/registry.h"

namespace lathe::widgets::review {

/// A gate: a fact that must hold before a signature makes sense.
struct Gate {
    enum Kind { PackageWhole, ReportThere, SubmittedByOther, EveryClassKnown, Signed } kind;
    bool ok = false;
    QString detail;  ///< a figure or name, translated nowhere: numbers and user names
};

/// A wrong answer on a test image, for looking at.
struct Sample {
    store::ImageRow image;
    QString answer, truth;
    double confidence = 0;
};

struct ReviewData {
    models::ModelRow model;
    std::optional<runs::RunRow> run;
    Json report, spec;  ///< report.json and spec.json of the package
    QStringList labels;
    std::vector<models::AuditEntry> audit;  ///< of this digest, newest first
    std::vector<Gate> gates;
    std::vector<Sample> wrong;  ///< most confident first
    std::size_t files = 0;
    std::uint64_t bytes = 0;
};

/// Any thread. What is missing leaves its field empty; only an unreadable package is an error.
[[nodiscard]] Result<ReviewData> readReview(const store::Workspace& workspace, const models::ModelRow& model,
                                            const std::string& user);

}  // namespace lathe::widgets::review
