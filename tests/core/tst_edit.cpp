#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <random>

#include "core/annot/edit_plan.h"

using namespace lathe;
using namespace lathe::annot;

namespace {

Annotation boxOf(std::int64_t id, double x = 0) {
    return {AnnotationId(id), ClassId(1), Box{{x, 1, 2, 3}}};
}

Annotations boxes(int count) {
    Annotations out;
    for (int k = 1; k <= count; ++k) out.push_back(boxOf(k, k));
    return out;
}

AnnotationEdit editOf(std::vector<Change> changes) {
    return {ImageId(1), "ana", 12.5, "Move box", std::move(changes)};
}

// A random step of changes whose orders are right at their moment.
AnnotationEdit randomEdit(const Annotations& start, std::mt19937& random, std::int64_t& nextId) {
    Annotations now = start;
    AnnotationEdit edit = editOf({});
    for (unsigned left = 1 + random() % 60; left; --left) {
        Change change;
        const unsigned what = random() % 3;
        if (what == 0 || now.empty()) {
            change.after = boxOf(nextId++, random() % 100);
            change.orderAfter = random() % 2 ? -1 : int(random() % (now.size() + 1));
        } else {
            change.orderBefore = int(random() % now.size());
            change.before = now[std::size_t(change.orderBefore)];
            if (what == 1) {
                change.after = change.before;
                change.after->setShape(Box{{double(random() % 50), 0, 1, 1}});
                change.orderAfter = random() % 2 ? -1 : int(random() % now.size());
            }
        }
        edit.changes.push_back(change);
        if (!annot::apply(now, editOf({change}))) qFatal("a right change was refused");
    }
    return edit;
}

std::vector<std::int64_t> idsOf(const Annotations& annotations) {
    std::vector<std::int64_t> ids;
    for (const auto& a : annotations) ids.push_back(a.id.value);
    return ids;
}

// Some of `start` gone, changed, in another order, and new ones between.
Annotations otherState(const Annotations& start, std::mt19937& random, std::int64_t& nextId) {
    Annotations to;
    for (const auto& a : start) {
        if (random() % 4 == 0) continue;
        to.push_back(a);
        if (random() % 4 == 0) to.back().setShape(Box{{double(random() % 50), 0, 1, 1}});
    }
    if (random() % 2) std::shuffle(to.begin(), to.end(), random);
    for (unsigned left = random() % 50; left; --left)
        to.insert(to.begin() + std::ptrdiff_t(random() % (to.size() + 1)), boxOf(nextId++, random() % 100));
    return to;
}

}  // namespace

class TestEdit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesBetweenLeadThereAndBack() {
        std::mt19937 random(11);
        std::int64_t nextId = 1000;
        for (int round = 0; round < 600; ++round) {
            const Annotations from = boxes(int(random() % 90)), to = otherState(from, random, nextId);
            Annotations now = from;
            const AnnotationEdit edit = editOf(changesBetween(from, to));
            QVERIFY(annot::apply(now, edit).has_value());
            QCOMPARE(now, to);
            QVERIFY(annot::apply(now, edit.inverse()).has_value());
            QCOMPARE(now, from);
        }
        QVERIFY(changesBetween(boxes(5), boxes(5)).empty());
    }

    void changesBetweenManyAreQuick() {
        const Annotations from = boxes(60000);
        Annotations to = boxes(100000);
        to.erase(to.begin(), to.begin() + 20000);
        for (std::size_t i = 0; i < 20000; ++i) to[i].flags = Occluded;
        Annotations now = from;
        QElapsedTimer clock;
        clock.start();
        const AnnotationEdit edit = editOf(changesBetween(from, to));
        QVERIFY(annot::apply(now, edit).has_value());
        QCOMPARE(now, to);
        QVERIFY(annot::apply(now, edit.inverse()).has_value());
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(now, from);
    }

    void reorderPutsThemTogether() {
        std::mt19937 random(5);
        for (int round = 0; round < 400; ++round) {
            const Annotations from = boxes(1 + int(random() % 60));
            std::vector<AnnotationId> ids;
            for (const auto& a : from)
                if (random() % 3 == 0) ids.push_back(a.id);
            const int to = int(random() % (from.size() + 1));
            Annotations below, chosen, above;
            for (int i = 0; i < int(from.size()); ++i) {
                const bool mine = std::find(ids.begin(), ids.end(), from[std::size_t(i)].id) != ids.end();
                (mine ? chosen : i < to ? below : above).push_back(from[std::size_t(i)]);
            }
            std::vector<std::int64_t> wanted = idsOf(below);
            for (const Annotations* part : {&chosen, &above})
                for (const std::int64_t id : idsOf(*part)) wanted.push_back(id);
            Annotations now = from;
            const AnnotationEdit edit = editOf(reorderOf(from, ids, to));
            QVERIFY(annot::apply(now, edit).has_value());
            QCOMPARE(idsOf(now), wanted);
            QVERIFY(annot::apply(now, edit.inverse()).has_value());
            QCOMPARE(now, from);
        }
        QVERIFY(reorderOf(boxes(4), {AnnotationId(2), AnnotationId(3)}, 3).empty());
    }

    void inverseRestoresEverything() {
        std::mt19937 random(3);
        std::int64_t nextId = 1000;
        for (int round = 0; round < 400; ++round) {
            const Annotations start = boxes(int(random() % 50));
            const AnnotationEdit edit = randomEdit(start, random, nextId);
            Annotations now = start;
            QVERIFY(annot::apply(now, edit).has_value());
            const Annotations after = now;
            QVERIFY(annot::apply(now, edit.inverse()).has_value());
            QVERIFY(now == start);
            QVERIFY(annot::apply(now, edit.inverse().inverse()).has_value());
            QVERIFY(now == after);
            const auto packed = unpackEdit(packEdit(edit));
            QVERIFY(packed && *packed == edit);
        }
    }

    void manyAtOnceEqualOneByOne() {
        const Annotations start = boxes(200);
        std::vector<AnnotationId> ids;
        for (int k = 1; k <= 200; k += 3) ids.push_back(AnnotationId(k));
        const AnnotationEdit removal = editOf(removalOf(start, ids));
        QCOMPARE(removal.changes.size(), std::size_t(67));
        Annotations together = start, inTurn = start;
        QVERIFY(annot::apply(together, removal).has_value());
        for (const auto& change : removal.changes) QVERIFY(annot::apply(inTurn, editOf({change})).has_value());
        QVERIFY(together == inTurn);
        QVERIFY(annot::apply(together, removal.inverse()).has_value());
        QVERIFY(together == start);
    }

    void refusedEditChangesNothing() {
        for (const int padding : {0, 60}) {
            Annotations now = boxes(100);
            const Annotations start = now;
            AnnotationEdit edit = editOf({});
            for (int k = 0; k < padding; ++k) edit.changes.push_back({now[std::size_t(k)], boxOf(k + 1, 77), k, -1});
            edit.changes.push_back({now[90], std::nullopt, 90, -1});
            edit.changes.push_back({boxOf(100, 55), boxOf(100, 56), -1, -1});  // isn't what is there
            const auto applied = annot::apply(now, edit);
            QVERIFY(!applied && applied.error().code == ErrorCode::InvalidData);
            QVERIFY(now == start);
            QVERIFY(!annot::apply(now, editOf({{std::nullopt, boxOf(7), -1, -1}})));
            QVERIFY(!annot::apply(now, editOf({{boxOf(777), std::nullopt, -1, -1}})));
            QVERIFY(now == start);
        }
    }

    void sameShapeTwiceInABigEdit() {
        Annotations now = boxes(100);
        AnnotationEdit edit = editOf({});
        for (int k = 0; k < 50; ++k) edit.changes.push_back({boxOf(5, k == 0 ? 5 : 100 + k), boxOf(5, 101 + k), -1, -1});
        QVERIFY(annot::apply(now, edit).has_value());
        QCOMPARE(bounds(now[4].shape).x, 150.0);
    }

    void hundredThousandShapesAtOnce() {
        Annotations now = boxes(100'000);
        const Annotations start = now;
        AnnotationEdit move = editOf({}), removal = editOf({});
        std::vector<AnnotationId> ids;
        for (const auto& box : start) {
            Annotation moved = box;
            moved.setShape(translated(box.shape, 1, 1));
            move.changes.push_back({box, moved, -1, -1});
            ids.push_back(box.id);
        }
        removal.changes = removalOf(start, ids);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(annot::apply(now, move).has_value());
        QVERIFY(annot::apply(now, move.inverse()).has_value());
        QVERIFY(annot::apply(now, removal).has_value());
        QVERIFY(now.empty());
        QVERIFY(annot::apply(now, removal.inverse()).has_value());
        QVERIFY(timer.elapsed() < 5000);
        QVERIFY(now == start);
    }

    void tornEditsAreErrors() {
        const std::string body = packEdit(editOf({{boxOf(1), boxOf(1, 9), 0, -1}, {std::nullopt, boxOf(2), -1, 1}}));
        for (std::size_t size = 0; size < body.size(); ++size) QVERIFY(!unpackEdit(std::string_view(body).substr(0, size)));
        QVERIFY(!unpackEdit(body + " "));
        std::mt19937 random(9);
        for (int round = 0; round < 20000; ++round) {
            std::string changed = body;
            changed[random() % changed.size()] = char(random());
            if (const auto read = unpackEdit(changed)) QVERIFY(unpackEdit(packEdit(*read)).has_value());
        }
    }
};

QTEST_APPLESS_MAIN(TestEdit)
#include "tst_edit.moc"
