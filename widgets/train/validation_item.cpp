#include "widgets/train/validation_item.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/image/decode.h"
#include "widgets/charts/chart.h"
#include "widgets/common/picture.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::train {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kStillSide = 960;  ///< px of the longer side that is kept of a picture
constexpr int kNotAskedClass = 255;
constexpr double kSameBox = 0.5;  ///< IoU from which on a box found an object
constexpr int kVeil = 150;        ///< of 255: how dark a picture is under what is wrong of it

QString spoken(const char* text) {
    return QCoreApplication::translate("ValidationPage", text);
}

double overlap(const std::array<double, 4>& a, const std::array<double, 4>& b) {
    const double w = std::min(a[0] + a[2], b[0] + b[2]) - std::max(a[0], b[0]);
    const double h = std::min(a[1] + a[3], b[1] + b[3]) - std::max(a[1], b[1]);
    if (w <= 0 || h <= 0) return 0;
    return w * h / (a[2] * a[3] + b[2] * b[3] - w * h);
}

bool isFound(const runs::ValidationBox& truth, const ValidationItem& item) {
    if (!item.said) return false;
    return std::any_of(item.said->boxes.begin(), item.said->boxes.end(), [&](const runs::ValidationBox& box) {
        return box.confidence >= item.threshold && box.category == truth.category && overlap(box.box, truth.box) >= kSameBox;
    });
}

/// `colourOf`: of a pixel's place; transparent where there is nothing to show.
template <class ColourOf>
QImage tinted(const runs::ClassRuns& mask, ColourOf colourOf) {
    QImage tint(mask.width, mask.height, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < mask.height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(tint.scanLine(y));
        for (int x = 0; x < mask.width; ++x) line[x] = colourOf(std::size_t(y) * std::size_t(mask.width) + std::size_t(x));
    }
    return tint;
}

QImage classTint(const runs::ClassRuns& mask, const ValidationClasses& classes) {
    std::array<QRgb, 256> colours{};
    for (int category = 0; category < kNotAskedClass; ++category)
        if (const QColor colour = classes.colour(category); colour.isValid()) colours[std::size_t(category)] = colour.rgb();
    return tinted(mask, [&](std::size_t at) { return colours[mask.pixels[at]]; });
}

QImage wrongTint(const runs::ClassRuns& said, const runs::ClassRuns& truth) {
    const QRgb red = Theme::colour(Token::Err, true).rgb();
    return tinted(said, [&](std::size_t at) {
        return truth.pixels[at] != kNotAskedClass && truth.pixels[at] != said.pixels[at] ? red : QRgb(0);
    });
}

struct ItemPainter {
    QPainter& painter;
    QRectF place;
    const ValidationItem& item;
    const ValidationClasses& classes;
    double opacity;
    bool named;

    [[nodiscard]] QRectF rectOf(const runs::ValidationBox& box) const {
        const auto& truth = item.still->truth;
        const double sx = place.width() / std::max(1, truth.width), sy = place.height() / std::max(1, truth.height);
        return {place.x() + box.box[0] * sx, place.y() + box.box[1] * sy, box.box[2] * sx, box.box[3] * sy};
    }
    void tint(const QImage& image) const {
        painter.setOpacity(opacity);
        painter.drawImage(place, image);
        painter.setOpacity(1);
    }
    void veil() const { painter.fillRect(place, QColor(0, 0, 0, kVeil)); }
    void solid(const runs::ValidationBox& box, const QColor& colour, bool withConfidence) const {
        const QRectF rect = rectOf(box);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 2));
        painter.drawRect(rect);
        if (!named) return;
        QString words = classes.name(box.category);
        if (withConfidence) words += QStringLiteral(" %1").arg(box.confidence, 0, 'f', 2);
        tag(rect, words, colour);
    }
    void tag(const QRectF& rect, const QString& words, const QColor& colour) const {
        painter.setFont(Theme::instance().font(Type::Caption));
        const QSizeF size(painter.fontMetrics().horizontalAdvance(words) + 8, 15);
        QRectF at(rect.topLeft() - QPointF(1, size.height()), size);
        at.moveLeft(std::clamp(at.left(), place.left(), std::max(place.left(), place.right() - size.width())));
        if (at.top() < place.top()) at.moveTop(std::max(place.top(), rect.top()));
        painter.fillRect(at, colour);
        painter.setPen(colour.lightnessF() > 0.5 ? Qt::black : Qt::white);
        painter.drawText(at, Qt::AlignCenter, words);
    }
    /// Seen on light and dark ground: white dashes over a dark line.
    void dashed(const runs::ValidationBox& box, const QColor& colour) const {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1.5));
        painter.drawRect(rectOf(box));
        QPen pen(colour, 1.5);
        pen.setDashPattern({3, 3});
        painter.setPen(pen);
        painter.drawRect(rectOf(box));
    }
    template <class Draw>
    void eachSaid(Draw draw) const {
        if (item.said)
            for (auto box = item.said->boxes.rbegin(); box != item.said->boxes.rend(); ++box)
                if (box->confidence >= item.threshold) draw(*box);
    }
    void said() const {
        if (item.said && !item.said->mask.pixels.empty()) tint(classTint(item.said->mask, classes));
        eachSaid([this](const auto& box) { solid(box, classes.colour(box.category), true); });
        missed(Qt::white);
    }
    void missed(const QColor& colour) const {
        for (const auto& box : item.still->truth.boxes)
            if (box.right && !isFound(box, item)) dashed(box, colour);
    }
    void truth() const {
        const auto& truth = item.still->truth;
        if (!truth.mask.pixels.empty()) tint(classTint(truth.mask, classes));
        for (const auto& box : truth.boxes)
            if (box.right) solid(box, classes.colour(box.category), false);
    }
    void wrong() const {
        veil();
        const auto& truth = item.still->truth;
        if (item.said && !item.said->mask.pixels.empty() && item.said->mask.pixels.size() == truth.mask.pixels.size()) {
            painter.drawImage(place, wrongTint(item.said->mask, truth.mask));
            return;
        }
        eachSaid([this](const auto& box) {
            if (!box.right) solid(box, Theme::colour(Token::Err, true), true);
        });
        missed(Theme::colour(Token::Warn, true));
    }
};

}  // namespace

QColor ValidationClasses::colour(int category) const {
    if (category >= 0 && std::size_t(category) < colours.size()) return colours[std::size_t(category)];
    return Theme::classColour(std::max(0, category));
}

ValidationClasses validationClasses(const std::string& task, const std::vector<std::string>& names,
                                    const QHash<QString, QColor>& own) {
    ValidationClasses classes;
    classes.task = QString::fromStdString(task);
    const bool background = task == "segment" && !names.empty() && names.front() == "background";
    for (const std::string& one : names) {
        const QString name = QString::fromStdString(one);
        const int number = int(classes.names.size()) - (background ? 1 : 0);
        classes.names << name;
        classes.colours.push_back(number < 0 ? QColor() : own.value(name, Theme::classColour(number)));
    }
    return classes;
}

std::vector<std::shared_ptr<const ValidationStill>> readStills(const store::Workspace& workspace, const runs::ValidationSet& set,
                                                               std::stop_token stop) {
    std::vector<std::shared_ptr<const ValidationStill>> stills;
    image::DecodeOptions decoding;
    decoding.minSide = kStillSide / 2;
    for (const runs::ValidationTruth& truth : set.pictures) {
        if (stop.stop_requested()) break;
        ValidationStill still{truth, {}, QFileInfo(QString::fromStdString(truth.name)).fileName()};
        std::filesystem::path file = truth.name;
        if (const auto row = workspace.image(ImageId{truth.image}); row && *row && (*row)->width == truth.width)
            if (const auto own = workspace.layout().file(**row);
                own.filename() == file.filename() || !std::filesystem::exists(file))
                file = own, still.name = QFileInfo(QString::fromStdString((*row)->name)).fileName();
        if (const auto picture = image::decode(file, decoding))
            still.picture = common::toQImage(image::fitted(*picture, kStillSide)).convertToFormat(QImage::Format_RGB32);
        stills.push_back(std::make_shared<const ValidationStill>(std::move(still)));
    }
    return stills;
}

void paintValidation(QPainter& painter, const QRectF& place, const ValidationItem& item, ValidationLayer layer,
                     const ValidationClasses& classes, double opacity, bool named) {
    painter.save();
    painter.setClipRect(place);
    painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    const QImage& picture = item.still->picture;
    if (picture.isNull())
        painter.fillRect(place, Theme::colour(Token::Well, true));
    else
        painter.drawImage(place, picture);
    const ItemPainter draw{painter, place, item, classes, opacity, named};
    switch (layer) {
        case ValidationLayer::Picture: break;
        case ValidationLayer::Said: draw.said(); break;
        case ValidationLayer::Truth: draw.truth(); break;
        case ValidationLayer::Wrong: draw.wrong(); break;
    }
    painter.restore();
}

QString validationWords(const ValidationItem& item, const ValidationClasses& classes) {
    const auto& truth = item.still->truth;
    if (!item.said) return classes.task == QStringLiteral("classify") ? classes.name(truth.label) : item.still->name;
    const auto& said = *item.said;
    if (classes.task == QStringLiteral("detect")) {
        const QString found = spoken(QT_TRANSLATE_NOOP("ValidationPage", "%1 of %2 found")).arg(said.found).arg(said.truths);
        return said.falsely == 0 ? found
                                 : spoken(QT_TRANSLATE_NOOP("ValidationPage", "%1, %2 too many")).arg(found).arg(said.falsely);
    }
    if (classes.task == QStringLiteral("segment"))
        return spoken(QT_TRANSLATE_NOOP("ValidationPage", "mean IoU %1")).arg(said.miou, 0, 'f', 2);
    const QString what = QStringLiteral("%1, %2").arg(classes.name(said.predicted), charts::percentText(said.confidence, 0));
    return said.right ? what : spoken(QT_TRANSLATE_NOOP("ValidationPage", "%1; is %2")).arg(what, classes.name(truth.label));
}

}  // namespace lathe::widgets::train
