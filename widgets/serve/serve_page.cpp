// How Serve is built and worded; what it does is in serve_mode.cpp.
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/serve/push_table.h"
#include "widgets/serve/serve_mode.h"
#include "widgets/serve/stages.h"
#include "widgets/serve/try_panel.h"

namespace lathe::widgets::serve {

using common::ActionButton;
using common::ButtonKind;
using common::Token;
using common::Type;

ServeMode::ServeMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("serve", staticMetaObject.className(), this) {
    buildActions();
    buildPage();
    retranslate();
    updateActions();
}

void ServeMode::buildActions() {
    const auto open = [this] { return workspace() != nullptr; };
    const auto chosen = [this] { return target() != nullptr; };
    m_new = m_do.add(
        {"new", QT_TR_NOOP("New target"), "plus", "Ctrl+Shift+N"}, [this] { askForTarget(); }, open);
    m_add = m_do.add(
        {"add", QT_TR_NOOP("Add target"), "plus", ""}, [this] { addTarget(); }, open);
    m_test = m_do.add(
        {"test", QT_TR_NOOP("Test target"), "bolt", "Ctrl+T"}, [this] { testTarget(); }, chosen);
    m_push = m_do.add(
        {"push", QT_TR_NOOP("Push"), "upload", "Ctrl+Return"}, [this] { push(); },
        [this] { return target() && m_model->currentIndex() >= 0; });
    m_rollback = m_do.add(
        {"rollback", QT_TR_NOOP("Roll back"), "back", "Ctrl+Shift+Z"}, [this] { rollback(); },
        [this] { return target() && !target()->previous.empty(); });
}

void ServeMode::buildPage() {
    m_try = new TryPanel(*services().jobs, services().engine, this);
    auto* page = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Serve"); }, this);
    page->addWidget(buildLeft());
    page->addWidget(buildCentre());
    page->addWidget(m_try);
    page->setStretchFactor(1, 1);
    page->setSizes({270, 900, 344});
    m_empty = new common::EmptyState(QStringLiteral("serve"), this);
    m_empty->setActions(m_new);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
}

QWidget* ServeMode::buildLeft() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    const auto list = [](QWidget* parent) {
        auto* widget = new QListWidget(parent);
        widget->setFrameShape(QFrame::NoFrame);
        widget->setItemDelegate(new common::RowDelegate(widget));
        widget->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        return widget;
    };
    m_targetPanel = new common::Panel({}, column);
    m_targets = list(m_targetPanel);
    m_targetPanel->body()->addWidget(m_targets);
    connect(m_targets, &QListWidget::currentRowChanged, this, &ServeMode::showCurrent);
    m_pushPanel = new common::Panel({}, column);
    m_pushes = list(m_pushPanel);
    m_pushes->setSelectionMode(QAbstractItemView::NoSelection);
    m_pushPanel->body()->addWidget(m_pushes);
    layout->addWidget(m_targetPanel, 1);
    layout->addWidget(buildNewTarget());
    layout->addWidget(m_pushPanel, 1);
    return column;
}

QWidget* ServeMode::buildNewTarget() {
    m_newPanel = new common::Panel({}, this);
    m_name = new QLineEdit(m_newPanel);
    m_kind = new QComboBox(m_newPanel);
    m_url = new QLineEdit(m_newPanel);
    for (const lathe::serve::TargetKind& kind : lathe::serve::targetKinds())
        m_kind->addItem(QString(), QVariant(QString::fromUtf8(kind.name.data(), int(kind.name.size()))));
    const auto example = [this] {
        for (const lathe::serve::TargetKind& kind : lathe::serve::targetKinds())
            if (m_kind->currentData().toString().toStdString() == kind.name)
                m_url->setPlaceholderText(QString::fromUtf8(kind.urlExample.data(), int(kind.urlExample.size())));
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, example);
    example();
    auto* form = new common::FormRows(m_newPanel);
    m_nameLabel = form->addRow({}, m_name);
    m_kindLabel = form->addRow({}, m_kind);
    m_urlLabel = form->addRow({}, m_url);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(0, 0, 0, 12);
    inner->addWidget(form);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 0, 12, 0);
    buttons->addWidget(new ActionButton(m_add, ButtonKind::Normal, m_newPanel));
    buttons->addStretch();
    inner->addLayout(buttons);
    m_newPanel->body()->addLayout(inner);
    connect(m_url, &QLineEdit::returnPressed, this, &ServeMode::addTarget);
    return m_newPanel;
}

QWidget* ServeMode::buildCentre() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    m_headPanel = new common::Panel({}, column);
    m_title = common::makeLabel({}, Type::Page, Token::T1, m_headPanel);
    m_subtitle = common::makeLabel({}, Type::Table, Token::T2, m_headPanel);
    m_subtitle->setWordWrap(true);
    m_stages = new Stages(m_headPanel);
    m_model = new QComboBox(m_headPanel);
    m_model->setMinimumWidth(240);
    m_modelLabel = common::makeLabel({}, Type::Control, Token::T2, m_headPanel);
    m_modelLabel->setBuddy(m_model);
    auto* choose = new QHBoxLayout;
    choose->addWidget(m_modelLabel);
    choose->addWidget(m_model);
    choose->addStretch();
    m_note = new common::Note(m_headPanel);
    m_note->hide();
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(16, 12, 16, 12);
    inner->setSpacing(8);
    inner->addWidget(m_title);
    inner->addWidget(m_subtitle);
    inner->addWidget(m_stages);
    inner->addLayout(choose);
    inner->addWidget(m_note);
    m_headPanel->body()->addLayout(inner);
    m_parityPanel = new common::Panel({}, column);
    m_parity = common::makeLabel({}, Type::Control, Token::T2, m_parityPanel);
    m_parity->setWordWrap(true);
    m_parity->setAlignment(Qt::AlignTop);
    m_parity->setContentsMargins(16, 4, 16, 12);
    m_parity->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_parityPanel->body()->addWidget(m_parity, 1);
    m_live = new LivePanel(column);
    m_historyPanel = new common::Panel({}, column);
    m_history = new PushTable(m_historyPanel);
    m_historyPanel->body()->addWidget(m_history, 1);
    auto* facts = new QHBoxLayout;
    facts->setSpacing(1);
    facts->addWidget(m_parityPanel, 1);
    facts->addWidget(m_live, 1);
    layout->addWidget(m_headPanel);
    layout->addLayout(facts);
    layout->addWidget(m_historyPanel, 1);
    return column;
}

void ServeMode::retranslate() {
    m_do.retranslate();
    m_targetPanel->setTitle(tr("Targets"));
    m_newPanel->setTitle(tr("New target"));
    m_pushPanel->setTitle(tr("Pushes"));
    m_parityPanel->setTitle(tr("Last push"));
    m_modelLabel->setText(tr("Approved model"));
    m_nameLabel->setText(tr("Name"));
    m_kindLabel->setText(tr("Kind"));
    m_urlLabel->setText(tr("Address"));
    for (int i = 0; i < m_kind->count(); ++i) m_kind->setItemText(i, kindText(m_kind->itemData(i).toString().toStdString()));
    m_targets->setAccessibleName(tr("Targets"));
    m_pushes->setAccessibleName(tr("Pushes"));
    m_empty->setTexts(tr("No serving target yet"),
                      tr("A target is a folder, a Triton repository or a server that speaks the Open Inference Protocol."));
    m_historyPanel->setTitle(tr("Pushes to this target"));
    m_live->retranslate();
    m_history->retranslate();
    m_try->retranslate();
    showTargets();
    showPushes();
    showCurrent();
}

}  // namespace lathe::widgets::serve
