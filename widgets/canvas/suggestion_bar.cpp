#include "widgets/canvas/suggestion_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

using common::Theme;
using common::Token;
using common::Type;

namespace {
constexpr int kSuggestionBarHeight = 34, kSuggestionBarSteps = 100;
constexpr double kSuggestionBarStep = 0.05;
}  // namespace

SuggestionBar::SuggestionBar(Suggestions& suggestions, Document& document, View& view, QWidget* mode, QWidget* parent)
    : QFrame(parent),
      m_suggestions(suggestions),
      m_document(document),
      m_view(view),
      m_onCanvas("label", "lathe::widgets::canvas::SuggestionBar", &view),
      m_do("label", "lathe::widgets::canvas::SuggestionBar", mode) {
    buildActions();
    build();
    connect(&m_suggestions, &Suggestions::changed, this, &SuggestionBar::show);
    connect(&m_document, &Document::selectionChanged, this, &SuggestionBar::show);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { m_suggestions.setConfidence(double(value) / kSuggestionBarSteps); });
    connect(m_close, &QToolButton::clicked, this, [this] {
        m_closedOn = m_document.image().id;
        m_suggestions.setConfidence(2);
        hide();
        m_view.setFocus();
    });
    connect(m_classMenu, &QMenu::aboutToShow, this, &SuggestionBar::fillClasses);
    retranslate();
    show();
}

void SuggestionBar::buildActions() {
    const auto current = [this] { return m_suggestions.current() && m_document.selection().empty(); };
    const auto some = [this] { return !m_suggestions.shown().empty(); };
    m_onCanvas.add(
        {"accept-suggestion", QT_TR_NOOP("Accept"), "check", "Return; Enter"}, [this] { m_suggestions.accept(); }, current);
    m_onCanvas.add(
        {"refuse-suggestion", QT_TR_NOOP("Refuse"), "x", "Del"}, [this] { m_suggestions.refuse(); }, current);
    m_onCanvas.add(
        {"next-suggestion", QT_TR_NOOP("Next"), "right", "Tab"}, [this] { m_suggestions.next(1); }, some);
    m_onCanvas.add(
        {"previous-suggestion", QT_TR_NOOP("Previous suggestion"), "left", "Shift+Tab; Backtab"},
        [this] { m_suggestions.next(-1); }, some);
    for (QAction* action : m_onCanvas.all()) action->setShortcutContext(Qt::WidgetShortcut);
    m_onCanvas["refuse-suggestion"]->setProperty("shares", QStringList{QStringLiteral("label.delete")});
    m_do.add(
        {"accept-all", QT_TR_NOOP("Accept all"), "check", "Ctrl+Return; Ctrl+Enter"}, [this] { m_suggestions.acceptAll(); }, some);
    m_do.add(
        {"accept-class", QT_TR_NOOP("Accept all suggestions of this class"), "check", "Shift+Return; Shift+Enter"},
        [this] { m_suggestions.acceptClassOfCurrent(); }, current);
    m_do.add(
        {"refuse-all", QT_TR_NOOP("Refuse all suggestions"), "x", "Shift+Del"}, [this] { m_suggestions.refuseAll(); }, some);
    m_do.add({"less-confident", QT_TR_NOOP("Suggestions from a lower confidence on"), "minus", "Ctrl+["},
             [this] { m_slider->setValue(m_slider->value() - int(kSuggestionBarStep * kSuggestionBarSteps)); });
    m_do.add({"more-confident", QT_TR_NOOP("Suggestions from a higher confidence on"), "plus", "Ctrl+]"},
             [this] { m_slider->setValue(m_slider->value() + int(kSuggestionBarStep * kSuggestionBarSteps)); });
}

void SuggestionBar::build() {
    setFixedHeight(kSuggestionBarHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    m_count = common::makeLabel({}, Type::Table, Token::T1, this);
    m_count->setProperty("weight", int(QFont::DemiBold));
    m_from = common::makeElidedLabel({}, Type::Table, Token::T2, this);
    m_label = common::makeLabel({}, Type::Table, Token::T2, this);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setRange(0, kSuggestionBarSteps);
    m_slider->setValue(int(m_suggestions.confidence() * kSuggestionBarSteps));
    m_slider->setPageStep(10);
    m_slider->setFixedWidth(88);
    m_slider->setFocusPolicy(Qt::TabFocus);
    m_label->setBuddy(m_slider);
    m_value = common::makeLabel({}, Type::Table, Token::T1, this);
    m_classMenu = new QMenu(this);
    m_classes = common::makeIconButton(QStringLiteral("tag"), {}, this);
    m_classes->setMenu(m_classMenu);
    m_classes->setPopupMode(QToolButton::InstantPopup);
    m_close = common::makeIconButton(QStringLiteral("x"), {}, this);
    row->addWidget(common::makeIconLabel(QStringLiteral("wand"), Token::AccentText, 16, this));
    row->addWidget(m_count);
    row->addWidget(m_from);
    row->addSpacing(8);
    for (QWidget* w : {static_cast<QWidget*>(m_label), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_value),
                       static_cast<QWidget*>(m_classes)})
        row->addWidget(w);
    row->addStretch(1);
    for (const char* id : {"accept-suggestion", "refuse-suggestion", "next-suggestion"})
        row->addWidget(new common::ActionButton(m_onCanvas[id], common::ButtonKind::Quiet, this));
    row->addWidget(new common::ActionButton(m_do["accept-all"], common::ButtonKind::Normal, this));
    row->addWidget(m_close);
}

void SuggestionBar::fillClasses() {
    m_classMenu->clear();
    const auto add = [this](const QString& name, std::optional<ClassId> only) {
        QAction* action = m_classMenu->addAction(name, this, [this, only] { m_suggestions.setClass(only); });
        action->setCheckable(true);
        action->setChecked(m_suggestions.onlyClass() == only);
    };
    add(tr("All classes"), std::nullopt);
    for (const ClassId id : m_suggestions.classes()) add(m_view.className(id), id);
    m_classMenu->addSeparator();
    m_classMenu->addActions({m_do["accept-class"], m_do["refuse-all"]});
}

void SuggestionBar::show() {
    if (m_document.isOpen() && m_closedOn.valid() && m_closedOn != m_document.image().id) {
        m_closedOn = {};
        m_suggestions.setConfidence(double(m_slider->value()) / kSuggestionBarSteps);
    }
    const int count = int(m_suggestions.shown().size());
    m_count->setText(tr("%n suggestion(s)", nullptr, count));
    m_from->setText(tr("from %1").arg(m_suggestions.runs().join(QStringLiteral(", "))));
    m_value->setText(QString::number(double(m_slider->value()) / kSuggestionBarSteps, 'f', 2));
    m_do["accept-all"]->setText(tr("Accept all %1").arg(count));
    setVisible(!m_suggestions.all().empty() && !m_closedOn.valid());
    m_onCanvas.update();
    m_do.update();
}

void SuggestionBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colour(Token::InfoTint));
}

void SuggestionBar::retranslate() {
    m_onCanvas.retranslate();
    m_do.retranslate();
    setAccessibleName(tr("Suggestions"));
    m_label->setText(tr("Confidence ≥"));
    m_slider->setAccessibleName(tr("Least confidence of suggestions"));
    m_classes->setAccessibleName(tr("Suggestions of which class"));
    m_classes->setToolTip(tr("Suggestions of which class"));
    m_close->setAccessibleName(tr("Put the suggestions away"));
    m_close->setToolTip(tr("Put the suggestions away"));
    show();
}

}  // namespace lathe::widgets::canvas
