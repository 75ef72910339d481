#include "app/workbench/shell/status_bar.h"

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::shell {
using namespace widgets::common;
using State = rpc::Engine::State;

namespace {

class DotLabel : public QLabel {
public:
    using QLabel::QLabel;
    Token token = Token::T4;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::instance().colour(token));
        painter.drawEllipse(QRectF((width() - 8) / 2.0, (height() - 8) / 2.0, 8, 8));
    }
};

QHBoxLayout* makeGroup(QHBoxLayout* into) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    into->addLayout(row);
    return row;
}

/// Reuses the labels that are there.
void fill(QHBoxLayout* row, const QStringList& texts, QWidget* parent) {
    while (row->count() > texts.size()) {
        QLayoutItem* item = row->takeAt(row->count() - 1);
        delete item->widget();
        delete item;
    }
    while (row->count() < texts.size()) row->addWidget(makeLabel({}, Type::Caption, Token::T2, parent));
    for (int i = 0; i < texts.size(); ++i) static_cast<QLabel*>(row->itemAt(i)->widget())->setText(texts[i]);
}

QHBoxLayout* pair(QHBoxLayout* into, QWidget* first, QWidget* second) {
    auto* row = new QHBoxLayout;
    row->setSpacing(5);
    row->addWidget(first);
    row->addWidget(second);
    into->addLayout(row);
    return row;
}

}  // namespace

StatusBar::StatusBar(QAction* jobs, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("status"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(24);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(16);
    m_savedIcon = makeIconLabel(QStringLiteral("check"), Token::T2, 14, this);
    m_saved = makeLabel({}, Type::Caption, Token::T2, this);
    pair(row, m_savedIcon, m_saved);
    m_left = makeGroup(row);
    row->addStretch();
    m_right = makeGroup(row);
    m_jobs = new QToolButton(this);
    m_jobs->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_jobs->setIcon(icon(QStringLiteral("jobs")));
    m_jobs->setIconSize({14, 14});
    m_jobs->setFocusPolicy(Qt::NoFocus);
    connect(m_jobs, &QToolButton::clicked, jobs, &QAction::trigger);
    m_meter = new QProgressBar(this);
    m_meter->setTextVisible(false);
    m_meter->setFixedWidth(64);
    pair(row, m_jobs, m_meter);
    m_engineDot = new DotLabel(this);
    m_engineDot->setFixedSize(8, 14);
    m_engine = makeLabel({}, Type::Caption, Token::T2, this);
    pair(row, m_engineDot, m_engine);
    m_device = makeLabel({}, Type::Caption, Token::T2, this);
    pair(row, makeIconLabel(QStringLiteral("cpu"), Token::T2, 14, this), m_device);
    m_language = new QToolButton(this);
    m_language->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_language->setPopupMode(QToolButton::InstantPopup);
    m_language->setFixedHeight(20);
    m_language->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_language);
    setJobs(0, {}, 0);
    retranslate();
}

void StatusBar::retranslate() {
    setAccessibleName(tr("Status bar"));
    m_language->setAccessibleName(tr("Language"));
    m_language->setToolTip(tr("Language"));
    m_meter->setAccessibleName(tr("Progress of the jobs"));
    setSaved(m_allSaved);
    setEngine(m_state);
}

void StatusBar::setSaved(bool allSaved) {
    m_allSaved = allSaved;
    m_saved->setText(allSaved ? tr("All saved") : tr("Saving…"));
    m_savedIcon->setVisible(allSaved);
}

void StatusBar::setFacts(const QStringList& left, const QStringList& right) {
    fill(m_left, left, this);
    fill(m_right, right, this);
}

void StatusBar::setEngine(State state) {
    m_state = state;
    Token token = Token::T4;
    QString text;
    switch (state) {
        case State::NotStarted: text = tr("Engine starts when needed"); break;
        case State::Starting: token = Token::Warn, text = tr("Engine starting"); break;
        case State::Ready: token = Token::OkFill, text = tr("Engine ready"); break;
        case State::Busy: token = Token::AccentText, text = tr("Engine working"); break;
        case State::Dead: token = Token::Err, text = tr("Engine ended"); break;
    }
    static_cast<DotLabel*>(m_engineDot)->token = token;
    m_engineDot->update();
    m_engine->setText(text);
}

void StatusBar::setDevice(const QString& text) {
    m_device->setText(text);
}

void StatusBar::setJobs(int running, const QString& what, double fraction) {
    m_jobs->setVisible(running > 0);
    m_meter->setVisible(running > 0);
    if (running <= 0) return;
    m_jobs->setText(running == 1 ? what : tr("%n jobs", nullptr, running));
    m_jobs->setAccessibleName(m_jobs->text());
    m_meter->setRange(0, fraction < 0 ? 0 : 1000);
    if (fraction >= 0) m_meter->setValue(int(fraction * 1000));
}

void StatusBar::setLanguageMenu(QMenu* menu, const QString& shown) {
    m_language->setMenu(menu);
    m_language->setText(shown);
}

void StatusBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace lathe::shell
