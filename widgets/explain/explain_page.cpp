// How Explain is built and worded; what it does is in explain_mode.cpp.
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/charts/bar_rows.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/explain/explain_mode.h"
#include "widgets/explain/outcome_delegate.h"
#include "widgets/explain/outcome_model.h"

namespace lathe::widgets::explain {

using common::Token;
using common::Type;

ExplainMode::ExplainMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("explain", staticMetaObject.className(), this) {
    m_thumbnails = new common::Thumbnails(this);
    m_model = new OutcomeModel(*m_thumbnails, this);
    buildActions();
    buildPage();
    retranslate();
    m_show->setCurrent(int(MapView::Show::Blend));
}

void ExplainMode::buildActions() {
    m_do.add({"previous", QT_TR_NOOP("Previous image"), "left", "["}, [this] { step(-1); });
    m_do.add({"next", QT_TR_NOOP("Next image"), "right", "]"}, [this] { step(1); });
    m_do.add({"layers", QT_TR_NOOP("Picture, map or blend"), "layers", "M"}, [this] {
        const int next = (m_show->current() + 1) % 3;
        m_show->setCurrent(next);
        m_view->setShow(MapView::Show(next));
    });
    m_openInLabel = m_do.add({"label", QT_TR_NOOP("Open in Label"), "label", "Return"}, [this] {
        if (m_image.valid()) Q_EMIT goTo(QStringLiteral("label"), {{QStringLiteral("image"), qlonglong(m_image.value)}});
    });
    m_otherSplit = m_do.add(
        {"split", QT_TR_NOOP("Test or validation images"), "updown", "T"}, [this] { showOtherSplit(); },
        [this] { return m_splitButton && !m_splitButton->isHidden(); });
    m_train = m_do.add({"train", QT_TR_NOOP("Train a model"), "train", ""}, [this] { Q_EMIT goTo(QStringLiteral("train"), {}); });
}

void ExplainMode::buildPage() {
    auto* page = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Explain"); }, this);
    page->addWidget(buildList());
    page->addWidget(buildCentre());
    page->addWidget(buildSide());
    page->setStretchFactor(1, 1);
    page->setSizes({276, 930, 320});
    m_empty = new common::EmptyState(QStringLiteral("explain"), this);
    m_empty->setActions(m_train);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
}

QWidget* ExplainMode::buildList() {
    m_listPanel = new common::Panel({}, this);
    m_splitButton = m_listPanel->addHeaderButton(QStringLiteral("updown"), QStringLiteral(" "));
    m_splitButton->hide();
    connect(m_splitButton, &QToolButton::clicked, this, &ExplainMode::showOtherSplit);
    m_list = new QListView(m_listPanel);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new OutcomeDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_listPanel->body()->addWidget(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const OutcomeRow* row = m_model->rowAt(index);
        if (!row) return;
        m_image = row->image.id;
        explainCurrent();
        Q_EMIT placeChanged();
    });
    return m_listPanel;
}

QWidget* ExplainMode::buildCentre() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    auto* tools = new common::Panel({}, column);
    m_run = new QComboBox(tools);
    m_method = new QComboBox(tools);
    m_class = new QComboBox(tools);
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_runLabel = common::makeLabel({}, Type::Control, Token::T2, tools);
    m_methodLabel = common::makeLabel({}, Type::Control, Token::T2, tools);
    m_classLabel = common::makeLabel({}, Type::Control, Token::T2, tools);
    m_opacityLabel = common::makeLabel({}, Type::Control, Token::T2, tools);
    m_runLabel->setBuddy(m_run);
    m_methodLabel->setBuddy(m_method);
    m_classLabel->setBuddy(m_class);
    m_show = new common::Segments({}, tools);
    m_opacity = new QSlider(Qt::Horizontal, tools);
    m_opacity->setRange(0, 100);
    m_opacity->setValue(80);
    m_opacity->setFixedWidth(80);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_runLabel, m_run, m_methodLabel, m_method, m_classLabel, m_class})
        row->addWidget(widget);
    row->addWidget(m_show);
    row->addStretch();
    row->addWidget(m_opacityLabel);
    row->addWidget(m_opacity);
    tools->body()->addLayout(row);
    m_note = new common::Note(column);
    m_note->hide();
    m_view = new MapView(column);
    auto* scale = new common::Panel({}, column);
    m_scaleText = common::makeLabel({}, Type::Caption, Token::T3, scale);
    auto* scaleRow = new QHBoxLayout;
    scaleRow->setContentsMargins(12, 8, 12, 8);
    scaleRow->setSpacing(12);
    scaleRow->addWidget(new MapScale(scale));
    scaleRow->addWidget(m_scaleText, 1);
    scale->body()->addLayout(scaleRow);
    layout->addWidget(tools);
    layout->addWidget(m_note);
    layout->addWidget(m_view, 1);
    layout->addWidget(scale);
    connect(m_run, &QComboBox::activated, this, &ExplainMode::chooseRun);
    connect(m_method, &QComboBox::activated, this, &ExplainMode::explainCurrent);
    connect(m_class, &QComboBox::activated, this, &ExplainMode::explainCurrent);
    connect(m_show, &common::Segments::changed, this, [this](int index) { m_view->setShow(MapView::Show(index)); });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int value) { m_view->setOpacity(value / 100.0); });
    connect(m_view, &MapView::pointed, this, [this](int x, int y, double value) {
        m_pointed = value < 0 ? QStringList() : QStringList{tr("x %1, y %2").arg(x).arg(y)};
        Q_EMIT factsChanged();
    });
    return column;
}

QWidget* ExplainMode::buildSide() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    m_predictionPanel = new common::Panel({}, column);
    m_answer = common::makeLabel({}, Type::Control, Token::T1, m_predictionPanel);
    m_answer->setWordWrap(true);
    m_answer->setContentsMargins(12, 0, 12, 4);
    m_bars = new charts::BarRows({}, m_predictionPanel);
    m_predictionPanel->body()->addWidget(m_answer);
    m_predictionPanel->body()->addWidget(m_bars);
    m_checksPanel = new common::Panel({}, column);
    m_checks = common::makeLabel({}, Type::Table, Token::T2, m_checksPanel);
    m_checks->setWordWrap(true);
    m_checks->setContentsMargins(12, 0, 12, 12);
    m_checks->setAlignment(Qt::AlignTop);
    m_checksPanel->body()->addWidget(m_checks, 1);
    layout->addWidget(m_predictionPanel);
    layout->addWidget(m_checksPanel, 1);
    return column;
}

void ExplainMode::retranslate() {
    m_do.retranslate();
    nameList();
    m_predictionPanel->setTitle(tr("Prediction"));
    m_checksPanel->setTitle(tr("The map"));
    m_runLabel->setText(tr("Run"));
    m_methodLabel->setText(tr("Method"));
    m_classLabel->setText(tr("of"));
    m_opacityLabel->setText(tr("Opacity"));
    m_opacity->setAccessibleName(tr("Opacity of the map"));
    m_list->setAccessibleName(tr("Judged images"));
    m_bars->setAccessibleName(tr("Prediction"));
    m_show->setAccessibleName(tr("What is shown"));
    m_show->setItems({tr("Picture"), tr("Map"), tr("Blend")});
    if (m_method->count() == 0) m_method->addItem(QString(), QStringLiteral("gradcam"));
    m_method->setItemText(0, tr("Grad-CAM"));
    if (m_class->count() > 0) m_class->setItemText(0, tr("the predicted class"));
    m_scaleText->setText(tr("clipped at the 99.7th percentile, contours at 0.35 and 0.7"));
    m_empty->setTexts(tr("No finished run yet"), tr("Train a model; then see here what its answers rest on."));
    tell();
}

}  // namespace lathe::widgets::explain
