// Review: what is submitted, what it rests on, and the signature. What is approved is the digest of the package.
#pragma once
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/review/review_data.h"

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QStackedWidget;
class QTableWidget;

namespace lathe::widgets::charts {
class BarRows;
class ConfusionMatrix;
}  // namespace lathe::widgets::charts
namespace lathe::widgets::common {
class ActionButton;
class EmptyState;
class Note;
class Panel;
class Thumbnails;
}  // namespace lathe::widgets::common

namespace lathe::widgets::review {

class SampleStrip;

class ReviewMode : public common::Mode {
    Q_OBJECT
public:
    explicit ReviewMode(common::Services& services, QWidget* parent = nullptr);
    [[nodiscard]] QString id() const override { return QStringLiteral("review"); }
    [[nodiscard]] QString title() const override { return tr("Review"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("review"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;  ///< {"model": id} or {"run": id}: offers to package that run
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override { return {m_card, m_package, m_submit}; }
    [[nodiscard]] QStringList place() const override;
    [[nodiscard]] QStringList factsLeft() const override;

protected:
    void retranslate() override;

private:
    void buildActions();
    void buildPage();
    QWidget* buildLeft();
    QWidget* buildCentre();
    QWidget* buildSign();
    void readModels();
    void showModel(int row);
    void showData(ReviewData data);
    void showEvaluation();
    void showSource();
    void showGates();
    void showAudit();
    void updateActions();
    void packageRun();
    void packageRun(const runs::RunRow& run);
    void decide(bool approve);
    void submit();
    void showCard();
    void showError(const Error& error);
    [[nodiscard]] const models::ModelRow* current() const;
    [[nodiscard]] bool waitsForMe() const;  ///< submitted, by someone else

    common::Thumbnails* m_thumbnails;
    QListWidget *m_list, *m_gates, *m_audit;
    common::Panel *m_listPanel, *m_sourcePanel, *m_evaluationPanel, *m_classPanel, *m_matrixPanel, *m_samplePanel, *m_gatePanel,
        *m_auditPanel, *m_signPanel;
    QLabel *m_source, *m_title, *m_subtitle, *m_signer, *m_digest, *m_why;
    QTableWidget* m_figures;
    charts::BarRows* m_classes;
    charts::ConfusionMatrix* m_matrix;
    SampleStrip* m_samples;
    QPlainTextEdit* m_noteText;
    QStackedWidget* m_pages;
    common::EmptyState* m_empty;
    common::Note* m_note;
    common::ActionSet m_do;
    QAction *m_approve, *m_reject, *m_submit, *m_package, *m_card, *m_train;
    std::vector<models::ModelRow> m_models;
    ReviewData m_data;
    QString m_wanted;
    std::size_t m_auditEntries = 0;
};

}  // namespace lathe::widgets::review
