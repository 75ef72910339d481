// Stands where a mode's room isn't built in (a build with parts left out): says so and where to go instead.
#pragma once
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"

namespace lathe::shell {

class AbsentMode : public widgets::common::Mode {
    Q_OBJECT
public:
    AbsentMode(QString id, widgets::common::Services& services, QWidget* parent);
    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override { return m_id; }

protected:
    void retranslate() override;

private:
    QString m_id;
    widgets::common::EmptyState* m_empty;
    QAction* m_back;
};

}  // namespace lathe::shell
