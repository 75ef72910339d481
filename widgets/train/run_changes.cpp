#include "widgets/train/run_changes.h"

#include <fmt/format.h>
#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/charts/chart.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
using common::makeLabel;
using common::Token;
using common::Type;
namespace {

constexpr int kChangeWidth = 420, kHistoryHeight = 120;

double fieldOf(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_number() ? json[key].get<double>() : 0;
}

QString wordsOf(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string() ? QString::fromStdString(json[key].get<std::string>())
                                                                           : QString();
}

QString settingName(const std::string& path) {
    static const std::map<std::string, const char*> names{
        {"optimizer.lr", QT_TRANSLATE_NOOP("ChangeRun", "Rate")},
        {"optimizer.weight_decay", QT_TRANSLATE_NOOP("ChangeRun", "Weight decay")},
        {"optimizer.clip", QT_TRANSLATE_NOOP("ChangeRun", "Gradient norm")},
        {"schedule.name", QT_TRANSLATE_NOOP("ChangeRun", "Curve")},
        {"schedule.warmup_epochs", QT_TRANSLATE_NOOP("ChangeRun", "Warm-up")},
        {"epochs", QT_TRANSLATE_NOOP("ChangeRun", "Epochs")},
        {"early_stop", QT_TRANSLATE_NOOP("ChangeRun", "Early stop")},
        {"checkpoints.keep_every", QT_TRANSLATE_NOOP("ChangeRun", "Keep a checkpoint")},
    };
    const auto found = names.find(path);
    return found == names.end() ? QString::fromStdString(path) : QCoreApplication::translate("ChangeRun", found->second);
}

QString settingValue(const Json& value) {
    if (value.is_number()) return charts::valueText(value.get<double>());
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    return value.is_null() ? QStringLiteral("–") : QString::fromStdString(value.dump());
}

void differences(const Json& before, const Json& after, const std::string& path, std::vector<std::string>& out) {
    if (after.is_object() && before.is_object()) {
        for (const auto& [key, value] : after.items()) {
            const std::string at = path.empty() ? key : fmt::format("{}.{}", path, key);
            if (before.contains(key))
                differences(before[key], value, at, out);
            else
                out.push_back(at + "=" + value.dump());
        }
    } else if (before != after) {
        out.push_back(path + "=" + after.dump());
    }
}

template <class Field>
Field* numberField(double least, double most, double step, double value) {
    auto* field = new Field;
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    if constexpr (std::is_same_v<Field, QDoubleSpinBox>) field->setDecimals(4);
    field->setValue(value);
    return field;
}

}  // namespace

std::vector<RunChange> changesOf(const std::vector<Json>& events) {
    std::vector<RunChange> changes;
    for (const Json& event : events) {
        if (wordsOf(event, "kind") != QStringLiteral("edit")) continue;
        const double at = fieldOf(event, "at"), time = fieldOf(event, "time");
        changes.push_back({wordsOf(event, "author"), wordsOf(event, "refused"), time > 0 ? time : at, fieldOf(event, "epoch"),
                           std::int64_t(fieldOf(event, "step")), event.value("changes", Json::object())});
    }
    return changes;
}

QString changeText(const RunChange& change) {
    QStringList parts;
    for (const auto& [path, values] : change.changes.items()) {
        const bool pair = values.is_array() && values.size() == 2;
        parts << (pair ? QStringLiteral("%1 %2 → %3").arg(settingName(path), settingValue(values[0]), settingValue(values[1]))
                       : QStringLiteral("%1 %2").arg(settingName(path), settingValue(values)));
    }
    const QString words = parts.join(QStringLiteral(", "));
    return change.author.isEmpty() ? words : QStringLiteral("%1 (%2)").arg(words, change.author);
}

std::vector<std::string> assignmentsBetween(const Json& before, const Json& after, const std::vector<std::string>& left) {
    Json a = before, b = after;
    for (const std::string& key : left) a.erase(key), b.erase(key);
    std::vector<std::string> out;
    differences(a, b, {}, out);
    return out;
}

ChangeRun::ChangeRun(QWidget* window, const QString& name, const runs::RunSpec& spec, const std::vector<RunChange>& history,
                     int done)
    : Overlay(window, tr("Change the run")), m_spec(spec) {
    setAttribute(Qt::WA_DeleteOnClose);
    auto* title = makeLabel(tr("Change %1").arg(name), Type::Section, Token::T1, this);
    title->setContentsMargins(16, 14, 16, 2);
    auto* about = makeLabel(tr("It goes on; the engine takes the change at its next step and keeps it in the history."),
                            Type::Table, Token::T2, this);
    about->setWordWrap(true);
    about->setContentsMargins(16, 0, 16, 8);
    body()->addWidget(title);
    body()->addWidget(about);
    buildForm(done);
    buildHistory(history);
    buildFoot();
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

void ChangeRun::buildForm(int done) {
    m_form = new common::FormRows(this);
    m_form->setContentsMargins(4, 0, 4, 0);
    m_rate = new QLineEdit(QString::number(m_spec.optimizer.lr, 'g', 6));
    m_decay = numberField<QDoubleSpinBox>(0, 1000, 0.01, m_spec.optimizer.weightDecay);
    m_clip = numberField<QDoubleSpinBox>(0, 1e6, 0.5, m_spec.optimizer.clip);
    m_clip->setSpecialValueText(tr("any"));
    m_schedule = new QComboBox;
    for (const runs::Choice& choice : runs::choices(runs::Seam::Schedule))
        m_schedule->addItem(QCoreApplication::translate("Catalogue", choice.title), QString::fromUtf8(choice.name));
    m_schedule->setCurrentIndex(m_schedule->findData(QString::fromStdString(m_spec.schedule.name)));
    m_warmup = numberField<QDoubleSpinBox>(0, 1000, 0.5, m_spec.schedule.warmupEpochs);
    m_epochs = numberField<QSpinBox>(std::max(1, done), 100000, 1, m_spec.epochs);
    m_earlyStop = numberField<QSpinBox>(0, 100000, 1, m_spec.earlyStop);
    m_earlyStop->setSpecialValueText(tr("never"));
    m_keepEvery = numberField<QSpinBox>(0, 100000, 1, m_spec.keepEvery);
    m_keepEvery->setSpecialValueText(tr("best and last"));
    m_keepEvery->setPrefix(tr("every") + ' ');
    m_form->addRow(tr("Rate"), m_rate);
    m_form->addRow(tr("Curve"), m_schedule);
    for (const runs::Choice& choice : runs::choices(runs::Seam::Schedule))
        for (const runs::Option& option : choice.options) {
            auto*& field = m_options[option.name];
            if (field) continue;
            field = numberField<QDoubleSpinBox>(option.least, option.most, option.whole ? 1 : 0.05,
                                                m_spec.schedule.number(runs::Seam::Schedule, option.name));
            if (!choice.find(option.name) || m_spec.schedule.name != choice.name)
                field->setValue(m_spec.schedule.options.is_object() && m_spec.schedule.options.contains(option.name)
                                    ? m_spec.schedule.options[option.name].get<double>()
                                    : option.fallback);
            m_form->addRow(QCoreApplication::translate("Catalogue", option.title), field);
        }
    m_form->addRow(tr("Warm-up"), m_warmup, tr("epochs"));
    m_form->addRow(tr("Epochs"), m_epochs);
    m_form->addRow(tr("Early stop"), m_earlyStop, tr("epochs"));
    m_form->addRow(tr("Weight decay"), m_decay);
    m_form->addRow(tr("Gradient norm"), m_clip);
    m_form->addRow(tr("Keep"), m_keepEvery, tr("epochs"));
    body()->addWidget(m_form);
    connect(m_schedule, &QComboBox::currentIndexChanged, this, &ChangeRun::showOptions);
    showOptions();
}

void ChangeRun::showOptions() {
    const auto* choice = runs::find(runs::Seam::Schedule, m_schedule->currentData().toString().toStdString());
    for (const auto& [name, field] : m_options) m_form->setRowVisible(field, choice && choice->find(name));
    if (isVisible()) openInMiddle();
}

void ChangeRun::buildHistory(const std::vector<RunChange>& history) {
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(16, 6, 16, 6);
    column->setSpacing(6);
    const auto say = [&](const QString& words, Token token) {
        auto* label = makeLabel(words, Type::Table, token, list);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    if (history.empty()) say(tr("Nothing was changed so far."), Token::T3);
    for (auto change = history.rbegin(); change != history.rend(); ++change) {
        const QString when = tr("epoch %1").arg(change->epoch, 0, 'f', 1);
        if (change->refused.isEmpty())
            say(when + ": " + changeText(*change), Token::T2);
        else
            say(tr("Refused: %1 (%2)").arg(changeText(*change), change->refused), Token::Warn);
    }
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("What was changed"));
    scroll->setStyleSheet(QStringLiteral("QScrollArea{background:transparent}"));
    scroll->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);
    scroll->setFixedHeight(std::min(kHistoryHeight, 28 + 34 * int(history.size())));
    auto* head = makeLabel(tr("What was changed"), Type::Caption, Token::T3, this);
    head->setContentsMargins(16, 8, 16, 0);
    body()->addWidget(head);
    body()->addWidget(scroll);
}

void ChangeRun::buildFoot() {
    m_error = makeLabel({}, Type::Table, Token::Err, this);
    m_error->setWordWrap(true);
    m_error->setContentsMargins(16, 4, 16, 4);
    m_error->hide();
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_apply = new QPushButton(tr("Change"), this);
    m_apply->setProperty("kind", "primary");
    m_apply->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_apply);
    body()->addWidget(m_error);
    body()->addLayout(foot);
    connect(m_cancel, &QPushButton::clicked, this, &ChangeRun::closeOverlay);
    connect(m_apply, &QPushButton::clicked, this, &ChangeRun::apply);
    connect(m_rate, &QLineEdit::returnPressed, this, &ChangeRun::apply);
}

runs::RunSpec ChangeRun::wanted() const {
    runs::RunSpec spec = m_spec;
    bool given = false;
    if (const double rate = QLocale::c().toDouble(m_rate->text().trimmed().replace(',', '.'), &given); given)
        spec.optimizer.lr = rate;
    spec.optimizer.weightDecay = m_decay->value();
    spec.optimizer.clip = m_clip->value();
    spec.schedule.name = m_schedule->currentData().toString().toStdString();
    if (const auto* choice = runs::find(runs::Seam::Schedule, spec.schedule.name))
        for (const runs::Option& option : choice->options) {
            const double value = m_options.at(option.name)->value();
            spec.schedule.options[option.name] = option.whole ? Json(std::int64_t(value)) : Json(value);
        }
    spec.schedule.warmupEpochs = m_warmup->value();
    spec.epochs = m_epochs->value();
    spec.earlyStop = m_earlyStop->value();
    spec.keepEvery = m_keepEvery->value();
    return spec;
}

std::vector<std::string> ChangeRun::assignments(QString& wrong) const {
    bool given = false;
    const double rate = QLocale::c().toDouble(m_rate->text().trimmed().replace(',', '.'), &given);
    if (!given || !(rate > 0)) {
        wrong = tr("The rate must be a number above 0, such as 0.001 or 1e-3.");
        return {};
    }
    const Json before = runs::toJson(m_spec), after = runs::toJson(wanted());
    std::vector<std::string> out;
    // A number that only went through a field's digits isn't a change.
    for (const std::string& one : assignmentsBetween(before, after, {"history", "parent"})) {
        Json at = before;
        for (const QString& part : QString::fromStdString(one.substr(0, one.find('='))).split('.'))
            at = at.is_object() && at.contains(part.toStdString()) ? at[part.toStdString()] : Json();
        const Json value = Json::parse(one.substr(one.find('=') + 1), nullptr, false);
        const bool same = at.is_number() && value.is_number() &&
                          std::abs(at.get<double>() - value.get<double>()) <= std::max(5e-5, 1e-5 * std::abs(at.get<double>())) &&
                          !one.starts_with("optimizer.lr=");
        if (!same) out.push_back(one);
    }
    if (out.empty()) wrong = tr("Nothing is changed yet.");
    return out;
}

void ChangeRun::apply() {
    QString wrong;
    const auto changes = assignments(wrong);
    if (!wrong.isEmpty()) return showError(wrong);
    Q_EMIT changeRequested(changes);
}

void ChangeRun::showError(const QString& words) {
    m_error->setText(words);
    m_error->setVisible(!words.isEmpty());
    setBusy(false);
    openInMiddle();
}

void ChangeRun::setBusy(bool busy) {
    m_apply->setEnabled(!busy);
    m_apply->setText(busy ? tr("The engine takes it…") : tr("Change"));
}

void ChangeRun::openInMiddle() {
    const QWidget* window = parentWidget();
    const int wanted = body()->hasHeightForWidth()
                           ? body()->totalHeightForWidth(kChangeWidth + 2 * (kShadow + 1)) - 2 * (kShadow + 1)
                           : sizeHint().height() - 2 * kShadow;
    const int height = std::min(window->height() - 60, wanted);
    open(QRect((window->width() - kChangeWidth) / 2, (window->height() - height) / 2, kChangeWidth, height));
    if (!isAncestorOf(QApplication::focusWidget())) m_rate->setFocus(Qt::OtherFocusReason);
}

}  // namespace lathe::widgets::train
