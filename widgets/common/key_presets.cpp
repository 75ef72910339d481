#include "widgets/common/key_presets.h"

#include <QCoreApplication>

#include "core/base/json.h"
#include "resources/embedded.h"
#include "widgets/common/key_map.h"

namespace lathe::widgets::common {

namespace {

struct PresetText {
    Q_DECLARE_TR_FUNCTIONS(KeyPresets)
};

QHash<QString, QList<QKeySequence>> keysOf(const QString& id) {
    const std::string name = "defaults/keys_" + id.toStdString() + ".json";
    QHash<QString, QList<QKeySequence>> keys;
    for (const auto& file : resources::embeddedFiles()) {
        if (file.name != name) continue;
        const Json json = Json::parse(file.text, nullptr, false);
        for (const auto& [action, value] : json.items())
            keys.insert(QString::fromStdString(action),
                        QKeySequence::listFromString(QString::fromStdString(value.get<std::string>()), QKeySequence::PortableText));
    }
    return keys;
}

}  // namespace

QList<KeyPreset> keyPresets() {
    QList<KeyPreset> presets{
        {QStringLiteral("lathe"),
         PresetText::tr("Lathe"),
         PresetText::tr("Tools by their letter, Space when an image is done."),
         {}},
        {QStringLiteral("cvat"), PresetText::tr("CVAT"), PresetText::tr("D and F go through the images, N draws."), {}},
        {QStringLiteral("labelme"),
         PresetText::tr("labelme"),
         PresetText::tr("A and D go through the images, Ctrl+N draws a polygon."),
         {}},
        {QStringLiteral("one_handed"),
         PresetText::tr("One hand, left"),
         PresetText::tr("All that is needed often lies under the left hand."),
         {}}};
    for (KeyPreset& preset : presets) preset.keys = keysOf(preset.id);
    return presets;
}

QString currentPreset() {
    for (const KeyPreset& preset : keyPresets())
        if (preset.keys == KeyMap::instance().changes()) return preset.id;
    return {};
}

}  // namespace lathe::widgets::common
