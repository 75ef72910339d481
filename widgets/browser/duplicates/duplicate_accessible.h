// The sets of pictures in the accessibility tree: a list whose items are the pictures, made when asked for, and the visible lines
// above them.
#pragma once

namespace lathe::widgets::browser::duplicates {

/// Installs the factory once; called by DuplicatesPage.
void installDuplicateAccessibility();

}  // namespace lathe::widgets::browser::duplicates
