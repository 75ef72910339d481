// One version: its numbers, what people say about it, what was made of it.
#pragma once
#include <QPlainTextEdit>
#include <QScrollArea>

#include "widgets/browser/versions/version_facts.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"

class QCheckBox;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QTimer;

namespace lathe::widgets::browser::versions {

/// Several lines that are saved when the writing pauses or the focus leaves.
class NoteEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit NoteEdit(QWidget* parent = nullptr);
    /// As it is stored; keeps what is being written.
    void setStored(const QString& text);
    void flush();  ///< what was written and isn't told yet
Q_SIGNALS:
    void written(const QString& text);

protected:
    void focusOutEvent(QFocusEvent* event) override;

private:
    QTimer* m_pause;
    QString m_stored;
};

/// Edits are written in order by Jobs::write; edited() tells that one is on disk.
class VersionDetails : public QScrollArea {
    Q_OBJECT
public:
    /// `deeds`: what can be done with a version, as buttons.
    VersionDetails(common::Services& services, const QList<QAction*>& deeds, QWidget* parent = nullptr);
    ~VersionDetails() override;
    void setFacts(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts);
    void show(SnapshotId id);
    using QScrollArea::show;
    void retranslate();
Q_SIGNALS:
    void edited();
    void failed(const lathe::Error& error);
    void goTo(const QString& mode, const QVariantMap& args);

private:
    QWidget* buildHead(const QList<QAction*>& deeds);
    QWidget* buildFields();
    QWidget* buildMade();
    void wire();
    void refresh();
    void showHead(const data::SnapshotRow& row);
    void showTags(const data::SnapshotRow& row);
    void showMade(const data::SnapshotRow& row);
    void addMade(const QString& text, const QString& right, const QString& iconName, const QString& mode, const QVariantMap& args);
    void save(const data::SnapshotEdit& edit);
    void addTag();
    void open(const QListWidgetItem* item);

    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const VersionFacts> m_facts;
    SnapshotId m_id;
    std::pair<SnapshotId, std::vector<std::string>> m_shownTags;
    QLabel *m_name, *m_origin, *m_images, *m_splits, *m_digest;
    QLabel *m_imagesLabel, *m_splitsLabel, *m_digestLabel, *m_noteLabel, *m_branchLabel, *m_tagsLabel, *m_frozenLabel;
    NoteEdit* m_note;
    QLineEdit *m_branch, *m_newTag;
    QWidget* m_tags;
    QCheckBox* m_frozen;
    QLabel* m_madeHeading;
    QListWidget* m_made;
};

}  // namespace lathe::widgets::browser::versions
