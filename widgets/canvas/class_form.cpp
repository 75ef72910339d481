#include "widgets/canvas/class_form.h"

#include <QColorDialog>
#include <QCompleter>
#include <QGridLayout>
#include <QPainter>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

#include "widgets/common/kind_words.h"

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {

constexpr int kMostExamples = 12, kRuleDelay = 800;

}  // namespace

ClassForm::ClassForm(common::Services& services, QWidget* parent)
    : QWidget(parent),
      m_name(new QLineEdit(this)),
      m_parent(new QLineEdit(this)),
      m_colourText(new QLineEdit(this)),
      m_colour(new QPushButton(this)),
      m_key(new QComboBox(this)),
      m_completer(new QCompleter(this)),
      m_attributes(new AttributeTable(this)),
      m_skeleton(new SkeletonEditor(this)),
      m_rule(new QPlainTextEdit(this)),
      m_strip(new ExampleStrip(services, kMostExamples, this)),
      m_addGood(new common::ActionButton(tr("Add good example"), common::ButtonKind::Normal, this)),
      m_addBad(new common::ActionButton(tr("Add bad example"), common::ButtonKind::Normal, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 16);
    row->setSpacing(24);
    row->addWidget(buildLeft(), 3);
    row->addWidget(buildRight(), 2);
    wire();
    retranslate();
}

QLabel* ClassForm::heading(QWidget* parent) {
    m_headings.push_back(common::makeLabel({}, Type::Control, Token::T1, parent));
    return m_headings.back();
}

QWidget* ClassForm::buildLeft() {
    auto* left = new QWidget(this);
    auto* rows = new common::FormRows(left);
    auto* colour = new QWidget(left);
    auto* pair = new QHBoxLayout(colour);
    pair->setContentsMargins(0, 0, 0, 0);
    m_colour->setFixedWidth(40);
    pair->addWidget(m_colour);
    pair->addWidget(m_colourText, 1);
    m_key->addItems({QString(), "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"});
    m_colourText->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("#[0-9a-fA-F]{6}")), m_colourText));
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_parent->setCompleter(m_completer);
    m_nameLabel = rows->addRow({}, m_name);
    m_colourLabel = rows->addRow({}, colour);
    m_keyLabel = rows->addRow({}, m_key);
    m_parentLabel = rows->addRow({}, m_parent);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    rows->layout()->setContentsMargins(0, 0, 0, 8);
    column->addWidget(rows);
    column->addWidget(heading(left));
    column->addWidget(buildKinds());
    column->addWidget(heading(left));
    column->addWidget(m_attributes);
    column->addStretch();
    return left;
}

QWidget* ClassForm::buildRight() {
    auto* right = new QWidget(this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_addGood);
    buttons->addWidget(m_addBad);
    buttons->addStretch();
    m_exampleHint = common::makeLabel({}, Type::Caption, Token::T3, right);
    m_exampleHint->setWordWrap(true);
    m_rule->setFixedHeight(96);
    m_rule->setTabChangesFocus(true);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(heading(right));
    column->addWidget(m_rule);
    column->addWidget(m_strip);
    column->addLayout(buttons);
    column->addWidget(m_exampleHint);
    column->addWidget(heading(right));
    column->addWidget(m_skeleton, 1);
    return right;
}

QWidget* ClassForm::buildKinds() {
    auto* kinds = new QWidget(this);
    auto* grid = new QGridLayout(kinds);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    for (int k = 0; k < int(m_kinds.size()); ++k) {
        auto*& chip = m_kinds[std::size_t(k)];
        chip = new QPushButton(kinds);
        chip->setCheckable(true);
        chip->setProperty("chip", true);
        chip->setAutoDefault(false);
        grid->addWidget(chip, k / 5, k % 5);
        connect(chip, &QPushButton::clicked, this, &ClassForm::takeKinds);
    }
    grid->setColumnStretch(5, 1);
    return kinds;
}

void ClassForm::wire() {
    m_ruleTimer.setSingleShot(true);
    m_ruleTimer.setInterval(kRuleDelay);
    connect(&m_ruleTimer, &QTimer::timeout, this, &ClassForm::takeRule);
    connect(m_rule, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_showing) m_ruleTimer.start();
    });
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        const QString name = m_name->text().trimmed();
        if (name.isEmpty()) m_name->setText(QString::fromStdString(m_schema.name));
        if (!name.isEmpty() && name.toStdString() != m_schema.name) Q_EMIT renamed(name);
    });
    for (QLineEdit* edit : {m_parent, m_colourText}) connect(edit, &QLineEdit::editingFinished, this, &ClassForm::takeFields);
    connect(m_key, &QComboBox::activated, this, &ClassForm::takeFields);
    connect(m_colour, &QPushButton::clicked, this, &ClassForm::chooseColour);
    connect(m_attributes, &AttributeTable::changed, this, [this] {
        m_schema.attributes = m_attributes->attributes();
        Q_EMIT changed();
    });
    connect(m_skeleton, &SkeletonEditor::changed, this, [this] {
        m_schema.skeleton = m_skeleton->skeleton();
        Q_EMIT changed();
    });
    connect(m_addGood, &QPushButton::clicked, this, [this] { addExample(true); });
    connect(m_addBad, &QPushButton::clicked, this, [this] { addExample(false); });
    connect(m_strip, &ExampleStrip::clicked, this, [this](int index) {
        m_schema.examples.erase(m_schema.examples.begin() + index);
        m_strip->setExamples(m_schema.examples);
        Q_EMIT changed();
    });
}

void ClassForm::setNames(QAbstractItemModel* names) {
    m_completer->setModel(names);
}

void ClassForm::setClass(const annot::ClassSchema& schema) {
    m_showing = true;
    const bool same = schema.id == m_schema.id;
    m_schema = schema;
    if (!same || !m_name->hasFocus()) m_name->setText(QString::fromStdString(schema.name));
    if (!same || !m_parent->hasFocus()) m_parent->setText(QString::fromStdString(schema.parent));
    if (!same || !m_rule->hasFocus()) m_rule->setPlainText(QString::fromStdString(schema.rule));
    m_key->setCurrentIndex(std::max(0, m_key->findText(QString::fromStdString(schema.key))));
    m_attributes->setAttributes(schema.attributes);
    m_skeleton->setSkeleton(schema.skeleton);
    m_strip->setExamples(schema.examples);
    showColour();
    showKinds();
    m_showing = false;
}

void ClassForm::setPicture(const QImage& picture, ImageId image, const annot::Rect& crop) {
    m_image = image;
    m_crop = crop;
    m_skeleton->setPicture(picture);
    m_addGood->setEnabled(image.valid());
    m_addBad->setEnabled(image.valid());
}

void ClassForm::settle() {
    if (m_ruleTimer.isActive()) takeRule();
}

void ClassForm::showColour() {
    const QString text = QString::fromStdString(m_schema.colour);
    m_colourText->setText(text);
    QPixmap pixmap(40, 40);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(text));
    painter.drawRoundedRect(QRectF(3, 3, 14, 14), 2, 2);
    painter.end();
    m_colour->setIcon(QIcon(pixmap));
    m_colour->setIconSize({20, 20});
}

void ClassForm::showKinds() {
    for (std::size_t k = 0; k < m_kinds.size(); ++k) m_kinds[k]->setChecked(m_schema.kinds >> k & 1);
}

// Everything allowed is told apart from a list of all: kinds that come later are allowed too.
void ClassForm::takeKinds() {
    constexpr std::uint32_t all = (1u << annot::kKindNames.size()) - 1;
    std::uint32_t kinds = 0;
    for (std::size_t k = 0; k < m_kinds.size(); ++k)
        if (m_kinds[k]->isChecked()) kinds |= 1u << k;
    m_schema.kinds = kinds == all ? ~0u : kinds;
    Q_EMIT changed();
}

void ClassForm::takeFields() {
    auto next = m_schema;
    next.parent = m_parent->text().trimmed().toStdString();
    next.key = m_key->currentText().toStdString();
    next.colour = m_colourText->text().toLower().toStdString();
    if (m_showing || next == m_schema) return;
    m_schema = std::move(next);
    showColour();
    Q_EMIT changed();
}

void ClassForm::takeRule() {
    m_ruleTimer.stop();
    const std::string rule = m_rule->toPlainText().toStdString();
    if (rule == m_schema.rule) return;
    m_schema.rule = rule;
    Q_EMIT changed();
}

void ClassForm::chooseColour() {
    auto* dialog = new QColorDialog(QColor(QString::fromStdString(m_schema.colour)), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Colour of %1").arg(QString::fromStdString(m_schema.name)));
    connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor& colour) {
        m_colourText->setText(colour.name());
        takeFields();
    });
    dialog->open();
}

void ClassForm::addExample(bool good) {
    if (!m_image.valid()) return;
    m_schema.examples.push_back({m_image, m_crop, good, {}});
    m_strip->setExamples(m_schema.examples);
    Q_EMIT changed();
}

void ClassForm::retranslate() {
    m_nameLabel->setText(tr("Name"));
    m_colourLabel->setText(tr("Colour"));
    m_keyLabel->setText(tr("Key"));
    m_parentLabel->setText(tr("Parent"));
    m_name->setAccessibleName(tr("Name of the class"));
    m_colour->setAccessibleName(tr("Choose the colour"));
    m_colour->setToolTip(tr("Choose the colour"));
    m_colourText->setAccessibleName(tr("Colour as #rrggbb"));
    m_key->setAccessibleDescription(tr("Key that chooses the class"));
    m_parent->setAccessibleName(tr("Parent of the class"));
    m_parent->setPlaceholderText(tr("None"));
    m_rule->setAccessibleName(tr("Rule of the class"));
    m_rule->setPlaceholderText(tr("How this class is labelled; Markdown"));
    m_addGood->setText(tr("Add good example"));
    m_addBad->setText(tr("Add bad example"));
    m_exampleHint->setText(
        tr("Cut from the shape that is selected in the canvas, else from the whole image. A click on an example removes it."));
    const QString headings[] = {tr("Shapes that may be drawn"), tr("Attributes"), tr("Rule"), tr("Skeleton")};
    for (std::size_t k = 0; k < m_headings.size(); ++k) m_headings[k]->setText(headings[k]);
    const QStringList kinds = common::kindWords();
    for (std::size_t k = 0; k < m_kinds.size(); ++k) m_kinds[k]->setText(kinds[int(k)]);
    m_attributes->retranslate();
    m_skeleton->retranslate();
    m_strip->retranslate();
}

}  // namespace lathe::widgets::canvas
