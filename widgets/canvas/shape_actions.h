// What can be done with the selected shapes: set operations, clean-up, conversions, order, groups. Each is an action with a key and
// one step of undo.
#pragma once
#include <bitset>

#include "core/annot/convert.h"
#include "widgets/canvas/shape_edits.h"
#include "widgets/canvas/shape_popup.h"
#include "widgets/common/action_set.h"

class QMenu;

namespace lathe::widgets::canvas {

class Document;
class View;

/// GUI thread. Locked shapes are left alone.
class ShapeActions : public QObject {
    Q_OBJECT
public:
    ShapeActions(Document& document, View& view, QWidget* owner);
    [[nodiscard]] const QList<QAction*>& all() const { return m_do.all(); }
    void update();
    void retranslate() { m_do.retranslate(); }
    /// "Shape", with what is possible now.
    void addMenu(QMenu& menu) const;

Q_SIGNALS:
    void refused(const QString& words);  ///< empty: what was said before has no meaning any more

private:
    /// What is selected, as far as it decides what can be done.
    struct Selected {
        int all = 0, unlocked = 0, areal = 0, lines = 0, grouped = 0;
        std::bitset<std::variant_size_v<annot::Shape>> into;  ///< kinds that one of them can become
    };
    void buildSetActions();
    void buildCleanUpActions();
    void buildConversions();
    void buildOrderActions();
    void look();
    [[nodiscard]] std::vector<annot::Annotation> shapes() const;
    void run(const std::string& label, const Reshape& reshape);
    void finish(const std::string& label, const Result<Becomings>& result);
    void say(const QString& words);
    void ask(const std::string& label, ShapeParameter parameter);
    void askGrow();
    void askSmooth();
    void askSimplify();
    void askHoles();
    void askSpecks();
    void convert(std::string_view kind);
    void setGroup(bool together);

    Document& m_document;
    View& m_view;
    common::ActionSet m_do;
    QList<QAction*> m_conversions;
    Selected m_selected;
    bool m_said = false;
};

}  // namespace lathe::widgets::canvas
