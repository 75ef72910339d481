// The images of a search as a table: a column for each fact, records by page.
#pragma once
#include <QAbstractTableModel>

#include "core/data/query.h"
#include "widgets/browser/tiles/image_items.h"

namespace lathe::widgets::browser::tiles {

/// GUI thread; never waits: a cell is empty while its page is on the way. Nothing is kept per row.
class ImageTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Picture, File, Size, Split, State, Objects, Classes, Tags, Brightness, Sharpness, Added, Columns_ };
    enum Role {
        ClassesRole = Qt::UserRole + 1,  ///< QList<ClassCount>
        MissingRole,                     ///< there is no file
    };
    struct ClassCount {
        QString name;
        QColor colour;
        int objects = 0;  ///< 0: of the whole image
    };
    ImageTable(ImageItems& items, QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void reload();  ///< the items are another set
    void retranslate();
    void setSorted(int column);  ///< whose head has the arrow; -1: none
    [[nodiscard]] static QString columnText(int column);
    /// By what the column is sorted; nullopt: it can't be.
    [[nodiscard]] static std::optional<data::Sort> sortOf(int column);
    [[nodiscard]] static int columnOf(data::Sort sort);  ///< -1: none shows it
    [[nodiscard]] const Tile* tileAt(int row) const { return m_items.tileAt(std::size_t(row)); }
    [[nodiscard]] QPixmap pictureOf(const Tile& tile) const { return m_items.pictureOf(tile); }

private:
    [[nodiscard]] QString text(const Tile& tile, int column) const;
    [[nodiscard]] QList<ClassCount> classesOf(const Tile& tile) const;
    [[nodiscard]] QString classesText(const Tile& tile) const;

    ImageItems& m_items;
    int m_rows = 0, m_sorted = -1;
};

}  // namespace lathe::widgets::browser::tiles

Q_DECLARE_METATYPE(lathe::widgets::browser::tiles::ImageTable::ClassCount)
