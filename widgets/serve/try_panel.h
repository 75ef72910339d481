// Try it: a dropped or opened picture goes through the preprocessing of what is live on a target, and its answer comes back.
#pragma once
#include <QImage>
#include <optional>

#include "core/serve/push.h"
#include "widgets/common/jobs.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::charts {
class BarRows;
}

namespace lathe::widgets::serve {

/// Where pictures land: drag and drop, paste, click or Enter opens a file dialog.
class DropPlace : public QAbstractButton {
    Q_OBJECT
public:
    explicit DropPlace(QWidget* parent = nullptr);
    void setPicture(const QImage& picture);
Q_SIGNALS:
    void dropped(const QString& file);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose();
    QImage m_picture;
};

class TryPanel : public common::Panel {
    Q_OBJECT
public:
    TryPanel(common::Jobs& jobs, std::shared_ptr<rpc::Engine> engine, QWidget* parent = nullptr);
    /// What is live on the chosen target; nullopt: nothing to try.
    void setServed(std::optional<lathe::serve::TargetRow> target, std::optional<models::ModelRow> model);
    void tryFile(const QString& file);
    void retranslate();

private:
    struct Answer {
        QImage picture;
        std::vector<std::pair<std::string, double>> scores;  ///< largest first
        double seconds = 0;
        bool overTheWire = false;
    };
    /// Objects that are sure enough on the picture, and how many of each class.
    static void showObjects(Answer& answer, const Json& objects, double scale);
    [[nodiscard]] static Result<Answer> ask(rpc::Engine& engine, const lathe::serve::TargetRow& target,
                                            const models::ModelRow& model, const std::string& file, std::stop_token stop);
    void show(Answer answer);
    common::Jobs& m_jobs;
    std::shared_ptr<rpc::Engine> m_engine;
    std::optional<lathe::serve::TargetRow> m_target;
    std::optional<models::ModelRow> m_model;
    DropPlace* m_place;
    QLabel *m_served, *m_facts;
    charts::BarRows* m_bars;
    common::Note* m_note;
    quint64 m_job = 0;
};

}  // namespace lathe::widgets::serve
