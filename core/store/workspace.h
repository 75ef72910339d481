// A workspace: the folder NAME.lathe with lathe.db, media/, runs/, models/, cache/. Open it once per process and share it.
//
// Threads: all methods from any thread. Reads run on the caller's thread with a connection of a pool; writes are serialised on one
// connection (one writer), each in one BEGIN IMMEDIATE transaction, durable when the call returns (synchronous FULL).
// Other processes: WAL; ChangeWatcher notices their commits within a second.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/annot/edit.h"
#include "core/base/problem.h"
#include "core/base/progress.h"

namespace soci {
class session;
}

namespace lathe::store {

struct ClassRow {
    ClassId id;
    std::string name;
    std::string colour;  ///< "#rrggbb"; given by the class's number (look/README: OKLCH) when not chosen
    std::string key;     ///< "1"…"9", "0" or empty
    std::string parent;
    Json extra;
    std::int64_t images = 0, annotations = 0;  ///< filled by data::stats only
};

struct ImageRow {
    ImageId id;
    std::string digest;  ///< SHA-256 of the file; empty while the file is missing
    std::string name;    ///< unique in the workspace, '/' separated
    std::string path;    ///< media file: relative to the workspace (copied) or absolute (linked)
    int width = 0, height = 0, channels = 0;
    std::string split;  ///< "train", "val", "test", ""
    std::string state;  ///< "new", "in_progress", "done", "accepted", "rejected", "skipped"
    double added = 0;
    double brightness = -1, contrast = -1;  ///< mean and std of luma; -1 not known
    bool missing = false;                   ///< registered, but the file isn't there
    /// As image::measure gives them; bytes: size of the file. -1 not known.
    double sharpness = -1, entropy = -1, colourfulness = -1;
    std::int64_t bytes = -1;
};

/// Paths of one workspace.
struct Layout {
    std::filesystem::path root;
    [[nodiscard]] std::filesystem::path database() const { return root / "lathe.db"; }
    [[nodiscard]] std::filesystem::path media() const { return root / "media"; }
    [[nodiscard]] std::filesystem::path runs() const { return root / "runs"; }
    [[nodiscard]] std::filesystem::path models() const { return root / "models"; }
    [[nodiscard]] std::filesystem::path cache() const { return root / "cache"; }
    /// Absolute path of an image's file.
    [[nodiscard]] std::filesystem::path file(const ImageRow& image) const;
};

/// An entry of an image's journal.
struct JournalEntry {
    std::int64_t seq = 0;
    annot::AnnotationEdit edit;
    std::string op;          ///< "edit", "undo", "redo", "import"
    std::int64_t batch = 0;  ///< of a class operation over many images (class_ops.h)
};

/// What changed since a sequence number; cheap to ask.
struct Revision {
    std::int64_t journal = 0;  ///< last journal seq
    std::int64_t records = 0;  ///< counter bumped by every other write (images, classes, runs, models, targets …)
    auto operator<=>(const Revision&) const = default;
};

class Workspace {
public:
    /// Makes the folder and the database. AlreadyExists when there is one.
    [[nodiscard]] static Result<std::shared_ptr<Workspace>> create(const std::filesystem::path& folder);
    /// Opens, migrates, checks integrity after a crash. Errors with words: NotFound, NewerVersion, ReadOnly, DiskFull, Locked
    /// (another process migrates), Corrupt.
    [[nodiscard]] static Result<std::shared_ptr<Workspace>> open(const std::filesystem::path& folder);
    ~Workspace();

    [[nodiscard]] const Layout& layout() const;
    [[nodiscard]] std::string id() const;    ///< random, made once
    [[nodiscard]] std::string name() const;  ///< folder name without ".lathe"

    // -- SQL for the rooms above (runs, models, serve, data). `work` may run again when the database was busy. Exceptions that
    // leave `work` become an Error and roll back.
    [[nodiscard]] Result<> write(const std::function<Result<>(soci::session&)>& work);
    [[nodiscard]] Result<> read(const std::function<Result<>(soci::session&)>& work) const;
    [[nodiscard]] Revision revision() const;

    // -- classes
    [[nodiscard]] Result<std::vector<ClassRow>> classes() const;
    [[nodiscard]] Result<ClassId> addClass(const std::string& name, const std::string& colour = {});  ///< known name: its id
    [[nodiscard]] Result<> updateClass(const ClassRow& row);

    // -- images
    [[nodiscard]] Result<std::optional<ImageRow>> image(ImageId id) const;
    [[nodiscard]] Result<std::vector<ImageRow>> images(std::span<const ImageId> ids) const;  ///< in the order asked
    [[nodiscard]] Result<std::int64_t> imageCount() const;
    /// By id ("17"), name, unique end of a name ("a.png"), or a path to a file with the same content.
    [[nodiscard]] Result<ImageRow> findImage(const std::string& idNameOrPath) const;
    [[nodiscard]] Result<> setSplit(std::span<const ImageId> images, const std::string& split);
    [[nodiscard]] Result<> setState(std::span<const ImageId> images, const std::string& state);
    [[nodiscard]] Result<> setTag(std::span<const ImageId> images, const std::string& tag, bool on);
    [[nodiscard]] Result<std::vector<ImageId>> imagesTagged(const std::string& tag) const;  ///< by id

    // -- annotations and the journal
    [[nodiscard]] Result<annot::Annotations> annotations(ImageId image) const;
    /// Next free AnnotationId of the image (never one used before).
    [[nodiscard]] Result<AnnotationId> nextAnnotationId(ImageId image) const;
    /// Applies and journals in one transaction; returns the journal seq. InvalidData when the image changed underneath.
    [[nodiscard]] Result<std::int64_t> commit(const annot::AnnotationEdit& edit);
    /// Undoes/redoes the image's latest step (across restarts and processes); nothing to do: nullopt. Author `who`.
    [[nodiscard]] Result<std::optional<annot::AnnotationEdit>> undo(ImageId image, const std::string& who);
    [[nodiscard]] Result<std::optional<annot::AnnotationEdit>> redo(ImageId image, const std::string& who);
    [[nodiscard]] Result<bool> canUndo(ImageId image) const;
    [[nodiscard]] Result<bool> canRedo(ImageId image) const;
    [[nodiscard]] Result<std::vector<JournalEntry>> history(ImageId image) const;

    struct Impl;
    [[nodiscard]] Impl& impl() const { return *m_impl; }  ///< for core/store alone

private:
    explicit Workspace(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Commits edits in order on a thread of its own, so that drawing never waits for the disk. Any thread.
class EditQueue {
public:
    using Done = std::function<void(const annot::AnnotationEdit&, const Result<std::int64_t>&)>;
    /// `done` is called on the queue's thread after each.
    EditQueue(std::shared_ptr<Workspace> workspace, Done done);
    ~EditQueue();  ///< commits what is left
    void push(annot::AnnotationEdit edit);
    /// The same with another way to commit it, in its turn (suggestions.h).
    using Commit = std::function<Result<std::int64_t>(Workspace&)>;
    void push(annot::AnnotationEdit edit, Commit commit);
    [[nodiscard]] std::size_t pending() const;
    void flush();  ///< blocks until all is on disk (tests, closing)

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Polls the revision (100 ms) on a thread of its own and calls `changed` on it, for own and foreign commits alike.
class ChangeWatcher {
public:
    ChangeWatcher(std::shared_ptr<const Workspace> workspace, std::function<void(Revision)> changed);
    ~ChangeWatcher();

private:
    std::jthread m_thread;
};

}  // namespace lathe::store
