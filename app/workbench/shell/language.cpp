#include "app/workbench/shell/language.h"

static void initTranslationResources() {
    Q_INIT_RESOURCE(translations);
}

namespace lathe::shell {
namespace {

struct State {
    QString choice, shown = QStringLiteral("en");
    QTranslator own, qt;
    bool any = false;
};
State& state() {
    static State* s = [] {
        initTranslationResources();
        return new State;  // lives as long as the application, which must not find a dead translator
    }();
    return *s;
}

QString systemLanguage() {
    const QStringList languages = QLocale::system().uiLanguages();
    return !languages.isEmpty() && languages.first().startsWith(QLatin1String("ko")) ? QStringLiteral("ko") : QStringLiteral("en");
}

}  // namespace

void setLanguage(const QString& choice) {
    State& s = state();
    const QString wanted = choice.isEmpty() ? systemLanguage() : choice;
    s.choice = choice;
    if (s.any && wanted == s.shown) return;
    QCoreApplication::removeTranslator(&s.qt);
    QCoreApplication::removeTranslator(&s.own);
    s.any = true;
    s.shown = wanted;
    QLocale::setDefault(wanted == QLatin1String("ko") ? QLocale(QLocale::Korean, QLocale::SouthKorea)
                                                      : QLocale(QLocale::English, QLocale::UnitedStates));
    if (wanted != QLatin1String("en") &&
        s.qt.load(QStringLiteral("qtbase_") + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&s.qt);
    if (s.own.load(QStringLiteral(":/i18n/lathe_") + wanted)) QCoreApplication::installTranslator(&s.own);
}

QString language() {
    return state().shown;
}
QString languageChoice() {
    return state().choice;
}

}  // namespace lathe::shell
