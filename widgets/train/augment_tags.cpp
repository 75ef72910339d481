#include "widgets/train/augment_tags.h"

#include <QInputDialog>
#include <QMenu>
#include <QPushButton>
#include <array>

#include "widgets/charts/flow_layout.h"
#include "widgets/common/icons.h"

namespace lathe::widgets::train {
namespace {

struct Kind {
    const char *name, *option, *text, *about;
    double preset, most, step;
};
constexpr std::array kKinds{
    Kind{"flip", "p", QT_TRANSLATE_NOOP("AugmentTags", "flip"),
         QT_TRANSLATE_NOOP("AugmentTags", "Left and right, with this probability"), 0.5, 1, 0.1},
    Kind{"shift", "pixels", QT_TRANSLATE_NOOP("AugmentTags", "shift"), QT_TRANSLATE_NOOP("AugmentTags", "By up to so many pixels"),
         2, 64, 1},
    Kind{"crop", "padding", QT_TRANSLATE_NOOP("AugmentTags", "crop"),
         QT_TRANSLATE_NOOP("AugmentTags", "A window of the padded picture; padding in pixels"), 4, 64, 1},
};

const Kind* kindOf(const std::string& name) {
    for (const Kind& kind : kKinds)
        if (name == kind.name) return &kind;
    return nullptr;
}

QString word(const char* text) {
    return QCoreApplication::translate("AugmentTags", text);
}

double amount(const runs::Augmentation& one, const Kind& kind) {
    return one.options.is_object() ? one.options.value(kind.option, kind.preset) : kind.preset;
}

}  // namespace

QString augmentationText(const runs::Augmentation& one) {
    const Kind* kind = kindOf(one.name);
    if (!kind) return QString::fromStdString(one.name);
    const QString unit = one.name == "flip" ? QString() : QStringLiteral(" px");
    return word(kind->text) + ' ' + QString::number(amount(one, *kind)) + unit;
}

AugmentTags::AugmentTags(QWidget* parent) : QWidget(parent), m_menu(new QMenu(this)) {
    setLayout(new charts::FlowLayout(4));
    retranslate();
}

void AugmentTags::setValue(const std::vector<runs::Augmentation>& value) {
    m_value = value;
    rebuild();
}

void AugmentTags::retranslate() {
    m_menu->clear();
    for (const Kind& kind : kKinds) {
        auto* action = m_menu->addAction(word(kind.text) + QStringLiteral(" – ") + word(kind.about));
        connect(action, &QAction::triggered, this, [this, name = std::string(kind.name)] { add(name); });
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
        connect(menu->addAction(tr("Change…")), &QAction::triggered, this, [this, i] { change(i); });
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
    const Kind* kind = kindOf(name);
    m_value.push_back({name, Json{{kind->option, kind->preset}}});
    rebuild();
    Q_EMIT changed();
}

void AugmentTags::change(std::size_t at) {
    const Kind* kind = kindOf(m_value[at].name);
    if (!kind) return;
    bool given = false;
    const double value = QInputDialog::getDouble(this, word(kind->text), word(kind->about), amount(m_value[at], *kind), 0,
                                                 kind->most, kind->step < 1 ? 2 : 0, &given, {}, kind->step);
    if (!given) return;
    m_value[at].options[kind->option] = value;
    rebuild();
    Q_EMIT changed();
}

}  // namespace lathe::widgets::train
