#include "app/workbench/shell/mode_factory.h"

#include "app/workbench/shell/absent_mode.h"
#if __has_include("widgets/start/start_mode.h")
#include "widgets/start/start_mode.h"
#define LATHE_START_MODE widgets::start::StartMode
#endif
#if __has_include("widgets/canvas/label_mode.h")
#include "widgets/canvas/label_mode.h"
#define LATHE_LABEL_MODE widgets::canvas::LabelMode
#endif
#if __has_include("widgets/browser/browse_mode.h")
#include "widgets/browser/browse_mode.h"
#define LATHE_BROWSE_MODE widgets::browser::BrowseMode
#endif
#if __has_include("widgets/train/train_mode.h")
#include "widgets/train/train_mode.h"
#define LATHE_TRAIN_MODE widgets::train::TrainMode
#endif
#if __has_include("widgets/compare/compare_mode.h")
#include "widgets/compare/compare_mode.h"
#define LATHE_COMPARE_MODE widgets::compare::CompareMode
#endif
#if __has_include("widgets/explain/explain_mode.h")
#include "widgets/explain/explain_mode.h"
#define LATHE_EXPLAIN_MODE widgets::explain::ExplainMode
#endif
#if __has_include("widgets/profile/profile_mode.h")
#include "widgets/profile/profile_mode.h"
#define LATHE_PROFILE_MODE widgets::profile::ProfileMode
#endif
#if __has_include("widgets/review/review_mode.h")
#include "widgets/review/review_mode.h"
#define LATHE_REVIEW_MODE widgets::review::ReviewMode
#endif
#if __has_include("widgets/serve/serve_mode.h")
#include "widgets/serve/serve_mode.h"
#define LATHE_SERVE_MODE widgets::serve::ServeMode
#endif

namespace lathe::shell {
namespace {

using widgets::common::Mode;
using widgets::common::Services;

template <class T>
Mode* make(Services& services, QWidget* parent) {
    return new T(services, parent);
}

ModeEntry absent(const char* id, const char* title) {
    const QString name = QString::fromLatin1(id);
    return {name, name, title, [name](Services& services, QWidget* parent) { return new AbsentMode(name, services, parent); }};
}

template <class T>
ModeEntry entry(const char* id, const char* title) {
    return {QString::fromLatin1(id), QString::fromLatin1(id), title, make<T>};
}

}  // namespace

const std::vector<ModeEntry>& modeEntries() {
    static const std::vector<ModeEntry> entries{
#ifdef LATHE_START_MODE
        entry<LATHE_START_MODE>("start", QT_TRANSLATE_NOOP("Modes", "Start")),
#else
        absent("start", QT_TRANSLATE_NOOP("Modes", "Start")),
#endif
#ifdef LATHE_LABEL_MODE
        entry<LATHE_LABEL_MODE>("label", QT_TRANSLATE_NOOP("Modes", "Label")),
#else
        absent("label", QT_TRANSLATE_NOOP("Modes", "Label")),
#endif
#ifdef LATHE_BROWSE_MODE
        entry<LATHE_BROWSE_MODE>("browse", QT_TRANSLATE_NOOP("Modes", "Browse")),
#else
        absent("browse", QT_TRANSLATE_NOOP("Modes", "Browse")),
#endif
#ifdef LATHE_TRAIN_MODE
        entry<LATHE_TRAIN_MODE>("train", QT_TRANSLATE_NOOP("Modes", "Train")),
#else
        absent("train", QT_TRANSLATE_NOOP("Modes", "Train")),
#endif
#ifdef LATHE_COMPARE_MODE
        entry<LATHE_COMPARE_MODE>("compare", QT_TRANSLATE_NOOP("Modes", "Compare")),
#else
        absent("compare", QT_TRANSLATE_NOOP("Modes", "Compare")),
#endif
#ifdef LATHE_EXPLAIN_MODE
        entry<LATHE_EXPLAIN_MODE>("explain", QT_TRANSLATE_NOOP("Modes", "Explain")),
#else
        absent("explain", QT_TRANSLATE_NOOP("Modes", "Explain")),
#endif
#ifdef LATHE_PROFILE_MODE
        entry<LATHE_PROFILE_MODE>("profile", QT_TRANSLATE_NOOP("Modes", "Profile")),
#else
        absent("profile", QT_TRANSLATE_NOOP("Modes", "Profile")),
#endif
#ifdef LATHE_REVIEW_MODE
        entry<LATHE_REVIEW_MODE>("review", QT_TRANSLATE_NOOP("Modes", "Review")),
#else
        absent("review", QT_TRANSLATE_NOOP("Modes", "Review")),
#endif
#ifdef LATHE_SERVE_MODE
        entry<LATHE_SERVE_MODE>("serve", QT_TRANSLATE_NOOP("Modes", "Serve")),
#else
        absent("serve", QT_TRANSLATE_NOOP("Modes", "Serve")),
#endif
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
