// The window's language: English or Korean, switched without a restart.
#pragma once
#include <QString>

namespace lathe::shell {

/// "en", "ko", or "" for the system's. Installs or removes the translators; the application then sends LanguageChange.
void setLanguage(const QString& choice);
[[nodiscard]] QString language();        ///< "en" or "ko": what is shown now
[[nodiscard]] QString languageChoice();  ///< as it was asked for

}  // namespace lathe::shell
