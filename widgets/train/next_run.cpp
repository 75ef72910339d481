#include "widgets/train/next_run.h"

#include <QComboBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"
#include "widgets/train/augment_tags.h"

namespace lathe::widgets::train {
using common::makeLabel;
using common::Token;
using common::Type;
namespace {

class Spin : public QSpinBox {  // the wheel scrolls the form unless the field has the focus
protected:
    void wheelEvent(QWheelEvent* event) override { hasFocus() ? QSpinBox::wheelEvent(event) : event->ignore(); }
};
class DoubleSpin : public QDoubleSpinBox {
protected:
    void wheelEvent(QWheelEvent* event) override { hasFocus() ? QDoubleSpinBox::wheelEvent(event) : event->ignore(); }
};
class Combo : public QComboBox {
public:
    Combo() {
        setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(8);
    }

protected:
    void wheelEvent(QWheelEvent* event) override { hasFocus() ? QComboBox::wheelEvent(event) : event->ignore(); }
};

template <class Field>
Field* spin(double low, double high, double step) {
    Field* field;
    if constexpr (std::is_same_v<Field, QSpinBox>)
        field = new Spin;
    else
        field = new DoubleSpin;
    field->setRange(low, high);
    field->setSingleStep(step);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setKeyboardTracking(true);
    return field;
}

}  // namespace

NextRun::NextRun(QWidget* parent) : Panel(QStringLiteral(" "), parent) {
    build();
    retranslate();
    setCopied({}, std::nullopt);
}

void NextRun::row(const char* text, QWidget* field, const QString& unit) {
    m_texts.push_back({m_rows->addRow({}, field, unit), text});
}

void NextRun::addChooser(Chooser& chooser, const char* text) {
    chooser.combo = new Combo;
    row(text, chooser.combo);
    for (const runs::Choice& choice : runs::choices(chooser.seam))
        for (const runs::Option& option : choice.options) {
            auto*& field = chooser.options[option.name];
            if (field) continue;
            field = spin<QDoubleSpinBox>(option.least, option.most, option.whole ? 1 : 0.05);
            field->setDecimals(option.whole ? 0 : option.fallback > 0 && option.fallback < 0.1 ? 4 : 3);
            field->setValue(option.fallback);
            m_optionTexts.push_back({m_rows->addRow({}, field), option.title});
            m_rows->setRowVisible(field, false);
            connect(field, &QDoubleSpinBox::valueChanged, this, &NextRun::touched);
        }
    connect(chooser.combo, &QComboBox::currentIndexChanged, this, [this, &chooser] {
        showOptions(chooser);
        touched();
    });
}

void NextRun::showOptions(const Chooser& chooser) {
    const auto* choice = runs::find(chooser.seam, chooser.combo->currentData().toString().toStdString());
    auto* form = m_more->isAncestorOf(chooser.combo) ? m_more : m_form;
    for (const auto& [name, field] : chooser.options) form->setRowVisible(field, choice && choice->find(name));
}

void NextRun::heading(const char* text) {
    auto* label = makeLabel({}, Type::Caption, Token::T3, m_rows);
    label->setProperty("weight", int(QFont::Medium));
    label->setContentsMargins(0, m_texts.empty() ? 2 : 10, 0, 0);
    m_rows->addHeading(label);
    m_texts.push_back({label, text});
}

void NextRun::build() {
    m_copyButton = addHeaderButton(QStringLiteral("copy"), QStringLiteral(" "));
    m_presetsButton = addHeaderButton(QStringLiteral("retry"), QStringLiteral(" "));
    m_previewButton = addHeaderButton(QStringLiteral("eye"), QStringLiteral(" "));
    connect(m_previewButton, &QToolButton::clicked, this, &NextRun::previewRequested);
    connect(m_copyButton, &QToolButton::clicked, this, &NextRun::copyRequested);
    connect(m_presetsButton, &QToolButton::clicked, this, &NextRun::presetsRequested);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    m_copied = makeLabel({}, Type::Table, Token::T2, content);
    m_copied->setTextFormat(Qt::RichText);
    m_copied->setContentsMargins(12, 0, 12, 2);
    connect(&common::Theme::instance(), &common::Theme::changed, this, &NextRun::showCopied);
    m_form = m_rows = new common::FormRows(content);
    m_more = new common::FormRows(content);
    column->addWidget(m_copied);
    column->addWidget(m_form);
    buildData();
    buildModel();
    buildSchedule();
    m_augmentation = makeLabel({}, Type::Caption, Token::T3, content);
    m_augmentation->setProperty("weight", int(QFont::Medium));
    m_augmentation->setContentsMargins(12, 4, 0, 4);
    m_tags = new AugmentTags(content);
    auto* tagRow = new QHBoxLayout;
    tagRow->setContentsMargins(12, 0, 12, 0);
    tagRow->addWidget(m_tags);
    column->addWidget(m_augmentation);
    column->addLayout(tagRow);
    m_moreButton = new QToolButton(content);
    m_moreButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_moreButton->setAutoRaise(true);
    auto* moreRow = new QHBoxLayout;
    moreRow->setContentsMargins(8, 8, 12, 0);
    moreRow->addWidget(m_moreButton);
    moreRow->addStretch();
    column->addLayout(moreRow);
    column->addWidget(m_more);
    buildMore();
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    common::keepNamed(scroll, [] { return tr("Settings of the next run"); });
    body()->addWidget(scroll, 1);
    buildFoot();
    connect(m_tags, &AugmentTags::changed, this, &NextRun::touched);
}

void NextRun::buildData() {
    heading(QT_TR_NOOP("Data"));
    m_preset = new Combo;
    m_task = new Combo;
    m_snapshot = new Combo;
    m_name = new QLineEdit;
    m_background = new Combo;
    row(QT_TR_NOOP("Preset"), m_preset);
    row(QT_TR_NOOP("Task"), m_task);
    row(QT_TR_NOOP("Under no shape"), m_background);
    row(QT_TR_NOOP("Snapshot"), m_snapshot);
    row(QT_TR_NOOP("Name"), m_name);
    connect(m_preset, &QComboBox::activated, this, &NextRun::presetChosen);
    connect(m_task, &QComboBox::currentIndexChanged, this, &NextRun::taskChanged);
    for (auto* combo : {m_background, m_snapshot}) connect(combo, &QComboBox::currentIndexChanged, this, &NextRun::touched);
    connect(m_name, &QLineEdit::textEdited, this, &NextRun::touched);
}

void NextRun::buildModel() {
    heading(QT_TR_NOOP("Model"));
    addChooser(m_model, QT_TR_NOOP("Network"));
    m_size = spin<QSpinBox>(0, 4096, 16);
    row(QT_TR_NOOP("Size"), m_size, QStringLiteral("px"));
    connect(m_size, &QSpinBox::valueChanged, this, &NextRun::touched);
}

void NextRun::buildSchedule() {
    heading(QT_TR_NOOP("Schedule"));
    m_epochs = spin<QSpinBox>(0, 100000, 1);
    m_batch = spin<QSpinBox>(0, 65536, 8);
    m_rate = new QLineEdit;
    m_warmup = spin<QDoubleSpinBox>(0, 1000, 0.5);
    m_labelSmoothing = spin<QDoubleSpinBox>(0, 0.9, 0.05);
    m_precision = new Combo;
    m_seed = spin<QSpinBox>(0, std::numeric_limits<int>::max(), 1);
    m_device = new Combo;
    row(QT_TR_NOOP("Epochs"), m_epochs);
    row(QT_TR_NOOP("Batch"), m_batch);
    addChooser(m_optimizer, QT_TR_NOOP("Optimiser"));
    row(QT_TR_NOOP("Rate"), m_rate);
    addChooser(m_schedule, QT_TR_NOOP("Curve"));
    row(QT_TR_NOOP("Warm-up"), m_warmup);
    row(QT_TR_NOOP("Label smooth"), m_labelSmoothing);
    row(QT_TR_NOOP("Precision"), m_precision);
    row(QT_TR_NOOP("Seed"), m_seed);
    row(QT_TR_NOOP("Device"), m_device);
    for (auto* field : {m_epochs, m_batch, m_seed}) connect(field, &QSpinBox::valueChanged, this, &NextRun::touched);
    for (auto* field : {m_warmup, m_labelSmoothing}) connect(field, &QDoubleSpinBox::valueChanged, this, &NextRun::touched);
    for (auto* field : {m_precision, m_device}) connect(field, &QComboBox::currentIndexChanged, this, &NextRun::touched);
    connect(m_rate, &QLineEdit::textEdited, this, &NextRun::touched);
    m_device->addItem(QString(), QStringLiteral("auto"));
    m_device->addItem(QString(), QStringLiteral("cpu"));
}

void NextRun::buildMore() {
    m_rows = m_more;
    m_weightDecay = spin<QDoubleSpinBox>(0, 1000, 0.01);
    m_clip = spin<QDoubleSpinBox>(0, 1e6, 0.5);
    m_layerDecay = spin<QDoubleSpinBox>(0.01, 1, 0.05);
    m_ema = spin<QDoubleSpinBox>(0, 0.9999, 0.001);
    m_accumulate = spin<QSpinBox>(1, 4096, 1);
    m_freeze = spin<QSpinBox>(0, 1000, 1);
    m_earlyStop = spin<QSpinBox>(0, 100000, 1);
    for (auto* field : {m_weightDecay, m_ema}) field->setDecimals(4);
    addChooser(m_loss, QT_TR_NOOP("Loss"));
    addChooser(m_classWeights, QT_TR_NOOP("Class weights"));
    addChooser(m_sampler, QT_TR_NOOP("Sampling"));
    row(QT_TR_NOOP("Weight decay"), m_weightDecay);
    row(QT_TR_NOOP("Gradient norm"), m_clip);
    row(QT_TR_NOOP("Batches a step"), m_accumulate);
    row(QT_TR_NOOP("Average decay"), m_ema);
    row(QT_TR_NOOP("Frozen stages"), m_freeze);
    row(QT_TR_NOOP("Layer decay"), m_layerDecay);
    row(QT_TR_NOOP("Early stop"), m_earlyStop);
    for (auto* field : {m_weightDecay, m_clip, m_layerDecay, m_ema})
        connect(field, &QDoubleSpinBox::valueChanged, this, &NextRun::touched);
    for (auto* field : {m_accumulate, m_freeze, m_earlyStop}) connect(field, &QSpinBox::valueChanged, this, &NextRun::touched);
    connect(m_moreButton, &QToolButton::clicked, this, [this] {
        const bool shown = m_more->isHidden();
        m_more->setVisible(shown);
        m_moreButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    m_more->hide();
    m_moreButton->setArrowType(Qt::RightArrow);
}

void NextRun::buildFoot() {
    m_error = makeLabel({}, Type::Table, Token::Err, this);
    m_error->setWordWrap(true);
    m_error->setContentsMargins(12, 4, 12, 4);
    m_error->hide();
    body()->addWidget(m_error);
    body()->addWidget(common::makeRule(this));
    auto* grid = new QGridLayout;
    grid->setContentsMargins(12, 10, 12, 12);
    grid->setVerticalSpacing(4);
    m_timeName = makeLabel({}, Type::Table, Token::T3, this);
    m_dataName = makeLabel({}, Type::Table, Token::T3, this);
    m_time = makeLabel({}, Type::Table, Token::T1, this);
    m_data = makeLabel({}, Type::Table, Token::T1, this);
    grid->addWidget(m_timeName, 0, 0);
    grid->addWidget(m_time, 0, 1, Qt::AlignRight);
    grid->addWidget(m_dataName, 1, 0);
    grid->addWidget(m_data, 1, 1, Qt::AlignRight);
    body()->addLayout(grid);
}

void NextRun::touched() {
    if (m_filling) return;
    m_error->hide();
    for (auto* field : std::initializer_list<QWidget*>{m_rate, m_batch, m_size, m_precision})
        if (field->property("bad").toBool()) {
            field->setProperty("bad", false);
            field->style()->polish(field);
        }
    markChanges();
    showEstimate();
    Q_EMIT edited();
}

void NextRun::retranslate() {
    setTitle(tr("Next run"));
    for (const auto& [label, source] : m_texts) label->setText(tr(source));
    for (const auto& [label, source] : m_optionTexts) label->setText(QCoreApplication::translate("Catalogue", source));
    m_moreButton->setText(tr("More"));
    m_clip->setSpecialValueText(tr("any"));
    m_ema->setSpecialValueText(tr("none"));
    m_freeze->setSpecialValueText(tr("none"));
    m_earlyStop->setSpecialValueText(tr("never"));
    m_earlyStop->setSuffix(QChar(' ') + tr("epochs"));
    for (auto [button, text] :
         {std::pair(m_previewButton, tr("Preview the augmentations")),
          std::pair(m_copyButton, tr("Copy the selected run's settings")), std::pair(m_presetsButton, tr("Back to the presets"))}) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    }
    m_augmentation->setText(tr("Augmentation"));
    m_timeName->setText(tr("Time"));
    m_dataName->setText(tr("Snapshot"));
    m_preset->setPlaceholderText(tr("Copy of a run"));
    m_rate->setPlaceholderText(tr("preset"));
    m_name->setPlaceholderText(tr("automatic"));
    for (auto* field : {m_epochs, m_batch}) field->setSpecialValueText(tr("preset"));
    m_size->setSpecialValueText(tr("by the pictures"));
    m_warmup->setSuffix(QChar(' ') + tr("epochs"));
    m_filling = true;
    fillChoices();
    m_filling = false;
    m_tags->retranslate();
    showCopied();
    showEstimate();
}

}  // namespace lathe::widgets::train
