// Writes annotations.xml (CVAT for images 1.1) and images/. The labels stand before the images and declare the attributes that the
// annotations have, so all annotations are looked at twice.
#include <fmt/format.h>
#include <algorithm>
#include <fstream>

#include "core/base/files.h"
#include "core/formats/cvat.h"
#include "core/formats/cvat_elements.h"
#include "core/formats/json_items.h"

namespace lathe::formats::cvat_xml {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;
using pugi::xml_node;

// <meta> as it was read, or a new one; with the labels.
void putMeta(xml_node root, const WriteSource& source, const std::vector<SeenAttributes>& seen) {
    pugi::xml_document kept;
    const std::string text = textOf(source.extra, "meta");
    xml_node meta;
    if (!text.empty() && kept.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8) && kept.child("meta"))
        meta = root.append_copy(kept.child("meta"));
    else
        meta = root.append_child("meta");
    xml_node owner;
    for (const char* name : {"task", "job", "project"})
        if (!owner) owner = meta.child(name);
    if (!owner) {
        owner = meta.append_child("task");
        owner.append_child("size");
    }
    if (xml_node size = owner.child("size")) size.text() = std::to_string(source.imageCount).c_str();
    if (xml_node mode = owner.child("mode")) mode.text() = "annotation";
    xml_node labels = owner.child("labels");
    if (!labels) labels = owner.append_child("labels");
    labels.remove_children();
    for (std::size_t k = 0; k < source.classes.size(); ++k) putLabel(labels, source.classes[k], seen[k]);
}

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, const WriteOptions& options)
        : m_folder(folder), m_source(source), m_placer(folder / "images", options.images), m_seen(source.classes.size()) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(lookThrough(stop, progress.part(0, 0.3)));
        const fs::path file = m_folder / "annotations.xml";
        std::ofstream out(file, std::ios::binary);
        putHead(out);
        Elements elements(m_source, m_seen, m_losses);
        for (std::size_t k = 0; k < m_order.size(); ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(m_order[k].second));
            progress.part(0.3, 1).report(std::int64_t(k) + 1, std::int64_t(m_order.size()), image.name);
            putImage(out, image, k, elements);
        }
        out << "</annotations>\n";
        if (!out.flush()) return fail(base::errnoError(errno, "could not be written", file));
        ++m_report.files;
        reportLosses();
        return std::move(m_report);
    }

private:
    // The order of names, and the attributes of the classes.
    Result<> lookThrough(std::stop_token stop, const Progress& progress) {
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            m_order.emplace_back(image.name, k);
            for (const Annotation& a : image.annotations) lookAt(a);
        }
        std::ranges::sort(m_order);
        return {};
    }

    void lookAt(const Annotation& a) {
        const auto index = std::size_t(a.classId.value - 1);
        if (index >= m_seen.size() || !a.attributes.is_object()) return;
        for (const auto& [name, value] : a.attributes.items()) {
            const auto [at, added] = m_seen[index].emplace(name, inputOf(value));
            if (!added && at->second != inputOf(value)) at->second = Input::Words;
        }
    }

    void putHead(std::ostream& out) {
        pugi::xml_document document;
        document.append_child("version").text() = "1.1";
        putMeta(document, m_source, m_seen);
        out << "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n";
        for (const auto& node : document.children()) node.print(out, "  ", pugi::format_default, pugi::encoding_utf8, 1);
    }

    void putImage(std::ostream& out, const ImageRecord& record, std::size_t id, Elements& elements) {
        const std::string name = m_placer.place(record.path, record.name, m_report);
        pugi::xml_document document;
        xml_node image = document.append_child("image");
        put(image, "id", std::to_string(id));
        put(image, "name", name);
        const Json& said = memberOf(record.extra, "cvat");
        const std::string subset = textOf(said, "subset");
        const bool same = !subset.empty() && splitNamed(subset) == record.split;
        if (same || !record.split.empty()) put(image, "subset", same ? subset : record.split);
        if (said.is_object())
            for (const auto& [key, value] : said.items())
                if (value.is_string() && key != "subset" && !key.empty()) put(image, key.c_str(), value.get<std::string>());
        if (record.width > 0 && record.height > 0) {
            put(image, "width", std::to_string(record.width));
            put(image, "height", std::to_string(record.height));
        }
        m_report.annotations += elements.add(image, record);
        for (const Json& text : memberOf(said, "left_out"))
            if (text.is_string()) {
                const auto& element = text.get_ref<const std::string&>();
                image.append_buffer(element.data(), element.size(), pugi::parse_default, pugi::encoding_utf8);
            }
        image.print(out, "  ", pugi::format_default, pugi::encoding_utf8, 1);
        ++m_report.images;
    }

    void reportLosses() {
        m_losses.report(
            {{"polygon with a hole", "written as a mask: CVAT's polygons have no holes (Lathe reads it back as it was)"},
             {"polygon of several parts",
              "written as a polygon each, in one group: CVAT's polygons have one ring (Lathe reads it back as it was)"},
             {"keypoints with hidden points", "written as plain points: their class has no names for them"},
             {"attribute value", "written as text: CVAT declares one kind of value for an attribute"},
             {"shape without an area", "left out: CVAT takes none"},
             {"shape without a class", "left out: its class isn't in the list"}},
            m_report.problems);
    }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    std::vector<SeenAttributes> m_seen;  // by class
    std::vector<std::pair<std::string, std::size_t>> m_order;
    WriteReport m_report;
    Losses m_losses;
};

}  // namespace

Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                          const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options).run(std::move(stop), progress);
}

}  // namespace lathe::formats::cvat_xml
