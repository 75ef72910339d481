// Everything that takes longer than 200 ms: what, how far, how much is left, cancel; and what ended, with its reason.
#pragma once
#include <QWidget>

#include "widgets/common/jobs.h"

class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace lathe::widgets::jobs {

class JobRow;

/// A list of the jobs, newest first. Follows Jobs::changed.
class JobsPanel : public QWidget {
    Q_OBJECT
public:
    explicit JobsPanel(common::Jobs& jobs, QWidget* parent = nullptr);
    [[nodiscard]] int rowCount() const { return int(m_rows.size()); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void sync();
    void retranslate();
    common::Jobs& m_jobs;
    QList<JobRow*> m_rows;
    QLabel *m_title, *m_empty;
    QToolButton* m_clear;
    QScrollArea* m_area;
    QVBoxLayout* m_list;
};

/// "73,114 of 118,000" or "4 min left" or "connecting".
[[nodiscard]] QString progressText(const common::JobInfo& job);
/// 0…1, or -1 while the total isn't known.
[[nodiscard]] double progressFraction(const common::JobInfo& job);

}  // namespace lathe::widgets::jobs
