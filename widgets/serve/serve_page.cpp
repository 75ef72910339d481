// How Serve is built and worded; what it does is in serve_mode.cpp.
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/serve/serve_mode.h"
#include "widgets/serve/stages.h"
#include "widgets/serve/try_panel.h"

namespace lathe::widgets::serve {

using common::ActionButton;
using common::ButtonKind;
using common::Token;
using common::Type;

ServeMode::ServeMode(common::Services& services, QWidget* parent) : Mode(services, parent) {
    buildActions();
    buildPage();
    retranslate();
    updateActions();
}

void ServeMode::buildActions() {
    const auto make = [this](const char* iconName, const QString& key, auto slot) {
        auto* action = new QAction(common::icon(QString::fromLatin1(iconName)), {}, this);
        action->setShortcut(QKeySequence(key));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    m_push = make("upload", QStringLiteral("Ctrl+Return"), [this] { push(); });
    m_rollback = make("back", QStringLiteral("Ctrl+Shift+Z"), [this] { rollback(); });
    m_test = make("bolt", QStringLiteral("Ctrl+T"), [this] { testTarget(); });
    m_add = make("plus", {}, [this] { addTarget(); });
    m_new = make("plus", QStringLiteral("Ctrl+Alt+T"), [this] {
        m_pages->setCurrentIndex(1);
        m_newPanel->show();
        m_name->setFocus();
    });
}

void ServeMode::buildPage() {
    m_try = new TryPanel(*services().jobs, services().engine, this);
    auto* page = common::makeSplitter(Qt::Horizontal, tr("Serve"), this);
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
        m_kind->addItem(QString::fromUtf8(kind.name.data(), int(kind.name.size())),
                        QString::fromUtf8(kind.urlExample.data(), int(kind.urlExample.size())));
    const auto example = [this] { m_url->setPlaceholderText(m_kind->currentData().toString()); };
    connect(m_kind, &QComboBox::currentIndexChanged, this, example);
    example();
    auto* form = new common::FormRows(m_newPanel);
    m_nameLabel = form->addRow({}, m_name);
    m_kindLabel = form->addRow({}, m_kind);
    m_urlLabel = form->addRow({}, m_url);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(12, 0, 12, 12);
    inner->setSpacing(8);
    inner->addWidget(form);
    inner->addWidget(new ActionButton(m_add, ButtonKind::Normal, m_newPanel));
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
    layout->addWidget(m_headPanel);
    layout->addWidget(m_parityPanel, 1);
    return column;
}

void ServeMode::retranslate() {
    m_push->setText(tr("Push"));
    m_rollback->setText(tr("Roll back"));
    m_test->setText(tr("Test target"));
    m_add->setText(tr("Add target"));
    m_new->setText(tr("New target"));
    m_targetPanel->setTitle(tr("Targets"));
    m_newPanel->setTitle(tr("New target"));
    m_pushPanel->setTitle(tr("Pushes"));
    m_parityPanel->setTitle(tr("Last push"));
    m_modelLabel->setText(tr("Approved model"));
    m_nameLabel->setText(tr("Name"));
    m_kindLabel->setText(tr("Kind"));
    m_urlLabel->setText(tr("Address"));
    m_targets->setAccessibleName(tr("Targets"));
    m_pushes->setAccessibleName(tr("Pushes"));
    m_empty->setTexts(tr("No serving target yet"),
                      tr("A target is a folder, a Triton repository or a server that speaks the Open Inference Protocol."));
    m_try->retranslate();
    showTargets();
    showPushes();
    showCurrent();
}

}  // namespace lathe::widgets::serve
