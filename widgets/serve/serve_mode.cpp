#include "widgets/serve/serve_mode.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QStackedWidget>

#include "widgets/common/parts.h"
#include "widgets/serve/push_table.h"
#include "widgets/serve/stages.h"
#include "widgets/serve/try_panel.h"

namespace lathe::widgets::serve {
namespace {

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString versionName(const models::ModelRow& model) {
    return text(model.name) + QStringLiteral(" v%1").arg(model.version);
}

}  // namespace

QString ServeMode::kindText(const std::string& kind) {
    if (kind == "folder") return tr("Folder");
    if (kind == "triton") return tr("Triton repository");
    if (kind == "oip") return tr("Inference server");
    return text(kind);
}

void ServeMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_read = {};
    m_adding = false;
    m_targets->clear();
    m_pushes->clear();
    m_pages->setCurrentIndex(0);
    if (workspace) read();
    updateActions();
}

void ServeMode::refresh() {
    if (workspace()) read();
}

void ServeMode::enter(const QVariantMap& args) {
    m_wantedModel = args.value(QStringLiteral("model")).toString();
    if (workspace()) read();
    m_targets->setFocus();
}

QList<QAction*> ServeMode::modeActions() const {
    return {m_new, m_test, m_push, m_rollback};
}

QStringList ServeMode::place() const {
    return target() ? QStringList{tr("Targets"), text(target()->name)} : QStringList{tr("Targets")};
}

const lathe::serve::TargetRow* ServeMode::target() const {
    const int row = m_targets->currentRow();
    return row >= 0 && std::size_t(row) < m_read.targets.size() ? &m_read.targets[std::size_t(row)] : nullptr;
}

const models::ModelRow* ServeMode::modelOf(const std::string& digest) const {
    for (const models::ModelRow& model : m_read.models)
        if (!digest.empty() && model.digest == digest) return &model;
    return nullptr;
}

QString ServeMode::nameOf(const lathe::serve::PushRow& push) const {
    const models::ModelRow* model = modelOf(push.digest);
    return model ? versionName(*model) : text(push.model);
}

const lathe::serve::PushRow* ServeMode::latestPush(const std::string& targetName) const {
    for (const lathe::serve::PushRow& push : m_read.pushes)
        if (push.target == targetName) return &push;
    return nullptr;
}

Result<ServeMode::Read> ServeMode::readAll(const store::Workspace& workspace) {
    Read found;
    LATHE_TRY(found.targets, lathe::serve::targets(workspace));
    LATHE_TRY(found.pushes, lathe::serve::pushes(workspace));
    LATHE_TRY(found.models, models::models(workspace));
    for (const models::ModelRow& model : found.models)
        for (const lathe::serve::TargetRow& entry : found.targets)
            if (entry.live == model.digest && !found.packages.contains(model.digest))
                if (auto facts = readPackageFacts(model.folder)) found.packages.emplace(model.digest, std::move(*facts));
    return found;
}

void ServeMode::read() {
    services().jobs->run<Read>(
        tr("Read the targets"), this, [workspace = workspace()](std::stop_token, const Progress&) { return readAll(*workspace); },
        [this](Result<Read> found) {
            if (!found) return showError(found.error());
            showRead(std::move(*found));
        },
        true);
}

void ServeMode::showRead(Read found) {
    m_read = std::move(found);
    showTargets();
    showPushes();
    const QString chosen = !m_wantedModel.isEmpty() ? m_wantedModel : m_model->currentData().toString();
    m_wantedModel.clear();
    m_model->clear();
    for (const models::ModelRow& model : m_read.models)
        if (model.state == "approved") m_model->addItem(versionName(model), text(model.id.value));
    if (m_model->findData(chosen) >= 0) m_model->setCurrentIndex(m_model->findData(chosen));
    m_pages->setCurrentIndex(m_read.targets.empty() && !m_adding ? 0 : 1);
    showCurrent();
}

void ServeMode::showTargets() {
    const QString before = m_targets->currentItem() ? m_targets->currentItem()->text() : QString();
    const QSignalBlocker blocker(m_targets);
    const int row = m_targets->currentRow();
    m_targets->clear();
    int chosen = std::clamp(row, 0, std::max(0, int(m_read.targets.size()) - 1));
    for (std::size_t i = 0; i < m_read.targets.size(); ++i) {
        const lathe::serve::TargetRow& entry = m_read.targets[i];
        const models::ModelRow* live = modelOf(entry.live);
        auto* item = new QListWidgetItem(text(entry.name), m_targets);
        item->setData(common::Roles::IconName, live ? QStringLiteral("ok") : QStringLiteral("circle"));
        if (live) item->setData(common::Roles::IconToken, int(common::Token::Ok));
        item->setData(common::Roles::Right, live ? QStringLiteral("v%1").arg(live->version) : tr("nothing live"));
        item->setToolTip(kindText(entry.kind) + QStringLiteral("  ") + text(entry.url));
        if (text(entry.name) == before) chosen = int(i);
    }
    m_targetPanel->setCount(QString::number(m_read.targets.size()));
    if (!m_read.targets.empty()) m_targets->setCurrentRow(chosen);
}

void ServeMode::showPushes() {
    m_pushes->clear();
    for (const lathe::serve::PushRow& push : m_read.pushes) {
        const bool failed = push.state == "failed";
        auto* item = new QListWidgetItem(tr("%1 to %2").arg(nameOf(push), text(push.target)), m_pushes);
        item->setData(common::Roles::IconName, failed                        ? QStringLiteral("error")
                                               : push.state == "rolled_back" ? QStringLiteral("back")
                                                                             : QStringLiteral("ok"));
        item->setData(common::Roles::IconToken, int(failed                 ? common::Token::Err
                                                    : push.state == "live" ? common::Token::Ok
                                                                           : common::Token::T3));
        item->setData(common::Roles::Right, common::dateTimeText(push.at));
        item->setToolTip(text(push.state + (push.message.empty() ? "" : ": " + push.message)));
    }
    m_pushPanel->setCount(QString::number(m_read.pushes.size()));
}

void ServeMode::showCurrent() {
    updateActions();
    Q_EMIT placeChanged();
    const lathe::serve::TargetRow* entry = target();
    if (!entry) return m_try->setServed(std::nullopt, std::nullopt);
    const models::ModelRow* live = modelOf(entry->live);
    m_title->setText(live ? tr("%1 is live on %2").arg(versionName(*live), text(entry->name))
                          : tr("Nothing is live on %1").arg(text(entry->name)));
    m_subtitle->setText(kindText(entry->kind) + QStringLiteral("  ") + text(entry->url));
    const lathe::serve::PushRow* push = latestPush(entry->name);
    m_stages->setStages(push ? push->stages : std::vector<Json>());
    showLastPush(push);
    const auto facts = m_read.packages.find(entry->live);
    m_live->setLive(live ? std::optional(*live) : std::nullopt,
                    facts == m_read.packages.end() ? std::nullopt : std::optional(facts->second));
    std::vector<lathe::serve::PushRow> history;
    for (const auto& one : m_read.pushes) {
        if (one.target != entry->name) continue;
        history.push_back(one);
        history.back().model = nameOf(one).toStdString();
    }
    m_history->setPushes(history);
    m_historyPanel->setCount(QString::number(history.size()));
    m_try->setServed(*entry, live ? std::optional(*live) : std::nullopt);
}

void ServeMode::showLastPush(const lathe::serve::PushRow* push) {
    if (!push)
        return m_parity->setText(
            tr("Choose an approved model and push it. The golden inputs are sent to the target and compared before it counts as "
               "live."));
    QStringList lines{tr("%1 pushed %2 in %3 s: %4")
                          .arg(text(push->user), nameOf(*push), common::number(push->seconds, 1), pushStateText(push->state))};
    if (push->parity.cases > 0)
        lines << tr("Golden inputs: %n case(s), largest difference %1, %2", nullptr, push->parity.cases)
                     .arg(push->parity.maxAbs, 0, 'g', 3)
                     .arg(push->parity.ok ? tr("the same answers") : tr("other answers: the version before came back"));
    if (!push->message.empty()) lines << text(push->message);
    m_parity->setText(lines.join('\n'));
}

void ServeMode::updateActions() {
    m_do.update();
    m_push->setToolTip(m_model->count() == 0 ? tr("No model is approved yet: see Review.") : QString());
}

void ServeMode::askForTarget() {
    m_adding = true;
    m_pages->setCurrentIndex(1);
    m_name->setFocus();
}

void ServeMode::addTarget() {
    if (!workspace()) return;
    lathe::serve::TargetRow row;
    row.name = m_name->text().trimmed().toStdString();
    row.kind = m_kind->currentData().toString().toStdString();
    row.url = m_url->text().trimmed().toStdString();
    if (row.name.empty() || row.url.empty()) return m_note->show(common::Tone::Warn, tr("A target needs a name and an address."));
    services().jobs->run<bool>(
        tr("Add target"), this,
        [workspace = workspace(), row, user = services().user.toStdString()](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_CHECK(lathe::serve::addTarget(*workspace, row, user));
            return true;
        },
        [this](Result<bool> added) {
            if (!added) return showError(added.error());
            m_name->clear();
            m_url->clear();
            m_note->hide();
            m_adding = false;
            read();
        });
}

void ServeMode::testTarget() {
    if (!target()) return;
    services().jobs->run<std::string>(
        tr("Test %1").arg(text(target()->name)), this,
        [row = *target()](std::stop_token, const Progress&) -> Result<std::string> {
            LATHE_TRY(const std::unique_ptr<lathe::serve::Target> server, lathe::serve::makeTarget(row));
            return server->test();
        },
        [this](Result<std::string> words) {
            if (words)
                m_note->show(common::Tone::Ok, text(*words));
            else
                showError(words.error());
        });
}

void ServeMode::push() {
    const auto model = std::find_if(m_read.models.begin(), m_read.models.end(), [this](const models::ModelRow& row) {
        return text(row.id.value) == m_model->currentData().toString();
    });
    if (!target() || model == m_read.models.end()) return;
    services().jobs->run<lathe::serve::PushRow>(
        tr("Push %1 to %2").arg(versionName(*model), text(target()->name)), this,
        [workspace = workspace(), engine = services().engine, model = *model, row = *target(),
         user = services().user.toStdString()](std::stop_token stop, const Progress& progress) {
            return lathe::serve::push(*workspace, *engine, model, row, user, stop, progress);
        },
        [this](Result<lathe::serve::PushRow> pushed) { showPushed(std::move(pushed)); });
}

void ServeMode::rollback() {
    if (!target()) return;
    services().jobs->run<lathe::serve::PushRow>(
        tr("Roll back %1").arg(text(target()->name)), this,
        [workspace = workspace(), row = *target(), user = services().user.toStdString()](std::stop_token, const Progress&) {
            return lathe::serve::rollback(*workspace, row, user);
        },
        [this](Result<lathe::serve::PushRow> pushed) { showPushed(std::move(pushed)); });
}

void ServeMode::showPushed(Result<lathe::serve::PushRow> pushed) {
    if (!pushed)
        showError(pushed.error());
    else if (pushed->state == "failed")
        m_note->show(common::Tone::Err, text(pushed->message));
    else
        m_note->hide();
    read();
}

void ServeMode::showError(const Error& error) {
    if (error.code != ErrorCode::Cancelled) m_note->show(common::Tone::Err, common::errorText(error));
}

}  // namespace lathe::widgets::serve
