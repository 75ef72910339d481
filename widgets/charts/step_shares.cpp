#include "widgets/charts/step_shares.h"

#include <QCoreApplication>
#include <QPainter>

#include "widgets/common/parts.h"

namespace lathe::widgets::charts {
namespace {

constexpr double kMuchWaiting = 0.1, kMuchValidation = 0.3;

QString shareWord(const char* text) {
    return QCoreApplication::translate("StepShares", text);
}

double shareIn(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_number() ? std::max(0.0, json[key].get<double>()) : 0;
}

}  // namespace

StepShares stepShares(const Json& phases) {
    StepShares shares{shareIn(phases, "data_ms"), shareIn(phases, "forward_ms"), shareIn(phases, "backward_ms"),
                      shareIn(phases, "optimizer_ms")};
    const double sum = shares.data + shares.forward + shares.backward + shares.optimizer;
    if (sum <= 0) return {};
    for (double* share : {&shares.data, &shares.forward, &shares.backward, &shares.optimizer}) *share /= sum;
    const double train = shareIn(phases, "train_s"), validation = shareIn(phases, "validation_s");
    if (train > 0) shares.validation = validation / (train + validation);
    return shares;
}

QString stepWords(const StepShares& shares, double imagesPerSecond) {
    if (!shares.known()) return {};
    QStringList words;
    if (imagesPerSecond >= 0)
        words << shareWord(QT_TRANSLATE_NOOP("StepShares", "%1 images a second.")).arg(common::number(imagesPerSecond));
    words << shareWord(
                 QT_TRANSLATE_NOOP("StepShares", "A step waits for data %1 of the time; forward %2, backward %3, optimiser %4."))
                 .arg(percentText(shares.data, 0), percentText(shares.forward, 0), percentText(shares.backward, 0),
                      percentText(shares.optimizer, 0));
    if (shares.validation >= 0)
        words << shareWord(QT_TRANSLATE_NOOP("StepShares", "Validation takes %1 of an epoch."))
                     .arg(percentText(shares.validation, 0));
    if (shares.data > kMuchWaiting)
        words << shareWord(
            QT_TRANSLATE_NOOP("StepShares", "The network stands still meanwhile: a smaller size or more cores make it faster."));
    else if (shares.validation > kMuchValidation)
        words << shareWord(QT_TRANSLATE_NOOP("StepShares", "Fewer validation images would make it faster."));
    return words.join(' ');
}

StepBar::StepBar(QWidget* parent) : Chart(QStringLiteral(" "), parent) {
    setFixedHeight(6);
}

void StepBar::setShares(const StepShares& shares) {
    m_shares = shares;
    update();
}

QString StepBar::state() const {
    return stepWords(m_shares, -1);
}

void StepBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = common::Theme::instance();
    painter.fillRect(rect(), theme.colour(common::Token::Well));
    double left = 0;
    for (const auto& [share, series] :
         {std::pair(m_shares.data, 1), {m_shares.forward, 0}, {m_shares.backward, 5}, {m_shares.optimizer, 2}}) {
        const double width = share * this->width();
        if (width > 1) painter.fillRect(QRectF(left, 0, width - 1, height()), theme.series(series));
        left += width;
    }
}

}  // namespace lathe::widgets::charts
