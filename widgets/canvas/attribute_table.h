// The attributes of a class or of the image, to be changed: a row of fields each, and what a new shape gets.
#pragma once
#include <QWidget>
#include <vector>

#include "widgets/canvas/attribute_form.h"

class QComboBox;
class QCheckBox;
class QLineEdit;
class QVBoxLayout;

namespace lathe::widgets::canvas {

/// One attribute: name, type, choices or limits, required.
class AttributeRow : public QWidget {
    Q_OBJECT
public:
    AttributeRow(const annot::Attribute& attribute, QWidget* parent);
    [[nodiscard]] annot::Attribute attribute() const;
    void focusName();
    void retranslate();
Q_SIGNALS:
    void changed();
    void removed();

private:
    void showType();
    annot::Attribute m_attribute;
    QLineEdit *m_name, *m_choices, *m_least, *m_most;
    QComboBox* m_type;
    QCheckBox* m_required;
    QToolButton* m_remove;
};

class AttributeTable : public QWidget {
    Q_OBJECT
public:
    explicit AttributeTable(QWidget* parent = nullptr);
    void setAttributes(const std::vector<annot::Attribute>& attributes);
    [[nodiscard]] const std::vector<annot::Attribute>& attributes() const { return m_attributes; }
    void retranslate();
Q_SIGNALS:
    void changed();  ///< by the user

private:
    void rebuild();
    void take();
    void add();
    void showFallbacks();
    std::vector<annot::Attribute> m_attributes;
    std::vector<AttributeRow*> m_rows;
    QVBoxLayout* m_column;
    QLabel* m_fallbackTitle;
    AttributeForm* m_fallbacks;
    common::ActionButton* m_add;
};

}  // namespace lathe::widgets::canvas
