// The titles of exchange formats in the user's language.
#pragma once
#include <QCoreApplication>
#include <QString>
#include <string>

#include "core/formats/format.h"

namespace lathe::widgets::common {

[[nodiscard]] inline QString formatTitle(const formats::Format& format) {
    return QCoreApplication::translate("Catalogue", std::string(format.title()).c_str());
}

}  // namespace lathe::widgets::common
