// labels: slow
// A session of labelling through the real window: twenty pictures of blood, every box drawn by mouse and classed by key, the image
// done by Space. What is on disk afterwards is what was drawn; the time per box is printed.
#include <QElapsedTimer>
#include <algorithm>
#include <map>
#include <numeric>

#include "core/data/import.h"
#include "core/store/labelling.h"
#include "tests/support/gui_test.h"
#include "widgets/canvas/label_mode.h"

using namespace lathe;
using namespace lathe::widgets::canvas;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kImages = 20;

struct Truth {
    std::map<std::string, std::vector<std::pair<std::string, annot::Rect>>> boxes;  ///< by file: class and box
    std::size_t count = 0;
};

fs::path sample() {
    return fs::path(LATHE_SOURCE_DIR) / "resources/samples/bccd";
}

/// The first twenty pictures by name: with their labels as a set of its own, and without.
void cut(const fs::path& labelled, const fs::path& bare) {
    std::vector<fs::path> pictures;
    for (const auto& entry : fs::directory_iterator(sample() / "JPEGImages")) pictures.push_back(entry.path());
    std::sort(pictures.begin(), pictures.end());
    pictures.resize(kImages);
    for (const auto& folder : {labelled / "JPEGImages", labelled / "Annotations", bare / "pictures"})
        fs::create_directories(folder);
    for (const auto& picture : pictures) {
        fs::copy(picture, labelled / "JPEGImages" / picture.filename());
        fs::copy(picture, bare / "pictures" / picture.filename());
        const fs::path xml = picture.stem().string() + ".xml";
        fs::copy(sample() / "Annotations" / xml, labelled / "Annotations" / xml);
    }
}

std::shared_ptr<store::Workspace> imported(const fs::path& workspace, const fs::path& set) {
    auto made = store::Workspace::create(workspace);
    if (!made || !data::importInto(**made, set, {}, {}, {})) return nullptr;
    return *made;
}

Truth truthOf(const store::Workspace& workspace) {
    Truth truth;
    std::map<std::int64_t, std::string> names;
    const auto classes = *workspace.classes();  // by name: a range over the temporary would outlive it
    for (const auto& row : classes) names[row.id.value] = row.name;
    for (std::int64_t id = 1; id <= std::int64_t(kImages); ++id) {
        const auto image = *workspace.image(ImageId(id));
        auto& boxes = truth.boxes[fs::path(image->name).filename().string()];
        const auto annotations = *workspace.annotations(ImageId(id));
        for (const auto& a : annotations)
            if (const auto* box = std::get_if<annot::Box>(&a.shape))
                boxes.emplace_back(names[a.classId.value], box->rect), ++truth.count;
    }
    return truth;
}

}  // namespace

class tst_LabelSession : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    Truth m_truth;
    std::unique_ptr<shell::MainWindow> m_window;
    std::vector<double> m_perBox;

    LabelMode& label() { return *static_cast<LabelMode*>(m_window->currentMode()); }
    View& view() { return label().view(); }
    Document& doc() { return label().document(); }
    [[nodiscard]] QPoint at(double x, double y) { return view().viewport().toDevice(annot::Point{x, y}).toPoint(); }
    void draw(const annot::Rect& r) {
        const QPoint from = at(r.x, r.y), to = at(r.x + r.w, r.y + r.h);
        QTest::mouseMove(&view(), from);
        QTest::mousePress(&view(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 6; ++i) QTest::mouseMove(&view(), from + (to - from) * i / 6);
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, to);
    }
    void labelImage() {
        const std::string file = fs::path(doc().image().name).filename().string();
        QVERIFY(m_truth.boxes.contains(file));
        QTest::keyClick(&view(), Qt::Key_R);
        for (const auto& [name, rect] : m_truth.boxes[file]) {
            QElapsedTimer clock;
            clock.start();
            const std::size_t before = doc().annotations().size();
            const Qt::Key digit = name == "RBC" ? Qt::Key_1 : name == "WBC" ? Qt::Key_2 : Qt::Key_3;
            QTest::keyClick(&view(), Qt::Key_Escape);
            doc().select({});
            QTest::keyClick(&view(), digit);
            draw(rect);
            QCOMPARE(doc().annotations().size(), before + 1);
            QCoreApplication::processEvents();
            m_perBox.push_back(double(clock.nsecsElapsed()) / 1e6);
        }
    }

private Q_SLOTS:
    void initTestCase() {
        const fs::path root = m_dir.path().toStdString();
        cut(root / "labelled", root / "bare");
        const auto labelled = imported(root / "truth.lathe", root / "labelled");
        QVERIFY(labelled);
        m_truth = truthOf(*labelled);
        QVERIFY2(m_truth.count > 200, qPrintable(QString::number(m_truth.count)));
        const auto bare = imported(root / "session.lathe", root / "bare");
        QVERIFY(bare);
        for (const char* name : {"RBC", "WBC", "Platelets"}) QVERIFY(bare->addClass(name).has_value());
    }
    void init() { test::failOnWarnings(); }

    void labelsTwentyImages() {
        m_window = test::openWindow(m_dir.path() + QStringLiteral("/session.lathe"), QStringLiteral("label"));
        QVERIFY(m_window);
        m_window->activateWindow();
        QTRY_VERIFY(doc().isOpen() && label().images().rowCount() == int(kImages));
        QElapsedTimer session;
        session.start();
        for (std::size_t i = 0; i < kImages; ++i) {
            view().setFocus();
            QTRY_VERIFY(view().hasFocus());
            const ImageId image = doc().image().id;
            labelImage();
            if (QTest::currentTestFailed()) return;
            QTest::keyClick(&view(), Qt::Key_Space);
            if (i + 1 < kImages) QTRY_VERIFY(doc().isOpen() && doc().image().id != image);
        }
        std::sort(m_perBox.begin(), m_perBox.end());
        qInfo("%zu boxes on %zu images in %.1f s; a box takes %.1f ms (median), %.1f ms (95 %%)", m_perBox.size(), kImages,
              double(session.elapsed()) / 1000, m_perBox[m_perBox.size() / 2], m_perBox[m_perBox.size() * 95 / 100]);
        QCOMPARE(m_perBox.size(), m_truth.count);
        QTRY_VERIFY(label().allSaved());
        m_window.reset();
    }

    void theDiskHoldsWhatWasDrawn() {
        const auto workspace = store::Workspace::open((m_dir.path() + QStringLiteral("/session.lathe")).toStdString());
        QVERIFY(workspace.has_value());
        std::map<std::int64_t, std::string> names;
        const auto classes = *(*workspace)->classes();
        for (const auto& row : classes) names[row.id.value] = row.name;
        for (std::int64_t id = 1; id <= std::int64_t(kImages); ++id) {
            const auto image = *(*workspace)->image(ImageId(id));
            QCOMPARE(image->state, std::string("done"));
            const auto drawn = *(*workspace)->annotations(ImageId(id));
            const auto& wanted = m_truth.boxes.at(fs::path(image->name).filename().string());
            QCOMPARE(drawn.size(), wanted.size());
            for (std::size_t i = 0; i < drawn.size(); ++i) {
                const annot::Rect &a = std::get<annot::Box>(drawn[i].shape).rect, &b = wanted[i].second;
                QCOMPARE(names[drawn[i].classId.value], wanted[i].first);
                const double off = std::max(
                    {std::abs(a.x - b.x), std::abs(a.y - b.y), std::abs(a.x + a.w - b.x - b.w), std::abs(a.y + a.h - b.y - b.h)});
                QVERIFY2(off <= 1.0, qPrintable(QString::number(off)));
            }
            const auto history = *(*workspace)->history(ImageId(id));
            annot::Annotations replayed;
            for (const auto& entry : history) QVERIFY(annot::apply(replayed, entry.edit).has_value());
            QCOMPARE(annot::pack(replayed), annot::pack(drawn));
        }
    }

    void theTimeIsKept() {
        const auto workspace = store::Workspace::open((m_dir.path() + QStringLiteral("/session.lathe")).toStdString());
        QVERIFY(workspace.has_value());
        const auto times = store::timeByUser(**workspace);
        QVERIFY(times.has_value() && times->size() == 1);
        QVERIFY(times->front().edits >= std::int64_t(m_truth.count) / 2);
    }
};

LATHE_GUI_TEST_MAIN(tst_LabelSession)
#include "tst_label_session.moc"
