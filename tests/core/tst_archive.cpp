// Archives on their way in: zip and tar, packed folders, and what nobody should unpack.
#include <archive.h>
#include <archive_entry.h>

#include <QtTest>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/formats/archive.h"
#include "core/image/decode.h"
#include "tests/support/data_sets.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

/// Writes an archive entry by entry.
class Packer {
public:
    Packer(const fs::path& file, bool zip) : m_archive(archive_write_new()) {
        if (zip) {
            archive_write_set_format_zip(m_archive);
        } else {
            archive_write_set_format_pax_restricted(m_archive);
            archive_write_add_filter_gzip(m_archive);
        }
        if (archive_write_open_filename(m_archive, file.c_str()) != ARCHIVE_OK) qFatal("can't write %s", file.c_str());
    }
    ~Packer() { archive_write_free(m_archive); }

    void add(const std::string& name, std::string_view bytes) {
        begin(name, AE_IFREG, bytes.size(), {});
        archive_write_data(m_archive, bytes.data(), bytes.size());
    }
    void addZeros(const std::string& name, std::size_t megabytes) {
        begin(name, AE_IFREG, megabytes << 20, {});
        const std::string zeros(1 << 20, '\0');
        for (std::size_t k = 0; k < megabytes; ++k) archive_write_data(m_archive, zeros.data(), zeros.size());
    }
    void link(const std::string& name, const std::string& to) { begin(name, AE_IFLNK, 0, to); }
    void addBelow(const fs::path& folder, const std::string& prefix) {
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.is_regular_file())
                add(prefix + entry.path().lexically_relative(folder).generic_string(), *base::readFile(entry.path()));
    }

private:
    void begin(const std::string& name, unsigned type, std::size_t size, const std::string& to) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, la_int64_t(size));
        if (!to.empty()) archive_entry_set_symlink(entry, to.c_str());
        if (archive_write_header(m_archive, entry) < ARCHIVE_WARN) qFatal("%s", archive_error_string(m_archive));
        archive_entry_free(entry);
    }
    archive* m_archive;
};

}  // namespace

class TestArchive : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;
    fs::path next(const std::string& suffix) { return m_temp.path() / (std::to_string(++m_count) + suffix); }

    Result<data::ImportReport> imported(const fs::path& source, const data::ImportOptions& options = {}) {
        const auto workspace = *store::Workspace::create(next(".lathe"));
        auto report = data::importInto(*workspace, source, options, {}, {});
        for (const auto& entry : fs::directory_iterator(workspace->layout().cache()))
            if (entry.path().filename().string().starts_with("unpacked")) qFatal("something is left in the cache");
        return report;
    }
    static bool names(const Problems& problems, const std::string& code, const std::string& item) {
        return std::ranges::any_of(problems,
                                   [&](const Problem& p) { return p.code == code && p.item.find(item) != std::string::npos; });
    }

private Q_SLOTS:
    void whatIsPackedComesIn_data() {
        QTest::addColumn<bool>("zip");
        QTest::addColumn<QString>("prefix");
        QTest::newRow("zip of the contents") << true << "";
        QTest::newRow("zip of the folder") << true << "shapes/";
        QTest::newRow("tar.gz of the contents") << false << "";
        QTest::newRow("tar.gz of the folder") << false << "shapes/";
    }
    void whatIsPackedComesIn() {
        QFETCH(bool, zip);
        QFETCH(QString, prefix);
        const fs::path folder = next("");
        test::makeClassFolders(folder, {"disc", "square"}, 3);
        const fs::path file = next(zip ? ".zip" : ".tar.gz");
        {
            Packer packer(file, zip);
            packer.addBelow(folder, prefix.toStdString());
            packer.add("__MACOSX/._a.png", "litter");
        }
        QVERIFY(formats::isArchive(file));
        const auto report = imported(file);
        QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
        QCOMPARE(report->format, std::string("folders"));
        QCOMPARE(report->images.added, 6);
        QCOMPARE(report->classes, (std::vector<std::string>{"disc", "square"}));
        QVERIFY(report->problems.empty());
    }

    void labelsAndPicturesOfATask() {
        const fs::path file = next(".zip");
        {
            Packer packer(file, true);
            packer.addBelow(test::bloodCells(), "task/bccd/");
        }
        const auto report = imported(file);
        QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
        QCOMPARE(report->format, std::string("voc"));
        QCOMPARE(report->images.added, 364);
        QCOMPARE(report->annotations.added, 4886);
    }

    void entriesThatLeadAwayAreLeftOut() {
        const fs::path file = next(".tar.gz"), folder = next("");
        test::makeClassFolders(folder, {"disc", "square"}, 1);
        {
            Packer packer(file, false);
            packer.addBelow(folder, "");
            packer.add("../outside.png", *base::readFile(folder / "disc/100.png"));
            packer.add("/absolute.png", "x");
            packer.link("disc/link.png", "/etc/passwd");
            packer.add("disc/100.png", "again");
        }
        const auto report = imported(file);
        QVERIFY(report.has_value());
        QCOMPARE(report->images.added, 2);
        QVERIFY(names(report->problems, "unsafe_path", "outside.png"));
        QVERIFY(names(report->problems, "unsafe_path", "/absolute.png"));
        QVERIFY(names(report->problems, "not_a_file", "link.png"));
        QVERIFY(names(report->problems, "duplicate", "disc/100.png"));
        QVERIFY(!fs::exists(m_temp.path() / "outside.png"));
    }

    void aBombIsGivenUp() {
        const fs::path file = next(".zip");
        {
            Packer packer(file, true);
            packer.addZeros("big.png", 1100);
        }
        QVERIFY(fs::file_size(file) < 8 << 20);
        const auto report = imported(file);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidData);
        QVERIFY(report.error().message.find("bomb") != std::string::npos);
    }

    void whatWasWholeBeforeATearIsKept() {
        const fs::path file = next(".tar.gz"), folder = next("");
        fs::create_directories(folder / "noise");
        cv::Mat noise(200, 200, CV_8UC3);
        for (int k = 0; k < 30; ++k) {
            cv::randu(noise, 0, 256);  // hardly packs: the tear falls between files
            QVERIFY(image::writeImage(folder / "noise" / (std::to_string(100 + k) + ".png"), noise).has_value());
        }
        {
            Packer packer(file, false);
            packer.addBelow(folder, "");
        }
        fs::resize_file(file, fs::file_size(file) / 2);
        const auto report = imported(file);
        QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
        QVERIFY(report->images.added > 5 && report->images.added < 30);
        QVERIFY(names(report->problems, "truncated", "tar.gz") || names(report->problems, "invalid_data", ""));
    }

    void nothingOfUseIsAnError() {
        const fs::path file = next(".zip");
        {
            Packer packer(file, true);
            packer.add("readme.txt", "nothing");
        }
        const auto report = imported(file);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::NotFound);
        std::ofstream(next(".zip")) << "PK\x03\x04 and then nothing that makes sense";
        QVERIFY(!imported(m_temp.path() / (std::to_string(m_count - 1) + ".zip")));
    }

    void anArchiveCantBeLinked() {
        const fs::path file = next(".zip");
        {
            Packer packer(file, true);
            packer.add("a/a.png", "x");
        }
        data::ImportOptions options;
        options.link = true;
        const auto report = imported(file, options);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestArchive)
#include "tst_archive.moc"
