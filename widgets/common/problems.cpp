#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::common {

/// Rows page out of the vector by number; nothing per row is made.
class ProblemsModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    void set(Problems problems) {
        beginResetModel();
        m_problems = std::move(problems);
        endResetModel();
    }
    const Problems& problems() const { return m_problems; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_problems.size()); }
    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid()) return {};
        const Problem& problem = m_problems[size_t(index.row())];
        const QString item = QString::fromStdString(problem.item), message = QString::fromStdString(problem.message);
        if (role == Qt::DisplayRole) return item;
        if (role == Roles::SubText) return message;
        if (role == Qt::AccessibleTextRole) return QString(item + QStringLiteral(": ") + message);
        if (role == Qt::ToolTipRole) return message;
        return {};
    }

private:
    Problems m_problems;
};

namespace {

class ProblemDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {120, 38}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = Theme::instance();
        const QRect r = option.rect;
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(r, theme.colour(Token::Sel));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(r, theme.colour(theme.dark() ? Token::Raised : Token::Hover));
        painter->drawPixmap(QPoint(r.x() + 12, r.y() + 11),
                            iconPixmap(QStringLiteral("warn"), Token::Warn, 16, painter->device()->devicePixelRatioF()));
        const QRect text(r.x() + 38, r.y() + 3, r.width() - 50, 16);
        painter->setFont(theme.font(Type::Table));
        painter->setPen(theme.colour(Token::T1));
        painter->drawText(text, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, text.width()));
        painter->setFont(theme.font(Type::Caption));
        painter->setPen(theme.colour(option.state & QStyle::State_Selected ? Token::T2 : Token::T3));
        painter->drawText(text.translated(0, 16), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(Roles::SubText).toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }
};

QString csvField(const std::string& text) {
    QString field = QString::fromStdString(text);
    if (field.contains(u'"') || field.contains(u',') || field.contains(u'\n'))
        field = u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return field;
}

}  // namespace

ProblemsList::ProblemsList(QWidget* parent) : QWidget(parent), m_model(new ProblemsModel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 8, 4);
    m_summary = makeLabel({}, Type::Table, Token::T1, this);
    m_summary->setProperty("weight", int(QFont::DemiBold));
    m_copy = makeLink({}, this);
    m_save = makeLink({}, this);
    row->addWidget(m_summary, 1);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    column->addLayout(row);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ProblemDelegate(m_list));
    m_list->setUniformItemSizes(true);
    column->addWidget(m_list, 1);
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT openRequested(index.data().toString()); });
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(csv()); });
    connect(m_save, &QToolButton::clicked, this, [this] {
        const QString name = QFileDialog::getSaveFileName(this, tr("Save the problems"), QStringLiteral("problems.csv"),
                                                          QStringLiteral("CSV (*.csv)"));
        QSaveFile file(name);
        if (!name.isEmpty() && file.open(QIODevice::WriteOnly)) file.write(csv().toUtf8()), file.commit();
    });
    retranslate();
}

void ProblemsList::retranslate() {
    m_copy->setText(tr("Copy"));
    m_save->setText(tr("Save CSV"));
    m_list->setAccessibleName(tr("Problems"));
}

void ProblemsList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void ProblemsList::setProblems(const QString& summary, const Problems& problems) {
    m_summary->setText(summary);
    m_model->set(problems);
    setVisible(!problems.empty());
}

QString ProblemsList::csv() const {
    QString text = QStringLiteral("item,code,message\n");
    for (const Problem& problem : m_model->problems())
        text += csvField(problem.item) + u',' + csvField(problem.code) + u',' + csvField(problem.message) + u'\n';
    return text;
}

}  // namespace lathe::widgets::common
