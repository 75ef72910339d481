// What is selected: exact numbers, attributes, flags, who made it and when; several shapes at once. Nothing selected: the image's
// own attributes.
#pragma once
#include <QAction>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <array>
#include <map>

#include "widgets/canvas/attribute_form.h"
#include "widgets/canvas/document.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class View;

class SelectionPanel : public common::Panel {
    Q_OBJECT
public:
    SelectionPanel(Document& document, View& view, common::Services& services, const QList<QAction*>& actions,
                   QWidget* parent = nullptr);
    void schemaChanged();  ///< Document::schema() is another
    void retranslate();

private:
    using Refs = std::vector<const annot::Annotation*>;
    void buildHeader(const QList<QAction*>& actions);
    void buildDetails();
    void buildNumbers();
    void buildFlags();
    void wire();
    void show();
    void showNumbers(const annot::Annotation* one);
    void showFlags(const Refs& shapes);
    void showAttributes(const Refs& shapes);
    void showImage();
    void place();
    void setFlag(annot::Flag flag, bool on);
    void setAttribute(const QString& name, const Json& value);
    void setImageAttribute(const QString& name, const Json& value);
    void askHistory();
    void askImageAttributes();
    [[nodiscard]] const annot::Annotation* only() const;
    [[nodiscard]] Refs selected() const;
    /// Those that may be changed.
    [[nodiscard]] std::vector<annot::Annotation> unlocked() const;

    Document& m_document;
    View& m_view;
    common::Services& m_services;
    QLabel *m_none, *m_author, *m_swatch, *m_missing;
    QWidget* m_details;
    AttributeForm *m_attributes, *m_imageForm;
    std::array<QDoubleSpinBox*, 5> m_numbers{};
    std::array<QPushButton*, 4> m_flags{};
    Json m_imageValues;
    ImageId m_imageOf;
    bool m_showing = false;
};

}  // namespace lathe::widgets::canvas
