// Pictures made here, bent by hand, and read back: what is there is read right, what isn't is refused with its reason.
#include <QTest>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/image/cache.h"
#include "core/image/decode.h"

using namespace lathe;
using namespace lathe::image;

namespace {

namespace fs = std::filesystem;
using Colours = std::array<cv::Vec3b, 4>;  // B, G, R at the corners: top left, top right, bottom left, bottom right

const Colours kCorners{cv::Vec3b{20, 30, 200}, {40, 180, 20}, {220, 60, 10}, {90, 90, 90}};

cv::Mat quadrants(int width, int height, const Colours& corners = kCorners) {
    cv::Mat picture(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            picture.at<cv::Vec3b>(y, x) = corners[std::size_t((y >= height / 2) * 2 + (x >= width / 2))];
    return picture;
}

Colours cornersOf(const cv::Mat& m) {
    const int w = m.cols, h = m.rows;
    return {m.at<cv::Vec3b>(h / 4, w / 4), m.at<cv::Vec3b>(h / 4, w - w / 4), m.at<cv::Vec3b>(h - h / 4, w / 4),
            m.at<cv::Vec3b>(h - h / 4, w - w / 4)};
}

bool near(const Colours& a, const Colours& b, int by) {
    for (std::size_t k = 0; k < 4; ++k)
        for (int c = 0; c < 3; ++c)
            if (std::abs(int(a[k][c]) - int(b[k][c])) > by) return false;
    return true;
}

std::string encoded(const char* suffix, const cv::Mat& picture, const std::vector<int>& options = {}) {
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(suffix, picture, bytes, options)) qFatal("can't encode");
    return {bytes.begin(), bytes.end()};
}

std::string textured(const std::vector<int>& options) {
    cv::Mat noise(160, 240, CV_8UC1);
    cv::RNG random(1);
    random.fill(noise, cv::RNG::UNIFORM, 0, 256);
    return encoded(".jpg", noise, options);
}

// An APP1 segment with one IFD of one entry, the orientation, behind the JPEG's first two bytes.
std::string withOrientation(const std::string& jpeg, int orientation) {
    using namespace std::string_literals;
    const std::string tiff = "MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + char(orientation) + "\0\0\0\0\0\0"s;
    const std::string payload = "Exif\0\0"s + tiff;
    return jpeg.substr(0, 2) + "\xff\xe1\0"s + char(payload.size() + 2) + payload + jpeg.substr(2);
}

cv::Mat decoded(std::string_view bytes, const DecodeOptions& options = {}) {
    const auto picture = decodeBytes(bytes, "picture", options);
    if (!picture) qWarning("%s", picture.error().text().c_str());
    return picture ? *picture : cv::Mat();
}

std::string reason(std::string_view bytes) {
    const auto picture = decodeBytes(bytes, "picture");
    return picture ? "" : picture.error().text();
}

bool saysCutOff(std::string_view bytes) {
    return reason(bytes).starts_with("picture: the file is cut off");
}

fs::path odd(const char* name) {
    return fs::path(LATHE_SOURCE_DIR) / "tests/data/odd" / name;
}

void write(const fs::path& file, std::string_view bytes) {
    if (!base::writeFileAtomically(file, bytes)) qFatal("can't write");
}

std::size_t restartMarker(const std::string& jpeg, std::size_t from) {
    for (std::size_t at = from; at + 1 < jpeg.size(); ++at)
        if (jpeg[at] == '\xff' && (std::uint8_t(jpeg[at + 1]) & 0xf8) == 0xd0) return at;
    qFatal("no restart marker");
}

std::shared_ptr<const cv::Mat> plain(int bytes) {
    return std::make_shared<const cv::Mat>(1, bytes, CV_8UC1, cv::Scalar(0));
}

}  // namespace

class TestDecode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void orientation_data() {
        QTest::addColumn<int>("orientation");
        for (int k = 1; k <= 8; ++k) QTest::addRow("%d", k) << k;
    }

    // What is stored is turned and mirrored so that, read by its tag, every file shows the same picture (EXIF 2.3, 4.6.4 A).
    void orientation() {
        QFETCH(int, orientation);
        const cv::Mat shown = quadrants(96, 64);
        cv::Mat stored = shown;
        if (orientation == 6) cv::rotate(shown, stored, cv::ROTATE_90_COUNTERCLOCKWISE);
        if (orientation == 8) cv::rotate(shown, stored, cv::ROTATE_90_CLOCKWISE);
        if (orientation == 3) cv::rotate(shown, stored, cv::ROTATE_180);
        if (orientation == 2) cv::flip(shown, stored, 1);
        if (orientation == 4) cv::flip(shown, stored, 0);
        if (orientation == 5) cv::transpose(shown, stored);
        if (orientation == 7) cv::rotate(shown.t(), stored, cv::ROTATE_180);
        const std::string bytes = withOrientation(encoded(".jpg", stored), orientation);
        base::TempFolder folder;
        write(folder.path() / "a.jpg", bytes);
        const auto info = probe(folder.path() / "a.jpg");
        QVERIFY(info);
        QCOMPARE(info->orientation, orientation);
        QCOMPARE(info->width, 96);
        QCOMPARE(info->height, 64);
        const auto picture = decode(folder.path() / "a.jpg");
        QVERIFY(picture);
        QCOMPARE(picture->size(), shown.size());
        QVERIFY(near(cornersOf(*picture), kCorners, 12));
    }

    void impossibleOrientationIsNone() {
        const auto info = probeBytes(withOrientation(encoded(".jpg", quadrants(96, 64)), 9), "a");
        QVERIFY(info);
        QCOMPARE(info->orientation, 1);
    }

    void sixteenBits() {
        cv::Mat grey(2, 3, CV_16UC1, cv::Scalar(257 * 100)), rgb(2, 3, CV_16UC3, cv::Scalar(257 * 10, 257 * 20, 65535));
        grey.at<std::uint16_t>(0, 1) = 128;  // rounds to 0, 129 to 1
        grey.at<std::uint16_t>(0, 2) = 129;
        const std::string greyFile = encoded(".png", grey), rgbFile = encoded(".png", rgb);
        QCOMPARE(probeBytes(greyFile, "a")->depth, 16);
        const cv::Mat grey8 = decoded(greyFile, {.colour = Colour::Grey8});
        QCOMPARE(grey8.type(), CV_8UC1);
        QCOMPARE(int(grey8.at<std::uint8_t>(1, 1)), 100);
        QCOMPARE(int(grey8.at<std::uint8_t>(0, 1)), 0);
        QCOMPARE(int(grey8.at<std::uint8_t>(0, 2)), 1);
        QVERIFY(decoded(greyFile).at<cv::Vec3b>(1, 1) == cv::Vec3b(100, 100, 100));
        QVERIFY(decoded(rgbFile).at<cv::Vec3b>(1, 2) == cv::Vec3b(10, 20, 255));
        const cv::Mat native = decoded(rgbFile, {.colour = Colour::Native});
        QCOMPARE(native.type(), CV_16UC3);
        QVERIFY(cv::norm(native, rgb, cv::NORM_INF) == 0);
    }

    void realTiff() {
        cv::Mat real(20, 100, CV_32FC1);
        for (int k = 0; k < 2000; ++k) real.at<float>(k / 100, k % 100) = float(k) / 1000 - 1;
        real.at<float>(0, 0) = std::numeric_limits<float>::quiet_NaN();
        real.at<float>(10, 0) = 1e9f;  // one hot pixel
        const std::string bytes = encoded(".tiff", real);
        const auto info = probeBytes(bytes, "a");
        QVERIFY(info);
        QCOMPARE(info->depth, 32);
        const cv::Mat grey = decoded(bytes, {.colour = Colour::Grey8});
        QCOMPARE(grey.size(), real.size());
        QCOMPARE(int(grey.at<std::uint8_t>(0, 1)), 0);
        QCOMPARE(int(grey.at<std::uint8_t>(10, 0)), 255);
        QVERIFY(std::abs(grey.at<std::uint8_t>(10, 1) - 128) <= 2);
        QCOMPARE(decoded(bytes, {.colour = Colour::Native}).type(), CV_32FC1);
    }

    void alphaOverWhite() {
        cv::Mat picture(2, 2, CV_8UC4, cv::Scalar(0, 0, 200, 255));
        picture.at<cv::Vec4b>(0, 1) = {0, 0, 200, 0};
        picture.at<cv::Vec4b>(1, 0) = {0, 0, 200, 51};
        const cv::Mat read = decoded(encoded(".png", picture));
        QVERIFY(read.at<cv::Vec3b>(0, 0) == cv::Vec3b(0, 0, 200));
        QVERIFY(read.at<cv::Vec3b>(0, 1) == cv::Vec3b(255, 255, 255));
        QVERIFY(read.at<cv::Vec3b>(1, 0) == cv::Vec3b(204, 204, 244));
    }

    void palette() {
        const auto info = probe(odd("palette.png"));
        QVERIFY(info);
        QCOMPARE(info->colour, std::string("palette"));
        const auto picture = decode(odd("palette.png"));
        QVERIFY(picture);
        QVERIFY(near(cornersOf(*picture), kCorners, 0));
        const auto clear = decode(odd("palette_transparent.png"));
        QVERIFY(clear);
        QVERIFY(near(cornersOf(*clear), {kCorners[0], kCorners[1], {255, 255, 255}, {222, 222, 222}}, 0));
    }

    void inks() {
        const Colours expected{cv::Vec3b{255, 255, 0}, {255, 0, 255}, {0, 255, 255}, {102, 102, 102}};
        for (const char* name : {"cmyk", "ycck"}) {
            const fs::path file = odd((std::string(name) + ".jpg").c_str());
            const auto info = probe(file);
            QVERIFY(info);
            QCOMPARE(info->colour, std::string(name));
            QCOMPARE(info->channels, 4);
            const auto picture = decode(file);
            QVERIFY(picture);
            QVERIFY2(near(cornersOf(*picture), expected, 4), name);
        }
    }

    void greyJpeg() {
        const std::string bytes = encoded(".jpg", cv::Mat(8, 8, CV_8UC1, cv::Scalar(77)));
        QCOMPARE(probeBytes(bytes, "a")->channels, 1);
        QCOMPARE(decoded(bytes, {.colour = Colour::Native}).type(), CV_8UC1);
        QVERIFY(decoded(bytes).at<cv::Vec3b>(4, 4) == cv::Vec3b(77, 77, 77));
    }

    void cutJpegIsRefused() {
        const std::vector<std::vector<int>> kinds{{}, {cv::IMWRITE_JPEG_PROGRESSIVE, 1}, {cv::IMWRITE_JPEG_RST_INTERVAL, 1}};
        for (const auto& options : kinds) {
            const std::string whole = textured(options);
            QCOMPARE(decoded(whole).size(), cv::Size(240, 160));
            for (const double part : {0.02, 0.3, 0.6, 0.95}) {
                const std::string cut = whole.substr(0, std::size_t(part * double(whole.size())));
                QVERIFY2(saysCutOff(cut), reason(cut).c_str());
                QVERIFY(part < 0.1 || saysCutOff(cut + "\xff\xd9"));
            }
        }
    }

    // Nothing that the picture needs is missing: an end marker, stray bytes behind it or before a restart marker.
    void untidyJpegIsRead() {
        for (const auto& options : std::vector<std::vector<int>>{{}, {cv::IMWRITE_JPEG_PROGRESSIVE, 1}}) {
            const std::string whole = textured(options);
            const cv::Mat good = decoded(whole);
            QVERIFY(cv::norm(decoded(whole.substr(0, whole.size() - 2)), good, cv::NORM_INF) == 0);
            QVERIFY(cv::norm(decoded(whole + "and more"), good, cv::NORM_INF) == 0);
        }
        const std::string whole = textured({cv::IMWRITE_JPEG_RST_INTERVAL, 1});
        std::string untidy = whole;
        untidy.insert(restartMarker(whole, whole.size() / 2), "stray bytes");
        QVERIFY(cv::norm(decoded(untidy), decoded(whole), cv::NORM_INF) == 0);
    }

    void damagedJpegIsNotCalledCut() {
        std::string bytes = textured({cv::IMWRITE_JPEG_RST_INTERVAL, 1});
        const std::size_t first = restartMarker(bytes, bytes.size() / 2);
        bytes.erase(first - 200, 200);  // before a restart marker
        QVERIFY2(reason(bytes).starts_with("picture: the JPEG is damaged"), reason(bytes).c_str());
    }

    void cutPngIsRefused() {
        cv::Mat noise(64, 64, CV_8UC3);
        cv::randu(noise, 0, 256);
        const std::string whole = encoded(".png", noise);
        QVERIFY(probeBytes(whole.substr(0, whole.size() / 2), "a"));  // its header is there
        QVERIFY2(saysCutOff(whole.substr(0, whole.size() / 2)), reason(whole.substr(0, whole.size() / 2)).c_str());
        QVERIFY(saysCutOff(whole.substr(0, 20)));
        std::string damaged = whole;
        damaged[whole.size() / 2] = char(damaged[whole.size() / 2] ^ 0x55);
        QVERIFY2(reason(damaged).starts_with("picture: the PNG is damaged"), reason(damaged).c_str());
    }

    void notAnImage() {
        base::TempFolder folder;
        write(folder.path() / "empty.png", "");
        write(folder.path() / "note.jpg", "dear diary");
        const auto empty = decode(folder.path() / "empty.png"), note = decode(folder.path() / "note.jpg");
        QVERIFY(!empty && !note);
        QVERIFY(empty.error().message.find("empty") != std::string::npos);
        QVERIFY(empty.error().context.ends_with("empty.png"));
        QVERIFY(note.error().message.find("not an image") != std::string::npos);
        QCOMPARE(probe(folder.path() / "note.jpg").error().code, ErrorCode::InvalidData);
        QCOMPARE(decode(folder.path() / "nowhere.png").error().code, ErrorCode::NotFound);
        QVERIFY(!probe(folder.path()));
    }

    void hugeIsRefusedUnread() {
        std::string bytes = encoded(".png", quadrants(8, 8));
        for (const std::size_t at : {std::size_t(16), std::size_t(20)})
            bytes.replace(at, 4, std::string("\0\0\xea\x60", 4));  // 60000
        const auto picture = decodeBytes(bytes, "huge.png");
        QVERIFY(!picture);
        QCOMPARE(picture.error().code, ErrorCode::Unsupported);
        QVERIFY(picture.error().message.find("60000 x 60000") != std::string::npos);
        QCOMPARE(probeBytes(bytes, "huge.png").error().code, ErrorCode::Unsupported);
        QCOMPARE(decodeBytes(encoded(".png", quadrants(8, 8)), "a", {.maxPixels = 63}).error().code, ErrorCode::Unsupported);
    }

    void decodedSmaller() {
        const std::string bytes = encoded(".jpg", quadrants(803, 401));
        for (const int side : {50, 51, 100, 101, 200, 201, 401, 500}) {
            const cv::Mat picture = decoded(bytes, {.minSide = side});
            QVERIFY(std::min(picture.cols, picture.rows) >= std::min(side, 401));
            QVERIFY(side > 200 || picture.rows < 2 * side + 2);  // the least that will do
            QVERIFY(near(cornersOf(picture), kCorners, 12));
        }
    }

    // 800 x 400 comes as 800 x 400, 400 x 200, 200 x 100 or 100 x 50.
    void coveredDecoding_data() {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QList<int>>("cover");  // width, height, one side is enough
        QTest::addColumn<int>("width");         // of what comes, upright
        QTest::newRow("both sides") << 1 << QList<int>{200, 100, 0} << 200;
        QTest::newRow("one pixel more") << 1 << QList<int>{201, 100, 0} << 400;
        QTest::newRow("the other side asks for more") << 1 << QList<int>{100, 101, 0} << 400;
        QTest::newRow("one side is enough") << 1 << QList<int>{100, 101, 1} << 100;
        QTest::newRow("more than there is") << 1 << QList<int>{900, 10, 0} << 800;
        QTest::newRow("nothing said") << 1 << QList<int>{0, 0, 0} << 800;
        QTest::newRow("turned") << 6 << QList<int>{100, 200, 0} << 100;
        QTest::newRow("turned, one side") << 8 << QList<int>{101, 200, 1} << 100;
        QTest::newRow("turned, more") << 6 << QList<int>{101, 200, 0} << 200;
    }

    void coveredDecoding() {
        QFETCH(int, orientation);
        QFETCH(QList<int>, cover);
        QFETCH(int, width);
        const base::TempFolder folder;
        write(folder.path() / "a.jpg", withOrientation(encoded(".jpg", quadrants(800, 400)), orientation));
        Decoder decoder;
        const Cover wanted{cover[0], cover[1], cover[2] != 0};
        for (const Colour colour : {Colour::Bgr8, Colour::Rgb8, Colour::Luma8}) {
            const auto picture = decoder.decode(folder.path() / "a.jpg", {.colour = colour, .cover = wanted});
            QVERIFY(picture);
            QCOMPARE(picture->width, orientation < 5 ? 800 : 400);
            QCOMPARE(picture->height, orientation < 5 ? 400 : 800);
            QCOMPARE(picture->pixels.cols, width);
            QCOMPARE(picture->pixels.rows, orientation < 5 ? width / 2 : width * 2);
            QCOMPARE(picture->pixels.channels(), colour == Colour::Luma8 ? 1 : 3);
        }
    }

    // One decoder, pictures of all kinds and sizes one after the other, each as it comes alone and whole.
    void oneDecoderForAll() {
        const base::TempFolder folder;
        cv::Mat grey;
        cv::cvtColor(quadrants(90, 70), grey, cv::COLOR_BGR2GRAY);
        write(folder.path() / "large.jpg", encoded(".jpg", quadrants(300, 200)));
        write(folder.path() / "scans.jpg", encoded(".jpg", quadrants(120, 80), {cv::IMWRITE_JPEG_PROGRESSIVE, 1}));
        write(folder.path() / "grey.jpg", encoded(".jpg", grey));
        cv::Mat deep, clear;
        quadrants(50, 60).convertTo(deep, CV_16U, 257);
        cv::cvtColor(quadrants(40, 30), clear, cv::COLOR_BGR2BGRA);
        write(folder.path() / "flat.png", encoded(".png", quadrants(60, 40)));
        write(folder.path() / "grey.png", encoded(".png", grey));
        write(folder.path() / "deep.png", encoded(".png", deep));
        write(folder.path() / "clear.png", encoded(".png", clear));
        Decoder decoder;
        std::vector<fs::path> files = {odd("cmyk.jpg"), odd("ycck.jpg")};
        for (const char* name :
             {"large.jpg", "grey.jpg", "scans.jpg", "flat.png", "grey.png", "deep.png", "clear.png", "flat.png", "large.jpg"})
            files.push_back(folder.path() / name);
        for (const fs::path& file : files) {
            const auto bgr = decode(file), grey8 = decode(file, {.colour = Colour::Luma8});
            const auto rgb = decoder.decode(file, {.colour = Colour::Rgb8});
            QVERIFY(bgr && grey8 && rgb);
            cv::Mat turned;
            cv::cvtColor(rgb->pixels, turned, cv::COLOR_RGB2BGR);
            QCOMPARE(turned.size(), bgr->size());
            QVERIFY(cv::norm(turned, *bgr, cv::NORM_INF) == 0);
            const auto luma = decoder.decode(file, {.colour = Colour::Luma8});
            QVERIFY(luma && cv::norm(luma->pixels, *grey8, cv::NORM_INF) == 0);
        }
        for (const char* name : {"large.jpg", "flat.png"}) {
            const auto once = decoder.decode(folder.path() / name, {.colour = Colour::Rgb8});
            const auto again = decoder.decode(folder.path() / name, {.colour = Colour::Rgb8});
            QVERIFY(once && again && once->pixels.data == again->pixels.data);
        }
        const std::string whole = textured({});
        write(folder.path() / "cut.jpg", whole.substr(0, whole.size() / 2));
        for (const Cover cover : {Cover{}, Cover{20, 20, false}}) {
            const auto cut = decoder.decode(folder.path() / "cut.jpg", {.colour = Colour::Rgb8, .cover = cover});
            QVERIFY(!cut);
            QVERIFY(cut.error().text().find("cut off") != std::string::npos);
            QVERIFY(cut.error().text().find("cut.jpg") != std::string::npos);
        }
        QVERIFY(!decoder.decode(folder.path() / "none.jpg", {}));
        QVERIFY(decoder.decode(folder.path() / "large.jpg", {}));
    }

    void thumbnailsComeFromDisk() {
        base::TempFolder folder;
        const fs::path source = folder.path() / "a.png", cache = folder.path() / "cache";
        write(source, encoded(".png", quadrants(640, 320)));
        const ThumbnailCache thumbnails(cache);
        const std::string key = "abcdef";
        const auto first = thumbnails.get(key, source);
        QVERIFY(first);
        QCOMPARE(first->size(), cv::Size(256, 128));
        QVERIFY(fs::exists(cache / "ab" / "abcdef.jpg"));
        write(cache / "ab" / "abcdef.jpg", "torn");
        QVERIFY(thumbnails.get(key, source));
        QVERIFY(probe(cache / "ab" / "abcdef.jpg"));
        fs::remove(source);
        const auto second = thumbnails.get(key, source);
        QVERIFY(second);
        QVERIFY(near(cornersOf(*second), kCorners, 12));
        QVERIFY(!thumbnails.get("fedcba", source));
        QCOMPARE(thumbnails.get("../../x", source).error().code, ErrorCode::InvalidArgument);
    }

    void picturesWithinTheBudget() {
        PictureCache cache(100);
        for (const char* key : {"a", "b"}) cache.put(key, plain(40));
        QCOMPARE(cache.bytes(), std::size_t(80));
        QVERIFY(cache.find("a"));  // now "b" is the least recently used
        cache.put("c", plain(40));
        QVERIFY(!cache.find("b"));
        QVERIFY(cache.find("a") && cache.find("c"));
        cache.put("a", plain(10));
        QCOMPARE(cache.bytes(), std::size_t(50));
        cache.put("large", plain(101));
        QVERIFY(!cache.find("large"));
        QVERIFY(cache.find("a") && cache.find("c"));
        QCOMPARE(cache.bytes(), std::size_t(50));
    }
};

QTEST_APPLESS_MAIN(TestDecode)
#include "tst_decode.moc"
