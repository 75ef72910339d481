// What a test of the window looks for: the parts of a page by what a user reads on them.
#pragma once
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace lathe::test {

/// By its accessible name; nullptr: there is none.
template <class T>
T* named(const QWidget* in, const QString& name) {
    for (auto* one : in->findChildren<T*>())
        if (one->accessibleName() == name) return one;
    return nullptr;
}

/// The field whose label has this text.
template <class T>
T* labelled(const QWidget* in, const QString& label) {
    for (auto* one : in->findChildren<QLabel*>())
        if (one->text() == label && one->buddy()) return qobject_cast<T*>(one->buddy());
    return nullptr;
}

inline QPushButton* button(const QWidget* in, const QString& text) {
    for (auto* one : in->findChildren<QPushButton*>())
        if (one->text() == text) return one;
    return nullptr;
}

/// One of a mode's actions.
inline QAction* actionOf(const QList<QAction*>& actions, const QString& text) {
    for (auto* one : actions)
        if (one->text() == text) return one;
    return nullptr;
}

/// Does a label that can be seen hold these words?
inline bool says(const QWidget* in, const QString& words) {
    for (auto* label : in->findChildren<QLabel*>())
        if (label->isVisible() && label->text().contains(words)) return true;
    return false;
}

}  // namespace lathe::test
