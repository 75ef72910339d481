#include "widgets/start/cards.h"

#include "widgets/charts/run_watch.h"
#include "widgets/charts/spark.h"
#include "widgets/common/counts.h"
#include "widgets/common/icons.h"
#include "widgets/common/style.h"

namespace lathe::widgets::start {
using namespace common;

namespace {

constexpr int kCardHeight = 236;

QVBoxLayout* setUp(QFrame* card) {
    card->setProperty("role", QStringLiteral("card"));
    card->setFixedHeight(kCardHeight);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(2);
    return column;
}

QPainterPath leftRounded(const QRectF& r, qreal radius) {
    QPainterPath path;
    path.addRoundedRect(r, radius, radius);
    path.addRect(r.adjusted(radius, 0, 0, 0));
    path.setFillRule(Qt::WindingFill);
    return path;
}

QString metricText(const runs::RunRow& run) {
    for (const char* name : {"accuracy", "ap", "miou", "macro_f1", "loss"})
        if (const auto it = run.metrics.find(name); it != run.metrics.end())
            return charts::metricText(name) + u' ' + number(it->second, 3);
    return {};
}

QString stateText(runs::RunState state) {
    switch (state) {
        case runs::RunState::Queued: return RunCard::tr("queued");
        case runs::RunState::Running: return RunCard::tr("running");
        case runs::RunState::Paused: return RunCard::tr("paused");
        case runs::RunState::Stopped: return RunCard::tr("stopped");
        case runs::RunState::Finished: return RunCard::tr("finished");
        case runs::RunState::Failed: return RunCard::tr("failed");
        case runs::RunState::Died: return RunCard::tr("its engine ended");
    }
    return {};
}

}  // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent) {
    setFixedWidth(kCardHeight + 12);
    common::playRole(this, QAccessible::StaticText);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PictureView::show(const QImage& picture, const QVector<PlacedBox>& boxes) {
    m_picture = QPixmap::fromImage(picture);
    m_boxes = boxes;
    update();
}

void PictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setClipPath(leftRounded(QRectF(rect()).adjusted(1, 1, 0, -1), 7));
    painter.fillRect(rect(), Theme::instance().colour(Token::Paste));
    if (m_picture.isNull()) {
        painter.drawPixmap(rect().center() - QPoint(16, 16),
                           iconPixmap(QStringLiteral("image"), Token::T3, 32, devicePixelRatioF()));
        return;
    }
    const QSizeF size = QSizeF(m_picture.size()).scaled(QSizeF(this->size()), Qt::KeepAspectRatioByExpanding);
    const QRectF where(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    painter.drawPixmap(where, m_picture, QRectF(m_picture.rect()));
    for (const PlacedBox& placed : m_boxes) {
        const QRectF box(where.x() + placed.box.x() * size.width(), where.y() + placed.box.y() * size.height(),
                         placed.box.width() * size.width(), placed.box.height() * size.height());
        painter.setPen(QPen(QColor(0, 0, 0, 128), 3.5));
        painter.drawRect(box);
        painter.setPen(QPen(placed.colour.isValid() ? placed.colour : Theme::classColour(0), 1.5));
        painter.drawRect(box);
    }
}

ContinueCard::ContinueCard(QAction* go, QWidget* parent) : QFrame(parent) {
    auto* column = setUp(this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_picture = new PictureView(this);
    row->addWidget(m_picture);
    row->addLayout(column, 1);
    m_where = makeLabel({}, Type::Caption, Token::T3, this);
    m_title = makeElidedLabel({}, Type::Section, Token::T1, this);
    m_meter = new QProgressBar(this);
    m_meter->setTextVisible(false);
    m_text = makeLabel({}, Type::Table, Token::T2, this);
    m_text->setWordWrap(true);
    column->addWidget(m_where);
    column->addWidget(m_title);
    column->addSpacing(6);
    column->addWidget(m_meter);
    column->addSpacing(6);
    column->addWidget(m_text);
    column->addStretch();
    column->addWidget(new ActionButton(go, ButtonKind::Primary, this), 0, Qt::AlignLeft);
    setMinimumWidth(400);
}

void ContinueCard::show(const StartFacts& facts, const QString& user) {
    const qint64 left = facts.images - facts.labelled;
    m_picture->show(facts.picture, facts.boxes);
    m_where->setText(tr("Label, %1").arg(user));
    m_title->setText(left > 0 ? tr("%Ln image(s) left", nullptr, int(left)) : tr("All labelled"));
    m_meter->setAccessibleName(tr("Labelled images"));
    m_meter->setRange(0, 1000);
    m_meter->setValue(facts.images ? int(1000 * facts.labelled / facts.images) : 0);
    m_text->setText(
        left > 0 ? tr("%1 of %2 have labels,\nnext is %3")
                       .arg(number(double(facts.labelled)), number(double(facts.images)), QString::fromStdString(facts.next.name))
                 : common::Counts::images(facts.images) + QStringLiteral("\n") + common::Counts::annotations(facts.annotations));
}

class RunCard::Curve : public QWidget {
public:
    using QWidget::QWidget;
    QVector<float> values;

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(rect()).adjusted(0, 6, -4, -6);
        painter.setPen(theme.colour(Token::Grid));
        for (int i = 0; i < 3; ++i)
            painter.drawLine(QPointF(area.left(), area.top() + i * area.height() / 2),
                             QPointF(area.right(), area.top() + i * area.height() / 2));
        if (values.size() > 1) charts::paintSpark(painter, area, values, theme.series(0));
    }
};

RunCard::RunCard(QAction* go, QWidget* parent) : QFrame(parent) {
    auto* column = setUp(this);
    setLayout(column);
    auto* head = new QHBoxLayout;
    m_where = makeLabel({}, Type::Caption, Token::T3, this);
    m_state = makeLabel({}, Type::Caption, Token::AccentText, this);
    head->addWidget(m_where, 1);
    head->addWidget(m_state);
    m_title = makeElidedLabel({}, Type::Section, Token::T1, this);
    m_text = makeElidedLabel({}, Type::Table, Token::T2, this);
    m_curve = new Curve(this);
    playRole(m_curve, QAccessible::StaticText);
    m_meter = new QProgressBar(this);
    m_meter->setTextVisible(false);
    column->addLayout(head);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_curve, 1);
    column->addStretch();
    column->addWidget(m_meter);
    column->addSpacing(6);
    column->addWidget(new ActionButton(go, ButtonKind::Normal, this), 0, Qt::AlignLeft);
    setMinimumWidth(230);
}

void RunCard::show(const StartFacts& facts) {
    const bool any = !facts.runs.empty();
    m_where->setText(tr("Train"));
    m_meter->setAccessibleName(tr("Progress of the run"));
    m_curve->values = facts.curve;
    m_curve->update();
    m_curve->setVisible(facts.curve.size() > 1);
    m_meter->setVisible(any && facts.runs.front().state == runs::RunState::Running);
    if (!any) {
        m_state->clear();
        m_title->setText(tr("No run yet"));
        m_text->setText(facts.labelled > 0 ? tr("%1 labelled images to train on").arg(number(double(facts.labelled)))
                                           : tr("Label some images first"));
        return;
    }
    const runs::RunRow& run = facts.runs.front();
    m_state->setText(stateText(run.state));
    m_title->setText(QString::fromStdString(run.name));
    const QString metric = metricText(run);
    m_text->setText(metric.isEmpty() ? QString::fromStdString(run.message) : metric + QStringLiteral(", ") + duration(run.seconds));
    m_meter->setRange(0, 1000);
    m_meter->setValue(run.epochs > 0 ? int(1000 * run.epoch / run.epochs) : 0);
}

ModelCard::ModelCard(QAction* go, QWidget* parent) : QFrame(parent) {
    auto* column = setUp(this);
    setLayout(column);
    auto* head = new QHBoxLayout;
    m_where = makeLabel({}, Type::Caption, Token::T3, this);
    m_when = makeLabel({}, Type::Caption, Token::T3, this);
    head->addWidget(m_where, 1);
    head->addWidget(m_when);
    m_title = makeElidedLabel({}, Type::Section, Token::T1, this);
    m_text = makeElidedLabel({}, Type::Table, Token::T2, this);
    m_figures = makeLabel({}, Type::Table, Token::T2, this);
    column->addLayout(head);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(10);
    column->addWidget(m_figures);
    column->addStretch();
    column->addWidget(new ActionButton(go, ButtonKind::Normal, this), 0, Qt::AlignLeft);
    setMinimumWidth(230);
}

void ModelCard::show(const StartFacts& facts) {
    m_where->setText(tr("Review"));
    m_when->clear();
    m_figures->clear();
    if (facts.models.empty()) {
        m_title->setText(tr("No model yet"));
        m_text->setText(facts.runs.empty() ? tr("A finished run can be submitted")
                                           : tr("Submit a finished run to get it approved"));
        return;
    }
    const auto waiting = std::ranges::find_if(facts.models, [](const auto& m) { return m.state == "submitted"; });
    const models::ModelRow& model = waiting != facts.models.end() ? *waiting : facts.models.front();
    m_when->setText(timeAgo(std::max(model.created, model.decided)));
    m_title->setText(QStringLiteral("%1 v%2").arg(QString::fromStdString(model.name)).arg(model.version));
    const QString who = QString::fromStdString(model.submittedBy);
    if (model.state == "submitted")
        m_text->setText(tr("submitted by %1, waits for a decision").arg(who));
    else if (model.state == "approved")
        m_text->setText(tr("approved by %1").arg(QString::fromStdString(model.approvedBy)));
    else if (model.state == "rejected")
        m_text->setText(tr("rejected"));
    else
        m_text->setText(tr("packaged, not submitted"));
    QStringList lines;
    for (const auto& [name, value] : model.metrics)
        if (const bool isBound = name.ends_with("_low") || name.ends_with("_high"); !isBound && lines.size() < 4)
            lines.append(charts::metricText(name) + QStringLiteral("  ") + charts::metricValue(name, value));
    m_figures->setText(lines.join(u'\n'));
}

WorkspaceCard::WorkspaceCard(RecentWorkspace workspace, bool current, QWidget* parent)
    : QAbstractButton(parent), m_workspace(std::move(workspace)), m_cover(m_workspace.cover()), m_current(current) {
    setText(m_workspace.name);
    setAccessibleName(tr("Workspace %1").arg(m_workspace.name));
    setToolTip(m_workspace.path);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setFixedHeight(234);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(150);
    setMaximumWidth(260);
}

void WorkspaceCard::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    drawPlate(painter, rect(), 8, theme.colour(underMouse() ? Token::Hover : Token::Raised), theme.colour(Token::Line1));
    const QRect top(1, 1, width() - 2, 158);
    QPainterPath path;
    path.addRoundedRect(top, 7, 7);
    path.addRect(top.adjusted(0, 20, 0, 0));
    path.setFillRule(Qt::WindingFill);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.save();
    painter.setClipPath(path);
    painter.fillRect(top, theme.colour(Token::Paste));
    if (m_cover.isNull()) {
        painter.drawPixmap(top.center() - QPoint(14, 14), iconPixmap(QStringLiteral("image"), Token::T3, 28, devicePixelRatioF()));
    } else {
        const QSize size = m_cover.size().scaled(top.size(), Qt::KeepAspectRatioByExpanding);
        painter.drawPixmap(QRect(top.x() + (top.width() - size.width()) / 2, top.y() + (top.height() - size.height()) / 2,
                                 size.width(), size.height()),
                           m_cover);
    }
    painter.restore();
    const QRect text(12, 168, width() - 24, 18);
    QFont bold = theme.font(Type::Control);
    bold.setWeight(QFont::DemiBold);
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(theme.colour(Token::T3));
    const QString when = m_workspace.missing ? tr("not there") : timeAgo(m_workspace.opened);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, when);
    const int whenWidth = painter.fontMetrics().horizontalAdvance(when) + 8;
    painter.setFont(bold);
    painter.setPen(theme.colour(m_workspace.missing ? Token::T4 : Token::T1));
    painter.drawText(text.adjusted(0, 0, -whenWidth, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_workspace.name, Qt::ElideRight, text.width() - whenWidth));
    painter.setFont(theme.font(Type::Table));
    painter.setPen(theme.colour(Token::T2));
    if (m_workspace.classes > 0)
        painter.drawText(text.translated(0, 20), Qt::AlignVCenter, tr("%n classes", nullptr, m_workspace.classes));
    painter.setPen(theme.colour(Token::T3));
    if (m_workspace.images >= 0)
        painter.drawText(text.translated(0, 37), Qt::AlignVCenter, common::Counts::images(m_workspace.images));
    if (m_current) drawFocusRing(painter, rect(), 8);
}

}  // namespace lathe::widgets::start
