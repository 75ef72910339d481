#include "widgets/canvas/attribute_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleValidator>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace lathe::widgets::canvas {

namespace {

QString textOf(const Json& value) {
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    if (value.is_boolean()) return value.get<bool>() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.is_number()) return QString::number(value.get<double>(), 'g', 15);
    return {};
}

/// What a shape has for the name; null: nothing.
Json valueIn(const Json& values, const std::string& name) {
    if (!values.is_object()) return {};
    const auto at = values.find(name);
    return at == values.end() ? Json() : *at;
}

bool isGiven(const Json& value) {
    return !value.is_null() && !(value.is_string() && value.get_ref<const std::string&>().empty());
}

}  // namespace

AttributeForm::AttributeForm(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void AttributeForm::setAttributes(const std::vector<annot::Attribute>& attributes) {
    if (attributes == m_attributes && m_rows) return;
    m_attributes = attributes;
    rebuild();
}

void AttributeForm::rebuild() {
    delete m_rows;
    m_fields.clear();
    m_rows = new common::FormRows(this);
    for (const auto& attribute : m_attributes) {
        QWidget* field = makeField(attribute);
        const QString name = QString::fromStdString(attribute.name);
        field->setObjectName(QStringLiteral("attribute.") + name);
        field->setAccessibleName(name);
        field->setFocusPolicy(Qt::StrongFocus);
        m_rows->addRow(name, field);
        m_fields.push_back(field);
    }
    layout()->addWidget(m_rows);
    m_rows->setVisible(!m_attributes.empty());
    setValues(m_values);
}

QWidget* AttributeForm::makeField(const annot::Attribute& attribute) {
    switch (attribute.type) {
        case annot::Attribute::Type::Choice: return makeChoice(attribute);
        case annot::Attribute::Type::Number: return makeNumber(attribute);
        case annot::Attribute::Type::Text: return makeText(attribute);
        case annot::Attribute::Type::Check: break;
    }
    auto* box = new QCheckBox(this);
    connect(box, &QCheckBox::clicked, this, [this, box, name = QString::fromStdString(attribute.name)](bool on) {
        box->setTristate(false);
        Q_EMIT changed(name, on);
    });
    return box;
}

// The empty first item takes the value away.
QWidget* AttributeForm::makeChoice(const annot::Attribute& attribute) {
    auto* combo = new QComboBox(this);
    combo->addItem(QString());
    for (const auto& choice : attribute.choices) combo->addItem(QString::fromStdString(choice));
    connect(combo, &QComboBox::activated, this, [this, combo, name = QString::fromStdString(attribute.name)](int index) {
        Q_EMIT changed(name, index > 0 ? Json(combo->itemText(index).toStdString()) : Json());
    });
    return combo;
}

QWidget* AttributeForm::makeNumber(const annot::Attribute& attribute) {
    auto* edit = new QLineEdit(this);
    auto* validator = new QDoubleValidator(attribute.least, attribute.most, 15, edit);
    validator->setLocale(QLocale::c());
    edit->setValidator(validator);
    // Below the least value the validator calls a text intermediate: only what is right or empty is taken.
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, a = attribute] {
        bool ok = false;
        const double number = edit->text().toDouble(&ok);
        if (edit->isModified() && (edit->text().isEmpty() || (ok && number >= a.least && number <= a.most)))
            Q_EMIT changed(QString::fromStdString(a.name), edit->text().isEmpty() ? Json() : Json(number));
    });
    return edit;
}

QWidget* AttributeForm::makeText(const annot::Attribute& attribute) {
    auto* edit = new QLineEdit(this);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, name = QString::fromStdString(attribute.name)] {
        if (edit->isModified()) Q_EMIT changed(name, edit->text().isEmpty() ? Json() : Json(edit->text().toStdString()));
    });
    return edit;
}

void AttributeForm::setValues(const std::vector<Json>& values) {
    m_values = values;
    m_missing.clear();
    for (std::size_t k = 0; k < m_fields.size(); ++k) show(k);
}

void AttributeForm::show(std::size_t k) {
    const annot::Attribute& attribute = m_attributes[k];
    const Json first = m_values.empty() ? Json() : valueIn(m_values.front(), attribute.name);
    const auto is = [&](const Json& values) { return valueIn(values, attribute.name) == first; };
    const bool same = std::all_of(m_values.begin(), m_values.end(), is);
    const bool lacking = std::any_of(m_values.begin(), m_values.end(),
                                     [&](const Json& values) { return !isGiven(valueIn(values, attribute.name)); });
    if (attribute.required && lacking) m_missing << QString::fromStdString(attribute.name);
    const QString words = same ? QString() : tr("Different values");
    if (auto* box = qobject_cast<QCheckBox*>(m_fields[k])) {
        box->setTristate(!same);
        box->setCheckState(!same ? Qt::PartiallyChecked : first.is_boolean() && first.get<bool>() ? Qt::Checked : Qt::Unchecked);
    } else if (auto* combo = qobject_cast<QComboBox*>(m_fields[k])) {
        combo->setPlaceholderText(words);
        combo->setCurrentIndex(!same ? -1 : isGiven(first) ? combo->findText(textOf(first)) : 0);
    } else if (auto* edit = qobject_cast<QLineEdit*>(m_fields[k])) {
        edit->setPlaceholderText(words);
        if (const QString text = same ? textOf(first) : QString(); text != edit->text()) edit->setText(text);
        edit->setModified(false);
    }
}

void AttributeForm::retranslate() {
    setValues(m_values);
}

}  // namespace lathe::widgets::canvas
