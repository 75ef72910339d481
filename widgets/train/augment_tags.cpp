#include "widgets/train/augment_tags.h"

#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QWidgetAction>
#include <algorithm>
#include <cmath>

#include "widgets/charts/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
namespace {

constexpr auto kSeam = runs::Seam::Augmentation;

QString word(const char* text) {
    return QCoreApplication::translate("Catalogue", text);
}

bool isInPixels(const runs::Option& option) {
    return option.whole && std::string_view(option.name) != "count";
}

/// The field and a slider over what is usual of it.
QWidget* withSlider(QDoubleSpinBox* field, const runs::Option& option, QWidget* parent) {
    constexpr int kSteps = 100;
    const double top = std::min(option.most, std::max(4 * option.fallback, option.least + 1));
    auto* both = new QWidget(parent);
    auto* line = new QHBoxLayout(both);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* slider = new QSlider(Qt::Horizontal, both);
    slider->setRange(0, kSteps);
    slider->setFixedWidth(120);
    slider->setAccessibleName(word(option.title));
    const auto follow = [slider, option, top](double value) {
        const QSignalBlocker quiet(slider);
        slider->setValue(int(std::lround((value - option.least) / (top - option.least) * kSteps)));
    };
    follow(field->value());
    QObject::connect(field, &QDoubleSpinBox::valueChanged, slider, follow);
    QObject::connect(slider, &QSlider::valueChanged, field,
                     [field, option, top](int at) { field->setValue(option.least + double(at) / kSteps * (top - option.least)); });
    line->addWidget(slider);
    line->addWidget(field);
    return both;
}

}  // namespace

QString augmentationText(const runs::Augmentation& one) {
    const runs::Choice* choice = runs::find(kSeam, one.name);
    if (!choice) return QString::fromStdString(one.name);
    if (choice->options.empty()) return word(choice->title);
    const runs::Option& first = choice->options.front();
    const QString unit = isInPixels(first) ? QStringLiteral(" px") : QString();
    return word(choice->title) + ' ' + QString::number(runs::valueOf(*choice, one.options, first.name)) + unit;
}

AugmentTags::AugmentTags(QWidget* parent) : QWidget(parent), m_menu(new QMenu(this)) {
    setLayout(new charts::FlowLayout(4));
    retranslate();
}

void AugmentTags::setValue(const std::vector<runs::Augmentation>& value) {
    m_value = value;
    rebuild();
}

void AugmentTags::setTask(const std::string& task) {
    if (task == m_task) return;
    m_task = task;
    std::erase_if(m_value, [&](const runs::Augmentation& one) {
        const auto* choice = runs::find(kSeam, one.name);
        return choice && !choice->serves(task);
    });
    retranslate();
}

void AugmentTags::retranslate() {
    m_menu->clear();
    for (const runs::Choice& choice : runs::choices(kSeam)) {
        if (!choice.serves(m_task)) continue;
        auto* action = m_menu->addAction(word(choice.title) + QStringLiteral(" – ") + word(choice.about));
        connect(action, &QAction::triggered, this, [this, name = std::string(choice.name)] { add(name); });
    }
    rebuild();
}

void AugmentTags::rebuild() {
    while (QLayoutItem* item = layout()->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < m_value.size(); ++i) {
        auto* tag = new QPushButton(augmentationText(m_value[i]), this);
        tag->setProperty("chip", true);
        tag->setToolTip(tr("Click to change; Delete removes it"));
        auto* menu = new QMenu(tag);
        addFields(menu, tag, i);
        connect(menu->addAction(common::icon(QStringLiteral("trash")), tr("Remove %1").arg(tag->text())), &QAction::triggered, this,
                [this, i] {
                    m_value.erase(m_value.begin() + std::ptrdiff_t(i));
                    rebuild();
                    Q_EMIT changed();
                });
        connect(tag, &QPushButton::clicked, menu, [tag, menu] { menu->popup(tag->mapToGlobal(QPoint(0, tag->height()))); });
        layout()->addWidget(tag);
    }
    auto* more = new QPushButton(common::icon(QStringLiteral("plus")), tr("add"), this);
    more->setProperty("chip", true);
    more->setAccessibleName(tr("Add an augmentation"));
    connect(more, &QPushButton::clicked, this, [this, more] { m_menu->popup(more->mapToGlobal(QPoint(0, more->height()))); });
    layout()->addWidget(more);
    updateGeometry();
}

void AugmentTags::add(const std::string& name) {
    runs::Augmentation fresh{name};
    for (const runs::Option& option : runs::find(kSeam, name)->options)
        fresh.options[option.name] = option.whole ? Json(std::int64_t(option.fallback)) : Json(option.fallback);
    m_value.push_back(std::move(fresh));
    rebuild();
    Q_EMIT changed();
}

// The tag stands while its menu is open; only its text follows the fields.
void AugmentTags::addFields(QMenu* menu, QPushButton* tag, std::size_t at) {
    const runs::Choice* choice = runs::find(kSeam, m_value[at].name);
    if (!choice || choice->options.empty()) return;
    auto* form = new common::FormRows(menu);
    for (const runs::Option& option : choice->options) {
        auto* field = new QDoubleSpinBox(form);
        field->setRange(option.least, option.most);
        field->setDecimals(option.whole ? 0 : 3);
        field->setSingleStep(option.whole ? 1 : (option.most - option.least) / 20);
        field->setButtonSymbols(QAbstractSpinBox::NoButtons);
        field->setValue(runs::valueOf(*choice, m_value[at].options, option.name));
        form->addRow(word(option.title), withSlider(field, option, form));
        connect(field, &QDoubleSpinBox::valueChanged, this, [this, tag, at, option](double value) {
            m_value[at].options[option.name] = option.whole ? Json(std::int64_t(value)) : Json(value);
            tag->setText(augmentationText(m_value[at]));
            Q_EMIT changed();
        });
    }
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(form);
    menu->addAction(action);
}

}  // namespace lathe::widgets::train
