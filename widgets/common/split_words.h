// The splits in the user's language.
#pragma once
#include <QCoreApplication>
#include <QString>
#include <string>

namespace lathe::widgets::common {

struct Splits {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::common::Splits)
};

/// The split's name, or what an image without one has.
[[nodiscard]] inline QString splitText(const std::string& split) {
    return split.empty() ? Splits::tr("no split") : QString::fromStdString(split);
}

}  // namespace lathe::widgets::common
