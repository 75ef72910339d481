#include "widgets/common/predicted.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <map>

#include "widgets/common/theme.h"

namespace lathe::widgets::common {
namespace {

constexpr int kMaskAlpha = 110;

/// COCO's run lengths, column after column.
QImage tinted(const Json& mask, QColor colour) {
    const int height = mask.at("size").at(0).get<int>(), width = mask.at("size").at(1).get<int>();
    QImage tint(width, height, QImage::Format_ARGB32_Premultiplied);
    tint.fill(Qt::transparent);
    colour.setAlpha(kMaskAlpha);
    const QRgb value = qPremultiply(colour.rgba());
    std::int64_t at = 0;
    bool set = false;
    for (const Json& run : mask.at("counts")) {
        const auto end = std::min(at + run.get<std::int64_t>(), std::int64_t(width) * height);
        if (set)
            for (; at < end; ++at) reinterpret_cast<QRgb*>(tint.scanLine(int(at % height)))[at / height] = value;
        at = end, set = !set;
    }
    return tint;
}

}  // namespace

std::vector<PredictedClass> drawPredicted(QImage& picture, const Json& objects, double scale, double least) {
    picture = picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&picture);
    std::map<std::string, PredictedClass> classes;
    for (const Json& object : objects) {
        const double confidence = object.value("confidence", 0.0);
        if (confidence < least) continue;
        auto& one = classes[object.value("class", std::string())];
        one.name = object.value("class", std::string()), one.index = object.value("index", 0);
        ++one.count, one.best = std::max(one.best, confidence);
        const QColor colour = Theme::classColour(one.index);
        if (const auto box = object.find("box"); box != object.end()) {
            const auto b = box->get<std::array<double, 4>>();
            painter.setPen(QPen(colour, std::max(2.0, picture.width() / 320.0)));
            painter.drawRect(QRectF(b[0] * scale, b[1] * scale, b[2] * scale, b[3] * scale));
        } else if (const auto mask = object.find("mask"); mask != object.end()) {
            painter.drawImage(picture.rect(), tinted(*mask, colour));
        }
    }
    std::vector<PredictedClass> found;
    for (auto& [name, one] : classes) found.push_back(std::move(one));
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.best > b.best; });
    return found;
}

}  // namespace lathe::widgets::common
