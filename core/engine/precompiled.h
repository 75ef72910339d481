// Precompiled for every file of core/engine and app/engine: torch costs 20 s a file otherwise.
#pragma once
#include <torch/torch.h>
