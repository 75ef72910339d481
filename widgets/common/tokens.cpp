#include <array>
#include <cmath>

#include "widgets/common/theme.h"

namespace lathe::widgets::common {
namespace {

struct Row {
    const char* name;
    QRgb dark, light;
};
// In the order of Token.
constexpr std::array<Row, int(Token::Count_)> kTokens{{
    {"kerf", 0xff0b0b0c, 0xffc6c9cd},         {"paste", 0xff161616, 0xffcfd1d4},     {"well", 0xff101112, 0xffffffff},
    {"frame", 0xff17181a, 0xffe4e6e9},        {"panel", 0xff1d1e20, 0xfff4f5f6},     {"plot", 0xff1d1e20, 0xffffffff},
    {"raised", 0xff252628, 0xffffffff},       {"control", 0xff2d2e31, 0xffffffff},   {"hover", 0xff37393c, 0xffe6e8eb},
    {"press", 0xff232427, 0xffd9dcdf},        {"popup", 0xff292a2d, 0xffffffff},     {"line1", 0xff2a2b2e, 0xffe1e3e6},
    {"line2", 0xff3b3d40, 0xffc6c9cd},        {"line3", 0xff7b7e84, 0xff84878d},     {"sel", 0xff1f3b6b, 0xffcfe0fc},
    {"sel-off", 0xff33353a, 0xffdcdfe3},      {"accent", 0xff236ade, 0xff115bcd},    {"accent-hover", 0xff2b6fe0, 0xff0e52ba},
    {"accent-press", 0xff1c5bc4, 0xff0b479f}, {"focus", 0xff5f97f4, 0xff236ade},     {"t1", 0xffe6e7e9, 0xff1a1b1e},
    {"t2", 0xffb1b4b9, 0xff484b50},           {"t3", 0xff979aa0, 0xff5f6268},        {"t4", 0xff606369, 0xffa0a2a6},
    {"accent-text", 0xff82b0fb, 0xff0b56c4},  {"ok", 0xff5cc689, 0xff14713f},        {"warn", 0xffe6b04d, 0xff835400},
    {"err", 0xfff58585, 0xffbf232b},          {"ok-tint", 0xff15291e, 0xffe1f5e8},   {"warn-tint", 0xff2c2210, 0xfffbf0dc},
    {"err-tint", 0xff351d1d, 0xfffdecea},     {"info-tint", 0xff18273c, 0xffe6effd}, {"ok-line", 0xff245337, 0xffa9d9ba},
    {"warn-line", 0xff5b4315, 0xffe2c48d},    {"err-line", 0xff683736, 0xfff2b5b0},  {"info-line", 0xff2f486d, 0xffb3cdf5},
    {"danger", 0xffb83b40, 0xffc2333a},       {"on-accent", 0xffffffff, 0xffffffff}, {"ok-fill", 0xff2f9e63, 0xff1f8a50},
    {"sel-line", 0xff5f97f4, 0xff236ade},     {"thumb", 0xffe6e7e9, 0xffffffff},     {"thumb-line", 0xff0b0b0c, 0xff84878d},
    {"chip", 0xff2d2e31, 0xffe6e8eb},         {"grid", 0xff2a2b2e, 0xffeceef0},      {"axis", 0xff4a4c50, 0xffa9acb1},
}};
constexpr std::array<QRgb, 10> kSeriesDark{0xff5784ea, 0xffe98d00, 0xff4ec68c, 0xffb66e98, 0xfffed428,
                                           0xffb395e2, 0xff55e8ff, 0xffe95336, 0xffbfe5aa, 0xffbdbec6};
constexpr std::array<QRgb, 10> kSeriesLight{0xff224bab, 0xffc38400, 0xff1ca496, 0xffa83b6d, 0xff6a4e00,
                                            0xff8677e4, 0xff007ba0, 0xffec5770, 0xff677904, 0xff404248};

/// Linear sRGB of an OKLCH colour (Ottosson 2020, https://bottosson.github.io/posts/oklab/).
std::array<double, 3> linearFromOklch(double lightness, double chroma, double hueDegrees) {
    const double hue = hueDegrees * M_PI / 180, a = chroma * std::cos(hue), b = chroma * std::sin(hue);
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool inGamut(const std::array<double, 3>& rgb) {
    for (double v : rgb)
        if (v < -1e-4 || v > 1.0001) return false;
    return true;
}

/// Chroma is reduced, lightness and hue stay, until the colour is in sRGB.
std::array<double, 3> fitted(double lightness, double chroma, double hue) {
    if (auto rgb = linearFromOklch(lightness, chroma, hue); inGamut(rgb)) return rgb;
    double low = 0, high = chroma;
    for (int i = 0; i < 30; ++i) {
        const double middle = (low + high) / 2;
        (inGamut(linearFromOklch(lightness, middle, hue)) ? low : high) = middle;
    }
    return linearFromOklch(lightness, low, hue);
}

int encoded(double linear) {
    const double c = std::clamp(linear, 0.0, 1.0);
    return int(std::lround(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055)));
}

}  // namespace

QString tokenName(Token token) {
    return QString::fromLatin1(kTokens[size_t(token)].name);
}

QColor Theme::colour(Token token, bool dark) {
    const Row& row = kTokens[size_t(token)];
    return QColor::fromRgb(dark ? row.dark : row.light);
}

QColor Theme::colour(Token token) const {
    return colour(token, m_dark);
}

QColor Theme::series(int i) const {
    return QColor::fromRgb((m_dark ? kSeriesDark : kSeriesLight)[size_t(((i % 10) + 10) % 10)]);
}

QVector<qreal> Theme::seriesDash(int i) {
    static const std::array<QVector<qreal>, 5> dashes{{{}, {6, 3}, {2, 3}, {8, 3, 2, 3}, {12, 4}}};
    return dashes[size_t((((i % 10) + 10) % 10) / 2)];
}

QColor Theme::classColour(int i) {
    const auto rgb = fitted(0.78, 0.145, std::fmod(200 - 137.5 * i, 360));
    return QColor(encoded(rgb[0]), encoded(rgb[1]), encoded(rgb[2]));
}

}  // namespace lathe::widgets::common
