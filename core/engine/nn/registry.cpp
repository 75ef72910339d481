#include "core/engine/nn/model.h"
