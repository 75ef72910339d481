#include "widgets/compare/verdict_panel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/charts/machine.h"
#include "widgets/common/icons.h"

namespace lathe::widgets::compare {
using common::makeLabel;
using common::Token;
using common::Type;
namespace {

QString signedPercent(double value) {
    return (value > 0 ? "+" : "") + charts::percentText(value);
}

}  // namespace

QString pText(double p) {
    return p < 0.001 ? QStringLiteral("p < 0.001") : QStringLiteral("p = ") + QString::number(p, 'f', 3);
}

VerdictPanel::VerdictPanel(QWidget* parent) : Panel({}, parent) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 12, 16, 6);
    head->setSpacing(12);
    m_icon = new QLabel(this);
    m_icon->setFixedSize(24, 24);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_title = makeLabel({}, Type::Page, Token::T1, this);
    m_line = makeLabel({}, Type::Table, Token::T2, this);
    m_title->setWordWrap(true);
    m_line->setWordWrap(true);
    words->addWidget(m_title);
    words->addWidget(m_line);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    body()->addLayout(head);
    m_rows = new charts::IntervalRows(QString());
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_rows);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    body()->addWidget(scroll, 1);
    body()->addWidget(common::makeRule(this));
    m_foot = new QWidget(this);
    auto* foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(16, 8, 16, 8);
    foot->setSpacing(16);
    m_images = makeLabel({}, Type::Table, Token::T2, m_foot);
    m_labels = makeLabel({}, Type::Table, Token::T2, m_foot);
    foot->addWidget(m_images);
    foot->addWidget(m_labels);
    foot->addStretch(1);
    body()->addWidget(m_foot);
    retranslate();
}

void VerdictPanel::retranslate() {
    setAccessibleName(tr("Verdict"));
    m_rows->setAccessibleName(tr("Difference of B and A by class"));
    if (m_report) setReport(*m_report);
}

void VerdictPanel::setPair(const QString& a, const QString& b) {
    m_a = a;
    m_b = b;
}

void VerdictPanel::setWords(const QString& title, const QString& line) {
    m_report.reset();
    m_title->setText(title);
    m_line->setText(line);
    m_icon->clear();
    m_rows->setRows({});
    m_foot->hide();
}

void VerdictPanel::setReport(const PairReport& report) {
    m_report = report;
    showVerdict();
    showRows();
    m_foot->show();
    m_images->setText(tr("same %Ln image(s)", nullptr, report.images));
    m_labels->setText(report.sameSnapshot ? tr("same labels") : tr("snapshots differ"));
    charts::setToken(m_labels, report.sameSnapshot ? Token::T2 : Token::Warn);
}

QString VerdictPanel::sentence() const {
    return m_title->text() + ". " + m_line->text();
}

void VerdictPanel::showVerdict() {
    const auto& verdict = m_report->verdict;
    const bool better = verdict.verdict == "better", worse = verdict.verdict == "worse";
    m_title->setText(better ? tr("B is better than A") : worse ? tr("B is worse than A") : tr("Not enough evidence"));
    const QString icon = better ? QStringLiteral("up") : worse ? QStringLiteral("down") : QStringLiteral("minus");
    m_icon->setPixmap(common::iconPixmap(icon, better ? Token::Ok : worse ? Token::Err : Token::T2, 24, devicePixelRatioF()));
    m_icon->setAccessibleName(m_title->text());
    const QString test = verdict.test == "exact McNemar"      ? tr("exact McNemar test")
                         : verdict.test == "paired bootstrap" ? tr("paired bootstrap")
                                                              : QString::fromStdString(verdict.test);
    const QString words = m_report->metric == "f1"     ? tr("%1 F1, 95 % interval %2 to %3, %4, %5. A: %6, B: %7.")
                          : m_report->metric == "miou" ? tr("%1 mean IoU, 95 % interval %2 to %3, %4, %5. A: %6, B: %7.")
                                                       : tr("%1 accuracy, 95 % interval %2 to %3, %4, %5. A: %6, B: %7.");
    m_line->setText(words.arg(signedPercent(verdict.difference), signedPercent(verdict.low), signedPercent(verdict.high),
                              pText(verdict.p), test, m_a, m_b));
}

void VerdictPanel::showRows() {
    const auto& report = *m_report;
    std::vector<charts::IntervalRows::Row> rows;
    rows.push_back(
        {tr("All test images"), report.images, report.verdict.difference, std::pair(report.verdict.low, report.verdict.high),
         tr("%1 [%2, %3]")
             .arg(signedPercent(report.verdict.difference), signedPercent(report.verdict.low), signedPercent(report.verdict.high)),
         true});
    for (std::size_t i = 0; i < report.byClass.size(); ++i) {
        const auto& one = report.byClass[i];
        if (one.images == 0) continue;
        const QString text = one.fixed + one.broken == 0 ? tr("same") : tr("%1 fixed, %2 broken").arg(one.fixed).arg(one.broken);
        rows.push_back(
            {report.classes[int(i)], one.images, double(one.fixed - one.broken) / one.images, std::nullopt, text, false});
    }
    m_rows->setRows(std::move(rows));
}

}  // namespace lathe::widgets::compare
