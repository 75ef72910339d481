// The tree of versions, differences by image, restoring, branching, merging, data cards, and databases from before all that.
#include <QtTest>

#include <soci/sqlite3/soci-sqlite3.h>

#include "core/data/card.h"
#include "core/data/import.h"
#include "core/data/versions.h"
#include "resources/embedded.h"
#include "tests/support/data_sets.h"
#include "tests/support/labelled.h"

using namespace lathe;
using namespace lathe::test;
using data::ShapeChange;
using store::Workspace;

namespace {

const ClassId kCat(1), kDog(2), kCow(3);

annot::Shape boxAt(double x) {
    return annot::Box{{x, 2, 30, 40}};
}

/// A database as it was before versions, with two snapshots.
void makeVersion5(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    soci::session sql(*soci::factory_sqlite3(), "dbname=\"" + (folder / "lathe.db").string() + "\"");
    sql << "CREATE TABLE migration (number INTEGER PRIMARY KEY, at DOUBLE PRECISION NOT NULL)";
    for (const auto& file : resources::embeddedFiles()) {
        if (!file.name.starts_with("migrations/") || file.name > "migrations/0006") continue;
        std::string statement;
        for (const auto& line : QString::fromUtf8(file.text.data(), qsizetype(file.text.size())).split('\n')) {
            if (line.startsWith("--")) continue;
            statement += line.toStdString() + "\n";
            if (line.trimmed().endsWith(';')) sql << std::exchange(statement, {});
        }
        const int number = std::stoi(std::string(file.name.substr(11, 4)));
        sql << "INSERT INTO migration (number, at) VALUES (:n, 1)", soci::use(number);
    }
    sql << "INSERT INTO meta (key, value) VALUES ('id', 'abc')";
    for (const char* name : {"one", "two"})
        sql << "INSERT INTO snapshot (digest, name, author, at, images, annotations, splits, classes, query, blocks) VALUES "
               "('d','" +
                   std::string(name) + "','ana',1,0,0,'{}','[]','','')";
}

}  // namespace

class TestVersions : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;
    std::shared_ptr<Workspace> m_workspace;
    std::vector<ImageId> m_images;

    data::SnapshotRow take(const std::string& name) const {
        const auto row = data::takeSnapshot(*m_workspace, name, "", "ana");
        if (!row) qFatal("%s", row.error().text().c_str());
        return *row;
    }
    data::ApplyReport restore(const data::SnapshotRow& row, const data::ApplyOptions& options = {}) const {
        auto report = data::restoreSnapshot(*m_workspace, row.id, "bo", options);
        if (!report) qFatal("%s", report.error().text().c_str());
        return *report;
    }
    data::MergeReport merge(const data::SnapshotRow& a, const data::SnapshotRow& b,
                            data::Prefer prefer = data::Prefer::None) const {
        data::MergeOptions options;
        options.prefer = prefer;
        auto report = data::mergeSnapshots(*m_workspace, a.id, b.id, "bo", options);
        if (!report) qFatal("%s", report.error().text().c_str());
        return *report;
    }
    annot::Annotations labels(std::size_t image) const { return m_workspace->annotations(m_images[image]).value(); }
    /// Changes annotation `id` of an image by `change`.
    template <class Change>
    void edit(std::size_t image, std::int64_t id, Change change) const {
        for (const auto& a : labels(image)) {
            if (a.id.value != id) continue;
            auto next = a;
            change(next);
            if (!m_workspace->commit(changing(m_images[image], a, next))) qFatal("no edit");
            return;
        }
        qFatal("no such annotation");
    }
    void remove(std::size_t image, std::int64_t id) const {
        const annot::AnnotationEdit edit{m_images[image], "ana", 1, "Delete", annot::removalOf(labels(image), {AnnotationId(id)})};
        if (!m_workspace->commit(edit)) qFatal("no edit");
    }
    void add(std::size_t image, ClassId classId, const annot::Shape& shape) const {
        const auto id = m_workspace->nextAnnotationId(m_images[image]).value();
        if (!m_workspace->commit(adding(m_images[image], shapeOf(id.value, classId, shape)))) qFatal("no edit");
    }
    void setSplit(std::size_t image, const std::string& split) const {
        if (!m_workspace->setSplit(std::vector<ImageId>{m_images[image]}, split)) qFatal("no split");
    }

private Q_SLOTS:
    void init() {
        m_workspace = Workspace::create(m_temp.path() / (std::to_string(++m_count) + ".lathe")).value();
        for (const char* name : {"cat", "dog", "cow"}) QVERIFY(m_workspace->addClass(name).has_value());
        m_images.clear();
        for (int k = 0; k < 6; ++k)
            m_images.push_back(addImage(*m_workspace, std::to_string(k) + ".png",
                                        {shapeOf(1, kCat, boxAt(1)), shapeOf(2, kDog, boxAt(2)), shapeOf(3, kCow, boxAt(3))}));
        m_images.push_back(addImage(*m_workspace, "label.png", {shapeOf(1, kCat, annot::ImageLabel{})}));
        m_images.push_back(addImage(*m_workspace, "empty.png"));
    }

    void theTreeNotesAndTags() {
        const auto a = take("a");
        QVERIFY(!a.parent.valid());
        QCOMPARE(data::headSnapshot(*m_workspace).value(), a.id);
        const auto b = *data::takeSnapshot(*m_workspace, {"b", "", "ana", "second labels", "night", {"x", "base", "x"}, false});
        QCOMPARE(b.parent, a.id);
        QCOMPARE(b.tags, (std::vector<std::string>{"base", "x"}));
        const auto c = take("c");
        QCOMPARE(c.branch, std::string("night"));
        const auto found = *data::findSnapshot(*m_workspace, "x");
        QCOMPARE(found.id, b.id);
        QCOMPARE(found.note, std::string("second labels"));
        QCOMPARE(data::findSnapshot(*m_workspace, "night")->id, c.id);
        const auto edited = *data::editSnapshot(*m_workspace, b.id, {"other", std::nullopt, {"new"}, {"x", "nothing"}});
        QCOMPARE(edited.note, std::string("other"));
        QCOMPARE(edited.branch, std::string("night"));
        QCOMPARE(edited.tags, (std::vector<std::string>{"base", "new"}));
        QCOMPARE(edited.digest, b.digest);
        QCOMPARE(data::editSnapshot(*m_workspace, b.id, {std::nullopt, std::nullopt, {" "}}).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(data::editSnapshot(*m_workspace, SnapshotId(99), {"x", std::nullopt}).error().code, ErrorCode::NotFound);
        QCOMPARE(data::takeSnapshot(*m_workspace, {"d", "", "ana", "", "", {""}}).error().code, ErrorCode::InvalidArgument);
    }

    void databasesFromBeforeAreOneLine() {
        const auto folder = m_temp.path() / "old.lathe";
        makeVersion5(folder);
        const auto workspace = Workspace::open(folder).value();
        const auto all = data::snapshots(*workspace).value();
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[0].parent, all[1].id);
        QVERIFY(!all[1].parent.valid() && all[0].tags.empty() && all[0].note.empty());
        QCOMPARE(data::headSnapshot(*workspace).value(), all[0].id);
    }

    void theDifferenceNamesEveryShape() {
        const auto a = take("a");
        edit(0, 1, [](auto& x) { x.setShape(boxAt(50)); });
        edit(0, 2, [](auto& x) { x.classId = kCat; });
        edit(0, 3, [](auto& x) { x.attributes = {{"colour", "red"}}; });
        add(0, kDog, boxAt(99));
        remove(1, 2);
        edit(1, 3, [](auto& x) { x.classId = kDog, x.setShape(boxAt(7)); });
        setSplit(2, "test");
        edit(6, 1, [](auto& x) { x.classId = kDog; });
        const auto late = addImage(*m_workspace, "late.png", {shapeOf(1, kCat, boxAt(1))});
        const auto b = take("b");
        const auto diff = data::diffItems(*m_workspace, a.id, b.id).value();
        QCOMPARE(diff.total, 5);
        QCOMPARE(diff.images.added, 1);
        QCOMPARE(diff.images.moved, 1);
        QCOMPARE(diff.images.relabelled, 1);
        QCOMPARE(diff.images.shapes, 2);
        QCOMPARE(diff.shapes, (std::array<std::int64_t, 6>{1, 1, 1, 2, 1, 1}));
        std::vector<ShapeChange> kinds;
        for (const auto& shape : diff.items[0].shapes) kinds.push_back(shape.change);
        QVERIFY((kinds == std::vector{ShapeChange::Moved, ShapeChange::Relabelled, ShapeChange::Attributes, ShapeChange::Added}));
        QVERIFY(diff.items[0].shapes[1].before->classId == kDog && diff.items[0].shapes[1].after->classId == kCat);
        QVERIFY(diff.items[1].shapes[0].change == ShapeChange::Removed && !diff.items[1].shapes[0].after);
        QVERIFY(diff.items[1].shapes[1].change == ShapeChange::Redrawn);
        QCOMPARE(diff.items[2].splitAfter, std::string("test"));
        QCOMPARE(diff.items[3].changes, unsigned(data::ImageRelabelled));
        QCOMPARE(diff.items[4].image, late);
        const auto back = data::diffItems(*m_workspace, b.id, a.id, 2).value();
        QCOMPARE(back.total, 5);
        QCOMPARE(back.items.size(), std::size_t(2));
        QCOMPARE(back.images.removed, 1);
        QCOMPARE(data::diffItems(*m_workspace, a.id, a.id).value().total, 0);
        const auto numbers = data::diff(*m_workspace, a.id, b.id).value();
        QCOMPARE(numbers.annotations.changed, 5);
        QCOMPARE(numbers.annotations.added, 2);
    }

    void thePresentIsComparedAsAVersionOfItIs() {
        const auto a = take("a");
        QCOMPARE(data::diffItems(*m_workspace, a.id, data::kPresent).value().total, 0);
        edit(0, 1, [](auto& x) { x.setShape(boxAt(50)); });
        edit(0, 2, [](auto& x) { x.classId = kCat; });
        add(7, kDog, boxAt(99));
        remove(6, 1);  // a document without objects is left: as none
        setSplit(2, "test");
        const auto late = addImage(*m_workspace, "late.png", {shapeOf(1, kCat, boxAt(1))});
        const auto now = data::diffItems(*m_workspace, a.id, data::kPresent).value();
        const auto numbers = data::diff(*m_workspace, a.id, data::kPresent).value();
        const auto back = data::diffItems(*m_workspace, data::kPresent, a.id).value();
        const auto row = data::presentVersion(*m_workspace).value();
        QCOMPARE(row.parent, a.id);
        const auto b = take("b");
        const auto then = data::diffItems(*m_workspace, a.id, b.id).value();
        QCOMPARE(now.total, 5);
        QCOMPARE(now.total, then.total);
        QCOMPARE(now.shapes, then.shapes);
        QCOMPARE(now.images.moved, 1);
        for (std::size_t k = 0; k < now.items.size(); ++k) {
            QCOMPARE(now.items[k].image, then.items[k].image);
            QCOMPARE(now.items[k].changes, then.items[k].changes);
            QCOMPARE(now.items[k].splitAfter, then.items[k].splitAfter);
            QCOMPARE(now.items[k].documentAfter, then.items[k].documentAfter);
        }
        QCOMPARE(now.items.back().image, late);
        QCOMPARE(back.total, 5);
        QCOMPARE(back.images.removed, 1);
        const auto frozen = data::diff(*m_workspace, a.id, b.id).value();
        QCOMPARE(numbers.annotations.changed, frozen.annotations.changed);
        QCOMPARE(numbers.annotations.removed, frozen.annotations.removed);
        QVERIFY(numbers.byClass == frozen.byClass);
        QCOMPARE(row.images, b.images);
        QCOMPARE(row.annotations, b.annotations);
        const auto sorted = [](auto splits) { return std::map(splits.begin(), splits.end()); };
        QVERIFY(sorted(row.splits) == sorted(b.splits));
        // Both the same again: a label goes and comes back as another document.
        remove(7, 1);
        QCOMPARE(data::diffItems(*m_workspace, data::kPresent, b.id).value().total, 1);
        QVERIFY(m_workspace->undo(m_images[7], "ana").has_value());
        QCOMPARE(data::diffItems(*m_workspace, data::kPresent, b.id).value().total, 0);
        QCOMPARE(data::findVersion(*m_workspace, "now").value().id, data::kPresent);
        QCOMPARE(data::findVersion(*m_workspace, "a").value().id, a.id);
        const auto namedSo = take("now");
        QCOMPARE(data::findVersion(*m_workspace, "now").value().id, namedSo.id);
        QCOMPARE(data::findVersion(*m_workspace, "never").error().code, ErrorCode::NotFound);
    }

    void restoringBringsTheContentBack() {
        const auto a = take("a");
        edit(0, 1, [](auto& x) { x.setShape(boxAt(50)); });
        remove(1, 1);
        add(7, kCow, boxAt(4));
        setSplit(2, "val");
        const auto b = take("b");
        data::ApplyOptions dry;
        dry.dryRun = true;
        const auto would = restore(a, dry);
        QVERIFY(!would.batch.valid());
        QCOMPARE(would.images.changed, 4);
        QCOMPARE(would.images.moved, 1);
        QCOMPARE(data::headSnapshot(*m_workspace).value(), b.id);
        QCOMPARE(take("same").digest, b.digest);
        const auto done = restore(a);
        QCOMPARE(done.images.changed, 4);
        QCOMPARE(done.images.unchanged, 4);
        QCOMPARE(done.shapes, would.shapes);
        QCOMPARE(done.shapes[std::size_t(ShapeChange::Added)], 1);
        QCOMPARE(data::headSnapshot(*m_workspace).value(), a.id);
        const auto again = take("again");
        QCOMPARE(again.digest, a.digest);
        QCOMPARE(again.parent, a.id);
        const auto history = m_workspace->history(m_images[0]).value();
        QCOMPARE(history.back().edit.label, std::string("Restore a"));
        QCOMPARE(history.back().batch, done.batch.value);
    }

    void restoringIsUndoneAsAWhole() {
        const auto a = take("a");
        edit(0, 1, [](auto& x) { x.setShape(boxAt(50)); });
        add(1, kCow, boxAt(4));
        remove(2, 2);
        setSplit(2, "val");
        const auto b = take("b");
        const auto done = restore(a);
        const auto undone = store::undoBatch(*m_workspace, done.batch, "bo");
        QVERIFY2(undone.has_value(), undone ? "" : undone.error().text().c_str());
        QCOMPARE(undone->images, 3);
        QCOMPARE(undone->skipped, 0);
        QCOMPARE(data::headSnapshot(*m_workspace).value(), b.id);
        QCOMPARE(take("c").digest, b.digest);
    }

    void anUndoKeepsWhatWasEditedSince() {
        const auto a = take("a");
        edit(0, 1, [](auto& x) { x.setShape(boxAt(50)); });
        edit(0, 2, [](auto& x) { x.setShape(boxAt(60)); });
        add(1, kCow, boxAt(4));
        (void)take("b");
        const auto done = restore(a);
        edit(0, 2, [](auto& x) { x.setShape(boxAt(70)); });
        const auto undone = store::undoBatch(*m_workspace, done.batch, "bo").value();
        QCOMPARE(undone.skipped, 1);
        QVERIFY(labels(0)[0].shape == boxAt(50));
        QVERIFY(labels(0)[1].shape == boxAt(70));
        QCOMPARE(labels(1).size(), std::size_t(4));
    }

    void imagesThatCameLaterStay() {
        const auto a = take("a");
        const auto late = addImage(*m_workspace, "late.png", {shapeOf(1, kCat, boxAt(1))});
        const auto report = restore(a);
        QCOMPARE(report.outside, (std::vector<ImageId>{late}));
        QCOMPARE(m_workspace->annotations(late).value().size(), std::size_t(1));
        QCOMPARE(report.images.changed, 0);
    }

    void restoringBringsDeletedClassesBack() {
        const auto a = take("a");
        QVERIFY(store::deleteClass(*m_workspace, kCow, "ana").has_value());
        QCOMPARE(m_workspace->classes().value().size(), std::size_t(2));
        QCOMPARE(restore(a).images.changed, 6);
        QCOMPARE(m_workspace->classes().value().size(), std::size_t(3));
        QCOMPARE(take("b").digest, a.digest);
    }

    void theOrderOfDrawingComesBack() {
        const auto a = take("a");
        auto now = labels(0);
        const annot::AnnotationEdit raise{m_images[0], "ana", 1, "Raise", {{now[0], now[0], 0, 2}}};
        QVERIFY(m_workspace->commit(raise).has_value());
        (void)take("b");
        QCOMPARE(restore(a).images.changed, 1);
        QCOMPARE(take("c").digest, a.digest);
    }

    void frozenTestImagesNeedForce() {
        setSplit(0, "test"), setSplit(1, "test");
        const auto a = take("a");
        edit(0, 1, [](auto& x) { x.classId = kDog; });
        edit(2, 1, [](auto& x) { x.classId = kDog; });
        const auto b = *data::takeSnapshot(*m_workspace, {"b", "", "ana", "", "", {}, true});
        QVERIFY(b.frozenTest && data::snapshots(*m_workspace)->front().frozenTest);
        const auto kept = restore(a);
        QCOMPARE(kept.images.changed, 1);
        QCOMPARE(kept.problems.size(), std::size_t(1));
        QCOMPARE(kept.problems[0].code, std::string("frozen_test"));
        QVERIFY(labels(0)[0].classId == kDog);
        data::ApplyOptions force;
        force.force = true;
        QCOMPARE(restore(a, force).images.changed, 1);
        QVERIFY(labels(0)[0].classId == kCat);
        QVERIFY(!data::editSnapshot(*m_workspace, b.id, {std::nullopt, std::nullopt, {}, {}, false})->frozenTest);
        QVERIFY(restore(b).problems.empty());
        QCOMPARE(data::takeSnapshot(*m_workspace, {"f", "id:3", "ana", "", "", {}, true}).error().code, ErrorCode::InvalidArgument);
        const auto untested = *data::takeSnapshot(*m_workspace, "u", "id:3", "ana");
        QCOMPARE(data::editSnapshot(*m_workspace, untested.id, {std::nullopt, std::nullopt, {}, {}, true}).error().code,
                 ErrorCode::InvalidArgument);
    }

    void importsLeaveFrozenTestImagesAlone() {
        const auto folder = m_temp.path() / "frozen-set", other = m_temp.path() / "other-labels";
        test::makeClassFolders(folder, {"a"}, 2);
        std::filesystem::create_directories(other / "b");
        std::filesystem::copy_file(folder / "a/100.png", other / "b/100.png");
        const auto workspace = Workspace::create(m_temp.path() / "frozen.lathe").value();
        QVERIFY(data::importInto(*workspace, folder, {}, {}, {}).has_value());
        QVERIFY(workspace->setSplit(std::vector<ImageId>{ImageId(1)}, "test").has_value());
        QVERIFY(data::takeSnapshot(*workspace, {"v1", "", "ana", "", "", {}, true}).has_value());
        data::ImportOptions options;
        options.onConflict = data::OnConflict::Add;
        const auto kept = data::importInto(*workspace, other, options, {}, {}).value();
        QCOMPARE(kept.problems.size(), std::size_t(1));
        QCOMPARE(kept.problems[0].code, std::string("frozen_test"));
        QVERIFY(kept.annotations.added == 0 && kept.annotations.skipped == 1);
        options.force = true;
        QVERIFY(data::importInto(*workspace, other, options, {}, {})->problems.empty());
        QCOMPARE(workspace->annotations(ImageId(1)).value().size(), std::size_t(2));
    }

    void branchesMerge() {
        const auto base = take("base");
        edit(0, 1, [](auto& x) { x.setShape(boxAt(50)); });
        edit(1, 1, [](auto& x) { x.classId = kDog; });
        add(2, kCow, boxAt(8));
        setSplit(3, "val");
        const auto ours = take("ours");
        QCOMPARE(restore(base).images.changed, 4);
        edit(0, 2, [](auto& x) { x.setShape(boxAt(60)); });
        remove(0, 3);
        edit(4, 1, [](auto& x) { x.classId = kCow; });
        add(2, kCow, boxAt(8));
        add(2, kDog, boxAt(9));
        const auto late = addImage(*m_workspace, "late.png", {shapeOf(1, kCat, boxAt(1))});
        const auto theirs = take("theirs");
        QCOMPARE(theirs.parent, base.id);
        QCOMPARE(data::commonAncestor(data::snapshots(*m_workspace).value(), ours.id, theirs.id)->id, base.id);

        const auto report = merge(ours, theirs);
        QVERIFY(report.conflicts.empty() && report.applied);
        QCOMPARE(report.base.id, base.id);
        QCOMPARE(labels(0).size(), std::size_t(2));
        QVERIFY(labels(0)[0].shape == boxAt(50) && labels(0)[1].shape == boxAt(60));
        QVERIFY(labels(1)[0].classId == kDog && labels(4)[0].classId == kCow);
        QCOMPARE(labels(2).size(), std::size_t(5));  // what both added alike is there once
        QCOMPARE(m_workspace->image(m_images[3]).value()->split, std::string("val"));
        QCOMPARE(m_workspace->annotations(late).value().size(), std::size_t(1));
        const auto merged = take("merged");
        QVERIFY(merged.parent == ours.id && merged.merged == theirs.id);
        QCOMPARE(data::lineage(data::snapshots(*m_workspace).value(), merged.id).size(), std::size_t(4));
        QCOMPARE(data::commonAncestor(data::snapshots(*m_workspace).value(), merged.id, theirs.id)->id, theirs.id);
        QVERIFY(store::undoBatch(*m_workspace, report.applied->batch, "bo").has_value());
        QCOMPARE(take("undone").digest, theirs.digest);
    }

    void conflictsAreNamedAndDecided() {
        setSplit(5, "train");
        const auto base = take("base");
        edit(0, 1, [](auto& x) { x.classId = kDog; });
        remove(1, 2);
        setSplit(5, "val");
        const auto ours = take("ours");
        (void)restore(base);
        edit(0, 1, [](auto& x) { x.classId = kCow; });
        edit(1, 2, [](auto& x) { x.setShape(boxAt(70)); });
        setSplit(5, "test");
        const auto theirs = take("theirs");
        const auto stuck = merge(ours, theirs);
        QCOMPARE(stuck.conflicts.size(), std::size_t(3));
        QVERIFY(!stuck.applied);
        QVERIFY(stuck.conflicts[0].image == m_images[0] && stuck.conflicts[0].ours->classId == kDog &&
                stuck.conflicts[0].theirs->classId == kCow && stuck.conflicts[0].base->classId == kCat);
        QVERIFY(!stuck.conflicts[1].ours && stuck.conflicts[1].theirs->shape == boxAt(70));
        QVERIFY(!stuck.conflicts[2].annotation.valid());
        QCOMPARE(stuck.conflicts[2].ourSplit + stuck.conflicts[2].theirSplit, std::string("valtest"));
        QCOMPARE(take("untouched").digest, theirs.digest);
        QVERIFY(merge(ours, theirs, data::Prefer::Ours).applied.has_value());
        QCOMPARE(take("o").digest, ours.digest);
        QCOMPARE(merge(ours, theirs, data::Prefer::Theirs).conflicts.size(), std::size_t(3));
        QCOMPARE(take("t").digest, theirs.digest);
    }

    void withoutACommonAncestorABaseMustBeNamed() {
        const auto one = take("one");
        edit(0, 1, [](auto& x) { x.classId = kDog; });
        add(2, kCow, boxAt(8));
        const auto ours = take("ours");
        (void)restore(one);
        edit(0, 1, [](auto& x) { x.classId = kCow; });
        edit(1, 1, [](auto& x) { x.setShape(boxAt(70)); });
        const auto theirs = take("theirs");
        // As in a workspace whose older versions are gone.
        QVERIFY(m_workspace
                    ->write([&](soci::session& sql) -> Result<> {
                        const long long id = theirs.id.value;
                        sql << "UPDATE snapshot SET parent = 0 WHERE id = :i", soci::use(id);
                        return {};
                    })
                    .has_value());
        QVERIFY(!data::commonAncestor(data::snapshots(*m_workspace).value(), ours.id, theirs.id));
        data::MergeOptions options;
        for (const bool dry : {true, false}) {
            options.apply.dryRun = dry;
            const auto refused = data::mergeSnapshots(*m_workspace, ours.id, theirs.id, "bo", options);
            QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument);
            QVERIFY(refused.error().message.find("no common ancestor") != std::string::npos);
        }
        QCOMPARE(data::headSnapshot(*m_workspace).value(), theirs.id);
        QCOMPARE(data::diffItems(*m_workspace, theirs.id, data::kPresent).value().total, 0);
        QCOMPARE(store::batches(*m_workspace).value().size(), std::size_t(1));  // the restore alone
        options.base = one.id;
        const auto stuck = data::mergeSnapshots(*m_workspace, ours.id, theirs.id, "bo", options).value();
        QCOMPARE(stuck.conflicts.size(), std::size_t(1));
        options.prefer = data::Prefer::Ours;
        const auto report = data::mergeSnapshots(*m_workspace, ours.id, theirs.id, "bo", options).value();
        QVERIFY(report.applied.has_value());
        QCOMPARE(report.base.id, one.id);
        QVERIFY(labels(0)[0].classId == kDog && labels(1)[0].shape == boxAt(70));
        QCOMPARE(labels(2).size(), std::size_t(4));
        const auto merged = take("merged");
        QVERIFY(merged.parent == ours.id && merged.merged == theirs.id);
        QCOMPARE(data::commonAncestor(data::snapshots(*m_workspace).value(), merged.id, theirs.id)->id, theirs.id);
    }

    void aSideThatIsBehindIsOvertaken() {
        const auto base = take("base");
        edit(0, 1, [](auto& x) { x.classId = kDog; });
        const auto ahead = take("ahead");
        (void)restore(base);
        QVERIFY(merge(base, ahead).applied.has_value());
        QCOMPARE(data::headSnapshot(*m_workspace).value(), ahead.id);
        const auto next = take("next");
        QVERIFY(next.digest == ahead.digest && !next.merged.valid());
        data::MergeOptions named;
        named.base = base.id;
        QVERIFY(data::mergeSnapshots(*m_workspace, ahead.id, base.id, "bo", named)->applied.has_value());
        QCOMPARE(data::mergeSnapshots(*m_workspace, ahead.id, SnapshotId(99), "bo", {}).error().code, ErrorCode::NotFound);
    }

    void stoppedNothingIsChanged() {
        const auto a = take("a");
        edit(0, 1, [](auto& x) { x.classId = kDog; });
        const auto b = take("b");
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(data::restoreSnapshot(*m_workspace, a.id, "bo", {}, stop.get_token()).error().code, ErrorCode::Cancelled);
        QCOMPARE(take("c").digest, b.digest);
    }

    void theCardSaysWhatIsThere() {
        const auto folder = m_temp.path() / "set";
        test::makeClassFolders(folder, {"a|b", "c"}, 4);
        const auto workspace = Workspace::create(m_temp.path() / "card.lathe").value();
        QVERIFY(data::importInto(*workspace, folder, {}, {}, {}).has_value());
        QVERIFY(workspace->addClass("never").has_value());
        QVERIFY(workspace->setSplit(std::vector<ImageId>{ImageId(1), ImageId(2)}, "train").has_value());
        const auto first = *data::takeSnapshot(*workspace, "first", "", "ana");
        const auto row = *data::takeSnapshot(*workspace, {"second", "", "ana", "the note", "line", {"good"}});
        const std::vector<data::CardRun> runs{
            {"run one", "finished", "classify", "small_cnn", {{"accuracy", 0.91}}, {"m:1 (approved)"}}};
        const QString text = QString::fromStdString(data::dataCard(*workspace, row.id, runs).value());
        for (const char* part :
             {"# Data card: second", "the note", "branch: line", "tags: good", "| images | 8 |", "| a\\|b | 4 (4) |",
              "6 images are in no split", "there are no test images", "class never has no annotations",
              "class c (4 images) is missing in train", "The imported files name none", "imported: 8 annotations", "flowchart LR",
              "| run one | classify | small_cnn | finished | accuracy 0.91 | m:1 (approved) |"})
            QVERIFY2(text.contains(part), qPrintable(QString(part) + "\n" + text));
        QVERIFY(text.contains(QString("v%1 --> v%2").arg(first.id.value).arg(row.id.value)));
        QVERIFY(text.contains(QString::fromStdString(folder.string())));
    }

    void licencesComeFromTheImports() {
        QVERIFY(m_workspace
                    ->write([](soci::session& sql) -> Result<> {
                        sql << "INSERT INTO import (at, author, source, format, state, report, extra) VALUES (1, 'ana', 'x.json', "
                               "'coco', 'done', '{}', '{\"licenses\":[{\"id\":1,\"name\":\"CC BY 4.0\",\"url\":\"http://l\"}],"
                               "\"info\":{\"License\":\"MIT\"}}')";
                        return {};
                    })
                    .has_value());
        const QString text = QString::fromStdString(data::dataCard(*m_workspace, take("a").id, {}).value());
        QVERIFY(text.contains("- CC BY 4.0 (http://l) (named by x.json)"));
        QVERIFY(text.contains("- MIT (named by x.json)"));
        QVERIFY(text.contains("No run has been trained on it."));
    }
};

QTEST_GUILESS_MAIN(TestVersions)
#include "tst_versions.moc"
