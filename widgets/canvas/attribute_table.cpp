#include "widgets/canvas/attribute_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleValidator>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;
using ValueType = annot::Attribute::Type;

namespace {

/// A semicolon divides where a choice holds a comma.
QString joined(const std::vector<std::string>& choices) {
    const bool comma = std::ranges::any_of(choices, [](const auto& c) { return c.find(',') != std::string::npos; });
    QStringList words;
    for (const auto& choice : choices) words << QString::fromStdString(choice);
    return words.join(comma ? QStringLiteral("; ") : QStringLiteral(", "));
}

std::vector<std::string> divided(const QString& text) {
    std::vector<std::string> choices;
    for (const QString& part : text.split(text.contains(QLatin1Char(';')) ? QLatin1Char(';') : QLatin1Char(',')))
        if (const std::string word = part.trimmed().toStdString();
            !word.empty() && std::ranges::find(choices, word) == choices.end())
            choices.push_back(word);
    return choices;
}

QLineEdit* limitField(double value, double none, QWidget* parent) {
    auto* edit = new QLineEdit(value == none ? QString() : QString::number(value, 'g', 15), parent);
    auto* validator = new QDoubleValidator(edit);
    validator->setLocale(QLocale::c());
    edit->setValidator(validator);
    edit->setMaximumWidth(72);
    return edit;
}

double limitOf(const QLineEdit* edit, double none) {
    bool ok = false;
    const double value = edit->text().toDouble(&ok);
    return ok ? value : none;
}

bool fits(const annot::Attribute& a) {
    return annot::violations(std::vector{a}, Json{{a.name, a.fallback}}).empty();
}

}  // namespace

AttributeRow::AttributeRow(const annot::Attribute& attribute, QWidget* parent)
    : QWidget(parent),
      m_attribute(attribute),
      m_name(new QLineEdit(QString::fromStdString(attribute.name), this)),
      m_choices(new QLineEdit(joined(attribute.choices), this)),
      m_least(limitField(attribute.least, -1e300, this)),
      m_most(limitField(attribute.most, 1e300, this)),
      m_type(new QComboBox(this)),
      m_required(new QCheckBox(this)),
      m_remove(common::makeIconButton(QStringLiteral("trash"), tr("Remove the attribute"), this)) {
    m_type->addItems({QString(), QString(), QString(), QString()});
    m_type->setCurrentIndex(int(attribute.type));
    m_required->setChecked(attribute.required);
    m_name->setMaximumWidth(160);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* field : std::initializer_list<QWidget*>{m_name, m_type, m_choices, m_least, m_most}) row->addWidget(field);
    row->addStretch();
    row->addWidget(m_required);
    row->addWidget(m_remove);
    row->setStretchFactor(m_choices, 1);
    for (QLineEdit* edit : {m_name, m_choices, m_least, m_most})
        connect(edit, &QLineEdit::editingFinished, this, [this, edit] {
            if (!edit->isModified()) return;
            edit->setModified(false);
            Q_EMIT changed();
        });
    connect(m_type, &QComboBox::activated, this, [this] {
        showType();
        Q_EMIT changed();
    });
    connect(m_required, &QCheckBox::clicked, this, &AttributeRow::changed);
    connect(m_remove, &QToolButton::clicked, this, &AttributeRow::removed);
    showType();
    retranslate();
}

void AttributeRow::showType() {
    m_choices->setVisible(ValueType(m_type->currentIndex()) == ValueType::Choice);
    m_least->setVisible(ValueType(m_type->currentIndex()) == ValueType::Number);
    m_most->setVisible(ValueType(m_type->currentIndex()) == ValueType::Number);
}

annot::Attribute AttributeRow::attribute() const {
    annot::Attribute a = m_attribute;
    a.name = m_name->text().trimmed().toStdString();
    a.type = ValueType(m_type->currentIndex());
    a.choices = a.type == ValueType::Choice ? divided(m_choices->text()) : std::vector<std::string>();
    a.least = a.type == ValueType::Number ? limitOf(m_least, -1e300) : -1e300;
    a.most = a.type == ValueType::Number ? limitOf(m_most, 1e300) : 1e300;
    a.required = m_required->isChecked();
    if (!a.fallback.is_null() && !fits(a)) a.fallback = {};
    return a;
}

void AttributeRow::focusName() {
    m_name->setFocus();
    m_name->selectAll();
}

void AttributeRow::retranslate() {
    const QString name = m_name->text();
    const auto named = [&](const QString& what) { return QStringLiteral("%1, %2").arg(what, name); };
    const QString types[] = {tr("Choice"), tr("Check"), tr("Number"), tr("Text")};
    for (int k = 0; k < 4; ++k) m_type->setItemText(k, types[k]);
    m_name->setPlaceholderText(tr("Name"));
    m_name->setAccessibleName(named(tr("Name of the attribute")));
    m_type->setAccessibleName(named(tr("Type")));
    m_type->setAccessibleDescription(tr("Type of the attribute"));
    m_choices->setPlaceholderText(tr("Choices, with commas between"));
    m_choices->setAccessibleName(named(tr("Choices")));
    m_least->setPlaceholderText(tr("Least"));
    m_least->setAccessibleName(named(tr("Least value")));
    m_most->setPlaceholderText(tr("Most"));
    m_most->setAccessibleName(named(tr("Greatest value")));
    m_required->setText(tr("Required"));
    m_required->setAccessibleName(named(tr("Required")));
    m_remove->setAccessibleName(named(tr("Remove the attribute")));
}

AttributeTable::AttributeTable(QWidget* parent)
    : QWidget(parent),
      m_column(new QVBoxLayout),
      m_fallbackTitle(common::makeLabel({}, Type::Caption, Token::T3, this)),
      m_fallbacks(new AttributeForm(this)),
      m_add(new common::ActionButton(tr("Add attribute"), common::ButtonKind::Normal, this)) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    m_column->setSpacing(6);
    all->addLayout(m_column);
    all->addWidget(m_add, 0, Qt::AlignLeft);
    all->addWidget(m_fallbackTitle);
    all->addWidget(m_fallbacks);
    m_fallbacks->setContentsMargins(-12, 0, 0, 0);
    connect(m_add, &QPushButton::clicked, this, &AttributeTable::add);
    connect(m_fallbacks, &AttributeForm::changed, this, [this](const QString& name, const Json& value) {
        for (auto& a : m_attributes)
            if (a.name == name.toStdString()) a.fallback = value;
        rebuild();
        Q_EMIT changed();
    });
    retranslate();
}

void AttributeTable::setAttributes(const std::vector<annot::Attribute>& attributes) {
    if (attributes == m_attributes && m_rows.size() == attributes.size()) return;
    m_attributes = attributes;
    rebuild();
}

void AttributeTable::rebuild() {
    for (auto* row : m_rows) {
        row->hide();
        row->deleteLater();  // it may be the one whose signal brought us here
    }
    m_rows.clear();
    for (const auto& attribute : m_attributes) {
        auto* row = new AttributeRow(attribute, this);
        connect(row, &AttributeRow::changed, this, &AttributeTable::take);
        connect(row, &AttributeRow::removed, this, [this, row] {
            const auto at = std::ranges::find(m_rows, row);
            if (at == m_rows.end()) return;
            m_attributes.erase(m_attributes.begin() + (at - m_rows.begin()));
            rebuild();
            Q_EMIT changed();
        });
        m_column->addWidget(row);
        m_rows.push_back(row);
    }
    showFallbacks();
}

void AttributeTable::take() {
    for (std::size_t k = 0; k < m_rows.size(); ++k) m_attributes[k] = m_rows[k]->attribute();
    for (auto* row : m_rows) row->retranslate();
    showFallbacks();
    Q_EMIT changed();
}

void AttributeTable::add() {
    annot::Attribute fresh;
    for (int n = int(m_attributes.size()) + 1;; ++n) {
        fresh.name = tr("attribute %1").arg(n).toStdString();
        if (std::ranges::find(m_attributes, fresh.name, &annot::Attribute::name) == m_attributes.end()) break;
    }
    m_attributes.push_back(fresh);
    rebuild();
    m_rows.back()->focusName();
    Q_EMIT changed();
}

void AttributeTable::showFallbacks() {
    std::vector<annot::Attribute> sound;
    Json values = Json::object();
    for (auto a : m_attributes) {
        if (a.name.empty() || (a.type == ValueType::Choice && a.choices.empty())) continue;
        values[a.name] = a.fallback;
        a.fallback = {}, a.required = false;
        sound.push_back(std::move(a));
    }
    m_fallbackTitle->setVisible(!sound.empty());
    m_fallbacks->setAttributes(sound);
    m_fallbacks->setValues({values});
    m_fallbacks->setVisible(!sound.empty());
}

void AttributeTable::retranslate() {
    m_add->setText(tr("Add attribute"));
    m_fallbackTitle->setText(tr("What a new shape gets"));
    for (auto* row : m_rows) row->retranslate();
    m_fallbacks->retranslate();
}

}  // namespace lathe::widgets::canvas
