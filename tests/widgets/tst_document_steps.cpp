// Undo and redo of what was done here are shown at once, and the journal agrees; what others did in between is found by reading
// again. Edits of very many shapes.
#include <QRegularExpression>
#include <QtTest>
#include <opencv2/imgcodecs.hpp>

#include "core/base/time.h"
#include "core/data/import.h"
#include "widgets/canvas/document.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;

namespace {
constexpr int kMany = 2000;
}

class tst_DocumentSteps : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<Document> m_document;
    ClassId m_cell, m_dust;
    ImageId m_image;

    Document& doc() { return *m_document; }
    annot::Annotations onDisk() {
        doc().flush();
        return m_workspace->annotations(m_image).value_or(annot::Annotations{});
    }
    bool settled() { return doc().allSaved(); }
    std::vector<AnnotationId> addMany(int count) {
        annot::Annotations shapes;
        for (int i = 0; i < count; ++i) {
            const int column = i % 50, row = i / 50;
            shapes.push_back(doc().make(m_cell, annot::Box{{column * 6.0, row * 5.0, 4, 3}}));
        }
        std::vector<AnnotationId> ids;
        for (const auto& a : shapes) ids.push_back(a.id);
        doc().add("Add", shapes);
        return ids;
    }
    void giveClass(const std::vector<AnnotationId>& ids, ClassId id) {
        annot::Annotations shapes;
        for (const AnnotationId one : ids) shapes.push_back(*doc().find(one));
        for (auto& a : shapes) a.classId = id;
        doc().replace("Change class", shapes);
    }

private Q_SLOTS:
    void initTestCase() {
        const std::filesystem::path folder = m_dir.path().toStdString();
        std::filesystem::create_directories(folder / "set");
        QVERIFY(cv::imwrite((folder / "set" / "a.png").string(), cv::Mat(300, 400, CV_8UC3, cv::Scalar(9, 90, 60))));
        m_workspace = store::Workspace::create(folder / "w.lathe").value_or(nullptr);
        QVERIFY(m_workspace);
        QVERIFY(data::importInto(*m_workspace, folder / "set", {}, {}, {}));
        m_cell = *m_workspace->addClass("cell", "#ff0000");
        m_dust = *m_workspace->addClass("dust", "#00ff00");
        m_image = ImageId(1);
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".+")));
        m_document = std::make_unique<Document>(m_services);
        doc().setWorkspace(m_workspace);
        auto open = openImage(doc().source(), m_image, {});
        QVERIFY(open);
        doc().show(std::move(*open));
        doc().setClasses(*m_workspace->classes());
        std::vector<AnnotationId> ids;
        for (const auto& a : doc().annotations()) ids.push_back(a.id);
        doc().commit("Clear", annot::removalOf(doc().annotations(), ids));
        QVERIFY(onDisk().empty());
    }
    void cleanup() { m_document.reset(); }

    void oneStepIsShownAtOnce() {
        const auto ids = addMany(1);
        giveClass(ids, m_dust);
        doc().undo();
        QCOMPARE(doc().find(ids[0])->classId, m_cell);
        doc().redo();
        QCOMPARE(doc().find(ids[0])->classId, m_dust);
        doc().undo();
        doc().undo();
        QVERIFY(doc().annotations().empty());
        QTRY_VERIFY(settled());
        QCOMPARE(onDisk(), doc().annotations());
        QTRY_VERIFY(doc().canRedo());
        doc().redo();
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QTRY_VERIFY(settled());
        QCOMPARE(onDisk(), doc().annotations());
    }
    void closingWritesWhatWaitsBehindAnUndo() {
        addMany(1);
        doc().undo();
        addMany(3);
        doc().undo();
        doc().redo();
        const annot::Annotations shown = doc().annotations();
        QCOMPARE(shown.size(), std::size_t(3));
        m_document.reset();
        QCOMPARE(*m_workspace->annotations(m_image), shown);
    }
    void flushWritesWhatWaitsBehindAnUndo() {
        addMany(2);
        doc().undo();
        addMany(1);
        QCOMPARE(onDisk(), doc().annotations());
        QTRY_VERIFY(settled());
        QCOMPARE(onDisk(), doc().annotations());
    }
    void manyShapesChangeTheirClassAndBack() {
        const auto ids = addMany(kMany);
        const std::vector<AnnotationId> half(ids.begin(), ids.begin() + kMany / 2);
        giveClass(half, m_dust);
        QCOMPARE(doc().scene()->find(half[7].value).head().colour, 0xff00ff00u);
        QCOMPARE(doc().scene()->find(ids.back().value).head().colour, 0xffff0000u);
        QCOMPARE(doc().scene()->hits({2.f, 1.f}, 0.5f).size(), std::size_t(1));
        doc().undo();
        QCOMPARE(doc().find(half[7])->classId, m_cell);
        QCOMPARE(doc().scene()->find(half[7].value).head().colour, 0xffff0000u);
        doc().redo();
        QCOMPARE(doc().scene()->find(half[7].value).head().colour, 0xff00ff00u);
        QTRY_VERIFY(settled());
        QCOMPARE(onDisk(), doc().annotations());
    }
    void aRemovalOfManyComesBackInOrder() {
        const auto ids = addMany(kMany);
        const annot::Annotations before = doc().annotations();
        std::vector<AnnotationId> some;
        for (std::size_t i = 0; i < ids.size(); i += 3) some.push_back(ids[i]);
        doc().commit("Delete", annot::removalOf(doc().annotations(), some));
        QCOMPARE(doc().annotations().size(), ids.size() - some.size());
        doc().undo();
        QCOMPARE(doc().annotations(), before);
        QTRY_VERIFY(settled());
        QCOMPARE(onDisk(), before);
    }
    void stepsAndEditsKeepTheirOrder() {
        const auto ids = addMany(3);
        for (int i = 0; i < 40; ++i) {
            giveClass({ids[std::size_t(i % 3)]}, i % 2 ? m_cell : m_dust);
            if (i % 4 == 3) doc().undo();
            if (i % 8 == 7) doc().redo();
        }
        QTRY_VERIFY(settled());
        QCOMPARE(onDisk(), doc().annotations());
    }
    void anotherHandInBetween() {
        const auto ids = addMany(2);
        giveClass({ids[0]}, m_dust);
        QTRY_VERIFY(settled());
        (void)onDisk();
        annot::Annotation other = *doc().find(ids[1]);
        other.classId = m_dust;
        QVERIFY(m_workspace->commit({m_image, "ben", base::now(), "Change class", {{*doc().find(ids[1]), other, 1, 1}}}));
        doc().undo();
        QTRY_VERIFY(settled());
        QTRY_COMPARE(doc().annotations(), onDisk());
        QCOMPARE(doc().find(ids[0])->classId, m_dust);
        QCOMPARE(doc().find(ids[1])->classId, m_cell);
    }
};

QTEST_MAIN(tst_DocumentSteps)
#include "tst_document_steps.moc"
