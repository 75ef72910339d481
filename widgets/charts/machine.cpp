#include "widgets/charts/machine.h"

#include <QFile>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lathe::widgets::charts {
using common::makeLabel;
using common::Token;
using common::Type;
namespace {

QList<QByteArray> lines(const char* path) {
    QFile file(QString::fromLatin1(path));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().split('\n');
}

double kilobytes(const QByteArray& line) {
    return line.simplified().split(' ').value(1).toDouble() * 1024;
}

}  // namespace

MachineFigures MachineReader::read() {
    MachineFigures figures;
    QVector<Ticks> now;
    for (const QByteArray& line : lines("/proc/stat")) {
        if (!line.startsWith("cpu")) break;
        const auto fields = line.simplified().split(' ');
        Ticks ticks;
        for (int i = 1; i < std::min<qsizetype>(9, fields.size()); ++i) {
            const quint64 value = fields[i].toULongLong();
            ticks.all += value;
            if (i != 4 && i != 5) ticks.busy += value;  // idle and iowait
        }
        const int at = int(now.size());
        const Ticks before = m_before.value(at);
        const double share = ticks.all > before.all ? double(ticks.busy - before.busy) / double(ticks.all - before.all) : 0;
        now << ticks;
        if (at == 0)
            figures.cpu = share;
        else
            figures.cores << share;
    }
    m_before = now;
    double available = 0;
    for (const QByteArray& line : lines("/proc/meminfo")) {
        if (line.startsWith("MemTotal:")) figures.memoryTotal = kilobytes(line);
        if (line.startsWith("MemAvailable:")) available = kilobytes(line);
    }
    figures.memoryUsed = figures.memoryTotal - available;
    return figures;
}

void setToken(QLabel* label, Token token) {
    const bool followed = label->property("token").isValid();
    label->setProperty("token", int(token));
    const auto tint = [label] {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, common::Theme::instance().colour(Token(label->property("token").toInt())));
        label->setPalette(palette);
    };
    tint();
    if (!followed) QObject::connect(&common::Theme::instance(), &common::Theme::changed, label, tint);
}

MachinePanel::MachinePanel(QWidget* parent) : Panel(QStringLiteral(" "), parent) {
    m_cpu = addRow(4);
    m_memory = addRow(2);
    m_wait = addRow(1);
    body()->addSpacing(6);
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &MachinePanel::measure);
    retranslate();
    (void)m_reader.read();
}

MachinePanel::Row MachinePanel::addRow(int series) {
    auto* holder = new QWidget(this);
    holder->setFixedHeight(30);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    auto* name = makeLabel({}, Type::Table, Token::T2, holder);
    name->setFixedWidth(78);
    auto* spark = new Spark({}, series, holder);
    auto* value = makeLabel(QStringLiteral("–"), Type::Table, Token::T1, holder);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setFixedWidth(64);
    row->addWidget(name);
    row->addWidget(spark, 1);
    row->addWidget(value);
    body()->addWidget(holder);
    return {name, value, spark};
}

void MachinePanel::retranslate() {
    setTitle(tr("Machine"));
    setCount(tr("2 Hz"));
    m_cpu.name->setText(tr("CPU"));
    m_memory.name->setText(tr("Memory"));
    m_wait.name->setText(tr("Input wait"));
    for (const Row* row : {&m_cpu, &m_memory, &m_wait}) row->spark->setAccessibleName(row->name->text());
}

void MachinePanel::setWaitShare(double share) {
    m_waitShare = share;
}

void MachinePanel::measure() {
    const MachineFigures figures = m_reader.read();
    m_cpu.value->setText(percentText(figures.cpu, 0));
    m_cpu.spark->push(figures.cpu, m_cpu.value->text());
    m_memory.value->setText(common::fileSize(figures.memoryUsed));
    m_memory.spark->push(figures.memoryTotal > 0 ? figures.memoryUsed / figures.memoryTotal : 0, m_memory.value->text());
    const bool known = m_waitShare >= 0;
    m_wait.value->setText(known ? percentText(m_waitShare, 0) : QStringLiteral("–"));
    m_wait.spark->push(known ? m_waitShare : 0, m_wait.value->text());
    setToken(m_wait.value, m_waitShare > 0.1 ? Token::Warn : Token::T1);
    Q_EMIT measured(figures);
}

void MachinePanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    m_timer.start();
}

void MachinePanel::hideEvent(QHideEvent* event) {
    m_timer.stop();
    Panel::hideEvent(event);
}

}  // namespace lathe::widgets::charts
