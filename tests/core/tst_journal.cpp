// Edits, undo and redo across restarts, the frozen rule, the queue.
#include <QtTest>

#include <atomic>
#include <random>

#include "core/annot/edit_plan.h"
#include "core/base/files.h"
#include "core/data/snapshot.h"
#include "core/store/records.h"
#include "core/store/replay.h"
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
    void thePastIsTheSameBitForBit() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        std::mt19937 random(7);
        std::vector<std::pair<std::int64_t, std::string>> moments{{0, annot::pack({})}};
        for (int step = 0; step < 200; ++step) {
            const auto now = *workspace->annotations(image);
            const unsigned what = random() % 6;
            if (what == 0) {
                QVERIFY(workspace->undo(image, "ana").has_value());
            } else if (what == 1) {
                QVERIFY(workspace->redo(image, "bo").has_value());
            } else {
                const auto next = *workspace->nextAnnotationId(image);
                auto to = now;
                if (what == 2 && !to.empty()) to.erase(to.begin() + std::ptrdiff_t(random() % to.size()));
                if (what == 3 && !to.empty()) to[random() % to.size()].setShape(annot::Dot{{1.0 / double(1 + random() % 9), 0.1}});
                if (what >= 4)
                    to.insert(to.begin() + std::ptrdiff_t(random() % (to.size() + 1)),
                              box(next.value, 0.1 * double(random() % 99)));
                QVERIFY(workspace->commit({image, "ana", double(step), "Step", annot::changesBetween(now, to)}).has_value());
            }
            const auto history = *workspace->history(image);
            if (!history.empty()) moments.emplace_back(history.back().seq, annot::pack(*workspace->annotations(image)));
        }
        const auto history = *workspace->history(image);
        const auto now = *workspace->annotations(image);
        for (const auto& [seq, body] : moments) QCOMPARE(annot::pack(*store::stateAt(history, now, seq)), body);
    }

    void thePastOnBothSidesOfAnImport() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        QVERIFY(workspace->commit(adding(image, 1, 3)).has_value());
        const auto gone = *workspace->annotations(image);
        const auto imported = [&](std::int64_t id) {
            return workspace->write([&](soci::session& sql) -> Result<> {
                store::ImageWriter(sql).annotate(image, store::packDocument({box(id, 5)}), "ana");
                return {};
            });
        };
        QVERIFY(imported(7).has_value());
        QVERIFY(workspace->commit(moving(image, 7, 5, 6)).has_value());
        auto history = *workspace->history(image);
        const auto now = *workspace->annotations(image);
        QCOMPARE(*store::stateAt(history, now, history[0].seq), gone);
        QCOMPARE(*store::stateAt(history, now, history[1].seq), annot::Annotations{box(7, 5)});
        QCOMPARE(*store::stateAt(history, now, history[2].seq), now);
        QVERIFY(imported(9).has_value());
        history = *workspace->history(image);
        QCOMPARE(store::stateAt(history, *workspace->annotations(image), history[2].seq).error().code, ErrorCode::NotFound);
    }

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
