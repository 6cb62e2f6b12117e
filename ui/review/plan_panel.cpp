#include "ui/review/plan_panel.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedLayout>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/compliance/whole_file.h"
#include "core/text/text.h"
#include "ui/review/review_text.h"

namespace cvd::ui {

namespace {

constexpr int kMostNamed = 8;  // insertions in the readout

QString stateText(std::uint8_t state) {
    switch (state) {
        case report::CellTreated:
            return PlanPanel::tr("treated");
        case report::CellMissed:
            return PlanPanel::tr("missed");
        case report::CellNotObserved:
            return PlanPanel::tr("not observed");
        case report::CellOpen:
            return PlanPanel::tr("still to do");
        default:
            return PlanPanel::tr("outside the pour region");
    }
}

bool writeFile(const QString& path, const QByteArray& bytes, QString* error) {
    QSaveFile file(path);
    if (saveWhole(file, bytes)) {
        return true;
    }
    *error = PlanPanel::tr("The plan cannot be written to %1: %2").arg(path, file.errorString());
    return false;
}

}  // namespace

PlanPanel::PlanPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("planPanel"));
    m_stack = new QStackedLayout(this);
    m_planPage = new QWidget(this);
    auto* layout = new QVBoxLayout(m_planPage);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    m_view = new PlanView(m_planPage);
    makeSwitches();
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_fill);
    row->addWidget(m_show);
    row->addStretch(1);
    for (QToolButton* button : {m_zoomOut, m_fit, m_zoomIn}) {
        row->addWidget(button);
    }
    row->addSpacing(8);
    row->addWidget(m_export);
    layout->addLayout(row);
    m_warning = new QLabel(m_planPage);
    m_warning->setObjectName(QStringLiteral("planWarningLabel"));
    m_warning->setWordWrap(true);
    m_warning->hide();
    layout->addWidget(m_warning);
    layout->addWidget(m_view, 1);
    m_readout = new QLabel(m_planPage);
    m_readout->setObjectName(QStringLiteral("planReadoutLabel"));
    m_readout->setWordWrap(true);
    m_readout->setMinimumHeight(2 * m_readout->fontMetrics().height() + 4);
    m_readout->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_readout);

    m_emptyPage = new QWidget(this);
    auto* empty = new QVBoxLayout(m_emptyPage);
    empty->setContentsMargins(24, 24, 24, 24);
    empty->setSpacing(8);
    m_emptyTitle = new QLabel(m_emptyPage);
    QFont large = m_emptyTitle->font();
    large.setPointSizeF(12);
    large.setWeight(QFont::DemiBold);
    m_emptyTitle->setFont(large);
    m_emptyText = new QLabel(m_emptyPage);
    m_emptyText->setObjectName(QStringLiteral("planEmptyLabel"));
    m_emptyText->setWordWrap(true);
    m_emptyText->setForegroundRole(QPalette::PlaceholderText);
    m_calibrate = new QPushButton(m_emptyPage);
    m_calibrate->setObjectName(QStringLiteral("planCalibratePushButton"));
    for (QLabel* label : {m_emptyTitle, m_emptyText}) {
        label->setAlignment(Qt::AlignCenter);
    }
    empty->addStretch(1);
    empty->addWidget(m_emptyTitle);
    empty->addWidget(m_emptyText);
    empty->addWidget(m_calibrate, 0, Qt::AlignCenter);
    empty->addStretch(2);
    m_stack->addWidget(m_planPage);
    m_stack->addWidget(m_emptyPage);

    connect(m_calibrate, &QPushButton::clicked, this, &PlanPanel::calibrateRequested);
    connect(m_view, &PlanView::hovered, this,
            [this](const std::optional<PointM>& place) { hover(place); });
    connect(m_view, &PlanView::clicked, this, [this](const PointM& place) { click(place); });
    connect(m_view, &PlanView::insertionChosen, this, &PlanPanel::insertionClicked);
    readSwitches();
    retranslate();
    setData({});
}

void PlanPanel::makeSwitches() {
    const auto button = [this](const char* name, const QString& text) {
        auto* b = new QToolButton(m_planPage);
        b->setObjectName(QString::fromLatin1(name));
        b->setText(text);
        b->setAutoRaise(true);
        return b;
    };
    m_fill = new QComboBox(m_planPage);
    m_fill->setObjectName(QStringLiteral("planFillComboBox"));
    m_fill->addItems({QString(), QString(), QString()});
    m_fill->setSizeAdjustPolicy(QComboBox::AdjustToContents);  // another language needs other room
    m_show = button("planShowToolButton", {});
    m_zoomOut = button("planZoomOutToolButton", QStringLiteral("\u2212"));
    m_fit = button("planFitToolButton", {});
    m_zoomIn = button("planZoomInToolButton", QStringLiteral("+"));
    m_export = button("planExportToolButton", {});
    m_showMenu = new QMenu(this);
    m_exportMenu = new QMenu(this);
    m_show->setMenu(m_showMenu);
    m_export->setMenu(m_exportMenu);
    m_show->setPopupMode(QToolButton::InstantPopup);
    m_export->setPopupMode(QToolButton::InstantPopup);
    const auto toggle = [this](const char* name, bool on) {
        QAction* action = m_showMenu->addAction(QString());
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::toggled, this, [this] { readSwitches(); });
        return action;
    };
    m_discs = toggle("planDiscsAction", true);
    m_numbers = toggle("planNumbersAction", true);
    m_order = toggle("planOrderAction", false);
    m_gaps = toggle("planGapsAction", true);
    m_forms = toggle("planFormsAction", true);
    m_error = toggle("planErrorAction", true);
    m_planned = toggle("planPlannedAction", false);
    m_showMenu->addSeparator();
    m_follow = toggle("planFollowAction", false);
    m_savePicture = m_exportMenu->addAction(QString(), this, [this] { chooseExport(true); });
    m_exportMenu->setToolTipsVisible(true);
    m_saveTable = m_exportMenu->addAction(QString(), this, [this] { chooseExport(false); });
    connect(m_fill, &QComboBox::currentIndexChanged, this, [this] { readSwitches(); });
    connect(m_zoomIn, &QToolButton::clicked, this,
            [this] { m_view->zoomAt(QRectF(m_view->rect()).center(), 1.5); });
    connect(m_zoomOut, &QToolButton::clicked, this,
            [this] { m_view->zoomAt(QRectF(m_view->rect()).center(), 1 / 1.5); });
    connect(m_fit, &QToolButton::clicked, m_view, &PlanView::fit);
}

void PlanPanel::readSwitches() {
    report::PlanOptions options = m_view->options();
    const report::PlanFill fills[] = {report::PlanFill::Coverage, report::PlanFill::Dwell,
                                      report::PlanFill::None};
    options.fill = fills[std::clamp(m_fill->currentIndex(), 0, 2)];
    options.discs = m_discs->isChecked();
    options.numbers = m_numbers->isChecked();
    options.order = m_order->isChecked();
    options.gaps = m_gaps->isChecked();
    options.formLines = options.obstacles = m_forms->isChecked();
    options.errorBand = m_error->isChecked();
    options.planned = m_planned->isChecked();
    m_view->setOptions(options);
    setShownTime(m_timeS);
}

void PlanPanel::setData(const ReviewData& review) {
    const bool samePour = !review.videoPath.isEmpty() && review.videoPath == m_videoPath;
    m_videoPath = review.videoPath;
    m_hasResult = review.hasResult;
    m_problem = review.planProblem;
    m_plan = review.plan;
    const std::vector<Insertion> listed(review.insertions.begin(), review.insertions.end());
    const bool corrected =
        m_plan && !std::equal(listed.begin(), listed.end(), m_plan->insertions.begin(),
                              m_plan->insertions.end(), [](const Insertion& a, const Insertion& b) {
                                  return a.id == b.id && a.startFrame == b.startFrame &&
                                         a.contactM == b.contactM;
                              });
    if ((!m_plan || corrected) && review.calibration && review.hasResult) {
        auto made =
            report::makePlan(*review.calibration, listed, review.radiusM,
                             m_plan ? m_plan->shortestS : review.limits.stationaryMinS.value_or(0),
                             review.video.width, review.video.height);
        if (made) {
            m_plan = std::make_shared<const report::PlanData>(std::move(made).value());
        } else {
            m_plan.reset();
            m_problem = text::errorText(made.error());
        }
    }
    m_view->setPlan(m_plan, samePour);
    m_warning->setText(review.warnings.join(QLatin1Char('\n')));
    m_warning->setVisible(!review.warnings.isEmpty());
    makeShown();
    hover(std::nullopt);
    Q_EMIT planReady();
}

void PlanPanel::makeShown() {
    if (m_plan && m_plan->drawable()) {
        m_stack->setCurrentWidget(m_planPage);
        const bool cells = m_plan->coverage.has_value();
        m_fill->setEnabled(cells);
        const QString why = cells ? QString()
                                  : tr("Draw the pour region in the calibration to see what was "
                                       "treated.");
        m_fill->setToolTip(why);
        m_saveTable->setEnabled(cells);
        m_saveTable->setToolTip(why);
        m_planned->setVisible(!m_plan->planned.empty());  // no switch for what is not there
        return;
    }
    m_stack->setCurrentWidget(m_emptyPage);
    if (!m_problem.isEmpty()) {
        m_emptyTitle->setText(tr("The plan cannot be drawn"));
        m_emptyText->setText(m_problem);
    } else if (!m_hasResult) {
        m_emptyTitle->setText(tr("No result yet"));
        m_emptyText->setText(
            tr("Calibrate the camera now, then run the detection: spacing, coverage and distances "
               "to the form are judged in metres."));
    } else {
        m_emptyTitle->setText(tr("This result knows no metres"));
        m_emptyText->setText(
            tr("Mark four points with known distances in the picture and draw the pour region; "
               "the result can then be judged again within seconds, without another detection."));
    }
    m_calibrate->setVisible(!m_videoPath.isEmpty());
}

QString PlanPanel::emptyText() const {
    return m_stack->currentWidget() == m_emptyPage ? m_emptyText->text() : QString();
}

QString PlanPanel::readout() const {
    return m_readout->text();
}

void PlanPanel::setCurrentInsertion(qint64 id) {
    m_view->setCurrentInsertion(id);
}

void PlanPanel::setCurrentViolation(const std::optional<Violation>& violation) {
    m_view->setMark(violation ? violation->positionM : std::nullopt);
}

void PlanPanel::setShownTime(double timeS) {
    m_timeS = timeS;
    m_view->setMoment(m_follow->isChecked() ? std::optional(timeS) : std::nullopt);
}

void PlanPanel::hover(const std::optional<PointM>& place) {
    if (!place || !m_plan) {
        m_readout->setText(
            tr("Point at the plan to read its seconds and insertions; click to go to the moment."));
        return;
    }
    QStringList parts;
    const auto& coverage = m_plan->coverage;
    if (const auto cell = coverage ? report::cellAt(*coverage, *place) : std::nullopt) {
        const auto moment = m_view->options().untilS;
        const Coverage now = moment ? report::coverageUntil(*m_plan, *moment) : *coverage;
        parts << stateText(now.state[*cell]);
        if (!moment && *cell < now.uncertain.size() && now.uncertain[*cell] != 0) {
            parts << tr("in doubt by %1").arg(quantityText(now.errorM, "m"));
        }
        parts << tr("%1 within R").arg(quantityText(double(now.dwellS[*cell]), "s"));
    }
    QStringList names;
    const auto reaching = report::insertionsReaching(*m_plan, *place);
    for (const size_t i : reaching) {
        if (names.size() == kMostNamed) {
            names << QStringLiteral("\u2026");
            break;
        }
        names << QString::number(m_plan->insertions[i].id);
    }
    if (!names.isEmpty()) {
        parts << tr("insertions %1").arg(names.join(QStringLiteral(", ")));
    }
    parts << positionText(*place, std::nullopt);
    m_readout->setText(parts.join(QStringLiteral("  \u00B7  ")));
}

void PlanPanel::click(const PointM& place) {
    if (!m_plan) {
        return;
    }
    const auto& all = m_plan->insertions;
    const auto reaching = report::insertionsReaching(*m_plan, place);
    const auto distance = [&](size_t i) {
        return std::hypot(all[i].contactM->x - place.x, all[i].contactM->y - place.y);
    };
    const auto nearest =
        std::min_element(reaching.begin(), reaching.end(),
                         [&](size_t a, size_t b) { return distance(a) < distance(b); });
    if (nearest != reaching.end()) {
        Q_EMIT insertionClicked(all[*nearest].id);
    }
}

bool PlanPanel::exportPicture(const QString& path, QString* error) const {
    const QImage picture = m_view->picture({1600, 1200});
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && commitWhole(file)) {
        return true;
    }
    *error = tr("The plan cannot be written to %1: %2").arg(path, file.errorString());
    return false;
}

bool PlanPanel::exportTable(const QString& path, QString* error) const {
    return writeFile(path, m_plan ? report::planCsv(*m_plan) : QByteArray(), error);
}

void PlanPanel::chooseExport(bool picture) {
    const QString folder = QStandardPaths::writableLocation(
        picture ? QStandardPaths::PicturesLocation : QStandardPaths::DocumentsLocation);
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the plan"),
        QStringLiteral("%1/%2.%3")
            .arg(folder, fileNameOf(m_baseName, tr("plan")),
                 picture ? QStringLiteral("png") : QStringLiteral("csv")),
        picture ? tr("PNG pictures (*.png)") : tr("CSV tables (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    QString error;
    if (picture ? exportPicture(path, &error) : exportTable(path, &error)) {
        Q_EMIT exported(path);
    } else {
        QMessageBox::warning(this, tr("Save the plan"), error);
    }
}

void PlanPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void PlanPanel::retranslate() {
    const QStringList fills{tr("Coverage"), tr("Seconds"), tr("Lines only")};
    for (int i = 0; i < fills.size(); ++i) {
        m_fill->setItemText(i, fills[i]);
    }
    m_fill->setAccessibleName(tr("What the plan is filled with"));
    m_show->setText(tr("Show"));
    m_show->setToolTip(tr("What is drawn in the plan"));
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("Save the plan as a picture or its cells as a table"));
    m_fit->setText(tr("Fit"));
    m_fit->setToolTip(tr("Show the whole pour (0)"));
    m_zoomIn->setToolTip(tr("Zoom in (+)"));
    m_zoomOut->setToolTip(tr("Zoom out (\u2212)"));
    for (QToolButton* button : {m_zoomIn, m_zoomOut}) {
        button->setAccessibleName(button->toolTip());
    }
    const std::pair<QAction*, QString> texts[] = {
        {m_discs, tr("Radius of action of each insertion")},
        {m_numbers, tr("Numbers of the insertions")},
        {m_order, tr("Order of work")},
        {m_gaps, tr("Gaps with their size")},
        {m_forms, tr("Form lines and obstacles")},
        {m_error, tr("Cells in doubt (error of the places)")},
        {m_planned, tr("Planned grid and next point")},
        {m_follow, tr("Only up to the shown frame")},
        {m_savePicture, tr("Picture (PNG)…")},
        {m_saveTable, tr("Cells (CSV)…")}};
    for (const auto& [action, text] : texts) {
        action->setText(text);
    }
    m_view->setAccessibleName(tr("Plan: the pour from above"));
    m_view->setAccessibleDescription(
        tr("Up and Down go through the insertions, plus and minus zoom, 0 shows all."));
    m_calibrate->setText(tr("Calibrate…"));
    makeShown();
    hover(std::nullopt);
}

}  // namespace cvd::ui
