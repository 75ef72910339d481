// The store of labelling: schema, comments, states, time, people, suggestions; a workspace of the version before.
#include <QtTest>

#include <soci/sqlite3/soci-sqlite3.h>

#include <atomic>

#include "core/base/time.h"
#include "core/store/column_index.h"
#include "core/store/comments.h"
#include "core/store/labelling.h"
#include "core/store/schema.h"
#include "core/store/suggestions.h"
#include "resources/embedded.h"
#include "tests/support/labelled.h"

using namespace lathe;
using namespace lathe::test;
using store::Workspace;

namespace {

annot::ClassSchema classOf(const std::string& name) {
    annot::ClassSchema c;
    c.name = name;
    c.attributes = {{.name = "stage", .type = annot::Attribute::Type::Choice, .choices = {"ring", "troph"}, .required = true}};
    c.kinds = 1u << 1;
    c.rule = "One box per cell.";
    return c;
}

annot::Annotation predicted(double x, double confidence, std::int64_t classId = 1) {
    annot::Annotation a = shapeOf(0, ClassId(classId), annot::Box{{x, 1, 10, 10}});
    a.confidence = confidence;
    return a;
}

std::vector<std::string> outcomeNames(const Workspace& workspace, ImageId image) {
    std::vector<std::string> names;
    const auto rows = store::outcomes(workspace, image).value();
    for (const auto& row : rows) names.emplace_back(store::kOutcomeNames[std::size_t(row.outcome)]);
    return names;
}

/// The database as the version before made it, with two classes, an image, its annotations and journal.
void makeVersion4(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    soci::session sql(*soci::factory_sqlite3(), "dbname=\"" + (folder / "lathe.db").string() + "\"");
    sql << "CREATE TABLE migration (number INTEGER PRIMARY KEY, at DOUBLE PRECISION NOT NULL)";
    for (const auto& file : resources::embeddedFiles()) {
        if (!file.name.starts_with("migrations/") || file.name > "migrations/0005") continue;
        std::string statement;
        for (const auto& line : QString::fromUtf8(file.text.data(), qsizetype(file.text.size())).split('\n')) {
            if (line.startsWith("--")) continue;
            statement += line.toStdString() + "\n";
            if (line.trimmed().endsWith(';')) sql << std::exchange(statement, {});
        }
        const int number = std::stoi(std::string(file.name.substr(11, 4)));
        sql << "INSERT INTO migration (number, at) VALUES (:n, 1)", soci::use(number);
    }
    sql << "INSERT INTO meta (key, value) VALUES ('id', 'abc')";
    sql << "INSERT INTO class (id, name, colour, hotkey, parent, extra) VALUES (1, 'WBC', '#112233', '1', 'cell', '{\"x\":1}')";
    sql << "INSERT INTO class (id, name, colour, hotkey) VALUES (2, 'RBC', '#445566', '2')";
    const auto packed = store::packDocument({shapeOf(1, ClassId(1), annot::Box{{1, 2, 3, 4}})});
    store::Bytes body(sql, packed.body),
        edit(sql, annot::packEdit(adding(ImageId(1), shapeOf(1, ClassId(1), annot::Box{{1, 2, 3, 4}}))));
    sql << "INSERT INTO annotation_doc (id, digest, objects, body) VALUES (1, :d, 1, :b)", soci::use(packed.digest),
        soci::use(body.blob());
    sql << "INSERT INTO image VALUES (1,'d','a.png','media/a.png',640,480,3,'train','done',1.5,-1,-1,0,1,2)";
    sql << "INSERT INTO journal (seq, image_id, at, author, op, label, body) VALUES (1,1,1000,'ana','edit','Draw',:b)",
        soci::use(edit.blob());
}

}  // namespace

class TestLabelling : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;

    std::filesystem::path folder() { return m_temp.path() / (std::to_string(++m_count) + ".lathe"); }
    std::shared_ptr<Workspace> fresh() {
        auto workspace = Workspace::create(folder());
        if (!workspace) qFatal("%s", workspace.error().text().c_str());
        return *workspace;
    }

private Q_SLOTS:
    void aWorkspaceOfTheVersionBeforeIsTakenOver() {
        const auto path = folder();
        makeVersion4(path);
        const auto opened = Workspace::open(path);
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().text().c_str());
        const auto& workspace = *opened;
        const auto schema = store::schema(*workspace).value();
        QCOMPARE(schema.classes.size(), std::size_t(2));
        QCOMPARE(schema.classes[0].name, std::string("WBC"));
        QCOMPARE(schema.classes[0].parent, std::string("cell"));
        QCOMPARE(schema.classes[0].kinds, ~0u);
        QCOMPARE(workspace->classes().value()[0].extra, (Json{{"x", 1}}));
        QCOMPARE(workspace->annotations(ImageId(1)).value().size(), std::size_t(1));
        QCOMPARE(workspace->history(ImageId(1)).value()[0].batch, 0);
        QVERIFY(workspace->undo(ImageId(1), "bo").value().has_value());
        QVERIFY(workspace->annotations(ImageId(1)).value().empty());
        QVERIFY(store::addComment(*workspace, {.image = ImageId(1), .author = "bo", .text = "old"}).has_value());
    }

    void classesKeepTheirSchema() {
        const auto workspace = fresh();
        const auto id = store::saveClass(*workspace, classOf("WBC"));
        QVERIFY2(id.has_value(), id ? "" : id.error().text().c_str());
        auto schema = store::schema(*workspace).value();
        QCOMPARE(schema.classes[0].id, *id);
        QCOMPARE(schema.classes[0].key, std::string("1"));
        QCOMPARE(schema.classes[0].attributes, classOf("WBC").attributes);
        QCOMPARE(schema.classes[0].kinds, 1u << 1);
        auto changed = schema.classes[0];
        changed.name = "white", changed.key = "7", changed.rule.clear();
        auto child = classOf("monocyte");
        child.parent = "WBC";
        const auto childId = store::saveClass(*workspace, child).value();
        QVERIFY(store::saveClass(*workspace, changed).has_value());
        schema = store::schema(*workspace).value();
        QCOMPARE(schema.find(*id)->name, std::string("white"));
        QCOMPARE(schema.find(childId)->parent, std::string("white"));
        QCOMPARE(workspace->classes().value()[0].name, std::string("white"));
    }

    void aKeyBelongsToOneClass() {
        const auto workspace = fresh();
        auto one = classOf("a"), two = classOf("b");
        one.key = two.key = "5";
        const auto first = store::saveClass(*workspace, one).value();
        const auto second = store::saveClass(*workspace, two).value();
        const auto schema = store::schema(*workspace).value();
        QCOMPARE(schema.find(first)->key, std::string());
        QCOMPARE(schema.find(second)->key, std::string("5"));
    }

    void wrongClassesAreRefused() {
        const auto workspace = fresh();
        const auto a = store::saveClass(*workspace, classOf("a")).value();
        QCOMPARE(store::saveClass(*workspace, classOf("a")).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(store::saveClass(*workspace, classOf("")).error().code, ErrorCode::InvalidData);
        auto b = classOf("b");
        b.parent = "a";
        QVERIFY(store::saveClass(*workspace, b).has_value());
        auto loop = classOf("a");
        loop.id = a, loop.parent = "b";
        QCOMPARE(store::saveClass(*workspace, loop).error().code, ErrorCode::InvalidData);
        auto gone = classOf("c");
        gone.id = ClassId(99);
        QCOMPARE(store::saveClass(*workspace, gone).error().code, ErrorCode::NotFound);
        QCOMPARE(store::schema(*workspace).value().classes.size(), std::size_t(2));
    }

    void theFileGoesOutAndInElsewhere() {
        const auto from = fresh(), to = fresh();
        addImage(*from, "cells/a.png");
        addImage(*from, "cells/b.png");
        auto wbc = classOf("백혈구");
        wbc.examples = {{ImageId(1), {1, 2, 3, 4}, true, "good"}, {ImageId(2), {5, 6, 7, 8}, false, ""}};
        QVERIFY(store::saveClass(*from, wbc).has_value());
        QVERIFY(store::saveImageSchema(*from, {{.name = "stain", .type = annot::Attribute::Type::Text}}, false).has_value());
        const Json file = store::schemaFile(*from).value();
        QCOMPARE(file["classes"][0]["examples"][1]["image"], Json("cells/b.png"));

        addImage(*to, "first.png");
        const auto b = addImage(*to, "cells/b.png");
        QVERIFY(to->addClass("RBC").has_value());
        const auto report = store::importSchema(*to, Json::parse(file.dump()));
        QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
        QCOMPARE(report->added, 1);
        QCOMPARE(report->kept, 1);
        QCOMPARE(report->problems.size(), std::size_t(1));
        QCOMPARE(report->problems[0].item, std::string("cells/a.png"));
        const auto schema = store::schema(*to).value();
        QCOMPARE(schema.find("백혈구")->examples, (std::vector<annot::Example>{{b, {5, 6, 7, 8}, false, ""}}));
        QCOMPARE(schema.overlap, false);
        QCOMPARE(schema.image.size(), std::size_t(1));
        QCOMPARE(store::importSchema(*to, file).value().changed, 0);
        QVERIFY(!store::importSchema(*to, Json{{"lathe_schema", 1}, {"classes", {{{"key", "1"}}}}}).has_value());
    }

    void imageAttributesKeepTheirHistory() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        QVERIFY(store::imageAttributes(*workspace, image).value().is_null());
        const auto before = workspace->revision();
        QVERIFY(store::setImageAttributes(*workspace, image, {{"stain", "giemsa"}}, "ana").has_value());
        QVERIFY(workspace->revision() != before);
        QVERIFY(store::setImageAttributes(*workspace, image, {{"stain", "giemsa"}}, "bo").has_value());
        QVERIFY(store::setImageAttributes(*workspace, image, Json(), "bo").has_value());
        QVERIFY(store::imageAttributes(*workspace, image).value().is_null());
        const auto history = store::imageAttributeHistory(*workspace, image).value();
        QCOMPARE(history.size(), std::size_t(2));
        QCOMPARE(history[1].who, std::string("bo"));
        QCOMPARE(history[1].before, (Json{{"stain", "giemsa"}}));
        QVERIFY(!store::setImageAttributes(*workspace, image, "text", "bo").has_value());
    }

    void commentsMakeThreads() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png"), other = addImage(*workspace, "b.png");
        const auto first = store::addComment(
            *workspace,
            {.image = image, .place = annot::Point{10, 20}, .annotation = AnnotationId(3), .author = "bo", .text = "cut off?"});
        QVERIFY2(first.has_value(), first ? "" : first.error().text().c_str());
        QVERIFY(first->at > 1e9);
        const auto reply =
            store::addComment(*workspace, {.image = image, .parent = first->id, .author = "ana", .text = "yes"}).value();
        QCOMPARE(reply.place, first->place);
        const auto deeper =
            store::addComment(*workspace, {.image = image, .parent = reply.id, .author = "bo", .text = "mend"}).value();
        QCOMPARE(deeper.parent, first->id);
        const auto second = store::addComment(*workspace, {.image = image, .author = "bo", .text = "dark"}).value();
        QVERIFY(store::addComment(*workspace, {.image = other, .author = "bo", .text = "fine"}).has_value());
        QCOMPARE(store::comments(*workspace, image).value(), (std::vector<store::Comment>{*first, reply, deeper, second}));

        QVERIFY(store::setResolved(*workspace, deeper.id, true, "ana").has_value());
        auto all = store::comments(*workspace, image).value();
        QVERIFY(all[0].resolved);
        QCOMPARE(all[0].resolvedBy, std::string("ana"));
        using store::CommentFilter;
        QCOMPARE(store::allComments(*workspace, CommentFilter::Resolved).value().size(), std::size_t(3));
        QCOMPARE(store::allComments(*workspace, CommentFilter::Open).value().size(), std::size_t(2));
        QCOMPARE(store::imagesCommented(*workspace, CommentFilter::Resolved).value(), std::vector{image});
        QCOMPARE(store::imagesCommented(*workspace, CommentFilter::Open).value(), (std::vector{image, other}));
        QVERIFY(store::addComment(*workspace, {.image = image, .parent = first->id, .author = "bo", .text = "again"}).has_value());
        QVERIFY(!store::comments(*workspace, image).value()[0].resolved);

        QVERIFY(store::editComment(*workspace, second.id, "too dark").has_value());
        QVERIFY(store::comments(*workspace, image).value().back().edited > 0);
        QVERIFY(store::removeComment(*workspace, first->id).has_value());
        QCOMPARE(store::comments(*workspace, image).value().size(), std::size_t(1));
    }

    void wrongCommentsAreRefused() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png"), other = addImage(*workspace, "b.png");
        QCOMPARE(store::addComment(*workspace, {.image = image, .text = " \n"}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(store::addComment(*workspace, {.image = ImageId(9), .text = "x"}).error().code, ErrorCode::NotFound);
        QCOMPARE(store::addComment(*workspace, {.image = image, .parent = store::CommentId(9), .text = "x"}).error().code,
                 ErrorCode::NotFound);
        const auto first = store::addComment(*workspace, {.image = image, .text = "x"}).value();
        QCOMPARE(store::addComment(*workspace, {.image = other, .parent = first.id, .text = "x"}).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(store::editComment(*workspace, store::CommentId(7), "x").error().code, ErrorCode::NotFound);
        QCOMPARE(store::allComments(*workspace).value().size(), std::size_t(1));
    }

    void statesKeepWhoWhenAndWhy() {
        const auto workspace = fresh();
        const auto a = addImage(*workspace, "a.png"), b = addImage(*workspace, "b.png");
        const std::vector both{a, b};
        QVERIFY(workspace->commit(adding(a, shapeOf(1, ClassId(1), annot::Dot{{1, 2}}))).has_value());
        QVERIFY(store::setState(*workspace, both, "done", "ana").has_value());
        QCOMPARE(store::setState(*workspace, both, "rejected", "bo", "  ").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(store::setState(*workspace, both, "perfect", "bo").error().code, ErrorCode::InvalidArgument);
        QVERIFY(store::setState(*workspace, std::span(both).first(1), "rejected", "bo", "Two cells missing").has_value());
        QVERIFY(store::setState(*workspace, std::span(both).first(1), "rejected", "bo", "again").has_value());
        const auto history = store::stateHistory(*workspace, a).value();
        QCOMPARE(history.size(), std::size_t(3));
        QCOMPARE(history[0].from, std::string("new"));
        QCOMPARE(history[0].to, std::string("in_progress"));
        QCOMPARE(history[0].who, std::string("ana"));
        QCOMPARE(history[2].from, std::string("done"));
        QCOMPARE(history[2].who, std::string("bo"));
        QCOMPARE(store::rejectionReason(*workspace, a).value(), std::string("Two cells missing"));
        QCOMPARE(store::imagesRejectedFor(*workspace, "CELLS").value(), std::vector{a});
        QVERIFY(store::imagesRejectedFor(*workspace, "blurred").value().empty());
        QVERIFY(store::setState(*workspace, std::span(both).first(1), "in_progress", "ana").has_value());
        QVERIFY(store::rejectionReason(*workspace, a).value().empty());
        QVERIFY(store::imagesRejectedFor(*workspace, "cells").value().empty());
        QVERIFY(store::setState(*workspace, both, "rejected", "bo", "blurred").has_value());
        QCOMPARE(store::recentReasons(*workspace).value(), (std::vector<std::string>{"blurred", "Two cells missing"}));
    }

    void theIndexFollowsStatesWithoutBeingRebuilt() {
        const auto workspace = fresh();
        const auto a = addImage(*workspace, "a.png"), b = addImage(*workspace, "b.png");
        QVERIFY(store::ColumnIndex::load(*workspace).has_value());
        QVERIFY(store::setState(*workspace, std::vector{b}, "skipped", "ana").has_value());
        const auto index = store::ColumnIndex::load(*workspace).value();
        QCOMPARE(index->stateNames()[index->stateCodes()[std::size_t(index->rankOf(b))]], std::string("skipped"));
        QCOMPARE(index->stateNames()[index->stateCodes()[std::size_t(index->rankOf(a))]], std::string("new"));
        const auto reopened = Workspace::open(workspace->layout().root).value();
        const auto again = store::ColumnIndex::load(*reopened).value();
        QCOMPARE(again->stateNames()[again->stateCodes()[std::size_t(again->rankOf(b))]], std::string("skipped"));
    }

    void timeAddsUp() {
        const auto workspace = fresh();
        const auto a = addImage(*workspace, "a.png"), b = addImage(*workspace, "b.png");
        QVERIFY(store::addTime(*workspace, {a, "ana", 10.5, 3, {{AnnotationId(1), 4}, {AnnotationId(2), 2}}}).has_value());
        QVERIFY(store::addTime(*workspace, {a, "ana", 1.5, 1, {{AnnotationId(1), 1}}}).has_value());
        QVERIFY(store::addTime(*workspace, {a, "bo", 30, 0, {}}).has_value());
        QVERIFY(store::addTime(*workspace, {b, "ana", 5, 1, {}}).has_value());
        QVERIFY(store::addTime(*workspace, {b, "bo", 0, 0, {}}).has_value());
        QVERIFY(!store::addTime(*workspace, {b, "bo", -1, 0, {}}).has_value());
        const auto times = store::timeOf(*workspace, a).value();
        QCOMPARE(times.size(), std::size_t(2));
        QCOMPARE(times[0].user, std::string("bo"));
        QCOMPARE(times[1].seconds, 12.0);
        QCOMPARE(times[1].edits, 4);
        QCOMPARE(times[1].shapes, (std::vector<std::pair<AnnotationId, double>>{{AnnotationId(1), 5.0}, {AnnotationId(2), 2.0}}));
        const auto all = store::timeByUser(*workspace).value();
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[1].user, std::string("ana"));
        QCOMPARE(all[1].seconds, 17.0);
    }

    void peopleHaveRoles() {
        const auto workspace = fresh();
        QVERIFY(store::users(*workspace).value().empty());
        const auto ana = store::saveUser(*workspace, {"ana", "", store::Role::Annotator}).value();
        QVERIFY(!ana.colour.empty());
        QVERIFY(store::saveUser(*workspace, {"보라", "#123456", store::Role::Reviewer}).has_value());
        QVERIFY(store::saveUser(*workspace, {"ana", ana.colour, store::Role::Engineer}).has_value());
        QVERIFY(!store::saveUser(*workspace, {" ", "", store::Role::Engineer}).has_value());
        const auto users = store::users(*workspace).value();
        QCOMPARE(users, (std::vector<store::User>{{"ana", ana.colour, store::Role::Engineer},
                                                  {"보라", "#123456", store::Role::Reviewer}}));
        QVERIFY(store::mayReview(store::Role::Reviewer) && !store::mayReview(store::Role::Annotator));
        QVERIFY(store::removeUser(*workspace, "ana").has_value());
        QCOMPARE(store::users(*workspace).value().size(), std::size_t(1));
    }

    void suggestionsAreAcceptedCorrectedAndRefused() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        const std::vector<std::pair<ImageId, annot::Annotations>> puts{
            {image, {predicted(1, 0.5), predicted(20, 0.9), predicted(40, 0.7)}}};
        QCOMPARE(store::putSuggestions(*workspace, "r-1", puts).value(), 3);
        const auto sets = store::suggestions(*workspace, image).value();
        QCOMPARE(sets.size(), std::size_t(1));
        QCOMPARE(sets[0].shapes[0].confidence, std::optional(0.9));
        QCOMPARE(sets[0].shapes[0].source, std::string("model:r-1"));
        QCOMPARE(store::imagesSuggested(*workspace).value(), std::vector{image});
        QVERIFY(store::imagesSuggested(*workspace, "r-2").value().empty());
        QCOMPARE(store::suggestedRuns(*workspace).value()[0].open, 3);

        annot::Annotation taken = sets[0].shapes[0];
        taken.id = AnnotationId(1), taken.author = "ana";
        const std::vector<store::Acceptance> accepted{{"r-1", sets[0].shapes[0].id, AnnotationId(1)}};
        QVERIFY(store::commitAccepted(*workspace, adding(image, taken), accepted).has_value());
        QCOMPARE(outcomeNames(*workspace, image), std::vector<std::string>{"accepted"});
        QVERIFY(store::commitAccepted(*workspace, adding(image, shapeOf(9, ClassId(1), annot::Box{})), {}).has_value());
        annot::Annotation twice = taken;
        twice.id = AnnotationId(2);
        const std::vector<store::Acceptance> again{{"r-1", sets[0].shapes[0].id, AnnotationId(2)}};
        QCOMPARE(store::commitAccepted(*workspace, adding(image, twice), again).error().code, ErrorCode::InvalidData);

        annot::Annotation moved = taken;
        moved.shape = annot::Box{{21, 1, 10, 10}}, moved.source = "model:r-1 corrected";
        QVERIFY(workspace->commit(changing(image, taken, moved)).has_value());
        QCOMPARE(outcomeNames(*workspace, image), (std::vector<std::string>{"accepted", "corrected"}));
        QCOMPARE(store::outcomes(*workspace, image).value()[1].confidence, 0.9);

        const auto refused = store::refuse(*workspace, image, "r-1", std::vector{sets[0].shapes[1].id}, "bo");
        QVERIFY(refused.value() > 0);
        QCOMPARE(store::refuse(*workspace, image, "r-1", std::vector{sets[0].shapes[1].id}, "bo").value(), 0);
        auto counts = store::outcomeCounts(*workspace, "r-1").value();
        QCOMPARE(counts.corrected, 1);
        QCOMPARE(counts.refused, 1);
        QCOMPARE(counts.open, 1);
        QVERIFY(store::unrefuse(*workspace, image, *refused, "bo").has_value());
        QCOMPARE(store::suggestions(*workspace, image).value()[0].shapes[0].id, sets[0].shapes[1].id);
        QCOMPARE(store::outcomeCounts(*workspace, "r-1").value().open, 2);
    }

    void undoOpensASuggestionAgain() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        const std::vector<std::pair<ImageId, annot::Annotations>> puts{{image, {predicted(1, 0.5), predicted(20, 0.9)}}};
        QVERIFY(store::putSuggestions(*workspace, "r-1", puts).has_value());
        const auto first = store::suggestions(*workspace, image).value()[0].shapes[0];
        annot::Annotation taken = first;
        taken.id = AnnotationId(1);
        QVERIFY(store::commitAccepted(*workspace, adding(image, taken), std::vector<store::Acceptance>{{"r-1", first.id, taken.id}})
                    .has_value());
        QCOMPARE(store::suggestions(*workspace, image).value()[0].shapes.size(), std::size_t(1));
        QVERIFY(workspace->undo(image, "ana").value().has_value());
        QCOMPARE(store::suggestions(*workspace, image).value()[0].shapes[0], first);
        QVERIFY(workspace->redo(image, "ana").value().has_value());
        QCOMPARE(store::suggestions(*workspace, image).value()[0].shapes.size(), std::size_t(1));
        const annot::AnnotationEdit removal{image, "ana", 5, "Delete", {{taken, std::nullopt, 0, -1}}};
        QVERIFY(workspace->commit(removal).has_value());
        QCOMPARE(store::outcomeCounts(*workspace, "r-1").value().refused, 1);
        QVERIFY(workspace->undo(image, "ana").value().has_value());
        QCOMPARE(outcomeNames(*workspace, image),
                 (std::vector<std::string>{"accepted", "reopened", "accepted", "removed", "accepted"}));
        QCOMPARE(store::outcomeCounts(*workspace, "r-1").value().accepted, 1);
    }

    void predictingAgainDoesNotAskTwice() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        const std::vector<std::pair<ImageId, annot::Annotations>> puts{{image, {predicted(1, 0.5), predicted(20, 0.9)}}};
        QVERIFY(store::putSuggestions(*workspace, "r-1", puts).has_value());
        const auto set = store::suggestions(*workspace, image).value()[0];
        QVERIFY(store::refuse(*workspace, image, "r-1", std::vector{set.shapes[0].id}, "bo").has_value());
        QCOMPARE(store::putSuggestions(*workspace, "r-1", puts).value(), 1);
        QCOMPARE(store::putSuggestions(*workspace, "r-2", puts).value(), 2);
        const auto sets = store::suggestions(*workspace, image).value();
        QCOMPARE(sets.size(), std::size_t(2));
        QVERIFY(sets[1].shapes[0].id > set.shapes[1].id);
        QVERIFY(store::dropSuggestions(*workspace, "r-2").has_value());
        QCOMPARE(store::suggestions(*workspace, image).value().size(), std::size_t(1));
        const std::vector<std::pair<ImageId, annot::Annotations>> nothing{{image, {}}};
        QCOMPARE(store::putSuggestions(*workspace, "r-1", nothing).value(), 0);
        QVERIFY(store::suggestions(*workspace, image).value().empty());
    }

    void theQueueCommitsAcceptancesInTurn() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        const std::vector<std::pair<ImageId, annot::Annotations>> puts{{image, {predicted(1, 0.5)}}};
        QVERIFY(store::putSuggestions(*workspace, "r-1", puts).has_value());
        annot::Annotation taken = store::suggestions(*workspace, image).value()[0].shapes[0];
        const store::Acceptance acceptance{"r-1", taken.id, AnnotationId(2)};
        taken.id = AnnotationId(2);
        std::atomic<int> failures = 0;
        {
            store::EditQueue queue(workspace, [&](const auto&, const auto& result) { failures += !result.has_value(); });
            queue.push(adding(image, shapeOf(1, ClassId(1), annot::Dot{{1, 2}})));
            const auto edit = adding(image, taken);
            queue.push(edit, [=](Workspace& w) { return store::commitAccepted(w, edit, std::span(&acceptance, 1)); });
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(workspace->annotations(image).value().size(), std::size_t(2));
        QVERIFY(store::suggestions(*workspace, image).value().empty());
    }

    void everyChangeIsSeen() {
        const auto workspace = fresh();
        const auto image = addImage(*workspace, "a.png");
        std::atomic<int> seen = 0;
        const store::ChangeWatcher watcher(workspace, [&](store::Revision) { ++seen; });
        QTest::qWait(250);
        const int before = seen;
        QVERIFY(store::addComment(*workspace, {.image = image, .text = "x"}).has_value());
        QTRY_VERIFY(seen > before);
        const int after = seen;
        QVERIFY(store::setState(*workspace, std::vector{image}, "done", "ana").has_value());
        QTRY_VERIFY(seen > after);
    }
};

QTEST_GUILESS_MAIN(TestLabelling)
#include "tst_labelling.moc"
