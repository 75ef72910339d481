#include "widgets/canvas/side_tabs.h"

#include <QTabBar>

#include "widgets/canvas/comments_panel.h"
#include "widgets/canvas/history_panel.h"
#include "widgets/canvas/objects_panel.h"

namespace lathe::widgets::canvas {

namespace {
QString counted(const QString& name, const QString& count) {
    return count.isEmpty() ? name : QStringLiteral("%1  %2").arg(name, count);
}
}  // namespace

SideTabs::SideTabs(ObjectsPanel* objects, HistoryPanel* history, CommentsPanel* comments, QWidget* parent)
    : Panel({}, parent), m_objects(objects), m_history(history), m_comments(comments) {
    m_tabs = new QTabBar(header());
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_tools = new QStackedWidget(header());
    m_pages = new QStackedWidget(this);
    for (QWidget* page : {static_cast<QWidget*>(objects), static_cast<QWidget*>(history), static_cast<QWidget*>(comments)}) {
        m_tabs->addTab({});
        m_pages->addWidget(page);
    }
    m_tools->addWidget(objects->headerTools());
    m_tools->addWidget(new QWidget(m_tools));
    m_tools->addWidget(comments->headerTools());
    m_tools->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* row = static_cast<QHBoxLayout*>(header()->layout());
    row->insertWidget(0, m_tabs);
    row->addWidget(m_tools);
    header()->show();
    m_pages->setContentsMargins(0, 4, 0, 0);  // clear of the mark under the tab
    body()->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        m_tools->setCurrentIndex(index);
    });
    connect(objects, &ObjectsPanel::asked, this, [this] { choose(0); });
    connect(history, &HistoryPanel::asked, this, [this] { choose(1); });
    connect(comments, &CommentsPanel::asked, this, [this] { choose(2); });
    connect(objects, &ObjectsPanel::countChanged, this, &SideTabs::name);
    connect(comments, &CommentsPanel::countChanged, this, &SideTabs::name);
    name();
}

void SideTabs::choose(int index) {
    m_tabs->setCurrentIndex(index);
}

void SideTabs::name() {
    m_tabs->setTabText(0, counted(tr("Objects"), m_objects->countText()));
    m_tabs->setTabText(1, tr("History"));
    m_tabs->setTabText(2, counted(tr("Comments"), m_comments->countText()));
    m_tabs->setAccessibleName(tr("Objects, history, comments"));
    setAccessibleName(tr("Of this image"));
}

void SideTabs::retranslate() {
    m_objects->retranslate();
    m_history->retranslate();
    m_comments->retranslate();
    name();
}

}  // namespace lathe::widgets::canvas
