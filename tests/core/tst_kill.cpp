// labels: slow
// kill -9 while editing, while labelling with everything there is, and while importing: the workspace opens sound, nothing that was
// acknowledged is lost, nothing is torn. Rounds by LATHE_KILL_ROUNDS (20).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include <cstdio>
#include <random>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/store/class_ops.h"
#include "core/store/comments.h"
#include "core/store/labelling.h"
#include "core/store/schema.h"
#include "core/store/suggestions.h"
#include "tests/support/data_sets.h"
#include "tests/support/labelled.h"

using namespace lathe;
using store::Workspace;

namespace {

annot::Annotation box(std::int64_t id) {
    annot::Annotation a;
    a.id = AnnotationId(id), a.classId = ClassId(1);
    a.shape = annot::Box{{double(id), 2, 3, 4}};
    return a;
}

void sayReady() {
    if (::write(STDOUT_FILENO, "!", 1) != 1) ::_exit(5);
}

/// Adds boxes for ever; writes a line for each that commit() has acknowledged.
int editForEver(const char* folder) {
    const auto workspace = Workspace::open(folder);
    if (!workspace) return 3;
    sayReady();
    for (std::int64_t next = (*workspace)->nextAnnotationId(ImageId(1))->value;; ++next) {
        const annot::AnnotationEdit edit{ImageId(1), "ana", 1, "Draw", {{std::nullopt, box(next), -1, -1}}};
        if (!(*workspace)->commit(edit)) return 4;
        const std::string line = std::to_string(next) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 5;
    }
}

/// How many rows of each append-only table there are.
struct Totals {
    long long journal = 0, comments = 0, states = 0, outcomes = 0, batches = 0;
};

Totals totalsOf(const Workspace& workspace) {
    Totals t;
    const auto read = workspace.read([&](soci::session& sql) -> Result<> {
        t = {store::oneNumber(sql, "SELECT max(seq) FROM journal"), store::oneNumber(sql, "SELECT max(id) FROM comment"),
             store::oneNumber(sql, "SELECT max(seq) FROM state_change"),
             store::oneNumber(sql, "SELECT max(seq) FROM suggestion_outcome"), store::oneNumber(sql, "SELECT max(id) FROM batch")};
        return {};
    });
    if (!read) ::_exit(6);
    return t;
}

/// A labelling session that uses every kind of shape, states, comments, suggestions, class operations and undo, a step at a time.
class Session {
public:
    explicit Session(const char* folder) : m_workspace(*Workspace::open(folder)), m_random(std::random_device()()) {}

    [[nodiscard]] Workspace& workspace() { return *m_workspace; }

    bool step() {
        m_image = ImageId(1 + std::int64_t(m_random() % 3));
        switch (m_random() % 12) {
            case 0:
            case 1:
            case 2: return draw();
            case 3: return change();
            case 4: return remove();
            case 5: return m_workspace->undo(m_image, "ana").has_value();
            case 6: return m_workspace->redo(m_image, "ana").has_value();
            case 7: return state();
            case 8: return comment();
            case 9: return suggest();
            case 10: return decide();
            default: return classes();
        }
    }

private:
    annot::Shape shape() {
        const double x = double(m_random() % 500), y = double(m_random() % 300);
        switch (m_random() % 9) {
            case 0: return annot::ImageLabel{};
            case 1: return annot::Box{{x, y, 10, 20}};
            case 2: return annot::Polygon{{{{x, y}, {x + 30, y}, {x, y + 20}}, {{x + 5, y + 5}, {x + 9, y + 5}, {x + 5, y + 9}}}};
            case 3: return annot::Mask{30, 40, {100, 50, 1000, 50}};
            case 4: return annot::Keypoints{{{{x, y}, 2}, {{x + 1, y}, 1}}, {x, y, 5, 5}};
            case 5: return annot::RotatedBox{{x, y}, 20, 10, 0.3};
            case 6: return annot::Ellipse{{x, y}, 20, 10, -0.3};
            case 7: return annot::Polyline{{{x, y}, {x + 10.5, y}, {x, y + 3}}};
            default: return annot::Dot{{x, y}};
        }
    }
    ClassId classId() { return m_workspace->classes()->at(m_random() % m_workspace->classes()->size()).id; }
    bool commit(const annot::AnnotationEdit& edit) { return m_workspace->commit(edit).has_value(); }
    std::optional<annot::Annotation> any() {
        const auto all = *m_workspace->annotations(m_image);
        return all.empty() ? std::nullopt : std::optional(all[m_random() % all.size()]);
    }
    bool draw() {
        const auto id = *m_workspace->nextAnnotationId(m_image);
        auto a = test::shapeOf(id.value, classId(), shape());
        a.author = "ana", a.group = id.value % 3, a.attributes = {{"stage", "ring"}};
        return commit(test::adding(m_image, a));
    }
    bool change() {
        const auto before = any();
        if (!before) return true;
        auto after = *before;
        after.setShape(shape());
        after.flags ^= annot::Occluded;
        if (after.source == "model:r") after.source = "model:r corrected";
        return commit(test::changing(m_image, *before, after));
    }
    bool remove() {
        const auto one = any();
        if (!one) return true;
        return commit({m_image, "ana", 3, "Delete", annot::removalOf(*m_workspace->annotations(m_image), {one->id})});
    }
    bool state() {
        const std::string to(store::kStates[m_random() % store::kStates.size()]);
        return store::setState(*m_workspace, std::span(&m_image, 1), to, "bo", "because").has_value() &&
               store::addTime(*m_workspace, {m_image, "ana", 1.5, 1, {{AnnotationId(1), 1}}}).has_value();
    }
    bool comment() {
        const auto added =
            store::addComment(*m_workspace, {.image = m_image, .place = annot::Point{1, 2}, .author = "bo", .text = "?"});
        return added && store::addComment(*m_workspace, {.image = m_image, .parent = added->id, .author = "ana", .text = "!"}) &&
               store::setResolved(*m_workspace, added->id, true, "ana").has_value();
    }
    bool suggest() {
        std::vector<std::pair<ImageId, annot::Annotations>> puts{{m_image, {}}};
        for (int k = 0; k < 4; ++k) {
            puts[0].second.push_back(test::shapeOf(0, classId(), shape()));
            puts[0].second.back().confidence = 0.25 * k;
        }
        return store::putSuggestions(*m_workspace, "r", puts).has_value();
    }
    bool decide() {
        const auto sets = *store::suggestions(*m_workspace, m_image);
        if (sets.empty()) return true;
        const auto suggestion = sets[0].shapes[m_random() % sets[0].shapes.size()];
        if (m_random() % 3 == 0) return store::refuse(*m_workspace, m_image, "r", std::span(&suggestion.id, 1), "ana").has_value();
        auto taken = suggestion;
        taken.id = *m_workspace->nextAnnotationId(m_image);
        const store::Acceptance acceptance{"r", suggestion.id, taken.id};
        return store::commitAccepted(*m_workspace, test::adding(m_image, taken), std::span(&acceptance, 1)).has_value();
    }
    bool classes() {
        const auto all = *m_workspace->classes();
        if (all.size() < 3) return m_workspace->addClass("class " + std::to_string(m_random())).has_value();
        const auto merged = m_random() % 2 ? store::mergeClass(*m_workspace, all[1].id, all[0].id, "bo")
                                           : store::deleteClass(*m_workspace, all[2].id, "bo");
        return merged && (m_random() % 2 || store::undoBatch(*m_workspace, merged->batch, "bo").has_value());
    }

    std::shared_ptr<Workspace> m_workspace;
    std::mt19937 m_random;
    ImageId m_image;
};

int labelForEver(const char* folder) {
    Session session(folder);
    sayReady();
    for (;;) {
        if (!session.step()) return 4;
        const Totals t = totalsOf(session.workspace());
        char line[128];
        const int n =
            std::snprintf(line, sizeof line, "%lld %lld %lld %lld %lld\n", t.journal, t.comments, t.states, t.outcomes, t.batches);
        if (::write(STDOUT_FILENO, line, std::size_t(n)) < 0) return 5;
    }
}

int importOnce(const char* folder, const char* source) {
    const auto workspace = Workspace::open(folder);
    if (!workspace) return 3;
    sayReady();
    return data::importInto(**workspace, source, {}, {}, {}).has_value() ? 0 : 4;
}

struct Child {
    pid_t pid = 0;
    int out = -1;
};

Child start(std::vector<std::string> arguments) {
    int pipe[2];
    if (::pipe(pipe) != 0) qFatal("pipe");
    const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    std::vector<char*> argv{const_cast<char*>(self.c_str())};
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]), ::close(pipe[1]);
        ::execv(self.c_str(), argv.data());
        ::_exit(127);
    }
    ::close(pipe[1]);
    return {pid, pipe[0]};
}

/// Kills `milliseconds` after the child's first word (the workspace is open then); all that it wrote after that.
std::string killAfter(const Child& child, int milliseconds) {
    char ready = 0;
    if (::read(child.out, &ready, 1) != 1) qFatal("the child did not start");
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(child.pid, SIGKILL);
    std::string text;
    char buffer[4096];
    for (ssize_t n; (n = ::read(child.out, buffer, sizeof buffer)) > 0;) text.append(buffer, std::size_t(n));
    ::close(child.out);
    int status = 0;
    ::waitpid(child.pid, &status, 0);
    return text;
}

int rounds() {
    const char* set = std::getenv("LATHE_KILL_ROUNDS");
    return set ? std::atoi(set) : 20;
}

void checkSound(Workspace& workspace) {
    std::string answer;
    const auto asked = workspace.read([&](soci::session& sql) -> Result<> {
        sql << "PRAGMA integrity_check", soci::into(answer);
        return {};
    });
    QVERIFY(asked.has_value());
    QCOMPARE(answer, std::string("ok"));
}

/// The journal applied from nothing gives what is stored, and the log of states ends with the image's.
void checkReplay(const Workspace& workspace, ImageId image) {
    annot::Annotations replayed;
    const auto history = *workspace.history(image);
    for (const auto& entry : history) QVERIFY(annot::apply(replayed, entry.edit).has_value());
    QVERIFY(replayed == *workspace.annotations(image));
    const auto states = *store::stateHistory(workspace, image);
    QCOMPARE(states.empty() ? std::string("new") : states.back().to, (*workspace.image(image))->state);
}

/// An accepted suggestion is an annotation, and only one that was accepted: the edit and its outcome are one.
void checkOutcomes(const Workspace& workspace, ImageId image) {
    std::map<AnnotationId, store::Outcome> last;
    const auto outcomes = *store::outcomes(workspace, image);  // by name: a range over the temporary would outlive it
    for (const auto& row : outcomes)
        if (row.annotation.valid()) last[row.annotation] = row.outcome;
    const auto annotations = *workspace.annotations(image);
    for (const auto& a : annotations)
        if (a.source.starts_with("model:"))
            QVERIFY(last.contains(a.id) && (last[a.id] == store::Outcome::Accepted || last[a.id] == store::Outcome::Corrected));
    for (const auto& [id, outcome] : last) {
        const bool there = std::ranges::find(annotations, id, &annot::Annotation::id) != annotations.end();
        QCOMPARE(there, outcome == store::Outcome::Accepted || outcome == store::Outcome::Corrected);
    }
}

/// Every annotation's class is there: a class operation is whole or not at all.
void checkClasses(const Workspace& workspace, ImageId image) {
    const auto schema = *store::schema(workspace);
    const auto annotations = *workspace.annotations(image);
    for (const auto& a : annotations) QVERIFY(schema.find(a.classId) != nullptr);
}

Totals lastTotals(const std::string& told, Totals before) {
    for (std::size_t at = 0, end; (end = told.find('\n', at)) != std::string::npos; at = end + 1)
        if (std::sscanf(told.c_str() + at, "%lld %lld %lld %lld %lld", &before.journal, &before.comments, &before.states,
                        &before.outcomes, &before.batches) != 5)
            qFatal("the child told nonsense");
    return before;
}

}  // namespace

class TestKill : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    std::mt19937 m_random{7};

private Q_SLOTS:
    void whileEditing() {
        const auto folder = m_temp.path() / "edit.lathe";
        {
            const auto workspace = *Workspace::create(folder);
            QVERIFY(workspace
                        ->write([](soci::session& sql) -> Result<> {
                            store::ImageRow row;
                            row.name = "a.png", row.state = "new";
                            store::ImageWriter(sql).add(row, nullptr, {}, {});
                            return {};
                        })
                        .has_value());
        }
        std::int64_t acknowledged = 0;
        for (int round = 0; round < rounds(); ++round) {
            const std::string told = killAfter(start({"--edit", folder.string()}), int(20 + m_random() % 230));
            for (std::size_t at = 0, end; (end = told.find('\n', at)) != std::string::npos; at = end + 1)
                acknowledged = std::stoll(told.substr(at, end - at));
            const auto workspace = Workspace::open(folder);
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().text().c_str());
            checkSound(**workspace);
            const auto annotations = *(*workspace)->annotations(ImageId(1));
            const auto there = std::int64_t(annotations.size());
            QVERIFY2(there == acknowledged || there == acknowledged + 1, qPrintable(QString::number(there - acknowledged)));
            for (std::int64_t k = 0; k < there; ++k) QVERIFY(annotations[std::size_t(k)] == box(k + 1));
            QCOMPARE(std::int64_t((*workspace)->history(ImageId(1))->size()), there);
            acknowledged = there;
        }
        QVERIFY(acknowledged > 0);
        qInfo("%lld edits acknowledged", static_cast<long long>(acknowledged));
    }

    void whileLabelling() {
        const auto folder = m_temp.path() / "label.lathe";
        {
            const auto workspace = *Workspace::create(folder);
            for (const char* name : {"a", "b", "c", "d"}) QVERIFY(workspace->addClass(name).has_value());
            for (const char* name : {"1.png", "2.png", "3.png"}) test::addImage(*workspace, name);
        }
        Totals acknowledged;
        for (int round = 0; round < rounds(); ++round) {
            const std::string told = killAfter(start({"--label", folder.string()}), int(20 + m_random() % 230));
            acknowledged = lastTotals(told, acknowledged);
            const auto workspace = Workspace::open(folder);
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().text().c_str());
            checkSound(**workspace);
            const Totals now = totalsOf(**workspace);
            QVERIFY(now.journal >= acknowledged.journal && now.comments >= acknowledged.comments);
            QVERIFY(now.states >= acknowledged.states && now.outcomes >= acknowledged.outcomes &&
                    now.batches >= acknowledged.batches);
            for (std::int64_t image = 1; image <= 3; ++image) {
                checkReplay(**workspace, ImageId(image));
                checkOutcomes(**workspace, ImageId(image));
                checkClasses(**workspace, ImageId(image));
                if (QTest::currentTestFailed()) return;
            }
        }
        QVERIFY(acknowledged.journal > 0 && acknowledged.outcomes > 0 && acknowledged.batches > 0);
        qInfo("%lld journal entries, %lld comments, %lld states, %lld outcomes, %lld class operations acknowledged",
              acknowledged.journal, acknowledged.comments, acknowledged.states, acknowledged.outcomes, acknowledged.batches);
    }

    void whileImporting() {
        const auto source = m_temp.path() / "source";
        test::makeClassFolders(source, {"a", "b"}, 1100);
        for (int round = 0; round < rounds(); ++round) {
            const auto folder = m_temp.path() / ("import" + std::to_string(round) + ".lathe");
            QVERIFY(Workspace::create(folder).has_value());
            killAfter(start({"--import", folder.string(), source.string()}), int(10 + m_random() % 600));
            const auto workspace = Workspace::open(folder);
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().text().c_str());
            checkSound(**workspace);
            const auto count = *(*workspace)->imageCount();
            std::vector<ImageId> ids;
            for (std::int64_t id = 1; id <= count; ++id) ids.push_back(ImageId(id));
            const auto rows = *(*workspace)->images(ids);
            QCOMPARE(std::int64_t(rows.size()), count);
            for (const auto& row : rows) QVERIFY(std::filesystem::exists((*workspace)->layout().file(row)));
            const auto rest = data::importInto(**workspace, source, {}, {}, {});
            QVERIFY(rest.has_value());
            QCOMPARE(rest->images.added + count, 2200);
            std::filesystem::remove_all(folder);
        }
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--edit") return editForEver(argv[2]);
    if (argc == 3 && std::string(argv[1]) == "--label") return labelForEver(argv[2]);
    if (argc == 4 && std::string(argv[1]) == "--import") return importOnce(argv[2], argv[3]);
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(rounds() * 60'000));
    QCoreApplication app(argc, argv);
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill.moc"
