// The catalogue's augmentations as tags: "flip 0.5", "shift 2 px", with a way to take each away and to add others. Order is the
// order applied.
#pragma once
#include <QWidget>
#include <vector>

#include "core/runs/run_spec.h"

class QMenu;
class QPushButton;

namespace lathe::widgets::train {

class AugmentTags : public QWidget {
    Q_OBJECT
public:
    explicit AugmentTags(QWidget* parent = nullptr);
    void setValue(const std::vector<runs::Augmentation>& value);
    [[nodiscard]] const std::vector<runs::Augmentation>& value() const { return m_value; }
    /// Those that the task has no use for are taken away and not offered.
    void setTask(const std::string& task);
    void retranslate();
Q_SIGNALS:
    void changed();

private:
    void rebuild();
    void add(const std::string& name);
    void addFields(QMenu* menu, QPushButton* tag, std::size_t at);
    std::vector<runs::Augmentation> m_value;
    std::string m_task = "classify";
    QMenu* m_menu;
};

/// "flip 0.5", "crop 4 px".
[[nodiscard]] QString augmentationText(const runs::Augmentation& one);

}  // namespace lathe::widgets::train
