// NextRun: between the form and the spec; what differs; what can't be.
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <cmath>

#include "core/runs/presets.h"
#include "widgets/charts/chart.h"
#include "widgets/train/augment_tags.h"
#include "widgets/train/next_run.h"

namespace lathe::widgets::train {
namespace {

std::string chosen(const QComboBox* combo) {
    return combo->currentData().toString().toStdString();
}

void choose(QComboBox* combo, const std::string& value) {
    const int index = combo->findData(QString::fromStdString(value));
    if (index >= 0) return combo->setCurrentIndex(index);
    combo->addItem(QString::fromStdString(value), QString::fromStdString(value));
    combo->setCurrentIndex(combo->count() - 1);
}

/// Replaces the choices and keeps the one chosen.
void offer(QComboBox* combo, const std::vector<std::pair<QString, QString>>& choices) {
    const QVariant before = combo->currentData();
    combo->clear();
    for (const auto& [text, value] : choices) combo->addItem(text, value);
    const int index = combo->findData(before);
    combo->setCurrentIndex(before.isValid() && index >= 0 ? index : 0);
}

QString rateText(double rate) {
    return rate > 0 ? QString::number(rate, 'g', 4).replace(QStringLiteral("e-0"), QStringLiteral("e-")) : QString();
}

/// 0: left to the preset; nullopt: not a number.
std::optional<double> rateOf(const QString& text) {
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) return 0.0;
    bool given = false;
    const double rate = QLocale::c().toDouble(QString(trimmed).replace(',', '.').replace(QChar(0x2212), '-'), &given);
    return given && std::isfinite(rate) ? std::optional(rate) : std::nullopt;
}

bool differs(double a, double b) {  // by more than the fields show
    return std::abs(a - b) > std::max(6e-5, 1e-3 * std::abs(a));
}

bool same(const std::vector<runs::Augmentation>& a, const std::vector<runs::Augmentation>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return augmentationText(x) == augmentationText(y); });
}

}  // namespace

void NextRun::fillChoices() {
    std::vector<std::pair<QString, QString>> tasks;
    for (const runs::Choice& choice : runs::choices(runs::Seam::Task))
        tasks.emplace_back(QCoreApplication::translate("Catalogue", choice.title), QString::fromUtf8(choice.name));
    const int preset = m_preset->currentIndex();
    m_preset->clear();
    for (const runs::Preset& one : runs::presets()) {
        m_preset->addItem(QCoreApplication::translate("Catalogue", one.title), QString::fromUtf8(one.name));
        m_preset->setItemData(m_preset->count() - 1, QCoreApplication::translate("Catalogue", one.about), Qt::ToolTipRole);
    }
    m_preset->setCurrentIndex(preset);
    offer(m_task, tasks);
    offer(m_background, {{tr("Automatic"), "auto"}, {tr("A class of their own"), "class"}, {tr("Ignored"), "ignore"}});
    for (Chooser* chooser : choosers()) offerChoices(*chooser);
    offer(m_precision, {{tr("Automatic"), "auto"},
                        {QStringLiteral("fp32"), "fp32"},
                        {QStringLiteral("bf16"), "bf16"},
                        {QStringLiteral("fp16"), "fp16"}});
    m_device->setItemText(0, tr("Automatic"));
    m_device->setItemText(1, tr("Processor"));
    setSnapshots(m_snapshots, m_images);
}

void NextRun::offerChoices(Chooser& chooser) {
    const std::string task = chosen(m_task);
    std::vector<std::pair<QString, QString>> offered;
    std::vector<QString> abouts;
    for (const runs::Choice& choice : runs::choices(chooser.seam)) {
        if (!choice.serves(task)) continue;
        offered.emplace_back(QCoreApplication::translate("Catalogue", choice.title), QString::fromUtf8(choice.name));
        abouts.push_back(QCoreApplication::translate("Catalogue", choice.about));
    }
    offer(chooser.combo, offered);
    for (std::size_t at = 0; at < abouts.size(); ++at) chooser.combo->setItemData(int(at), abouts[at], Qt::ToolTipRole);
    showOptions(chooser);
}

/// What the task has is offered; a run that copies none starts from the task's presets.
void NextRun::taskChanged() {
    if (m_filling) return;
    showTask();
    if (!m_base) fillPreset();
    touched();
}

void NextRun::presetChosen() {
    m_base.reset();
    m_fork.reset();
    fillPreset();
    touched();
}

void NextRun::fillPreset() {
    auto fresh = runs::presetSpec(chosen(m_preset), chosen(m_task), chosenImages());
    if (!fresh) return;
    fresh->snapshot = snapshotDigest().toStdString();
    fresh->name = m_name->text().toStdString();
    fresh->background = chosen(m_background);
    fresh->device = chosen(m_device);
    fill(*fresh);
}

void NextRun::showTask() {
    const bool before = std::exchange(m_filling, true);
    for (Chooser* chooser : choosers()) offerChoices(*chooser);
    m_tags->setTask(chosen(m_task));
    m_form->setRowVisible(m_background, chosen(m_task) == "segment");
    m_filling = before;
}

void NextRun::setChoice(Chooser& chooser, const runs::Named& value) {
    choose(chooser.combo, value.name);
    if (const runs::Choice* choice = runs::find(chooser.seam, value.name))
        for (const runs::Option& option : choice->options)
            chooser.options.at(option.name)->setValue(runs::valueOf(*choice, value.options, option.name));
    showOptions(chooser);
}

runs::Named NextRun::Chooser::value() const {
    runs::Named named{chosen(combo)};
    if (const runs::Choice* choice = runs::find(seam, named.name))
        for (const runs::Option& option : choice->options) {
            const double number = options.at(option.name)->value();
            named.options[option.name] = option.whole ? Json(std::int64_t(number)) : Json(number);
        }
    return named;
}

void NextRun::setSnapshots(const std::vector<data::SnapshotRow>& snapshots, std::int64_t images) {
    const auto sameRow = [](const auto& x, const auto& y) { return x.digest == y.digest && x.name == y.name; };
    const bool known = std::equal(snapshots.begin(), snapshots.end(), m_snapshots.begin(), m_snapshots.end(), sameRow);
    if (known && images == m_images && !m_filling) return;
    m_snapshots = snapshots;
    m_images = images;
    std::vector<std::pair<QString, QString>> choices{{tr("Freeze now"), QStringLiteral("")}};
    for (const auto& row : snapshots)
        choices.emplace_back(tr("%1, %Ln image(s)", nullptr, int(row.images)).arg(QString::fromStdString(row.name)),
                             QString::fromStdString(row.digest));
    const bool before = std::exchange(m_filling, true);
    offer(m_snapshot, choices);
    m_filling = before;
    if (before) return;
    markChanges();
    showEstimate();
}

void NextRun::setRate(double rate) {
    m_rate->setText(rateText(rate));
    touched();
}

void NextRun::setBatch(int batch) {
    m_batch->setValue(batch);  // tells by itself that it changed
}

void NextRun::chooseSnapshot(const QString& digest) {
    if (const int index = m_snapshot->findData(digest); index >= 0) m_snapshot->setCurrentIndex(index);
}

void NextRun::setDevices(const std::vector<std::pair<QString, std::string>>& devices) {
    const std::string before = chosen(m_device);
    m_filling = true;
    while (m_device->count() > 2) m_device->removeItem(2);
    for (const auto& [text, device] : devices) m_device->addItem(text, QString::fromStdString(device));
    choose(m_device, before);
    m_filling = false;
}

void NextRun::setCopied(const QString& name, const std::optional<runs::RunSpec>& spec) {
    m_copiedName = name;
    m_fork.reset();
    m_base = spec;
    runs::RunSpec presets;
    presets = runs::startingSpec();
    if (m_base) m_base->name.clear();
    m_preset->setCurrentIndex(spec ? -1 : 0);
    fill(spec ? *m_base : presets);
    markChanges();
    showEstimate();
    Q_EMIT edited();
}

void NextRun::setFork(const QString& name, const runs::RunSpec& spec, const Fork& fork) {
    setCopied(name, spec);
    m_fork = fork;
    showCopied();
}

void NextRun::fill(const runs::RunSpec& spec) {
    m_filling = true;
    choose(m_task, spec.task);
    showTask();
    choose(m_background, spec.background);
    if (const int index = m_snapshot->findData(QString::fromStdString(spec.snapshot)); index >= 0)
        m_snapshot->setCurrentIndex(index);
    setChoice(m_model, {spec.model.name, spec.model.options});
    setChoice(m_optimizer, spec.optimizer);
    setChoice(m_schedule, spec.schedule);
    setChoice(m_loss, spec.loss);
    setChoice(m_classWeights, spec.loss.classWeights);
    setChoice(m_sampler, spec.sampler);
    m_weightDecay->setValue(spec.optimizer.weightDecay);
    m_clip->setValue(spec.optimizer.clip);
    m_layerDecay->setValue(spec.optimizer.layerDecay);
    m_ema->setValue(spec.ema);
    m_accumulate->setValue(spec.accumulate);
    m_freeze->setValue(spec.freeze);
    m_earlyStop->setValue(spec.earlyStop);
    choose(m_precision, spec.precision);
    choose(m_device, spec.device);
    m_size->setValue(spec.preprocessing.width);
    m_epochs->setValue(spec.epochs);
    m_batch->setValue(spec.batch);
    m_seed->setValue(int(std::min<std::uint64_t>(spec.seed, std::numeric_limits<int>::max())));
    m_warmup->setValue(spec.schedule.warmupEpochs);
    m_labelSmoothing->setValue(spec.loss.labelSmoothing);
    m_rate->setText(rateText(spec.optimizer.lr));
    m_name->setText(QString::fromStdString(spec.name));
    m_tags->setValue(spec.augmentation);
    m_filling = false;
}

runs::RunSpec NextRun::spec() const {
    runs::RunSpec spec = m_base.value_or(runs::RunSpec{});
    if (m_base && m_size->value() != m_base->preprocessing.width) spec.preprocessing.height = m_size->value();
    if (!m_base) spec.preprocessing.height = m_size->value();
    if (m_base && snapshotDigest() != QString::fromStdString(m_base->snapshot))
        spec.preprocessing.mean = spec.preprocessing.std = {};
    spec.preprocessing.width = m_size->value();
    spec.name = m_name->text().trimmed().toStdString();
    spec.task = chosen(m_task);
    spec.background = chosen(m_background);
    spec.snapshot = snapshotDigest().toStdString();
    spec.snapshotName.clear();
    const runs::Named model = m_model.value();
    spec.model.name = model.name, spec.model.options = model.options;
    static_cast<runs::Named&>(spec.optimizer) = m_optimizer.value();
    static_cast<runs::Named&>(spec.schedule) = m_schedule.value();
    static_cast<runs::Named&>(spec.loss) = m_loss.value();
    spec.loss.classWeights = m_classWeights.value();
    spec.sampler = m_sampler.value();
    spec.optimizer.weightDecay = m_weightDecay->value();
    spec.optimizer.clip = m_clip->value();
    spec.optimizer.layerDecay = m_layerDecay->value();
    spec.ema = m_ema->value();
    spec.accumulate = m_accumulate->value();
    spec.freeze = m_freeze->value();
    spec.earlyStop = m_earlyStop->value();
    spec.optimizer.lr = rateOf(m_rate->text()).value_or(0);
    spec.schedule.warmupEpochs = m_warmup->value();
    spec.loss.labelSmoothing = m_labelSmoothing->value();
    spec.epochs = m_epochs->value();
    spec.batch = m_batch->value();
    spec.seed = std::uint64_t(m_seed->value());
    spec.device = chosen(m_device);
    spec.precision = chosen(m_precision);
    spec.augmentation = m_tags->value();
    return spec;
}

QString NextRun::snapshotDigest() const {
    return m_snapshot->currentData().toString();
}

std::int64_t NextRun::chosenImages() const {
    for (const auto& row : m_snapshots)
        if (QString::fromStdString(row.digest) == snapshotDigest()) return row.images;
    return m_images;
}

QString NextRun::check() {
    QString words;
    const auto refuse = [&](QWidget* field, const QString& why) {
        if (!words.isEmpty()) return;
        words = why;
        field->setProperty("bad", true);
        field->style()->polish(field);
        field->setFocus();
    };
    const auto rate = rateOf(m_rate->text());
    if (!rate)
        refuse(m_rate, tr("The rate must be a number such as 0.001 or 1e-3; empty takes the preset."));
    else if (*rate < 0 || *rate > 100)
        refuse(m_rate, tr("The rate must be above 0 and at most 100; empty takes the preset."));
    if (m_size->value() > 0 && m_size->value() < 8) refuse(m_size, tr("Pictures must be at least 8 pixels wide."));
    if (chosenImages() <= 0) refuse(m_snapshot, tr("There are no images to train on: import some first."));
    if (m_batch->value() > chosenImages()) refuse(m_batch, tr("Batch must be 1 to %1, the number of images.").arg(chosenImages()));
    if (chosen(m_precision) == "fp16" && chosen(m_device) == "cpu")
        refuse(m_precision, tr("fp16 needs a card: choose fp32 or bf16 for the processor."));
    m_error->setText(words);
    m_error->setVisible(!words.isEmpty());
    return words;
}

void NextRun::markChanges() {
    m_changes = 0;
    const auto mark = [this](QWidget* field, bool changed) {
        for (auto* form : {m_form, m_more}) form->setChanged(field, m_base && changed);
        m_changes += m_base && changed;
    };
    const runs::RunSpec base = m_base.value_or(runs::RunSpec{}), now = spec();
    mark(m_task, base.task != now.task);
    mark(m_background, base.background != now.background);
    mark(m_snapshot, base.snapshot != now.snapshot);
    const auto markChoice = [&](const Chooser& chooser, const runs::Named& before, const runs::Named& after) {
        mark(chooser.combo, before.name != after.name);
        const runs::Choice* choice = runs::find(chooser.seam, after.name);
        for (const auto& [name, field] : chooser.options)
            mark(field, choice && choice->find(name) && before.name == after.name &&
                            differs(runs::valueOf(*choice, before.options, name), runs::valueOf(*choice, after.options, name)));
    };
    markChoice(m_model, {base.model.name, base.model.options}, {now.model.name, now.model.options});
    markChoice(m_optimizer, base.optimizer, now.optimizer);
    markChoice(m_schedule, base.schedule, now.schedule);
    markChoice(m_loss, base.loss, now.loss);
    markChoice(m_classWeights, base.loss.classWeights, now.loss.classWeights);
    markChoice(m_sampler, base.sampler, now.sampler);
    mark(m_weightDecay, differs(base.optimizer.weightDecay, now.optimizer.weightDecay));
    mark(m_clip, differs(base.optimizer.clip, now.optimizer.clip));
    mark(m_layerDecay, differs(base.optimizer.layerDecay, now.optimizer.layerDecay));
    mark(m_ema, differs(base.ema, now.ema));
    mark(m_accumulate, base.accumulate != now.accumulate);
    mark(m_freeze, base.freeze != now.freeze);
    mark(m_earlyStop, base.earlyStop != now.earlyStop);
    mark(m_size, base.preprocessing.width != now.preprocessing.width);
    mark(m_epochs, base.epochs != now.epochs);
    mark(m_batch, base.batch != now.batch);
    mark(m_rate, std::abs(base.optimizer.lr - now.optimizer.lr) > 1e-3 * std::abs(base.optimizer.lr));
    mark(m_warmup, std::abs(base.schedule.warmupEpochs - now.schedule.warmupEpochs) > 0.005);
    mark(m_labelSmoothing, std::abs(base.loss.labelSmoothing - now.loss.labelSmoothing) > 0.005);
    mark(m_precision, base.precision != now.precision);
    mark(m_seed, base.seed != now.seed);
    mark(m_device, base.device != now.device);
    mark(m_tags, !same(base.augmentation, now.augmentation));
    showCopied();
}

void NextRun::showCopied() {
    const QString accent = common::Theme::instance().colour(common::Token::AccentText).name();
    const QString bright = common::Theme::instance().colour(common::Token::T1).name();
    if (!m_base) return m_copied->setText(tr("Presets; all may stay as they are"));
    const QString what = m_changes ? tr("%n change(s)", nullptr, m_changes) : tr("no changes yet");
    const QString name = QStringLiteral("<span style='color:%1'>%2</span>").arg(bright, m_copiedName.toHtmlEscaped()),
                  changes = QStringLiteral("<span style='color:%1'>%2</span>").arg(accent, what);
    m_copied->setText(m_fork ? tr("Fork of %1 from epoch %2, %3").arg(name).arg(m_fork->epoch).arg(changes)
                             : tr("Copy of %1, %2").arg(name, changes));
}

void NextRun::setPace(double imagesPerSecond) {
    m_pace = imagesPerSecond;
    showEstimate();
}

void NextRun::showEstimate() {
    const auto images = double(chosenImages());
    m_data->setText(snapshotDigest().isEmpty() ? tr("Freeze now, %Ln image(s)", nullptr, int(m_images))
                                               : m_snapshot->currentText());
    const bool known = m_pace > 0 && images > 0 && m_epochs->value() > 0;
    m_time->setText(known ? tr("about %1").arg(common::duration(images * m_epochs->value() / m_pace))
                          : tr("known after one epoch"));
}

}  // namespace lathe::widgets::train
