#include "widgets/serve/try_panel.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/time.h"
#include "core/image/decode.h"
#include "widgets/charts/bar_rows.h"
#include "widgets/common/icons.h"
#include "widgets/common/picture.h"
#include "widgets/common/predicted.h"

namespace lathe::widgets::serve {
namespace {

constexpr std::size_t kShown = 8;
constexpr double kSure = 0.5;  ///< confidence from which on an object is shown

/// The engine's {shape, data: base64 of little-endian float32}.
Result<lathe::serve::Tensor> tensorOf(const Json& json) {
    lathe::serve::Tensor tensor;
    tensor.shape = json.value("shape", std::vector<std::int64_t>());
    const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(json.value("data", std::string())));
    std::size_t count = 1;
    for (const std::int64_t side : tensor.shape) count *= std::size_t(side);
    if (tensor.shape.empty() || std::size_t(bytes.size()) != count * sizeof(float))
        return fail(ErrorCode::EngineFailed, "the preprocessed picture has another size than its shape says");
    tensor.data.resize(count);
    std::memcpy(tensor.data.data(), bytes.constData(), std::size_t(bytes.size()));
    if (tensor.shape.size() == 3) tensor.shape.insert(tensor.shape.begin(), 1);
    return tensor;
}

std::vector<double> softmax(const std::vector<float>& logits) {
    const float top = *std::max_element(logits.begin(), logits.end());
    std::vector<double> shares;
    double sum = 0;
    for (const float logit : logits) sum += shares.emplace_back(std::exp(double(logit - top)));
    for (double& share : shares) share /= sum;
    return shares;
}

}  // namespace

DropPlace::DropPlace(QWidget* parent) : QAbstractButton(parent) {
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(220);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setCursor(Qt::PointingHandCursor);
    connect(this, &QAbstractButton::clicked, this, &DropPlace::choose);
}

void DropPlace::setPicture(const QImage& picture) {
    m_picture = picture;
    update();
}

void DropPlace::paintEvent(QPaintEvent*) {
    using common::Theme;
    using common::Token;
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    if (!m_picture.isNull()) {
        painter.fillRect(rect(), theme.colour(Token::Paste));
        const QSize size = m_picture.size().scaled(this->size(), Qt::KeepAspectRatio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, size.width() < m_picture.width());
        painter.drawImage(QRect(rect().center() - QPoint(size.width() / 2, size.height() / 2), size), m_picture);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(theme.colour(hasFocus() ? Token::Focus : Token::Line2), 1, Qt::DashLine);
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const QPixmap mark = common::iconPixmap(QStringLiteral("image"), Token::T3, 24, devicePixelRatioF());
    painter.drawPixmap(QPointF(width() / 2.0 - 12, height() / 2.0 - 40), mark);
    painter.setPen(theme.colour(Token::T2));
    painter.drawText(rect().adjusted(16, 20, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, text());
}

void DropPlace::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void DropPlace::dropEvent(QDropEvent* event) {
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) {
            event->acceptProposedAction();
            Q_EMIT dropped(url.toLocalFile());
            return;
        }
}

void DropPlace::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void DropPlace::choose() {
    const QString file = QFileDialog::getOpenFileName(this, tr("Picture to try"));
    if (!file.isEmpty()) Q_EMIT dropped(file);
}

TryPanel::TryPanel(common::Jobs& jobs, std::shared_ptr<rpc::Engine> engine, QWidget* parent)
    : Panel({}, parent), m_jobs(jobs), m_engine(std::move(engine)) {
    m_served = common::makeLabel({}, common::Type::Table, common::Token::T2, this);
    m_place = new DropPlace(this);
    m_facts = common::makeLabel({}, common::Type::Table, common::Token::T2, this);
    m_bars = new charts::BarRows({}, this);
    m_note = new common::Note(this);
    m_note->hide();
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(12, 0, 12, 12);
    inner->setSpacing(8);
    inner->addWidget(m_served);
    inner->addWidget(m_place, 1);
    inner->addWidget(m_facts);
    inner->addWidget(m_note);
    body()->addLayout(inner, 1);
    body()->addWidget(m_bars);
    connect(m_place, &DropPlace::dropped, this, &TryPanel::tryFile);
    retranslate();
}

void TryPanel::setServed(std::optional<lathe::serve::TargetRow> target, std::optional<models::ModelRow> model) {
    m_target = std::move(target);
    m_model = std::move(model);
    retranslate();
}

void TryPanel::tryFile(const QString& file) {
    if (!m_target || !m_model) {
        m_note->show(common::Tone::Info, tr("Nothing is live on this target yet: push an approved model first."));
        return;
    }
    if (m_job) m_jobs.drop(m_job);
    m_job = m_jobs.run<Answer>(
        tr("Try %1").arg(QFileInfo(file).fileName()), this,
        [engine = m_engine, target = *m_target, model = *m_model, file = file.toStdString()](
            std::stop_token stop, const Progress&) { return ask(*engine, target, model, file, stop); },
        [this](Result<Answer> answer) {
            if (answer)
                show(std::move(*answer));
            else if (answer.error().code != ErrorCode::Cancelled)
                m_note->show(common::Tone::Err, common::errorText(answer.error()));
        });
}

void TryPanel::showObjects(Answer& answer, const Json& objects, double scale) {
    for (const auto& one : common::drawPredicted(answer.picture, objects, scale, kSure))
        answer.scores.emplace_back(one.count > 1 ? one.name + " x " + std::to_string(one.count) : one.name, one.best);
}

Result<TryPanel::Answer> TryPanel::ask(rpc::Engine& engine, const lathe::serve::TargetRow& target, const models::ModelRow& model,
                                       const std::string& file, std::stop_token stop) {
    Answer answer;
    LATHE_TRY(const cv::Mat picture, image::decode(file));
    answer.picture = common::toQImage(image::fitted(picture, 640));
    LATHE_TRY(const models::PackageInfo package, models::readPackage(model.folder));
    if (package.task != "classify") {
        const base::Stopwatch watch;
        LATHE_TRY(const Json reply, engine.call("predict", {{"model", model.folder.string()}, {"images", {file}}}, stop));
        answer.seconds = watch.seconds();
        const Json& said = reply.at("predictions").at(0);
        if (said.contains("error")) return fail(ErrorCode::InvalidData, said.value("error", std::string()), file);
        showObjects(answer, said.value("objects", Json::array()), double(answer.picture.width()) / picture.cols);
        return answer;
    }
    LATHE_TRY(const Json prepared, engine.call("preprocess", {{"model", model.folder.string()}, {"image", file}}, stop));
    LATHE_TRY(const lathe::serve::Tensor input, tensorOf(prepared));
    LATHE_TRY(const std::unique_ptr<lathe::serve::Target> server, lathe::serve::makeTarget(target));
    const base::Stopwatch watch;
    Result<lathe::serve::Tensor> output = server->infer(model.name, model.version, input);
    answer.overTheWire = output.has_value();
    std::vector<double> shares;
    if (output && output->data.size() == package.labels.size()) {
        shares = softmax(output->data);
    } else if (!output && output.error().code == ErrorCode::Unsupported) {
        LATHE_TRY(const Json reply,
                  engine.call("predict",
                              {{"model", model.folder.string()}, {"images", {file}}, {"top", int(package.labels.size())}}, stop));
        for (const Json& score : reply.at("predictions").at(0).value("scores", Json::array()))
            answer.scores.emplace_back(score.value("class", std::string()), score.value("confidence", 0.0));
    } else {
        return output ? fail(ErrorCode::InvalidData, "the server answered another number of classes than the package has")
                      : fail(output.error());
    }
    answer.seconds = watch.seconds();
    for (std::size_t i = 0; i < shares.size(); ++i) answer.scores.emplace_back(package.labels[i], shares[i]);
    std::sort(answer.scores.begin(), answer.scores.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return answer;
}

void TryPanel::show(Answer answer) {
    m_note->hide();
    m_place->setPicture(answer.picture);
    const QString way = answer.overTheWire ? tr("answered by the server") : tr("computed here from the pushed package");
    m_facts->setText(tr("answer %1 ms, %2").arg(common::number(answer.seconds * 1000, 1), way));
    std::vector<charts::BarRows::Row> rows;
    for (std::size_t i = 0; i < std::min(kShown, answer.scores.size()); ++i)
        rows.push_back({QString::fromStdString(answer.scores[i].first), common::Theme::classColour(int(i)), answer.scores[i].second,
                        std::nullopt, QString::number(answer.scores[i].second, 'f', 2)});
    m_bars->setRows(std::move(rows));
}

void TryPanel::retranslate() {
    setTitle(tr("Try it"));
    m_bars->setAccessibleName(tr("Answer"));
    m_place->setText(tr("Drop a picture, or click to open one"));
    m_served->setText(m_target && m_model ? tr("%1 v%2 on %3")
                                                .arg(QString::fromStdString(m_model->name))
                                                .arg(m_model->version)
                                                .arg(QString::fromStdString(m_target->name))
                                          : tr("Nothing is live on this target yet."));
}

}  // namespace lathe::widgets::serve
