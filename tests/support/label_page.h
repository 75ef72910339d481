// The Label mode on a small workspace of its own, with the mouse and keys of a person: what the tests of the canvas and of its
// panels stand on.
#pragma once
#include <QtTest>
#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/data/import.h"
#include "core/store/schema.h"
#include "tests/support/gui_test.h"
#include "widgets/canvas/label_mode.h"

namespace lathe::test {

struct LabelSet {
    int images = 4;
    std::vector<std::string> classes = {"cell", "dust", "scratch"};  ///< beside "plain", the folder that the pictures lie in
    std::filesystem::path pictures = {};                             ///< the first ones of this folder; empty: made ones
};

inline annot::Annotation boxOf(std::int64_t id, ClassId classId, const annot::Rect& rect) {
    annot::Annotation a;
    a.id = AnnotationId(id);
    a.classId = classId;
    a.shape = annot::Box{rect};
    return a;
}

inline bool near(double a, double b, double by = 1) {
    return std::abs(a - b) <= by;
}

/// Replaces what the field holds.
inline void typeInto(QWidget* field, const QString& text, Qt::Key end = Qt::Key_Return) {
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QInputMethodEvent committed;  // as an input method does: QTest's keys are ASCII
    committed.setCommitString(text);
    QApplication::sendEvent(field, &committed);
    QTest::keyClick(field, end);
}

/// Made pictures are kWidth x kHeight with a disc of radius 40 at (120 + 9 i, 150).
class LabelPage {
public:
    static constexpr int kWidth = 400, kHeight = 300;

    explicit LabelPage(const LabelSet& set = {}) : m_images(set.images), m_classes(set.classes.size() + 1) {
        makeWorkspace(set);
        if (!workspace) qFatal("no workspace could be made");
        for (auto [id, name] : {std::pair{&cell, "cell"}, {&dust, "dust"}, {&scratch, "scratch"}})
            if (std::ranges::find(set.classes, name) != set.classes.end()) *id = *workspace->addClass(name);
        services.jobs = &jobs;
        services.user = QStringLiteral("ana");
    }
    ~LabelPage() { close(); }

    /// Shows the mode with the first image open and the canvas in focus.
    bool open() {
        mode = std::make_unique<widgets::canvas::LabelMode>(services);
        mode->resize(1300, 850);
        mode->setWorkspace(workspace);
        mode->show();
        if (!QTest::qWaitForWindowExposed(mode.get())) return false;
        mode->activateWindow();
        mode->enter({});
        return QTest::qWaitFor(
                   [&] {
                       return doc().isOpen() && mode->images().rowCount() == m_images && doc().schema().classes.size() == m_classes;
                   },
                   10000) &&
               focus();
    }
    bool openImage(int row) {
        mode->enter({{QStringLiteral("image"), qint64(mode->images().idAt(row).value)}});
        return QTest::qWaitFor([&] { return doc().isOpen() && doc().image().id == mode->images().idAt(row); }, 10000) && focus();
    }
    bool focus() {
        view().setFocus();
        return QTest::qWaitFor([&] { return view().hasFocus(); }, 3000);
    }
    void close() { mode.reset(); }

    widgets::canvas::View& view() { return mode->view(); }
    widgets::canvas::Document& doc() { return mode->document(); }
    /// The visible child of a type with that accessible name, or that text; waits for it, and ends the test when none comes.
    template <class T>
    T* named(const QString& name) {
        return awaited<T>(name, [&](T* child) { return child->accessibleName() == name; });
    }
    template <class T>
    T* worded(const QString& text) {
        return awaited<T>(text, [&](T* child) { return child->text() == text; });
    }
    /// Whether there is one now.
    template <class T>
    bool shows(const QString& name) {
        return child<T>([&](T* child) { return child->accessibleName() == name; }) != nullptr;
    }
    template <class T>
    bool says(const QString& text) {
        return child<T>([&](T* child) { return child->text() == text; }) != nullptr;
    }

    // -- hands; places in image px
    [[nodiscard]] QPoint at(double x, double y) { return view().viewport().toDevice(annot::Point{x, y}).toPoint(); }
    void moveTo(double x, double y) { QTest::mouseMove(&view(), at(x, y)); }
    /// With the left button down and keys held, which QTest::mouseMove can't say.
    void moveWith(double x, double y, Qt::KeyboardModifiers keys, Qt::MouseButtons buttons = Qt::LeftButton) {
        const QPointF p = at(x, y);
        QMouseEvent event(QEvent::MouseMove, p, view().mapToGlobal(p), Qt::NoButton, buttons, keys);
        QApplication::sendEvent(&view(), &event);
    }
    void click(double x, double y, Qt::KeyboardModifiers keys = {}, Qt::MouseButton button = Qt::LeftButton) {
        moveTo(x, y);
        QTest::mouseClick(&view(), button, keys, at(x, y));
    }
    void drag(double x0, double y0, double x1, double y1, Qt::KeyboardModifiers keys = {}) {
        moveTo(x0, y0);
        QTest::mousePress(&view(), Qt::LeftButton, keys, at(x0, y0));
        for (int i = 1; i <= 5; ++i) moveWith(x0 + (x1 - x0) * i / 5, y0 + (y1 - y0) * i / 5, keys);
        QTest::mouseRelease(&view(), Qt::LeftButton, keys, at(x1, y1));
    }
    void key(int k, Qt::KeyboardModifiers keys = {}) {
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key(k), keys);
    }
    /// The digit that chooses the class.
    void classKey(ClassId id) { key(Qt::Key_1 + mode->findChild<widgets::canvas::ClassModel*>()->rowOf(id)); }

    // -- the image's shapes
    AnnotationId add(annot::Shape shape, ClassId of = {}) {
        auto a = doc().make(of.valid() ? of : cell, std::move(shape));
        doc().add("Draw", {a});
        return a.id;
    }
    /// These shapes alone, written.
    void put(std::vector<annot::Annotation> shapes) {
        removeAll();
        for (auto& a : shapes) a.id = doc().make(a.classId, a.shape).id;
        doc().add("Put", shapes);
        settle();
        QCoreApplication::processEvents();
    }
    /// No shape, no rule, no tool.
    void clear() {
        key(Qt::Key_Escape);
        removeAll();
        doc().setSchema({});
        key(Qt::Key_V);
    }
    annot::Annotations onDisk() {
        settle();
        return workspace->annotations(doc().image().id).value_or(annot::Annotations{});
    }
    template <class T>
    const T& only() {
        if (doc().annotations().size() != 1) throw std::runtime_error("not one shape");
        return std::get<T>(doc().annotations().front().shape);
    }

    std::shared_ptr<store::Workspace> workspace;
    widgets::common::Jobs jobs;
    widgets::common::Services services;
    std::unique_ptr<widgets::canvas::LabelMode> mode;
    ClassId cell, dust, scratch;

private:
    template <class T>
    T* child(const std::function<bool(T*)>& is) {
        for (T* child : mode->findChildren<T*>())
            if (child->isVisible() && is(child)) return child;
        return nullptr;
    }
    template <class T>
    T* awaited(const QString& what, const std::function<bool(T*)>& is) {
        T* found = nullptr;
        if (!QTest::qWaitFor([&] { return (found = child<T>(is)) != nullptr; }))
            qFatal("no visible %s \"%s\"", T::staticMetaObject.className(), qUtf8Printable(what));
        return found;
    }
    static std::vector<cv::Mat> pictures(const LabelSet& set) {
        std::vector<std::filesystem::path> known;
        if (!set.pictures.empty())
            for (const auto& entry : std::filesystem::directory_iterator(set.pictures)) known.push_back(entry.path());
        std::sort(known.begin(), known.end());
        std::vector<cv::Mat> out;
        for (int i = 0; i < set.images; ++i) {
            if (std::size_t(i) < known.size()) {
                out.push_back(cv::imread(known[std::size_t(i)].string()));
                continue;
            }
            out.emplace_back(kHeight, kWidth, CV_8UC3, cv::Scalar(90 + i, 140, 180));
            cv::circle(out.back(), {120 + i * 9, 150}, 40, cv::Scalar(60, 20, 160), -1);
        }
        return out;
    }
    void makeWorkspace(const LabelSet& set) {
        const std::filesystem::path folder = m_dir.path().toStdString(), plain = folder / "set" / "plain";
        std::filesystem::create_directories(plain);
        const auto all = pictures(set);
        for (std::size_t i = 0; i < all.size(); ++i) cv::imwrite((plain / ("p" + std::to_string(i) + ".png")).string(), all[i]);
        auto made = store::Workspace::create(folder / "w.lathe");
        if (!made || !data::importInto(**made, folder / "set", {}, {}, {})) return;
        for (const auto& name : set.classes)
            if (!(*made)->addClass(name)) return;
        if ((*made)->imageCount().value_or(0) == set.images) workspace = *made;
    }
    void removeAll() {
        std::vector<AnnotationId> ids;
        for (const auto& a : doc().annotations()) ids.push_back(a.id);
        doc().remove("Clear", ids);
    }
    void settle() {
        doc().flush();
        (void)QTest::qWaitFor([&] { return doc().allSaved(); });  // an undo before it may still be on its way
    }
    QTemporaryDir m_dir;
    int m_images;
    std::size_t m_classes;
};

}  // namespace lathe::test
