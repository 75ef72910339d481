#include "widgets/canvas/history_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/annot/edit_plan.h"
#include "core/store/replay.h"
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {

constexpr int kSoonMs = 120;

QListView* makeList(QAbstractItemModel* model, QWidget* parent) {
    auto* list = new QListView(parent);
    list->setModel(model);
    list->setItemDelegate(new common::RowDelegate(list));
    list->setUniformItemSizes(true);
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setFocusPolicy(Qt::TabFocus);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    return list;
}

}  // namespace

HistoryPanel::HistoryPanel(Document& document, View& view, common::Services& services, QWidget* mode, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_view(view),
      m_services(services),
      m_model(new HistoryModel(this)),
      m_differences(new DifferenceModel(view, this)),
      m_do("label", "lathe::widgets::canvas::HistoryPanel", mode),
      m_history(std::make_shared<const History>()) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    buildActions();
    build();
    wire();
    retranslate();
    m_do.update();
}

void HistoryPanel::buildActions() {
    const auto past = [this] { return m_past.has_value(); };
    m_do.add({"history", QT_TR_NOOP("Show the history of the image"), "clock", "Alt+H"}, [this] {
        Q_EMIT asked();
        m_list->setFocus(Qt::ShortcutFocusReason);
    });
    m_do.add(
        {"earlier", QT_TR_NOOP("One step into the past"), "left", "Alt+Left"}, [this] { step(1); },
        [this] { return m_document.isOpen(); });
    m_do.add(
        {"later", QT_TR_NOOP("One step towards now"), "right", "Alt+Right"}, [this] { step(-1); }, past);
    m_do.add(
        {"now", QT_TR_NOOP("Leave the past"), "x", "Alt+End"}, [this] { leave(); }, past);
    m_do.add(
        {"go-back", QT_TR_NOOP("Go back to here"), "retry", "Alt+Return"}, [this] { goBack(); }, past);
    m_do.add(
        {"restore", QT_TR_NOOP("Restore these shapes"), "back", "Alt+Shift+Return"}, [this] { restore(); },
        [this] { return m_past && !m_differing->selectionModel()->selectedIndexes().isEmpty(); });
}

void HistoryPanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_list = makeList(m_model, this);
    m_none = common::makeLabel({}, Type::Table, Token::T3, this);
    m_none->setContentsMargins(12, 0, 12, 12);
    m_none->setWordWrap(true);
    m_note = new common::Note(this);
    m_note->hide();
    m_below = new QWidget(this);
    auto* below = new QVBoxLayout(m_below);
    below->setContentsMargins(0, 0, 0, 8);
    below->setSpacing(4);
    m_moment = common::makeElidedLabel({}, Type::Caption, Token::T3, m_below);
    m_moment->setContentsMargins(12, 6, 12, 0);
    m_differing = makeList(m_differences, m_below);
    m_differing->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(new common::ActionButton(m_do["restore"], common::ButtonKind::Normal, m_below));
    row->addWidget(new common::ActionButton(m_do["go-back"], common::ButtonKind::Normal, m_below));
    for (auto* button : m_below->findChildren<common::ActionButton*>()) button->setKeyShown(false);
    row->addStretch();
    row->addWidget(common::makeIconButton(m_do["now"], QStringLiteral("x"), m_below));
    below->addWidget(common::makeRule(m_below));
    below->addWidget(m_moment);
    below->addWidget(m_differing, 1);
    below->addLayout(row);
    m_below->hide();
    column->addWidget(m_none);
    column->addWidget(m_note);
    column->addWidget(m_list, 3);
    column->addWidget(m_below, 2);
}

void HistoryPanel::wire() {
    connect(&m_soon, &QTimer::timeout, this, &HistoryPanel::ask);
    connect(&m_document, &Document::opened, this, [this] {
        m_note->hide();
        m_model->setHistory(m_history = std::make_shared<const History>());
        m_do.update();
        askSoon();
    });
    connect(&m_document, &Document::written, this, &HistoryPanel::askSoon);
    connect(&m_document, &Document::annotationsChanged, this, &HistoryPanel::askSoon);
    connect(&m_document, &Document::pastChanged, this, [this] {
        if (m_document.inPast()) return;
        m_past.reset();
        m_below->hide();
        m_list->selectionModel()->clear();
        m_do.update();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &HistoryPanel::choose);
    connect(m_differing->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { m_do.update(); });
    connect(m_differing, &QListView::activated, this, &HistoryPanel::restore);
    connect(m_differing->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& i) {
        if (!i.isValid()) return;
        const Difference& d = m_differences->at(i.row());
        m_view.centreOn(annot::bounds((d.then ? *d.then : *d.now).shape));
    });
}

void HistoryPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    ask();
}

void HistoryPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    leave();
}

void HistoryPanel::askSoon() {
    if (isVisible()) m_soon.start();
}

void HistoryPanel::ask() {
    if (!m_document.isOpen()) return;
    if (m_reading) m_services.jobs->drop(m_reading);
    const ImageId image = m_document.image().id;
    m_reading = m_services.jobs->run<Read>(
        tr("Read the history"), this,
        [source = m_document.source(), image](std::stop_token, const Progress&) -> Result<Read> {
            source.queue->flush();
            Read read;
            LATHE_TRY(auto history, source.workspace->history(image));
            read.history = std::make_shared<const History>(std::move(history));
            LATHE_TRY(read.now, source.workspace->annotations(image));
            return read;
        },
        [this, image](Result<Read> read) {
            m_reading = 0;
            if (m_document.image().id != image || (!read && read.error().code == ErrorCode::Cancelled)) return;
            if (!read) return m_note->show(common::Tone::Err, common::errorText(read.error()));
            m_now = std::move(read->now);
            m_history = read->history;
            m_model->setHistory(m_history);
            m_none->setVisible(m_history->empty());
        },
        true);
}

// The moment right after the entry; of the newest one that is now.
void HistoryPanel::choose(const QModelIndex& index) {
    m_note->hide();
    if (!index.isValid() || index.row() == 0) return leave();
    const std::int64_t seq = m_model->entryAt(index.row()).seq;
    if (m_showing) m_services.jobs->drop(m_showing);
    m_showing = m_services.jobs->run<Past>(
        tr("Go into the past"), this,
        [history = m_history, now = m_now, seq, styles = m_document.styles()](std::stop_token, const Progress&) -> Result<Past> {
            Past past;
            past.seq = seq;
            LATHE_TRY(past.then, store::stateAt(*history, now, seq));
            past.scene = Scene::pack(past.then, styles);
            return past;
        },
        [this, seq, image = m_document.image().id](Result<Past> past) {
            const bool wanted = m_document.image().id == image && m_list->currentIndex().isValid() &&
                                m_model->entryAt(m_list->currentIndex().row()).seq == seq;
            if (!wanted || (!past && past.error().code == ErrorCode::Cancelled)) return;
            m_showing = 0;
            if (past) return show(std::move(*past));
            leave();
            m_note->show(common::Tone::Warn, common::errorText(past.error()));
        },
        true);
}

void HistoryPanel::show(Past past) {
    m_view.settle();
    m_document.showPast(*past.scene);
    m_differences->setDifferences(differences(past.then, m_document.annotations()));
    m_past = std::move(past);
    const int row = m_model->rowOf(m_past->seq);
    if (row >= 0) m_moment->setText(m_model->index(row).data(Qt::AccessibleTextRole).toString());
    m_below->show();
    m_do.update();
}

void HistoryPanel::leave() {
    if (m_showing) m_services.jobs->drop(std::exchange(m_showing, 0));
    m_document.leavePast();
}

void HistoryPanel::step(int rows) {
    Q_EMIT asked();
    if (m_model->rowCount() == 0) return;
    const bool there = (m_past || m_showing) && m_list->currentIndex().isValid();
    const int from = there ? m_list->currentIndex().row() : 0;
    m_list->setCurrentIndex(m_model->index(std::clamp(from + rows, 0, m_model->rowCount() - 1)));
}

void HistoryPanel::goBack() {
    if (!m_past) return;
    const auto changes = annot::changesBetween(m_document.annotations(), m_past->then);
    m_document.leavePast();
    m_document.commit("Go back", changes);
    m_view.setFocus();
}

void HistoryPanel::restore() {
    if (!m_past) return;
    std::vector<Difference> chosen;
    std::vector<AnnotationId> ids;
    for (const QModelIndex& i : m_differing->selectionModel()->selectedIndexes()) chosen.push_back(m_differences->at(i.row()));
    for (const Difference& d : chosen)
        if (d.then) ids.push_back(d.id);
    const auto changes = restoring(chosen, m_document.annotations());
    m_document.leavePast();
    m_document.commit("Restore", changes);
    m_document.select(std::move(ids));
    m_view.setFocus();
}

void HistoryPanel::retranslate() {
    m_do.retranslate();
    setAccessibleName(tr("History"));
    m_list->setAccessibleName(tr("History of the image"));
    m_differing->setAccessibleName(tr("Shapes that differ from now"));
    m_none->setText(tr("Nothing was done to this image yet."));
}

}  // namespace lathe::widgets::canvas
