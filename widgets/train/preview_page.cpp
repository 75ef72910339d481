#include "widgets/train/preview_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/files.h"
#include "widgets/common/parts.h"
#include "widgets/train/validation_item.h"

namespace lathe::widgets::train {

using common::makeLabel;
using common::Theme;
using common::Token;
using common::Type;

namespace {

constexpr int kPictures = 12, kMostColumns = 6;
constexpr int kSettle = 250;  ///< ms that settings rest before pictures are drawn anew
constexpr int kGap = 12, kLine = 20;
constexpr int kAlpha = 120;  ///< of a mask over its picture
constexpr int kNotAsked = 255;

void drawBoxes(QImage& picture, const Json& objects, const std::vector<QColor>& colours) {
    QPainter painter(&picture);
    const double width = std::max(1.0, picture.width() / 220.0);
    for (const Json& object : objects) {
        const auto box = object.at("box").get<std::array<double, 4>>();
        const auto index = std::size_t(std::max(0, object.value("index", 0)));
        painter.setPen(QPen(index < colours.size() ? colours[index] : Theme::classColour(int(index)), width));
        painter.drawRect(QRectF(box[0], box[1], box[2], box[3]));
    }
}

/// Pixels that are asked for in the colour of their class; a background, whose colour isn't valid, stays clear.
void drawMask(QImage& picture, const QString& file, const std::vector<QColor>& colours) {
    const QImage mask = QImage(file).convertToFormat(QImage::Format_Grayscale8);
    if (mask.size() != picture.size()) return;
    for (int y = 0; y < mask.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        const uchar* value = mask.constScanLine(y);
        for (int x = 0; x < mask.width(); ++x) {
            const QColor colour = value[x] < colours.size() ? colours[value[x]] : QColor();
            if (value[x] == kNotAsked || !colour.isValid()) continue;
            const auto mix = [](int over, int under) { return (over * kAlpha + under * (255 - kAlpha)) / 255; };
            line[x] =
                qRgb(mix(colour.red(), qRed(line[x])), mix(colour.green(), qGreen(line[x])), mix(colour.blue(), qBlue(line[x])));
        }
    }
}

std::vector<PreviewPicture> readPictures(const Json& result, const QHash<QString, QColor>& own) {
    std::vector<PreviewPicture> pictures;
    const auto colours = validationClasses("segment", result.value("classes", std::vector<std::string>()), own).colours;
    for (const Json& one : result.at("pictures")) {
        PreviewPicture picture;
        picture.picture = QImage(QString::fromStdString(one.value("file", ""))).convertToFormat(QImage::Format_RGB32);
        picture.words = QString::fromStdString(
            one.value("words", QFileInfo(QString::fromStdString(one.value("name", ""))).fileName().toStdString()));
        if (one.contains("objects")) drawBoxes(picture.picture, one["objects"], colours);
        if (one.contains("mask")) drawMask(picture.picture, QString::fromStdString(one.value("mask", "")), colours);
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

}  // namespace

class PreviewGrid : public QWidget {
public:
    explicit PreviewGrid(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding); }
    void setPictures(std::vector<PreviewPicture> pictures) {
        m_pictures = std::move(pictures);
        QStringList words;
        for (const auto& one : m_pictures) words << one.words;
        setAccessibleDescription(words.join(QStringLiteral("; ")));
        update();
    }
    void setWords(const QString& words) {
        m_words = words;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const auto& theme = Theme::instance();
        painter.fillRect(rect(), theme.colour(Token::Frame));
        painter.setPen(theme.colour(Token::T2));
        if (m_pictures.empty()) {
            painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_words);
            return;
        }
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const int columns = columnsFor(), rows = rowsFor(columns);
        const double cellWidth = double(width() - kGap * (columns + 1)) / columns,
                     cellHeight = double(height() - kGap * (rows + 1)) / rows;
        for (std::size_t i = 0; i < m_pictures.size(); ++i) {
            const int row = int(i) / columns, column = int(i) % columns;
            const QRectF cell(kGap + column * (cellWidth + kGap), kGap + row * (cellHeight + kGap), cellWidth, cellHeight);
            const QSizeF size =
                QSizeF(m_pictures[i].picture.size()).scaled(cell.width(), cell.height() - kLine, Qt::KeepAspectRatio);
            const QRectF place(cell.x() + (cell.width() - size.width()) / 2, cell.y(), size.width(), size.height());
            painter.drawImage(place, m_pictures[i].picture);
            const QRectF words(cell.x(), place.bottom(), cell.width(), kLine);
            painter.drawText(words, Qt::AlignCenter,
                             painter.fontMetrics().elidedText(m_pictures[i].words, Qt::ElideMiddle, int(words.width())));
        }
    }

private:
    [[nodiscard]] int rowsFor(int columns) const { return (int(m_pictures.size()) + columns - 1) / columns; }
    /// As many as make the pictures largest.
    [[nodiscard]] int columnsFor() const {
        int best = 1;
        double most = 0;
        for (int columns = 1; columns <= kMostColumns; ++columns) {
            const QSizeF cell(double(width()) / columns - kGap, double(height()) / rowsFor(columns) - kGap - kLine);
            const double wide = QSizeF(m_pictures.front().picture.size()).scaled(cell, Qt::KeepAspectRatio).width();
            if (wide > most) most = wide, best = columns;
        }
        return best;
    }
    std::vector<PreviewPicture> m_pictures;
    QString m_words;
};

PreviewPage::PreviewPage(common::Services& services, QWidget* parent) : QWidget(parent), m_services(services) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 8);
    m_title = makeLabel({}, Type::Section, Token::T1, this);
    m_about = makeLabel({}, Type::Table, Token::T2, this);
    m_anotherButton = common::makeIconButton(QStringLiteral("retry"), QStringLiteral(" "), this);
    m_closeButton = common::makeIconButton(QStringLiteral("x"), QStringLiteral(" "), this);
    head->addWidget(m_title);
    head->addSpacing(12);
    head->addWidget(m_about, 1);
    head->addWidget(m_anotherButton);
    head->addWidget(m_closeButton);
    m_grid = new PreviewGrid(this);
    column->addLayout(head);
    column->addWidget(common::makeRule(this));
    column->addWidget(m_grid, 1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettle);
    connect(&m_soon, &QTimer::timeout, this, &PreviewPage::draw);
    connect(m_anotherButton, &QToolButton::clicked, this, &PreviewPage::another);
    connect(m_closeButton, &QToolButton::clicked, this, &PreviewPage::closeRequested);
    retranslate();
}

void PreviewPage::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_workspace = std::move(workspace);
    m_grid->setPictures({});
}

void PreviewPage::setSpec(const runs::RunSpec& spec) {
    m_spec = spec;
    if (isVisible()) m_soon.start();
}

void PreviewPage::setClassColours(const QHash<QString, QColor>& colours) {
    if (std::exchange(m_colours, colours) != colours && isVisible()) m_soon.start();
}

void PreviewPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_spec) draw();
}

void PreviewPage::paintEvent(QPaintEvent* event) {
    QPainter(this).fillRect(event->rect(), Theme::instance().colour(Token::Panel));
}

void PreviewPage::another() {
    ++m_seed;
    draw();
}

void PreviewPage::draw() {
    if (!m_workspace || !m_spec) return;
    if (m_job) m_services.jobs->drop(m_job);
    m_grid->setWords(tr("Drawing…"));
    m_job = m_services.jobs->run<std::vector<PreviewPicture>>(
        tr("Preview of the augmentations"), this,
        [engine = m_services.engine, workspace = m_workspace, spec = *m_spec, seed = m_seed, colours = m_colours](

            std::stop_token stop, const Progress&) -> Result<std::vector<PreviewPicture>> {
            const base::TempFolder temp;
            LATHE_TRY(const Json result,
                      runs::previewRun(*engine, *workspace, spec, temp.path(), kPictures, seed, std::move(stop)));
            return readPictures(result, colours);
        },
        [this](Result<std::vector<PreviewPicture>> pictures) {
            if (pictures) return m_grid->setPictures(std::move(*pictures));
            if (pictures.error().code == ErrorCode::Cancelled) return;
            m_grid->setPictures({});
            m_grid->setWords(common::errorText(pictures.error()));
        },
        true);
}

void PreviewPage::retranslate() {
    m_title->setText(tr("What the network will see"));
    m_about->setText(tr("Training pictures as the augmentations of the next run make them"));
    m_grid->setAccessibleName(m_title->text());
    for (const auto& [button, name] : {std::pair(m_anotherButton, tr("Draw others")), {m_closeButton, tr("Close the preview")}}) {
        button->setToolTip(name);
        button->setAccessibleName(name);
    }
}

}  // namespace lathe::widgets::train
