// Ctrl+K: all actions of all modes with their keys, images by name, runs.
#pragma once
#include "widgets/common/jobs.h"
#include "widgets/common/overlay.h"

class QLineEdit;
class QListView;

namespace lathe::shell {

struct PaletteEntry {
    QString icon, title, detail, key;
    bool enabled = true;
    std::function<void()> run;
    QList<int> marks;  ///< letters of the title to be shown bold
    int score = 0;
};
class PaletteModel;

class CommandPalette : public widgets::common::Overlay {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* window);
    /// `field`: the command field's rectangle in the window, which the palette covers.
    void openOver(const QRect& field, QList<PaletteEntry> entries);
    void addEntries(const QList<PaletteEntry>& entries);                 ///< more of them (modes made meanwhile)
    void setFound(const QString& forText, QList<PaletteEntry> entries);  ///< images, runs for this text; stale ones are dropped
    [[nodiscard]] QString text() const;
Q_SIGNALS:
    void searchWanted(const QString& text);  ///< coalesced while typing

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void filter();
    void activate(const QModelIndex& index);
    void moveBy(int rows);
    void fitHeight();
    void retranslate();
    QLineEdit* m_edit;
    QListView* m_list;
    PaletteModel* m_model;
    QList<PaletteEntry> m_entries, m_found;
    QTimer* m_searchTimer;
    QRect m_field;
};

}  // namespace lathe::shell
