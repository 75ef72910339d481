// What is live on a target: the package behind the address, and who answers for it.
#pragma once
#include <optional>

#include "core/models/registry.h"
#include "widgets/common/parts.h"

class QGridLayout;

namespace lathe::widgets::serve {

/// What stands in the package's own files. Read in a job.
struct PackageFacts {
    QStringList classes;
    int width = 0, height = 0, channels = 0;
    std::uint64_t bytes = 0;
};
/// Any thread.
[[nodiscard]] Result<PackageFacts> readPackageFacts(const std::filesystem::path& package);

class LivePanel : public common::Panel {
    Q_OBJECT
public:
    explicit LivePanel(QWidget* parent = nullptr);
    void setLive(std::optional<models::ModelRow> model, std::optional<PackageFacts> facts);
    void retranslate();

private:
    enum Row { Model, Digest, Approved, Note, Input, Classes, Package, Rows };
    [[nodiscard]] QString value(Row row) const;
    void fill();
    std::optional<models::ModelRow> m_model;
    std::optional<PackageFacts> m_facts;
    QLabel *m_names[Rows], *m_values[Rows];
};

}  // namespace lathe::widgets::serve
