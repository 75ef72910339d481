// What every chart is: a widget with the role Chart, an accessible name, its latest values in words for those who can't see it, and
// a picture of itself to copy (Ctrl+C) or save (its menu).
#pragma once
#include <QImage>
#include <QString>
#include <QWidget>

namespace lathe::widgets::charts {

class Chart : public QWidget {
    Q_OBJECT
public:
    /// `name` is the accessible name; unique in its panel.
    explicit Chart(const QString& name, QWidget* parent = nullptr);
    /// The accessible description: what is shown and its latest values. Made when asked for.
    [[nodiscard]] virtual QString state() const = 0;
    /// As it is shown, `scale` px for each of the window's, so that it is sharp in a report.
    [[nodiscard]] QImage picture(double scale = 2) const;

protected:
    /// The theme changed: colours that were copied must be fetched again. The base repaints.
    virtual void themeChanged() { update(); }
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void copyPicture();
    void askWhereToSave();
    void savePicture(const QString& file);
};

/// A value as people read it: three significant figures, real minus, grouped thousands, "1.49e−4" for small ones.
[[nodiscard]] QString valueText(double value);
/// 0.9873 -> "98.7 %".
[[nodiscard]] QString percentText(double share, int decimals = 1);

}  // namespace lathe::widgets::charts
