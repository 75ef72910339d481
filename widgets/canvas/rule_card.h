// The rule of the class that is drawn with: text, good and bad examples. Stands in the classes panel while the class has one.
#pragma once
#include <QFrame>
#include <QLabel>

#include "widgets/canvas/example_strip.h"

namespace lathe::widgets::canvas {

class RuleCard : public QFrame {
    Q_OBJECT
public:
    RuleCard(common::Services& services, QAction* toggle, QWidget* parent = nullptr);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) { m_examples->setWorkspace(std::move(workspace)); }
    /// nullptr, or a class without text and examples: the card is hidden.
    void setClass(const annot::ClassSchema* schema);
    void setWanted(bool wanted);  ///< by its key
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    void retranslate();
Q_SIGNALS:
    void exampleClicked(lathe::ImageId image);

private:
    void show();
    annot::ClassSchema m_schema;
    QAction* m_toggle;
    QLabel *m_title, *m_key, *m_text;
    ExampleStrip* m_examples;
    bool m_wanted = true;
};

}  // namespace lathe::widgets::canvas
