// The right side of Browse: the current image large enough to judge, its facts, what is labelled on it.
#pragma once
#include <QImage>
#include <QListWidget>

#include "widgets/browser/tiles/image_items.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser {

/// A picture fitted into its place, with the objects' boxes drawn on it.
class Preview : public QWidget {
    Q_OBJECT
public:
    explicit Preview(QWidget* parent = nullptr);
    void setPicture(QPixmap picture, QVector<QPair<QRectF, QColor>> marks, const QString& description);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPixmap m_picture;
    QVector<QPair<QRectF, QColor>> m_marks;
};

class Inspector : public common::Panel {
    Q_OBJECT
public:
    Inspector(common::Jobs& jobs, QWidget* parent = nullptr);
    void setClasses(QHash<qint64, tiles::ClassLook> classes);
    /// nullptr: nothing is current. The picture is decoded in a job.
    void show(const std::shared_ptr<store::Workspace>& workspace, const tiles::Tile* tile);
    void retranslate();

private:
    void showObjects(const tiles::Tile& tile);
    common::Jobs& m_jobs;
    QHash<qint64, tiles::ClassLook> m_classes;
    Preview* m_preview;
    QLabel *m_facts, *m_objectsHeading;
    QListWidget* m_objects;
    ImageId m_shown;
    quint64 m_job = 0;
};

}  // namespace lathe::widgets::browser
