#include "core/annot/assist/similar.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <span>

#include "core/annot/assist/pixels.h"

namespace lathe::annot::assist {

namespace {

constexpr double kQuickSide = 12, kFullSide = 20;  // the template's shorter side, in reduced pixels
constexpr double kQuickSearch = 60'000, kFullSearch = 600'000;
constexpr double kQuickSizes[] = {1, 0.72, 0.85, 1.18, 1.38}, kFullSizes[] = {1, 0.7, 0.8, 0.9, 1.12, 1.25, 1.4};
constexpr double kCloseSide = 40;  // for the second look
constexpr double kFarColour = 60;  // a distance of mean colours (BGR) at which the likeness has fallen to 1/e
constexpr double kMostOverlap = 0.3;
constexpr std::size_t kMost = 1000;

using Found = std::vector<Similar>;

cv::Mat resizedTo(const cv::Mat& picture, cv::Size size) {
    cv::Mat out;
    cv::resize(picture, out, size, 0, 0, cv::INTER_AREA);
    return out;
}

cv::Size scaledSize(const cv::Size2d& size, double by) {
    return {std::max(3, int(std::lround(size.width * by))), std::max(3, int(std::lround(size.height * by)))};
}

// Local maxima of the correlation; each takes its neighbourhood of half a template.
void addPeaks(Found& found, const cv::Mat& correlation, cv::Size part, double atLeast, double factor) {
    cv::Mat most;
    cv::dilate(correlation, most, cv::Mat::ones(std::max(3, part.height / 2), std::max(3, part.width / 2), CV_8U));
    const cv::Mat peaks = (correlation >= most) & (correlation >= atLeast);
    std::vector<cv::Point> at;
    cv::findNonZero(peaks, at);
    for (const cv::Point p : at)
        found.push_back({{p.x / factor, p.y / factor, part.width / factor, part.height / factor},
                         std::min(1.0, double(correlation.at<float>(p)))});
}

Result<Found> candidates(const cv::Mat& picture, const cv::Rect& box, double atLeast, Effort effort, const std::stop_token& stop) {
    const bool quick = effort == Effort::Quick;
    const double side = (quick ? kQuickSide : kFullSide) / std::min(box.width, box.height);
    const double factor = std::min({1.0, side, reduction(picture.size(), quick ? kQuickSearch : kFullSearch)});
    const cv::Mat field = greyOf(reduced(picture, {{}, picture.size()}, factor)), part = greyOf(picture(box));
    Found found;
    for (const double by : quick ? std::span<const double>(kQuickSizes) : std::span<const double>(kFullSizes)) {
        LATHE_CHECK(checkStop(stop));
        const cv::Size size = scaledSize({box.width * factor, box.height * factor}, by);
        if (size.width > field.cols || size.height > field.rows) continue;
        cv::Mat correlation;
        cv::matchTemplate(field, resizedTo(part, size), correlation, cv::TM_CCOEFF_NORMED);
        addPeaks(found, correlation, size, atLeast, factor);
    }
    return found;
}

double colourLikeness(const cv::Mat& a, const cv::Mat& b) {
    return std::exp(-cv::norm(cv::mean(a) - cv::mean(b)) / kFarColour);
}

// The corners of a box hold its neighbours rather than the object.
cv::Mat roundMask(cv::Size size) {
    cv::Mat mask(size, CV_32F, cv::Scalar(0));
    cv::ellipse(mask, {size.width / 2, size.height / 2}, {(size.width + 1) / 2, (size.height + 1) / 2}, 0, 0, 360, cv::Scalar(1),
                -1);
    return mask;
}

/// The place again, at a size where its details count, shifted by up to a tenth.
Similar lookedAt(const cv::Mat& picture, const cv::Mat& part, const Similar& s, bool shift) {
    const double margin = shift ? 0.1 : 0;
    const Rect wide{s.box.x - margin * s.box.w, s.box.y - margin * s.box.h, s.box.w * (1 + 2 * margin), s.box.h * (1 + 2 * margin)};
    const cv::Rect in = pixelsOf(wide, picture.size());
    const double fx = part.cols / s.box.w, fy = part.rows / s.box.h;
    const cv::Size size(std::max(part.cols, int(std::lround(in.width * fx))),
                        std::max(part.rows, int(std::lround(in.height * fy))));
    const cv::Mat place = resizedTo(picture(in), size);
    cv::Mat correlation;
    cv::matchTemplate(place, part, correlation, cv::TM_CCOEFF_NORMED, roundMask(part.size()));
    cv::patchNaNs(correlation, 0);
    double best = 0;
    cv::Point at;
    cv::minMaxLoc(correlation, nullptr, &best, nullptr, &at);
    const double score = std::clamp(best, 0.0, 1.0) * colourLikeness(part, place(cv::Rect(at, part.size())));
    return {{in.x + at.x / fx, in.y + at.y / fy, s.box.w, s.box.h}, score};
}

void keepBest(Found& found, const Rect& box) {
    std::stable_sort(found.begin(), found.end(), [](const Similar& a, const Similar& b) { return a.score > b.score; });
    Found kept;
    for (const Similar& s : found) {
        const bool taken = overlap(s.box, box) > kMostOverlap || std::any_of(kept.begin(), kept.end(), [&](const Similar& k) {
                               return overlap(k.box, s.box) > kMostOverlap;
                           });
        if (!taken) kept.push_back(s);
        if (kept.size() == kMost) break;
    }
    found = std::move(kept);
}

bool isPlain(const cv::Mat& part) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(part, mean, deviation);
    return deviation[0] < 1 && deviation[1] < 1 && deviation[2] < 1;
}

Result<Found> search(const cv::Mat& picture, const cv::Rect& box, double atLeast, Effort effort, const std::stop_token& stop) {
    LATHE_TRY(Found found, candidates(picture, box, 0.7 * atLeast, effort, stop));
    keepBest(found, rectOf(box));
    const double close = std::min(1.0, (effort == Effort::Quick ? kQuickSide : kCloseSide) / std::min(box.width, box.height));
    const cv::Mat part = resizedTo(picture(box), scaledSize(cv::Size2d(box.size()), close));
    for (Similar& s : found) {
        LATHE_CHECK(checkStop(stop));
        s = lookedAt(picture, part, s, effort == Effort::Full);
    }
    std::erase_if(found, [&](const Similar& s) { return s.score < atLeast; });
    keepBest(found, rectOf(box));
    return found;
}

}  // namespace

Result<std::vector<Similar>> findSimilar(const cv::Mat& picture, const Rect& box, double atLeast, Effort effort,
                                         std::stop_token stop) {
    LATHE_CHECK(checkPicture(picture));
    const cv::Rect in = pixelsOf(box, picture.size());
    if (in.width < 6 || in.height < 6) return fail(ErrorCode::InvalidData, "the box is too small to look for others like it");
    return guarded([&]() -> Result<Found> {
        if (isPlain(picture(in))) return fail(ErrorCode::InvalidData, "the box holds one colour only: nothing to look for");
        return search(picture, in, std::clamp(atLeast, 0.05, 1.0), effort, stop);
    });
}

}  // namespace lathe::annot::assist
