// The values of a list of attributes: a field each. Several shapes at once: the common value, or nothing where they differ.
#pragma once
#include <QWidget>
#include <vector>

#include "core/annot/schema.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

/// GUI thread. Fields are made anew only when the attributes differ, so that typing survives a change from outside.
class AttributeForm : public QWidget {
    Q_OBJECT
public:
    explicit AttributeForm(QWidget* parent = nullptr);
    void setAttributes(const std::vector<annot::Attribute>& attributes);
    /// One object (or null) per shape.
    void setValues(const std::vector<Json>& values);
    [[nodiscard]] bool isEmpty() const { return m_attributes.empty(); }
    /// Required ones that a shape has no value for.
    [[nodiscard]] QStringList missing() const { return m_missing; }
    void retranslate();
Q_SIGNALS:
    void changed(const QString& name, const lathe::Json& value);  ///< by the user; null: taken away

private:
    void rebuild();
    QWidget* makeField(const annot::Attribute& attribute);
    QWidget* makeChoice(const annot::Attribute& attribute);
    QWidget* makeNumber(const annot::Attribute& attribute);
    QWidget* makeText(const annot::Attribute& attribute);
    void show(std::size_t k);
    std::vector<annot::Attribute> m_attributes;
    std::vector<QWidget*> m_fields;
    std::vector<Json> m_values;
    QStringList m_missing;
    common::FormRows* m_rows = nullptr;
};

}  // namespace lathe::widgets::canvas
