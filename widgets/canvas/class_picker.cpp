#include "widgets/canvas/class_picker.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Roles;

namespace {

constexpr int kWidth = 300, kRows = 10, kField = 44;

QString initialsOf(const QString& name) {
    QString initials;
    for (qsizetype i = 0; i < name.size(); ++i)
        if (name[i].isLetterOrNumber() && (i == 0 || !name[i - 1].isLetterOrNumber())) initials += name[i];
    return initials;
}

bool wordBegins(const QString& name, const QString& text) {
    for (qsizetype at = name.indexOf(text); at >= 0; at = name.indexOf(text, at + 1))
        if (at == 0 || !name[at - 1].isLetterOrNumber()) return true;
    return false;
}

/// 0: doesn't fit; the less, the better.
int rankOf(const QString& name, const QString& initials, const QString& text) {
    if (name.startsWith(text)) return 1;
    if (!name.contains(text)) return initials.startsWith(text) ? 3 : 0;
    return wordBegins(name, text) ? 2 : initials.startsWith(text) ? 3 : 4;
}

}  // namespace

void ClassMatches::setClasses(const std::vector<store::ClassRow>& classes) {
    m_classes = classes;
    m_names.clear();
    m_initials.clear();
    for (const auto& c : m_classes) {
        m_names.push_back(QString::fromStdString(c.name).toCaseFolded());
        m_initials.push_back(initialsOf(m_names.back()));
    }
    setText({});
}

void ClassMatches::setText(const QString& text) {
    const QString wanted = text.trimmed().toCaseFolded();
    std::array<std::vector<std::size_t>, 4> ranks;
    for (std::size_t i = 0; i < m_names.size(); ++i)
        if (const int rank = rankOf(m_names[i], m_initials[i], wanted)) ranks[std::size_t(rank - 1)].push_back(i);
    beginResetModel();
    m_rows.clear();
    for (const auto& rank : ranks) m_rows.insert(m_rows.end(), rank.begin(), rank.end());
    endResetModel();
}

int ClassMatches::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ClassMatches::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const store::ClassRow& row = m_classes[m_rows[std::size_t(index.row())]];
    switch (role) {
        case Qt::DisplayRole: return QString::fromStdString(row.name);
        case Roles::Swatch: return QColor(QString::fromStdString(row.colour));
        case Roles::SubText: return QString::fromStdString(row.parent);
        case Roles::Right: return QString::fromStdString(row.key);
        default: return {};
    }
}

ClassPicker::ClassPicker(QWidget* mode) : Overlay(mode, {}), m_matches(new ClassMatches(this)) {
    m_field = new QLineEdit(this);
    m_field->setProperty("bare", true);
    m_field->setFixedHeight(kField);
    m_field->setTextMargins(12, 0, 12, 0);
    m_field->installEventFilter(this);
    m_list = new QListView(this);
    m_list->setModel(m_matches);
    m_list->setItemDelegate(new common::RowDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    body()->addWidget(m_field);
    body()->addWidget(common::makeRule(this));
    body()->addWidget(m_list, 1);
    connect(m_field, &QLineEdit::textChanged, this, &ClassPicker::filter);
    connect(m_list, &QListView::clicked, this, &ClassPicker::choose);
    retranslate();
}

void ClassPicker::retranslate() {
    setAccessibleName(tr("Class picker"));
    m_field->setPlaceholderText(tr("First letters of the class"));
    m_field->setAccessibleName(tr("First letters of the class"));
    m_list->setAccessibleName(tr("Classes that fit"));
}

void ClassPicker::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

void ClassPicker::setClasses(const std::vector<store::ClassRow>& classes) {
    m_matches->setClasses(classes);
}

void ClassPicker::openAt(const QPoint& middle, std::optional<ClassId> active) {
    m_field->clear();
    filter();
    for (int row = 0; active && row < m_matches->rowCount(); ++row)
        if (m_matches->idAt(row) == *active) m_list->setCurrentIndex(m_matches->index(row));
    const int height = kField + 4 + kRows * common::Theme::instance().rowHeight();
    open(QRect(middle.x() - kWidth / 2, middle.y() - height / 2, kWidth, height));
    m_field->setFocus(Qt::PopupFocusReason);
}

void ClassPicker::filter() {
    m_matches->setText(m_field->text());
    if (m_matches->rowCount() > 0) m_list->setCurrentIndex(m_matches->index(0));
}

void ClassPicker::moveBy(int rows) {
    const int count = m_matches->rowCount();
    if (count > 0) m_list->setCurrentIndex(m_matches->index(std::clamp(m_list->currentIndex().row() + rows, 0, count - 1)));
}

void ClassPicker::choose(const QModelIndex& index) {
    if (!index.isValid()) return;
    const ClassId id = m_matches->idAt(index.row());
    closeOverlay();
    Q_EMIT chosen(id);
}

bool ClassPicker::eventFilter(QObject* object, QEvent* event) {
    if (object == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Down: return moveBy(1), true;
            case Qt::Key_Up: return moveBy(-1), true;
            case Qt::Key_PageDown: return moveBy(kRows), true;
            case Qt::Key_PageUp: return moveBy(-kRows), true;
            case Qt::Key_Return:
            case Qt::Key_Enter: return choose(m_list->currentIndex()), true;
            case Qt::Key_Escape: return closeOverlay(), true;
            default: break;
        }
    }
    return Overlay::eventFilter(object, event);
}

}  // namespace lathe::widgets::canvas
