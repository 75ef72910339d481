#include "widgets/explain/explain_mode.h"

#include <QComboBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>
#include <iterator>

#include "core/base/files.h"
#include "core/image/decode.h"
#include "widgets/charts/bar_rows.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/common/predicted.h"
#include "widgets/explain/map_file.h"
#include "widgets/explain/outcome_model.h"

namespace lathe::widgets::explain {
namespace {

/// Those with answers on test images: written when a run finishes.
Result<std::vector<runs::RunRow>> explainableRuns(const store::Workspace& workspace) {
    LATHE_TRY(auto found, runs::runs(workspace));
    std::erase_if(found,
                  [](const runs::RunRow& run) { return !std::filesystem::exists(runs::RunFolder(run.folder).predictions()); });
    return found;
}

QString nameOf(const runs::RunRow& run) {
    return QString::fromStdString(run.name.empty() ? run.id.value : run.name);
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

QString figure(const Json& value) {
    return QString::number(value.get<double>(), 'g', 4).replace(u'-', u'−');
}

/// What a method says of its map, in words; what has none is shown as it is.
QStringList checkLines(Json checks) {
    QStringList lines;
    const auto number = [&checks](const char* key) { return checks.contains(key) && checks[key].is_number(); };
    if (checks.contains("layer") && checks["layer"].is_string())
        lines << ExplainMode::tr("Layer %1").arg(QString::fromStdString(checks["layer"].get<std::string>()));
    if (number("map_sum")) lines << ExplainMode::tr("Sum of the map %1").arg(figure(checks["map_sum"]));
    if (number("signed_min") && number("signed_max"))
        lines << ExplainMode::tr("From %1 to %2 before what is below 0 was dropped")
                     .arg(figure(checks["signed_min"]), figure(checks["signed_max"]));
    for (const char* known : {"layer", "map_sum", "signed_min", "signed_max"}) checks.erase(known);
    for (const auto& [key, value] : checks.items())
        lines << QString::fromStdString(key + ": " + (value.is_string() ? value.get<std::string>() : value.dump()));
    return lines;
}

/// Whether an outcome is of the split.
auto has(std::string split) {
    return [split = std::move(split)](const OutcomeRow& row) { return row.outcome.split == split; };
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
    m_outcomes.clear();
    m_image = {};
    m_told = {};
    m_error.reset();
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
    return m_do.all().mid(0, 5);  // all but the way out of the empty state
}

QStringList ExplainMode::place() const {
    QStringList place;
    if (const runs::RunRow* run = currentRun()) place << nameOf(*run);
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
        tr("Read the runs"), this,
        [workspace = workspace()](std::stop_token, const Progress&) { return explainableRuns(*workspace); },
        [this](Result<std::vector<runs::RunRow>> found) {
            if (!found) return showError(found.error());
            const QString before = !m_wantedRun.isEmpty() ? m_wantedRun
                                   : currentRun()         ? QString::fromStdString(currentRun()->id.value)
                                                          : QString();
            const bool sameRun = m_wantedRun.isEmpty() && currentRun() && !m_wantedImage.valid();
            m_runs = std::move(*found);
            m_run->clear();
            int chosen = m_runs.empty() ? -1 : 0;
            for (std::size_t i = 0; i < m_runs.size(); ++i) {
                m_run->addItem(nameOf(m_runs[i]));
                if (QString::fromStdString(m_runs[i].id.value) == before || nameOf(m_runs[i]) == before) chosen = int(i);
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
            m_outcomes = std::move(found->rows);
            m_labels = found->labels;
            const auto in = [this](const char* split) { return std::any_of(m_outcomes.begin(), m_outcomes.end(), has(split)); };
            m_splitButton->setVisible(in("test") && in("val"));
            std::string split = in("test") ? "test" : in("val") || m_outcomes.empty() ? "val" : m_outcomes.front().outcome.split;
            for (const OutcomeRow& row : m_outcomes)
                if (m_wantedImage.valid() && row.image.id == m_wantedImage) split = row.outcome.split;
            m_class->clear();
            m_class->addItem(tr("the predicted class"));
            m_class->addItems(found->labels);
            showSplit(split);
            m_do.update();
        },
        true);
}

void ExplainMode::showSplit(const std::string& split) {
    m_split = split;
    std::vector<OutcomeRow> rows;
    std::copy_if(m_outcomes.begin(), m_outcomes.end(), std::back_inserter(rows), has(split));
    m_model->setRows(std::move(rows), m_labels);
    nameList();
    const QModelIndex wanted = m_wantedImage.valid() ? m_model->indexOf(m_wantedImage) : QModelIndex();
    m_wantedImage = {};
    m_list->setCurrentIndex(wanted.isValid() ? wanted : m_model->index(0));
}

void ExplainMode::showOtherSplit() {
    showSplit(m_split == "test" ? "val" : "test");
}

void ExplainMode::nameList() {
    const bool test = m_split != "val";
    m_listPanel->setTitle(test ? tr("Test images") : tr("Validation images"));
    m_listPanel->setCount(
        m_model->rowCount() == 0
            ? QString()
            : tr("%1 of %2 wrong").arg(common::number(m_model->wrongCount()), common::number(m_model->rowCount())));
    const QString other = (test ? tr("Show the validation images") : tr("Show the test images")) + QStringLiteral("   ") +
                          common::keyLabel(m_otherSplit->shortcut());
    m_splitButton->setToolTip(other);
    m_splitButton->setAccessibleName(test ? tr("Show the validation images") : tr("Show the test images"));
}

void ExplainMode::explainCurrent() {
    const OutcomeRow* row = m_model->rowAt(m_list->currentIndex());
    const runs::RunRow* run = currentRun();
    if (!row || !run) return;
    if (m_job) services().jobs->drop(m_job);
    if (run->task != "classify") return showPredicted(*run, *row);
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
            take(std::move(*shown));
        });
}

/// What a detector or segmenter says of the picture, over it; a map is of classifiers.
void ExplainMode::showPredicted(const runs::RunRow& run, const OutcomeRow& row) {
    m_job = services().jobs->run<Shown>(
        tr("Predict %1").arg(QString::fromStdString(row.image.name).section('/', -1)), this,
        [engine = services().engine, folder = runs::RunFolder(run.folder), file = workspace()->layout().file(row.image)](
            std::stop_token stop, const Progress& progress) -> Result<Shown> {
            LATHE_TRY(const Json reply,
                      engine->call("predict", {{"model", folder.path().string()}, {"images", {file.string()}}}, stop, progress));
            LATHE_TRY(const cv::Mat picture, image::decode(file));
            const auto report = base::readJson(folder.report());
            Shown shown;
            shown.explanation = reply.at("predictions").at(0);
            if (shown.explanation.contains("error"))
                return fail(ErrorCode::InvalidData, shown.explanation.value("error", std::string()), file.string());
            shown.explanation["seconds"] = reply.value("seconds", 0.0);
            shown.explanation["threshold"] = report && report->is_object() ? report->value("threshold", 0.5) : 0.5;
            shown.layers.picture = common::toQImage(picture);
            shown.layers.values = cv::Mat::zeros(picture.size(), CV_32F);
            shown.layers.heat = QImage(shown.layers.picture.size(), QImage::Format_ARGB32_Premultiplied);
            shown.layers.heat.fill(Qt::transparent);
            Json classes = Json::array();
            for (const auto& one : common::drawPredicted(shown.layers.heat, shown.explanation.value("objects", Json::array()), 1,
                                                         shown.explanation["threshold"].get<double>()))
                classes.push_back({{"class", one.name}, {"confidence", one.best}, {"count", one.count}});
            shown.explanation["scores"] = classes;
            return shown;
        },
        [this](Result<Shown> shown) {
            if (!shown) return showError(shown.error());
            take(std::move(*shown));
        });
}

void ExplainMode::take(Shown shown) {
    m_error.reset();
    m_note->hide();
    m_told = std::move(shown.explanation);
    m_view->setLayers(std::move(shown.layers));
    tell();
    Q_EMIT factsChanged();
}

void ExplainMode::tell() {
    if (m_error) return showError(*m_error);
    if (m_told.is_null()) return;
    m_told.contains("objects") ? tellObjects() : tellMap();
    showBars(m_told.value("scores", Json::array()));
}

void ExplainMode::tellMap() {
    const QString name = QString::fromStdString(m_told.value("class", std::string()));
    const QString score = QString::number(m_told.value("score", 0.0), 'f', 2);
    const QString time = common::number(m_told.value("seconds", 0.0) * 1000);
    const OutcomeRow* row = m_model->rowAt(m_list->currentIndex());
    QString answer = tr("%1 with %2").arg(name, score);
    if (row && row->outcome.label >= 0 && row->outcome.label < m_model->labels().size())
        answer += QStringLiteral("   ") + tr("labelled %1").arg(m_model->labels()[row->outcome.label]);
    m_answer->setText(answer);
    QStringList lines{tr("Method %1, class %2").arg(m_method->currentText(), name), tr("Made in %1 ms").arg(time)};
    lines << checkLines(m_told.value("checks", Json::object()));
    m_checks->setText(lines.join('\n'));
    m_view->setAccessibleDescription(tr("%1 for %2, score %3").arg(m_method->currentText(), name, score));
    m_facts = {tr("map in %1 ms").arg(time)};
}

void ExplainMode::tellObjects() {
    QStringList words;
    for (const Json& one : m_told["scores"])
        words << QStringLiteral("%1 %2").arg(common::number(one.value("count", 0)),
                                             QString::fromStdString(one.value("class", std::string())));
    m_answer->setText(words.isEmpty() ? tr("Nothing is sure enough") : words.join(QStringLiteral(", ")));
    const QString threshold = QString::number(m_told.value("threshold", 0.5), 'f', 2);
    const QString time = common::number(m_told.value("seconds", 0.0) * 1000);
    m_checks->setText(tr("Shown from the confidence %1 on\nMade in %2 ms").arg(threshold, time));
    m_view->setAccessibleDescription(m_answer->text());
    m_facts.clear();
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
    m_error = error;
    m_told = {};
    m_answer->clear();
    m_checks->clear();
    m_bars->setRows({});
    m_note->show(common::Tone::Err, common::errorText(error), tr("Try again"), [this] { explainCurrent(); });
    m_view->clear(tr("No map"));
}

}  // namespace lathe::widgets::explain
