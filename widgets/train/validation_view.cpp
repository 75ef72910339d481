#include "widgets/train/validation_view.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/chart.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kPaneGap = 12, kPaneName = 24;
constexpr double kBarsShare = 0.36;  ///< of the width, beside a classified picture

}  // namespace

ValidationView::ValidationView(QWidget* parent) : QWidget(parent), m_bars(new charts::BarRows(QString(), this)) {
    setFocusPolicy(Qt::StrongFocus);
    common::playRole(this, QAccessible::Graphic);
    m_bars->setMostColumns(1);
    m_bars->hide();
}

void ValidationView::setItem(const ValidationItem& item, const ValidationClasses& classes) {
    m_item = item;
    m_classes = classes;
    const bool known = item.said.has_value();
    QStringList words{item.still->name, validationWords(item, classes)};
    if (known) words << (item.said->right ? tr("right") : tr("wrong"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    showBars();
    update();
}

void ValidationView::setOpacity(double opacity) {
    m_opacity = opacity;
    update();
}

void ValidationView::retranslate() {
    setAccessibleName(tr("Validation picture"));
    m_bars->setAccessibleName(tr("Surest classes"));
    update();
}

void ValidationView::showBars() {
    const bool classes = m_item && m_classes.task == QStringLiteral("classify");
    m_bars->setVisible(classes);
    if (!classes) return;
    std::vector<charts::BarRows::Row> rows;
    if (m_item->said)
        for (const auto& [category, probability] : m_item->said->top)
            rows.push_back({.name = m_classes.name(category),
                            .colour = m_classes.colour(category),
                            .value = probability,
                            .mark = std::nullopt,
                            .text = charts::percentText(probability, 1)});
    m_bars->setRows(std::move(rows));
}

std::vector<ValidationView::Pane> ValidationView::panes() const {
    static constexpr Pane picture{ValidationLayer::Picture, QT_TRANSLATE_NOOP("ValidationPage", "Picture")},
        truth{ValidationLayer::Truth, QT_TRANSLATE_NOOP("ValidationPage", "Label")},
        said{ValidationLayer::Said, QT_TRANSLATE_NOOP("ValidationPage", "Prediction")},
        wrong{ValidationLayer::Wrong, QT_TRANSLATE_NOOP("ValidationPage", "Wrong")};
    if (m_classes.task == QStringLiteral("classify")) return {picture};
    return {picture, truth, said, wrong};
}

QRect ValidationView::panesRect() const {
    const QRect all = rect().adjusted(kPaneGap, kPaneGap, -kPaneGap, -kPaneGap);
    return m_bars->isHidden() ? all : all.adjusted(0, 0, -int(all.width() * kBarsShare), 0);
}

/// As many as make the panes largest.
int ValidationView::columnsFor(int panes) const {
    const QImage& picture = m_item->still->picture;
    const QSizeF shape = picture.isNull() ? QSizeF(4, 3) : QSizeF(picture.size());
    const QRect all = panesRect();
    int best = 1;
    double most = 0;
    for (int columns = 1; columns <= panes; ++columns) {
        const int rows = (panes + columns - 1) / columns;
        const QSizeF cell((all.width() + kPaneGap) / double(columns) - kPaneGap,
                          (all.height() + kPaneGap) / double(rows) - kPaneGap - kPaneName);
        if (const double width = shape.scaled(cell, Qt::KeepAspectRatio).width(); width > most) most = width, best = columns;
    }
    return best;
}

QString ValidationView::noteOf(ValidationLayer layer) const {
    if (!m_item->said) return {};
    const auto& said = *m_item->said;
    if (layer == ValidationLayer::Said) return validationWords(*m_item, m_classes);
    if (layer != ValidationLayer::Wrong) return {};
    if (m_classes.task == QStringLiteral("segment"))
        return tr("%1 of the pixels").arg(charts::percentText(1 - said.pixelAccuracy, 1));
    return tr("%1 missed, %2 too many").arg(said.truths - said.found).arg(said.falsely);
}

void ValidationView::paintPane(QPainter& painter, const QRect& cell, const Pane& pane) const {
    const auto& theme = Theme::instance();
    const QImage& picture = m_item->still->picture;
    const QSizeF size = (picture.isNull() ? QSizeF(4, 3) : QSizeF(picture.size()))
                            .scaled(QSizeF(cell.width(), cell.height() - kPaneName), Qt::KeepAspectRatio);
    const QRectF place(cell.x() + (cell.width() - size.width()) / 2, cell.y(), size.width(), size.height());
    paintValidation(painter, place, *m_item, pane.layer, m_classes, m_opacity, true);
    const QRectF line(place.left(), place.bottom(), place.width(), kPaneName);
    painter.setFont(theme.font(Type::Table));
    painter.setPen(theme.colour(Token::T1));
    const QString name = QCoreApplication::translate("ValidationPage", pane.name);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, name);
    painter.setPen(theme.colour(Token::T3));
    const int left = painter.fontMetrics().horizontalAdvance(name) + 12;
    painter.drawText(line.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignRight,
                     painter.fontMetrics().elidedText(noteOf(pane.layer), Qt::ElideRight, int(line.width()) - left));
}

void ValidationView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colour(Token::Frame));
    if (!m_item) return;
    const auto shown = panes();
    const int columns = columnsFor(int(shown.size())), rows = (int(shown.size()) + columns - 1) / columns;
    const QRect all = panesRect();
    const QSize cell((all.width() + kPaneGap) / columns - kPaneGap, (all.height() + kPaneGap) / rows - kPaneGap);
    for (int i = 0; i < int(shown.size()); ++i) {
        const QPoint at(all.x() + i % columns * (cell.width() + kPaneGap), all.y() + i / columns * (cell.height() + kPaneGap));
        paintPane(painter, QRect(at, cell), shown[std::size_t(i)]);
    }
    if (hasFocus()) {
        painter.setPen(QPen(Theme::instance().colour(Token::Focus), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void ValidationView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int wide = int((width() - 2 * kPaneGap) * kBarsShare);
    m_bars->setGeometry(width() - wide, kPaneGap, wide - kPaneGap, height() - 2 * kPaneGap);
}

void ValidationView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left: return Q_EMIT stepped(-1);
        case Qt::Key_Right: return Q_EMIT stepped(1);
        case Qt::Key_Escape:
        case Qt::Key_Return: return Q_EMIT closed();
        default: QWidget::keyPressEvent(event);
    }
}

void ValidationView::mouseDoubleClickEvent(QMouseEvent*) {
    Q_EMIT closed();
}

}  // namespace lathe::widgets::train
