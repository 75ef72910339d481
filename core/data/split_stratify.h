// Iterative stratification: splits in which every class has its share, also when images have several classes. For core/data alone.
#pragma once
#include "core/data/split_units.h"

namespace lathe::data {

/// Deals out the units whose split is -1. Sechidis, Tsoumakas, Vlahavas, "On the Stratification of Multi-Label Data" (ECML PKDD
/// 2011): the class with the fewest images left goes first, each of its units to the split that wants the class most. Beyond the
/// paper, units may be groups of images, and a class with at least as many images as there are splits gets into each of them where
/// its units allow it. `fixed[label]` and `fixedImages` count what lies in the splits already. Deterministic for the units' order
/// and the seed.
void stratify(std::vector<SplitUnit>& units, const Shares& shares, const std::vector<Shares>& fixed, const Shares& fixedImages,
              SplitRandom& random);

}  // namespace lathe::data
