// How the tiles of Browse look: their size, how strong the overlays are, what the captions say; and the popup to set it.
#pragma once
#include "widgets/common/overlay.h"

class QComboBox;
class QLabel;
class QSlider;

namespace lathe::widgets::browser::tiles {

/// What stands at the right end of an image's caption, after its name.
enum class Caption { Split, Classes, Objects, Size, State, Tags, Brightness, Sharpness, Nothing };

struct TileSettings {
    int width = 176;   ///< wanted, pixels
    int overlay = 70;  ///< per cent
    Caption caption = Caption::Split;
    bool operator==(const TileSettings&) const = default;

    /// As they were kept in the settings, else as above.
    [[nodiscard]] static TileSettings kept();
    void keep() const;
};

/// Tells each change as it is made. Deletes itself.
class TilePopup : public common::Overlay {
    Q_OBJECT
public:
    TilePopup(QWidget* window, const TileSettings& now);
    /// Under this place of the window, its right edges in line.
    void openUnder(const QRect& button);
Q_SIGNALS:
    void changed(const lathe::widgets::browser::tiles::TileSettings& settings);

private:
    void tell();
    QSlider *m_width, *m_overlay;
    QComboBox* m_caption;
};

}  // namespace lathe::widgets::browser::tiles
