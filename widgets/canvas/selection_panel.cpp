#include "widgets/canvas/selection_panel.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {

constexpr annot::Flag kFlags[] = {annot::Occluded, annot::Truncated, annot::Difficult};

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

bool placeable(const annot::Annotation& a) {
    return (std::holds_alternative<annot::Box>(a.shape) || std::holds_alternative<annot::Polygon>(a.shape)) &&
           !(a.flags & annot::Locked);
}

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

}  // namespace

SelectionPanel::SelectionPanel(Document& document, View& view, common::Services& services, const QList<QAction*>& actions,
                               QWidget* parent)
    : Panel(tr("Selection"), parent), m_document(document), m_view(view), m_services(services) {
    m_swatch = new QLabel(header());
    static_cast<QHBoxLayout*>(header()->layout())->insertWidget(0, m_swatch);
    for (QAction* action : actions) {
        auto* button = common::makeIconButton(action, action->property("iconName").toString(), header());
        button->setFixedSize(24, 24);
        button->setIconSize({16, 16});
        header()->layout()->addWidget(button);
    }
    m_none = common::makeLabel({}, Type::Table, Token::T3, this);
    m_none->setContentsMargins(12, 0, 12, 12);
    m_none->setWordWrap(true);
    m_details = new QWidget(this);
    auto* column = new QVBoxLayout(m_details);
    column->setContentsMargins(12, 0, 12, 12);
    column->setSpacing(8);
    body()->addWidget(m_none);
    body()->addWidget(m_details);
    buildNumbers();
    buildFlags();
    m_author = common::makeElidedLabel({}, Type::Caption, Token::T3, m_details);
    column->addWidget(m_author);
    connect(&document, &Document::selectionChanged, this, [this] {
        show();
        askHistory();
    });
    connect(&document, &Document::annotationsChanged, this, &SelectionPanel::show);
    connect(&document, &Document::written, this, &SelectionPanel::askHistory);
    retranslate();
}

void SelectionPanel::buildNumbers() {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    for (int i = 0; i < 4; ++i) {
        auto*& spin = m_numbers[std::size_t(i)];
        spin = new QDoubleSpinBox(m_details);
        spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
        spin->setRange(i < 2 ? -1e6 : 0.01, 1e6);
        spin->setDecimals(2);
        spin->setKeyboardTracking(false);
        spin->setFocusPolicy(Qt::StrongFocus);
        grid->addWidget(spin, i / 2, i % 2);
        connect(spin, &QDoubleSpinBox::valueChanged, this, &SelectionPanel::place);
    }
    static_cast<QVBoxLayout*>(m_details->layout())->addLayout(grid);
}

void SelectionPanel::buildFlags() {
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (int i = 0; i < 3; ++i) {
        auto*& button = m_flags[std::size_t(i)];
        button = new QPushButton(m_details);
        button->setCheckable(true);
        button->setProperty("chip", true);
        button->setAutoDefault(false);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, i](bool on) { setFlag(kFlags[i], on); });
    }
    row->addStretch();
    static_cast<QVBoxLayout*>(m_details->layout())->addLayout(row);
}

void SelectionPanel::show() {
    const auto& selection = m_document.selection();
    const auto* one = selection.size() == 1 ? m_document.find(selection.front()) : nullptr;
    m_details->setVisible(one != nullptr);
    m_none->setVisible(!one);
    m_swatch->setVisible(one != nullptr);
    setTitle(one ? m_view.className(one->classId) : tr("Selection"));
    setCount(one ? QString::number(one->id.value) : selection.empty() ? QString() : common::number(double(selection.size())));
    m_none->setText(selection.empty() ? tr("Click a shape to see and change its numbers.")
                                      : tr("%n shape(s) selected. A digit gives them a class.", nullptr, int(selection.size())));
    if (!one) return;
    m_showing = true;
    const auto colour = m_document.colours().find(one->classId.value);
    m_swatch->setPixmap(
        swatch(colour == m_document.colours().end() ? QColor(Qt::gray) : QColor::fromRgb(colour->second), devicePixelRatioF()));
    const annot::Rect r = annot::bounds(one->shape);
    const double values[] = {r.x, r.y, r.w, r.h};
    for (int i = 0; i < 4; ++i) {
        auto* spin = m_numbers[std::size_t(i)];
        spin->setDecimals(values[i] == std::round(values[i]) ? 0 : 2);
        spin->setValue(values[i]);
        spin->setEnabled(placeable(*one));
    }
    for (int i = 0; i < 3; ++i) m_flags[std::size_t(i)]->setChecked(one->flags & kFlags[i]);
    m_showing = false;
}

void SelectionPanel::place() {
    const auto& selection = m_document.selection();
    const auto* one = selection.size() == 1 ? m_document.find(selection.front()) : nullptr;
    if (m_showing || !one || !placeable(*one)) return;
    const annot::Rect from = annot::bounds(one->shape);
    const annot::Rect to{m_numbers[0]->value(), m_numbers[1]->value(), m_numbers[2]->value(), m_numbers[3]->value()};
    if (to == from || to.w <= 0 || to.h <= 0) return;
    auto changed = *one;
    if (auto* box = std::get_if<annot::Box>(&changed.shape))
        box->rect = to;
    else
        changed.shape = annot::scaled(changed.shape, from, to);
    m_document.replace("Place by numbers", {std::move(changed)});
}

void SelectionPanel::setFlag(annot::Flag flag, bool on) {
    auto shapes = m_document.selected();
    for (auto& a : shapes) a.flags = on ? a.flags | flag : a.flags & ~std::uint32_t(flag);
    m_document.replace("Set flag", shapes);
}

void SelectionPanel::askHistory() {
    const auto& selection = m_document.selection();
    const auto* one = selection.size() == 1 ? m_document.find(selection.front()) : nullptr;
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
    const QString prefixes[] = {QStringLiteral("x  "), QStringLiteral("y  "), QStringLiteral("w  "), QStringLiteral("h  ")};
    const QString names[] = {tr("x"), tr("y"), tr("Width"), tr("Height")};
    const QString flags[] = {tr("Occluded"), tr("Truncated"), tr("Difficult")};
    for (std::size_t i = 0; i < 4; ++i) {
        m_numbers[i]->setPrefix(prefixes[i]);
        m_numbers[i]->setSuffix(QStringLiteral(" px"));
        m_numbers[i]->setAccessibleName(names[i]);
    }
    for (std::size_t i = 0; i < 3; ++i) m_flags[i]->setText(flags[i]);
    show();
}

}  // namespace lathe::widgets::canvas
