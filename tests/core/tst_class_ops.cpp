// Rename, merge and delete of classes over all images, undone as a whole.
#include <QtTest>

#include "core/data/query.h"
#include "core/store/class_ops.h"
#include "core/store/schema.h"
#include "core/store/suggestions.h"
#include "tests/support/labelled.h"

using namespace lathe;
using namespace lathe::test;
using store::Workspace;

namespace {

const ClassId kWbc(1), kRbc(2), kCell(3);

annot::Annotations threeBoxes() {
    return {shapeOf(1, kWbc, annot::Box{{1, 2, 3, 4}}), shapeOf(2, kRbc, annot::Box{{5, 6, 7, 8}}),
            shapeOf(3, kWbc, annot::Ellipse{{9, 9}, 3, 2, 0.5})};
}

}  // namespace

class TestClassOps : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;
    std::shared_ptr<Workspace> m_workspace;
    std::vector<ImageId> m_images;

    std::int64_t found(const std::string& query) const {
        const auto index = store::ColumnIndex::load(*m_workspace).value();
        return std::int64_t(data::runQuery(*m_workspace, *index, query).value().size());
    }
    std::vector<annot::Annotations> documents() const {
        std::vector<annot::Annotations> all;
        for (const auto image : m_images) all.push_back(m_workspace->annotations(image).value());
        return all;
    }

private Q_SLOTS:
    void init() {
        m_workspace = Workspace::create(m_temp.path() / (std::to_string(++m_count) + ".lathe")).value();
        for (const char* name : {"WBC", "RBC", "cell"}) QVERIFY(m_workspace->addClass(name).has_value());
        m_images.clear();
        for (int k = 0; k < 5; ++k) m_images.push_back(addImage(*m_workspace, std::to_string(k) + ".png", threeBoxes()));
        m_images.push_back(
            addImage(*m_workspace, "labels.png", {shapeOf(1, kWbc, annot::ImageLabel{}), shapeOf(2, kRbc, annot::ImageLabel{})}));
        m_images.push_back(addImage(*m_workspace, "empty.png"));
    }

    void theImpactIsCounted() {
        const auto impact = store::impactOf(*m_workspace, kWbc).value();
        QCOMPARE(impact.images, 6);
        QCOMPARE(impact.annotations, 11);
        QCOMPARE(impact.children, 0);
        QVERIFY(m_workspace->commit(adding(m_images[6], shapeOf(1, kWbc, annot::Dot{{1, 1}}))).has_value());
        QCOMPARE(store::impactOf(*m_workspace, kWbc).value().annotations, 12);
        QCOMPARE(store::impactOf(*m_workspace, ClassId(9)).error().code, ErrorCode::NotFound);
    }

    void manyObjectsGetAnotherClass() {
        const auto before = documents();
        store::ObjectsByImage objects;
        for (std::size_t k = 0; k < 5; ++k) objects[m_images[k]] = {AnnotationId(1), AnnotationId(3), AnnotationId(99)};
        const auto done = store::relabel(*m_workspace, objects, kRbc, "bo");
        QVERIFY2(done.has_value(), done ? "" : done.error().text().c_str());
        QCOMPARE(done->images, 5);
        const auto now = documents();
        for (std::size_t k = 0; k < 5; ++k)
            for (const auto& a : now[k]) QCOMPARE(a.classId, a.id == AnnotationId(2) ? before[k][1].classId : kRbc);
        QVERIFY(store::undoBatch(*m_workspace, done->batch, "ana").has_value());
        QCOMPARE(documents(), before);
        QVERIFY(!store::relabel(*m_workspace, objects, ClassId(77), "bo"));
        QCOMPARE(documents(), before);
    }

    void aMergeIsUndoneAsAWhole() {
        auto child = store::schema(*m_workspace).value().classes[2];
        child.parent = "WBC";
        QVERIFY(store::saveClass(*m_workspace, child).has_value());
        const auto before = documents();
        const auto schema = store::schema(*m_workspace).value();
        QVERIFY(m_workspace->commit(adding(m_images[6], shapeOf(1, kWbc, annot::Dot{{1, 1}}))).has_value());
        const auto dotted = documents();
        const auto merged = store::mergeClass(*m_workspace, kWbc, kRbc, "bo");
        QVERIFY2(merged.has_value(), merged ? "" : merged.error().text().c_str());
        QCOMPARE(merged->images, 7);
        QCOMPARE(merged->annotations, 12);
        QCOMPARE(m_workspace->classes().value().size(), std::size_t(2));
        QCOMPARE(store::schema(*m_workspace).value().find(kCell)->parent, std::string("RBC"));
        QCOMPARE(found("class:RBC"), 7);
        for (const auto& document : documents())
            for (const auto& a : document) QCOMPARE(a.classId, kRbc);
        QCOMPARE(documents()[5].size(), std::size_t(1));
        QCOMPARE(m_workspace->image(m_images[0]).value()->state, std::string("done"));
        const auto history = m_workspace->history(m_images[0]).value();
        QCOMPARE(history.back().batch, merged->batch.value);
        QCOMPARE(history.back().edit.author, std::string("bo"));

        const auto undone = store::undoBatch(*m_workspace, merged->batch, "ana");
        QVERIFY2(undone.has_value(), undone ? "" : undone.error().text().c_str());
        QCOMPARE(undone->images, 7);
        QCOMPARE(undone->skipped, 0);
        QCOMPARE(documents(), dotted);
        QCOMPARE(store::schema(*m_workspace).value(), schema);
        QCOMPARE(found("class:WBC"), 7);
        QCOMPARE(store::undoBatch(*m_workspace, merged->batch, "ana").error().code, ErrorCode::InvalidArgument);
        const auto list = store::batches(*m_workspace).value();
        QVERIFY(list[0].undone);
        QCOMPARE(list[0].label, std::string("Merge class WBC into RBC"));
        QCOMPARE(before.size(), dotted.size());
    }

    void aDeletionIsUndoneAsAWhole() {
        const auto before = documents();
        const auto deleted = store::deleteClass(*m_workspace, kWbc, "bo").value();
        QCOMPARE(deleted.annotations, 11);
        QCOMPARE(documents()[0], (annot::Annotations{threeBoxes()[1]}));
        QCOMPARE(m_workspace->classes().value().size(), std::size_t(2));
        QVERIFY(m_workspace->addClass("fresh").value().value > 3);
        QVERIFY(store::undoBatch(*m_workspace, deleted.batch, "bo").has_value());
        QCOMPARE(documents(), before);
    }

    void idsOfDeletedClassesAreNotGivenAgain() {
        QVERIFY(store::deleteClass(*m_workspace, kCell, "bo").has_value());
        QCOMPARE(m_workspace->addClass("other").value().value, 4);
    }

    void whatWasEditedSinceStays() {
        const auto merged = store::mergeClass(*m_workspace, kWbc, kRbc, "bo").value();
        auto now = m_workspace->annotations(m_images[0]).value();
        auto moved = now[0];
        moved.shape = annot::Box{{50, 50, 3, 4}};
        QVERIFY(m_workspace->commit(changing(m_images[0], now[0], moved)).has_value());
        auto other = now[2];
        other.classId = kCell;
        QVERIFY(m_workspace->commit(changing(m_images[0], now[2], other)).has_value());
        const auto undone = store::undoBatch(*m_workspace, merged.batch, "bo").value();
        QCOMPARE(undone.skipped, 1);
        now = m_workspace->annotations(m_images[0]).value();
        QCOMPARE(now[0].classId, kWbc);
        QCOMPARE(now[0].shape, moved.shape);
        QCOMPARE(now[2].classId, kCell);
    }

    void undoOnOneImageBringsTheClassBack() {
        QVERIFY(store::mergeClass(*m_workspace, kWbc, kRbc, "bo").has_value());
        QVERIFY(m_workspace->addClass("WBC").has_value());
        QVERIFY(m_workspace->undo(m_images[0], "ana").value().has_value());
        QCOMPARE(m_workspace->annotations(m_images[0]).value(), threeBoxes());
        const auto schema = store::schema(*m_workspace).value();
        QVERIFY(schema.find(kWbc) != nullptr);
        QCOMPARE(schema.find(kWbc)->name, std::string("WBC (2)"));
        QVERIFY(m_workspace->redo(m_images[0], "ana").value().has_value());
        QCOMPARE(m_workspace->annotations(m_images[0]).value()[0].classId, kRbc);
    }

    void aRenameIsOneOperationToo() {
        QCOMPARE(store::renameClass(*m_workspace, kWbc, "RBC", "bo").error().code, ErrorCode::AlreadyExists);
        QCOMPARE(store::renameClass(*m_workspace, kWbc, " ", "bo").error().code, ErrorCode::InvalidArgument);
        const auto renamed = store::renameClass(*m_workspace, kWbc, "白血球", "bo").value();
        QCOMPARE(found("class:白血球"), 6);
        QVERIFY(store::undoBatch(*m_workspace, renamed.batch, "bo").has_value());
        QCOMPARE(found("class:WBC"), 6);
    }

    void aStopLeavesNothingHalfDone() {
        const auto before = documents();
        std::stop_source source;
        const Progress progress([&](const base::ProgressState& s) {
            if (s.done == 3) source.request_stop();
        });
        const auto stopped = store::deleteClass(*m_workspace, kWbc, "bo", source.get_token(), progress);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(documents(), before);
        QCOMPARE(m_workspace->classes().value().size(), std::size_t(3));
        QVERIFY(store::batches(*m_workspace).value().empty());
        QCOMPARE(m_workspace->history(m_images[0]).value().size(), std::size_t(1));
    }

    void suggestionsFollowAMerge() {
        annot::Annotation s = shapeOf(0, kWbc, annot::Box{{1, 1, 2, 2}});
        s.confidence = 0.5;
        const std::vector<std::pair<ImageId, annot::Annotations>> puts{{m_images[6], {s}}};
        QVERIFY(store::putSuggestions(*m_workspace, "r", puts).has_value());
        const auto merged = store::mergeClass(*m_workspace, kWbc, kRbc, "bo").value();
        QCOMPARE(store::suggestions(*m_workspace, m_images[6]).value()[0].shapes[0].classId, kRbc);
        QVERIFY(store::undoBatch(*m_workspace, merged.batch, "bo").has_value());
        QCOMPARE(store::suggestions(*m_workspace, m_images[6]).value()[0].shapes[0].classId, kWbc);
        QVERIFY(store::deleteClass(*m_workspace, kWbc, "bo").has_value());
        QVERIFY(store::suggestions(*m_workspace, m_images[6]).value().empty());
    }
};

QTEST_GUILESS_MAIN(TestClassOps)
#include "tst_class_ops.moc"
