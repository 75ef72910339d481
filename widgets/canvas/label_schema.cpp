// LabelMode's schema: read with the workspace, its rule beside the canvas, its editor in the canvas's place.
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/rule_card.h"
#include "widgets/canvas/schema_editor.h"
#include "widgets/canvas/selection_panel.h"

namespace lathe::widgets::canvas {

using common::Tone;

namespace {
constexpr int kExamplePicture = 640;
}

void LabelMode::buildSchemaActions() {
    m_do.add(
        {"schema", QT_TR_NOOP("Label schema"), "sliders", "Ctrl+Shift+L"}, [this] { showSchemaEditor(!isSchemaShown()); },
        [this] { return workspace() != nullptr; });
    m_do.add({"rule", QT_TR_NOOP("Show or hide the rule of the class"), "info", "F2"},
             [this] { m_rule->setWanted(!m_rule->isWanted()); });
}

void LabelMode::wireSchema() {
    m_rule = new RuleCard(services(), m_do["rule"], m_classes);
    m_classes->addRule(m_rule);
    m_schemaEditor = new SchemaEditor(services(), this);
    m_pages->addWidget(m_schemaEditor);
    connect(m_rule, &RuleCard::exampleClicked, this, &LabelMode::open);
    connect(m_classes, &ClassesPanel::schemaWanted, this, [this] { showSchemaEditor(true); });
    connect(m_schemaEditor, &SchemaEditor::closed, this, [this] { showSchemaEditor(false); });
    connect(m_schemaEditor, &SchemaEditor::toast, this, &Mode::toast);
    connect(m_schemaEditor, &SchemaEditor::saved, this, [this] {
        m_schemaRevision = -1;
        loadSchema();
        loadSet();
        m_document->checkForeign();
    });
    connect(m_document, &Document::refused, this, [this](const QString& words) {
        m_note->show(Tone::Warn, words, tr("Label schema"), [this] {
            m_note->hide();
            showSchemaEditor(true);
        });
    });
    connect(m_pages, &QStackedWidget::currentChanged, this, [this] {
        m_schemaEditor->settle();
        updateActions();
    });
}

// A schema that was read already isn't read again: the records count goes up with every change of it.
void LabelMode::loadSchema() {
    if (!workspace()) return;
    const std::int64_t records = workspace()->revision().records;
    if (records == m_schemaRevision) return;
    m_schemaRevision = records;
    const int read = ++m_schemaReads;
    services().jobs->run<annot::Schema>(
        tr("Read the schema"), this,
        [workspace = workspace()](std::stop_token, const Progress&) { return store::schema(*workspace); },
        [this, read, of = workspace()](Result<annot::Schema> schema) {
            if (of != workspace() || read != m_schemaReads) return;  // a later read, perhaps behind a save, is on its way
            if (!schema) return m_note->show(Tone::Err, common::errorText(schema.error()));
            m_document->setSchema(*schema);
            m_selection->schemaChanged();
            m_schemaEditor->setSchema(*schema);
            showRule();
        },
        true);
}

void LabelMode::forgetSchema() {
    m_schemaRevision = -1;
    m_rule->setWorkspace(workspace());
    m_schemaEditor->setWorkspace(workspace());
    if (isSchemaShown()) showSchemaEditor(false);
    showRule();
}

void LabelMode::showRule() {
    if (m_rule) m_rule->setClass(m_activeClass ? m_document->schemaOf(*m_activeClass) : nullptr);
}

bool LabelMode::isSchemaShown() const {
    return m_schemaEditor && m_pages->currentWidget() == m_schemaEditor;
}

void LabelMode::showSchemaEditor(bool shown) {
    if (!shown) {
        m_pages->setCurrentIndex(m_document->isOpen() ? 1 : 0);
        m_view->setFocus();
        return;
    }
    m_view->cancelTool();
    showSchemaPicture();
    m_schemaEditor->showClass(m_activeClass);
    m_pages->setCurrentWidget(m_schemaEditor);
    m_schemaEditor->setFocus();
}

// The selected shape with some room round it, else the whole image.
void LabelMode::showSchemaPicture() {
    m_schemaEditor->setPicture({}, {}, {});
    if (!m_document->isOpen() || m_document->image().missing) return;
    const auto shapes = m_document->selected();
    annot::Rect crop = m_document->imageRect();
    if (!shapes.empty() && shapes.front().shape.index() != 0) {
        const annot::Rect box = annot::bounds(shapes.front().shape);
        crop = box.grown(0.1 * std::max(box.w, box.h));
    }
    const annot::Example example{m_document->image().id, crop, true, {}};
    services().jobs->run<QImage>(
        tr("Read the picture"), this,
        [workspace = workspace(), example](std::stop_token, const Progress&) {
            return readExample(*workspace, example, {kExamplePicture, kExamplePicture});
        },
        [this, example](Result<QImage> picture) {
            if (picture) m_schemaEditor->setPicture(*picture, example.image, example.crop);
        },
        true);
}

}  // namespace lathe::widgets::canvas
