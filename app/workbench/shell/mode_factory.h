// The modes in the order of the rail. They are made when they are first entered, so that the window starts fast.
#pragma once
#include "widgets/common/mode.h"

namespace lathe::shell {

struct ModeEntry {
    QString id, icon;
    const char* title;  ///< untranslated; see modeTitle
    std::function<widgets::common::Mode*(widgets::common::Services&, QWidget*)> make;
};
[[nodiscard]] const std::vector<ModeEntry>& modeEntries();
[[nodiscard]] QStringList modeIds();
[[nodiscard]] QString modeTitle(const ModeEntry& entry);  ///< in the window's language

}  // namespace lathe::shell
