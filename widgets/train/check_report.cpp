#include "widgets/train/check_report.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/charts/chart.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/train/check_tables.h"

namespace lathe::widgets::train {
namespace {

using common::makeLabel;
using common::Token;
using common::Type;

constexpr int kWidth = 560, kWideWidth = 860;  ///< with the table of layers

struct Words {
    const char *name, *title, *good, *bad;
};

const Words kWords[] = {
    {"weights", QT_TRANSLATE_NOOP("CheckReport", "Weights to start from"),
     QT_TRANSLATE_NOOP("CheckReport", "They fit the network."), nullptr},
    {"shapes", QT_TRANSLATE_NOOP("CheckReport", "Shapes"), QT_TRANSLATE_NOOP("CheckReport", "A batch goes through every layer."),
     nullptr},
    {"memory", QT_TRANSLATE_NOOP("CheckReport", "Memory"), QT_TRANSLATE_NOOP("CheckReport", "A step has room enough."),
     QT_TRANSLATE_NOOP("CheckReport", "A step needs more memory than is free: a smaller batch, pictures or model.")},
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
    if (observed.is_object() && observed.contains("peak"))
        return said(QT_TRANSLATE_NOOP("CheckReport", "%1 of %2"))
            .arg(common::fileSize(observed["peak"].get<double>()), common::fileSize(observed["free"].get<double>()));
    if (observed.is_object() && observed.contains("norm"))
        return said(QT_TRANSLATE_NOOP("CheckReport", "norm %1")).arg(charts::valueText(observed["norm"].get<double>()));
    return {};
}

}  // namespace

CheckReport::CheckReport(QWidget* window, const Json& result)
    : Overlay(window, said(QT_TRANSLATE_NOOP("CheckReport", "What the check of the next run said"))), m_width(kWidth) {
    setAttribute(Qt::WA_DeleteOnClose);
    addTitle(result);
    for (const Json& check : result.value("checks", Json::array())) addRow(check);
    if (result.contains("layers")) addLayers(result["layers"]);
    if (result.contains("largest_batch")) addBatches(result["largest_batch"]);
    addFoot(result);
}

void CheckReport::addTitle(const Json& result) {
    const int failed = result.value("failed", 0), largest = result.value("largest_batch", Json::object()).value("largest", -1);
    QString text = failed == 0 ? said(QT_TRANSLATE_NOOP("CheckReport", "The next run is fit to start"))
                               : said(QT_TRANSLATE_NOOP("CheckReport", "Something needs a look before the start"));
    if (!result.contains("checks") && largest > 0)
        text = (result["largest_batch"].value("ended", "memory") == "memory"
                    ? said(QT_TRANSLATE_NOOP("CheckReport", "The largest batch that fits is %1"))
                    : said(QT_TRANSLATE_NOOP("CheckReport", "Batches up to %1 fit")))
                   .arg(largest);
    if (!result.contains("checks") && largest == 0)
        text = said(QT_TRANSLATE_NOOP("CheckReport", "Not even one picture fits in the memory"));
    auto* title = makeLabel(text, Type::Section, Token::T1, this);
    title->setContentsMargins(16, 14, 16, 8);
    body()->addWidget(title);
}

/// Folded until it is asked for.
void CheckReport::addLayers(const Json& layers) {
    auto* open = common::makeLink({}, this);
    auto* table = makeLayerTable(layers, this);
    const QString count = QString::number(layers.size());
    const auto show = [this, open, table, count](bool shown) {
        table->setVisible(shown);
        open->setText(shown ? said(QT_TRANSLATE_NOOP("CheckReport", "Hide the layers"))
                            : said(QT_TRANSLATE_NOOP("CheckReport", "Show the %1 layers")).arg(count));
        m_width = shown ? kWideWidth : kWidth;
    };
    show(false);
    connect(open, &QToolButton::clicked, this, [this, show, table] {
        show(!table->isVisible());
        openInMiddle();
    });
    auto* column = new QVBoxLayout;
    column->setContentsMargins(16, 6, 16, 0);
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addWidget(table);
    body()->addLayout(column);
}

void CheckReport::addBatches(const Json& found) {
    auto* column = new QVBoxLayout;
    column->setContentsMargins(16, 6, 16, 0);
    column->addWidget(makeBatchTable(found, this));
    body()->addLayout(column);
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
    const char* about = known ? (ok ? words->good : words->bad) : nullptr;  // none: the engine's own words say which layer
    auto* line2 = makeLabel(about ? said(about) : QString::fromStdString(check.value("message", "")), Type::Table, Token::T2, row);
    line2->setWordWrap(true);
    column->addWidget(line2);
    line->addWidget(mark, 0, Qt::AlignTop);
    line->addLayout(column, 1);
    line->addWidget(makeLabel(numbers(check), Type::Table, Token::T2, row), 0, Qt::AlignTop);
    row->setToolTip(QString::fromStdString(check.value("message", "") + "\n" + check.value("expected", "")));
    body()->addWidget(row);
}

void CheckReport::addFoot(const Json& result) {
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    foot->addStretch();
    const Json found = result.value("largest_batch", Json::object());
    const int batch = found.value("suggested", 0);
    if (batch > 0)
        addButton(foot, said(QT_TRANSLATE_NOOP("CheckReport", "Take the quickest batch, %1")).arg(batch),
                  [this, batch] { Q_EMIT batchChosen(batch); });
    if (found.empty() && result.contains("layers"))
        addButton(foot, said(QT_TRANSLATE_NOOP("CheckReport", "Find the largest batch")), [this] { Q_EMIT largestBatchWanted(); });
    if (const double rate = result.value("learning_rate", Json::object()).value("suggested", 0.0); rate > 0)
        addButton(foot, said(QT_TRANSLATE_NOOP("CheckReport", "Take the rate %1")).arg(QString::number(rate, 'g', 2)),
                  [this, rate] { Q_EMIT rateChosen(rate); });
    addButton(foot, said(QT_TRANSLATE_NOOP("CheckReport", "Close")), [] {});
    body()->addLayout(foot);
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

QPushButton* CheckReport::addButton(QHBoxLayout* foot, const QString& text, const std::function<void()>& chosen) {
    auto* button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, [this, chosen] {
        chosen();
        closeOverlay();
    });
    foot->addWidget(button);
    return button;
}

void CheckReport::openInMiddle() {
    const QWidget* window = parentWidget();
    const int height =
        std::min(window->height() - 80,
                 body()->totalHeightForWidth(m_width) > 0 ? body()->totalHeightForWidth(m_width) : sizeHint().height());
    open(QRect((window->width() - m_width) / 2, (window->height() - height) / 2, m_width, height));
}

}  // namespace lathe::widgets::train
