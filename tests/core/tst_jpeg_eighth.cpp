// Thumbnails' quick way through a JPEG against libjpeg-turbo's own reduction, for every sampling, size and kind of coding.
#include <jpeglib.h>
#include <cstdio>

#include <QTest>
#include <opencv2/imgproc.hpp>
#include <random>

#include "core/base/files.h"
#include "core/image/cache.h"
#include "core/image/codecs.h"

using namespace lathe;
using namespace lathe::image;

namespace {

struct How {
    int across = 2, down = 2, quality = 90, restart = 0;
    bool grey = false, optimised = false, progressive = false;
};

/// Soft colours, edges and noise, so that all lengths of codes and runs come.
cv::Mat scene(int width, int height) {
    cv::Mat picture(height, width, CV_8UC3), noise(height, width, CV_8SC3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            picture.at<cv::Vec3b>(y, x) = {std::uint8_t(x * 255 / width), std::uint8_t(y * 255 / height),
                                           std::uint8_t(128 + 100 * std::sin(x * 0.05) * std::cos(y * 0.03))};
    cv::circle(picture, {width / 2, height / 2}, height / 3, {20, 200, 240}, -1);
    cv::rectangle(picture, {width / 8, height / 8, width / 4, height / 4}, {240, 40, 10}, 3);
    cv::RNG random(7);
    random.fill(noise, cv::RNG::NORMAL, 0, 6);
    cv::add(picture, noise, picture, cv::noArray(), CV_8U);
    return picture;
}

std::string jpegOf(const cv::Mat& bgr, const How& how) {
    jpeg_compress_struct jpeg;
    jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = JDIMENSION(bgr.cols), jpeg.image_height = JDIMENSION(bgr.rows);
    jpeg.input_components = 3, jpeg.in_color_space = JCS_EXT_BGR;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, how.grey ? JCS_GRAYSCALE : JCS_YCbCr);
    jpeg_set_quality(&jpeg, how.quality, FALSE);
    jpeg.comp_info[0].h_samp_factor = how.across, jpeg.comp_info[0].v_samp_factor = how.down;
    jpeg.restart_interval = unsigned(how.restart);
    jpeg.optimize_coding = how.optimised ? TRUE : FALSE;
    if (how.progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(bgr.ptr(int(jpeg.next_scanline)));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    std::string out(reinterpret_cast<const char*>(bytes), size);
    jpeg_destroy_compress(&jpeg);
    std::free(bytes);
    return out;
}

cv::Mat lumaOf(const cv::Mat& picture) {
    cv::Mat luma;
    if (picture.channels() == 1) return picture;
    cv::cvtColor(picture, luma, cv::COLOR_BGR2GRAY);
    return luma;
}

double meanDifference(const cv::Mat& a, const cv::Mat& b) {
    return cv::norm(a, b, cv::NORM_L1) / double(a.total() * std::size_t(a.channels()));
}

}  // namespace

class TestJpegEighth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asLibjpegReducesIt_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("across");
        QTest::addColumn<int>("down");
        QTest::addColumn<int>("quality");
        QTest::addColumn<int>("restart");
        QTest::addColumn<bool>("grey");
        QTest::addColumn<bool>("optimised");
        const auto add = [](const char* name, int w, int h, int across, int down, int quality, int restart, bool grey,
                            bool optimised) {
            QTest::newRow(name) << w << h << across << down << quality << restart << grey << optimised;
        };
        add("4:2:0", 640, 480, 2, 2, 90, 0, false, false);
        add("4:2:2", 640, 480, 2, 1, 90, 0, false, false);
        add("4:4:0", 640, 480, 1, 2, 90, 0, false, false);
        add("4:4:4", 640, 480, 1, 1, 90, 0, false, false);
        add("grey", 640, 480, 1, 1, 90, 0, true, false);
        add("grey, sampled", 333, 217, 2, 2, 90, 0, true, false);
        add("odd size", 641, 467, 2, 2, 90, 0, false, false);
        add("narrow", 1030, 71, 2, 2, 75, 0, false, false);
        add("finest", 640, 480, 2, 2, 100, 0, false, false);
        add("coarsest", 640, 480, 2, 2, 5, 0, false, false);
        add("16-bit quantisers", 640, 480, 2, 2, 1, 0, false, false);
        add("restarts", 640, 480, 2, 2, 90, 7, false, false);
        add("a restart a unit", 200, 120, 1, 1, 90, 1, false, false);
        add("own codes", 640, 480, 2, 2, 95, 0, false, true);
    }

    void asLibjpegReducesIt() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, across);
        QFETCH(int, down);
        QFETCH(int, quality);
        QFETCH(int, restart);
        QFETCH(bool, grey);
        QFETCH(bool, optimised);
        const std::string bytes = jpegOf(scene(width, height), {across, down, quality, restart, grey, optimised, false});
        const auto eighth = decodeJpegEighth(bytes);
        QVERIFY(eighth);
        const auto header = checkedHeader(bytes, false, DecodeOptions().maxPixels);
        QVERIFY(header);
        const auto reduced = [&](Colour colour) { return decodeJpeg(bytes, *header, {.colour = colour, .minSide = 1}); };
        const auto peer = reduced(Colour::Bgr8), peerLuma = reduced(Colour::Luma8);
        QVERIFY(peer && peerLuma);
        QCOMPARE(eighth->cols, (width + 7) / 8);
        QCOMPARE(eighth->rows, (height + 7) / 8);
        QCOMPARE(eighth->type(), peer->pixels.type());
        if (grey) QCOMPARE(cv::norm(*eighth, peer->pixels, cv::NORM_INF), 0.0);
        if (across == 1 && down == 1) QVERIFY(cv::norm(*eighth, peer->pixels, cv::NORM_INF) <= 3);  // rounding of the colours alone
        const double luma = meanDifference(lumaOf(*eighth), peerLuma->pixels), colours = meanDifference(*eighth, peer->pixels);
        const double within = quality < 50 ? 6 : 2.5;  // colours out of range are cut before their luma is taken
        QVERIFY2(luma < within, qPrintable(QString::number(luma)));
        QVERIFY2(colours < 2 * within, qPrintable(QString::number(colours)));
    }

    void leavesOthersToLibjpeg() {
        const cv::Mat picture = scene(640, 480);
        QVERIFY(!decodeJpegEighth(jpegOf(picture, {.progressive = true})));
        QVERIFY(!decodeJpegEighth({}));
        QVERIFY(!decodeJpegEighth("no JPEG at all"));
    }

    void damageIsNoPicture() {
        const std::string bytes = jpegOf(scene(640, 480), {.restart = 5});
        for (std::size_t size = 0; size + 200 < bytes.size(); size += 211)
            QVERIFY(!decodeJpegEighth(std::string_view(bytes).substr(0, size)));
        std::mt19937 random(3);
        for (int turn = 0; turn < 300; ++turn) {  // whatever comes: nothing but a picture of the right kind or none
            std::string bent = bytes;
            for (int k = 0; k < 4; ++k) bent[random() % bent.size()] = char(random());
            if (const auto eighth = decodeJpegEighth(bent)) QVERIFY(!eighth->empty() && eighth->depth() == CV_8U);
        }
    }

    void thumbnailsTakeIt() {
        base::TempFolder folder;
        const auto file = folder.path() / "a.jpg";
        QVERIFY(base::writeFileAtomically(file, jpegOf(scene(4000, 1500), {})).has_value());
        const auto thumbnail = ThumbnailCache(folder.path() / "cache").get("0123", file);
        QVERIFY(thumbnail);
        QCOMPARE(thumbnail->cols, 256);
        QCOMPARE(thumbnail->rows, 96);
        const auto whole = decode(file);
        QVERIFY(meanDifference(*thumbnail, fitted(*whole, 256)) < 3);
    }
};

QTEST_APPLESS_MAIN(TestJpegEighth)
#include "tst_jpeg_eighth.moc"
