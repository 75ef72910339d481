// Run folders for tests: small real pictures on disk, a manifest, a spec.
#pragma once
#include <fmt/format.h>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/runs/event_log.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_spec.h"

namespace testrun {

namespace fs = std::filesystem;
using lathe::Json;

struct Line {
    std::string path, split;
    int label;
};

inline void writeManifest(const fs::path& folder, const std::vector<std::string>& classes, const std::vector<Line>& lines) {
    std::ofstream out(folder / "data.jsonl");
    out << Json{{"format", "lathe-manifest"}, {"version", 1}, {"task", "classify"}, {"snapshot", "s"}, {"digest", "d"},
                {"classes", classes}}
               .dump()
        << '\n';
    for (std::size_t i = 0; i < lines.size(); ++i)
        out << Json{{"image", i + 1},
                    {"digest", fmt::format("{:064x}", i + 1)},
                    {"path", lines[i].path},
                    {"split", lines[i].split},
                    {"label", lines[i].label}}
                   .dump()
            << '\n';
}

/// Discs, squares and bars on noise: three classes of grey 24 x 20 pictures.
inline std::vector<Line> drawShapes(const fs::path& folder, int count, int label = -1) {
    fs::create_directories(folder);
    std::mt19937 random(5);
    std::vector<Line> lines;
    for (int i = 0; i < count; ++i) {
        cv::Mat picture(20, 24, CV_8U);
        for (int y = 0; y < picture.rows; ++y)
            for (int x = 0; x < picture.cols; ++x) picture.at<std::uint8_t>(y, x) = std::uint8_t(random() % 60);
        const int kind = label >= 0 ? label : i % 3;
        const cv::Point at(8 + int(random() % 8), 7 + int(random() % 6));
        if (kind == 0) cv::circle(picture, at, 4, 220, -1);
        if (kind == 1) cv::rectangle(picture, at - cv::Point(4, 4), at + cv::Point(4, 4), 220, 1);
        if (kind == 2) cv::line(picture, at - cv::Point(6, 0), at + cv::Point(6, 0), 220, 2);
        const std::string file = (folder / fmt::format("{:04}.png", i)).string();
        cv::imwrite(file, picture);
        const int fifth = i / 3 % 5;
        lines.push_back({file, fifth == 3 ? "val" : fifth == 4 ? "test" : "train", kind});
    }
    return lines;
}

inline void writeSpec(const fs::path& folder, const Json& overrides) {
    lathe::runs::RunSpec spec;
    Json json = lathe::runs::toJson(spec);
    json.merge_patch(overrides);
    std::ofstream(folder / "spec.json") << json.dump(2);
}

struct Ran {
    int status = -1;
    QString errors;
    double seconds = 0;
};

inline QString engineProgram() {
    return qEnvironmentVariable("LATHE_ENGINE", LATHE_BINARY_DIR "/bin/lathe-engine");
}

inline Ran runEngine(const fs::path& folder, bool resume = false, int timeout = 300000) {
    QProcess process;
    QStringList words = {"run", QString::fromStdString(folder.string())};
    if (resume) words << "--resume";
    process.start(engineProgram(), words);
    Ran ran;
    if (!process.waitForFinished(timeout)) process.kill();
    ran.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.errors = QString::fromUtf8(process.readAllStandardError());
    return ran;
}

struct Log {
    std::map<std::string, std::vector<lathe::runs::MetricPoint>> series;
    std::vector<Json> events;
    [[nodiscard]] std::vector<Json> of(const std::string& kind) const {
        std::vector<Json> found;
        for (const Json& event : events)
            if (event.value("kind", "") == kind) found.push_back(event);
        return found;
    }
    [[nodiscard]] bool says(const std::string& words) const {
        for (const Json& event : of("message"))
            if (event.value("text", "").find(words) != std::string::npos) return true;
        return false;
    }
    [[nodiscard]] std::string lastState() const { return of("state").empty() ? "" : of("state").back().value("state", ""); }
};

inline Log readLog(const fs::path& folder) {
    Log log;
    lathe::runs::EventReader reader(folder / "events.log");
    (void)reader.poll(
        [&](std::string_view name, const std::vector<lathe::runs::MetricPoint>& points) {
            auto& series = log.series[std::string(name)];
            series.insert(series.end(), points.begin(), points.end());
        },
        [&](const Json& event) { log.events.push_back(event); });
    return log;
}

inline Json readJsonFile(const fs::path& file) {
    auto json = lathe::base::readJson(file);
    return json ? *json : Json();
}

/// The report without what depends on the clock.
inline Json numbersOf(const fs::path& folder) {
    Json report = readJsonFile(folder / "report.json");
    report.erase("seconds");
    if (report.contains("metrics")) report["metrics"].erase("images_per_second");
    return report;
}

/// Steps and values of a series; the times differ from run to run.
inline std::vector<std::pair<std::int64_t, double>> valuesOf(const Log& log, const std::string& name) {
    std::vector<std::pair<std::int64_t, double>> values;
    if (const auto found = log.series.find(name); found != log.series.end())
        for (const auto& point : found->second) values.emplace_back(point.step, point.value);
    return values;
}

/// Starts the engine and hands it back once its log holds `count` values of the series.
inline std::unique_ptr<QProcess> startUntil(const fs::path& folder, const std::string& series, std::size_t count,
                                            bool resume = false) {
    auto process = std::make_unique<QProcess>();
    QStringList words = {"run", QString::fromStdString(folder.string())};
    if (resume) words << "--resume";
    process->start(engineProgram(), words);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 120000 && process->state() != QProcess::NotRunning) {
        process->waitForFinished(20);
        if (valuesOf(readLog(folder), series).size() >= count) break;
    }
    return process;
}

/// Reports, predictions and curves, but for what the clock says.
inline bool equalRuns(const fs::path& a, const fs::path& b, const std::string& metric = "accuracy") {
    if (numbersOf(a) != numbersOf(b) || numbersOf(a).is_null()) return false;
    const Log one = readLog(a), two = readLog(b);
    for (const std::string& series : {std::string("train/loss"), std::string("val/loss"), "val/" + metric, std::string("lr")})
        if (valuesOf(one, series) != valuesOf(two, series) || valuesOf(one, series).empty()) return false;
    return readJsonFile(a / "predictions.json") == readJsonFile(b / "predictions.json");
}

}  // namespace testrun
