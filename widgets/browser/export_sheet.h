// Before an export: which format, which pictures, where to, and what the format can't hold.
#pragma once
#include "core/data/import.h"
#include "core/data/snapshot.h"
#include "widgets/common/jobs.h"
#include "widgets/common/overlay.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lathe::widgets::common {
class ProblemsList;
class Segments;
}  // namespace lathe::widgets::common

namespace lathe::widgets::browser {

/// Rehearses the export in a job whenever format or version change, and says what would be lost. Deletes itself.
class ExportSheet : public common::Overlay {
    Q_OBJECT
public:
    /// `query`: the images that Browse shows.
    ExportSheet(QWidget* window, common::Jobs& jobs, std::shared_ptr<store::Workspace> workspace, const QString& query);
    ~ExportSheet() override;
    void openInMiddle();
Q_SIGNALS:
    void accepted(const QString& folder, const lathe::data::ExportOptions& options);

private:
    void build();
    void readSnapshots();
    void rehearse();
    void show(const Result<formats::WriteReport>& report);
    void choose();
    void accept();
    [[nodiscard]] data::ExportOptions options() const;

    common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    QString m_query;
    QComboBox *m_format, *m_version;
    common::Segments* m_images;
    QLineEdit* m_folder;
    QLabel* m_says;
    common::ProblemsList* m_losses;
    QPushButton* m_export;
    quint64 m_job = 0, m_asked = 0;
};

}  // namespace lathe::widgets::browser
