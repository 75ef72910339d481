// The grid in the accessibility tree: a list whose items are the images, made when asked for.
#pragma once

namespace lathe::widgets::browser::tiles {

/// Installs the factory once; called by BrowseMode.
void installGridAccessibility();

}  // namespace lathe::widgets::browser::tiles
