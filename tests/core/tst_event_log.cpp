#include <fcntl.h>
#include <unistd.h>
#include <QTest>
#include <fstream>

#include "core/base/files.h"
#include "core/runs/event_log.h"
#include "core/runs/run_folder.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

struct Read {
    std::map<std::string, std::vector<runs::MetricPoint>> series;
    std::vector<Json> events;
    Result<runs::EventReader::Delivered> poll(runs::EventReader& reader) {
        return reader.poll(
            [this](std::string_view name, const auto& points) {
                series[std::string(name)].insert(series[std::string(name)].end(), points.begin(), points.end());
            },
            [this](const Json& event) { events.push_back(event); });
    }
};

void writeRun(runs::EventWriter& writer, int steps) {
    for (int i = 0; i < steps; ++i) {
        writer.metric("train/loss", {i, i / 10.0, 1000.0 + i, 1.0 / (i + 1)});
        writer.metric("lr", {i, i / 10.0, 1000.0 + i, 0.1});
    }
}

void append(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::app | std::ios::binary) << bytes;
}

}  // namespace

class TestEventLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<base::TempFolder>(); }
    void cleanup() { m_folder.reset(); }

    void pointsAndEventsComeBackInOrder() {
        auto writer = runs::EventWriter::open(file());
        QVERIFY(writer);
        writeRun(*writer, 100);
        QVERIFY(writer->event({{"kind", "epoch"}, {"epoch", 1}}));
        writeRun(*writer, 5);
        QVERIFY(writer->flush());
        runs::EventReader reader(file());
        Read read;
        const auto delivered = read.poll(reader);
        QVERIFY(delivered);
        QCOMPARE(delivered->points, 210);
        QCOMPARE(delivered->events, 1);
        QVERIFY(read.events[0].contains("time"));
        QCOMPARE(read.series["train/loss"][99].value, 0.01);
        QCOMPARE(read.series["train/loss"][99].step, 99);
        QCOMPARE(read.series["lr"].size(), std::size_t(105));
        QCOMPARE(read.poll(reader)->points, 0);
    }

    void aTornTailIsCutAndWritingGoesOn() {
        std::uint64_t whole = 0;
        {
            auto writer = runs::EventWriter::open(file());
            writeRun(*writer, 10);
            QVERIFY(writer->flush());
            whole = writer->offset();
            writeRun(*writer, 10);
            QVERIFY(writer->flush());
        }
        const std::uint64_t full = fs::file_size(file());
        for (std::uint64_t cut = whole + 1; cut < full; cut += 7) {
            const fs::path copy = m_folder->path() / ("cut" + std::to_string(cut));
            fs::copy_file(file(), copy);
            fs::resize_file(copy, cut);
            runs::EventReader reader(copy);
            Read read;
            QCOMPARE(read.poll(reader)->points, 20);
            auto writer = runs::EventWriter::open(copy);
            QVERIFY(writer);
            QCOMPARE(writer->offset(), whole);
            QVERIFY(writer->event({{"kind", "message"}}));
            QCOMPARE(read.poll(reader)->events, 1);
        }
    }

    void lostBlocksAtTheEndAreATornTail() {
        {
            auto writer = runs::EventWriter::open(file());
            writeRun(*writer, 10);
        }
        const auto whole = fs::file_size(file());
        append(file(), std::string(4096, '\0'));
        runs::EventReader reader(file());
        Read read;
        QCOMPARE(read.poll(reader)->points, 20);
        QCOMPARE(runs::EventWriter::open(file())->offset(), whole);
    }

    void damageInTheMiddleIsNamedAndWhatCameBeforeIsDelivered() {
        std::uint64_t first = 0;
        {
            auto writer = runs::EventWriter::open(file());
            writeRun(*writer, 10);
            QVERIFY(writer->flush());
            first = writer->offset();
            writeRun(*writer, 10);
            QVERIFY(writer->flush());
            writeRun(*writer, 10);
        }
        std::fstream(file(), std::ios::in | std::ios::out | std::ios::binary).seekp(std::streamoff(first + 20)).put('\x55');
        runs::EventReader reader(file());
        Read read;
        const auto polled = read.poll(reader);
        QVERIFY(!polled);
        QCOMPARE(polled.error().code, ErrorCode::Corrupt);
        QVERIFY(polled.error().message.find(std::to_string(first)) != std::string::npos);
        QCOMPARE(read.series["lr"].size(), std::size_t(10));
        QVERIFY(!runs::EventWriter::open(file()));
    }

    void resumeRestartsTheReaderEvenWhenTheLogHasGrownAgain() {
        auto writer = runs::EventWriter::open(file());
        writeRun(*writer, 10);
        QVERIFY(writer->flush());
        const auto checkpoint = writer->offset();
        writeRun(*writer, 20);
        QVERIFY(writer->flush());
        runs::EventReader reader(file());
        Read read;
        QCOMPARE(read.poll(reader)->points, 60);
        QVERIFY(writer->truncate(checkpoint));
        writeRun(*writer, 50);
        QVERIFY(writer->flush());
        Read again;
        const auto polled = again.poll(reader);
        QVERIFY(polled && polled->restarted);
        QCOMPARE(polled->points, 120);
        QVERIFY(writer->truncate(checkpoint));
        QVERIFY(again.poll(reader)->restarted);
        QCOMPARE(writer->truncate(1 << 30).error().code, ErrorCode::Corrupt);
    }

    void aLogBiggerThanOnePieceIsReadWhole() {
        auto writer = runs::EventWriter::open(file());
        constexpr int n = 400'000;
        for (int i = 0; i < n; ++i) writer->metric("train/loss", {i, 0, 0, double(i)});
        QVERIFY(writer->flush());
        runs::EventReader reader(file());
        Read read;
        QCOMPARE(read.poll(reader)->points, n);
        QCOMPARE(read.series["train/loss"].back().value, double(n - 1));
        for (int i = 0; i < n; ++i) QCOMPARE(read.series["train/loss"][std::size_t(i)].step, i);
    }

    void theFolderSaysWhoIsAliveAndWhatIsWanted() {
        const runs::RunFolder folder(m_folder->path());
        QCOMPARE(folder.wanted(), std::string("run"));
        QVERIFY(folder.want("stop"));
        QCOMPARE(folder.wanted(), std::string("stop"));
        QVERIFY(!folder.engineAlive());
        {
            const auto lock = folder.takeLock();
            QVERIFY(lock);
            QVERIFY(folder.engineAlive());
        }
        QVERIFY(!folder.engineAlive());
    }

private:
    std::unique_ptr<base::TempFolder> m_folder;
    [[nodiscard]] fs::path file() const { return m_folder->path() / "events.log"; }
};

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_event_log.moc"
