#include "app/workbench/shell/absent_mode.h"

#include "app/workbench/shell/mode_factory.h"

namespace lathe::shell {

AbsentMode::AbsentMode(QString id, widgets::common::Services& services, QWidget* parent)
    : Mode(services, parent), m_id(std::move(id)), m_back(new QAction(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* panel = new widgets::common::Panel({}, this);
    m_empty = new widgets::common::EmptyState(m_id, panel);
    panel->body()->addWidget(m_empty);
    column->addWidget(panel);
    connect(m_back, &QAction::triggered, this, [this] { Q_EMIT goTo(QStringLiteral("start"), {}); });
    retranslate();
}

QString AbsentMode::title() const {
    for (const ModeEntry& entry : modeEntries())
        if (entry.id == m_id) return modeTitle(entry);
    return m_id;
}

void AbsentMode::retranslate() {
    m_back->setText(tr("Go to Start"));
    m_empty->setTexts(tr("%1 is not in this build").arg(title()),
                      tr("This program was built without this part. What it does can be done with the verbs of lathe."));
    m_empty->setActions(m_back);
}

}  // namespace lathe::shell
