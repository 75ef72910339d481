#include "app/workbench/shell/command_palette.h"

#include "app/workbench/shell/fuzzy.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {
constexpr int kCommandPaletteRow = 36, kCommandPaletteHead = 44, kRows = 10, kMaxShown = 60;
constexpr int kMarks = Qt::UserRole + 200;
}  // namespace

class PaletteModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    QList<PaletteEntry> rows;
    void set(QList<PaletteEntry> entries) {
        beginResetModel();
        rows = std::move(entries);
        endResetModel();
    }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(rows.size()); }
    Qt::ItemFlags flags(const QModelIndex& index) const override {
        return rows[index.row()].enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsSelectable;
    }
    QVariant data(const QModelIndex& index, int role) const override {
        const PaletteEntry& entry = rows[index.row()];
        switch (role) {
            case Qt::DisplayRole: return entry.title;
            case Roles::SubText: return entry.detail;
            case Roles::KeyCap: return entry.key;
            case Roles::IconName: return entry.icon;
            case kMarks: return QVariant::fromValue(entry.marks);
            default: return {};
        }
    }
};

namespace {

class PaletteDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {100, kCommandPaletteRow}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = Theme::instance();
        const bool on = option.state & QStyle::State_Selected, live = index.flags() & Qt::ItemIsEnabled;
        painter->save();
        if (on) painter->fillRect(option.rect, theme.colour(Token::Sel));
        QRect rest = option.rect.adjusted(12, 0, -12, 0);
        if (const QString icon = index.data(Roles::IconName).toString(); !icon.isEmpty())
            painter->drawPixmap(QPoint(rest.x(), rest.center().y() - 8),
                                iconPixmap(icon, live ? Token::T2 : Token::T4, 18, painter->device()->devicePixelRatioF()));
        rest.setLeft(rest.x() + 28);
        painter->setFont(theme.font(Type::Caption));
        painter->setPen(theme.colour(on ? Token::T2 : Token::T3));
        const QString key = index.data(Roles::KeyCap).toString();
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, key);
        rest.setRight(rest.right() - painter->fontMetrics().horizontalAdvance(key) - 12);
        const int after = title(*painter, rest, index, live);
        painter->setFont(theme.font(Type::Table));
        painter->setPen(theme.colour(!live ? Token::T4 : on ? Token::T2 : Token::T3));
        const QRect detail = rest.adjusted(after + 10, 0, 0, 0);
        if (detail.width() > 20)
            painter->drawText(
                detail, Qt::AlignVCenter | Qt::TextSingleLine,
                painter->fontMetrics().elidedText(index.data(Roles::SubText).toString(), Qt::ElideRight, detail.width()));
        painter->restore();
    }

private:
    /// Matched letters bold; returns the width taken.
    static int title(QPainter& painter, const QRect& rect, const QModelIndex& index, bool live) {
        const Theme& theme = Theme::instance();
        const QString text = index.data().toString();
        const auto marks = index.data(kMarks).value<QList<int>>();
        QFont plain = theme.font(Type::Control), bold = plain;
        bold.setWeight(QFont::DemiBold);
        painter.setPen(theme.colour(live ? Token::T1 : Token::T4));
        int x = 0, at = 0;
        while (at < text.size()) {
            const bool marked = marks.contains(at);
            int end = at;
            while (end < text.size() && marks.contains(end) == marked) ++end;
            painter.setFont(marked ? bold : plain);
            const QString part = text.mid(at, end - at);
            painter.drawText(rect.adjusted(x, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, part);
            x += painter.fontMetrics().horizontalAdvance(part);
            at = end;
        }
        return x;
    }
};

QWidget* headOf(QWidget* parent, QLineEdit* edit) {
    auto* head = new QWidget(parent);
    head->setFixedHeight(kCommandPaletteHead);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(makeIconLabel(QStringLiteral("search"), Token::T2, 18, head));
    row->addWidget(edit, 1);
    row->addWidget(makeLabel(QStringLiteral("Esc"), Type::Caption, Token::T3, head));
    return head;
}

}  // namespace

CommandPalette::CommandPalette(QWidget* window)
    : Overlay(window, {}), m_model(new PaletteModel(this)), m_searchTimer(new QTimer(this)) {
    m_edit = new QLineEdit(this);
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_edit->setProperty("bare", true);
    m_edit->installEventFilter(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    body()->addWidget(headOf(this, m_edit));
    body()->addWidget(makeRule(this));
    body()->addWidget(m_list, 1);
    body()->addSpacing(4);
    m_searchTimer->setSingleShot(true);
    m_searchTimer->setInterval(120);
    connect(m_searchTimer, &QTimer::timeout, this, [this] { Q_EMIT searchWanted(text()); });
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        m_found.clear();
        filter();
        m_searchTimer->start();
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::activate);
    retranslate();
}

void CommandPalette::retranslate() {
    setAccessibleName(tr("Command palette"));
    m_edit->setPlaceholderText(tr("Search or type a command"));
    m_edit->setAccessibleName(tr("Command"));
    m_list->setAccessibleName(tr("Commands found"));
}

void CommandPalette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

QString CommandPalette::text() const {
    return m_edit->text().trimmed();
}

void CommandPalette::openOver(const QRect& field, QList<PaletteEntry> entries) {
    m_field = field;
    m_entries = std::move(entries);
    m_found.clear();
    m_edit->clear();
    filter();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::addEntries(const QList<PaletteEntry>& entries) {
    m_entries += entries;
    filter();
}

void CommandPalette::setFound(const QString& forText, QList<PaletteEntry> entries) {
    if (forText != text() || !isVisible()) return;
    m_found = std::move(entries);
    filter();
}

void CommandPalette::filter() {
    const QString pattern = text();
    QList<PaletteEntry> shown;
    for (PaletteEntry entry : std::as_const(m_entries)) {
        FuzzyMatch match = fuzzyMatch(pattern, entry.title);
        if (!match.score) match = {fuzzyMatch(pattern, entry.detail + u' ' + entry.title).score / 3, {}};
        if (!match.score) continue;
        entry.marks = match.positions;
        entry.score = match.score - (entry.enabled ? 0 : 60);
        shown.append(std::move(entry));
    }
    if (!pattern.isEmpty())
        std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    if (shown.size() > kMaxShown) shown.resize(kMaxShown);
    shown += m_found;
    m_model->set(std::move(shown));
    if (m_model->rowCount()) m_list->setCurrentIndex(m_model->index(0));
    fitHeight();
}

void CommandPalette::fitHeight() {
    const int rows = std::clamp(m_model->rowCount(), 1, kRows);
    const int width = std::max(560, m_field.width() + 24);
    open(QRect(m_field.center().x() - width / 2, m_field.y() - 8, width, kCommandPaletteHead + 7 + rows * kCommandPaletteRow));
}

void CommandPalette::activate(const QModelIndex& index) {
    if (!index.isValid() || !(index.flags() & Qt::ItemIsEnabled)) return;
    const auto run = m_model->rows[index.row()].run;
    closeOverlay();
    if (run) run();
}

void CommandPalette::moveBy(int rows) {
    const int count = m_model->rowCount();
    if (!count) return;
    const int at = std::clamp(m_list->currentIndex().row() + rows, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(at));
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event) {
    if (object == m_edit && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Down: return moveBy(1), true;
            case Qt::Key_Up: return moveBy(-1), true;
            case Qt::Key_PageDown: return moveBy(kRows), true;
            case Qt::Key_PageUp: return moveBy(-kRows), true;
            case Qt::Key_Return:
            case Qt::Key_Enter: return activate(m_list->currentIndex()), true;
            case Qt::Key_Escape: return closeOverlay(), true;
            default: break;
        }
    }
    return Overlay::eventFilter(object, event);
}

}  // namespace lathe::shell
