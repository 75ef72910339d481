// The reusable parts of the kit (look/kit.png). Every part has an accessible name and follows the theme and language by itself.
#pragma once
#include <QAbstractItemView>
#include <QAccessible>
#include <QFrame>
#include <QHash>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QWidget>
#include <functional>

#include "core/base/problem.h"
#include "widgets/common/theme.h"

class QVBoxLayout;

namespace lathe::widgets::common {

/// A plate: panel surface with a 32-px header (title, optional count, header buttons at the right) and a body.
class Panel : public QFrame {
    Q_OBJECT
public:
    explicit Panel(const QString& title = {}, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setCount(const QString& count);
    QToolButton* addHeaderButton(const QString& iconName, const QString& name);  ///< name: tooltip and accessible name
    QVBoxLayout* body() const { return m_body; }
    /// Header of the panel: 32 px, for tabs or a field instead of the title.
    QWidget* header() const { return m_header; }

private:
    QLabel* m_title;
    QLabel* m_count;
    QWidget* m_header;
    QVBoxLayout* m_body;
};

/// Splits by 1-px kerfs: QSplitter set up so.
class QSplitter* makeSplitter(Qt::Orientation orientation, const QString& accessibleName, QWidget* parent = nullptr);

enum class ButtonKind { Primary, Normal, Quiet, Danger };
/// Text button with its key behind the text in t3 ("Done and next  Space"). Bound to the action's text, key, enabled state.
class ActionButton : public QPushButton {
    Q_OBJECT
public:
    explicit ActionButton(QAction* action, ButtonKind kind = ButtonKind::Normal, QWidget* parent = nullptr);
    ActionButton(const QString& text, ButtonKind kind, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    void setKind(ButtonKind kind);
    void setIconShown(bool shown);  ///< the action's icon before the text; off unless asked for
    void setKeyShown(bool shown);   ///< the action's key behind the text; on
    [[nodiscard]] QAction* action() const { return m_action; }

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] QString keyText() const;
    QAction* m_action = nullptr;
    ButtonKind m_kind;

private:
    void init();
    void sync();
    bool m_iconShown = false, m_keyShown = true, m_actionShown = true;
};
/// "Ctrl I" as it stands behind a button's text and in the palette: no plus signs.
[[nodiscard]] QString keyLabel(const QKeySequence& key);
/// Icon-only 28-px button with tooltip "Name  Key" and accessible name from the action.
QToolButton* makeIconButton(QAction* action, const QString& iconName, QWidget* parent = nullptr);
QToolButton* makeIconButton(const QString& iconName, const QString& name, QWidget* parent = nullptr);
/// A text link ("Show", "Copy"): a flat button in the accent's text colour.
QToolButton* makeLink(const QString& text, QWidget* parent = nullptr);

/// Icon 32, what is missing, one line, one primary and one other way.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString& iconName, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& line);
    void setActions(QAction* primary, QAction* other = nullptr);

private:
    void tint();
    QLabel *m_icon, *m_title, *m_line;
    QWidget* m_buttons;
    QString m_iconName;
};

enum class Tone { Info, Ok, Warn, Err };
/// A tinted line with words and a way out.
class Note : public QFrame {
    Q_OBJECT
public:
    explicit Note(QWidget* parent = nullptr);
    void show(Tone tone, const QString& text, const QString& actionText = {}, std::function<void()> action = {});

private:
    void tint();
    QLabel *m_icon, *m_text;
    QToolButton* m_link;
    std::function<void()> m_action;
    Tone m_tone = Tone::Info;
};
/// Icon and text colour of a tone: circle ok, triangle warn, octagon err.
[[nodiscard]] QString toneIcon(Tone tone);
[[nodiscard]] Token toneToken(Tone tone);

/// Small rounded tag ("class: Car", "drift"), toned or neutral.
QLabel* makeTag(const QString& text, QWidget* parent = nullptr);
QLabel* makeTag(const QString& text, Tone tone, QWidget* parent = nullptr);
/// What a screen reader takes a widget for that paints itself: Graphic (give it a name), StaticText for mere decoration. Before it
/// is shown for the first time.
void playRole(QWidget* widget, QAccessible::Role role);
/// Label in a type role and token; follows the theme.
QLabel* makeLabel(const QString& text, Type type, Token token, QWidget* parent = nullptr);
/// An icon as a label; follows the theme. Not in the accessibility tree by name: it stands beside words.
QLabel* makeIconLabel(const QString& iconName, Token token, int size, QWidget* parent = nullptr);
/// A label whose text ends in … when it doesn't fit; the whole text is its tooltip then.
QLabel* makeElidedLabel(const QString& text, Type type, Token token, QWidget* parent = nullptr);
/// A 1-px line, `line1`.
QWidget* makeRule(QWidget* parent = nullptr);

/// Segmented choice ("Picture | Map | Blend"): checkable buttons, one at a time.
class Segments : public QWidget {
    Q_OBJECT
public:
    explicit Segments(const QString& accessibleName, QWidget* parent = nullptr);
    void setItems(const QStringList& texts);  ///< keeps the choice when the count stays (another language)
    [[nodiscard]] int current() const;
    void setCurrent(int index);
    [[nodiscard]] QSize sizeHint() const override;
Q_SIGNALS:
    void changed(int index);  ///< by the user alone

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class QButtonGroup* m_group;
    class QHBoxLayout* m_layout;
};

/// The one delegate of lists and tables: rows of token height with optional key cap, swatch, icon, text, right-aligned number.
struct Roles {
    enum { Swatch = Qt::UserRole + 100, KeyCap, Right, IconName, IconToken, SubText, RightTone };
};
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit RowDelegate(QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setRowHeight(int pixels) { m_height = pixels; }  ///< 0: 30 or 24 by density (tables: 28 or 24)

protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

private:
    int m_height = 0;
};

/// Label left 86, field right, changed-dot; unit inside the field.
class FormRows : public QWidget {
    Q_OBJECT
public:
    explicit FormRows(QWidget* parent = nullptr);
    /// The label is the field's buddy. Returns the label so that retranslate() can set its text.
    QLabel* addRow(const QString& label, QWidget* field, const QString& unit = {});
    void addHeading(QLabel* heading);
    void setChanged(QWidget* field, bool changed);
    void setRowVisible(QWidget* field, bool visible);

private:
    class QGridLayout* m_grid;
    QHash<QWidget*, QLabel*> m_dots, m_labels;
};

/// Problems of a job, stays: item, reason, open; copy, CSV.
class ProblemsList : public QWidget {
    Q_OBJECT
public:
    explicit ProblemsList(QWidget* parent = nullptr);
    void setProblems(const QString& summary, const Problems& problems);
    [[nodiscard]] QString csv() const;
Q_SIGNALS:
    void openRequested(const QString& item);  ///< double click or Enter on a row

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QLabel* m_summary;
    QToolButton *m_copy, *m_save;
    class QListView* m_list;
    class ProblemsModel* m_model;
};

/// English errors of core as translated words for the window.
[[nodiscard]] QString errorText(const Error& error);
/// "in_progress" and the like as words in the language that is set now.
[[nodiscard]] QString imageStateText(const QString& state);
/// Real minus, thin digits grouping, space before units.
[[nodiscard]] QString number(double value, int decimals = 0);
[[nodiscard]] QString duration(double seconds);  ///< "8 min", "39 s"
[[nodiscard]] QString timeAgo(double at);        ///< "2 min ago"; `at` in seconds since 1970
[[nodiscard]] QString dateTimeText(double at);   ///< "26 Nov 09:15", with the year when it is another one
[[nodiscard]] QString fileSize(double bytes);    ///< "1.2 GB"

}  // namespace lathe::widgets::common
