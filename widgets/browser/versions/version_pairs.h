// Images that two versions have differently, each as a row: the picture before, the picture after, what changed in words.
#pragma once
#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>
#include <map>

#include "widgets/browser/versions/version_marks.h"
#include "widgets/common/jobs.h"

namespace lathe::widgets::browser::versions {

/// Where rows come from. Only `load` works on a worker thread; all are given numbers of the source.
struct PairSource {
    std::array<QString, 2> titles;  ///< of the sides
    std::function<ImageId(std::size_t)> image;
    std::function<QStringList(std::size_t)> words;
    /// The pictures of these, in their order.
    std::function<Result<std::vector<VersionPicture>>(const store::Workspace&, const std::vector<std::size_t>&, std::stop_token)>
        load;
};

/// GUI thread. Knows the order at once; pictures come by page when they are asked for.
class PairModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr std::size_t kPage = 32;
    enum Role { ImageRole = Qt::UserRole + 1 };
    explicit PairModel(common::Jobs& jobs, QObject* parent = nullptr);
    void reset(std::shared_ptr<store::Workspace> workspace, PairSource source, std::vector<std::size_t> order);
    void setOrder(std::vector<std::size_t> order);  ///< others of the same source
    void retell();                                  ///< the words are in another language
    [[nodiscard]] const PairSource& source() const { return m_source; }
    /// nullptr while it is on the way.
    [[nodiscard]] const VersionPicture* at(int row);
    [[nodiscard]] QStringList wordsAt(int row) const { return m_source.words(m_order[std::size_t(row)]); }
    [[nodiscard]] ImageId imageAt(int row) const { return m_source.image(m_order[std::size_t(row)]); }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void load(std::size_t page);
    struct Page {
        std::vector<VersionPicture> pictures;
        bool loading = false;
        quint64 lastUse = 0;
    };
    common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    PairSource m_source;
    std::vector<std::size_t> m_order;
    mutable std::map<std::size_t, Page> m_pages;
    quint64 m_generation = 0, m_clock = 0;
};

class PairDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    PairDelegate(PairModel& model, common::Thumbnails& thumbnails, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    PairModel& m_model;
    common::Thumbnails& m_thumbnails;
};

class PairList : public QListView {
    Q_OBJECT
public:
    PairList(common::Jobs& jobs, common::Thumbnails& thumbnails, QWidget* parent = nullptr);
    [[nodiscard]] PairModel& pairs() const { return *m_pairs; }
    [[nodiscard]] int pictureWidth() const;  ///< of one side, pixels
    [[nodiscard]] bool wordsBeside() const;  ///< there is room for them at the right of the pictures
Q_SIGNALS:
    void opened(lathe::ImageId image);  ///< double click or Enter

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    PairModel* m_pairs;
};

}  // namespace lathe::widgets::browser::versions
