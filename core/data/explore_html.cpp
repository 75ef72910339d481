#include "core/data/explore_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace lathe::data {
namespace {

constexpr int kMostCells = 24, kLeastBins = 6;

/// The look's colours: surfaces, text, series of the splits.
constexpr const char* kStyle = R"(
:root{--bg:#f4f5f6;--card:#fff;--line:#e1e3e6;--t1:#1a1b1e;--t2:#484b50;--t3:#5f6268;--warn:#835400;--err:#bf232b;
--s0:#224bab;--s1:#c38400;--s2:#1ca496;--s3:#a83b6d;--s4:#6a4e00;--heat:#224bab}
@media (prefers-color-scheme: dark){:root{--bg:#0b0b0c;--card:#1d1e20;--line:#2a2b2e;--t1:#e6e7e9;--t2:#b1b4b9;--t3:#979aa0;
--warn:#e6b04d;--err:#f58585;--s0:#5784ea;--s1:#e98d00;--s2:#4ec68c;--s3:#b66e98;--s4:#fed428;--heat:#5784ea}}
body{margin:0;padding:24px;background:var(--bg);color:var(--t1);font:13px/18px "Lathe Sans",Inter,system-ui,sans-serif;
font-variant-numeric:tabular-nums}
main{max-width:1100px;margin:0 auto}
h1{font-size:20px;line-height:26px;font-weight:600;margin:0 0 4px}h2{font-size:13px;font-weight:600;margin:0 0 8px}
p{margin:0 0 16px;color:var(--t2)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(440px,1fr));gap:12px}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px;min-width:0}
section.wide{grid-column:1/-1}
table{border-collapse:collapse;width:100%;font-size:12px;line-height:16px}
th{font-weight:400;color:var(--t3);text-align:left}td,th{padding:3px 8px 3px 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;padding-right:0;padding-left:8px}
svg{display:block;width:100%;height:auto}svg text{font-size:11px;fill:var(--t3)}svg text.on{fill:#fff}svg line{stroke:var(--line)}
.s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}
.heat{fill:var(--heat)}.cell{fill:var(--line)}
.warn{color:var(--warn)}.err{color:var(--err)}.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 4px 0 12px}
code{font-family:"JetBrains Mono",monospace;font-size:11px;color:var(--t3)}
)";

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') out += c;
        }
    }
    return out;
}

/// 1234567 -> "1,234,567".
std::string grouped(std::int64_t value) {
    std::string text = fmt::format("{}", value);
    for (int at = int(text.size()) - 3; at > 0; at -= 3) text.insert(std::size_t(at), ",");
    return text;
}

class Page {
public:
    explicit Page(const Exploration& x) : m_x(x) {}

    std::string whole(const std::string& name) {
        m_out = fmt::format(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" "
            "content=\"width=device-width\"/><title>{0}: exploration</title><style>{1}</style></head><body><main>\n<h1>{0}</h1>",
            escaped(name), kStyle);
        summary();
        m_out += "<div class=\"grid\">\n";
        findings();
        classes();
        together();
        places();
        bars("Object area, percent of the image", m_x.areas, true);
        bars("Objects per image", m_x.perImage, false);
        bars("Image size", m_x.sizes, false);
        bars("Width, pixels", m_x.widths, false);
        bars("Height, pixels", m_x.heights, false);
        bars("Aspect, width over height", m_x.aspects, false);
        bars("Brightness, mean luma", m_x.brightness, false);
        bars("Contrast, spread of luma", m_x.contrast, false);
        m_out += "</div></main></body></html>\n";
        return std::move(m_out);
    }

private:
    [[nodiscard]] std::string splitName(std::size_t split) const {
        return m_x.splits[split].empty() ? "no split" : escaped(m_x.splits[split]);
    }

    void summary() {
        m_out += fmt::format("<p>{} images, {} labelled, {} objects, {} classes", grouped(m_x.images), grouped(m_x.labelled),
                             grouped(m_x.objects), m_x.classes.size());
        if (!m_x.query.empty()) m_out += fmt::format(" that match <code>{}</code>", escaped(m_x.query));
        for (std::size_t split = 0; split < m_x.splits.size(); ++split)
            m_out += fmt::format("<span class=\"key\" style=\"background:var(--s{})\"></span>{} {}", split % 5, splitName(split),
                                 grouped(m_x.splitCounts[split].images));
        m_out += "</p>\n";
    }

    void open(const std::string& title, bool wide = false) {
        m_out += fmt::format("<section{}><h2>{}</h2>", wide ? " class=\"wide\"" : "", escaped(title));
    }
    void close() { m_out += "</section>\n"; }

    void findings() {
        if (m_x.findings.empty()) return;
        open("Rare and missing", true);
        m_out +=
            "<table><tr><th>Class</th><th>What</th><th>Search</th><th class=\"n\">Images</th><th class=\"n\">Objects</th></tr>";
        for (const Finding& finding : m_x.findings) {
            const bool grave = finding.kind == Finding::Kind::Missing;
            m_out += fmt::format(
                "<tr><td>{}</td><td class=\"{}\">{}</td><td><code>{}</code></td><td class=\"n\">{}</td>"
                "<td class=\"n\">{}</td></tr>",
                escaped(m_x.classes[finding.classIndex].row.name), grave ? "err" : "warn", words(finding), escaped(finding.query),
                grouped(finding.count.images), grouped(finding.count.objects));
        }
        m_out += "</table>";
        close();
    }

    [[nodiscard]] std::string words(const Finding& finding) const {
        const auto split = finding.split < 0 ? std::string() : splitName(std::size_t(finding.split));
        switch (finding.kind) {
            case Finding::Kind::Unused: return "no object anywhere";
            case Finding::Kind::Missing: return "none in " + split;
            case Finding::Kind::Few: return "few in " + split;
            case Finding::Kind::Rare: return "rare";
        }
        return {};
    }

    void classes() {
        if (m_x.classes.empty()) return;
        open("Classes", true);
        m_out += "<table><tr><th>Class</th><th style=\"width:45%\"></th><th class=\"n\">Objects</th><th class=\"n\">Images</th>";
        for (std::size_t split = 0; split < m_x.splits.size(); ++split)
            m_out += fmt::format("<th class=\"n\">{}</th>", splitName(split));
        m_out += "</tr>";
        std::int64_t most = 1;
        std::vector<std::size_t> order(m_x.classes.size());
        for (std::size_t k = 0; k < order.size(); ++k) order[k] = k, most = std::max(most, m_x.classes[k].bin.all().objects);
        std::ranges::stable_sort(order, std::greater(), [&](std::size_t k) { return m_x.classes[k].bin.all().objects; });
        for (const std::size_t k : order) classRow(m_x.classes[k], most);
        m_out += "</table>";
        close();
    }

    void classRow(const ClassFigures& figures, std::int64_t most) {
        const Count all = figures.bin.all();
        m_out += fmt::format(
            "<tr><td>{}</td><td><svg viewBox=\"0 0 400 8\" preserveAspectRatio=\"none\" height=\"8\">"
            "<rect class=\"s0\" width=\"{:.1f}\" height=\"8\"/></svg></td>",
            escaped(figures.row.name), 400.0 * double(all.objects) / double(most));
        m_out += fmt::format("<td class=\"n\">{}</td><td class=\"n\">{}</td>", grouped(all.objects), grouped(all.images));
        for (const Count& count : figures.bin.bySplit) m_out += fmt::format("<td class=\"n\">{}</td>", grouped(count.objects));
        m_out += "</tr>";
    }

    struct Axis {
        double left, step, bar;  ///< where the first bin begins, width of a bin and of a bar in it
    };
    static constexpr double kWidth = 440, kHeight = 140, kFoot = 18;

    /// Of the split's images or objects.
    [[nodiscard]] double shareOf(const Bin& bin, std::size_t split, bool objects) const {
        const Count &part = bin.bySplit[split], &whole = m_x.splitCounts[split];
        const auto all = objects ? whole.objects : whole.images;
        return all > 0 ? double(objects ? part.objects : part.images) / double(all) : 0.0;
    }

    /// A bar per split and bin, as shares of the split, so that splits compare.
    void bars(const std::string& title, const Bars& shown, bool objects) {
        if (shown.empty()) return;
        open(title);
        double most = 1e-9;
        for (const Bin& bin : shown.bins)
            for (std::size_t split = 0; split < m_x.splits.size(); ++split) most = std::max(most, shareOf(bin, split, objects));
        const double bins = double(shown.bins.size()), step = kWidth / std::max(double(kLeastBins), bins);
        const Axis axis{(kWidth - step * bins) / 2, step, step * 0.84 / double(std::max<std::size_t>(1, m_x.splits.size()))};
        m_out += fmt::format(
            "<svg viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"{2}\"><line x1=\"0\" x2=\"{0}\" y1=\"{3}\" y2=\"{3}\"/>",
            kWidth, kHeight + kFoot, escaped(title), kHeight);
        for (std::size_t k = 0; k < shown.bins.size(); ++k) {
            barsOf(shown.bins[k], axis.left + step * (double(k) + 0.08), axis, most, objects);
            label(shown, k, axis);
        }
        m_out += "</svg>";
        close();
    }

    void barsOf(const Bin& bin, double x, const Axis& axis, double most, bool objects) {
        m_out += fmt::format("<g><title>{}: {}</title>", escaped(bin.label), tip(bin, objects));
        for (std::size_t split = 0; split < m_x.splits.size(); ++split) {
            const double high = shareOf(bin, split, objects) / most * (kHeight - 8);
            m_out += fmt::format("<rect class=\"s{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>", split % 5,
                                 x + axis.bar * double(split), kHeight - high, std::max(0.5, axis.bar - 0.5), high);
        }
        m_out += "</g>";
    }

    [[nodiscard]] std::string tip(const Bin& bin, bool objects) const {
        std::string text;
        for (std::size_t split = 0; split < m_x.splits.size(); ++split)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", splitName(split),
                                grouped(objects ? bin.bySplit[split].objects : bin.bySplit[split].images));
        return text;
    }

    void label(const Bars& shown, std::size_t k, const Axis& axis) {
        const std::string text = shown.single ? shown.bins[k].label : numberAt(shown.bins[k].from);
        const auto every = std::size_t(std::max(1.0, std::ceil((shown.single ? 62 : 34) / axis.step)));
        if (k % every != 0 || text.empty()) return;
        const double x = axis.left + axis.step * (double(k) + (shown.single ? 0.5 : 0));
        m_out += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" text-anchor=\"{}\">{}</text>", x, kHeight + 13,
                             x < 8 ? "start" : "middle", escaped(text));
    }

    static std::string numberAt(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

    void together() {
        const std::size_t n = std::min<std::size_t>(m_x.detailed.size(), kMostCells);
        if (n < 2) return;
        open("Together in an image");
        const double side = 330.0 / double(n);
        m_out += fmt::format("<svg viewBox=\"0 0 440 {:.0f}\" role=\"img\" aria-label=\"Together in an image\">", 334.0);
        for (std::size_t a = 0; a < n; ++a) {
            const std::string name = m_x.classes[m_x.detailed[a]].row.name;
            m_out += fmt::format("<text x=\"100\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", side * (double(a) + 0.5) + 4,
                                 escaped(name.size() > 16 ? cut(name) : name));
            for (std::size_t b = 0; b < n; ++b) pair(a, b, side);
        }
        m_out += "</svg>";
        close();
    }

    /// At a whole character of UTF-8.
    static std::string cut(const std::string& name) {
        std::size_t end = 14;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
        return name.substr(0, end) + "…";
    }

    void pair(std::size_t a, std::size_t b, double side) {
        const std::int64_t both = m_x.together[a][b];
        const double share = double(both) / double(std::max<std::int64_t>(1, m_x.together[a][a]));
        const Cell cell{106 + side * double(b), side * double(a), side, side};
        heat(cell, share,
             fmt::format("{} with {}: {} images", m_x.classes[m_x.detailed[a]].row.name, m_x.classes[m_x.detailed[b]].row.name,
                         grouped(both)));
        if (side > 36 && both > 0)
            m_out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" class=\"on\">{}</text>", cell.x + side / 2,
                                 cell.y + side / 2 + 4, grouped(both));
    }

    struct Cell {
        double x, y, wide, high;
    };
    void heat(const Cell& cell, double share, const std::string& tip) {
        const std::string place = fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"", cell.x, cell.y,
                                              cell.wide - 1, cell.high - 1);
        m_out += fmt::format("<rect class=\"cell\" {}/>", place);
        if (share <= 0) return;
        m_out += fmt::format("<rect class=\"heat\" {} fill-opacity=\"{:.3f}\"><title>{}</title></rect>", place,
                             0.12 + 0.88 * std::sqrt(std::min(1.0, share)), escaped(tip));
    }

    void places() {
        if (m_x.places.cells.empty()) return;
        open("Where objects sit");
        constexpr int kCells = PlaceMap::kCells;
        const double aspect = std::clamp(m_x.commonAspect, 0.4, 3.0), wide = std::min(440.0, 330 * aspect) / kCells;
        std::int64_t most = 1;
        for (const Count& cell : m_x.places.cells) most = std::max(most, cell.objects);
        m_out += "<svg viewBox=\"0 0 440 334\" role=\"img\" aria-label=\"Where objects sit\">";
        for (int k = 0; k < kCells * kCells; ++k) {
            const Count& cell = m_x.places.cells[std::size_t(k)];
            const double share = double(cell.objects) / double(most);
            const int row = k / kCells, column = k % kCells;
            heat({(440 - wide * kCells) / 2 + column * wide, row * wide / aspect, wide, wide / aspect}, share * share,
                 fmt::format("{} objects in {} images", grouped(cell.objects), grouped(cell.images)));
        }
        m_out += "</svg>";
        close();
    }

    const Exploration& m_x;
    std::string m_out;
};

}  // namespace

std::string explorationHtml(const Exploration& exploration, const std::string& name) {
    return Page(exploration).whole(name);
}

}  // namespace lathe::data
