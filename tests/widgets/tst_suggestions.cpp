// Suggestions of a model with real mouse and keys: accepted, refused, by class, all; what was corrected stays told apart for good.
#include <unistd.h>

#include <QApplication>

#include "core/rpc/protocol.h"
#include "core/rpc/server.h"
#include "core/store/suggestions.h"
#include "tests/support/label_page.h"
#include "widgets/canvas/prelabel.h"
#include "widgets/canvas/suggestion_bar.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;
using test::boxOf;

namespace {

/// An engine for the test, the program itself started again: pictures whose name ends in an even number are cells, others dust;
/// the third can't be read.
int smallEngine() {
    const rpc::Handler hello = [](const Json&, auto, const auto&) -> Result<Json> {
        return Json{{"protocol", rpc::kProtocolVersion},
                    {"engine", {{"version", LATHE_VERSION}, {"torch", "none"}}},
                    {"capabilities", {"predict"}},
                    {"devices", Json::array()},
                    {"checks", Json::array()}};
    };
    const rpc::Handler predict = [](const Json& params, auto, const auto&) -> Result<Json> {
        Json predictions = Json::array();
        for (std::size_t i = 0; i < params.at("images").size(); ++i) {
            if (i == 2)
                predictions.push_back({{"error", "the file is damaged"}, {"code", "corrupt"}});
            else
                predictions.push_back({{"class", i % 2 ? "dust" : "cell"}, {"confidence", i == 3 ? 0.1 : 0.9}});
        }
        return Json{{"predictions", predictions}};
    };
    return rpc::serve(STDIN_FILENO, STDOUT_FILENO, {{"initialize", hello}, {"predict", predict}});
}

}  // namespace

class tst_Suggestions : public QObject {
    Q_OBJECT
    std::unique_ptr<test::LabelPage> m_page;
    int m_run = 0;

    Document& doc() { return m_page->doc(); }
    Suggestions& suggestions() { return m_page->mode->suggestions(); }
    SuggestionBar& bar() { return m_page->mode->suggestionBar(); }
    std::string run() const { return "run" + std::to_string(m_run); }
    annot::Annotation guess(ClassId id, const annot::Rect& rect, double confidence) {
        auto a = boxOf(0, id, rect);
        a.confidence = confidence;
        return a;
    }
    store::OutcomeCounts counts() {
        doc().flush();
        return *store::outcomeCounts(*m_page->workspace, run());
    }

private Q_SLOTS:
    void initTestCase() {
        m_page = std::make_unique<test::LabelPage>();
        QVERIFY(m_page->open());
    }
    void cleanupTestCase() { m_page.reset(); }
    // Four of this round's run: 0.9 cell, 0.8 dust, 0.6 cell, 0.3 cell.
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        if (m_run) QVERIFY(store::dropSuggestions(*m_page->workspace, run()).has_value());
        ++m_run;
        m_page->put({});
        const std::pair<ImageId, annot::Annotations> predicted[] = {
            {doc().image().id,
             {guess(m_page->cell, {20, 20, 60, 60}, 0.9), guess(m_page->dust, {120, 20, 60, 60}, 0.8),
              guess(m_page->cell, {220, 20, 60, 60}, 0.6), guess(m_page->cell, {20, 120, 60, 60}, 0.3)}}};
        QVERIFY(store::putSuggestions(*m_page->workspace, run(), predicted).has_value());
        bar().slider().setValue(50);
        suggestions().reload();
        QTRY_VERIFY(suggestions().all().size() == 4 && suggestions().all().front().run == run());
        QTRY_COMPARE(suggestions().shown().size(), std::size_t(3));
        QVERIFY(bar().isVisible());
        QVERIFY(m_page->focus());
    }

    void theSliderChooses() {
        QCOMPARE(doc().suggestions().size(), std::size_t(3));
        bar().slider().setValue(25);
        QCOMPARE(doc().suggestions().size(), std::size_t(4));
        bar().slider().setValue(85);
        QCOMPARE(doc().suggestions().size(), std::size_t(1));
        m_page->key(Qt::Key_BracketLeft, Qt::ControlModifier);
        m_page->key(Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(doc().suggestions().size(), std::size_t(2));
    }

    void acceptsOneByKeyUnchanged() {
        m_page->key(Qt::Key_Tab);
        QVERIFY(m_page->view().hasFocus());
        QCOMPARE(doc().currentSuggestion(), 0);
        m_page->key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        const auto a = doc().annotations().front();
        QCOMPARE(a.source, "model:" + run());
        QCOMPARE(a.confidence, std::optional<double>(0.9));
        QCOMPARE(a.author, std::string("ana"));
        QCOMPARE(doc().suggestions().size(), std::size_t(2));
        QCOMPARE(doc().currentSuggestion(), 0);
        QCOMPARE(m_page->onDisk(), doc().annotations());
        QCOMPARE(counts().accepted, 1);
        QCOMPARE(counts().open, 3);
    }

    void aCorrectedOneIsToldApart() {
        m_page->key(Qt::Key_Tab);
        m_page->key(Qt::Key_Return);
        m_page->key(Qt::Key_V);
        m_page->click(50, 50);
        QCOMPARE(doc().selection().size(), std::size_t(1));
        m_page->key(Qt::Key_Right);
        m_page->view().settle();
        QCOMPARE(doc().annotations().front().source, "model:" + run() + " corrected");
        QCOMPARE(doc().annotations().front().confidence, std::optional<double>(0.9));
        QCOMPARE(m_page->onDisk(), doc().annotations());
        QCOMPARE(counts().corrected, 1);
        m_page->key(Qt::Key_2);
        QCOMPARE(doc().annotations().front().source, "model:" + run() + " corrected");
    }

    void refusesByKeyAndTakesItBack() {
        m_page->key(Qt::Key_Tab);
        m_page->key(Qt::Key_Tab);
        QCOMPARE(doc().currentSuggestion(), 1);
        m_page->key(Qt::Key_Delete);
        QCOMPARE(doc().suggestions().size(), std::size_t(2));
        QVERIFY(doc().annotations().empty());
        QTRY_COMPARE(counts().refused, 1);
    }

    void allAboveTheSlider() {
        QSignalSpy refused(&suggestions(), &Suggestions::refused);
        m_page->key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(3));
        QVERIFY(doc().suggestions().empty());
        QCOMPARE(counts().accepted, 3);
        m_page->key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().annotations().empty());
        QTRY_COMPARE(suggestions().shown().size(), std::size_t(3));
        m_page->key(Qt::Key_Delete, Qt::ShiftModifier);
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused[0][0].toInt(), 3);
        QVERIFY(doc().suggestions().empty());
        refused[0][1].value<std::function<void()>>()();
        QTRY_COMPARE(suggestions().shown().size(), std::size_t(3));
    }

    void aClickOnTheCanvasChoosesOne() {
        m_page->key(Qt::Key_V);
        m_page->click(150, 50);
        QCOMPARE(doc().currentSuggestion(), 1);
        m_page->key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(doc().annotations().front().classId, m_page->dust);
        m_page->click(390, 290);
        QCOMPARE(doc().currentSuggestion(), -1);
    }

    void byClass() {
        m_page->key(Qt::Key_Tab);
        m_page->key(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        QCOMPARE(suggestions().shown().size(), std::size_t(1));
        QCOMPARE(suggestions().shown()[0].shape.classId, m_page->dust);
        suggestions().setClass(m_page->cell);
        QVERIFY(suggestions().shown().empty());
        suggestions().setClass(std::nullopt);
    }

    void aPressedButtonDoesTheSame() {
        m_page->key(Qt::Key_Tab);
        for (auto* button : bar().findChildren<common::ActionButton*>())
            if (button->action() == bar().action("accept-suggestion")) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
    }

    void aSelectedShapeTakesTheKeysBack() {
        m_page->key(Qt::Key_Tab);
        m_page->key(Qt::Key_Return);
        m_page->key(Qt::Key_V);
        m_page->click(50, 50);
        m_page->key(Qt::Key_Delete);
        QVERIFY(doc().annotations().empty());
        QCOMPARE(suggestions().shown().size(), std::size_t(2));
    }

    void predictionsBecomeSuggestions() {
        const auto classes = *m_page->workspace->classes();
        const auto labels = store::predictedShapes({{"class", "dust"}, {"confidence", 0.75}}, classes, 0.5);
        QVERIFY(labels && labels->size() == 1 && labels->front().classId == m_page->dust);
        QCOMPARE(labels->front().confidence, std::optional<double>(0.75));
        QVERIFY(store::predictedShapes({{"class", "dust"}, {"confidence", 0.4}}, classes, 0.5)->empty());
        QCOMPARE(store::predictedShapes({{"class", "moon"}, {"confidence", 0.9}}, classes, 0.5).error().code, ErrorCode::NotFound);
        QCOMPARE(store::predictedShapes({{"error", "unreadable"}}, classes, 0.5).error().message, std::string("unreadable"));
    }

    void aQueryIsLabelledAhead() {
        rpc::Engine engine;
        PrelabelPlan plan;
        plan.run = "ahead";
        plan.folder = "/nowhere";
        plan.images = m_page->mode->images().ids();
        plan.least = 0.5;
        std::vector<std::int64_t> told;
        const Progress progress([&](const base::ProgressState& state) { told.push_back(state.done); });
        const auto report = prelabel(*m_page->workspace, engine, plan, {}, progress);
        QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
        QCOMPARE(report->suggestions, 2);  // of four: one is damaged, one too unsure
        QCOMPARE(report->problems.size(), std::size_t(1));
        QCOMPARE(report->problems.front().message, std::string("the file is damaged"));
        QCOMPARE(told.back(), 4);
        const auto first = store::suggestions(*m_page->workspace, plan.images[0]);
        const auto set = std::find_if(first->begin(), first->end(), [](const auto& s) { return s.run == "ahead"; });
        QVERIFY(set != first->end() && set->shapes.size() == 1);
        QCOMPARE(set->shapes[0].classId, m_page->cell);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(prelabel(*m_page->workspace, engine, plan, stop.get_token(), progress).error().code, ErrorCode::Cancelled);
        QVERIFY(store::dropSuggestions(*m_page->workspace, "ahead").has_value());
    }
};

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "serve") return smallEngine();
    qputenv("LATHE_ENGINE", std::filesystem::read_symlink("/proc/self/exe").c_str());
    QApplication application(argc, argv);
    tst_Suggestions test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_suggestions.moc"
