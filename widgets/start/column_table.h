// What the columns of a table hold: the first rows, with a choice above each column.
#pragma once
#include <QWidget>

#include "core/formats/columns.h"

class QComboBox;
class QGridLayout;
class QScrollArea;

namespace lathe::widgets::start {

class ColumnTable : public QWidget {
    Q_OBJECT
public:
    explicit ColumnTable(QWidget* parent = nullptr);
    /// Shows another table, with what its names say chosen. The same table again changes nothing.
    void setLook(const formats::TableLook& look);
    [[nodiscard]] bool isEmpty() const { return m_look.names.empty(); }
    /// Only what a person changed: roles that a column got, and empty names for roles that none has any more.
    [[nodiscard]] formats::ColumnMap columns() const;
Q_SIGNALS:
    void changed();

private:
    void build();
    void chosen(std::size_t column);
    [[nodiscard]] formats::ColumnMap shown() const;

    formats::TableLook m_look;
    QScrollArea* m_area;
    std::vector<QComboBox*> m_roles;  ///< by column
};

}  // namespace lathe::widgets::start
