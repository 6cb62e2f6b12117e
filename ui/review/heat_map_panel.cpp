#include "ui/review/heat_map_panel.h"

#include <QCheckBox>
#include <QEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QSlider>
#include <QSpinBox>
#include <QStandardPaths>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/compliance/whole_file.h"
#include "core/report/heatmap.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"

namespace cvd::ui {

namespace {

constexpr double kPointPx = 3;
constexpr double kNearestShare = 0.06;  // of the frame's width: how far a click may miss

QImage toImage(const cv::Mat& bgra) {
    if (bgra.empty()) {
        return {};
    }
    return QImage(bgra.data, bgra.cols, bgra.rows, qsizetype(bgra.step[0]), QImage::Format_ARGB32)
        .copy();
}

std::shared_ptr<DwellGrid> sumGrid(const Tracks& tracks, QSize frame,
                                   const report::HeatmapOptions& options) {
    const cv::Mat dwell = report::accumulateDwell(tracks, frame.width(), frame.height(), options);
    auto grid = std::make_shared<DwellGrid>();
    grid->columns = dwell.cols;
    grid->rows = dwell.rows;
    grid->cellPx = options.gridDivisor;
    grid->seconds.reserve(dwell.total());
    for (int y = 0; y < dwell.rows; ++y) {
        const auto* row = dwell.ptr<float>(y);
        grid->seconds.insert(grid->seconds.end(), row, row + dwell.cols);
    }
    for (const float s : grid->seconds) {
        grid->maxS = std::max(grid->maxS, double(s));
    }
    if (grid->maxS > 0) {
        grid->colours = toImage(report::colourDwell(dwell, grid->maxS));
    }
    return grid;
}

double niceTick(double span) {
    const double most = span / 3;  // three figures at least
    const double power = std::pow(10, std::floor(std::log10(std::max(most, 1e-6))));
    for (const double factor : {5.0, 2.0}) {
        if (factor * power <= most) {
            return factor * power;
        }
    }
    return power;
}

}  // namespace

double DwellGrid::at(double x, double y) const {
    if (columns == 0 || rows == 0 || x < 0 || y < 0 || x > 1 || y > 1) {
        return 0;
    }
    const int column = std::min(columns - 1, int(x * columns));
    const int row = std::min(rows - 1, int(y * rows));
    return seconds[size_t(row) * size_t(columns) + size_t(column)];
}

QByteArray DwellGrid::csv() const {
    QByteArray out = "column,row,x_px,y_px,dwell_s\r\n";
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const float s = seconds[size_t(row) * size_t(columns) + size_t(column)];
            if (s > 0) {
                const auto centre = [this](int cell) {
                    return QByteArray::number((cell + 0.5) * cellPx - 0.5, 'f', 1);
                };
                out += QByteArray::number(column) + ',' + QByteArray::number(row) + ',' +
                       centre(column) + ',' + centre(row) + ',' +
                       QByteArray::number(double(s), 'f', 3) + "\r\n";
            }
        }
    }
    return out;
}

HeatMapView::HeatMapView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("heatMapView"));
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int HeatMapView::heightForWidth(int width) const {
    const QSize frame = m_frameSize.isEmpty() ? QSize(16, 9) : m_frameSize;
    return width * frame.height() / frame.width() + kLegendHeight;
}

void HeatMapView::setFirstFrame(const QImage& picture, QSize frameSize) {
    m_picture = picture;
    m_frameSize = frameSize;
    updateGeometry();
    update();
}

void HeatMapView::setGrid(std::shared_ptr<const DwellGrid> grid) {
    m_grid = std::move(grid);
    update();
}

void HeatMapView::setInsertions(const QList<Insertion>& insertions) {
    m_insertions = insertions;
    update();
}

void HeatMapView::setCurrentInsertion(qint64 id) {
    m_current = id;
    update();
}

void HeatMapView::setOpacity(double opacity) {
    m_opacity = opacity;
    update();
}

void HeatMapView::setMessage(const QString& sentence) {
    m_message = sentence;
    update();
}

QRectF HeatMapView::pictureRect() const {
    const QSize frame = m_frameSize.isEmpty() ? QSize(16, 9) : m_frameSize;
    const QSizeF room(width(), height() - kLegendHeight);
    const QSizeF size = QSizeF(frame).scaled(room, Qt::KeepAspectRatio);
    return {QPointF((width() - size.width()) / 2, 0), size};
}

std::optional<PointPx> HeatMapView::pixelAt(const QPointF& at) const {
    const QRectF area = pictureRect();
    if (m_frameSize.isEmpty() || !area.contains(at)) {
        return std::nullopt;
    }
    return PointPx{(at.x() - area.left()) / area.width() * m_frameSize.width() - 0.5,
                   (at.y() - area.top()) / area.height() * m_frameSize.height() - 0.5};
}

QPointF HeatMapView::viewAt(const PointPx& px) const {
    const QRectF area = pictureRect();
    return {area.left() + (px.x + 0.5) / std::max(1, m_frameSize.width()) * area.width(),
            area.top() + (px.y + 0.5) / std::max(1, m_frameSize.height()) * area.height()};
}

void HeatMapView::render(QPainter& painter, const QRectF& area, const QRectF& legend) const {
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.isNull()) {
        painter.fillRect(area, QColor(0x10, 0x11, 0x13));
    } else {
        painter.drawImage(area, m_picture);
    }
    const auto colours = ReviewColours::of(palette());
    if (!m_grid || m_grid->maxS <= 0) {
        painter.setPen(QColor(0xE8EAED));
        painter.drawText(area.adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap,
                         m_message);
        return;
    }
    painter.setOpacity(m_opacity);
    painter.drawImage(area, m_grid->colours);
    painter.setOpacity(1);
    const double scale = area.width() / std::max(1, m_frameSize.width());
    for (const auto& insertion : m_insertions) {
        if (!insertion.effective) {
            continue;
        }
        const QPointF at =
            area.topLeft() +
            QPointF(insertion.contactPx.x + 0.5, insertion.contactPx.y + 0.5) * scale;
        const bool current = insertion.id == m_current;
        painter.setPen(QPen(QColor(0, 0, 0, 200), current ? 4 : 2.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, current ? 7 : kPointPx, current ? 7 : kPointPx);
        painter.setPen(QPen(Qt::white, current ? 2 : 1));
        painter.drawEllipse(at, current ? 7 : kPointPx, current ? 7 : kPointPx);
    }
    paintHeatLegend(painter, legend, m_grid->maxS, colours.text, colours.line);
}

void paintHeatLegend(QPainter& painter, const QRectF& area, double maxS, const QColor& text,
                     const QColor& line) {
    const QRectF bar(area.left(), area.top(), area.width(), area.height() * 0.35);
    const cv::Mat scaleBgr = report::heatScale();
    for (int i = 0; i < int(bar.width()); ++i) {
        const auto& c = scaleBgr.at<cv::Vec3b>(0, std::min(255, int(i * 256 / bar.width())));
        painter.fillRect(QRectF(bar.left() + i, bar.top(), 1.5, bar.height()),
                         QColor(c[2], c[1], c[0]));
    }
    painter.setPen(line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
    painter.setPen(text);
    const double tick = niceTick(maxS);
    double free = bar.left();  // where the next figure may begin
    const QLocale locale;
    for (double s = 0; s <= maxS; s += tick) {
        const double x = bar.left() + s / maxS * bar.width();
        const QString label =
            s == 0 ? HeatMapView::tr("0 s in concrete") : locale.toString(s, 'g', 3);
        const double w = painter.fontMetrics().horizontalAdvance(label);
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3));
        const double left = std::clamp(x - w / 2, bar.left(), bar.right() - w);
        if (left < free) {
            continue;
        }
        free = left + w + 6;
        painter.drawText(QPointF(left, bar.bottom() + 5 + painter.fontMetrics().ascent()), label);
    }
}

void HeatMapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF area = pictureRect();
    render(painter, area,
           QRectF(area.left() + 1, area.bottom() + 8, area.width() - 2, kLegendHeight - 12));
}

void HeatMapView::mouseMoveEvent(QMouseEvent* event) {
    Q_EMIT hovered(pixelAt(event->position()));
}

void HeatMapView::mousePressEvent(QMouseEvent* event) {
    if (const auto at = pixelAt(event->position()); at && event->button() == Qt::LeftButton) {
        Q_EMIT clicked(*at);
    }
}

void HeatMapView::leaveEvent(QEvent*) {
    Q_EMIT hovered(std::nullopt);
}

HeatMapPanel::HeatMapPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("heatMapPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_view = new HeatMapView(this);
    layout->addWidget(m_view);
    m_readout = new QLabel(this);
    m_readout->setObjectName(QStringLiteral("heatReadoutLabel"));
    m_readout->setWordWrap(true);
    layout->addWidget(m_readout);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_radiusLabel = new QLabel(this);
    m_radius = new QSpinBox(this);
    m_radius->setObjectName(QStringLiteral("heatRadiusSpinBox"));
    m_radius->setRange(4, 400);
    m_radius->setValue(35);
    m_radius->setKeyboardTracking(false);
    m_radiusLabel->setBuddy(m_radius);
    m_opacityLabel = new QLabel(this);
    m_opacity = new QSlider(Qt::Horizontal, this);
    m_opacity->setObjectName(QStringLiteral("heatMapOpacitySlider"));
    m_opacity->setRange(10, 100);
    m_opacity->setValue(75);
    m_opacity->setMinimumWidth(80);
    m_opacityLabel->setBuddy(m_opacity);
    m_export = new QPushButton(this);
    m_export->setObjectName(QStringLiteral("exportHeatMapPushButton"));
    auto* formats = new QMenu(this);
    m_savePicture = formats->addAction(QString(), this, [this] { chooseExport(true); });
    m_saveCells = formats->addAction(QString(), this, [this] { chooseExport(false); });
    m_export->setMenu(formats);
    m_onlyRange = new QCheckBox(this);
    m_onlyRange->setObjectName(QStringLiteral("heatRangeCheckBox"));
    row->addWidget(m_radiusLabel);
    row->addWidget(m_radius);
    row->addSpacing(8);
    row->addWidget(m_opacityLabel);
    row->addWidget(m_opacity, 1);
    row->addSpacing(8);
    row->addWidget(m_export);
    layout->addLayout(row);
    layout->addWidget(m_onlyRange, 0, Qt::AlignLeft);
    layout->addStretch(1);

    connect(m_view, &HeatMapView::hovered, this, [this](std::optional<PointPx> at) { hover(at); });
    connect(m_view, &HeatMapView::clicked, this, [this](const PointPx& at) { click(at); });
    connect(m_radius, &QSpinBox::valueChanged, this, [this] { sum(); });
    connect(m_opacity, &QSlider::valueChanged, this,
            [this](int percent) { m_view->setOpacity(percent / 100.0); });
    connect(m_onlyRange, &QCheckBox::toggled, this, [this] { sum(); });
    retranslate();
}

HeatMapPanel::~HeatMapPanel() {
    if (m_worker) {
        m_worker->wait();
    }
}

void HeatMapPanel::setData(std::shared_ptr<const Tracks> tracks, const QList<Insertion>& insertions,
                           QSize frameSize) {
    m_tracks = std::move(tracks);
    m_insertions = insertions;
    m_frameSize = frameSize;
    m_grid.reset();
    m_view->setGrid(nullptr);
    m_view->setFirstFrame({}, frameSize);
    m_view->setInsertions(insertions);
    offerExport();
    if (!frameSize.isEmpty()) {
        // The original system's 35 px belong to a picture 1280 px wide.
        const QSignalBlocker quiet(m_radius);
        m_radius->setValue(std::max(4, qRound(35.0 * frameSize.width() / 1280)));
    }
    retranslate();
    sum();
}

void HeatMapPanel::setFirstFrame(const QImage& picture) {
    m_view->setFirstFrame(picture, m_frameSize.isEmpty() ? picture.size() : m_frameSize);
}

void HeatMapPanel::setCurrentInsertion(qint64 id) {
    m_view->setCurrentInsertion(id);
}

void HeatMapPanel::setRange(std::optional<FrameIndex> from, std::optional<FrameIndex> to) {
    if (from == m_from && to == m_to) {
        return;
    }
    m_from = from;
    m_to = to;
    const bool counted = m_onlyRange->isChecked();
    offerRange();
    if (counted && m_onlyRange->isChecked()) {
        sum();
    }
}

void HeatMapPanel::offerRange() {
    const bool any = m_from || m_to;
    m_onlyRange->setEnabled(any);
    m_onlyRange->setToolTip(any ? tr("Seconds outside of the player's range are left out")
                                : tr("Mark a range in the player first."));
    if (!any) {
        m_onlyRange->setChecked(false);
    }
}

void HeatMapPanel::sum() {
    if (m_worker) {
        m_again = true;  // with the newest settings, when the running one is done
        return;
    }
    if (!m_tracks || m_tracks->points.empty() || m_frameSize.isEmpty()) {
        m_view->setGrid(nullptr);
        Q_EMIT heatReady({});
        return;
    }
    auto result = std::make_shared<std::shared_ptr<DwellGrid>>();
    report::HeatmapOptions options;
    options.radiusPx = m_radius->value();
    if (m_onlyRange->isChecked()) {
        options.fromFrame = m_from;
        options.toFrame = m_to;
    }
    m_worker.reset(QThread::create([result, tracks = m_tracks, size = m_frameSize, options] {
        *result = sumGrid(*tracks, size, options);
    }));
    connect(m_worker.get(), &QThread::finished, this, [this, result] {
        m_worker->wait();
        m_worker.release()->deleteLater();
        if (std::exchange(m_again, false)) {
            sum();
            return;
        }
        m_grid = *result;
        m_view->setGrid(m_grid);
        offerExport();
        Q_EMIT heatReady(m_grid->colours);
    });
    m_worker->start(QThread::LowPriority);
}

void HeatMapPanel::offerExport() {
    const bool any = m_grid && m_grid->maxS > 0;
    m_export->setEnabled(any);
    m_export->setToolTip(any ? tr("Save the picture with its legend, or the seconds of its cells")
                             : tr("No poker stood anywhere: there is nothing to save."));
}

void HeatMapPanel::hover(std::optional<PointPx> at) {
    if (!at || !m_grid) {
        m_readout->setText(
            tr("Point at the picture to read its seconds; click to go to the "
               "nearest insertion."));
        return;
    }
    const double s =
        m_grid->at((at->x + 0.5) / m_frameSize.width(), (at->y + 0.5) / m_frameSize.height());
    m_readout->setText(
        tr("%1 in concrete near %2").arg(quantityText(s, "s"), positionText(std::nullopt, at)));
}

void HeatMapPanel::click(const PointPx& at) {
    const Insertion* nearest = nullptr;
    double best = m_frameSize.width() * kNearestShare;
    for (const auto& insertion : m_insertions) {
        const double distance =
            std::hypot(insertion.contactPx.x - at.x, insertion.contactPx.y - at.y);
        if (distance < best) {
            best = distance;
            nearest = &insertion;
        }
    }
    if (nearest) {
        Q_EMIT insertionClicked(nearest->id);
    }
}

bool HeatMapPanel::exportTo(const QString& path, QString* error) const {
    const QSize frame = m_view->frameSize();
    const int margin = frame.width() / 40;
    const int legend = std::max(44, frame.height() / 12);
    QImage picture(frame.width(), frame.height() + legend, QImage::Format_RGB32);
    picture.fill(palette().color(QPalette::Base));
    QPainter painter(&picture);
    QFont letters = font();
    letters.setPixelSize(std::max(11, legend / 3));
    painter.setFont(letters);
    m_view->render(
        painter, QRectF(QPointF(0, 0), QSizeF(frame)),
        QRectF(margin, frame.height() + legend * 0.15, frame.width() - 2 * margin, legend * 0.8));
    painter.end();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && commitWhole(file)) {
        return true;
    }
    *error = tr("The heat map cannot be written to %1: %2").arg(path, file.errorString());
    return false;
}

bool HeatMapPanel::exportCells(const QString& path, QString* error) const {
    const QByteArray cells = m_grid ? m_grid->csv() : QByteArray();
    QSaveFile file(path);
    if (saveWhole(file, cells)) {
        return true;
    }
    *error = tr("The heat map cannot be written to %1: %2").arg(path, file.errorString());
    return false;
}

void HeatMapPanel::chooseExport(bool picture) {
    const QString folder = QStandardPaths::writableLocation(
        picture ? QStandardPaths::PicturesLocation : QStandardPaths::DocumentsLocation);
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the heat map"),
        QStringLiteral("%1/%2.%3")
            .arg(folder, fileNameOf(m_baseName, tr("heat map")),
                 picture ? QStringLiteral("png") : QStringLiteral("csv")),
        picture ? tr("PNG pictures (*.png)") : tr("CSV tables (*.csv)"));
    QString error;
    if (path.isEmpty()) {
        return;
    }
    if (!(picture ? exportTo(path, &error) : exportCells(path, &error))) {
        QMessageBox::warning(this, tr("Save the heat map"), error);
        return;
    }
    Q_EMIT exported(path);
}

void HeatMapPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void HeatMapPanel::retranslate() {
    m_view->setAccessibleName(tr("Heat map: seconds in concrete over the first frame"));
    m_view->setMessage(m_tracks ? tr("No poker was seen in the concrete.")
                                : tr("There are no tracks to draw a heat map from."));
    m_radiusLabel->setText(tr("Radius"));
    m_radius->setSuffix(tr(" px"));
    m_radius->setToolTip(tr("How far around the contact point its time is counted"));
    m_opacityLabel->setText(tr("Opacity"));
    m_export->setText(tr("Export…"));
    m_savePicture->setText(tr("Picture (PNG)…"));
    m_saveCells->setText(tr("Cells (CSV)…"));
    m_onlyRange->setText(tr("Only the range"));
    offerRange();
    offerExport();
    hover(std::nullopt);
}

}  // namespace cvd::ui
