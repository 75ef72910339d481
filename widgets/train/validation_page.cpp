#include "widgets/train/validation_page.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>

#include "widgets/charts/run_watch.h"
#include "widgets/common/parts.h"
#include "widgets/train/validation_view.h"

namespace lathe::widgets::train {
namespace {

constexpr int kMostAcross = 6, kLeastCell = 96;

}  // namespace

ValidationPage::ValidationPage(common::Services& services, QWidget* parent) : QWidget(parent), m_services(services) {
    build();
    wire();
    retranslate();
    showItems();
}

void ValidationPage::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_workspace = std::move(workspace);
    setRun(std::nullopt);
}

void ValidationPage::setRun(const std::optional<runs::RunFolder>& folder) {
    if (folder.has_value() == m_folder.has_value() && (!folder || folder->path() == m_folder->path())) return;
    m_folder = folder;
    m_known = {};
    m_epoch = m_wanted = 0;
    m_stale = true;
    ++m_turn;
    showItems();
    load();
}

void ValidationPage::setClassColours(const QHash<QString, QColor>& colours) {
    if (colours == m_colours) return;
    m_colours = colours;
    showItems();
}

void ValidationPage::epochEnded() {
    m_stale = true;
    load();
}

void ValidationPage::stepEpoch(int by) {
    m_slider->setValue(m_slider->value() + by);
}

void ValidationPage::setWrongOnly(bool on) {
    m_wrong->setChecked(on);
}

bool ValidationPage::wrongOnly() const {
    return m_wrong->isChecked();
}

/// One at a time; what is wanted meanwhile comes next.
void ValidationPage::load() {
    if (!m_workspace || !m_folder || !isVisible()) return;
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    m_stale = false;
    m_services.jobs->run<Read>(
        tr("Read the validation pictures"), this,
        [workspace = m_workspace, folder = *m_folder, known = m_known, wanted = m_wanted](std::stop_token stop, const Progress&) {
            return read(*workspace, folder, known, wanted, stop);
        },
        [this, turn = m_turn](Result<Read> result) {
            m_loading = false;
            const bool again = std::exchange(m_again, false);
            if (turn != m_turn) return load();
            if (result)
                take(std::move(*result));
            else
                failed(result.error());
            if (again) load();
        },
        true);
}

Result<ValidationPage::Read> ValidationPage::read(const store::Workspace& workspace, const runs::RunFolder& folder, Read known,
                                                  int wanted, const std::stop_token& stop) {
    known.epochs = runs::validationEpochs(folder);
    known.epoch.reset();
    if (known.epochs.empty()) return known;
    if (!known.set) {
        LATHE_TRY(runs::ValidationSet set, runs::readValidationSet(folder));
        known.set = std::make_shared<const runs::ValidationSet>(std::move(set));
        known.stills = readStills(workspace, *known.set, stop);
    }
    const bool kept = std::binary_search(known.epochs.begin(), known.epochs.end(), wanted);
    LATHE_TRY(known.epoch, runs::readValidationEpoch(folder, kept ? wanted : known.epochs.back()));
    return known;
}

void ValidationPage::take(Read read) {
    m_known = std::move(read);
    m_epoch = m_known.epoch ? m_known.epoch->epoch : 0;
    showItems();
    showEpochs();
}

void ValidationPage::failed(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_known = {};
    m_epoch = 0;
    showItems();
    m_empty->setTexts(tr("The validation pictures can't be read"), common::errorText(error));
}

void ValidationPage::showItems() {
    std::vector<ValidationItem> items;
    if (m_known.set && m_known.epoch)
        for (const auto& still : m_known.stills) {
            ValidationItem item{still, std::nullopt, m_known.epoch->threshold};
            for (const auto& said : m_known.epoch->said)
                if (said.image == still->truth.image) item.said = said;
            items.push_back(std::move(item));
        }
    const int row = std::max(0, m_list->currentIndex().row());
    m_model->setItems(std::move(items),
                      m_known.set ? validationClasses(m_known.set->task, m_known.set->classes, m_colours) : ValidationClasses{});
    if (m_model->rowCount() > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1)));
    if (m_stack->currentWidget() == m_view && m_list->currentIndex().isValid())
        m_view->setItem(m_model->item(m_list->currentIndex().row()), m_model->classes());
    showTask();
    showWords();
    layOut();
    draw();
}

void ValidationPage::showTask() {
    const QString& task = m_model->classes().task;
    const bool large = m_stack->currentWidget() == m_view;
    m_layers->setVisible(!large && (task == QStringLiteral("detect") || task == QStringLiteral("segment")));
    for (QWidget* part : std::initializer_list<QWidget*>{m_opacity, m_opacityName})
        part->setVisible(task == QStringLiteral("segment"));
    m_wrong->setVisible(!large && !m_model->items().empty());
    for (QWidget* part : std::initializer_list<QWidget*>{m_epochName, m_slider, m_epochValue, m_newest})
        part->setVisible(!m_model->items().empty());
}

void ValidationPage::showEpochs() {
    const QSignalBlocker quiet(m_slider);
    const auto& epochs = m_known.epochs;
    m_slider->setRange(0, std::max(0, int(epochs.size()) - 1));
    const auto at = std::find(epochs.begin(), epochs.end(), m_wanted);
    m_slider->setValue(at == epochs.end() ? int(epochs.size()) - 1 : int(at - epochs.begin()));
    const int shown = at != epochs.end() ? *at : epochs.empty() ? 0 : epochs.back();
    m_epochValue->setText(shown > 0 ? QString::number(shown) : QString());
    m_slider->setAccessibleDescription(shown > 0 ? tr("epoch %1").arg(shown) : QString());
    m_newest->setChecked(m_wanted == 0);
}

void ValidationPage::showWords() {
    const bool any = !m_model->items().empty(), large = m_stack->currentWidget() == m_view;
    m_back->setVisible(any && large);
    if (!any) {
        m_empty->setTexts(tr("No validation pictures yet"),
                          tr("After the first epoch a few validation images show what the model says of them."));
        m_stack->setCurrentWidget(m_empty);
    } else if (m_model->rowCount() == 0) {
        m_empty->setTexts(tr("None of them is wrong"), tr("All pictures shown are right after this epoch."));
        m_stack->setCurrentWidget(m_empty);
    } else if (!large) {
        m_stack->setCurrentWidget(m_list);
    }
    if (!any || !m_known.epoch) return m_about->setText({});
    QStringList words{tr("%1 of %2 wrong").arg(m_model->wrong()).arg(int(m_model->items().size())),
                      QStringLiteral("%1 %2").arg(charts::metricText(m_known.set->metric),
                                                  charts::metricValue(m_known.set->metric, m_known.epoch->value))};
    if (large && m_list->currentIndex().isValid()) words.prepend(m_model->item(m_list->currentIndex().row()).still->name);
    if (!large && m_model->classes().task == QStringLiteral("detect") && layer() == ValidationLayer::Said)
        words << tr("white dashes: missed");
    m_about->setText(words.join(QStringLiteral(" · ")));
}

ValidationLayer ValidationPage::layer() const {
    if (m_model->classes().task == QStringLiteral("classify")) return ValidationLayer::Picture;
    static constexpr std::array kLayers{ValidationLayer::Said, ValidationLayer::Truth, ValidationLayer::Wrong};
    return kLayers[std::size_t(std::clamp(m_layers->current(), 0, 2))];
}

/// Cells as large as let all be seen at once.
void ValidationPage::layOut() {
    const int count = int(m_model->items().size());
    if (count == 0) return;
    const auto& still = m_model->items().front().still;
    const QSizeF shape = still->picture.isNull() ? QSizeF(4, 3) : QSizeF(still->picture.size());
    const QSize all = m_stack->size() - QSize(4, 4);
    QSize best(kLeastCell, kLeastCell);
    double most = 0;
    for (int columns = 1; columns <= kMostAcross; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const QSize cell(all.width() / columns, all.height() / rows);
        const QSizeF inner(cell.width() - 2 * ValidationDelegate::kPad,
                           cell.height() - 2 * ValidationDelegate::kPad - ValidationDelegate::kWords);
        if (const double width = shape.scaled(inner, Qt::KeepAspectRatio).width(); width > most) most = width, best = cell;
    }
    const bool fits = best.height() >= kLeastCell && best.width() >= kLeastCell;
    m_list->setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    best = best.expandedTo({kLeastCell, kLeastCell});
    m_delegate->setCell(best);
    m_list->setGridSize(best);
}

/// At the size of a cell, by a worker.
void ValidationPage::draw() {
    if (m_drawJob) m_services.jobs->drop(m_drawJob);
    m_drawJob = 0;
    if (m_model->items().empty() || !isVisible()) return;
    const double scale = devicePixelRatioF();
    const QSizeF inner(m_list->gridSize().width() - 2 * ValidationDelegate::kPad,
                       m_list->gridSize().height() - 2 * ValidationDelegate::kPad - ValidationDelegate::kWords);
    m_drawJob = m_services.jobs->run<std::vector<QImage>>(
        tr("Draw the validation pictures"), this,
        [items = m_model->items(), classes = m_model->classes(), layer = layer(), opacity = m_opacity->value() / 100.0, inner,
         scale](std::stop_token stop, const Progress&) -> Result<std::vector<QImage>> {
            std::vector<QImage> drawn;
            for (const ValidationItem& item : items) {
                if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "another drawing is wanted");
                const QImage& picture = item.still->picture;
                const QSizeF size = (picture.isNull() ? QSizeF(4, 3) : QSizeF(picture.size())).scaled(inner, Qt::KeepAspectRatio);
                QImage image((size * scale).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
                QPainter painter(&image);
                painter.scale(scale, scale);
                paintValidation(painter, QRectF(QPointF(), size), item, layer, classes, opacity, false);
                painter.end();
                drawn.push_back(std::move(image));
            }
            return drawn;
        },
        [this](Result<std::vector<QImage>> drawn) {
            if (drawn && drawn->size() == m_model->items().size()) m_model->setDrawn(std::move(*drawn));
        },
        true);
    showWords();
}

void ValidationPage::open(int row) {
    if (row < 0 || row >= m_model->rowCount()) return;
    m_view->setOpacity(m_opacity->value() / 100.0);
    m_view->setItem(m_model->item(row), m_model->classes());
    m_stack->setCurrentWidget(m_view);
    m_view->setFocus(Qt::OtherFocusReason);
    showTask();
    showWords();
}

void ValidationPage::close() {
    m_stack->setCurrentWidget(m_list);
    m_list->setFocus(Qt::OtherFocusReason);
    showTask();
    showWords();
}

void ValidationPage::stepPicture(int by) {
    const int row = m_list->currentIndex().row() + by;
    if (row < 0 || row >= m_model->rowCount()) return;
    m_list->setCurrentIndex(m_model->index(row));
    open(row);
}

void ValidationPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    layOut();
    if (m_stale)
        load();
    else
        draw();
}

void ValidationPage::paintEvent(QPaintEvent* event) {
    QPainter(this).fillRect(event->rect(), common::Theme::instance().colour(common::Token::Panel));
}

bool ValidationPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_stack && event->type() == QEvent::Resize) {
        layOut();
        m_drawSoon.start();
    }
    const bool key = watched == m_list && event->type() == QEvent::KeyPress;
    if (key &&
        (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Return || static_cast<QKeyEvent*>(event)->key() == Qt::Key_Enter)) {
        open(m_list->currentIndex().row());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace lathe::widgets::train
