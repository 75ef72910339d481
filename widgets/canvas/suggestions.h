// What models suggest for the open image: chosen by confidence, accepted or refused one by one, by class, or all.
#pragma once
#include <QObject>

#include "core/store/suggestions.h"
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

/// One open suggestion of one run.
struct Suggested {
    std::string run;
    annot::Annotation shape;  ///< its id is the suggestion's
};

/// GUI thread. What lies above the confidence is shown on the canvas (Document::setSuggestions), the most confident first.
class Suggestions : public QObject {
    Q_OBJECT
public:
    Suggestions(Document& document, common::Services& services, QObject* parent);
    void reload();
    void setConfidence(double least);
    [[nodiscard]] double confidence() const { return m_least; }
    void setClass(std::optional<ClassId> only);  ///< shows those of one class alone
    [[nodiscard]] std::optional<ClassId> onlyClass() const { return m_only; }

    [[nodiscard]] const std::vector<Suggested>& all() const { return m_all; }
    [[nodiscard]] const std::vector<Suggested>& shown() const { return m_shown; }
    [[nodiscard]] const Suggested* current() const;
    [[nodiscard]] QStringList runs() const;  ///< of all()
    [[nodiscard]] std::vector<ClassId> classes() const;

    void next(int by);
    void accept();  ///< the current one; the next becomes current
    void refuse();
    void acceptAll();  ///< those that are shown
    void acceptClassOfCurrent();
    void refuseAll();

Q_SIGNALS:
    void changed();
    void refused(int count, std::function<void()> undo);
    void failed(const lathe::Error& error);

private:
    void take(std::vector<store::SuggestionSet> sets);
    void filter(int current);
    void showCurrent(int index);
    void acceptThese(const std::vector<std::size_t>& which);
    void refuseThese(const std::vector<std::size_t>& which);
    void drop(const std::vector<std::size_t>& which);
    void undoRefusal(ImageId image, std::int64_t refusal);
    Document& m_document;
    common::Services& m_services;
    std::vector<Suggested> m_all, m_shown;
    std::optional<ClassId> m_only;
    double m_least = 0.5;
    quint64 m_reading = 0;
    int m_writing = 0;
};

}  // namespace lathe::widgets::canvas
