// The Browse mode on a workspace, with the mouse and keys of a person: what tests of its pages inherit.
#pragma once
#include <QLineEdit>
#include <QtTest>

#include "core/base/files.h"
#include "tests/support/gui_test.h"
#include "widgets/browser/browse_mode.h"

namespace lathe::test {

class BrowsePage {
protected:
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    widgets::common::Jobs m_jobs;
    widgets::common::Services m_services;
    std::unique_ptr<widgets::browser::BrowseMode> m_mode;
    widgets::browser::tiles::ImageGrid* m_grid = nullptr;
    QLineEdit* m_query = nullptr;

    [[nodiscard]] std::unique_ptr<widgets::browser::BrowseMode> makeMode(QSize size = {1300, 900}) {
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        auto mode = std::make_unique<widgets::browser::BrowseMode>(m_services);
        mode->resize(size);
        mode->show();
        mode->activateWindow();
        return QTest::qWaitForWindowActive(mode.get()) ? std::move(mode) : nullptr;
    }
    /// Shows the mode, without a workspace.
    [[nodiscard]] bool showMode(QSize size = {1300, 900}) {
        m_mode = makeMode(size);
        if (!m_mode) return false;
        m_grid = m_mode->findChild<widgets::browser::tiles::ImageGrid*>();
        for (auto* edit : m_mode->findChildren<QLineEdit*>())
            if (edit->accessibleName() == QLatin1String("Search images")) m_query = edit;
        return m_grid && m_query;
    }
    /// m_workspace in the mode, all its images in the grid.
    [[nodiscard]] bool browse(std::size_t images) {
        if (!m_workspace) return false;
        m_mode->setWorkspace(m_workspace);
        return QTest::qWaitFor([&] { return m_grid->count() == images; }, 10000);
    }
    /// "tag" for browse.tag; ends the test program when there is none.
    [[nodiscard]] QAction* action(const QString& id) const {
        for (QAction* one : m_mode->modeActions())
            if (one->objectName() == QStringLiteral("browse.") + id) return one;
        qFatal("no action %s", qPrintable(id));
        return nullptr;
    }
    void search(const QString& text) {
        m_query->setFocus();
        m_query->setText(text);
        QTest::keyClick(m_query, Qt::Key_Return);
    }
};

}  // namespace lathe::test
