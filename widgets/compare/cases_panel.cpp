#include "widgets/compare/cases_panel.h"
#include "widgets/common/counts.h"

#include <QPainter>
#include <QVBoxLayout>

namespace lathe::widgets::compare {
using common::Theme;
using common::Token;
using common::Type;
namespace {
constexpr int kSide = 124, kText = 58;
}

class CaseDelegate : public QStyledItemDelegate {
public:
    CaseDelegate(CasesPanel* panel, QObject* parent) : QStyledItemDelegate(parent), m_panel(panel) {}
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kSide + 14, kSide + kText + 12}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& theme = Theme::instance();
        const Case& one = m_panel->m_model->at(index.row());
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QRect box = option.rect.adjusted(4, 4, -4, -4);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(theme.colour(Token::Focus), 2));
            painter->setBrush(theme.colour(Token::Sel));
            painter->drawRoundedRect(box, 3, 3);
        } else if (option.state & QStyle::State_MouseOver) {
            painter->fillRect(box, theme.colour(Token::Raised));
        }
        const QRect picture(box.left() + 3, box.top() + 3, kSide, kSide);
        painter->fillRect(picture, theme.colour(Token::Paste));
        if (const QPixmap pixmap = m_panel->m_thumbnails->get(one.image); !pixmap.isNull()) {
            const QSize size = pixmap.size().scaled(picture.size(), Qt::KeepAspectRatio);
            painter->drawPixmap(QRect(picture.center() - QPoint(size.width() / 2, size.height() / 2), size), pixmap);
        }
        painter->setFont(theme.font(Type::Caption));
        const bool words = !one.wordsA.isEmpty() || !one.wordsB.isEmpty();
        line(*painter, picture, 0, theme.series(m_panel->m_numberA), QStringLiteral("A"),
             words ? one.wordsA : said(one.a, one.confidenceA), words ? one.rightA : one.a == one.label);
        line(*painter, picture, 1, theme.series(m_panel->m_numberB), QStringLiteral("B"),
             words ? one.wordsB : said(one.b, one.confidenceB), words ? one.rightB : one.b == one.label);
        line(*painter, picture, 2, Theme::classColour(one.label), m_panel->m_model->className(one.label),
             QString::fromStdString(one.image.name).section('/', -1), true, true);
        painter->restore();
    }

private:
    QString said(int index, float confidence) const {
        if (index < 0 && confidence == 0) return QStringLiteral("–");  // this run did not judge the image
        return m_panel->m_model->className(index) + ' ' + QString::number(double(confidence), 'f', 2);
    }
    void line(QPainter& painter, const QRect& picture, int number, const QColor& swatch, const QString& left, const QString& right,
              bool good, bool quiet = false) const {
        const auto& theme = Theme::instance();
        const QRect row(picture.left(), picture.bottom() + 3 + number * 17, picture.width(), 17);
        painter.setPen(Qt::NoPen);
        painter.setBrush(swatch);
        painter.drawRoundedRect(QRect(row.left(), row.center().y() - 4, 9, 9), 2, 2);
        painter.setPen(theme.colour(Token::T2));
        const int leftWidth = painter.fontMetrics().horizontalAdvance(left);
        painter.drawText(row.adjusted(14, 0, 0, 0), Qt::AlignVCenter, left);
        painter.setPen(theme.colour(quiet ? Token::T3 : good ? Token::T2 : Token::Err));
        const QRect rest = row.adjusted(14 + leftWidth + 8, 0, 0, 0);
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                         painter.fontMetrics().elidedText(right, Qt::ElideLeft, rest.width()));
    }
    CasesPanel* m_panel;
};

int CasesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_cases.size());
}

QVariant CasesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Case& one = at(index.row());
    const QString name = QString::fromStdString(one.image.name);
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            if (!one.wordsA.isEmpty() || !one.wordsB.isEmpty()) return tr("%1: A %2, B %3").arg(name, one.wordsA, one.wordsB);
            return tr("%1: is %2, A says %3, B says %4").arg(name, className(one.label), className(one.a), className(one.b));
        case ImageRole: return qlonglong(one.image.id.value);
        default: return {};
    }
}

void CasesModel::setCases(std::vector<Case> cases, QStringList classes) {
    beginResetModel();
    m_cases = std::move(cases);
    m_classes = std::move(classes);
    endResetModel();
}

int CasesModel::rowOf(ImageId image) const {
    for (std::size_t row = 0; row < m_cases.size(); ++row)
        if (m_cases[row].image.id == image) return int(row);
    return -1;
}

void CasesModel::thumbnailCame(ImageId image) {
    if (const int row = rowOf(image); row >= 0) Q_EMIT dataChanged(index(row), index(row));
}

CasesPanel::CasesPanel(Kind kind, common::Thumbnails* thumbnails, QWidget* parent)
    : Panel(QStringLiteral(" "), parent), m_thumbnails(thumbnails), m_kind(kind) {
    m_model = new CasesModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CaseDelegate(this, m_list));
    m_list->setViewMode(QListView::IconMode);
    m_list->setFlow(QListView::LeftToRight);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_empty = common::makeLabel({}, Type::Table, Token::T3, this);
    m_empty->setContentsMargins(12, 4, 12, 4);
    m_empty->setWordWrap(true);
    body()->addWidget(m_empty);
    body()->addWidget(m_list, 1);
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT openRequested(m_model->at(index.row()).image.id); });
    connect(m_thumbnails, &common::Thumbnails::ready, m_model, &CasesModel::thumbnailCame);
    retranslate();
    setCases({}, {});
}

void CasesPanel::retranslate() {
    showCount();
    if (m_kind == Kind::Chosen) {
        setTitle(m_words.isEmpty() ? tr("Images") : m_words);
        m_list->setAccessibleName(tr("Images of what was clicked"));
        setEmptyText(m_words.isEmpty() ? tr("Click a point, a bar, a row or a slice above: its images stand here.")
                                       : tr("There is no such image."));
        return;
    }
    const bool fixed = m_kind == Kind::Fixed;
    setTitle(fixed ? tr("Fixed by B") : tr("Broken by B"));
    m_list->setAccessibleName(fixed ? tr("Images fixed by B") : tr("Images broken by B"));
}

void CasesPanel::setWords(const QString& words) {
    m_words = words;
    retranslate();
}

void CasesPanel::setCases(std::vector<Case> cases, const QStringList& classes) {
    const bool any = !cases.empty();
    m_model->setCases(std::move(cases), classes);
    m_empty->setVisible(!any);
    m_list->setVisible(any);
    showCount();
}

void CasesPanel::showCount() {
    const int count = m_model->rowCount();
    setCount(count ? common::Counts::images(count) : QString());
}

void CasesPanel::setColours(int numberA, int numberB) {
    m_numberA = numberA;
    m_numberB = numberB;
    m_list->viewport()->update();
}

void CasesPanel::setEmptyText(const QString& text) {
    m_empty->setText(text);
}

std::vector<Case> CasesPanel::selected() const {
    std::vector<Case> cases;
    for (const auto& index : m_list->selectionModel()->selectedIndexes()) cases.push_back(m_model->at(index.row()));
    return cases;
}

}  // namespace lathe::widgets::compare
