// What is selected: exact place and size, flags, who made it and when; copy, lock, delete.
#pragma once
#include <QAction>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <array>

#include "widgets/canvas/document.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class View;

class SelectionPanel : public common::Panel {
    Q_OBJECT
public:
    SelectionPanel(Document& document, View& view, common::Services& services, const QList<QAction*>& actions,
                   QWidget* parent = nullptr);
    void retranslate();

private:
    void buildNumbers();
    void buildFlags();
    void show();
    void place();
    void setFlag(annot::Flag flag, bool on);
    void askHistory();
    Document& m_document;
    View& m_view;
    common::Services& m_services;
    QLabel *m_none, *m_author, *m_swatch;
    QWidget* m_details;
    std::array<QDoubleSpinBox*, 4> m_numbers{};
    std::array<QPushButton*, 3> m_flags{};
    bool m_showing = false;
};

}  // namespace lathe::widgets::canvas
