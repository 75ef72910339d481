// A class by its first letters: a field that filters as one types, made for ten thousand classes.
#pragma once
#include <QAbstractListModel>
#include <QLineEdit>
#include <QListView>
#include <optional>

#include "core/store/workspace.h"
#include "widgets/common/overlay.h"

namespace lathe::widgets::canvas {

/// The classes whose name fits what was typed, best first: it begins so, a word of it begins so, its initials do, it holds it.
class ClassMatches : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setClasses(const std::vector<store::ClassRow>& classes);
    void setText(const QString& text);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] ClassId idAt(int row) const { return m_classes[m_rows[std::size_t(row)]].id; }

private:
    std::vector<store::ClassRow> m_classes;
    std::vector<QString> m_names, m_initials;  ///< in small letters
    std::vector<std::size_t> m_rows;
};

class ClassPicker : public common::Overlay {
    Q_OBJECT
public:
    explicit ClassPicker(QWidget* mode);
    void setClasses(const std::vector<store::ClassRow>& classes);
    /// In the middle above this place of the mode; the class that is active is chosen at first.
    void openAt(const QPoint& middle, std::optional<ClassId> active);
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    [[nodiscard]] ClassMatches& matches() const { return *m_matches; }

Q_SIGNALS:
    void chosen(lathe::ClassId id);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void filter();
    void moveBy(int rows);
    void choose(const QModelIndex& index);
    ClassMatches* m_matches;
    QLineEdit* m_field;
    QListView* m_list;
};

}  // namespace lathe::widgets::canvas
