#include "widgets/canvas/selection_panel.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "core/store/schema.h"
#include "widgets/canvas/shape_numbers.h"
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {

constexpr annot::Flag kFlags[] = {annot::Occluded, annot::Truncated, annot::Crowd, annot::Difficult};

QPixmap swatch(const QColor& colour, qreal scale) {
    QPixmap pixmap(QSize(10, 10) * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(0, 0, 10, 10), 2, 2);
    return pixmap;
}

/// Two decimals can be typed; whole numbers are shown without any.
class NumberField : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override {
        QString text = QDoubleSpinBox::textFromValue(value);
        if (!text.contains(locale().decimalPoint())) return text;
        while (text.endsWith(locale().zeroDigit())) text.chop(1);
        if (text.endsWith(locale().decimalPoint())) text.chop(locale().decimalPoint().size());
        return text;
    }
};

/// When and how often one shape was changed, from its image's journal.
struct Story {
    double at = 0;
    int edits = 0;
    std::string author;
};

Story storyOf(const std::vector<store::JournalEntry>& journal, AnnotationId id) {
    Story story;
    for (const auto& entry : journal)
        for (const auto& change : entry.edit.changes) {
            const bool mine = (change.after && change.after->id == id) || (change.before && change.before->id == id);
            if (!mine) continue;
            story.at = entry.edit.at;
            story.author = entry.edit.author;
            if (entry.op != "import") ++story.edits;
        }
    return story;
}

/// What all the classes ask for.
std::vector<annot::Attribute> sharedAttributes(const Document& document, const std::vector<const annot::Annotation*>& shapes) {
    std::vector<annot::Attribute> shared;
    ClassId last;
    for (std::size_t k = 0; k < shapes.size(); ++k) {
        if (k > 0 && shapes[k]->classId == last) continue;
        last = shapes[k]->classId;
        const auto* schema = document.schemaOf(last);
        if (!schema) return {};
        if (k == 0) shared = schema->attributes;
        std::erase_if(shared, [&](const auto& a) { return std::ranges::find(schema->attributes, a) == schema->attributes.end(); });
    }
    return shared;
}

/// With the value, or without the name when it is null; an object without names is null.
Json with(Json values, const std::string& name, const Json& value) {
    if (!values.is_object()) values = Json::object();
    if (value.is_null())
        values.erase(name);
    else
        values[name] = value;
    return values.empty() ? Json() : values;
}

}  // namespace

SelectionPanel::SelectionPanel(Document& document, View& view, common::Services& services, const QList<QAction*>& actions,
                               QWidget* parent)
    : Panel(tr("Selection"), parent), m_document(document), m_view(view), m_services(services) {
    buildHeader(actions);
    buildDetails();
    wire();
    retranslate();
}

void SelectionPanel::buildHeader(const QList<QAction*>& actions) {
    m_swatch = new QLabel(header());
    common::playRole(m_swatch, QAccessible::StaticText);
    static_cast<QHBoxLayout*>(header()->layout())->insertWidget(0, m_swatch);
    for (QAction* action : actions) {
        auto* button = common::makeIconButton(action, action->property("iconName").toString(), header());
        button->setFixedSize(24, 24);
        button->setIconSize({16, 16});
        header()->layout()->addWidget(button);
    }
}

void SelectionPanel::buildDetails() {
    m_none = common::makeLabel({}, Type::Table, Token::T3, this);
    m_none->setContentsMargins(12, 0, 12, 12);
    m_none->setWordWrap(true);
    m_imageForm = new AttributeForm(this);
    m_details = new QWidget(this);
    auto* column = new QVBoxLayout(m_details);
    column->setContentsMargins(12, 0, 12, 12);
    column->setSpacing(8);
    body()->addWidget(m_none);
    body()->addWidget(m_imageForm);
    body()->addWidget(m_details);
    buildNumbers();
    m_attributes = new AttributeForm(m_details);
    m_attributes->setContentsMargins(-12, 0, -8, 0);
    column->addWidget(m_attributes);
    buildFlags();
    m_missing = common::makeLabel({}, Type::Caption, Token::Warn, m_details);
    m_missing->setWordWrap(true);
    m_author = common::makeElidedLabel({}, Type::Caption, Token::T3, m_details);
    column->addWidget(m_missing);
    column->addWidget(m_author);
}

void SelectionPanel::wire() {
    connect(m_attributes, &AttributeForm::changed, this, &SelectionPanel::setAttribute);
    connect(m_imageForm, &AttributeForm::changed, this, &SelectionPanel::setImageAttribute);
    connect(&m_document, &Document::opened, this, &SelectionPanel::askImageAttributes);
    connect(&m_document, &Document::selectionChanged, this, [this] {
        show();
        askHistory();
    });
    connect(&m_document, &Document::annotationsChanged, this, &SelectionPanel::show);
    connect(&m_document, &Document::written, this, &SelectionPanel::askHistory);
}

void SelectionPanel::buildNumbers() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    for (int i = 0; i < int(m_numbers.size()); ++i) {
        auto*& spin = m_numbers[std::size_t(i)];
        spin = new NumberField(m_details);
        spin->setDecimals(2);
        spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
        spin->setKeyboardTracking(false);
        spin->setFocusPolicy(Qt::StrongFocus);
        grid->addWidget(spin, i / 2, i % 2);
        connect(spin, &QDoubleSpinBox::valueChanged, this, &SelectionPanel::place);
    }
    static_cast<QVBoxLayout*>(m_details->layout())->addLayout(grid);
}

void SelectionPanel::buildFlags() {
    auto* row = new QGridLayout;
    row->setSpacing(4);
    for (int i = 0; i < int(m_flags.size()); ++i) {
        auto*& button = m_flags[std::size_t(i)];
        button = new QPushButton(m_details);
        button->setCheckable(true);
        button->setProperty("chip", true);
        button->setAutoDefault(false);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button, 0, i);
        connect(button, &QPushButton::clicked, this, [this, i](bool on) { setFlag(kFlags[i], on); });
    }
    row->setColumnStretch(int(m_flags.size()), 1);
    static_cast<QVBoxLayout*>(m_details->layout())->addLayout(row);
}

const annot::Annotation* SelectionPanel::only() const {
    const auto& selection = m_document.selection();
    return selection.size() == 1 ? m_document.find(selection.front()) : nullptr;
}

std::vector<annot::Annotation> SelectionPanel::unlocked() const {
    auto shapes = m_document.selected();
    std::erase_if(shapes, [](const annot::Annotation& a) { return a.flags & annot::Locked; });
    return shapes;
}

SelectionPanel::Refs SelectionPanel::selected() const {
    Refs shapes;
    shapes.reserve(m_document.selection().size());
    for (const AnnotationId id : m_document.selection())
        if (const auto* a = m_document.find(id)) shapes.push_back(a);
    return shapes;
}

void SelectionPanel::show() {
    const auto shapes = selected();
    const auto* one = only();
    m_details->setVisible(!shapes.empty());
    m_none->setVisible(!one);
    m_swatch->setVisible(one != nullptr);
    setTitle(one ? m_view.className(one->classId) : tr("Selection"));
    setCount(one ? QString::number(one->id.value) : shapes.empty() ? QString() : common::number(double(shapes.size())));
    m_none->setText(shapes.empty() ? tr("Click a shape to see and change its numbers.")
                                   : tr("%n shape(s) selected. A digit gives them a class.", nullptr, int(shapes.size())));
    m_author->setVisible(one != nullptr);
    m_showing = true;
    if (one) m_swatch->setPixmap(swatch(QColor::fromRgb(styleOf(m_document.styles(), one->classId).colour), devicePixelRatioF()));
    showNumbers(one);
    showFlags(shapes);
    showAttributes(shapes);
    showImage();
    m_showing = false;
}

void SelectionPanel::showNumbers(const annot::Annotation* one) {
    const std::pair<QString, QString> words[] = {
        {QStringLiteral("x"), tr("x")},         {QStringLiteral("y"), tr("y")},         {QStringLiteral("w"), tr("Width")},
        {QStringLiteral("h"), tr("Height")},    {QStringLiteral("x"), tr("Centre x")},  {QStringLiteral("y"), tr("Centre y")},
        {QStringLiteral("rx"), tr("Radius x")}, {QStringLiteral("ry"), tr("Radius y")}, {QStringLiteral("∠"), tr("Angle")}};
    const auto numbers = one ? numbersOf(one->shape) : std::span<const Number>();
    const auto values = one ? valuesOf(one->shape) : std::array<double, 5>();
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        auto* spin = m_numbers[i];
        spin->setVisible(i < numbers.size());
        if (i >= numbers.size()) continue;
        const Number what = numbers[i];
        const auto& [prefix, name] = words[std::size_t(what)];
        spin->setPrefix(prefix + QStringLiteral("  "));
        spin->setSuffix(what == Number::Angle ? QStringLiteral("°") : QStringLiteral(" px"));
        spin->setAccessibleName(name);
        spin->setRange(isLength(what) ? 0.01 : -1e6, 1e6);
        spin->setValue(values[i]);
        spin->setEnabled(!(one->flags & annot::Locked));
    }
}

void SelectionPanel::showFlags(const Refs& shapes) {
    for (std::size_t i = 0; i < m_flags.size(); ++i)
        m_flags[i]->setChecked(!shapes.empty() && std::ranges::all_of(shapes, [&](const auto* a) { return a->flags & kFlags[i]; }));
}

void SelectionPanel::showAttributes(const Refs& shapes) {
    m_attributes->setAttributes(sharedAttributes(m_document, shapes));
    std::vector<Json> values;
    if (!m_attributes->isEmpty())
        for (const auto* a : shapes) values.push_back(a->attributes);
    m_attributes->setValues(values);
    m_attributes->setVisible(!m_attributes->isEmpty());
    const bool locked = std::ranges::all_of(shapes, [](const auto* a) { return a->flags & annot::Locked; });
    m_attributes->setEnabled(!locked);
    const QStringList missing = m_attributes->missing();
    m_missing->setVisible(!missing.isEmpty());
    m_missing->setText(tr("Still needed: %1").arg(missing.join(QStringLiteral(", "))));
}

void SelectionPanel::showImage() {
    m_imageForm->setAttributes(m_document.schema().image);
    m_imageForm->setValues({m_imageValues});
    const bool shown = m_document.isOpen() && m_document.selection().empty() && !m_imageForm->isEmpty();
    m_imageForm->setVisible(shown);
    if (shown) m_none->setText(tr("Attributes of the image; click a shape for its own."));
}

void SelectionPanel::schemaChanged() {
    show();
}

void SelectionPanel::place() {
    const auto* one = only();
    if (m_showing || !one || (one->flags & annot::Locked)) return;
    const auto was = valuesOf(one->shape);
    auto values = was;
    // A field shows two decimals: what wasn't touched keeps its exact value.
    for (std::size_t i = 0; i < numbersOf(one->shape).size(); ++i) {
        const double shown = m_numbers[i]->value();
        values[i] = std::abs(shown - was[i]) < 0.005 + 1e-9 ? was[i] : shown;
    }
    if (values == was) return;
    auto changed = *one;
    changed.setShape(withValues(changed.shape, values));
    m_document.replace("Place by numbers", {std::move(changed)});
}

void SelectionPanel::setFlag(annot::Flag flag, bool on) {
    auto shapes = m_document.selected();
    for (auto& a : shapes) a.flags = on ? a.flags | flag : a.flags & ~std::uint32_t(flag);
    m_document.replace("Set flag", std::move(shapes));
}

void SelectionPanel::setAttribute(const QString& name, const Json& value) {
    auto shapes = unlocked();
    for (auto& a : shapes) a.attributes = with(std::move(a.attributes), name.toStdString(), value);
    m_document.replace("Set attribute", std::move(shapes));
}

void SelectionPanel::setImageAttribute(const QString& name, const Json& value) {
    if (!m_imageOf.valid()) return;
    m_imageValues = with(std::move(m_imageValues), name.toStdString(), value);
    m_services.jobs->write<bool>(
        tr("Set attribute"), this,
        [workspace = m_document.source().workspace, image = m_imageOf, values = m_imageValues,
         who = m_services.user.toStdString()]() -> Result<bool> {
            LATHE_CHECK(store::setImageAttributes(*workspace, image, values, who));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) Q_EMIT m_document.failed(done.error());
        });
}

void SelectionPanel::askImageAttributes() {
    m_imageOf = {};
    m_imageValues = {};
    show();
    if (!m_document.isOpen() || !m_document.source().workspace) return;
    m_services.jobs->write<Json>(  // a read, but behind what is still to be written
        tr("Read attributes"), this,
        [workspace = m_document.source().workspace, image = m_document.image().id] {
            return store::imageAttributes(*workspace, image);
        },
        [this, image = m_document.image().id](Result<Json> values) {
            if (!values || image != m_document.image().id) return;
            m_imageOf = image;
            m_imageValues = std::move(*values);
            show();
        });
}

void SelectionPanel::askHistory() {
    const auto* one = only();
    if (!one || !m_document.source().workspace) return;
    m_services.jobs->run<Story>(
        tr("Read history"), this,
        [workspace = m_document.source().workspace, image = m_document.image().id, id = one->id](std::stop_token,
                                                                                                 const Progress&) -> Result<Story> {
            LATHE_TRY(const std::vector<store::JournalEntry> journal, workspace->history(image));
            return storyOf(journal, id);
        },
        [this, id = one->id](Result<Story> story) {
            const auto* a = m_document.selection() == std::vector{id} ? m_document.find(id) : nullptr;
            if (!a || !story) return;
            QStringList words;
            const std::string& who = story->author.empty() ? a->author : story->author;
            words << (who.empty() ? tr("imported") : QString::fromStdString(who));
            if (story->at > 0)
                words << QLocale().toString(QDateTime::fromMSecsSinceEpoch(qint64(story->at * 1000)), QLocale::ShortFormat);
            if (!a->source.empty()) words << QString::fromStdString(a->source);
            if (story->edits > 0) words << tr("%n edit(s)", nullptr, story->edits);
            m_author->setText(words.join(QStringLiteral(", ")));
        },
        true);
}

void SelectionPanel::retranslate() {
    const QString flags[] = {tr("Occluded"), tr("Truncated"), tr("Crowd"), tr("Difficult")};
    for (std::size_t i = 0; i < m_flags.size(); ++i) m_flags[i]->setText(flags[i]);
    m_attributes->retranslate();
    m_imageForm->retranslate();
    show();
}

}  // namespace lathe::widgets::canvas
