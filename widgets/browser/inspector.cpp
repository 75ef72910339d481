#include "widgets/browser/inspector.h"

#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "core/image/decode.h"
#include "widgets/common/counts.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser {
namespace {

constexpr int kPreviewSide = 640;

QVector<QPair<QRectF, QColor>> marksOf(const tiles::Tile& tile, const QHash<qint64, tiles::ClassLook>& classes) {
    QVector<QPair<QRectF, QColor>> marks;
    for (const tiles::Tile::Mark& mark : tile.marks) marks << qMakePair(mark.box, classes.value(mark.classId.value).colour);
    return marks;
}

}  // namespace

Preview::Preview(QWidget* parent) : QWidget(parent) {
    setFixedHeight(228);
    common::playRole(this, QAccessible::Graphic);
    common::keepNamed(this, [] { return tr("Preview"); });
}

void Preview::setPicture(QPixmap picture, QVector<QPair<QRectF, QColor>> marks, const QString& description) {
    m_picture = std::move(picture);
    m_marks = std::move(marks);
    setAccessibleDescription(description);
    update();
}

void Preview::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), common::Theme::instance().colour(common::Token::Paste));
    if (m_picture.isNull()) return;
    const QSize size = m_picture.size().scaled(this->size(), Qt::KeepAspectRatio);
    const QRect place(rect().center() - QPoint(size.width() / 2, size.height() / 2), size);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(place, m_picture);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [box, colour] : m_marks) {
        painter.setPen(QPen(colour, 1.5));
        painter.drawRect(QRectF(place.left() + box.left() * place.width(), place.top() + box.top() * place.height(),
                                box.width() * place.width(), box.height() * place.height()));
    }
}

Inspector::Inspector(common::Jobs& jobs, QWidget* parent) : Panel({}, parent), m_jobs(jobs) {
    m_preview = new Preview(this);
    m_facts = common::makeLabel({}, common::Type::Table, common::Token::T2, this);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_objectsHeading = common::makeLabel({}, common::Type::Control, common::Token::T1, this);
    m_objects = new QListWidget(this);
    m_objects->setItemDelegate(new common::RowDelegate(m_objects));
    m_objects->setFrameShape(QFrame::NoFrame);
    m_objects->setSelectionMode(QAbstractItemView::NoSelection);
    auto* padded = new QVBoxLayout;
    padded->setContentsMargins(12, 0, 12, 0);
    padded->setSpacing(8);
    padded->addWidget(m_preview);
    padded->addWidget(m_facts);
    padded->addWidget(m_objectsHeading);
    body()->addLayout(padded);
    body()->addWidget(m_objects, 1);
    retranslate();
}

void Inspector::setClasses(QHash<qint64, tiles::ClassLook> classes) {
    m_classes = std::move(classes);
}

void Inspector::show(const std::shared_ptr<store::Workspace>& workspace, const tiles::Tile* tile) {
    if (m_job) m_jobs.drop(m_job);
    m_job = 0;
    if (!tile) {
        m_shown = {};
        retranslate();
        m_facts->clear();
        m_objects->clear();
        m_objectsHeading->hide();
        m_preview->setPicture({}, {}, {});
        return;
    }
    const store::ImageRow& image = tile->image;
    const bool another = m_shown != image.id;
    m_shown = image.id;
    setTitle(QString::fromStdString(image.name).section('/', -1));
    QStringList facts{tr("%1 × %2").arg(image.width).arg(image.height)};
    facts << (image.split.empty() ? tr("no split") : tr("split %1").arg(QString::fromStdString(image.split)));
    facts << tr("state %1").arg(common::imageStateText(QString::fromStdString(image.state)));
    if (image.brightness >= 0) facts << tr("brightness %1").arg(common::number(image.brightness));
    m_facts->setText(facts.join(QStringLiteral("   ")));
    showObjects(*tile);
    if (image.missing) {
        m_preview->setPicture({}, {}, tr("The file is missing"));
        m_facts->setText(m_facts->text() + '\n' + tr("The file is missing; import it again with its images."));
        return;
    }
    if (another) m_preview->setPicture({}, {}, {});
    m_job = m_jobs.run<QImage>(
        tr("Decode the preview"), this,
        [file = workspace->layout().file(image)](std::stop_token, const Progress&) -> Result<QImage> {
            image::DecodeOptions options;
            options.minSide = kPreviewSide;
            LATHE_TRY(const cv::Mat picture, image::decode(file, options));
            return common::toQImage(image::fitted(picture, kPreviewSide));
        },
        [this, marks = marksOf(*tile, m_classes), id = image.id](Result<QImage> picture) {
            if (id != m_shown) return;
            if (picture)
                m_preview->setPicture(QPixmap::fromImage(*picture), marks, common::Counts::objects(std::int64_t(marks.size())));
            else if (picture.error().code != ErrorCode::Cancelled)  // shown anew, in another language
                m_facts->setText(common::errorText(picture.error()));
        },
        true);
}

void Inspector::showObjects(const tiles::Tile& tile) {
    std::map<std::int64_t, int> counts;
    for (const tiles::Tile::Mark& mark : tile.marks) ++counts[mark.classId.value];
    for (const ClassId id : tile.imageClasses) ++counts[id.value];
    std::vector<std::pair<int, std::int64_t>> sorted;
    for (const auto& [id, count] : counts) sorted.emplace_back(count, id);
    std::sort(sorted.rbegin(), sorted.rend());
    m_objects->clear();
    for (const auto& [count, id] : sorted) {
        const tiles::ClassLook look = m_classes.value(id);
        auto* item = new QListWidgetItem(look.name, m_objects);
        item->setData(common::Roles::Swatch, look.colour);
        item->setData(common::Roles::Right, QString::number(count));
    }
    m_objectsHeading->setVisible(!sorted.empty());
}

void Inspector::retranslate() {
    if (!m_shown.valid()) setTitle(tr("No image chosen"));
    m_objectsHeading->setText(tr("Objects"));
    m_objects->setAccessibleName(tr("Objects by class"));
}

}  // namespace lathe::widgets::browser
