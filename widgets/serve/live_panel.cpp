#include "widgets/serve/live_panel.h"

#include <QGridLayout>

#include "core/runs/run_spec.h"

namespace lathe::widgets::serve {
namespace {

constexpr std::size_t kDigestShown = 16;
const QString kNone = QStringLiteral("–");

}  // namespace

Result<PackageFacts> readPackageFacts(const std::filesystem::path& package) {
    LATHE_TRY(const models::PackageInfo info, models::readPackage(package));
    LATHE_TRY(const Json preprocessing, base::readJson(package / "preprocessing.json"));
    PackageFacts facts;
    for (const std::string& label : info.labels) facts.classes << QString::fromStdString(label);
    facts.width = preprocessing.value("width", 0);
    facts.height = preprocessing.value("height", 0);
    facts.channels = preprocessing.value("channels", 0);
    for (const auto& file : info.files) facts.bytes += file.size;
    return facts;
}

LivePanel::LivePanel(QWidget* parent) : Panel({}, parent) {
    auto* grid = new QGridLayout;
    grid->setContentsMargins(16, 2, 16, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    for (int row = 0; row < Rows; ++row) {
        m_names[row] = common::makeLabel({}, common::Type::Table, common::Token::T3, this);
        m_values[row] = common::makeLabel(kNone, row == Digest ? common::Type::Mono : common::Type::Table, common::Token::T1, this);
        m_values[row]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_values[row]->setWordWrap(row == Note || row == Classes);
        grid->addWidget(m_names[row], row, 0, Qt::AlignTop);
        grid->addWidget(m_values[row], row, 1, Qt::AlignTop);
    }
    body()->addLayout(grid);
    body()->addStretch();
}

void LivePanel::setLive(std::optional<models::ModelRow> model, std::optional<PackageFacts> facts) {
    m_model = std::move(model);
    m_facts = std::move(facts);
    fill();
}

QString LivePanel::value(Row row) const {
    if (!m_model) return kNone;
    switch (row) {
        case Model: return QString::fromStdString(m_model->name) + QStringLiteral(" v%1").arg(m_model->version);
        case Digest: return QString::fromStdString(m_model->digest.substr(0, kDigestShown));
        case Approved: return tr("%1, %2").arg(QString::fromStdString(m_model->approvedBy), common::dateTimeText(m_model->decided));
        case Note: return QString::fromStdString(m_model->note);
        default: break;
    }
    if (!m_facts) return kNone;
    if (row == Input) return QStringLiteral("%1 × %2 × %3").arg(m_facts->channels).arg(m_facts->height).arg(m_facts->width);
    if (row == Classes) return m_facts->classes.join(QStringLiteral(", "));
    return common::fileSize(double(m_facts->bytes));
}

void LivePanel::fill() {
    for (int row = 0; row < Rows; ++row) m_values[row]->setText(value(Row(row)));
}

void LivePanel::retranslate() {
    setTitle(tr("What is live"));
    const QString names[Rows] = {tr("Model"), tr("Digest"),  tr("Approved by"), tr("Note"),
                                 tr("Input"), tr("Classes"), tr("Package")};
    for (int row = 0; row < Rows; ++row) m_names[row]->setText(names[row]);
    fill();
}

}  // namespace lathe::widgets::serve
