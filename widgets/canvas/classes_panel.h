// The classes: key cap, swatch, name, how many in this image and in the set; whole-image labels by check mark; a new one by name.
#pragma once
#include <QAbstractListModel>
#include <QLineEdit>
#include <QListView>
#include <unordered_map>
#include <unordered_set>

#include "core/store/workspace.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class Document;

class ClassModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, InImageRole };
    explicit ClassModel(Document& document, QObject* parent);
    void setClasses(const std::vector<store::ClassRow>& classes);
    void setCounts(std::unordered_map<std::int64_t, std::int64_t> objects);
    void setCheckable(bool on);  ///< the set is classified by whole images
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] const std::vector<store::ClassRow>& classes() const { return m_classes; }
    [[nodiscard]] int rowOf(ClassId id) const;
    /// The key that chooses the class at a row: "1"…"9" by place unless one was given.
    [[nodiscard]] QString keyOf(int row) const;
Q_SIGNALS:
    void imageLabelToggled(lathe::ClassId id);

private:
    void recount();
    Document& m_document;
    std::vector<store::ClassRow> m_classes;
    std::unordered_map<std::int64_t, std::int64_t> m_inSet, m_inImage;
    std::unordered_set<std::int64_t> m_ofImage;
    bool m_checkable = false;
};

class ClassesPanel : public common::Panel {
    Q_OBJECT
public:
    explicit ClassesPanel(ClassModel& model, QWidget* parent = nullptr);
    void setActiveClass(std::optional<ClassId> id);
    void askForName();            ///< opens the field for a new class
    void addRule(QWidget* card);  ///< under the list
    void retranslate();
Q_SIGNALS:
    void chosen(lathe::ClassId id);
    void added(const QString& name);
    void schemaWanted();

private:
    ClassModel& m_model;
    QListView* m_list;
    QLineEdit* m_name;
    QToolButton *m_schema, *m_add;
};

}  // namespace lathe::widgets::canvas
