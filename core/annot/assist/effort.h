// How much work an assistant may do.
#pragma once

namespace lathe::annot::assist {

/// Quick: a first answer within 100 ms on 2 megapixels, from a reduced crop. Full: the best answer, in the background.
enum class Effort { Quick, Full };

}  // namespace lathe::annot::assist
