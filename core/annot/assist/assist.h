// Assistance: a hint on the picture becomes a shape, by OpenCV's algorithms. One file pair each; this is all of them.
//
// All are pure functions of the picture and the hint; any thread; `stop` is asked between steps (ErrorCode::Cancelled). Pictures
// are 8-bit BGR or grey; shapes are in its pixels. Results are masks as big as the picture, or polylines and boxes where it says
// so. A hint that leads to nothing is InvalidData with words for the user ("nothing stands out inside the box").
// Each has a quick first answer (within 100 ms on 2 megapixels) where it is slow: `Effort::Quick` works on a reduced crop.
#pragma once
#include "core/annot/assist/grabcut.h"
#include "core/annot/assist/interpolate.h"
#include "core/annot/assist/scissors.h"
#include "core/annot/assist/separate.h"
#include "core/annot/assist/similar.h"
#include "core/annot/assist/superpixels.h"
#include "core/annot/assist/track.h"
#include "core/annot/assist/wand.h"
