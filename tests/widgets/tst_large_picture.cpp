// Pictures that don't lie in memory whole: read by rows into blocks, shown while they are read, found again; and what happens when
// the file of the open image is deleted or changed.
#include <QRegularExpression>
#include <QtTest>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/image/block_file.h"
#include "core/image/rows.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/large_picture.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;
namespace fs = std::filesystem;

namespace {

constexpr int kWidth = 9001, kHeight = 6003;  // over the limit, and no multiple of anything
cv::Mat noise(int width, int height, int type, int seed = 1) {
    cv::Mat mat(height, width, type);
    cv::RNG random{std::uint64_t(seed)};
    random.fill(mat, cv::RNG::UNIFORM, 0, CV_MAT_DEPTH(type) == CV_16U ? 65535 : 255);
    return mat;
}

/// Large forms, quick to make and to compress.
cv::Mat scenery(int width, int height) {
    cv::Mat small = noise(width / 100, height / 100, CV_8UC3), mat;
    cv::resize(small, mat, {width, height}, 0, 0, cv::INTER_LINEAR);
    return mat;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
    return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

Result<cv::Mat> byRows(const fs::path& file, int rows) {
    LATHE_TRY(const auto reader, image::RowReader::open(file));
    cv::Mat all;
    for (;;) {
        LATHE_TRY(const cv::Mat band, reader->next(rows));
        if (band.empty()) break;
        all.push_back(band);
    }
    return image::upright(all, reader->orientation());
}

/// An EXIF block with nothing but the orientation, behind the start marker.
void setOrientation(const fs::path& jpeg, int orientation) {
    std::string bytes = *base::readFile(jpeg);
    const unsigned char exif[] = {0xff, 0xe1, 0,    34,   'E',  'x', 'i',  'f',  0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                                  0,    1,    0x01, 0x12, 0x00, 3,   0x00, 0x00, 0, 1, 0,   0,   0, 0,  0, 0, 0, 0};
    std::string block(reinterpret_cast<const char*>(exif), sizeof exif);
    block[29] = char(orientation);
    bytes.insert(2, block);
    (void)base::writeFileAtomically(jpeg, bytes);
}

QImage tileOf(const Pyramid& picture, double scale, int x, int y) {
    QImage tile(256, 256, QImage::Format_RGB32);
    picture.paint(tile, scale, std::int64_t(x) * 256, std::int64_t(y) * 256);
    return tile;
}

/// The largest difference of a channel.
int apart(const QImage& a, const QImage& b) {
    int most = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            most = std::max({most, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
        }
    return most;
}

}  // namespace

class tst_LargePicture : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    fs::path m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<LabelMode> m_mode;

    View& view() { return m_mode->view(); }
    Document& doc() { return m_mode->document(); }
    void openMode(const fs::path& pictures, int count) {
        m_mode.reset();
        m_workspace = store::Workspace::create(m_folder / (pictures.filename().string() + ".lathe")).value_or(nullptr);
        QVERIFY(m_workspace);
        data::ImportOptions link;
        link.link = true;
        QVERIFY(data::importInto(*m_workspace, pictures, link, {}, {}));
        QVERIFY(m_workspace->addClass("cell"));
        show(count);
    }
    void show(int count) {
        m_mode = std::make_unique<LabelMode>(m_services);
        m_mode->resize(1000, 700);
        m_mode->setWorkspace(m_workspace);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->enter({});
        QTRY_VERIFY(doc().isOpen());
        QTRY_COMPARE(m_mode->images().rowCount(), count);
    }
    /// Read to its end, and the window told so.
    bool readToItsEnd() {
        const auto jobs = m_jobs.jobs();
        return doc().picture()->whole() &&
               std::ranges::none_of(jobs, [](const common::JobInfo& j) { return j.state == common::JobInfo::Running; });
    }
    QString note() {
        for (const auto* n : m_mode->findChildren<common::Note*>())
            if (n->isVisible())
                for (const auto* label : n->findChildren<QLabel*>())
                    if (!label->text().isEmpty()) return label->text();
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_folder = m_dir.path().toStdString();
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
    }
    void cleanupTestCase() { m_mode.reset(); }

    void rowsAreThePicture_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("type");
        QTest::newRow("grey png") << "a.png" << CV_8UC1;
        QTest::newRow("colour png") << "b.png" << CV_8UC3;
        QTest::newRow("alpha png") << "c.png" << CV_8UC4;
        QTest::newRow("16 bit png") << "d.png" << CV_16UC1;
        QTest::newRow("16 bit colour png") << "e.png" << CV_16UC3;
        QTest::newRow("jpeg") << "f.jpg" << CV_8UC3;
        QTest::newRow("tiff") << "g.tif" << CV_16UC1;
    }
    void rowsAreThePicture() {
        QFETCH(QString, name);
        QFETCH(int, type);
        const fs::path file = m_folder / name.toStdString();
        QVERIFY(cv::imwrite(file.string(), noise(143, 77, type)));
        const auto whole = image::decodeDeep(file);
        QVERIFY(whole);
        for (const int rows : {1, 16, 500}) {
            const auto read = byRows(file, rows);
            QVERIFY(read);
            QVERIFY(same(*read, *whole));
        }
    }
    void rowsAreTurnedUpright() {
        for (int orientation = 1; orientation <= 8; ++orientation) {
            const fs::path file = m_folder / ("turned" + std::to_string(orientation) + ".jpg");
            QVERIFY(cv::imwrite(file.string(), scenery(300, 200)));
            setOrientation(file, orientation);
            QCOMPARE(image::probe(file)->orientation, orientation);
            const cv::Mat whole = *image::decode(file);
            const auto reader = *image::RowReader::open(file);
            cv::Mat placed(whole.size(), CV_8UC3, cv::Scalar::all(7));
            for (int y = 0; y < 200; y += 64) {
                const cv::Mat band = *reader->next(64);
                const cv::Rect at = image::uprightPlace(y, band.rows, reader->size(), reader->orientation());
                image::upright(band, orientation).copyTo(placed(at));
            }
            QVERIFY2(same(placed, whole), qPrintable(QString::number(orientation)));
        }
    }
    void cutAndDamagedFilesAreNamed() {
        for (const char* name : {"cut.png", "cut.jpg"}) {
            const fs::path file = m_folder / name;
            QVERIFY(cv::imwrite(file.string(), noise(400, 300, CV_8UC3)));
            fs::resize_file(file, fs::file_size(file) / 2);
            const auto read = byRows(file, 50);
            QVERIFY(!read);
            QVERIFY(!read.error().message.empty());
        }
    }
    void smallFromLargeIsTheWholePicture() {
        const fs::path file = m_folder / "small.png";
        const cv::Mat mat = scenery(2000, 1500);
        QVERIFY(cv::imwrite(file.string(), mat));
        const cv::Mat small = *image::decodeSmall(file, 500);
        QCOMPARE(small.size(), cv::Size(500, 375));
        cv::Mat expected;
        cv::resize(mat, expected, small.size(), 0, 0, cv::INTER_AREA);
        QVERIFY(cv::norm(small, expected, cv::NORM_INF) <= 1);
    }
    void blocksKeepWhatIsWritten() {
        const cv::Size size(1000, 700);
        const cv::Mat mat = noise(1000, 700, CV_16UC3);
        auto blocks = *image::BlockFile::create(m_folder / "blocks", "key", size, CV_16UC3, 2, 1 << 30);
        QVERIFY(!image::BlockFile::open(m_folder / "blocks", "key", size, CV_16UC3, 2));
        std::mt19937 g(1);
        for (int y = 0; y < 700;) {
            const int rows = std::min(700 - y, 1 + int(g() % 90));
            QVERIFY(blocks->write(0, {0, y}, mat.rowRange(y, y + rows)));
            y += rows;
        }
        for (int i = 0; i < 50; ++i) {
            const cv::Rect part(int(g() % 900), int(g() % 600), 1 + int(g() % 400), 1 + int(g() % 400));
            QVERIFY(same(blocks->read(0, part), mat(part & cv::Rect({}, size)).clone()));
        }
        QVERIFY(blocks->finish());
        QVERIFY(image::BlockFile::open(m_folder / "blocks", "key", size, CV_16UC3, 2));
        QVERIFY(!image::BlockFile::open(m_folder / "blocks", "key", size, CV_8UC3, 2));
        (void)image::BlockFile::create(m_folder / "blocks", "other", size, CV_16UC3, 2, 100);
        QVERIFY(!image::BlockFile::open(m_folder / "blocks", "key", size, CV_16UC3, 2));
        QCOMPARE(std::distance(fs::directory_iterator(m_folder / "blocks"), fs::directory_iterator()), 0);
        const cv::Rect part(10, 10, 600, 600);
        QVERIFY(same(blocks->read(0, part), mat(part).clone()));
    }
    void withoutRoomTheFinestLevelIsLeftOut() {
        const cv::Size size(12000, 9000);
        Pyramid picture(size, CV_8UC3, nullptr, {}, false);
        for (int level = 0; level < 6; ++level)
            QVERIFY(picture.put(level, {0, 0}, cv::Mat(9000 >> level, 12000 >> level, CV_8UC3, cv::Scalar(10, 20, 30))));
        picture.grow({0, 0, 12000, 9000});
        QVERIFY(picture.whole());
        QCOMPARE(picture.value(11999, 8999).value[0], 30.0);
        for (const double scale : {0.05, 0.5, 4.0}) QCOMPARE(tileOf(picture, scale, 0, 0).pixel(20, 20), qRgb(30, 20, 10));
    }
    void readByRowsItIsTheSamePicture_data() {
        QTest::addColumn<int>("orientation");
        for (const int o : {1, 3, 6}) QTest::newRow(qPrintable(QString::number(o))) << o;
    }
    void readByRowsItIsTheSamePicture() {
        QFETCH(int, orientation);
        const fs::path file = m_folder / "whole.jpg";
        QVERIFY(cv::imwrite(file.string(), scenery(kWidth, kHeight)));
        if (orientation > 1) setOrientation(file, orientation);
        const auto pixels = std::make_shared<const cv::Mat>(*image::decode(file));
        const Pyramid whole(pixels, pixels->cols, pixels->rows);
        store::Layout layout{m_folder / ("layout" + std::to_string(orientation))};
        OpenImage open;
        open.row.path = file.string();
        open.row.digest = "0123456789";
        QVERIFY(openLarge(layout, open));
        QVERIFY(open.rest);
        QVERIFY(!open.picture->whole());
        cv::Rect there;
        QVERIFY(readRest(*open.rest, {}, {}, [&](const cv::Rect& part) { there = there.empty() ? part : there | part; }));
        QCOMPARE(there.size(), pixels->size());
        QVERIFY(open.picture->whole());
        for (const auto& [scale, x, y] :
             {std::tuple{1.0, 3, 2}, {1.0, 20, 20}, {0.6, 9, 5}, {0.25, 2, 3}, {0.06, 0, 0}, {4.0, 70, 60}})
            QVERIFY2(apart(tileOf(*open.picture, scale, x, y), tileOf(whole, scale, x, y)) == 0,
                     qPrintable(QString::number(scale)));
        OpenImage again;
        again.row = open.row;
        QVERIFY(openLarge(layout, again));
        QVERIFY(!again.rest);
        QVERIFY(again.picture->whole());
        QCOMPARE(tileOf(*again.picture, 0.3, 1, 1), tileOf(*open.picture, 0.3, 1, 1));
        QVERIFY(same(again.picture->bgr({100, 200, 300, 100}), (*pixels)(cv::Rect(100, 200, 300, 100)).clone()));
    }
    void shownWhileItIsRead() {
        fs::create_directories(m_folder / "large");
        QVERIFY(cv::imwrite((m_folder / "large" / "a.png").string(), scenery(kWidth, kHeight), {cv::IMWRITE_PNG_COMPRESSION, 1}));
        openMode(m_folder / "large", 1);
        QVERIFY(doc().picture() && !doc().picture()->empty());
        QTRY_VERIFY_WITH_TIMEOUT(readToItsEnd(), 60000);
        QTRY_VERIFY(view().complete());
        const QImage read = view().grab().toImage();
        const double scale = view().viewport().scale;
        show(1);
        QVERIFY(doc().picture()->whole());
        QTRY_VERIFY(view().complete());
        QTRY_COMPARE(view().viewport().scale, scale);
        QTRY_COMPARE(apart(read.copy(300, 100, 256, 256), view().grab().toImage().copy(300, 100, 256, 256)), 0);
    }
    void aCutLargeFileKeepsItsLabels() {
        fs::create_directories(m_folder / "torn");
        const fs::path file = m_folder / "torn" / "a.png";
        QVERIFY(cv::imwrite(file.string(), scenery(kWidth, kHeight), {cv::IMWRITE_PNG_COMPRESSION, 1}));
        openMode(m_folder / "torn", 1);
        QTRY_VERIFY_WITH_TIMEOUT(doc().picture()->whole(), 60000);
        doc().add("Add", {doc().make(ClassId(1), annot::Box{{10, 10, 50, 50}})});
        doc().flush();
        m_mode.reset();
        fs::resize_file(file, fs::file_size(file) / 2);
        show(1);
        QTRY_VERIFY_WITH_TIMEOUT(note().contains(QStringLiteral("ends too early")), 60000);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
    }
    void deletedUnderTheCanvas() {
        fs::create_directories(m_folder / "gone");
        const fs::path file = m_folder / "gone" / "a.png";
        QVERIFY(cv::imwrite(file.string(), scenery(800, 600)));
        openMode(m_folder / "gone", 1);
        doc().add("Add", {doc().make(ClassId(1), annot::Box{{10, 10, 50, 50}})});
        fs::remove(file);
        QTRY_VERIFY(note().contains(QStringLiteral("deleted")));
        QVERIFY(doc().picture() && !doc().picture()->empty());
        doc().add("Add", {doc().make(ClassId(1), annot::Box{{90, 90, 50, 50}})});
        doc().flush();
        QCOMPARE(m_workspace->annotations(doc().image().id)->size(), std::size_t(2));
        show(1);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(2));
        QTRY_VERIFY(note().contains(QStringLiteral("can't be shown")));
    }
    void changedUnderTheCanvas() {
        fs::create_directories(m_folder / "other");
        const fs::path file = m_folder / "other" / "a.png";
        QVERIFY(cv::imwrite(file.string(), cv::Mat(600, 800, CV_8UC3, cv::Scalar(1, 2, 3))));
        openMode(m_folder / "other", 1);
        doc().add("Add", {doc().make(ClassId(1), annot::Box{{10, 10, 50, 50}})});
        QCOMPARE(doc().picture()->value(5, 5).value[0], 3.0);
        QTest::qWait(20);  // another modification time
        QVERIFY(cv::imwrite(file.string(), cv::Mat(600, 800, CV_8UC3, cv::Scalar(1, 2, 200))));
        QTRY_VERIFY(note().contains(QStringLiteral("changed by another program")));
        for (auto* link : m_mode->findChildren<QToolButton*>())
            if (link->isVisible() && link->text() == QStringLiteral("Read it again")) link->click();
        QTRY_COMPARE(doc().picture()->value(5, 5).value[0], 200.0);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
    }
};

QTEST_MAIN(tst_LargePicture)
#include "tst_large_picture.moc"
