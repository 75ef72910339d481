// The stages of a push in a row: a dot each, done, failed or still to come, with its words and time.
#pragma once
#include <QWidget>
#include <vector>

#include "core/base/json.h"

namespace lathe::widgets::serve {

class Stages : public QWidget {
    Q_OBJECT
public:
    explicit Stages(QWidget* parent = nullptr);
    /// {stage, ok, seconds, message} each, in order.
    void setStages(std::vector<Json> stages);
    [[nodiscard]] QSize sizeHint() const override { return {400, 64}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QString word(const Json& stage) const;
    std::vector<Json> m_stages;
};

}  // namespace lathe::widgets::serve
