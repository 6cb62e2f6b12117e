#include "ui/charts/chart_frame.h"

#include <QBuffer>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/compliance/whole_file.h"
#include "ui/charts/chart_table.h"
#include "ui/charts/chart_view.h"
#include "ui/charts/scales.h"
#include "ui/theme.h"

namespace cvd::ui {
namespace {

constexpr QSize kPaper{1600, 900};
constexpr int kPaperScale = 2;  // text as large as on a screen of half the size

Status writeWhole(const QString& file, const QByteArray& bytes) {
    QSaveFile out(file);
    if (saveWhole(out, bytes)) {
        return {};
    }
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The file %1 could not be written. Choose another folder or free "
                       "some space."),
                {QDir::toNativeSeparators(file).toStdString()}, out.errorString().toStdString());
}

QString fileNameOf(const QString& title) {
    QString name = title;
    for (QChar& c : name) {
        if (QStringLiteral("/\\:*?\"<>|").contains(c)) {
            c = QLatin1Char('_');
        }
    }
    return name;
}

}  // namespace

ChartFrame::ChartFrame(bool tableShown, QWidget* parent)
    : QWidget(parent),
      m_view(new ChartView(this)),
      m_model(new ChartTableModel(this)),
      m_table(new QTableView(this)),
      m_title(new QLabel(this)),
      m_note(new QLabel(this)),
      m_empty(new QLabel(this)),
      m_showTable(new QToolButton(this)),
      m_savePicture(new QToolButton(this)),
      m_saveTable(new QToolButton(this)),
      m_stack(new QStackedWidget(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)) {
    m_title->setProperty("role", "head");
    m_note->setProperty("role", "muted");
    m_note->setWordWrap(true);
    m_empty->setProperty("role", "muted");
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("emptyChartLabel"));
    m_showTable->setObjectName(QStringLiteral("showChartTableButton"));
    m_showTable->setCheckable(true);
    m_savePicture->setObjectName(QStringLiteral("saveChartPictureButton"));
    m_saveTable->setObjectName(QStringLiteral("saveChartTableButton"));
    auto* head = new QHBoxLayout;
    head->setSpacing(4);
    head->addWidget(m_title, 1);
    for (QToolButton* button : {m_showTable, m_savePicture, m_saveTable}) {
        button->setAutoRaise(true);
        head->addWidget(button, 0, Qt::AlignTop);
    }

    m_table->setObjectName(QStringLiteral("chartTableView"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setMinimumHeight(90);

    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_table);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({600, 220});
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_note);
    column->addWidget(m_stack, 1);

    connect(m_showTable, &QToolButton::toggled, m_table, &QWidget::setVisible);
    m_showTable->setChecked(tableShown);
    m_table->setVisible(tableShown);
    connect(m_view, &ChartView::clicked, this, &ChartFrame::choose);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { choose(index.row(), -1); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { m_view->setHighlighted(index.row()); });
    connect(m_savePicture, &QToolButton::clicked, this, [this] { askAndSave(true); });
    connect(m_saveTable, &QToolButton::clicked, this, [this] { askAndSave(false); });
    retranslate();
    restyle();
    setData({});
}

void ChartFrame::setTitleVisible(bool visible) {
    m_title->setText(visible ? m_data.title : QString());
    m_title->setProperty("hiddenTitle", !visible);
}

void ChartFrame::setData(const ChartData& data) {
    m_data = data;
    m_view->setData(data);
    m_model->setData(data);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    setTitleVisible(!m_title->property("hiddenTitle").toBool());
    m_note->setText(data.note);
    m_note->setVisible(!data.note.isEmpty() && !data.isEmpty());
    m_empty->setText(data.empty);
    m_stack->setCurrentIndex(data.isEmpty() ? 1 : 0);
    const QString why =
        data.isEmpty() ? tr("There is nothing to save: the chart is empty.") : QString();
    for (QToolButton* button : {m_showTable, m_savePicture, m_saveTable}) {
        button->setEnabled(!data.isEmpty());
    }
    m_showTable->setToolTip(why.isEmpty() ? tr("Show the figures as a table")
                                          : tr("There are no figures: the chart is empty."));
    m_savePicture->setToolTip(why.isEmpty() ? tr("Save the chart as a picture…") : why);
    m_saveTable->setToolTip(why.isEmpty() ? tr("Save the figures as a table (CSV)…") : why);
    m_view->setAccessibleName(data.title);
    m_view->setAccessibleDescription(
        data.isEmpty() ? data.empty : tr("The same figures are in the table below the chart."));
    m_table->setAccessibleName(tr("Figures: %1", "chart title").arg(data.title));
}

void ChartFrame::choose(int row, int set) {
    m_view->setHighlighted(row);
    const QList<qint64> ids = set >= 0 ? m_data.idsOf(row, set) : m_data.idsOf(row);
    if (ids.isEmpty()) {
        return;
    }
    QString label;
    if (m_data.kind != ChartData::Kind::Points) {
        label = m_data.bars[row].label;
        if (set >= 0 && m_data.sets.size() > 1) {
            label = tr("%1, %2", "chart category, series").arg(label, m_data.sets[set].name);
        }
    }
    Q_EMIT chosen(ids, label);
}

QPixmap ChartFrame::paperPicture() const {
    QPixmap paper(kPaper);
    paper.setDevicePixelRatio(kPaperScale);
    paper.fill(Qt::white);
    const QSize size = kPaper / kPaperScale;
    QPainter painter(&paper);
    QFont head = font();
    head.setWeight(QFont::DemiBold);
    painter.setFont(head);
    painter.setPen(lightTokens().text);
    const int line = painter.fontMetrics().height();
    painter.drawText(QRect(16, 10, size.width() - 32, line), Qt::AlignLeft, m_data.title);
    painter.setFont(font());
    painter.setPen(lightTokens().muted);
    painter.drawText(QRect(16, 14 + line, size.width() - 32, line), Qt::AlignLeft, m_data.note);
    ChartView view;
    view.setFont(font());
    view.setColours(lightTokens());
    view.setData(m_data);
    const int top = 20 + 2 * line;
    view.resize(size.width(), size.height() - top);
    view.ensurePolished();
    (void)view.grab();  // lays the chart out
    view.render(&painter, QRectF(0, top, size.width(), size.height() - top));
    return paper;
}

Status ChartFrame::savePicture(const QString& file) const {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    paperPicture().save(&buffer, "PNG");
    return writeWhole(file, bytes);
}

Status ChartFrame::saveTable(const QString& file) const {
    return writeWhole(file, "\xEF\xBB\xBF" + chartCsv(m_data));  // the mark tells Excel it is UTF-8
}

void ChartFrame::askAndSave(bool picture) {
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString suffix = picture ? QStringLiteral(".png") : QStringLiteral(".csv");
    const QString file = QFileDialog::getSaveFileName(
        this, picture ? tr("Save the chart as a picture") : tr("Save the figures as a table"),
        folder.filePath(fileNameOf(m_data.title) + suffix),
        picture ? tr("Pictures (*.png)") : tr("Tables (*.csv)"));
    if (file.isEmpty()) {
        return;
    }
    const Status done = picture ? savePicture(file) : saveTable(file);
    if (done.ok()) {
        Q_EMIT saved(file);
    } else {
        Q_EMIT failed(done.error());
    }
}

void ChartFrame::retranslate() {
    m_showTable->setText(tr("Table"));
    m_showTable->setAccessibleName(tr("Show the figures as a table"));
    m_savePicture->setText(tr("Picture"));
    m_savePicture->setAccessibleName(tr("Save the chart as a picture…"));
    m_saveTable->setText(tr("CSV"));
    m_saveTable->setAccessibleName(tr("Save the figures as a table (CSV)…"));
}

void ChartFrame::restyle() {
    m_view->setColours(palette().color(QPalette::Window).lightness() < 128 ? darkTokens()
                                                                           : lightTokens());
}

void ChartFrame::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        setData(m_data);  // its texts come from the owner, ours anew
    } else if (event->type() == QEvent::PaletteChange && !m_restyling) {
        m_restyling = true;
        restyle();
        m_restyling = false;
    }
}

}  // namespace cvd::ui
