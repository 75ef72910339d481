// Edits, undo and redo across restarts, the frozen rule, the queue.
#include <QtTest>

#include <atomic>

#include "core/base/files.h"
#include "core/data/snapshot.h"
#include "core/store/records.h"
#include "core/store/workspace.h"

using namespace lathe;
using store::Workspace;

namespace {

ImageId addImage(Workspace& workspace, const std::string& name) {
    ImageId id;
    const auto done = workspace.write([&](soci::session& sql) -> Result<> {
        store::ImageWriter writer(sql);
        store::ImageRow row;
        row.name = name, row.path = "media/" + name, row.digest = "digest of " + name, row.state = "new";
        id = writer.add(row, nullptr, {}, {});
        store::touchImages(sql);
        return {};
    });
    if (!done) qFatal("%s", done.error().text().c_str());
    return id;
}

annot::Annotation box(std::int64_t id, double x) {
    annot::Annotation a;
    a.id = AnnotationId(id), a.classId = ClassId(1);
    a.shape = annot::Box{{x, 2, 3.25, 4}};
    return a;
}

annot::AnnotationEdit adding(ImageId image, std::int64_t id, double x) {
    return {image, "ana", 1000.5 + double(id), "Draw box", {{std::nullopt, box(id, x), -1, -1}}};
}

annot::AnnotationEdit moving(ImageId image, std::int64_t id, double from, double to) {
    return {image, "bo", 2000, "Move box", {{box(id, from), box(id, to), -1, -1}}};
}

}  // namespace

class TestJournal : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;

    std::shared_ptr<Workspace> fresh() {
        auto workspace = Workspace::create(m_temp.path() / (std::to_string(++m_count) + ".lathe"));
        if (!workspace) qFatal("%s", workspace.error().text().c_str());
        return *workspace;
    }

private Q_SLOTS:
    void anEditIsAppliedAndJournaled() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        QCOMPARE(workspace->nextAnnotationId(image)->value, 1);
        const auto seq = workspace->commit(adding(image, 1, 10.125));
        QVERIFY(seq.has_value());
        QCOMPARE(workspace->annotations(image).value(), annot::Annotations{box(1, 10.125)});
        QCOMPARE(workspace->nextAnnotationId(image)->value, 2);
        QCOMPARE(workspace->image(image).value()->state, std::string("in_progress"));
        const auto history = *workspace->history(image);
        QCOMPARE(history.size(), std::size_t(1));
        QCOMPARE(history[0].seq, *seq);
        QCOMPARE(history[0].edit, adding(image, 1, 10.125));
        QCOMPARE(workspace->revision().journal, *seq);
    }

    void anEditOfSomethingElseIsRefused() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        QVERIFY(workspace->commit(adding(image, 1, 10)).has_value());
        QCOMPARE(workspace->commit(moving(image, 1, 11, 12)).error().code, ErrorCode::InvalidData);
        QCOMPARE(workspace->commit(adding(ImageId(99), 1, 0)).error().code, ErrorCode::NotFound);
        QCOMPARE(workspace->history(image)->size(), std::size_t(1));
    }

    void undoAndRedoOutliveTheProgram() {
        const auto folder = m_temp.path() / "undo.lathe";
        ImageId image;
        {
            const auto workspace = *Workspace::create(folder);
            image = addImage(*workspace, "a.png");
            QVERIFY(workspace->commit(adding(image, 1, 1)).has_value());
            QVERIFY(workspace->commit(adding(image, 2, 2)).has_value());
            QVERIFY(workspace->commit(moving(image, 1, 1, 5)).has_value());
            QVERIFY(workspace->undo(image, "ana")->has_value());
        }
        const auto workspace = *Workspace::open(folder);
        QVERIFY(*workspace->canUndo(image) && *workspace->canRedo(image));
        QVERIFY(workspace->undo(image, "ana")->has_value());
        QCOMPARE(*workspace->annotations(image), annot::Annotations{box(1, 1)});
        QVERIFY(workspace->redo(image, "ana")->has_value());
        QVERIFY(workspace->redo(image, "ana")->has_value());
        QCOMPARE(*workspace->annotations(image), (annot::Annotations{box(1, 5), box(2, 2)}));
        QVERIFY(!workspace->redo(image, "ana")->has_value());
        for (int k = 0; k < 3; ++k) QVERIFY(workspace->undo(image, "ana")->has_value());
        QVERIFY(workspace->annotations(image)->empty());
        QVERIFY(!workspace->undo(image, "ana")->has_value());
        QCOMPARE(workspace->nextAnnotationId(image)->value, 3);
    }

    void aNewEditClearsRedo() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png"), other = addImage(*workspace, "b.png");
        QVERIFY(workspace->commit(adding(image, 1, 1)).has_value());
        QVERIFY(workspace->commit(adding(other, 1, 7)).has_value());
        QVERIFY(workspace->undo(image, "ana")->has_value());
        QVERIFY(workspace->commit(adding(image, 2, 2)).has_value());
        QVERIFY(!*workspace->canRedo(image));
        QVERIFY(workspace->undo(image, "ana")->has_value());
        QVERIFY(!*workspace->canUndo(image));
        QCOMPARE(*workspace->annotations(other), annot::Annotations{box(1, 7)});
    }

    void aSnapshotKeepsWhatItNames() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        QVERIFY(workspace->commit(adding(image, 1, 1)).has_value());
        const auto snapshot = *data::takeSnapshot(*workspace, "", "", "ana");
        QVERIFY(workspace->commit(moving(image, 1, 1, 5)).has_value());
        QVERIFY(workspace->commit(moving(image, 1, 5, 6)).has_value());
        const auto items = *data::snapshotItems(*workspace, snapshot.id);
        QCOMPARE(items.size(), std::size_t(1));
        QCOMPARE(*data::snapshotAnnotations(*workspace, items[0]), annot::Annotations{box(1, 1)});
        long long documents = 0;
        QVERIFY(workspace
                    ->read([&](soci::session& sql) -> Result<> {
                        documents = store::oneNumber(sql, "SELECT count(*) FROM annotation_doc");
                        return {};
                    })
                    .has_value());
        QCOMPARE(documents, 2);
    }

    void theQueueKeepsOrder() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        std::atomic<int> done = 0, failed = 0;
        {
            store::EditQueue queue(workspace, [&](const annot::AnnotationEdit&, const Result<std::int64_t>& seq) {
                ++done;
                failed += !seq.has_value();
            });
            queue.push(adding(image, 1, 0));
            for (int k = 0; k < 200; ++k) queue.push(moving(image, 1, k, k + 1));
            queue.flush();
            QCOMPARE(queue.pending(), std::size_t(0));
            queue.push(adding(image, 2, 0));
        }
        QCOMPARE(done.load(), 202);
        QCOMPARE(failed.load(), 0);
        QCOMPARE(*workspace->annotations(image), (annot::Annotations{box(1, 200), box(2, 0)}));
    }

    void twoOpeningsEditAtOnce() {
        const auto here = fresh();
        const auto there = *Workspace::open(here->layout().root);
        const auto a = addImage(*here, "a.png"), b = addImage(*here, "b.png");
        std::thread other([&] {
            for (int k = 1; k <= 100; ++k) QVERIFY(there->commit(adding(b, k, k)).has_value());
        });
        for (int k = 1; k <= 100; ++k) QVERIFY(here->commit(adding(a, k, k)).has_value());
        other.join();
        QCOMPARE(there->annotations(a)->size(), std::size_t(100));
        QCOMPARE(here->annotations(b)->size(), std::size_t(100));
        QCOMPARE(here->revision().journal, 200);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
