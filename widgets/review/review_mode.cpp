#include "widgets/review/review_mode.h"

#include <QDesktopServices>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableWidget>
#include <QUrl>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/confusion_matrix.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/review/sample_strip.h"

namespace lathe::widgets::review {
namespace {

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString grouped(const std::string& digest) {
    QString lines;
    for (std::size_t i = 0; i < digest.size(); i += 8) lines += text(digest.substr(i, 8)) + (i % 32 == 24 ? '\n' : ' ');
    return lines.trimmed();
}

/// What a user did with the model.
QString actionText(const std::string& action) {
    if (action == "model.package") return ReviewMode::tr("packaged it");
    if (action == "model.submit") return ReviewMode::tr("submitted it");
    if (action == "model.approve") return ReviewMode::tr("approved it");
    if (action == "model.reject") return ReviewMode::tr("rejected it");
    if (action == "push.live") return ReviewMode::tr("pushed it live");
    if (action == "push.failed") return ReviewMode::tr("pushed it in vain");
    if (action == "push.rollback") return ReviewMode::tr("rolled back to it");
    if (action == "push.refused") return ReviewMode::tr("was refused a push");
    return text(action);
}

QString iconOf(const std::string& state) {
    if (state == "approved") return QStringLiteral("ok");
    if (state == "rejected") return QStringLiteral("error");
    return state == "submitted" ? QStringLiteral("half") : QStringLiteral("circle");
}

}  // namespace

void ReviewMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_thumbnails->setWorkspace(workspace);
    m_models.clear();
    m_list->clear();
    m_pages->setCurrentIndex(0);
    if (workspace) readModels();
    updateActions();
}

void ReviewMode::refresh() {
    if (workspace()) readModels();
}

void ReviewMode::enter(const QVariantMap& args) {
    m_wanted = args.value(QStringLiteral("model")).toString();
    if (workspace() && !m_wanted.isEmpty()) readModels();
    const QString run = args.value(QStringLiteral("run")).toString();
    if (workspace() && !run.isEmpty())
        if (auto found = runs::findRun(*workspace(), run.toStdString())) packageRun(*found);
    m_list->setFocus();
}

QList<QAction*> ReviewMode::modeActions() const {
    return {m_package, m_submit, m_card, m_approve, m_reject};
}

QStringList ReviewMode::place() const {
    const models::ModelRow* model = current();
    return model ? QStringList{tr("Models"), text(model->name) + QStringLiteral(" v%1").arg(model->version)}
                 : QStringList{tr("Models")};
}

QStringList ReviewMode::factsLeft() const {
    return {tr("Audit log %n entries", nullptr, int(m_auditEntries))};
}

const models::ModelRow* ReviewMode::current() const {
    const int row = m_list->currentRow();
    return row >= 0 && std::size_t(row) < m_models.size() ? &m_models[std::size_t(row)] : nullptr;
}

void ReviewMode::readModels() {
    services().jobs->run<std::vector<models::ModelRow>>(
        tr("Read the models"), this,
        [workspace = workspace()](std::stop_token, const Progress&) { return models::models(*workspace); },
        [this](Result<std::vector<models::ModelRow>> found) {
            if (!found) return showError(found.error());
            const QString before = !m_wanted.isEmpty() ? m_wanted : current() ? text(current()->id.value) : QString();
            m_models = std::move(*found);
            m_wanted.clear();
            const QSignalBlocker blocker(m_list);
            m_list->clear();
            int chosen = m_models.empty() ? -1 : 0;
            for (std::size_t i = 0; i < m_models.size(); ++i) {
                const models::ModelRow& model = m_models[i];
                auto* item = new QListWidgetItem(text(model.name) + QStringLiteral(" v%1").arg(model.version), m_list);
                item->setData(common::Roles::IconName, iconOf(model.state));
                item->setData(common::Roles::Right, text(model.id.value).left(6));
                item->setToolTip(text(model.state + " " + model.digest));
                if (text(model.id.value) == before) chosen = int(i);
            }
            m_listPanel->setCount(QString::number(m_models.size()));
            m_pages->setCurrentIndex(m_models.empty() ? 0 : 1);
            m_list->setCurrentRow(chosen);
            showModel(chosen);
        },
        true);
}

void ReviewMode::showModel(int row) {
    updateActions();
    Q_EMIT placeChanged();
    if (row < 0 || std::size_t(row) >= m_models.size()) return;
    services().jobs->run<ReviewData>(
        tr("Read the model"), this,
        [workspace = workspace(), model = m_models[std::size_t(row)], user = services().user.toStdString()](
            std::stop_token, const Progress&) { return readReview(*workspace, model, user); },
        [this, id = m_models[std::size_t(row)].id](Result<ReviewData> data) {
            if (!current() || current()->id != id) return;
            if (!data) return showError(data.error());
            showData(std::move(*data));
        },
        true);
}

void ReviewMode::showData(ReviewData data) {
    m_data = std::move(data);
    const models::ModelRow& model = m_data.model;
    m_title->setText(text(model.name) + QStringLiteral(" v%1").arg(model.version));
    QString state = tr("packaged, not yet submitted");
    if (model.state == "submitted") state = tr("submitted by %1, waits for a decision").arg(text(model.submittedBy));
    if (model.state == "approved")
        state = tr("approved by %1 on %2").arg(text(model.approvedBy), common::dateTimeText(model.decided));
    if (model.state == "rejected") state = tr("rejected by %1: %2").arg(text(model.approvedBy), text(model.note));
    m_subtitle->setText(state);
    m_digest->setText(grouped(model.digest));
    m_signer->setText(tr("%1 signs this digest. Nothing else can be pushed.").arg(services().user));
    showEvaluation();
    showSource();
    showGates();
    showAudit();
    m_samples->setSamples(m_data.wrong);
    m_samplePanel->setCount(QString::number(m_data.wrong.size()));
    updateActions();
}

void ReviewMode::showEvaluation() {
    const Json metrics = m_data.report.value("metrics", Json::object());
    m_figures->setRowCount(0);
    for (const auto& [key, value] : metrics.items()) {
        if (!value.is_number() || key.ends_with("_low") || key.ends_with("_high")) continue;
        const int row = m_figures->rowCount();
        m_figures->insertRow(row);
        m_figures->setItem(row, 0, new QTableWidgetItem(charts::metricText(key)));
        const auto said = [&metrics, key = key](const std::string& name) {
            const auto found = metrics.find(name);
            return found != metrics.end() && found->is_number() ? charts::metricValue(key, found->get<double>()) : QString();
        };
        auto* figure = new QTableWidgetItem(said(key));
        if (const QString low = said(key + "_low"), high = said(key + "_high"); !low.isEmpty() && !high.isEmpty())
            figure->setToolTip(tr("95 % interval %1 to %2").arg(low, high));
        figure->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_figures->setItem(row, 1, figure);
    }
    std::vector<charts::BarRows::Row> rows;
    int index = 0;
    for (const Json& entry : m_data.report.value("per_class", Json::array())) {
        const double recall = entry.value("recall", 0.0);
        rows.push_back({text(entry.value("class", std::string())), common::Theme::classColour(index++), recall, std::nullopt,
                        QString::number(recall, 'f', 3)});
    }
    m_classes->setRows(std::move(rows));
    std::vector<std::vector<double>> counts;
    for (const Json& line : m_data.report.value("confusion", Json::array())) counts.push_back(line.get<std::vector<double>>());
    m_matrix->setCounts(m_data.labels, std::move(counts));
}

void ReviewMode::showSource() {
    QStringList lines;
    if (m_data.run) {
        lines << tr("snapshot %1  %2").arg(text(m_data.run->snapshotName), text(m_data.run->snapshot).left(8));
        lines << tr("run %1  %2").arg(text(m_data.run->name), text(m_data.run->id.value));
        lines << tr("model %1, %n epoch(s)", nullptr, m_data.run->epochs).arg(text(m_data.run->model));
    }
    const Json optimizer = m_data.spec.value("optimizer", Json::object());
    if (!optimizer.empty())
        lines << tr("%1, rate %2, batch %3, seed %4")
                     .arg(text(optimizer.value("name", std::string())))
                     .arg(optimizer.value("lr", 0.0))
                     .arg(m_data.spec.value("batch", 0))
                     .arg(m_data.spec.value("seed", std::uint64_t(0)));
    lines << tr("package, %n file(s), %1 MB", nullptr, int(m_data.files)).arg(common::number(double(m_data.bytes) / 1e6, 1));
    m_source->setText(lines.join('\n'));
}

void ReviewMode::showGates() {
    m_gates->clear();
    int passed = 0;
    for (const Gate& gate : m_data.gates) {
        QString words;
        switch (gate.kind) {
            case Gate::PackageWhole: words = tr("Package is whole"); break;
            case Gate::ReportThere: words = tr("Figures of the test images are known"); break;
            case Gate::EveryClassKnown: words = tr("Every class is found"); break;
            case Gate::SubmittedByOther: words = tr("Submitted by someone else"); break;
            case Gate::Signed: words = tr("Signature holds"); break;
        }
        auto* item = new QListWidgetItem(words, m_gates);
        item->setData(common::Roles::IconName, gate.ok ? QStringLiteral("ok") : QStringLiteral("warn"));
        item->setData(common::Roles::IconToken, int(gate.ok ? common::Token::Ok : common::Token::Warn));
        item->setData(common::Roles::Right, gate.detail);
        passed += gate.ok ? 1 : 0;
    }
    m_gatePanel->setCount(tr("%1 of %2 passed").arg(passed).arg(m_data.gates.size()));
}

void ReviewMode::showAudit() {
    m_audit->clear();
    for (const models::AuditEntry& entry : m_data.audit) {
        auto* item = new QListWidgetItem(text(entry.user), m_audit);
        item->setData(common::Roles::SubText, actionText(entry.action));
        item->setData(common::Roles::Right, common::dateTimeText(entry.at));
        item->setToolTip(text(entry.details.dump(2)));
    }
    m_auditEntries = m_data.audit.size();
    Q_EMIT factsChanged();
}

bool ReviewMode::waitsForMe() const {
    const models::ModelRow* model = current();
    return model && model->state == "submitted" && model->submittedBy != services().user.toStdString();
}

void ReviewMode::updateActions() {
    const models::ModelRow* model = current();
    QString why;
    if (model && model->state == "packaged")
        why = tr("Submit it first; then someone else decides.");
    else if (model && model->state == "submitted" && !waitsForMe())
        why = tr("You submitted this model; someone else must decide.");
    else if (waitsForMe() && m_noteText->toPlainText().trimmed().isEmpty())
        why = tr("A note is needed for the audit log.");
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
    m_noteText->setEnabled(waitsForMe());
    m_do.update();
}

void ReviewMode::packageRun() {
    if (!workspace()) return;
    auto runs = runs::runs(*workspace());
    if (!runs) return showError(runs.error());
    QMenu menu(this);
    for (const runs::RunRow& run : *runs) {
        if (run.state != runs::RunState::Finished) continue;
        const auto value = run.metrics.find(std::string(runs::metricOf(run.task)));
        QString words = text(run.name);
        if (value != run.metrics.end()) words += QStringLiteral("   ") + QString::number(value->second, 'f', 4);
        menu.addAction(words, this, [this, run] { packageRun(run); });
    }
    if (menu.isEmpty()) menu.addAction(tr("No finished run yet"))->setEnabled(false);
    menu.exec(QCursor::pos());
}

void ReviewMode::packageRun(const runs::RunRow& run) {
    services().jobs->run<models::PackageInfo>(
        tr("Package %1").arg(text(run.name)), this,
        [workspace = workspace(), engine = services().engine, run, user = services().user.toStdString()](std::stop_token stop,
                                                                                                         const Progress& progress) {
            return models::packageRun(*workspace, *engine, run, user, stop, progress);
        },
        [this](Result<models::PackageInfo> package) {
            if (!package) return showError(package.error());
            m_wanted = text(package->digest).left(12);
            m_note->hide();
            readModels();
        });
}

void ReviewMode::submit() {
    if (!current()) return;
    services().jobs->run<models::ModelRow>(
        tr("Submit"), this,
        [workspace = workspace(), model = *current(), user = services().user.toStdString()](std::stop_token, const Progress&) {
            return models::submit(*workspace, model, user);
        },
        [this](Result<models::ModelRow> model) {
            if (!model) return showError(model.error());
            m_note->hide();
            readModels();
        });
}

void ReviewMode::decide(bool approve) {
    if (!current()) return;
    services().jobs->run<models::ModelRow>(
        approve ? tr("Approve and sign") : tr("Reject"), this,
        [workspace = workspace(), model = *current(), approve, user = services().user.toStdString(),
         words = m_noteText->toPlainText().trimmed().toStdString()](std::stop_token, const Progress&) {
            return approve ? models::approve(*workspace, model, user, words) : models::reject(*workspace, model, user, words);
        },
        [this](Result<models::ModelRow> model) {
            if (!model) return showError(model.error());
            m_noteText->clear();
            m_note->hide();
            readModels();
        });
}

void ReviewMode::showCard() {
    if (current()) QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString((current()->folder / "card.md").string())));
}

void ReviewMode::showError(const Error& error) {
    if (error.code != ErrorCode::Cancelled) m_note->show(common::Tone::Err, common::errorText(error));
}

}  // namespace lathe::widgets::review
