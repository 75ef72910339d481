// All that a pair of runs has to tell, put together off the GUI thread from what core/runs answers.
#pragma once
#include <QString>
#include <QStringList>
#include <stop_token>

#include "core/runs/runs.h"
#include "core/store/workspace.h"

namespace lathe::widgets::compare {

/// One image that the two runs judge differently.
struct Case {
    store::ImageRow image;
    int label = -1, a = -1, b = -1;
    float confidenceA = 0, confidenceB = 0;
    /// Of a task without one class for the picture: what was said of it ("9 of 12, 2 false"), and whether that counts as right.
    QString wordsA{}, wordsB{};
    bool rightA = false, rightB = false;
};
struct ClassTally {
    int images = 0, fixed = 0, broken = 0;
};
struct PairReport {
    runs::PairVerdict verdict;
    std::string metric;
    QStringList classes;
    std::vector<ClassTally> byClass;
    std::vector<std::vector<double>> confusionA, confusionB;
    std::vector<Case> fixed, broken;  ///< surest first
    int images = 0;                   ///< common test images
    bool sameSnapshot = false;
};
/// What a detector or segmenter said of an image, in words; empty for a classifier. `found` and so on as runs::SampleOutcome's.
[[nodiscard]] QString outcomeText(std::int64_t found, std::int64_t missed, std::int64_t falsely,
                                  const std::vector<std::int64_t>& intersection, const std::vector<std::int64_t>& together);
/// Any thread, some 100 ms.
[[nodiscard]] Result<PairReport> readPair(const store::Workspace& workspace, const runs::RunRow& a, const runs::RunRow& b,
                                          const std::string& metric);

}  // namespace lathe::widgets::compare
