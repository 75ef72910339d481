#include "widgets/canvas/display_popup.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::canvas {

namespace {

constexpr int kDisplayPopupSteps = 1000, kDisplayPopupWidth = 320;

QSlider* slider(QWidget* parent, int low, int high) {
    auto* made = new QSlider(Qt::Horizontal, parent);
    made->setRange(low, high);
    made->setPageStep((high - low) / 10);
    return made;
}

void setTexts(QComboBox* box, const QStringList& texts) {
    const QSignalBlocker quiet(box);
    const int current = std::max(0, box->currentIndex());
    box->clear();
    box->addItems(texts);
    box->setCurrentIndex(current);
}

}  // namespace

DisplayPopup::DisplayPopup(Document& document, common::Services& services, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_document(document), m_services(services) {
    build();
    wire();
    retranslate();
    sync();
}

void DisplayPopup::build() {
    setFixedWidth(kDisplayPopupWidth);
    setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 4);
    column->setSpacing(4);
    m_pictureHeading = common::makeLabel({}, common::Type::Table, common::Token::T2, this);
    m_shapesHeading = common::makeLabel({}, common::Type::Table, common::Token::T2, this);
    for (QLabel* heading : {m_pictureHeading, m_shapesHeading}) heading->setContentsMargins(12, 0, 12, 0);
    m_histogram = new Histogram(this);
    m_low = slider(this, 0, kDisplayPopupSteps);
    m_high = slider(this, 0, kDisplayPopupSteps);
    m_gamma = slider(this, -100, 100);
    m_equalise = new QComboBox(this);
    m_channel = new QComboBox(this);
    m_fill = new QComboBox(this);
    m_colourBy = new QComboBox(this);
    m_automatic = new QCheckBox(this);
    m_invert = new QCheckBox(this);
    m_reset = common::makeLink({}, this);
    m_rows = new common::FormRows(this);
    auto* shapes = new common::FormRows(this);
    for (QWidget* field : std::initializer_list<QWidget*>{m_low, m_high, m_gamma, m_equalise, m_channel})
        m_labels << m_rows->addRow({}, field);
    for (QWidget* field : {m_fill, m_colourBy}) m_labels << shapes->addRow({}, field);
    auto* picture = new QHBoxLayout;  // its ends where those of the rows are
    picture->setContentsMargins(12, 0, 18, 0);
    picture->addWidget(m_histogram);
    auto* checks = new QHBoxLayout;
    checks->setContentsMargins(12, 0, 12, 8);
    for (QWidget* w : std::initializer_list<QWidget*>{m_automatic, m_invert}) checks->addWidget(w);
    checks->addStretch();
    checks->addWidget(m_reset);
    column->addWidget(m_pictureHeading);
    column->addLayout(picture);
    column->addWidget(m_rows);
    column->addLayout(checks);
    column->addWidget(common::makeRule(this));
    column->addSpacing(4);
    column->addWidget(m_shapesHeading);
    column->addWidget(shapes);
}

void DisplayPopup::wire() {
    connect(&m_document, &Document::lookChanged, this, &DisplayPopup::sync);
    connect(&m_document, &Document::opened, this, [this] {
        if (isVisible()) measure();
    });
    connect(m_histogram, &Histogram::windowDragged, this, &DisplayPopup::setWindow);
    connect(m_low, &QSlider::valueChanged, this, [this] {
        const double low = sliderValue(*m_low);
        setWindow(low, std::max(sliderValue(*m_high), low + 1e-6));
    });
    connect(m_high, &QSlider::valueChanged, this, [this] {
        const double high = sliderValue(*m_high);
        setWindow(std::min(sliderValue(*m_low), high - 1e-6), high);
    });
    connect(m_gamma, &QSlider::valueChanged, this, [this](int v) { change([v](Display& d) { d.gamma = std::exp2(v / 50.0); }); });
    connect(m_equalise, &QComboBox::activated, this, [this](int i) { change([i](Display& d) { d.equalise = Equalise(i); }); });
    connect(m_channel, &QComboBox::activated, this, [this](int i) { change([i](Display& d) { d.channel = Channel(i); }); });
    connect(m_invert, &QCheckBox::toggled, this, [this](bool on) { change([on](Display& d) { d.invert = on; }); });
    connect(m_automatic, &QCheckBox::toggled, this, [this](bool on) { change([on](Display& d) { d.automatic = on; }); });
    connect(m_reset, &QToolButton::clicked, this, [this] { m_document.setDisplay({}); });
    connect(m_fill, &QComboBox::activated, this, [this](int i) { m_document.setFill(Fill(i)); });
    connect(m_colourBy, &QComboBox::activated, this, [this](int i) { m_document.setColourBy(ColourBy(i)); });
}

void DisplayPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = common::Theme::instance();
    common::drawPlate(painter, rect(), 0, theme.colour(common::Token::Popup), theme.colour(common::Token::Line2));
}

void DisplayPopup::openAt(QWidget* anchor) {
    measure();
    adjustSize();
    const QPoint corner = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() + 4));
    move(corner.x() - width(), corner.y());
    show();
    m_low->setFocus();
}

// Some ms for a megapixel: not on this thread.
void DisplayPopup::measure() {
    const auto picture = m_document.picture();
    if (!picture || (picture.get() == m_measured && picture->whole())) return;
    m_measured = picture.get();
    m_services.jobs->run<Statistics>(
        tr("Histogram"), this, [picture](std::stop_token, const Progress&) -> Result<Statistics> { return picture->statistics(); },
        [this, picture](Result<Statistics> statistics) {
            if (!statistics || picture != m_document.picture()) return;
            m_histogram->setStatistics(*statistics);
            sync();
        },
        true);
}

double DisplayPopup::sliderValue(const QSlider& slider) const {
    const Statistics& s = m_histogram->statistics();
    return s.least + (s.most - s.least) * slider.value() / kDisplayPopupSteps;
}

void DisplayPopup::setSlider(QSlider& slider, double value) {
    const Statistics& s = m_histogram->statistics();
    slider.setValue(int(std::lround((value - s.least) / std::max(s.most - s.least, 1e-9) * kDisplayPopupSteps)));
}

void DisplayPopup::setWindow(double low, double high) {
    change([&](Display& d) {
        d.automatic = false;
        d.low = low;
        d.high = high;
    });
}

void DisplayPopup::change(const std::function<void(Display&)>& how) {
    if (m_syncing) return;
    Display d = m_document.display();
    const Statistics& s = m_histogram->statistics();
    const bool was = d.automatic;
    how(d);
    if (was && !d.automatic && d.low == Display{}.low && d.high == Display{}.high) d.low = s.low, d.high = s.high;
    m_document.setDisplay(d);
}

void DisplayPopup::sync() {
    const Display& d = m_document.display();
    const Statistics& s = m_histogram->statistics();
    m_syncing = true;
    const double low = d.automatic ? s.low : d.low, high = d.automatic ? s.high : d.high;
    m_histogram->setWindow(low, high);
    m_histogram->setChannel(d.channel);
    setSlider(*m_low, low);
    setSlider(*m_high, high);
    m_gamma->setValue(int(std::lround(50 * std::log2(std::max(d.gamma, 1e-3)))));
    m_equalise->setCurrentIndex(int(d.equalise));
    m_channel->setCurrentIndex(int(d.channel));
    m_channel->setEnabled(!m_document.picture() || m_document.picture()->channels() == 3);
    m_invert->setChecked(d.invert);
    m_automatic->setChecked(d.automatic);
    m_reset->setEnabled(d != Display{});
    m_fill->setCurrentIndex(int(m_document.look().fill));
    m_colourBy->setCurrentIndex(int(m_document.look().colourBy));
    m_syncing = false;
}

void DisplayPopup::retranslate() {
    setAccessibleName(tr("Display"));
    m_pictureHeading->setText(tr("Picture"));
    m_shapesHeading->setText(tr("Shapes"));
    const QStringList names{tr("Black at"), tr("White at"), tr("Gamma"),    tr("Equalise"),
                            tr("Channel"),  tr("Fill"),     tr("Colour by")};
    const QList<QWidget*> fields{m_low, m_high, m_gamma, m_equalise, m_channel, m_fill, m_colourBy};
    for (int i = 0; i < names.size(); ++i) {
        m_labels[i]->setText(names[i]);
        fields[i]->setAccessibleName(names[i]);
    }
    setTexts(m_equalise, {tr("Off"), tr("Global"), tr("Local (CLAHE)")});
    setTexts(m_channel, {tr("All"), tr("Red"), tr("Green"), tr("Blue")});
    setTexts(m_fill, {tr("Masks"), tr("Outlines only"), tr("All areas")});
    setTexts(m_colourBy, {tr("Class"), tr("Object"), tr("Author")});
    m_equalise->setAccessibleDescription(tr("Histogram equalisation"));
    m_channel->setAccessibleDescription(tr("Channels shown"));
    m_fill->setAccessibleDescription(tr("Which shapes are filled"));
    m_colourBy->setAccessibleDescription(tr("What decides the colour of a shape"));
    m_automatic->setText(tr("Automatic"));
    m_invert->setText(tr("Invert"));
    m_reset->setText(tr("Reset"));
}

}  // namespace lathe::widgets::canvas
