#include "widgets/canvas/prelabel.h"

#include <QGridLayout>

#include "core/store/suggestions.h"

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {

constexpr std::size_t kPortion = 64;
constexpr QSize kSize(380, 176);

using Predicted = std::pair<ImageId, annot::Annotations>;

Result<> suggestPortion(store::Workspace& workspace, const PrelabelPlan& plan, const std::vector<store::ImageRow>& rows,
                        const Json& answer, PrelabelReport& report) {
    LATHE_TRY(const auto classes, workspace.classes());
    std::vector<Predicted> predicted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Json& one = answer.at("predictions").at(i);
        Result<annot::Annotations> shapes = store::predictedShapes(one, classes, plan.least);
        if (!shapes) {
            report.problems.push_back(base::problemOf(rows[i].name, shapes.error()));
            continue;
        }
        predicted.emplace_back(rows[i].id, std::move(*shapes));
    }
    LATHE_TRY(const std::int64_t open, store::putSuggestions(workspace, plan.run, predicted));
    report.suggestions += open;
    report.images += std::int64_t(predicted.size());
    return {};
}

Json pathsOf(const store::Workspace& workspace, const std::vector<store::ImageRow>& rows) {
    Json paths = Json::array();
    for (const auto& row : rows) paths.push_back(workspace.layout().file(row).string());
    return paths;
}

}  // namespace

Result<PrelabelReport> prelabel(store::Workspace& workspace, rpc::Engine& engine, const PrelabelPlan& plan, std::stop_token stop,
                                const Progress& progress) {
    PrelabelReport report;
    const auto total = std::int64_t(plan.images.size());
    for (std::size_t at = 0; at < plan.images.size(); at += kPortion) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped; the suggestions made so far stay");
        const std::size_t end = std::min(plan.images.size(), at + kPortion);
        LATHE_TRY(auto rows, workspace.images(std::span(plan.images).subspan(at, end - at)));
        std::erase_if(rows, [](const store::ImageRow& row) { return row.missing; });
        const Progress part([&](const base::ProgressState& s) { progress.report(std::int64_t(at) + s.done, total, s.text); });
        LATHE_TRY(const Json answer,
                  engine.call("predict", {{"model", plan.folder.string()}, {"images", pathsOf(workspace, rows)}, {"top", 1}}, stop,
                              part));
        LATHE_CHECK(suggestPortion(workspace, plan, rows, answer, report));
        progress.report(std::int64_t(end), total);
    }
    return report;
}

PrelabelPopup::PrelabelPopup(common::Services& services, QWidget* mode) : Overlay(mode, {}), m_services(services) {
    build();
    retranslate();
}

void PrelabelPopup::build() {
    m_title = common::makeLabel({}, Type::Section, Token::T1, this);
    m_title->setContentsMargins(12, 12, 12, 8);
    m_none = common::makeLabel({}, Type::Table, Token::T3, this);
    m_none->setContentsMargins(12, 0, 12, 8);
    m_none->setWordWrap(true);
    m_runLabel = common::makeLabel({}, Type::Table, Token::T2, this);
    m_run = new QComboBox(this);
    m_runLabel->setBuddy(m_run);
    m_leastLabel = common::makeLabel({}, Type::Table, Token::T2, this);
    m_least = new QSlider(Qt::Horizontal, this);
    m_least->setRange(0, 100);
    m_least->setValue(25);
    m_leastLabel->setBuddy(m_least);
    m_value = common::makeLabel(QStringLiteral("0.25"), Type::Table, Token::T1, this);
    m_start = new common::ActionButton(QString(), common::ButtonKind::Primary, this);
    auto* grid = new QGridLayout;
    grid->setContentsMargins(12, 0, 12, 12);
    grid->setSpacing(8);
    grid->addWidget(m_runLabel, 0, 0);
    grid->addWidget(m_run, 0, 1, 1, 2);
    grid->addWidget(m_leastLabel, 1, 0);
    grid->addWidget(m_least, 1, 1);
    grid->addWidget(m_value, 1, 2);
    grid->addWidget(m_start, 2, 0, 1, 3, Qt::AlignRight);
    grid->setColumnStretch(1, 1);
    body()->addWidget(m_title);
    body()->addWidget(m_none);
    body()->addLayout(grid);
    connect(m_least, &QSlider::valueChanged, this, [this](int v) { m_value->setText(QString::number(v / 100.0, 'f', 2)); });
    connect(m_start, &QPushButton::clicked, this, &PrelabelPopup::start);
}

void PrelabelPopup::retranslate() {
    setAccessibleName(tr("Pre-label"));
    m_title->setText(tr("Pre-label %n image(s)", nullptr, int(m_images.size())));
    m_none->setText(tr("No run has finished yet. Train one first."));
    m_runLabel->setText(tr("Run"));
    m_run->setAccessibleDescription(tr("The run whose predictions are suggested"));
    m_leastLabel->setText(tr("Confidence ≥"));
    m_least->setAccessibleName(tr("Least confidence to suggest"));
    m_start->setText(tr("Pre-label"));
}

void PrelabelPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

void PrelabelPopup::openFor(const QPoint& top, std::shared_ptr<store::Workspace> workspace, std::vector<ImageId> images) {
    m_workspace = std::move(workspace);
    m_images = std::move(images);
    retranslate();
    m_run->clear();
    m_none->hide();
    m_start->setEnabled(false);
    open(QRect(QPoint(top.x() - kSize.width() / 2, top.y()), kSize));
    m_run->setFocus(Qt::PopupFocusReason);
    readRuns();
}

void PrelabelPopup::readRuns() {
    using Rows = std::vector<lathe::runs::RunRow>;
    m_services.jobs->run<Rows>(
        tr("Read the runs"), this,
        [workspace = m_workspace](std::stop_token, const Progress&) { return lathe::runs::runs(*workspace); },
        [this](Result<Rows> rows) {
            if (!rows) {
                Q_EMIT failed(rows.error());
                return;
            }
            m_runs = std::move(*rows);
            std::erase_if(m_runs, [](const auto& run) { return run.state != lathe::runs::RunState::Finished; });
            m_run->clear();
            for (const auto& run : m_runs) m_run->addItem(QString::fromStdString(run.name.empty() ? run.id.value : run.name));
            m_none->setVisible(m_runs.empty());
            m_start->setEnabled(!m_runs.empty() && !m_images.empty());
        },
        true);
}

void PrelabelPopup::start() {
    if (m_run->currentIndex() < 0) return;
    const auto& run = m_runs[std::size_t(m_run->currentIndex())];
    const PrelabelPlan plan{run.id.value, run.folder, m_images, m_least->value() / 100.0};
    const QString name = m_run->currentText();
    closeOverlay();
    m_services.jobs->run<PrelabelReport>(
        tr("Pre-label with %1").arg(name), this,
        [workspace = m_workspace, engine = m_services.engine, plan](std::stop_token stop, const Progress& progress) {
            return prelabel(*workspace, *engine, plan, stop, progress);
        },
        [this, name](Result<PrelabelReport> report) {
            if (report)
                Q_EMIT done(*report, name);
            else if (report.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(report.error());
        });
}

}  // namespace lathe::widgets::canvas
