// Tags and saved views of Browse.
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include "core/base/time.h"
#include "core/store/views.h"
#include "widgets/browser/browse_mode.h"
#include "widgets/browser/name_popup.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser {
namespace {

QStringList namesOf(const std::vector<std::pair<std::string, std::int64_t>>& tags) {
    QStringList names;
    for (const auto& [name, count] : tags) names << QString::fromStdString(name);
    return names;
}

}  // namespace

void BrowseMode::chooseTag(bool on) {
    const std::vector<ImageId> ids = chosenImages();
    if (ids.empty()) return;
    using Tags = std::vector<std::pair<std::string, std::int64_t>>;
    services().jobs->run<Tags>(
        tr("Read the tags"), this, [workspace = workspace()](std::stop_token, const Progress&) { return store::tags(*workspace); },
        [this, ids, on](const Result<Tags>& tags) {
            if (!tags) return showError(tags.error());
            auto* popup = new NamePopup(window(), on ? tr("Tag %n image(s)", nullptr, int(ids.size())) : tr("Take a tag off"),
                                        tr("Name of the tag"), namesOf(*tags));
            connect(popup, &NamePopup::named, this, [this, ids, on](const QString& tag) {
                setTag(ids, tag, on, [this, ids, tag, on] {
                    did(on ? tr("%n image(s) tagged %1", nullptr, int(ids.size())).arg(tag)
                           : tr("%1 taken off %n image(s)", nullptr, int(ids.size())).arg(tag),
                        [this, ids, tag, on] { setTag(ids, tag, !on); });
                });
            });
            popup->openAt(m_selectionBar->mapTo(window(), QPoint(m_selectionBar->width() / 2, -8)));
        },
        true);
}

void BrowseMode::setTag(const std::vector<ImageId>& ids, const QString& tag, bool on, const std::function<void()>& told) {
    services().jobs->write<bool>(
        tr("Tag images"), this,
        [workspace = workspace(), ids, tag = tag.toStdString(), on]() -> Result<bool> {
            LATHE_CHECK(workspace->setTag(ids, tag, on));
            return true;
        },
        [this, told](const Result<bool>& done) {
            if (!done) return showError(done.error());
            search();
            if (told) told();
        });
}

void BrowseMode::showViews() {
    using Views = std::vector<store::SavedView>;
    services().jobs->run<Views>(
        tr("Read the saved views"), this,
        [workspace = workspace()](std::stop_token, const Progress&) { return store::savedViews(*workspace); },
        [this](const Result<Views>& views) {
            if (!views) return showError(views.error());
            fillViews(*views);
        },
        true);
}

void BrowseMode::fillViews(const std::vector<store::SavedView>& views) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& view : views) {
        const QString query = QString::fromStdString(view.query);
        menu->addAction(QStringLiteral("%1    %2").arg(QString::fromStdString(view.name), query.left(60)), this, [this, query] {
            m_query->setText(query);
            search();
        });
    }
    if (views.empty()) menu->addAction(tr("No views yet"))->setEnabled(false);
    menu->addSeparator();
    QStringList names;
    for (const auto& view : views) names << QString::fromStdString(view.name);
    auto* save = menu->addAction(tr("Save this search…"), this, [this, names] {
        auto* popup = new NamePopup(window(), tr("Save this search"), tr("Name of the view"), names);
        connect(popup, &NamePopup::named, this, &BrowseMode::saveView);
        popup->openAt(m_views->mapTo(window(), QPoint(0, m_views->height() + 110)));
    });
    save->setEnabled(!m_query->text().trimmed().isEmpty());
    if (!views.empty()) {
        auto* remove = menu->addMenu(tr("Remove"));
        for (const QString& name : names) remove->addAction(name, this, [this, name] { removeView(name); });
    }
    menu->popup(m_views->mapToGlobal(QPoint(0, m_views->height())));
}

void BrowseMode::saveView(const QString& name) {
    store::SavedView view{name.toStdString(), m_query->text().trimmed().toStdString(), services().user.toStdString(), base::now()};
    services().jobs->write<bool>(
        tr("Save the view"), this,
        [workspace = workspace(), view]() -> Result<bool> {
            LATHE_CHECK(store::saveView(*workspace, view));
            return true;
        },
        [this, name](const Result<bool>& done) {
            if (!done) return showError(done.error());
            Q_EMIT toast(tr("The view %1 is saved").arg(name), {}, {});
        });
}

void BrowseMode::removeView(const QString& name) {
    services().jobs->write<bool>(
        tr("Remove the view"), this,
        [workspace = workspace(), name = name.toStdString()]() -> Result<bool> {
            LATHE_CHECK(store::removeView(*workspace, name));
            return true;
        },
        [this](const Result<bool>& done) {
            if (!done) showError(done.error());
        });
}

}  // namespace lathe::widgets::browser
