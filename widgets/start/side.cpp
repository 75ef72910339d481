#include "widgets/start/side.h"

#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/style.h"

namespace lathe::widgets::start {
using namespace common;

namespace {

QWidget* freshLines(Panel* panel, QWidget* old) {
    delete old;
    auto* lines = new QWidget(panel);
    auto* column = new QVBoxLayout(lines);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    panel->body()->insertWidget(0, lines);
    return lines;
}

QLabel* medium(QLabel* label) {
    label->setProperty("weight", int(QFont::Medium));
    QFont font = label->font();
    font.setWeight(QFont::Medium);
    label->setFont(font);
    return label;
}

/// The first letter of a name on a disc.
class Avatar : public QWidget {
public:
    Avatar(const QString& name, QWidget* parent) : QWidget(parent), m_letter(name.left(1).toUpper()) { setFixedSize(18, 18); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawPlate(painter, rect(), 9, Theme::instance().colour(Token::SelOff), {});
        QFont font = Theme::instance().font(Type::Caption);
        font.setPixelSize(10);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(Theme::instance().colour(Token::T1));
        painter.drawText(rect(), Qt::AlignCenter, m_letter);
    }

private:
    QString m_letter;
};

QString actionText(const Activity& a, const StartFacts& facts) {
    static const QHash<QString, const char*> texts{
        {QStringLiteral("model.submit"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "submitted %1")},
        {QStringLiteral("model.approve"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "approved %1")},
        {QStringLiteral("model.reject"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "rejected %1")},
        {QStringLiteral("model.package"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "packaged %1")},
        {QStringLiteral("push.live"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "pushed %1 live")},
        {QStringLiteral("push.rollback"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "rolled back %1")},
        {QStringLiteral("target.add"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "added the target %1")},
        {QStringLiteral("run.finished"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "trained %1")},
        {QStringLiteral("run.running"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "started %1")},
        {QStringLiteral("run.stopped"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "stopped %1")},
        {QStringLiteral("run.failed"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "saw %1 fail")},
        {QStringLiteral("snapshot.taken"), QT_TRANSLATE_NOOP("lathe::widgets::start::ActivityPanel", "froze snapshot %1")},
    };
    QString subject = a.subject;
    const auto model = std::ranges::find_if(facts.models, [&](const auto& one) { return one.digest == a.subject.toStdString(); });
    if (model != facts.models.end())
        subject = QString::fromStdString(model->name) + QStringLiteral(" v%1").arg(model->version);
    else if (subject.size() == 64 && !subject.contains(u' '))
        subject.truncate(12);  // the digest of a model that is gone
    const auto it = texts.constFind(a.action);
    if (it != texts.constEnd()) return ActivityPanel::tr(*it).arg(subject);
    return QString(a.action).replace(u'.', u' ') + u' ' + subject;
}

QString timeText(double at) {
    const QDateTime when = QDateTime::fromSecsSinceEpoch(qint64(at));
    return when.date() == QDate::currentDate() ? when.toString(QStringLiteral("HH:mm"))
                                               : QLocale().toString(when.date(), QStringLiteral("d MMM"));
}

}  // namespace

NeedsPanel::NeedsPanel(QWidget* parent) : Panel(tr("Needs you"), parent) {
    header()->layout()->setContentsMargins(16, 0, 8, 0);
}

void NeedsPanel::addLine(const QString& icon, Token token, const QString& title, const QString& text, const QString& button,
                         const QString& mode, const QVariantMap& args) {
    auto* line = new QWidget(m_lines);
    line->setFixedHeight(50);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(12);
    row->addWidget(makeIconLabel(icon, token, 18, line));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(medium(makeElidedLabel(title, Type::Table, Token::T1, line)));
    words->addWidget(makeElidedLabel(text, Type::Caption, Token::T3, line));
    words->addStretch();
    row->addLayout(words, 1);
    auto* go = new ActionButton(button, ButtonKind::Normal, line);
    go->setAccessibleName(button + QStringLiteral(": ") + title);
    connect(go, &QPushButton::clicked, this, [this, mode, args] { Q_EMIT goTo(mode, args); });
    row->addWidget(go);
    m_lines->layout()->addWidget(line);
}

void NeedsPanel::show(const StartFacts& facts, const QString& user) {
    setTitle(tr("Needs you"));
    m_lines = freshLines(this, m_lines);
    for (const auto& model : facts.models) {
        if (model.state != "submitted" || QString::fromStdString(model.submittedBy) == user) continue;
        addLine(QStringLiteral("review"), Token::Warn,
                tr("Review %1").arg(QString::fromStdString(model.name) + QStringLiteral(" v%1").arg(model.version)),
                tr("submitted by %1").arg(QString::fromStdString(model.submittedBy)), tr("Review"), QStringLiteral("review"),
                {{QStringLiteral("model"), QString::fromStdString(model.id.value)}});
    }
    for (const auto& run : facts.runs) {
        if (run.state != runs::RunState::Died && run.state != runs::RunState::Failed) continue;
        const QString reason = run.message.empty() ? tr("The engine ended; the run can go on from its last checkpoint")
                                                   : QString::fromStdString(run.message);
        addLine(QStringLiteral("error"), Token::Err, tr("%1 did not finish").arg(QString::fromStdString(run.name)), reason,
                tr("Look"), QStringLiteral("train"), {{QStringLiteral("run"), QString::fromStdString(run.id.value)}});
        if (m_lines->layout()->count() >= 4) break;
    }
    const int count = m_lines->layout()->count();
    setCount(count ? QString::number(count) : QString());
    if (count) return;
    auto* none = makeLabel(tr("Nothing waits for you"), Type::Table, Token::T3, m_lines);
    none->setContentsMargins(16, 4, 16, 8);
    m_lines->layout()->addWidget(none);
}

ActivityPanel::ActivityPanel(QWidget* parent) : Panel(tr("Lately"), parent) {
    header()->layout()->setContentsMargins(16, 0, 8, 0);
}

void ActivityPanel::show(const StartFacts& facts) {
    setTitle(tr("Lately"));
    m_lines = freshLines(this, m_lines);
    int count = 0;
    for (const Activity& a : facts.activity) {
        if (++count > 6) break;
        auto* line = new QWidget(m_lines);
        line->setFixedHeight(32);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(16, 0, 16, 0);
        row->setSpacing(8);
        row->addWidget(new Avatar(a.user, line));
        row->addWidget(medium(makeLabel(a.user, Type::Table, Token::T1, line)));
        row->addWidget(makeElidedLabel(actionText(a, facts), Type::Table, Token::T2, line), 1);
        row->addWidget(makeLabel(timeText(a.at), Type::Caption, Token::T3, line));
        m_lines->layout()->addWidget(line);
    }
    if (count) return;
    auto* none = makeLabel(tr("No snapshots, runs or approvals yet"), Type::Table, Token::T3, m_lines);
    none->setContentsMargins(16, 4, 16, 8);
    m_lines->layout()->addWidget(none);
}

MachinePanel::MachinePanel(Services& services, QWidget* parent) : Panel(tr("This machine"), parent), m_services(services) {
    header()->layout()->setContentsMargins(16, 0, 4, 0);
    m_again = addHeaderButton(QStringLiteral("retry"), tr("Ask the engine"));
    connect(m_again, &QToolButton::clicked, this, &MachinePanel::ask);
    body()->addStretch();
}

void MachinePanel::show(const QString& workspaceFolder) {
    setTitle(tr("This machine"));
    m_again->setAccessibleName(tr("Ask the engine"));
    m_again->setToolTip(tr("Start the engine and ask what it can do"));
    m_folder = workspaceFolder;
    fill();
    using State = rpc::Engine::State;
    const State state = m_services.engine->state();
    if (m_hello.is_null() && (state == State::Ready || state == State::Busy)) ask();
}

void MachinePanel::ask() {
    m_again->setEnabled(false);
    m_services.jobs->run<Json>(
        tr("Ask the engine"), this, [engine = m_services.engine](std::stop_token, const Progress&) { return engine->handshake(); },
        [this](Result<Json> hello) {
            m_again->setEnabled(true);
            m_hello = hello ? *hello : Json{{"error", hello.error().text()}};
            fill();
        });
}

void MachinePanel::fill() {
    m_lines = freshLines(this, m_lines);
    const auto add = [this](const QString& icon, Token token, const QString& name, const QString& text) {
        auto* line = new QWidget(m_lines);
        line->setMinimumHeight(28);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(16, 0, 16, 0);
        row->setSpacing(8);
        row->addWidget(makeIconLabel(icon, token, 16, line));
        auto* label = makeLabel(name, Type::Table, Token::T1, line);
        label->setFixedWidth(88);
        row->addWidget(label);
        auto* value = makeLabel(text, Type::Table, Token::T2, line);
        value->setWordWrap(true);
        row->addWidget(value, 1);
        m_lines->layout()->addWidget(line);
    };
    const QString ok = QStringLiteral("ok"), info = QStringLiteral("info");
    if (m_hello.contains("error"))
        add(QStringLiteral("error"), Token::Err, tr("Engine"), QString::fromStdString(m_hello.value("error", std::string())));
    else if (m_hello.contains("engine"))
        add(ok, Token::Ok, tr("Engine"),
            tr("%1, torch %2")
                .arg(QString::fromStdString(m_hello["engine"].value("version", std::string())),
                     QString::fromStdString(m_hello["engine"].value("torch", std::string()))));
    else
        add(info, Token::T3, tr("Engine"), tr("starts when it is needed"));
    if (m_hello.contains("devices")) {
        for (const Json& device : m_hello["devices"]) {
            const bool card = device.value("kind", std::string()) == "cuda";
            const double memory = device.value("memory", 0.0);
            add(ok, Token::Ok, card ? tr("Card") : tr("Device"),
                QString::fromStdString(device.value("name", std::string())) +
                    (memory > 0 ? QStringLiteral(", ") + fileSize(memory) : QString()));
        }
    }
    add(ok, Token::Ok, tr("Processor"),
        tr("%n core(s)", nullptr, QThread::idealThreadCount()) + QStringLiteral(", ") + QSysInfo::currentCpuArchitecture());
    const QStorageInfo disk(m_folder.isEmpty() ? QDir::homePath() : m_folder);
    const double free = double(disk.bytesAvailable());
    const bool low = free < 5e9;
    add(low ? QStringLiteral("warn") : ok, low ? Token::Warn : Token::Ok, tr("Disk"), tr("%1 free").arg(fileSize(free)));
    if (m_hello.contains("checks")) {
        for (const Json& check : m_hello["checks"])
            if (!check.value("ok", true))
                add(info, Token::T3, QString::fromStdString(check.value("name", std::string())),
                    QString::fromStdString(check.value("message", std::string())));
    }
}

}  // namespace lathe::widgets::start
