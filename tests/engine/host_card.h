// A card's table on the processor: the kernels as loops over the same functions (cuda/pixels.h), a graph as the work run again. So
// a run can take a card's way where there is no card, and give the numbers of the usual one.
#pragma once
#include "core/engine/cuda/plugin.h"

namespace hostcard {

using namespace lathe::engine::cuda;

struct Graph {
    GraphBody body;
    void* context;
};
inline int& replays() {  ///< counted, so that a test knows that graphs ran
    static int count = 0;
    return count;
}

template <class Work>  // (picture, x, y, pixel of all)
void eachPixel(const BatchShape& shape, Work work) {
    std::int64_t pixel = 0;
    for (int n = 0; n < shape.count; ++n)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x, ++pixel) work(n, x, y, pixel);
}
inline std::int64_t bytesOf(const BatchShape& shape) {
    return std::int64_t(shape.height) * shape.width * shape.channels;
}

inline const char* move(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape) {
    eachPixel(shape, [&](int n, int x, int y, std::int64_t pixel) {
        const std::int64_t at = pixel * shape.channels;
        if (each[n].move != Move::None)
            movePixel(before + n * bytesOf(shape), after + at, x, y, shape, each[n]);
        else
            for (int k = 0; k < shape.channels; ++k) after[at + k] = before[at + k];
    });
    return nullptr;
}
inline const char* moveMasks(const std::uint8_t* before, std::uint8_t* after, const Resampling* each, BatchShape shape,
                             std::uint8_t outside) {
    const std::int64_t size = std::int64_t(shape.height) * shape.width;
    eachPixel(shape, [&](int n, int x, int y, std::int64_t pixel) {
        after[pixel] = each[n].move == Move::None
                           ? before[pixel]
                           : maskPixel(before + n * size, x, y, shape.height, shape.width, each[n].inverse, outside);
    });
    return nullptr;
}
inline const char* sums(const std::uint8_t* pictures, const PixelChange* each, std::uint64_t* sums, BatchShape shape) {
    for (int i = 0; i < shape.count * 3; ++i) sums[i] = 0;
    eachPixel(shape, [&](int n, int, int, std::int64_t pixel) {
        if (each[n].kind != Change::Contrast) return;
        for (int k = 0; k < shape.channels && k < 3; ++k) sums[n * 3 + k] += pictures[pixel * shape.channels + k];
    });
    return nullptr;
}
inline const char* change(std::uint8_t* pictures, const PixelChange* each, const std::uint64_t* sums, BatchShape shape) {
    eachPixel(shape, [&](int n, int x, int y, std::int64_t pixel) {
        changePixel(each[n], pictures + pixel * shape.channels, x, y, shape, sums + std::ptrdiff_t(n) * 3);
    });
    return nullptr;
}
inline const char* blur(std::uint8_t* pictures, std::uint8_t* scratch, const PixelChange* each, const double* weights,
                        BatchShape shape) {
    const std::int64_t row = std::int64_t(shape.width) * shape.channels;
    const auto along = [&](const std::uint8_t* from, std::uint8_t* to, bool alongX) {
        eachPixel(shape, [&](int n, int x, int y, std::int64_t pixel) {
            if (each[n].kind != Change::Blur) return;
            for (int k = 0; k < shape.channels; ++k) {
                const auto* line = from + n * bytesOf(shape) + k + (alongX ? y * row : std::int64_t(x) * shape.channels);
                to[pixel * shape.channels + k] = blurred(line, alongX ? shape.channels : row, alongX ? shape.width : shape.height,
                                                         alongX ? x : y, weights + each[n].weights, each[n].radius);
            }
        });
    };
    along(pictures, scratch, true);
    along(scratch, pictures, false);
    return nullptr;
}

inline const char* capture(void** graph, GraphBody body, void* context) {
    *graph = new Graph{body, context};
    return nullptr;
}
inline const char* replay(void* graph) {
    auto* mine = static_cast<Graph*>(graph);
    mine->body(mine->context);
    ++replays();
    return nullptr;
}
inline void drop(void* graph) {
    delete static_cast<Graph*>(graph);
}

inline const CardTable& table() {
    static const CardTable all{sizeof(CardTable), {move, moveMasks, sums, change, blur}, {capture, replay, drop}};
    return all;
}
/// One on which nothing can be recorded.
inline const CardTable& tableWithoutGraphs() {
    static const CardTable all{
        sizeof(CardTable),
        table().pixels,
        {[](void**, GraphBody, void*) { return "operation not permitted when stream is capturing"; }, replay, drop}};
    return all;
}

}  // namespace hostcard
