// Attributes, imported fields and groups: the search against looking at every image, the index under edits, facets, errors.
#include <QtTest>
#include <random>

#include "core/base/files.h"
#include "core/data/facets.h"
#include "core/data/groups.h"
#include "core/data/objects.h"
#include "core/data/splits.h"
#include "core/runs/query_terms.h"
#include "core/store/field_values.h"
#include "core/store/image_groups.h"
#include "core/store/records.h"
#include "core/store/schema.h"
#include "tests/support/made_runs.h"

using namespace lathe;
using store::ColumnIndex;
using store::IndexField;
using store::Workspace;
using Of = store::IndexField::Of;

class TestQueryFields : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    std::shared_ptr<Workspace> m_workspace;
    std::vector<Json> m_meta;  ///< by rank
    static constexpr int kImages = 600;

    static std::string oneOf(std::mt19937& random, std::initializer_list<const char*> words) {
        return *(words.begin() + random() % words.size());
    }
    static annot::Annotations someShapes(std::mt19937& random) {
        annot::Annotations all;
        for (int k = 0; k < int(random() % 4); ++k) {
            annot::Annotation a;
            a.id = AnnotationId(k + 1), a.classId = ClassId(1 + k % 2), a.shape = annot::Box{{1.0 + k, 2, 9, 9}};
            if (random() % 2) a.attributes["pose"] = oneOf(random, {"left", "right", "far left"});
            if (random() % 3 == 0) a.attributes["age"] = int(random() % 40);
            if (random() % 4 == 0) a.attributes["occluded"] = random() % 2 == 0;
            if (random() % 5 == 0) a.attributes["paint"] = Json::array({"red", oneOf(random, {"matt", "gloss"})});
            all.push_back(std::move(a));
        }
        return all;
    }
    static Json someMeta(std::mt19937& random, int k) {
        Json meta{{"file", "scan-" + std::to_string(k) + "-" + std::to_string(random())}, {"kv", int(random() % 5) * 20}};
        if (random() % 2) meta["exif"] = {{"iso", 100 << random() % 3}, {"lens", oneOf(random, {"Tele 85", "wide"})}};
        if (random() % 3 == 0)
            meta["date"] = "2026-0" + std::to_string(1 + random() % 9) + "-1" + std::to_string(random() % 9) + " 10:11:12";
        return meta;
    }
    /// folder = site, file = patient_number
    static std::string nameOf(int k) {
        return "site" + std::to_string(k % 7) + "/p" + std::to_string(k % 90) + "_" + std::to_string(k) + ".png";
    }

    void fill() {
        std::mt19937 random(11);
        QVERIFY(m_workspace
                    ->write([&](soci::session& sql) -> Result<> {
                        store::ImageWriter writer(sql);
                        for (int k = 0; k < kImages; ++k) {
                            store::ImageRow row;
                            row.name = row.path = nameOf(k), row.digest = std::to_string(k), row.state = "new";
                            row.width = row.height = 64;
                            const auto packed = store::packDocument(someShapes(random));
                            m_meta.push_back(k % 10 == 0 ? Json() : someMeta(random, k));
                            writer.add(row, &packed, m_meta.back().is_null() ? std::string() : m_meta.back().dump(), {});
                        }
                        store::touchImages(sql);
                        return {};
                    })
                    .has_value());
    }

    std::vector<ImageId> ids(const std::string& text) {
        const auto found = data::runQuery(*m_workspace, **ColumnIndex::load(*m_workspace), text);
        if (!found) qFatal("%s", found.error().text().c_str());
        return *found;
    }
    std::size_t count(const std::string& text) { return ids(text).size(); }
    std::string errorOf(const std::string& text) {
        const auto found = data::runQuery(*m_workspace, **ColumnIndex::load(*m_workspace), text);
        return found ? std::string() : found.error().message;
    }
    /// Images with a value of the name for which test holds, by reading all of them.
    std::size_t slowly(Of of, const std::string& name, const std::function<bool(const std::string&)>& test) {
        std::size_t n = 0;
        for (std::int64_t id = 1; id <= kImages; ++id) {
            bool holds = false;
            const auto look = [&](const std::string& key, const std::string& text) {
                holds = holds || (key == name && test(text));
            };
            if (of == Of::Meta) store::eachFieldValue(m_meta[std::size_t(id - 1)], look);
            if (of == Of::Attribute) {
                const auto shapes = *m_workspace->annotations(ImageId(id));
                for (const auto& a : shapes) store::eachFieldValue(a.attributes, look);
                store::eachFieldValue(*store::imageAttributes(*m_workspace, ImageId(id)), look);
            }
            n += holds;
        }
        return n;
    }
    static bool any(const std::string&) { return true; }

private Q_SLOTS:
    void initTestCase() {
        runs::installQueryTerms();
        m_workspace = *Workspace::create(m_temp.path() / "fields.lathe");
        QVERIFY(m_workspace->addClass("cell").has_value() && m_workspace->addClass("bubble").has_value());
        fill();
    }

    void attributesAreFound() {
        const auto is = [](const char* value) { return [value](const std::string& text) { return text == value; }; };
        QVERIFY(count("attribute:pose") > 100);
        QCOMPARE(count("attribute:pose"), slowly(Of::Attribute, "pose", any));
        QCOMPARE(count("attribute:pose=left"), slowly(Of::Attribute, "pose", is("left")));
        QCOMPARE(count("attribute:pose=\"far left\""), slowly(Of::Attribute, "pose", is("far left")));
        QCOMPARE(count("attribute:\"pose\"=LEFT"), count("attribute:pose=left"));
        QCOMPARE(count("attribute:POSE=left"), count("attribute:pose=left"));
        QCOMPARE(count("attribute:occluded=true"), slowly(Of::Attribute, "occluded", is("true")));
        QCOMPARE(count("attribute:paint=gloss"), slowly(Of::Attribute, "paint", is("gloss")));
        QCOMPARE(count("attribute:pose!=left"), slowly(Of::Attribute, "pose", [](const auto& text) { return text != "left"; }));
        QCOMPARE(count("-attribute:pose"), kImages - count("attribute:pose"));
        QCOMPARE(count("attribute:age>30"), slowly(Of::Attribute, "age", [](const auto& text) { return std::stoi(text) > 30; }));
        QCOMPARE(count("attribute:age=3..7"),
                 slowly(Of::Attribute, "age", [](const auto& text) { return std::stoi(text) >= 3 && std::stoi(text) < 7; }));
        QCOMPARE(count("attribute:age=7.0"), slowly(Of::Attribute, "age", is("7")));
        QCOMPARE(count("attribute:pose=up"), std::size_t(0));
        QCOMPARE(count("(attribute:pose=left or attribute:age>=20) class:cell") > 0, true);
    }

    void importedFieldsAreFound() {
        const auto is = [](const char* value) { return [value](const std::string& text) { return text == value; }; };
        QCOMPARE(count("meta:kv"), slowly(Of::Meta, "kv", any));
        QCOMPARE(count("meta:kv=40"), slowly(Of::Meta, "kv", is("40")));
        QCOMPARE(count("meta:kv=20..60"), count("meta:kv=20 or meta:kv=40"));
        QCOMPARE(count("meta:exif.iso>=200"),
                 slowly(Of::Meta, "exif.iso", [](const auto& text) { return std::stoi(text) >= 200; }));
        QCOMPARE(count("meta:exif.lens=\"Tele 85\""), slowly(Of::Meta, "exif.lens", is("Tele 85")));
        QCOMPARE(count("meta:exif"), slowly(Of::Meta, "exif.iso", any));  // what lies inside
        QCOMPARE(count("meta:date<2026-05-15"), slowly(Of::Meta, "date", [](const auto& text) { return text < "2026-05-15"; }));
        QCOMPARE(count("meta:date>2026-05-15"), slowly(Of::Meta, "date", [](const auto& text) { return text >= "2026-05-16"; }));
    }

    /// 540 names of files: the index doesn't keep them all, or does, but nothing is chosen by them.
    void namesOfFilesAreFoundAndNoFacet() {
        const auto index = *ColumnIndex::load(*m_workspace);
        const std::string file = m_meta[17]["file"].get<std::string>();
        QCOMPARE(ids("meta:file=" + file), std::vector<ImageId>{ImageId(18)});
        const auto facets = data::search(*m_workspace, *index, "")->facets;
        for (const auto& facet : facets.byField) QVERIFY(facet.name != "file");
    }

    void fieldsWithManyValuesAreScanned() {
        const auto workspace = *Workspace::create(m_temp.path() / "many.lathe");
        QVERIFY(workspace
                    ->write([&](soci::session& sql) -> Result<> {
                        store::ImageWriter writer(sql);
                        for (int k = 0; k < 1500; ++k) {
                            store::ImageRow row;
                            row.name = row.path = std::to_string(k), row.digest = row.name, row.state = "new";
                            annot::Annotation a;
                            a.id = AnnotationId(1), a.classId = ClassId(1), a.shape = annot::Box{{1, 2, 9, 9}};
                            a.attributes = {{"serial", k % 1200}, {"note", k == 7 ? std::string(300, 'x') : std::string("y")}};
                            const auto packed = store::packDocument({a});
                            Json extra{{"number", k}, {"half", k / 2}};
                            for (int f = 0; f < (k == 0 ? 300 : 0); ++f) extra["f" + std::to_string(f)] = f;
                            writer.add(row, &packed, extra.dump(), {});
                        }
                        store::touchImages(sql);
                        return {};
                    })
                    .has_value());
        const auto index = *ColumnIndex::load(*workspace);
        const auto n = [&](const char* text) { return data::runQuery(*workspace, *index, text)->size(); };
        QVERIFY(index->field(Of::Attribute, "serial")->values.empty() && index->field(Of::Attribute, "note")->values.empty());
        QVERIFY(!index->hasAllFields());
        QCOMPARE(n("attribute:serial"), std::size_t(1500));
        QCOMPARE(n("attribute:serial=17"), std::size_t(2));
        QCOMPARE(n("attribute:serial>=1190"), std::size_t(10));
        QCOMPARE(n("attribute:note=Y"), std::size_t(1499));
        QCOMPARE(n("meta:number=100..200"), std::size_t(100));
        QCOMPARE(n("meta:half=3"), std::size_t(2));
        QCOMPARE(n("meta:f299=299"), std::size_t(1));  // beyond the fields that are kept
        QCOMPARE(n("meta:f5=5"), std::size_t(1));
        QVERIFY(data::search(*workspace, *index, "")->facets.byField.size() <= 400);
    }

    void objectsHaveTheAttributeThemselves() {
        const auto index = *ColumnIndex::load(*m_workspace);
        std::size_t wanted = 0;
        for (std::int64_t id = 1; id <= kImages; ++id) {
            const auto shapes = *m_workspace->annotations(ImageId(id));
            for (const auto& a : shapes)
                wanted += a.attributes.is_object() && a.attributes.value("pose", "") == "left" && a.classId == ClassId(1);
        }
        QVERIFY(wanted > 0);
        QCOMPARE(data::findObjects(*m_workspace, *index, "attribute:pose=left class:cell")->size(), wanted);
    }

    void errorsNameTheColumnAndWhatThereIs_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("words");
        QTest::newRow("no such attribute") << "class:cell attribute:poze=left" << 22 << "pose";
        QTest::newRow("no such field") << "meta:kw=3" << 6 << "kv";
        QTest::newRow("no name") << "attribute:" << 11 << "needs a name";
        QTest::newRow("no name before the sign") << "meta:=3" << 6 << "needs a name";
        QTest::newRow("no value") << "attribute:pose=" << 16 << "a value is needed";
        QTest::newRow("not a number") << "attribute:age>old" << 15 << "a number or a date";
        QTest::newRow("half a range") << "attribute:age=3.." << 15 << "two numbers";
        QTest::newRow("sign twice") << "meta:kv>>3" << 9 << "is needed here";
        QTest::newRow("open quote") << "meta:\"kv=3" << 6 << "not closed";
        QTest::newRow("no rule for groups") << "class:cell group:site1" << 12 << "lathe group";
    }
    void errorsNameTheColumnAndWhatThereIs() {
        QFETCH(QString, text);
        QFETCH(int, column);
        QFETCH(QString, words);
        const std::string message = errorOf(text.toStdString());
        QVERIFY2(message.starts_with("column " + std::to_string(column) + ": "), message.c_str());
        QVERIFY2(message.find(words.toStdString()) != std::string::npos, message.c_str());
    }

    void anAttributeOfTheSchemaIsNoMistake() {
        QCOMPARE(errorOf("attribute:gauge=ok").empty(), false);
        annot::Attribute gauge;
        gauge.name = "gauge";
        QVERIFY(store::saveImageSchema(*m_workspace, {gauge}, true).has_value());
        QCOMPARE(count("attribute:gauge=ok"), std::size_t(0));
        QCOMPARE(count("attribute:gauge"), std::size_t(0));
    }

    void facetsAreWhatTheirTermsFind() {
        const auto index = *ColumnIndex::load(*m_workspace);
        for (const std::string within : {"", "class:bubble", "meta:kv=40"}) {
            const auto found = *data::search(*m_workspace, *index, within);
            QStringList names;
            for (const auto& facet : found.facets.byField) {
                names << QString::fromStdString(facet.name);
                QVERIFY(facet.bins.empty() == (facet.name != "age") && facet.bins.empty() == facet.edges.empty());
                for (std::size_t k = 0; k < facet.bins.size(); ++k)
                    QCOMPARE(std::int64_t(count(within + ' ' + data::binsTerm(facet, k, k))), facet.bins[k]);
                QVERIFY(facet.counts.values.size() <= data::kShownValues);
                for (const auto& [value, images] : facet.counts.values)
                    QCOMPARE(std::int64_t(count(within + ' ' + data::fieldTerm(facet.of, facet.name, value))), images);
            }
            QCOMPARE(names, (QStringList{"age", "occluded", "paint", "pose", "date", "exif.iso", "exif.lens", "kv"}));
        }
        const auto all = *data::search(*m_workspace, *index, "");
        const auto& kv = all.facets.byField.back();  // numbers by size: 100 after 80
        QCOMPARE(kv.counts.values.front().first, std::string("0"));
        QCOMPARE(kv.counts.values.back().first, std::string("80"));
        const auto& date = all.facets.byField[4];
        QVERIFY(date.counts.values.size() == data::kShownValues && date.counts.more > 0);
        QVERIFY(date.counts.values.front().second >= date.counts.values.back().second);
    }

    void termsAreQuotedWhereTheyMust() {
        QCOMPARE(data::fieldTerm(Of::Attribute, "pose", "left"), std::string("attribute:pose=left"));
        QCOMPARE(data::fieldTerm(Of::Meta, "scan date", "a b"), std::string("meta:\"scan date\"=\"a b\""));
        QCOMPARE(data::fieldTerm(Of::Meta, "range", "3..7"), std::string("meta:range=\"3..7\""));
        QCOMPARE(data::fieldTerm(Of::Meta, "said", "a \"b\""), std::string("meta:said=\"a \"\"b\"\"\""));
        QVERIFY(!data::checkQuery(data::fieldTerm(Of::Meta, "said", "a \"b\"") + " group:\"x\"\"y\" class:cell"));
    }

    void editsReachTheFields() {
        const auto before = count("attribute:pose=left");
        std::int64_t id = 1;
        while (!m_workspace->annotations(ImageId(id))->empty()) ++id;
        annot::Annotation a;
        a.id = *m_workspace->nextAnnotationId(ImageId(id)), a.classId = ClassId(1), a.shape = annot::Box{{1, 1, 4, 4}};
        a.attributes = {{"pose", "left"}, {"brand", "new"}};
        QVERIFY(m_workspace->commit({ImageId(id), "ana", 1, "Draw", {{std::nullopt, a, -1, -1}}}).has_value());
        QCOMPARE(count("attribute:pose=left"), before + 1);
        QCOMPARE(ids("attribute:brand=new"), std::vector<ImageId>{ImageId(id)});
        QVERIFY(store::setImageAttributes(*m_workspace, ImageId(5), {{"brand", "old"}, {"room", 3}}, "ana").has_value());
        QCOMPARE(count("attribute:brand"), std::size_t(2));
        QCOMPARE(ids("attribute:room>2"), std::vector<ImageId>{ImageId(5)});
        QVERIFY(store::setImageAttributes(*m_workspace, ImageId(5), {}, "ana").has_value());
        QVERIFY(errorOf("attribute:room=3").find("no attribute") != std::string::npos);
        QVERIFY(m_workspace->undo(ImageId(id), "ana")->has_value());
        QCOMPARE(count("attribute:pose=left"), before);
        QVERIFY(!errorOf("attribute:brand").empty());
        // The same as reading everything anew.
        const auto patched = (*ColumnIndex::load(*m_workspace))->fields();
        std::filesystem::remove(m_workspace->layout().cache() / "columns.idx");
        const auto again = *Workspace::open(m_workspace->layout().root);
        const auto fresh = *ColumnIndex::load(*again);
        QCOMPARE(fresh->fields().size(), patched.size());
        for (std::size_t k = 0; k < patched.size(); ++k)
            QVERIFY(fresh->fields()[k].name == patched[k].name && fresh->fields()[k].values == patched[k].values);
    }

    void groupsByTheRuleOfTheWorkspace() {
        QCOMPARE(*store::groupRule(*m_workspace), std::string());
        for (const char* wrong : {"colour", "folder:x", "prefix:", "name:(", "meta:"})
            QCOMPARE(store::setGroupRule(*m_workspace, wrong).error().code, ErrorCode::InvalidArgument);
        QVERIFY(store::setGroupRule(*m_workspace, "folder").has_value());
        QCOMPARE(count("group:site3"), slowly(Of::Meta, "", any) + std::size_t((kImages - 3 + 6) / 7));
        QCOMPARE(count("group:nowhere"), std::size_t(0));
        const auto found = *data::search(*m_workspace, **ColumnIndex::load(*m_workspace), "-group:site0");
        QCOMPARE(found.facets.byGroup.rule, std::string("folder"));
        QCOMPARE(found.facets.byGroup.counts.values.size(), std::size_t(7));
        for (const auto& [group, images] : found.facets.byGroup.counts.values)
            QCOMPARE(std::int64_t(count("-group:site0 " + data::groupTerm(group))), images);
        QVERIFY(store::setGroupRule(*m_workspace, "name:(p[0-9]+)_").has_value());
        QCOMPARE(count("group:p89"), std::size_t(6));
        const auto many = *data::search(*m_workspace, **ColumnIndex::load(*m_workspace), "");
        QCOMPARE(many.facets.byGroup.counts.values.size(), data::kShownValues);
        QCOMPARE(many.facets.byGroup.counts.more, std::int64_t(40));
        QCOMPARE(many.facets.byGroup.counts.values.front().second, std::int64_t(7));
        QVERIFY(store::setGroupRule(*m_workspace, "meta:exif.lens").has_value());
        QCOMPARE(count("group:\"Tele 85\""), count("meta:exif.lens=\"Tele 85\""));
        QCOMPARE(count("group:none"), count("-meta:exif.lens"));
        QVERIFY(store::setGroupRule(*m_workspace, "attribute:ward").has_value());
        QCOMPARE(count("group:none"), std::size_t(kImages));
        QVERIFY(store::setImageAttributes(*m_workspace, ImageId(9), {{"ward", "C 3"}}, "ana").has_value());
        QCOMPARE(ids("group:\"C 3\""), std::vector<ImageId>{ImageId(9)});
        QCOMPARE((*ColumnIndex::load(*m_workspace))->groupCount(), std::uint32_t(1));
    }

    void oneImageStandsForItsGroup() {
        QVERIFY(store::setGroupRule(*m_workspace, "meta:exif.lens").has_value());
        const auto index = *ColumnIndex::load(*m_workspace);
        const auto all = ids("class:cell");
        const auto heads = data::groupHeads(*index, all);
        const auto tele = count("class:cell group:\"Tele 85\""), wide = count("class:cell group:wide");
        QCOMPARE(heads.ids.size(), 2 + count("class:cell group:none"));
        QCOMPARE(heads.groups.size(), std::size_t(2));
        std::size_t sum = 0;
        for (const auto& [head, group] : heads.groups) sum += group.images;
        QCOMPARE(sum, tele + wide);
        const auto first = *std::ranges::find_if(heads.ids, [&](ImageId id) { return heads.groups.contains(id.value); });
        const auto members = data::groupMembers(*index, all, {first});
        QCOMPARE(members.size(), std::size_t(heads.groups.at(first.value).images));
        QVERIFY(members == ids("class:cell group:\"Tele 85\"") || members == ids("class:cell group:wide"));
        QCOMPARE(data::groupMembers(*index, all, heads.ids), all);
    }

    void splitsKeepTheWorkspacesGroupsTogether() {
        QVERIFY(store::setGroupRule(*m_workspace, "").has_value());
        data::SplitOptions options;
        options.group = "group";
        QCOMPARE(data::assignSplits(*m_workspace, options).error().code, ErrorCode::InvalidArgument);
        QVERIFY(store::setGroupRule(*m_workspace, "prefix:_").has_value());
        QVERIFY(data::assignSplits(*m_workspace, options).has_value());
        QVERIFY(count("split:test") > 0);
        for (int patient = 0; patient < 90; ++patient) {
            const std::string group = "group:p" + std::to_string(patient);
            const auto all = count(group);
            QVERIFY(count(group + " split:train") == all || count(group + " split:val") == all ||
                    count(group + " split:test") == all);
        }
    }

    void runsAreCounted() {
        test::MadeRun made;
        made.id = "20261121-152254-3fa9", made.name = "small net";
        for (std::int64_t id = 1; id <= 20; ++id) made.images.push_back(id), made.right.push_back(id % 5 != 0);
        QVERIFY(test::makeRun(*m_workspace, made).has_value());
        const auto index = *ColumnIndex::load(*m_workspace);
        const auto counts = *data::runCounts(*m_workspace, *index, ids("id:5 or id:6 or id:7 or id:300"), "small net");
        QCOMPARE(counts.right, 2);
        QCOMPARE(counts.wrong, 1);
        QCOMPARE(counts.unjudged, 0);
        QCOMPARE(count("run:\"small net\" wrong:unjudged"), std::size_t(0));
        QVERIFY(!data::runCounts(*m_workspace, *index, {}, "nobody"));
    }
};

QTEST_GUILESS_MAIN(TestQueryFields)
#include "tst_query_fields.moc"
