#include "widgets/compare/settings.h"

#include <QCoreApplication>
#include <QStringList>
#include <set>

namespace lathe::widgets::compare {
namespace {

QString text(const Json& value) {
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    if (value.is_number_float()) return QString::number(value.get<double>(), 'g', 6);
    return QString::fromStdString(value.dump());
}

void flatten(const Json& json, const QString& path, Settings& into) {
    if (json.is_object() && !json.empty()) {
        for (const auto& [key, value] : json.items())
            flatten(value, path.isEmpty() ? QString::fromStdString(key) : path + '.' + QString::fromStdString(key), into);
        return;
    }
    if (path == QStringLiteral("augmentation") && json.is_array()) {
        QStringList parts;
        for (const auto& one : json) {
            QStringList words;
            for (const auto& [key, value] : one.items()) words << text(value);
            parts << words.join(' ');
        }
        into[path] = parts.join(QStringLiteral(", "));
        return;
    }
    into[path] = json.is_null() || (json.is_object() && json.empty()) ? QString() : text(json);
}

}  // namespace

Settings settingsOf(const runs::RunSpec& spec) {
    Settings settings;
    flatten(runs::toJson(spec), {}, settings);
    for (const char* noise : {"version", "name", "snapshot", "preprocessing.mean", "preprocessing.std"})
        settings.erase(QString::fromLatin1(noise));
    return settings;
}

QStringList differing(const std::vector<Settings>& all) {
    std::set<QString> names;
    for (const auto& one : all)
        for (const auto& [name, value] : one) names.insert(name);
    QStringList found;
    for (const auto& name : names) {
        std::set<QString> values;
        for (const auto& one : all) {
            const auto value = one.find(name);
            values.insert(value == one.end() ? QString() : value->second);
        }
        if (values.size() > 1) found << name;
    }
    return found;
}

QString settingText(const QString& path) {
    static const std::map<QString, const char*> names{
        {QStringLiteral("optimizer.lr"), QT_TRANSLATE_NOOP("Settings", "Rate")},
        {QStringLiteral("optimizer.name"), QT_TRANSLATE_NOOP("Settings", "Optimiser")},
        {QStringLiteral("optimizer.weight_decay"), QT_TRANSLATE_NOOP("Settings", "Decay")},
        {QStringLiteral("optimizer.momentum"), QT_TRANSLATE_NOOP("Settings", "Momentum")},
        {QStringLiteral("schedule.name"), QT_TRANSLATE_NOOP("Settings", "Schedule")},
        {QStringLiteral("schedule.warmup_epochs"), QT_TRANSLATE_NOOP("Settings", "Warm-up")},
        {QStringLiteral("loss.label_smoothing"), QT_TRANSLATE_NOOP("Settings", "Label smooth")},
        {QStringLiteral("model.name"), QT_TRANSLATE_NOOP("Settings", "Network")},
        {QStringLiteral("preprocessing.width"), QT_TRANSLATE_NOOP("Settings", "Width")},
        {QStringLiteral("preprocessing.height"), QT_TRANSLATE_NOOP("Settings", "Height")},
        {QStringLiteral("augmentation"), QT_TRANSLATE_NOOP("Settings", "Augmentation")},
        {QStringLiteral("snapshot_name"), QT_TRANSLATE_NOOP("Settings", "Snapshot")},
        {QStringLiteral("epochs"), QT_TRANSLATE_NOOP("Settings", "Epochs")},
        {QStringLiteral("batch"), QT_TRANSLATE_NOOP("Settings", "Batch")},
        {QStringLiteral("seed"), QT_TRANSLATE_NOOP("Settings", "Seed")},
        {QStringLiteral("device"), QT_TRANSLATE_NOOP("Settings", "Device")},
        {QStringLiteral("precision"), QT_TRANSLATE_NOOP("Settings", "Precision")},
        {QStringLiteral("threads"), QT_TRANSLATE_NOOP("Settings", "Threads")},
        {QStringLiteral("model.options.width"), QT_TRANSLATE_NOOP("Settings", "Network width")},
        {QStringLiteral("loss.name"), QT_TRANSLATE_NOOP("Settings", "Loss function")},
        {QStringLiteral("loss.class_weights.name"), QT_TRANSLATE_NOOP("Settings", "Class weights")},
        {QStringLiteral("sampler.name"), QT_TRANSLATE_NOOP("Settings", "Sampler")},
        {QStringLiteral("optimizer.clip"), QT_TRANSLATE_NOOP("Settings", "Clipping")},
        {QStringLiteral("accumulate"), QT_TRANSLATE_NOOP("Settings", "Accumulate")},
        {QStringLiteral("ema"), QT_TRANSLATE_NOOP("Settings", "Weight average")},
        {QStringLiteral("early_stop"), QT_TRANSLATE_NOOP("Settings", "Early stop")},
        {QStringLiteral("preprocessing.resize"), QT_TRANSLATE_NOOP("Settings", "Resizing")},
        {QStringLiteral("preprocessing.interpolation"), QT_TRANSLATE_NOOP("Settings", "Interpolation")},
    };
    const auto found = names.find(path);
    return found == names.end() ? QString(path).replace('_', ' ') : QCoreApplication::translate("Settings", found->second);
}

}  // namespace lathe::widgets::compare
