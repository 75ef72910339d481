#include "widgets/explain/explain_mode.h"

#include <QComboBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>

#include "core/base/files.h"
#include "core/image/decode.h"
#include "widgets/charts/bar_rows.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/explain/map_file.h"
#include "widgets/explain/outcome_model.h"

namespace lathe::widgets::explain {
namespace {

/// Can a model be loaded from it? A stopped run has its checkpoints.
bool explainable(const runs::RunRow& run) {
    return run.state == runs::RunState::Finished || run.state == runs::RunState::Stopped;
}

QStringList labelsOf(const Json& manifestHeader) {
    QStringList labels;
    for (const auto& name : manifestHeader.value("classes", Json::array()))
        if (name.is_string()) labels << QString::fromStdString(name.get<std::string>());
    return labels;
}

/// The first line of the run's data manifest.
Result<Json> manifestHeader(const runs::RunFolder& folder) {
    LATHE_TRY(const std::string text, base::readFile(folder.manifest()));
    return base::parseJson(std::string_view(text).substr(0, text.find('\n')), folder.manifest().string());
}

struct RunOutcomes {
    std::vector<OutcomeRow> rows;
    QStringList labels;
};

Result<RunOutcomes> readRunOutcomes(const store::Workspace& workspace, const std::filesystem::path& folder) {
    RunOutcomes found;
    LATHE_TRY(found.rows, readOutcomes(workspace, runs::RunFolder(folder)));
    LATHE_TRY(const Json header, manifestHeader(runs::RunFolder(folder)));
    found.labels = labelsOf(header);
    return found;
}

}  // namespace

void ExplainMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_thumbnails->setWorkspace(workspace);
    m_runs.clear();
    m_run->clear();
    m_model->setRows({}, {});
    m_image = {};
    m_pages->setCurrentWidget(m_empty);
    if (workspace) readRuns();
}

void ExplainMode::refresh() {
    if (workspace()) readRuns();
}

void ExplainMode::enter(const QVariantMap& args) {
    m_wantedRun = args.value(QStringLiteral("run")).toString();
    m_wantedImage = ImageId(args.value(QStringLiteral("image")).toLongLong());
    if (workspace() && !args.isEmpty()) readRuns();
    m_list->setFocus();
}

QList<QAction*> ExplainMode::modeActions() const {
    return {m_previous, m_next, m_toggleMap, m_openInLabel};
}

QStringList ExplainMode::place() const {
    QStringList place;
    if (const runs::RunRow* run = currentRun()) place << QString::fromStdString(run->name);
    if (const OutcomeRow* row = m_model->rowAt(m_list->currentIndex()))
        place << QString::fromStdString(row->image.name).section('/', -1);
    return place;
}

const runs::RunRow* ExplainMode::currentRun() const {
    const int index = m_run->currentIndex();
    return index >= 0 && std::size_t(index) < m_runs.size() ? &m_runs[std::size_t(index)] : nullptr;
}

void ExplainMode::readRuns() {
    services().jobs->run<std::vector<runs::RunRow>>(
        tr("Read the runs"), this, [workspace = workspace()](std::stop_token, const Progress&) { return runs::runs(*workspace); },
        [this](Result<std::vector<runs::RunRow>> found) {
            if (!found) return showError(found.error());
            const QString before = !m_wantedRun.isEmpty() ? m_wantedRun
                                   : currentRun()         ? QString::fromStdString(currentRun()->id.value)
                                                          : QString();
            const bool sameRun = m_wantedRun.isEmpty() && currentRun() && !m_wantedImage.valid();
            std::erase_if(*found, [](const runs::RunRow& run) { return !explainable(run); });
            m_runs = std::move(*found);
            m_run->clear();
            int chosen = m_runs.empty() ? -1 : 0;
            for (std::size_t i = 0; i < m_runs.size(); ++i) {
                m_run->addItem(QString::fromStdString(m_runs[i].name));
                if (QString::fromStdString(m_runs[i].id.value) == before || QString::fromStdString(m_runs[i].name) == before)
                    chosen = int(i);
            }
            m_wantedRun.clear();
            m_pages->setCurrentIndex(m_runs.empty() ? 0 : 1);
            m_run->setCurrentIndex(chosen);
            if (chosen >= 0 && !(sameRun && QString::fromStdString(m_runs[std::size_t(chosen)].id.value) == before))
                chooseRun(chosen);
        },
        true);
}

void ExplainMode::chooseRun(int index) {
    if (index < 0 || std::size_t(index) >= m_runs.size()) return;
    services().jobs->run<RunOutcomes>(
        tr("Read the run's answers"), this,
        [workspace = workspace(), folder = m_runs[std::size_t(index)].folder](std::stop_token, const Progress&) {
            return readRunOutcomes(*workspace, folder);
        },
        [this](Result<RunOutcomes> found) {
            if (!found) return showError(found.error());
            m_model->setRows(std::move(found->rows), found->labels);
            m_listPanel->setCount(tr("%1 of %2 wrong").arg(m_model->wrongCount()).arg(m_model->rowCount()));
            m_class->clear();
            m_class->addItem(tr("the predicted class"));
            m_class->addItems(found->labels);
            const QModelIndex wanted = m_wantedImage.valid() ? m_model->indexOf(m_wantedImage) : QModelIndex();
            m_wantedImage = {};
            m_list->setCurrentIndex(wanted.isValid() ? wanted : m_model->index(0));
        },
        true);
}

void ExplainMode::explainCurrent() {
    const OutcomeRow* row = m_model->rowAt(m_list->currentIndex());
    const runs::RunRow* run = currentRun();
    if (!row || !run) return;
    if (m_job) services().jobs->cancel(m_job);
    Json params = {{"model", run->folder.string()},
                   {"image", workspace()->layout().file(row->image).string()},
                   {"method", m_method->currentData().toString().toStdString()}};
    if (m_class->currentIndex() > 0) params["class"] = m_class->currentText().toStdString();
    m_job = services().jobs->run<Shown>(
        tr("Explain %1").arg(QString::fromStdString(row->image.name).section('/', -1)), this,
        [engine = services().engine, params, root = workspace()->layout().cache(), file = workspace()->layout().file(row->image)](
            std::stop_token stop, const Progress& progress) mutable -> Result<Shown> {
            const auto out = root / "explain";
            LATHE_CHECK(base::makeFolders(out));
            params["out"] = out.string();
            Shown shown;
            LATHE_TRY(shown.explanation, engine->call("explain", params, stop, progress));
            LATHE_TRY(const cv::Mat map, readMap(out / "map.npy"));
            LATHE_TRY(const cv::Mat picture, image::decode(file));
            shown.layers = makeLayers(picture, map);
            return shown;
        },
        [this](Result<Shown> shown) {
            if (!shown) return showError(shown.error());
            showExplanation(std::move(*shown));
        });
}

void ExplainMode::showExplanation(Shown shown) {
    m_note->hide();
    const Json& json = shown.explanation;
    const QString name = QString::fromStdString(json.value("class", std::string()));
    const QString score = QString::number(json.value("score", 0.0), 'f', 2);
    const OutcomeRow* row = m_model->rowAt(m_list->currentIndex());
    QString answer = tr("%1 with %2").arg(name, score);
    if (row && row->outcome.label >= 0 && row->outcome.label < m_model->labels().size())
        answer += QStringLiteral("   ") + tr("labelled %1").arg(m_model->labels()[row->outcome.label]);
    m_answer->setText(answer);
    showBars(json.value("scores", Json::array()));
    QStringList lines{tr("Method %1, class %2").arg(m_method->currentText(), name),
                      tr("Made in %1 ms").arg(common::number(json.value("seconds", 0.0) * 1000))};
    const Json checks = json.value("checks", Json::object());
    for (const auto& [key, value] : checks.items())
        lines << QString::fromStdString(key + ": ") +
                     (value.is_number() ? QString::number(value.get<double>(), 'g', 4) : QString::fromStdString(value.dump()));
    m_checks->setText(lines.join('\n'));
    m_view->setLayers(std::move(shown.layers), tr("%1 for %2, score %3").arg(m_method->currentText(), name, score));
    m_facts = {tr("map in %1 ms").arg(common::number(json.value("seconds", 0.0) * 1000))};
    Q_EMIT factsChanged();
}

void ExplainMode::showBars(const Json& scores) {
    std::vector<charts::BarRows::Row> rows;
    for (const Json& score : scores) {
        const QString name = QString::fromStdString(score.value("class", std::string()));
        const double value = score.value("confidence", 0.0);
        const int index = int(m_model->labels().indexOf(name));
        rows.push_back({name, common::Theme::classColour(std::max(0, index)), value, std::nullopt, QString::number(value, 'f', 2)});
    }
    m_bars->setRows(std::move(rows));
}

void ExplainMode::step(int by) {
    const int row = std::clamp(m_list->currentIndex().row() + by, 0, std::max(0, m_model->rowCount() - 1));
    m_list->setCurrentIndex(m_model->index(row));
}

void ExplainMode::showError(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_note->show(common::Tone::Err, common::errorText(error), tr("Try again"), [this] { explainCurrent(); });
    m_view->clear(tr("No map"));
}

}  // namespace lathe::widgets::explain
