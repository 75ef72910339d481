// Small crops that show how a class is labelled, with a tick or a cross: in the rule's card and in the schema editor.
#pragma once
#include <QImage>
#include <QWidget>
#include <vector>

#include "core/annot/schema.h"
#include "widgets/common/mode.h"

class QHBoxLayout;
class QToolButton;

namespace lathe::widgets::canvas {

/// The example's part of its picture, at least `size` in pixels. Any thread.
[[nodiscard]] Result<QImage> readExample(const store::Workspace& workspace, const annot::Example& example, QSize size);

/// GUI thread; the crops are decoded in jobs. Each is a button with a name ("Good example: whole cell").
class ExampleStrip : public QWidget {
    Q_OBJECT
public:
    explicit ExampleStrip(common::Services& services, int most, QWidget* parent = nullptr);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    void setExamples(const std::vector<annot::Example>& examples);
    void retranslate();
Q_SIGNALS:
    void clicked(int index);

private:
    void rebuild();
    void load(std::size_t index);
    void paint(std::size_t index, const QImage& crop);
    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::vector<annot::Example> m_examples;
    std::vector<QToolButton*> m_buttons;
    QHBoxLayout* m_row;
    int m_most;
    quint64 m_generation = 0;
};

}  // namespace lathe::widgets::canvas
