// CVAT for video: <track> elements as shapes of frames. Private to core/formats.
//
// Lathe has no tracks: what a track shows in a frame becomes a shape of that frame's image, with the track's id + 1 as its group.
// Where the image of a frame is there, all shapes that the file has for it are read, and boxes are put in between by a straight
// line where the file has key frames alone; other frames get their key frames' shapes.
#pragma once
#include <pugixml.hpp>

#include "core/formats/cvat_shapes.h"
#include "core/formats/cvat_source.h"

namespace lathe::formats::cvat_xml {

/// Task, then the frame's number.
using FrameKey = std::pair<std::string, std::int64_t>;
struct Frame {
    std::string subset;
    const std::filesystem::path* image = nullptr;  ///< null: not there
    std::vector<std::string> shapes;               ///< packed, in the order of tracks
    std::vector<std::int64_t> z;
};

class Tracks {
public:
    Tracks(const SourceFile& file, const Labels& labels, Sink& sink) : m_file(file), m_labels(labels), m_sink(sink) {}

    void read(pugi::xml_node track);
    /// Says what became of the tracks.
    void report();
    [[nodiscard]] std::map<FrameKey, Frame>& frames() { return m_frames; }

private:
    struct Track;
    void readShape(const Track& track, const pugi::xml_node& node, std::int64_t number);
    void fillBetween(const Track& track, const pugi::xml_node& from, const pugi::xml_node& to);
    void put(const Track& track, std::int64_t number, const annot::Annotation& annotation, std::int64_t z);

    const SourceFile& m_file;
    const Labels& m_labels;
    Sink& m_sink;
    std::map<FrameKey, Frame> m_frames;
    std::int64_t m_tracks = 0, m_shapes = 0, m_between = 0, m_leftOut = 0;
};

}  // namespace lathe::formats::cvat_xml
