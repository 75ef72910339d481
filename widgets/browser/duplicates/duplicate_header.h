// The line above the pictures of a set: which it is, what becomes of it, and links.
#pragma once
#include <QWidget>

class QLabel;
class QToolButton;

namespace lathe::widgets::browser::duplicates {

/// Reused for another set when it scrolls out of sight.
class DuplicateHeader : public QWidget {
    Q_OBJECT
public:
    static constexpr int kHeight = 36;
    explicit DuplicateHeader(QWidget* parent);
    void show(std::size_t set, const QString& title, const QString& words, bool leaks, bool movable);
    [[nodiscard]] std::size_t set() const { return m_set; }
Q_SIGNALS:
    void gridWanted(std::size_t set);
    void moveWanted(std::size_t set, const QPoint& globalPos);

private:
    std::size_t m_set = 0;
    QLabel *m_title, *m_leak, *m_words;
    QToolButton *m_move, *m_grid;
};

}  // namespace lathe::widgets::browser::duplicates
