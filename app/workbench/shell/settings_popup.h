// Theme, language, density, the name one acts under.
#pragma once
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

class QLineEdit;

namespace lathe::shell {

class SettingsPopup : public widgets::common::Overlay {
    Q_OBJECT
public:
    explicit SettingsPopup(QWidget* window);
    void openAt(const QPoint& bottomLeft, const QString& user, const QString& systemUser);
Q_SIGNALS:
    void themeChosen(int choice);                ///< Theme::Choice
    void languageChosen(const QString& choice);  ///< "", "en", "ko"
    void compactChosen(bool compact);
    void userChosen(const QString& user);  ///< empty: the system's

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    widgets::common::Segments *m_theme, *m_language, *m_density;
    QLineEdit* m_user;
    QLabel *m_title, *m_labels[4];
};

}  // namespace lathe::shell
