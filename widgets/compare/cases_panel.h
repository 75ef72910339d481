// Images that B fixed, broke, or that stand behind a part of a chart: thumbnail, what it is, what A and B said. Enter opens in
// Label.
#pragma once
#include <QAbstractListModel>
#include <QListView>

#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/compare/pair.h"

namespace lathe::widgets::compare {

class CasesModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ImageRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    void setCases(std::vector<Case> cases, QStringList classes);
    [[nodiscard]] const Case& at(int row) const { return m_cases[std::size_t(row)]; }
    [[nodiscard]] QString className(int index) const { return m_classes.value(index, QStringLiteral("–")); }
    [[nodiscard]] int rowOf(ImageId image) const;
    void thumbnailCame(ImageId image);

private:
    std::vector<Case> m_cases;
    QStringList m_classes;
};

class CasesPanel : public common::Panel {
    Q_OBJECT
public:
    enum class Kind { Fixed, Broken, Chosen };
    CasesPanel(Kind kind, common::Thumbnails* thumbnails, QWidget* parent = nullptr);
    void setWords(const QString& words);  ///< of Chosen: what was clicked
    void setCases(std::vector<Case> cases, const QStringList& classes);
    void setColours(int numberA, int numberB);
    void setEmptyText(const QString& text);
    void retranslate();
    [[nodiscard]] std::vector<Case> selected() const;
    [[nodiscard]] QListView* list() const { return m_list; }
Q_SIGNALS:
    void openRequested(lathe::ImageId image);

private:
    void showCount();
    CasesModel* m_model;
    QListView* m_list;
    QLabel* m_empty;
    common::Thumbnails* m_thumbnails;
    int m_numberA = 0, m_numberB = 1;
    Kind m_kind;
    QString m_words;
    friend class CaseDelegate;
};

}  // namespace lathe::widgets::compare
