#include <cmath>

#include "core/base/time.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::common {
namespace {

/// The context of these strings: they belong to no class.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Text)
};

QString kindText(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument: return Text::tr("That can't be meant");
        case ErrorCode::InvalidData: return Text::tr("The data is not right");
        case ErrorCode::NotFound: return Text::tr("Not found");
        case ErrorCode::AlreadyExists: return Text::tr("Already there");
        case ErrorCode::Unsupported: return Text::tr("Not supported");
        case ErrorCode::Io: return Text::tr("Reading or writing failed");
        case ErrorCode::DiskFull: return Text::tr("The disk is full");
        case ErrorCode::ReadOnly: return Text::tr("The folder can't be written");
        case ErrorCode::Locked: return Text::tr("Another program holds it");
        case ErrorCode::NewerVersion: return Text::tr("Made by a newer Lathe");
        case ErrorCode::Corrupt: return Text::tr("Damaged");
        case ErrorCode::Network: return Text::tr("The network did not answer");
        case ErrorCode::EngineDied: return Text::tr("The engine is not running");
        case ErrorCode::EngineFailed: return Text::tr("The engine reported an error");
        case ErrorCode::GateRefused: return Text::tr("Refused");
        case ErrorCode::Cancelled: return Text::tr("Cancelled");
        case ErrorCode::Internal: return Text::tr("Something unexpected happened");
    }
    return {};
}

QString withUnit(double value, int decimals, const char* unit) {
    return number(value, decimals) + u' ' + QLatin1String(unit);
}

}  // namespace

QString imageStateText(const QString& state) {
    if (state == QLatin1String("new")) return Text::tr("New");
    if (state == QLatin1String("in_progress")) return Text::tr("In progress");
    if (state == QLatin1String("done")) return Text::tr("Done");
    if (state == QLatin1String("accepted")) return Text::tr("Accepted");
    if (state == QLatin1String("rejected")) return Text::tr("Rejected");
    if (state == QLatin1String("skipped")) return Text::tr("Skipped");
    return state;
}

QString errorText(const Error& error) {
    QString text = kindText(error.code);
    if (!error.message.empty()) text += QStringLiteral(": ") + QString::fromStdString(error.message);
    if (!error.context.empty()) text += QStringLiteral(" (") + QString::fromStdString(error.context) + u')';
    return text;
}

QString number(double value, int decimals) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    QString digits = QString::number(std::abs(value), 'f', decimals);
    const qsizetype point = digits.indexOf(u'.') < 0 ? digits.size() : digits.indexOf(u'.');
    for (qsizetype at = point - 3; at > 0; at -= 3) digits.insert(at, u',');
    const bool zero =
        QStringView(digits).contains(u'0') && digits.count(u'0') + digits.count(u'.') + digits.count(u',') == digits.size();
    return value < 0 && !zero ? u'−' + digits : digits;
}

QString duration(double seconds) {
    if (!std::isfinite(seconds)) return QStringLiteral("–");
    if (seconds < 0.0995) return Text::tr("%1 ms").arg(number(seconds * 1000));
    if (seconds < 9.95) return Text::tr("%1 s").arg(number(seconds, 1));
    if (seconds < 99.5) return Text::tr("%1 s").arg(number(seconds));
    const int minutes = int(std::lround(seconds / 60));
    if (minutes < 60) return Text::tr("%1 min").arg(minutes);
    if (minutes < 24 * 60)
        return minutes % 60 ? Text::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60) : Text::tr("%1 h").arg(minutes / 60);
    return Text::tr("%n day(s)", nullptr, minutes / (24 * 60));
}

QString timeAgo(double at) {
    const double seconds = base::now() - at;
    if (at <= 0) return {};
    if (seconds < 60) return Text::tr("just now");
    if (seconds < 3600) return Text::tr("%1 min ago").arg(int(seconds / 60));
    if (seconds < 24 * 3600) return Text::tr("%1 h ago").arg(int(seconds / 3600));
    if (seconds < 14 * 24 * 3600) return Text::tr("%n day(s) ago", nullptr, int(seconds / (24 * 3600)));
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(qint64(at)).date(), QLocale::ShortFormat);
}

QString dateTimeText(double at) {
    const QDateTime when = QDateTime::fromSecsSinceEpoch(qint64(at));
    return QLocale().toString(when, when.date().year() == QDate::currentDate().year()
                                        ? Text::tr("d MMM HH:mm", "date and time this year, as QLocale::toString takes it")
                                        : Text::tr("d MMM yyyy HH:mm", "date and time, as QLocale::toString takes it"));
}

QString fileSize(double bytes) {
    if (bytes < 1000) return withUnit(bytes, 0, "B");
    if (bytes < 1e6) return withUnit(bytes / 1e3, 0, "kB");
    if (bytes < 1e9) return withUnit(bytes / 1e6, bytes < 1e7 ? 1 : 0, "MB");
    return withUnit(bytes / 1e9, 1, "GB");
}

}  // namespace lathe::widgets::common
