// "idx": the files of MNIST and its kin (Fashion-MNIST, KMNIST, EMNIST ...), plain or gzipped: NAME-images-idx3-ubyte holds grey
// pictures of one size, NAME-labels-idx1-ubyte a number for each. A file begins with 0, 0, 8 (unsigned bytes), the number of
// dimensions, and the size of each as a 32-bit number, highest byte first; then come the bytes. train is the split train, t10k and
// test are test. Classes are called "0" ... "9", or as classes.txt (labels.txt) says, a name a line. Each picture becomes a PNG of
// its own, "train/00000.png".
#include "core/formats/idx.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats::idx {
namespace {

namespace fs = std::filesystem;

class Idx final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "idx"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "MNIST's IDX files: small grey pictures with a class each");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        const auto pairs = pairsIn(source);
        return !pairs.empty() && beginsAsIdx(pairs.front().images, 3) ? 0.96 : 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readIdx(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return writeIdx(folder, source, options, stop, progress);
    }
};

}  // namespace
}  // namespace lathe::formats::idx

namespace lathe::formats {

const Format& idxFormat() {
    static const idx::Idx format;
    return format;
}

}  // namespace lathe::formats
