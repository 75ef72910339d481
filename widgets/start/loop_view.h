// The loop of the workspace: a station each from images to serving; a click opens its mode.
#pragma once
#include <QAbstractButton>
#include <QVector>

#include "widgets/common/theme.h"

namespace lathe::widgets::start {

class Station : public QAbstractButton {
    Q_OBJECT
public:
    Station(QString icon, QWidget* parent);
    void show(const QString& name, const QString& value, const QString& detail, common::Token tone);
    [[nodiscard]] QSize sizeHint() const override { return {120, 130}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon, m_value, m_detail;
    common::Token m_tone = common::Token::T2;
};

class LoopView : public QFrame {
    Q_OBJECT
public:
    explicit LoopView(QWidget* parent);
    enum Place { Images, Labels, Snapshot, Run, Verdict, Review, Serving, PlaceCount };
    [[nodiscard]] Station* station(Place place) const { return m_stations[place]; }
Q_SIGNALS:
    void opened(lathe::widgets::start::LoopView::Place place);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<Station*> m_stations;
};

}  // namespace lathe::widgets::start
