#include "widgets/canvas/example_strip.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include "core/image/decode.h"
#include "widgets/common/icons.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::canvas {

using common::Theme;
using common::Token;

namespace {

constexpr QSize kThumb(72, 54);

/// The crop, widened to the thumbnail's proportions as far as the picture goes.
cv::Rect cropOf(const annot::Rect& r, const cv::Mat& picture, QSize size) {
    const double scale = std::max(r.w / size.width(), r.h / size.height());
    const double w = std::max(1.0, scale * size.width()), h = std::max(1.0, scale * size.height());
    const cv::Rect wanted(int(r.x + (r.w - w) / 2), int(r.y + (r.h - h) / 2), int(w), int(h));
    return wanted & cv::Rect(0, 0, picture.cols, picture.rows);
}

}  // namespace

Result<QImage> readExample(const store::Workspace& workspace, const annot::Example& example, QSize size) {
    LATHE_TRY(const auto row, workspace.image(example.image));
    if (!row) return fail(ErrorCode::NotFound, "the example's image is gone");
    LATHE_TRY(const cv::Mat picture, image::decode(workspace.layout().file(*row)));
    const cv::Rect crop = cropOf(example.crop, picture, size);
    if (crop.empty()) return fail(ErrorCode::InvalidData, "the example lies outside of its image");
    return common::toQImage(picture(crop).clone()).scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
}

ExampleStrip::ExampleStrip(common::Services& services, int most, QWidget* parent)
    : QWidget(parent), m_services(services), m_row(new QHBoxLayout(this)), m_most(most) {
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
    m_row->addStretch();
    setVisible(false);
}

void ExampleStrip::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_workspace = std::move(workspace);
    setExamples({});
}

void ExampleStrip::setExamples(const std::vector<annot::Example>& examples) {
    if (examples == m_examples) return;
    m_examples = examples;
    rebuild();
}

void ExampleStrip::rebuild() {
    ++m_generation;
    for (auto* button : m_buttons) delete button;
    m_buttons.clear();
    for (std::size_t k = 0; k < m_examples.size() && int(k) < m_most; ++k) {
        auto* button = new QToolButton(this);
        button->setFixedSize(kThumb);
        button->setIconSize(kThumb);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, [this, k] { Q_EMIT clicked(int(k)); });
        m_row->insertWidget(int(k), button);
        m_buttons.push_back(button);
        paint(k, {});
        load(k);
    }
    setVisible(!m_buttons.empty());
    retranslate();
}

void ExampleStrip::load(std::size_t index) {
    if (!m_workspace) return;
    m_services.jobs->run<QImage>(
        tr("Read an example"), this,
        [workspace = m_workspace, example = m_examples[index]](std::stop_token, const Progress&) {
            return readExample(*workspace, example, kThumb * 2);
        },
        [this, index, generation = m_generation](Result<QImage> crop) {
            if (generation == m_generation && crop) paint(index, *crop);
        },
        true);
}

void ExampleStrip::paint(std::size_t index, const QImage& crop) {
    QPixmap pixmap(kThumb * 2);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Theme::instance().colour(Token::Paste));
    QPainter painter(&pixmap);
    if (!crop.isNull()) {
        const QRect middle((crop.width() - kThumb.width() * 2) / 2, (crop.height() - kThumb.height() * 2) / 2, kThumb.width() * 2,
                           kThumb.height() * 2);
        painter.drawImage(QRect(QPoint(), kThumb), crop, middle);
    }
    const bool good = m_examples[index].good;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 200));
    painter.drawEllipse(QRect(3, kThumb.height() - 19, 16, 16));
    painter.drawPixmap(QPoint(5, kThumb.height() - 17), common::iconPixmap(good ? QStringLiteral("ok") : QStringLiteral("error"),
                                                                           good ? Token::Ok : Token::Err, 12, 2));
    painter.end();
    m_buttons[index]->setIcon(QIcon(pixmap));
}

void ExampleStrip::retranslate() {
    for (std::size_t k = 0; k < m_buttons.size(); ++k) {
        const QString kind = m_examples[k].good ? tr("Good example") : tr("Bad example");
        const QString note = QString::fromStdString(m_examples[k].note);
        const QString words = note.isEmpty() ? kind : QStringLiteral("%1: %2").arg(kind, note);
        m_buttons[k]->setToolTip(words);
        m_buttons[k]->setAccessibleName(QStringLiteral("%1 (%2)").arg(words).arg(k + 1));
    }
}

}  // namespace lathe::widgets::canvas
