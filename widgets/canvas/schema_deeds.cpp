// What SchemaEditor does: saves, class operations with their counts and undo, files.
#include <QFileDialog>

#include "core/base/files.h"
#include "widgets/canvas/schema_editor.h"
#include "widgets/common/counts.h"

namespace lathe::widgets::canvas {

using common::Tone;

void SchemaEditor::choose(const QModelIndex& index) {
    m_form->settle();
    const auto* c = index.isValid() ? m_model->at(m_filtered->mapToSource(index).row()) : nullptr;
    const std::optional<ClassId> before = m_current;
    m_current = c ? std::optional(c->id) : std::nullopt;
    m_pages->setCurrentIndex(c ? 1 : 0);
    m_page->setTitle(c ? QString::fromStdString(c->name) : tr("Whole image"));
    if (m_current != before) m_note->hide(), m_into->clear(), m_count->clear();
    if (!c) return;
    m_form->setClass(*c);
    m_services.jobs->run<store::ClassImpact>(
        tr("Count"), this,
        [workspace = m_workspace, id = c->id](std::stop_token stop, const Progress&) {
            return store::impactOf(*workspace, id, stop);
        },
        [this, id = c->id](Result<store::ClassImpact> impact) {
            if (!impact || m_current != id) return;
            m_count->setText(common::Counts::shapesIn(impact->annotations, impact->images));
        },
        true);
}

void SchemaEditor::tell(const Error& error) {
    m_note->show(Tone::Err, error.context.empty() ? common::errorText(error)
                                                  : QStringLiteral("%1 (%2)").arg(QString::fromStdString(error.message),
                                                                                  QString::fromStdString(error.context)));
}

SchemaEditor::~SchemaEditor() {
    m_form->settle();
    for (auto& deed : m_deeds)
        if (deed.save && !deed.started) start(deed);
}

void SchemaEditor::enqueue(Deed deed) {
    if (!m_workspace) return;
    deed.workspace = m_workspace;
    m_deeds.push_back(std::move(deed));
    startNext();
}

void SchemaEditor::startNext() {
    for (auto& deed : m_deeds) {
        if (!deed.save && &deed != &m_deeds.front()) return;
        if (!deed.started) start(deed);
        if (!deed.save) return;
    }
}

void SchemaEditor::start(Deed& deed) {
    deed.started = true;
    const auto done = [this](const Result<store::BatchResult>& result) { finish(result); };
    if (deed.save)
        return m_services.jobs->write<store::BatchResult>(
            deed.title, this, [workspace = deed.workspace, work = deed.work] { return work(*workspace, {}, {}); }, done);
    m_services.jobs->run<store::BatchResult>(
        deed.title, this,
        [workspace = deed.workspace, work = deed.work](std::stop_token stop, const Progress& progress) {
            return work(*workspace, stop, progress);
        },
        done);
}

// What has started ends in the order of the list, so it is always the first that ends.
void SchemaEditor::finish(const Result<store::BatchResult>& result) {
    const Deed deed = std::move(m_deeds.front());
    m_deeds.pop_front();
    if (deed.workspace == m_workspace) {
        if (deed.save) m_unsaved = !result;
        if (result) {
            m_note->hide();
            if (deed.done) deed.done(*result);
        } else if (result.error().code != ErrorCode::Cancelled) {
            tell(result.error());
        }
    }
    if (m_deeds.empty()) return Q_EMIT saved();
    startNext();
}

// The form's class, as it is now; the list shows it at once. Its name is changed by a rename alone.
void SchemaEditor::saveClass() {
    const annot::ClassSchema wanted = m_form->schema();
    if (!wanted.id.valid()) return;
    for (auto& c : m_schema.classes) {
        if (c.id != wanted.id && !wanted.key.empty() && c.key == wanted.key) c.key.clear();
        if (c.id == wanted.id) c = wanted;
    }
    m_model->setSchema(m_schema);
    const auto work = [wanted](store::Workspace& workspace, std::stop_token, const Progress&) -> Result<store::BatchResult> {
        LATHE_TRY(const annot::Schema now, store::schema(workspace));
        annot::ClassSchema next = wanted;
        if (const auto* known = now.find(wanted.id)) next.name = known->name;
        LATHE_CHECK(store::saveClass(workspace, next));
        return store::BatchResult();
    };
    enqueue({tr("Save class"), work, {}, true});
}

void SchemaEditor::saveImage() {
    m_schema.image = m_imageAttributes->attributes();
    m_schema.overlap = m_overlap->isChecked();
    const auto work = [image = m_schema.image, overlap = m_schema.overlap](store::Workspace& workspace, std::stop_token,
                                                                           const Progress&) -> Result<store::BatchResult> {
        LATHE_CHECK(store::saveImageSchema(workspace, image, overlap));
        return store::BatchResult();
    };
    enqueue({tr("Save schema"), work, {}, true});
}

void SchemaEditor::addClass() {
    if (!m_workspace) return;
    QString name;
    for (int n = 1; name.isEmpty() || m_schema.find(name.toStdString()); ++n)
        name = n == 1 ? tr("New class") : tr("New class %1").arg(n);
    m_services.jobs->write<ClassId>(
        tr("Add class"), this, [workspace = m_workspace, name = name.toStdString()] { return workspace->addClass(name); },
        [this](Result<ClassId> id) {
            if (!id) return tell(id.error());
            m_current = *id;
            m_search->clear();
            Q_EMIT saved();
        });
}

void SchemaEditor::operate(const QString& title, Work work, std::function<QString(const store::BatchResult&)> words) {
    m_form->settle();
    enqueue({title, std::move(work), [this, words = std::move(words)](const store::BatchResult& result) {
                 Q_EMIT toast(words(result), tr("Undo"), [this, batch = result.batch, of = m_workspace] {
                     if (of == m_workspace) undo(batch);
                 });
             }});
}

void SchemaEditor::undo(store::BatchId batch) {
    const auto work = [batch, who = m_services.user.toStdString()](store::Workspace& workspace, std::stop_token stop,
                                                                   const Progress& progress) {
        return store::undoBatch(workspace, batch, who, stop, progress);
    };
    enqueue({tr("Undo"), work, [this](const store::BatchResult& result) {
                 if (result.skipped > 0)
                     m_note->show(Tone::Warn,
                                  tr("%n shape(s) were changed since and stay as they are.", nullptr, int(result.skipped)));
             }});
}

void SchemaEditor::rename(const QString& name) {
    if (!m_workspace || !m_current) return;
    const QString old = QString::fromStdString(m_form->schema().name);
    operate(
        tr("Rename class"),
        [id = *m_current, name = name.toStdString(), who = m_services.user.toStdString()](
            store::Workspace& workspace, std::stop_token, const Progress&) { return store::renameClass(workspace, id, name, who); },
        [old, name](const store::BatchResult&) { return tr("%1 is called %2 now.").arg(old, name); });
}

void SchemaEditor::merge() {
    if (!m_workspace || !m_current) return;
    const auto* into = m_schema.find(m_into->text().trimmed().toStdString());
    if (!into || into->id == *m_current) return m_note->show(Tone::Info, tr("Name another class of this schema to merge into."));
    const QString from = QString::fromStdString(m_form->schema().name), to = QString::fromStdString(into->name);
    operate(
        tr("Merge %1 into %2").arg(from, to),
        [id = *m_current, target = into->id, who = m_services.user.toStdString()](store::Workspace& workspace, std::stop_token stop,
                                                                                  const Progress& progress) {
            return store::mergeClass(workspace, id, target, who, stop, progress);
        },
        [from, to](const store::BatchResult& r) {
            return tr("%1 merged into %2: %3.").arg(from, to, common::Counts::shapesIn(r.annotations, r.images));
        });
    m_current = into->id;
}

// The counts first, since they may be many; it can be undone all the same.
void SchemaEditor::askDelete() {
    if (!m_workspace || !m_current) return;
    m_services.jobs->run<store::ClassImpact>(
        tr("Count"), this,
        [workspace = m_workspace, id = *m_current](std::stop_token stop, const Progress&) {
            return store::impactOf(*workspace, id, stop);
        },
        [this, id = *m_current](Result<store::ClassImpact> impact) {
            if (!impact) return tell(impact.error());
            if (m_current != id) return;
            const QString name = QString::fromStdString(m_form->schema().name);
            m_note->show(Tone::Warn,
                         tr("%1 will be deleted: %2.").arg(name, common::Counts::shapesIn(impact->annotations, impact->images)),
                         tr("Delete %1").arg(name), [this, id] { deleteNow(id); });
        },
        true);
}

void SchemaEditor::deleteNow(ClassId id) {
    const QString name = QString::fromStdString(m_form->schema().name);
    operate(
        tr("Delete %1").arg(name),
        [id, who = m_services.user.toStdString()](store::Workspace& workspace, std::stop_token stop, const Progress& progress) {
            return store::deleteClass(workspace, id, who, stop, progress);
        },
        [name](const store::BatchResult& r) {
            return tr("%1 deleted: %2.").arg(name, common::Counts::shapesIn(r.annotations, r.images));
        });
    m_current.reset();
}

void SchemaEditor::importFile() {
    if (!m_workspace) return;
    auto* dialog = new QFileDialog(this, tr("Take a schema file in"), QString(), tr("Label schema (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_services.jobs->run<store::SchemaImport>(
            tr("Read schema"), this,
            [workspace = m_workspace, file = file.toStdString()](std::stop_token, const Progress&) -> Result<store::SchemaImport> {
                LATHE_TRY(const Json json, base::readJson(file));
                return store::importSchema(*workspace, json);
            },
            [this](Result<store::SchemaImport> done) {
                if (!done) return tell(done.error());
                Q_EMIT saved();
                m_note->show(
                    done->problems.empty() ? Tone::Ok : Tone::Warn,
                    tr("%1 classes added, %2 changed, %3 kept.").arg(done->added).arg(done->changed).arg(done->kept) +
                        (done->problems.empty() ? QString()
                                                : QStringLiteral(" ") + tr("%n example(s) left out: their images aren't here.",
                                                                           nullptr, int(done->problems.size()))));
            });
    });
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void SchemaEditor::exportFile() {
    if (!m_workspace) return;
    auto* dialog =
        new QFileDialog(this, tr("Write the schema to a file"), QStringLiteral("label_schema.json"), tr("Label schema (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_services.jobs->run<bool>(
            tr("Write schema"), this,
            [workspace = m_workspace, file = file.toStdString()](std::stop_token, const Progress&) -> Result<bool> {
                LATHE_TRY(const Json json, store::schemaFile(*workspace));
                LATHE_CHECK(base::writeJson(file, json));
                return true;
            },
            [this](Result<bool> done) {
                if (!done) tell(done.error());
            });
    });
    dialog->open();
}

}  // namespace lathe::widgets::canvas
