// One class of the schema as a form: name, colour, key, parent, kinds, attributes, skeleton, rule, examples.
#pragma once
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QWidget>
#include <array>

#include "widgets/canvas/attribute_table.h"
#include "widgets/canvas/example_strip.h"
#include "widgets/canvas/skeleton_editor.h"

class QCompleter;

namespace lathe::widgets::canvas {

/// GUI thread. Every change is told at once; the name alone goes its own way, since a rename is an operation with undo.
class ClassForm : public QWidget {
    Q_OBJECT
public:
    ClassForm(common::Services& services, QWidget* parent = nullptr);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) { m_strip->setWorkspace(std::move(workspace)); }
    /// Names for the parent's completion.
    void setNames(QAbstractItemModel* names);
    void setClass(const annot::ClassSchema& schema);
    [[nodiscard]] const annot::ClassSchema& schema() const { return m_schema; }
    /// What is open in the canvas: the skeleton is drawn on it, examples are cut from it. 0: nothing.
    void setPicture(const QImage& picture, ImageId image, const annot::Rect& crop);
    void settle();  ///< takes what is being typed
    void retranslate();
Q_SIGNALS:
    void changed();
    void renamed(const QString& name);

private:
    QWidget* buildLeft();
    QWidget* buildRight();
    QWidget* buildKinds();
    void wire();
    void showKinds();
    void takeKinds();
    void takeFields();
    void takeRule();
    void addExample(bool good);
    void chooseColour();
    void showColour();
    QLabel* heading(QWidget* parent);
    annot::ClassSchema m_schema;
    ImageId m_image;
    annot::Rect m_crop;
    QLineEdit *m_name, *m_parent, *m_colourText;
    QPushButton* m_colour;
    QComboBox* m_key;
    QCompleter* m_completer;
    std::array<QPushButton*, annot::kKindNames.size()> m_kinds{};
    AttributeTable* m_attributes;
    SkeletonEditor* m_skeleton;
    QPlainTextEdit* m_rule;
    ExampleStrip* m_strip;
    common::ActionButton *m_addGood, *m_addBad;
    QLabel *m_nameLabel, *m_colourLabel, *m_keyLabel, *m_parentLabel, *m_exampleHint;
    std::vector<QLabel*> m_headings;
    QTimer m_ruleTimer;
    bool m_showing = false;
};

}  // namespace lathe::widgets::canvas
