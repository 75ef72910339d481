// Is B better than A? The answer in words, with interval and p, by class, and what it rests on.
#pragma once
#include <optional>

#include "widgets/charts/interval_rows.h"
#include "widgets/common/parts.h"
#include "widgets/compare/pair.h"

namespace lathe::widgets::compare {

class VerdictPanel : public common::Panel {
    Q_OBJECT
public:
    explicit VerdictPanel(QWidget* parent = nullptr);
    void setPair(const QString& a, const QString& b);
    void setReport(const PairReport& report);
    void setWords(const QString& title, const QString& line);  ///< instead of a verdict: what is missing
    void retranslate();
    [[nodiscard]] QString sentence() const;  ///< the verdict as it is read

private:
    void showVerdict();
    void showRows();
    QString m_a, m_b;
    std::optional<PairReport> m_report;
    QLabel *m_icon, *m_title, *m_line, *m_images, *m_labels;
    charts::IntervalRows* m_rows;
    QWidget* m_foot;
};

/// "p = 0.004", "p < 0.001".
[[nodiscard]] QString pText(double p);

}  // namespace lathe::widgets::compare
