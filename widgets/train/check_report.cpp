#include "widgets/train/check_report.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/charts/chart.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
namespace {

using common::makeLabel;
using common::Token;
using common::Type;

constexpr int kWidth = 560;

struct Words {
    const char *name, *title, *good, *bad;
};

const Words kWords[] = {
    {"initial_loss", QT_TRANSLATE_NOOP("CheckReport", "First loss"),
     QT_TRANSLATE_NOOP("CheckReport", "The untrained network is as unsure as it should be."),
     QT_TRANSLATE_NOOP("CheckReport",
                       "The network starts sure of itself: look at the normalisation, the weights given, or the loss.")},
    {"gradients", QT_TRANSLATE_NOOP("CheckReport", "Gradients"),
     QT_TRANSLATE_NOOP("CheckReport", "They reach the weights and are finite."),
     QT_TRANSLATE_NOOP("CheckReport", "Some weights get no gradient, or one that is no number.")},
    {"looks_at_pictures", QT_TRANSLATE_NOOP("CheckReport", "Looks at its pictures"),
     QT_TRANSLATE_NOOP("CheckReport", "Different pictures give different answers."),
     QT_TRANSLATE_NOOP("CheckReport", "All pictures give the same answer: are they all alike?")},
    {"overfit_one_batch", QT_TRANSLATE_NOOP("CheckReport", "Learns one batch by heart"),
     QT_TRANSLATE_NOOP("CheckReport", "One batch is known after a few steps."),
     QT_TRANSLATE_NOOP("CheckReport", "One batch isn't learnt: try a higher rate, less weight decay, or look at the labels.")},
    {"time_to_loss", QT_TRANSLATE_NOOP("CheckReport", "Half the first loss"), QT_TRANSLATE_NOOP("CheckReport", "Reached in time."),
     QT_TRANSLATE_NOOP("CheckReport", "Not reached in the steps of the trial.")},
    {"memorise", QT_TRANSLATE_NOOP("CheckReport", "Learns labels that were dealt out anew"),
     QT_TRANSLATE_NOOP("CheckReport", "The network has room enough for its data."),
     QT_TRANSLATE_NOOP("CheckReport", "The network is small for its data, or its rate too low.")},
    {"learning_rate", QT_TRANSLATE_NOOP("CheckReport", "Learning rate"),
     QT_TRANSLATE_NOOP("CheckReport", "It agrees with a sweep of rates."),
     QT_TRANSLATE_NOOP("CheckReport", "A sweep of rates suggests another one.")},
};

QString said(const char* text) {
    return QCoreApplication::translate("CheckReport", text);
}

QString numbers(const Json& check) {
    const Json& observed = check["observed"];
    if (observed.is_number()) return charts::valueText(observed.get<double>());
    if (observed.is_object() && observed.contains("steps"))
        return said(QT_TRANSLATE_NOOP("CheckReport", "%1 steps")).arg(observed["steps"].get<int>());
    if (observed.is_object() && observed.contains("norm"))
        return said(QT_TRANSLATE_NOOP("CheckReport", "norm %1")).arg(charts::valueText(observed["norm"].get<double>()));
    return {};
}

}  // namespace

CheckReport::CheckReport(QWidget* window, const Json& result)
    : Overlay(window, said(QT_TRANSLATE_NOOP("CheckReport", "What the check of the next run said"))) {
    setAttribute(Qt::WA_DeleteOnClose);
    const int failed = result.value("failed", 0);
    auto* title = makeLabel(failed == 0 ? said(QT_TRANSLATE_NOOP("CheckReport", "The next run is fit to start"))
                                        : said(QT_TRANSLATE_NOOP("CheckReport", "Something needs a look before the start")),
                            Type::Section, Token::T1, this);
    title->setContentsMargins(16, 14, 16, 8);
    body()->addWidget(title);
    for (const Json& check : result.value("checks", Json::array())) addRow(check);
    addFoot(result);
}

void CheckReport::addRow(const Json& check) {
    const std::string name = check.value("name", "");
    const bool ok = check.value("ok", false);
    const auto* words = std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& w) { return name == w.name; });
    const bool known = words != std::end(kWords);
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(16, 5, 16, 5);
    line->setSpacing(10);
    auto* mark = new QLabel(row);
    mark->setPixmap(common::iconPixmap(ok ? QStringLiteral("ok") : QStringLiteral("warn"), ok ? Token::Ok : Token::Warn, 16,
                                       devicePixelRatioF()));
    mark->setAccessibleName(ok ? said(QT_TRANSLATE_NOOP("CheckReport", "passed"))
                               : said(QT_TRANSLATE_NOOP("CheckReport", "failed")));
    auto* column = new QVBoxLayout;
    column->setSpacing(1);
    column->addWidget(makeLabel(known ? said(words->title) : QString::fromStdString(name), Type::Control, Token::T1, row));
    auto* about = makeLabel(known ? said(ok ? words->good : words->bad) : QString::fromStdString(check.value("message", "")),
                            Type::Table, Token::T2, row);
    about->setWordWrap(true);
    column->addWidget(about);
    line->addWidget(mark, 0, Qt::AlignTop);
    line->addLayout(column, 1);
    line->addWidget(makeLabel(numbers(check), Type::Table, Token::T2, row), 0, Qt::AlignTop);
    row->setToolTip(QString::fromStdString(check.value("message", "") + "\n" + check.value("expected", "")));
    body()->addWidget(row);
}

void CheckReport::addFoot(const Json& result) {
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    const double rate = result.value("learning_rate", Json::object()).value("suggested", 0.0);
    auto* use =
        new QPushButton(said(QT_TRANSLATE_NOOP("CheckReport", "Take the rate %1")).arg(QString::number(rate, 'g', 2)), this);
    auto* close = new QPushButton(said(QT_TRANSLATE_NOOP("CheckReport", "Close")), this);
    use->setVisible(rate > 0);
    connect(use, &QPushButton::clicked, this, [this, rate] {
        Q_EMIT rateChosen(rate);
        closeOverlay();
    });
    connect(close, &QPushButton::clicked, this, &CheckReport::closeOverlay);
    foot->addStretch();
    foot->addWidget(use);
    foot->addWidget(close);
    body()->addLayout(foot);
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

void CheckReport::openInMiddle() {
    const QWidget* window = parentWidget();
    const int height = std::min(
        window->height() - 80, body()->totalHeightForWidth(kWidth) > 0 ? body()->totalHeightForWidth(kWidth) : sizeHint().height());
    open(QRect((window->width() - kWidth) / 2, (window->height() - height) / 2, kWidth, height));
}

}  // namespace lathe::widgets::train
