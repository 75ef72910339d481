// ValidationPage: what stands where.
#include <QCheckBox>
#include <QHBoxLayout>
#include <QListView>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>

#include "widgets/common/parts.h"
#include "widgets/train/validation_page.h"
#include "widgets/train/validation_view.h"

namespace lathe::widgets::train {
using common::makeLabel;
using common::Token;
using common::Type;

void ValidationPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_model = new ValidationModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate = new ValidationDelegate(m_list));
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view = new ValidationView(this);
    m_empty = new common::EmptyState(QStringLiteral("image"), this);
    setFocusProxy(m_list);
    m_stack = new QStackedWidget(this);
    for (QWidget* page : std::initializer_list<QWidget*>{m_empty, m_list, m_view}) m_stack->addWidget(page);
    column->addWidget(buildHead());
    column->addWidget(common::makeRule(this));
    column->addWidget(m_stack, 1);
}

QWidget* ValidationPage::buildHead() {
    auto* head = new QWidget(this);
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(12, 4, 12, 6);
    rows->setSpacing(4);
    auto *row = new QHBoxLayout, *choices = new QHBoxLayout;
    for (QHBoxLayout* one : {row, choices}) {
        one->setSpacing(8);
        rows->addLayout(one);
    }
    m_back = common::makeIconButton(QStringLiteral("back"), QStringLiteral(" "), head);
    m_about = common::makeElidedLabel({}, Type::Table, Token::T1, head);
    m_layers = new common::Segments({}, head);
    m_wrong = new QCheckBox(head);
    m_opacityName = makeLabel({}, Type::Table, Token::T2, head);
    m_opacity = new QSlider(Qt::Horizontal, head);
    m_opacity->setRange(0, 100);
    m_opacity->setValue(55);
    m_opacity->setFixedWidth(64);
    m_opacityName->setBuddy(m_opacity);
    m_epochName = makeLabel({}, Type::Table, Token::T2, head);
    m_slider = new QSlider(Qt::Horizontal, head);
    m_slider->setMinimumWidth(60);
    m_slider->setMaximumWidth(220);
    m_slider->setPageStep(5);
    m_epochName->setBuddy(m_slider);
    m_epochValue = makeLabel({}, Type::Table, Token::T1, head);
    m_epochValue->setMinimumWidth(28);
    m_epochValue->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_newest = common::makeIconButton(QStringLiteral("right"), QStringLiteral(" "), head);
    m_newest->setCheckable(true);
    row->addWidget(m_back);
    row->addWidget(m_about, 1);
    row->addWidget(m_epochName);
    row->addWidget(m_slider, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_epochValue, m_newest}) row->addWidget(widget);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_layers, m_opacityName, m_opacity}) choices->addWidget(widget);
    choices->addStretch(1);
    choices->addWidget(m_wrong);
    return head;
}

void ValidationPage::wire() {
    m_drawSoon.setSingleShot(true);
    m_drawSoon.setInterval(60);
    connect(&m_drawSoon, &QTimer::timeout, this, &ValidationPage::draw);
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        if (place < 0 || place >= int(m_known.epochs.size())) return;
        const bool last = place + 1 == int(m_known.epochs.size());
        m_wanted = last ? 0 : m_known.epochs[std::size_t(place)];
        showEpochs();
        load();
    });
    connect(m_newest, &QToolButton::clicked, this, [this] {
        m_wanted = m_newest->isChecked() ? 0 : m_epoch;
        showEpochs();
        load();
    });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int value) {
        m_view->setOpacity(value / 100.0);
        m_drawSoon.start();
    });
    connect(m_layers, &common::Segments::changed, this, [this] { draw(); });
    connect(m_wrong, &QCheckBox::toggled, this, [this](bool on) {
        m_model->setWrongOnly(on);
        showWords();
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& at) { open(at.row()); });
    for (QWidget* watched : std::initializer_list<QWidget*>{m_list, m_stack}) watched->installEventFilter(this);
    connect(m_back, &QToolButton::clicked, this, &ValidationPage::close);
    connect(m_view, &ValidationView::closed, this, &ValidationPage::close);
    connect(m_view, &ValidationView::stepped, this, &ValidationPage::stepPicture);
}

void ValidationPage::retranslate() {
    m_list->setAccessibleName(tr("Validation pictures"));
    m_layers->setAccessibleName(tr("What is drawn"));
    m_layers->setItems({tr("Prediction"), tr("Label"), tr("Wrong")});
    m_epochName->setText(tr("Epoch"));
    m_opacityName->setText(tr("Opacity"));
    m_wrong->setText(tr("Wrong only"));
    for (const auto& [button, name] : {std::pair(m_back, tr("Back to all pictures")), {m_newest, tr("Follow the newest epoch")}}) {
        button->setToolTip(name);
        button->setAccessibleName(name);
    }
    m_view->retranslate();
    showWords();
}

}  // namespace lathe::widgets::train
