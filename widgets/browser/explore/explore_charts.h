// The plates of the exploration page: classes, what is rare, what comes together, where objects sit, sizes, light.
#pragma once
#include <QWidget>
#include <memory>

#include "widgets/browser/explore/explore_words.h"

class QComboBox;
class QGridLayout;
class QListView;
class QStackedWidget;
class QStandardItemModel;

namespace lathe::widgets::charts {
class BarRows;
class GridMap;
class HistogramChart;
}  // namespace lathe::widgets::charts
namespace lathe::widgets::common {
class Panel;
}

namespace lathe::widgets::browser::explore {

/// GUI thread. As many columns as have room.
class ExploreCharts : public QWidget {
    Q_OBJECT
public:
    explicit ExploreCharts(QWidget* parent = nullptr);
    void setFigures(std::shared_ptr<const data::Exploration> figures, SplitView view);
    void retranslate();
Q_SIGNALS:
    /// A bar, cell or row was chosen: the text for the search box.
    void queryWanted(const QString& query);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A plate with a histogram of one of the exploration's sets of bars.
    struct Plate {
        const char* title;
        data::Bars data::Exploration::*bars;
        bool objects;
        common::Panel* panel = nullptr;
        charts::HistogramChart* chart = nullptr;
    };
    void buildClasses();
    void buildFindings();
    void buildMaps();
    void buildSizes();
    void buildPlates();
    common::Panel* addPanel();
    void arrange(int columns);
    void fill();
    void fillClasses();
    void fillFindings();
    void fillTogether();
    void fillChooser();
    void fillPlaces();
    void fillSizes();
    void fillPlate(const Plate& plate);
    [[nodiscard]] const data::Bars& barsOf(const Plate& plate) const;
    [[nodiscard]] const data::ClassFigures* chosenClass() const;
    [[nodiscard]] QString unknownText(const Plate& plate) const;
    void want(const std::string& terms, int split = -1);
    void wantClass(int row, int split);

    std::shared_ptr<const data::Exploration> m_figures;
    SplitView m_view = SplitView::All;
    QGridLayout* m_grid;
    QList<common::Panel*> m_panels;
    int m_columns = 0;
    common::Panel *m_classPanel, *m_findingPanel, *m_togetherPanel, *m_placePanel, *m_sizePanel;
    charts::BarRows *m_classes, *m_sizeRows;
    std::vector<std::size_t> m_classOrder;
    QListView* m_findings;
    QStandardItemModel* m_findingModel;
    QStackedWidget *m_findingStack, *m_sizeStack;
    class QLabel* m_noFinding;
    charts::GridMap *m_together, *m_places, *m_sizeMap;
    QComboBox* m_chooser;
    std::vector<Plate> m_plates;
};

}  // namespace lathe::widgets::browser::explore
