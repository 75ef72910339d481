#include "app/workbench/shell/mode_factory.h"

#include "widgets/browser/browse_mode.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/compare/compare_mode.h"
#include "widgets/explain/explain_mode.h"
#include "widgets/profile/profile_mode.h"
#include "widgets/review/review_mode.h"
#include "widgets/serve/serve_mode.h"
#include "widgets/start/start_mode.h"
#include "widgets/train/train_mode.h"

namespace lathe::shell {
namespace {

template <class T>
ModeEntry entry(const char* id, const char* title) {
    const QString name = QString::fromLatin1(id);
    return {name, name, title,
            [](widgets::common::Services& services, QWidget* parent) -> widgets::common::Mode* { return new T(services, parent); }};
}

}  // namespace

const std::vector<ModeEntry>& modeEntries() {
    static const std::vector<ModeEntry> entries{
        entry<widgets::start::StartMode>("start", QT_TRANSLATE_NOOP("Modes", "Start")),
        entry<widgets::canvas::LabelMode>("label", QT_TRANSLATE_NOOP("Modes", "Label")),
        entry<widgets::browser::BrowseMode>("browse", QT_TRANSLATE_NOOP("Modes", "Browse")),
        entry<widgets::train::TrainMode>("train", QT_TRANSLATE_NOOP("Modes", "Train")),
        entry<widgets::compare::CompareMode>("compare", QT_TRANSLATE_NOOP("Modes", "Compare")),
        entry<widgets::explain::ExplainMode>("explain", QT_TRANSLATE_NOOP("Modes", "Explain")),
        entry<widgets::profile::ProfileMode>("profile", QT_TRANSLATE_NOOP("Modes", "Profile")),
        entry<widgets::review::ReviewMode>("review", QT_TRANSLATE_NOOP("Modes", "Review")),
        entry<widgets::serve::ServeMode>("serve", QT_TRANSLATE_NOOP("Modes", "Serve")),
    };
    return entries;
}

QStringList modeIds() {
    QStringList ids;
    for (const ModeEntry& entry : modeEntries()) ids.append(entry.id);
    return ids;
}

QString modeTitle(const ModeEntry& entry) {
    return QCoreApplication::translate("Modes", entry.title);
}

}  // namespace lathe::shell
