// Batches made ahead by threads: each sample is copied (decoded when new) and augmented into its place of a ring of batches. The
// ring runs on across epochs. What comes out depends on the seed alone, whatever the number of threads.
#pragma once
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/engine/train/augment.h"
#include "core/engine/train/labels.h"
#include "core/engine/train/mosaic.h"
#include "core/engine/train/pictures.h"
#include "core/engine/train/sampler.h"

namespace lathe::engine::train {

struct LoaderOptions {
    std::vector<std::int64_t> samples;     ///< indices into the pictures
    std::vector<std::int64_t> classes;     ///< of each of `samples`, for samplers that ask for it
    std::shared_ptr<const Labels> labels;  ///< of the pictures; nullptr: batches come without
    int batch = 64;
    runs::Named sampler;  ///< what an epoch takes; without a name all, in their order
    Augmenter augmentation;
    Mosaic mosaic{{}};
    std::uint64_t seed = 0;
    int firstEpoch = 0, lastEpoch = 1;  ///< [first, last)
    int firstBatch = 0;                 ///< of firstEpoch (resume in mid epoch)
    int threads = 2, ahead = 4;         ///< batches made ahead
    bool planOnly = false;              ///< augmentations are drawn, boxes moved, pixels left as they are (Batch::plans)
    bool pinned = false;                ///< memory that a card reads by itself; torch uses it again
};
struct Batch {
    int epoch = 0, index = 0;
    torch::Tensor pictures;             ///< uint8 n x H x W x C
    torch::Tensor labels;               ///< labels.h
    std::vector<std::int64_t> samples;  ///< positions in LoaderOptions::samples, unreadable ones left out
    std::vector<std::pair<std::int64_t, Error>> unreadable;
    std::vector<PicturePlan> plans;  ///< of each picture, where the loader only plans
};

/// The number of batches of an epoch: all samples, in batches of nearly equal size (batch norm dislikes a last batch of one).
[[nodiscard]] int batchesPerEpoch(std::size_t samples, int batch);

/// One consumer. Ends its threads when destroyed.
class Loader {
public:
    Loader(std::shared_ptr<Pictures> pictures, LoaderOptions options);
    ~Loader();
    Loader(const Loader&) = delete;
    Loader& operator=(const Loader&) = delete;
    /// The next batch; nullopt after the last one. Blocks until it is whole.
    [[nodiscard]] std::optional<Batch> next();
    /// Ends before this epoch; not below those that were handed out. From the consumer's thread.
    void setLastEpoch(int epoch);

private:
    struct Slot {
        Batch batch;
        std::vector<std::optional<Error>> errors;
        std::size_t handedOut = 0, done = 0;
    };
    void work(const std::stop_token& stop);
    bool openSlot();
    void fill(Slot& slot, std::size_t position);
    [[nodiscard]] Result<const std::uint8_t*> lend(std::int64_t sample, std::uint8_t* room, torch::Tensor& labels,
                                                   std::int64_t row);
    [[nodiscard]] Result<> make(Slot& slot, std::size_t position);

    std::shared_ptr<Pictures> m_pictures;
    LoaderOptions m_options;
    int m_perEpoch = 0;
    int m_epoch = 0, m_index = 0;       ///< the batch that is opened next
    std::vector<std::int64_t> m_order;  ///< of m_orderEpoch
    int m_orderEpoch = -1;
    std::mutex m_mutex;
    std::condition_variable_any m_room, m_ready;
    std::deque<std::shared_ptr<Slot>> m_slots;  ///< oldest first
    std::vector<std::jthread> m_threads;
};

}  // namespace lathe::engine::train
