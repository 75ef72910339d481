// The page on which the label schema is made: the classes at the left, one of them as a form at the right; whole-class operations
// with their counts; the schema as a file.
#pragma once
#include <QAbstractListModel>
#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QWidget>
#include <deque>

#include "core/store/class_ops.h"
#include "core/store/schema.h"
#include "widgets/canvas/class_form.h"

namespace lathe::widgets::canvas {

/// The classes by id and order; row 0 is the image itself when `withImage`.
class SchemaModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit SchemaModel(bool withImage, QObject* parent) : QAbstractListModel(parent), m_withImage(withImage) {}
    void setSchema(const annot::Schema& schema);
    /// nullptr: the row of the image.
    [[nodiscard]] const annot::ClassSchema* at(int row) const;
    [[nodiscard]] int rowOf(ClassId id) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    annot::Schema m_schema;
    bool m_withImage;
};

/// GUI thread. Every change is saved at once by a job; what can't be saved is said above the form and stays in it.
class SchemaEditor : public QWidget {
    Q_OBJECT
public:
    explicit SchemaEditor(common::Services& services, QWidget* parent = nullptr);
    ~SchemaEditor() override;  ///< what was typed and not yet handed over is written
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    void setSchema(const annot::Schema& schema);
    void setPicture(const QImage& picture, ImageId image, const annot::Rect& crop);
    void showClass(std::optional<ClassId> id);
    void settle() { m_form->settle(); }
    void retranslate();
Q_SIGNALS:
    void saved();  ///< the workspace's schema is another now
    void closed();
    void toast(const QString& text, const QString& actionText, std::function<void()> action);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildList();
    QWidget* buildPage();
    QWidget* buildDeeds();
    QWidget* buildImage();
    void wire();
    void choose(const QModelIndex& index);
    void saveClass();
    void saveImage();
    void addClass();
    void rename(const QString& name);
    void merge();
    void askDelete();
    void deleteNow(ClassId id);
    void undo(store::BatchId batch);
    void importFile();
    void exportFile();
    void tell(const Error& error);
    /// What is to be written, in the order of the user's doing. A save has no counts and is handed over at once, unless a class
    /// operation is before it; an operation waits for all before it and runs alone.
    using Work = std::function<Result<store::BatchResult>(store::Workspace&, std::stop_token, const Progress&)>;
    struct Deed {
        QString title;
        Work work;
        std::function<void(const store::BatchResult&)> done = {};
        bool save = false;
        std::shared_ptr<store::Workspace> workspace = {};
        bool started = false;
    };
    void enqueue(Deed deed);
    void startNext();
    void start(Deed& deed);
    void finish(const Result<store::BatchResult>& result);
    /// A class operation, with its undo offered. `words` gets the counts.
    void operate(const QString& title, Work work, std::function<QString(const store::BatchResult&)> words);
    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    annot::Schema m_schema;
    SchemaModel *m_model, *m_names;
    QSortFilterProxyModel* m_filtered;
    common::Panel *m_list, *m_page;
    QListView* m_view;
    QLineEdit *m_search, *m_into;
    QToolButton *m_add, *m_import, *m_export, *m_close;
    common::Note* m_note;
    QStackedWidget* m_pages;
    ClassForm* m_form;
    AttributeTable* m_imageAttributes;
    QCheckBox* m_overlap;
    QLabel *m_imageHint, *m_count;
    common::ActionButton *m_merge, *m_delete;
    std::optional<ClassId> m_current;
    std::deque<Deed> m_deeds;
    bool m_unsaved = false;  ///< the form holds what could not be written
};

}  // namespace lathe::widgets::canvas
