// How Review is built and worded; what it does is in review_mode.cpp.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/confusion_matrix.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/review/review_mode.h"
#include "widgets/review/sample_strip.h"

namespace lathe::widgets::review {

using common::ActionButton;
using common::ButtonKind;
using common::Token;
using common::Type;

ReviewMode::ReviewMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("review", staticMetaObject.className(), this) {
    m_thumbnails = new common::Thumbnails(this);
    buildActions();
    buildPage();
    retranslate();
    updateActions();
}

void ReviewMode::buildActions() {
    const auto decidable = [this] { return waitsForMe() && !m_noteText->toPlainText().trimmed().isEmpty(); };
    m_package = m_do.add(
        {"package", QT_TR_NOOP("Package a run"), "box", "Ctrl+Shift+P"}, [this] { packageRun(); },
        [this] { return workspace() != nullptr; });
    m_submit = m_do.add(
        {"submit", QT_TR_NOOP("Submit for review"), "send", "Ctrl+U"}, [this] { submit(); },
        [this] { return current() && (current()->state == "packaged" || current()->state == "rejected"); });
    m_card = m_do.add(
        {"card", QT_TR_NOOP("Model card"), "doc", "Ctrl+Shift+M"}, [this] { showCard(); }, [this] { return current() != nullptr; });
    m_approve = m_do.add(
        {"approve", QT_TR_NOOP("Approve and sign"), "review", "Ctrl+Return"}, [this] { decide(true); }, decidable);
    m_reject = m_do.add(
        {"reject", QT_TR_NOOP("Reject"), "no", "Ctrl+Shift+R"}, [this] { decide(false); }, decidable);
    m_train = m_do.add({"train", QT_TR_NOOP("Train a model"), "train", ""}, [this] { Q_EMIT goTo(QStringLiteral("train"), {}); });
}

void ReviewMode::buildPage() {
    auto* page = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Review"); }, this);
    page->addWidget(buildLeft());
    page->addWidget(buildCentre());
    page->addWidget(buildSign());
    page->setStretchFactor(1, 1);
    page->setSizes({264, 920, 340});
    m_empty = new common::EmptyState(QStringLiteral("review"), this);
    m_empty->setActions(m_package, m_train);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    m_note = new common::Note(this);
    m_note->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_pages, 1);
}

QWidget* ReviewMode::buildLeft() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    m_listPanel = new common::Panel({}, column);
    m_list = new QListWidget(m_listPanel);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new common::RowDelegate(m_list));
    m_listPanel->body()->addWidget(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, &ReviewMode::showModel);
    m_sourcePanel = new common::Panel({}, column);
    m_source = common::makeLabel({}, Type::Table, Token::T2, m_sourcePanel);
    m_source->setWordWrap(true);
    m_source->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_source->setContentsMargins(12, 0, 12, 12);
    m_sourcePanel->body()->addWidget(m_source);
    layout->addWidget(m_listPanel, 1);
    layout->addWidget(m_sourcePanel);
    return column;
}

QWidget* ReviewMode::buildCentre() {
    auto* head = new common::Panel({}, this);
    m_title = common::makeLabel({}, Type::Page, Token::T1, head);
    m_subtitle = common::makeLabel({}, Type::Table, Token::T2, head);
    m_title->setContentsMargins(16, 10, 12, 0);
    m_subtitle->setContentsMargins(16, 0, 12, 10);
    head->body()->addWidget(m_title);
    head->body()->addWidget(m_subtitle);
    m_evaluationPanel = new common::Panel({}, this);
    m_figures = new QTableWidget(0, 2, m_evaluationPanel);
    m_figures->setItemDelegate(new common::RowDelegate(m_figures));
    m_figures->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_figures->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_figures->setMinimumWidth(232);
    m_figures->verticalHeader()->hide();
    m_figures->setShowGrid(false);
    m_figures->setFrameShape(QFrame::NoFrame);
    m_figures->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_figures->setSelectionMode(QAbstractItemView::NoSelection);
    m_evaluationPanel->body()->addWidget(m_figures);
    m_classPanel = new common::Panel({}, this);
    m_classes = new charts::BarRows({}, m_classPanel);
    m_classPanel->body()->addWidget(m_classes, 1);
    m_matrixPanel = new common::Panel({}, this);
    m_matrix = new charts::ConfusionMatrix({}, m_matrixPanel);
    m_matrixPanel->body()->addWidget(m_matrix, 1);
    m_samplePanel = new common::Panel({}, this);
    m_samples = new SampleStrip(*m_thumbnails, m_samplePanel);
    m_samplePanel->body()->addWidget(m_samples);
    connect(m_samples, &SampleStrip::opened, this, [this](ImageId image) {
        Q_EMIT goTo(QStringLiteral("explain"), {{QStringLiteral("run"), QString::fromStdString(m_data.model.run)},
                                                {QStringLiteral("image"), qlonglong(image.value)}});
    });
    auto* upper = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Evaluation"); }, this);
    upper->addWidget(m_evaluationPanel);
    upper->addWidget(m_classPanel);
    upper->addWidget(m_matrixPanel);
    upper->setSizes({260, 300, 360});
    auto* column = common::namedSplitter(
        Qt::Vertical, [] { return tr("Model"); }, this);
    column->addWidget(head);
    column->addWidget(upper);
    column->addWidget(m_samplePanel);
    column->setStretchFactor(1, 1);
    column->setStretchFactor(2, 1);
    column->setSizes({60, 400, 400});
    return column;
}

QWidget* ReviewMode::buildSign() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    const auto list = [](QWidget* parent) {
        auto* widget = new QListWidget(parent);
        widget->setFrameShape(QFrame::NoFrame);
        widget->setItemDelegate(new common::RowDelegate(widget));
        widget->setSelectionMode(QAbstractItemView::NoSelection);
        return widget;
    };
    m_gatePanel = new common::Panel({}, column);
    m_gates = list(m_gatePanel);
    m_gatePanel->body()->addWidget(m_gates);
    m_auditPanel = new common::Panel({}, column);
    m_audit = list(m_auditPanel);
    m_auditPanel->body()->addWidget(m_audit);
    m_signPanel = new common::Panel({}, column);
    m_signer = common::makeLabel({}, Type::Table, Token::T2, m_signPanel);
    m_signer->setWordWrap(true);
    m_digest = common::makeLabel({}, Type::Mono, Token::T1, m_signPanel);
    m_digest->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_noteText = new QPlainTextEdit(m_signPanel);
    m_noteText->setFixedHeight(64);
    m_noteText->setTabChangesFocus(true);
    m_why = common::makeLabel({}, Type::Table, Token::Warn, m_signPanel);
    m_why->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(new ActionButton(m_reject, ButtonKind::Danger, m_signPanel));
    buttons->addStretch();
    buttons->addWidget(new ActionButton(m_approve, ButtonKind::Primary, m_signPanel));
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(12, 0, 12, 12);
    inner->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_signer, m_digest, m_noteText, m_why}) inner->addWidget(widget);
    inner->addLayout(buttons);
    m_signPanel->body()->addLayout(inner);
    connect(m_noteText, &QPlainTextEdit::textChanged, this, &ReviewMode::updateActions);
    layout->addWidget(m_gatePanel, 2);
    layout->addWidget(m_auditPanel, 3);
    layout->addWidget(m_signPanel);
    return column;
}

void ReviewMode::retranslate() {
    m_do.retranslate();
    m_listPanel->setTitle(tr("Models"));
    m_sourcePanel->setTitle(tr("Where it comes from"));
    m_evaluationPanel->setTitle(tr("Evaluation"));
    m_classPanel->setTitle(tr("Recall by class"));
    m_matrixPanel->setTitle(tr("Truth against prediction"));
    m_samplePanel->setTitle(tr("Wrong answers, most confident first"));
    m_gatePanel->setTitle(tr("Gates"));
    m_auditPanel->setTitle(tr("Audit"));
    m_signPanel->setTitle(tr("Sign"));
    m_figures->setHorizontalHeaderLabels({tr("Figure"), tr("Test images")});
    m_figures->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_figures->horizontalHeaderItem(1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_list->setAccessibleName(tr("Models"));
    m_gates->setAccessibleName(tr("Gates"));
    m_audit->setAccessibleName(tr("Audit entries"));
    m_figures->setAccessibleName(tr("Figures"));
    m_classes->setAccessibleName(tr("Recall by class"));
    m_matrix->setAccessibleName(tr("Confusion matrix"));
    m_samples->setAccessibleName(tr("Wrong answers"));
    m_noteText->setAccessibleName(tr("Note for the audit log"));
    m_noteText->setPlaceholderText(tr("Note, goes into the audit log"));
    m_empty->setTexts(tr("No models yet"), tr("Package a finished run, then submit it for review."));
    if (current()) showData(std::move(m_data));
}

}  // namespace lathe::widgets::review
