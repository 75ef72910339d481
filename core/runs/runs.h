// The runs of a workspace: made, started, followed, indexed, compared.
#pragma once
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "core/data/snapshot.h"
#include "core/runs/event_log.h"
#include "core/runs/run_folder.h"
#include "core/store/workspace.h"

namespace lathe::rpc {
class Engine;
}

namespace lathe::runs {

struct RunRow {
    RunId id;  ///< "20261121-152254-3fa9": sortable, folder name in runs/
    std::string name, task, model, snapshot, snapshotName, author;
    RunState state = RunState::Queued;
    std::string message;                    ///< why it failed or died, in words
    std::map<std::string, double> metrics;  ///< final or latest: "accuracy", "macro_f1", "ap", "miou", "loss", …
    struct {
        double epoch = 0, value = 0;
        std::string metric;
    } best;
    double started = 0, seconds = 0, epoch = 0;
    int epochs = 0;
    std::filesystem::path folder;
};

/// Makes the run folder (spec, manifest) and the record. spec.snapshot empty: takes a snapshot of the workspace.
[[nodiscard]] Result<RunRow> createRun(store::Workspace& workspace, RunSpec spec, const std::string& author);
/// Starts `lathe-engine run FOLDER [--resume]` as a process of its own (setsid, output to engine.log) that outlives us.
/// Returns its pid. EngineDied with words when it can't be started.
[[nodiscard]] Result<int> launch(const RunRow& run, bool resume);
/// Reads state from the folder (log, lock): Died when the lock is free but the log says running. Updates the index.
[[nodiscard]] Result<RunRow> refresh(store::Workspace& workspace, const RunId& run);
[[nodiscard]] Result<std::vector<RunRow>> runs(const store::Workspace& workspace);  ///< newest first
/// By id, unique prefix, name or "last".
[[nodiscard]] Result<RunRow> findRun(const store::Workspace& workspace, const std::string& text);
[[nodiscard]] Result<> deleteRun(store::Workspace& workspace, const RunId& run);  ///< refuses while it runs
/// Adds a folder that was copied here.
[[nodiscard]] Result<RunRow> adoptRun(store::Workspace& workspace, const std::filesystem::path& folder);

/// All series of a run in memory with a min/max pyramid, for charts. Fed by a RunFollower or read at once.
class MetricSeries {
public:
    void append(const std::vector<MetricPoint>& points);
    [[nodiscard]] std::size_t size() const { return m_points.size(); }
    [[nodiscard]] const std::vector<MetricPoint>& points() const { return m_points; }
    struct Bucket {
        double x, min, max, mean;
    };
    enum class Axis { Step, Epoch, Time };
    /// At most `buckets` (~2 per pixel) over [from, to] of the axis; never a sample: every spike is in its bucket's min/max.
    [[nodiscard]] std::vector<Bucket> resampled(Axis axis, double from, double to, std::size_t buckets) const;

private:
    std::vector<MetricPoint> m_points;
    struct Sum {
        double min = std::numeric_limits<double>::infinity(), max = -std::numeric_limits<double>::infinity(), total = 0;
        std::size_t count = 0;  ///< of finite values; the others are gaps
        void add(const Sum& other);
    };
    struct Level {
        std::vector<double> min, max, total;
        std::vector<std::uint32_t> count;
        void put(std::size_t bucket, const Sum& sum);
        [[nodiscard]] Sum get(std::size_t bucket) const;
    };
    std::vector<Level> m_levels;  ///< level k: whole buckets of 16^(k+1) points
    [[nodiscard]] Sum ofPoint(std::size_t i) const;
    [[nodiscard]] Sum sumUp(std::size_t level, std::size_t bucket) const;
    [[nodiscard]] Sum over(std::size_t from, std::size_t to) const;
};

struct RunData {
    std::map<std::string, MetricSeries> series;
    std::vector<Json> events;  ///< states, messages, epochs
};
[[nodiscard]] Result<RunData> readRun(const RunFolder& folder);

/// Follows one run's folder on a thread of its own: 20 polls a second while alive; engine death is noticed within 1 s.
class RunFollower {
public:
    struct Batch {
        std::vector<std::pair<std::string, std::vector<MetricPoint>>> metrics;
        std::vector<Json> events;
        bool restarted = false;  ///< drop what you have: the log was cut back and is delivered from its start
        RunState state = RunState::Queued;
    };
    /// `deliver` runs on the follower's thread.
    RunFollower(RunFolder folder, std::function<void(Batch)> deliver);
    ~RunFollower();

private:
    std::jthread m_thread;
};

/// Verdict of two runs on the same test samples (classification: exact McNemar; interval by paired bootstrap, 2,000 draws, seeded).
struct PairVerdict {
    RunId a, b;
    double difference = 0, low = 0, high = 0, p = 1;  ///< b - a
    std::string test, verdict;                        ///< "better", "worse", "not enough evidence" (b against a)
    std::vector<ImageId> fixed, broken;               ///< wrong in a and right in b, and the reverse
};
[[nodiscard]] Result<PairVerdict> comparePair(const RunRow& a, const RunRow& b, const std::string& metric);

struct CheckWhat {
    bool trials = true, largestBatch = false;
    std::uint64_t memory = 0;  ///< bytes on the processor that the largest batch may take; 0: what is free
};
/// Trials of a run before it is started, by an engine of its own (core/engine/train/run_check.h has what is checked): {"passed",
/// "failed", "seconds", "checks":[{name, ok, observed, expected, message}], "learning_rate":{…}, "layers":[…], "memory":{…},
/// "largest_batch":{…} (core/engine/train/largest_batch.h), "spec": as it would run}. Without a snapshot one is taken, as
/// createRun() does; nothing else is kept.
[[nodiscard]] Result<Json> checkRun(store::Workspace& workspace, const RunSpec& spec, const std::string& author,
                                    std::stop_token stop = {}, const Progress& progress = {}, const CheckWhat& what = {});

/// Some labelled images as the spec's augmentations make them, drawn by the engine into `out`: {"pictures":[{file, name, objects:
/// [{class, index, box}] | mask: file | words}], "classes", "width", "height"}; boxes and masks in px of the pictures. Other ones
/// for another seed.
[[nodiscard]] Result<Json> previewRun(rpc::Engine& engine, const store::Workspace& workspace, RunSpec spec,
                                      const std::filesystem::path& out, int count, std::uint64_t seed, std::stop_token stop = {});

/// By what runs of a task are held against each other when nobody says: "accuracy", "f1", "miou".
[[nodiscard]] std::string comparedBy(const std::string& task);

/// Per-sample outcome kept with every run (predictions.json).
struct SampleOutcome {
    ImageId image;
    std::string split;
    int label = -1, predicted = -1;  ///< predicted: of classification alone
    bool right = false;              ///< the class; every object and no other; a mean IoU of a half or more
    float confidence = 0;
    std::vector<float> probabilities;                  ///< of classification
    std::int64_t found = 0, missed = 0, falsely = 0;   ///< objects, of detection
    std::vector<std::int64_t> intersection, together;  ///< pixels by class, of segmentation
};
[[nodiscard]] Result<std::vector<SampleOutcome>> outcomes(const RunFolder& folder);

}  // namespace lathe::runs
