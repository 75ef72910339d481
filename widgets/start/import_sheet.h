// Before an import: what was found, what would be left out and why, and how to take it. Nothing is written until Import is pressed.
#pragma once
#include "core/data/import.h"
#include "core/formats/columns.h"
#include "widgets/common/jobs.h"
#include "widgets/common/overlay.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace lathe::widgets::common {
class FormRows;
class ProblemsList;
class Segments;
}  // namespace lathe::widgets::common

namespace lathe::widgets::start {

class ColumnTable;

/// Looks at the source in a job of its own as soon as it is shown, and again when another format is chosen. Deletes itself.
class ImportSheet : public common::Overlay {
    Q_OBJECT
public:
    ImportSheet(QWidget* window, common::Jobs& jobs, std::shared_ptr<store::Workspace> workspace, const QString& source,
                const QString& user);
    ~ImportSheet() override;
    void openInMiddle();
Q_SIGNALS:
    void accepted(const lathe::data::ImportOptions& options);

private:
    void build();
    void look();
    struct Looked {
        Result<data::ImportReport> report;
        std::optional<formats::TableLook> table;
    };
    void show(const Looked& looked);
    void showColumns(const std::optional<formats::TableLook>& table, const std::string& format);
    void accept();
    [[nodiscard]] data::ImportOptions options() const;

    common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    QString m_source, m_user;
    QComboBox *m_format, *m_split, *m_conflict, *m_vocPixels;
    common::FormRows* m_rows;
    common::Segments* m_files;
    QLabel *m_found, *m_classes;
    common::ProblemsList* m_problems;
    ColumnTable* m_columns;
    QPushButton* m_import;
    quint64 m_job = 0, m_asked = 0;
};

}  // namespace lathe::widgets::start
