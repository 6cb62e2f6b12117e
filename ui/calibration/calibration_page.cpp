#include "ui/calibration/calibration_page.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSaveFile>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include "core/compliance/whole_file.h"
#include "core/jobs/judge_again.h"
#include "core/projects/project_service.h"
#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/calibration/calibration_point_model.h"
#include "ui/review/frame_source.h"
#include "ui/theme.h"

namespace cvd::ui {

namespace {

using Tool = CalibrationCanvas::Tool;
constexpr int kFigureKey = 2000000;  // merge keys of typing, apart from those of the canvases

QDoubleSpinBox* figure(QWidget* parent, const char* name, double least, double most, double step,
                       int decimals) {
    auto* box = new QDoubleSpinBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setRange(least, most);
    box->setSingleStep(step);
    box->setDecimals(decimals);
    box->setKeyboardTracking(false);
    box->setAlignment(Qt::AlignRight);
    return box;
}

std::optional<double> read(const QDoubleSpinBox* box) {
    return box->value() > box->minimum() ? std::optional(box->value()) : std::nullopt;
}

QString centimetres(double cm) {
    return QLocale().toString(cm, 'f', 1);
}

}  // namespace

CalibrationPage::CalibrationPage(AppContext& context, QWidget* parent)
    : Page(parent), m_context(context), m_frames(new FrameSource(this)) {
    setObjectName(QStringLiteral("calibrationPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kGroupGap, kGap, kGroupGap, kGap);
    column->setSpacing(kGap);
    column->addWidget(header());
    m_banner = new Banner(this);
    column->addWidget(m_banner);
    auto* sides = new QSplitter(Qt::Horizontal, this);
    sides->setChildrenCollapsible(false);
    sides->addWidget(leftSide());
    sides->addWidget(rightSide());
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 2);
    sides->setSizes({780, 470});
    column->addWidget(sides, 1);
    column->addWidget(footer());
    connectParts();
    CalibrationPage::retranslate();
    CalibrationPage::restyle();
    chooseTool(Tool::Move);
    show();
}

CalibrationPage::~CalibrationPage() = default;

// --- Parts ---

QWidget* CalibrationPage::header() {
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    m_back = new QToolButton(bar);
    m_back->setObjectName(QStringLiteral("calibrationBackToolButton"));
    m_back->setAutoRaise(true);
    m_title = new ElidedLabel(bar);
    m_title->setObjectName(QStringLiteral("calibrationTitleLabel"));
    m_title->setProperty("role", "title");
    m_kept = new QToolButton(bar);
    m_kept->setObjectName(QStringLiteral("keptCalibrationsToolButton"));
    m_kept->setPopupMode(QToolButton::InstantPopup);
    m_keptMenu = new QMenu(this);
    m_keptMenu->setToolTipsVisible(true);
    m_kept->setMenu(m_keptMenu);
    m_import = new QPushButton(bar);
    m_import->setObjectName(QStringLiteral("loadCalibrationPushButton"));
    m_export = new QPushButton(bar);
    m_export->setObjectName(QStringLiteral("exportCalibrationPushButton"));
    m_save = new QPushButton(bar);
    m_save->setObjectName(QStringLiteral("saveCalibrationPushButton"));
    makePrimary(m_save);
    row->addWidget(m_back);
    row->addWidget(m_title, 1);
    for (QWidget* w : std::initializer_list<QWidget*>{m_kept, m_import, m_export, m_save}) {
        row->addWidget(w);
    }
    return bar;
}

QWidget* CalibrationPage::leftSide() {
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap / 2);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);  // flat buttons; a small window needs every pixel for their words
    m_tools = new QButtonGroup(this);
    const std::pair<Tool, const char*> tools[] = {{Tool::Move, "moveToolButton"},
                                                  {Tool::AddPoint, "addPointToolButton"},
                                                  {Tool::DrawRegion, "drawRegionToolButton"},
                                                  {Tool::DrawForm, "drawFormToolButton"},
                                                  {Tool::DrawObstacle, "drawObstacleToolButton"}};
    const auto plain = [&](const char* name) {
        auto* button = new QToolButton(side);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoRaise(true);
        return button;
    };
    for (const auto& [tool, name] : tools) {
        QToolButton* button = plain(name);
        button->setCheckable(true);
        m_tools->addButton(button, int(tool));
        row->addWidget(button);
    }
    row->addStretch(1);
    m_delete = plain("deleteShapeToolButton");
    m_undoButton = plain("undoCalibrationToolButton");
    m_redoButton = plain("redoCalibrationToolButton");
    m_fit = plain("fitCalibrationToolButton");
    for (QToolButton* button : {m_delete, m_undoButton, m_redoButton, m_fit}) {
        row->addWidget(button);
    }
    m_undoAction = m_undo.createUndoAction(this);
    m_redoAction = m_undo.createRedoAction(this);
    m_undoAction->setShortcuts(QKeySequence::Undo);
    m_redoAction->setShortcuts(QKeySequence::Redo);
    for (QAction* action : {m_undoAction, m_redoAction}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
    m_picture = new CalibrationCanvas(CalibrationCanvas::Kind::Picture, side);
    auto* frames = new QHBoxLayout;
    frames->setSpacing(kGap);
    m_frameSlider = new QSlider(Qt::Horizontal, side);
    m_frameSlider->setObjectName(QStringLiteral("calibrationFrameSlider"));
    m_frame = new QSpinBox(side);
    m_frame->setObjectName(QStringLiteral("calibrationFrameSpinBox"));
    m_frame->setKeyboardTracking(false);
    m_frameLabel = fieldLabel(m_frame);
    frames->addWidget(m_frameLabel);
    frames->addWidget(m_frameSlider, 1);
    frames->addWidget(m_frame);
    column->addLayout(row);
    column->addWidget(m_picture, 1);
    column->addLayout(frames);
    return side;
}

QWidget* CalibrationPage::rightSide() {
    auto* side = new QSplitter(Qt::Vertical, this);
    side->setChildrenCollapsible(false);
    m_plan = new CalibrationCanvas(CalibrationCanvas::Kind::Plan, side);
    auto* scroll = new QScrollArea(side);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);  // it follows the focus
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* form = new QWidget(scroll);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, kGap, kGap, 0);
    column->setSpacing(kGap);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(kGap / 2);
    m_mode = new QComboBox(form);
    m_mode->setObjectName(QStringLiteral("entryModeComboBox"));
    m_mode->addItems({QString(), QString(), QString()});
    m_modeLabel = fieldLabel(m_mode);
    m_width = figure(form, "rectangleWidthSpinBox", 0.01, 1000, 0.1, 3);
    m_height = figure(form, "rectangleHeightSpinBox", 0.01, 1000, 0.1, 3);
    m_widthLabel = fieldLabel(m_width);
    m_heightLabel = fieldLabel(m_height);
    grid->addWidget(m_modeLabel, 0, 0);
    grid->addWidget(m_mode, 0, 1, 1, 3);
    grid->addWidget(m_widthLabel, 1, 0);
    grid->addWidget(m_width, 1, 1);
    grid->addWidget(m_heightLabel, 1, 2);
    grid->addWidget(m_height, 1, 3);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    column->addLayout(grid);

    m_points = new CalibrationPointModel(this);
    m_table = new QTableView(form);
    m_table->setObjectName(QStringLiteral("calibrationPointsTable"));
    m_table->setModel(m_points);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(m_points->columnCount({}) - 1,
                                                      QHeaderView::ResizeToContents);
    m_table->verticalHeader()->setDefaultSectionSize(26);
    m_table->setMinimumHeight(26 * 5 + 14);
    column->addWidget(m_table, 1);

    auto* figures = new QGridLayout;
    figures->setHorizontalSpacing(kGap);
    figures->setVerticalSpacing(kGap / 2);
    m_radius = figure(form, "radiusSpinBox", 0, 1.5, 0.05, 3);
    m_rod = figure(form, "rodLengthSpinBox", 0, 3, 0.05, 3);
    m_mark = figure(form, "hoseMarkSpinBox", 0, 10, 0.05, 3);
    m_layer = figure(form, "layerHeightSpinBox", 0, 5, 0.05, 3);
    m_age = figure(form, "concreteAgeSpinBox", -1, 7 * 24 * 60, 5, 0);
    QDoubleSpinBox* boxes[] = {m_radius, m_rod, m_mark, m_layer, m_age};
    QLabel** labels[] = {&m_radiusLabel, &m_rodLabel, &m_markLabel, &m_layerLabel, &m_ageLabel};
    for (int i = 0; i < 5; ++i) {
        *labels[i] = fieldLabel(boxes[i]);
        figures->addWidget(*labels[i], i, 0);
        figures->addWidget(boxes[i], i, 1);
    }
    figures->setColumnStretch(1, 1);
    column->addLayout(figures);
    scroll->setWidget(form);
    side->addWidget(m_plan);
    side->addWidget(scroll);
    side->setStretchFactor(0, 1);
    side->setSizes({260, 360});
    side->setMinimumWidth(380);
    return side;
}

QWidget* CalibrationPage::footer() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_residual = new QLabel(box);
    m_residual->setObjectName(QStringLiteral("residualLabel"));
    m_refusal = new QLabel(box);
    m_refusal->setObjectName(QStringLiteral("calibrationRefusalLabel"));
    m_hint = mutedLabel(box);
    for (QLabel* label : {m_residual, m_refusal, m_hint}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    return box;
}

void CalibrationPage::connectParts() {
    connect(m_back, &QToolButton::clicked, this, [this] {
        if (mayLeave()) {
            Q_EMIT backRequested();
        }
    });
    connect(m_import, &QPushButton::clicked, this, [this] { chooseFile(false); });
    connect(m_export, &QPushButton::clicked, this, [this] { chooseFile(true); });
    connect(m_save, &QPushButton::clicked, this, [this] { save(); });
    connect(m_keptMenu, &QMenu::aboutToShow, this, &CalibrationPage::buildKeptMenu);
    connect(m_tools, &QButtonGroup::idClicked, this, [this](int id) { chooseTool(Tool(id)); });
    connect(m_delete, &QToolButton::clicked, this,
            [this] { (m_plan->chosen().valid() ? m_plan : m_picture)->removeChosen(); });
    connect(m_undoButton, &QToolButton::clicked, &m_undo, &QUndoStack::undo);
    connect(m_redoButton, &QToolButton::clicked, &m_undo, &QUndoStack::redo);
    connect(m_fit, &QToolButton::clicked, this, [this] {
        m_picture->fit();
        m_plan->fit();
    });
    for (CalibrationCanvas* canvas : {m_picture, m_plan}) {
        connect(canvas, &CalibrationCanvas::draftChanged, this, &CalibrationPage::change);
        connect(canvas, &CalibrationCanvas::toolFinished, this, [this] { chooseTool(Tool::Move); });
        connect(canvas, &CalibrationCanvas::chosenChanged, this,
                [this, canvas](CalibrationCanvas::Handle handle) {
                    (canvas == m_picture ? m_plan : m_picture)->setChosen(handle);
                    if (handle.shape < 0 && handle.point >= 0) {
                        m_table->selectRow(handle.point);
                    }
                    updateActions();
                });
    }
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& now) {
                if (now.isValid() && !m_filling) {
                    m_picture->setChosen({-1, now.row()});
                    m_plan->setChosen({-1, now.row()});
                    updateActions();
                }
            });
    connect(m_points, &CalibrationPointModel::edited, this,
            [this](const CalibrationDraft& draft) { change(draft, tr("Type a figure")); });
    connect(m_mode, &QComboBox::activated, this, [this](int index) {
        change(withMode(m_draft, EntryMode(index)), tr("Change the way of entry"));
    });
    int key = kFigureKey;
    for (QDoubleSpinBox* box : {m_width, m_height, m_radius, m_rod, m_mark, m_layer, m_age}) {
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, key] { changeFigure(key); });
        ++key;
    }
    connect(&m_keepSoon, &QTimer::timeout, this, &CalibrationPage::keepDraft);
    connect(&m_undo, &QUndoStack::indexChanged, this, &CalibrationPage::updateActions);
    connect(&m_undo, &QUndoStack::cleanChanged, this, &CalibrationPage::updateActions);
    connect(m_frameSlider, &QSlider::valueChanged, this, &CalibrationPage::showFrame);
    connect(m_frame, &QSpinBox::valueChanged, this, &CalibrationPage::showFrame);
    connect(m_frames, &FrameSource::opened, this,
            [this](const std::shared_ptr<const OpenedVideo>& video) {
                m_video = video;
                const QScopedValueRollback guard(m_filling, true);
                const int last = int(std::max<FrameIndex>(0, video->frameCount() - 1));
                m_frameSlider->setRange(0, last);
                m_frame->setRange(0, last);
                for (QWidget* w : std::initializer_list<QWidget*>{m_frameSlider, m_frame}) {
                    setEnabledOrWhy(w, {});
                }
                m_frames->request(0);
            });
    connect(m_frames, &FrameSource::frameReady, this,
            [this](FrameIndex frame, double, const QImage& image) {
                const QScopedValueRollback guard(m_filling, true);
                m_picture->setPicture(image);
                m_frameSlider->setValue(int(frame));
                m_frame->setValue(int(frame));
            });
    connect(m_frames, &FrameSource::failed, this,
            [this](const QString& sentence, const QString& detail) {
                m_picture->setMessage(sentence);
                m_banner->showText(Banner::Kind::Error, sentence, detail);
            });
    connect(m_frames, &FrameSource::frameFailed, this, [this](FrameIndex, const QString& sentence) {
        m_banner->showText(Banner::Kind::Error, sentence);
    });
}

// --- Opening and leaving ---

bool CalibrationPage::open(ProjectId id) {
    close();
    auto& service = m_context.workspace.projects();
    const auto project = service.project(m_context.session, id);
    if (!project) {
        Q_EMIT failed(project.error());
        return false;
    }
    m_project = *project;
    const auto stored = service.calibration(m_context.session, id);
    if (!stored) {
        report(stored.error());  // a broken one: it is made anew
    }
    m_draft = stored && stored->has_value()
                  ? draftOf(**stored)
                  : freshDraft(project->video.width, project->video.height);
    m_undo.clear();
    m_title->setFullText(tr("Calibration of %1").arg(project->name));
    for (QWidget* w : std::initializer_list<QWidget*>{m_frameSlider, m_frame}) {
        setEnabledOrWhy(w, tr("The video is not open."));
    }
    const auto file = service.playableVideo(m_context.session, id);
    if (file) {
        m_picture->setMessage(tr("Opening the video…"));
        m_frames->open(*file);
    } else {
        m_picture->setMessage(text::errorText(file.error()));
    }
    apply(m_draft);
    m_draftFile =
        DraftFile({QStringLiteral("calibration"), m_context.workspace.settings().location(),
                   QString::number(m_context.session.user.value), QString::number(id.value)});
    takeDraftBack();
    m_picture->fit();
    m_plan->fit();
    return true;
}

void CalibrationPage::takeDraftBack() {
    const auto kept = m_draftFile.kept();
    const auto draft = kept ? draftFromJson(*kept) : std::nullopt;
    if (!draft || *draft == m_draft) {
        m_draftFile.forget();
        return;
    }
    const QString when = dateTimeText(m_draftFile.keptAt());
    change(*draft, tr("Take unsaved changes back"));
    m_banner->showText(Banner::Kind::Info,
                       tr("The program ended before the changes of %1 were saved. They are back; "
                          "save them, or undo.")
                           .arg(when));
}

void CalibrationPage::keepDraft() {
    m_keepSoon.stop();
    if (m_project && isDirty()) {
        m_draftFile.keep(draftToJson(m_draft));
    } else {
        m_draftFile.forget();
    }
}

void CalibrationPage::close() {
    m_keepSoon.stop();
    m_draftFile.forget();
    m_draftFile = {};
    m_frames->close();
    m_video.reset();
    m_project.reset();
    m_undo.clear();
    m_undo.setClean();
    m_draft = {};
    m_banner->clear();
    chooseTool(Tool::Move);
}

bool CalibrationPage::mayLeave() {
    const bool may = !m_project || !isDirty() ||
                     asking().confirm(this, {tr("Leave the calibration"),
                                             tr("The changes of this calibration are not saved."),
                                             tr("Discard changes"), true});
    if (may) {
        m_draftFile.forget();
    }
    return may;
}

// --- Changing ---

void CalibrationPage::change(const CalibrationDraft& draft, const QString& what, int mergeKey) {
    if (draft == m_draft) {
        return;
    }
    m_undo.push(new DraftCommand(
        what, m_draft, draft, [this](const CalibrationDraft& d) { apply(d); }, mergeKey));
}

void CalibrationPage::apply(const CalibrationDraft& draft) {
    m_draft = draft;
    m_state = evaluate(draft);
    show();
    if (m_project) {
        m_keepSoon.changed();
    }
}

void CalibrationPage::changeFigure(int key) {
    if (m_filling) {
        return;
    }
    CalibrationDraft draft = m_draft;
    draft.widthM = m_width->value();
    draft.heightM = m_height->value();
    draft.radiusM = read(m_radius);
    draft.rodM = read(m_rod);
    draft.hoseMarkM = read(m_mark);
    draft.layerM = read(m_layer);
    const auto minutes = read(m_age);
    draft.ageS = minutes ? std::optional(*minutes * 60) : std::nullopt;
    change(draft, tr("Type a figure"), key);
}

void CalibrationPage::chooseTool(Tool tool) {
    if (QAbstractButton* button = m_tools->button(int(tool))) {
        button->setChecked(true);
    }
    m_picture->setTool(tool);
    m_plan->setTool(tool);
    const QString hints[] = {
        tr("Drag the points onto known places. Arrow keys move the chosen one by 1 px, with Shift "
           "by 0.1 px; Page Up and Page Down choose; the wheel zooms."),
        tr("Click a place in the picture whose position on the concrete is known."),
        tr("Click the corners of the pour region; click the first one again, double-click or press "
           "Enter to close it. Esc gives up; Alt switches snapping off."),
        tr("Click along the edge of the form; double-click or press Enter at its end."),
        tr("Click the corners of what stands in the concrete: a column, an opening. Close it like "
           "the pour region.")};
    m_hint->setText(hints[int(tool)]);
}

// --- Showing ---

void CalibrationPage::show() {
    m_picture->setDraft(m_draft, m_state);
    m_plan->setDraft(m_draft, m_state);
    {
        const QScopedValueRollback guard(m_filling, true);
        m_points->setDraft(m_draft, m_state);
        showFields();
    }
    showResidual();
    updateActions();
}

void CalibrationPage::showFields() {
    m_mode->setCurrentIndex(int(m_draft.mode));
    const bool rectangle = m_draft.mode == EntryMode::Rectangle;
    for (QWidget* w :
         std::initializer_list<QWidget*>{m_widthLabel, m_width, m_heightLabel, m_height}) {
        w->setVisible(rectangle);
    }
    m_width->setValue(m_draft.widthM);
    m_height->setValue(m_draft.heightM);
    m_radius->setValue(m_draft.radiusM.value_or(0));
    m_rod->setValue(m_draft.rodM.value_or(0));
    m_mark->setValue(m_draft.hoseMarkM.value_or(0));
    m_layer->setValue(m_draft.layerM.value_or(0));
    m_age->setValue(m_draft.ageS ? *m_draft.ageS / 60 : -1);
}

void CalibrationPage::showResidual() {
    if (!m_project) {
        m_residual->clear();
        m_refusal->clear();
        return;
    }
    QStringList parts;
    if (m_state.homography) {
        const auto& r = m_state.residualsCm;
        const auto worst = std::max_element(r.begin(), r.end());
        parts << tr("Residual %1 cm (root mean square), worst %2 cm at point %3")
                     .arg(centimetres(m_state.homography->residualCm),
                          centimetres(worst != r.end() ? *worst : 0))
                     .arg(worst - r.begin() + 1);
        if (r.size() == 4) {
            parts << tr("four points always fit: a fifth one checks them");
        }
        parts << tr("one pixel is %1 to %2 cm")
                     .arg(centimetres(m_state.bestPxCm), centimetres(m_state.worstPxCm));
    }
    m_residual->setText(parts.join(QStringLiteral("   \u00B7   ")));
    m_residual->setVisible(!parts.isEmpty());
    m_refusal->setText(m_state.refusal ? text::errorText(*m_state.refusal) : QString());
    m_refusal->setVisible(m_state.refusal.has_value());
}

void CalibrationPage::updateActions() {
    const QString noProject = m_project ? QString() : tr("No project is open.");
    const QString refused = m_state.refusal ? text::errorText(*m_state.refusal) : noProject;
    QString whyNotSave = refused;
    if (whyNotSave.isEmpty() && !isDirty() && m_project->hasCalibration) {
        whyNotSave = tr("There is nothing to save.");
    }
    setEnabledOrWhy(m_save, whyNotSave);
    setEnabledOrWhy(m_export, refused);
    setEnabledOrWhy(m_import, noProject);
    setEnabledOrWhy(m_kept, noProject,
                    tr("Calibrations that were kept for a camera, for this and other projects"));
    const auto chosen = m_picture->chosen();
    QString whyNotDelete;
    if (!chosen.valid()) {
        whyNotDelete = tr("Choose a point or a corner first.");
    } else if (chosen.shape < 0 && m_draft.mode == EntryMode::Rectangle) {
        whyNotDelete = tr("A rectangle needs its four corners.");
    }
    setEnabledOrWhy(m_delete, whyNotDelete, tr("Delete the chosen point or corner (Del)"));
    setEnabledOrWhy(
        m_undoButton, m_undo.canUndo() ? QString() : tr("There is nothing to undo."),
        tr("Undo: %1 (%2)")
            .arg(m_undo.undoText(), m_undoAction->shortcut().toString(QKeySequence::NativeText)));
    setEnabledOrWhy(
        m_redoButton, m_undo.canRedo() ? QString() : tr("There is nothing to redo."),
        tr("Redo: %1 (%2)")
            .arg(m_undo.redoText(), m_redoAction->shortcut().toString(QKeySequence::NativeText)));
    const bool rectangle = m_draft.mode == EntryMode::Rectangle;
    setEnabledOrWhy(m_tools->button(int(Tool::AddPoint)),
                    rectangle ? tr("A rectangle has four corners; choose another way of entry to "
                                   "add points.")
                              : QString(),
                    tr("Add a point"));
    for (const Tool tool : {Tool::DrawRegion, Tool::DrawForm, Tool::DrawObstacle}) {
        QAbstractButton* button = m_tools->button(int(tool));
        setEnabledOrWhy(
            button,
            m_state.homography ? QString() : tr("The points have to fix the surface first."),
            button->text());
    }
}

void CalibrationPage::showFrame(int frame) {
    if (!m_filling && m_video) {
        m_frames->request(frame);
    }
}

void CalibrationPage::report(const Error& error) {
    m_banner->showError(error);
    Q_EMIT failed(error);
}

// --- Keeping ---

compliance::PictureSize CalibrationPage::pictureSize() const {
    return m_project ? compliance::PictureSize{m_project->video.width, m_project->video.height}
                     : compliance::PictureSize{};
}

bool CalibrationPage::save() {
    if (!m_project || m_state.refusal) {
        return false;
    }
    const Status status = m_context.workspace.projects().setCalibration(
        m_context.session, m_project->id, calibrationOf(m_draft));
    if (!status) {
        report(status.error());
        return false;
    }
    m_project->hasCalibration = true;
    m_undo.setClean();
    keepDraft();
    m_banner->clear();
    updateActions();
    offerToJudge();
    Q_EMIT saved(m_project->id);
    return true;
}

void CalibrationPage::offerToJudge() {
    if (!m_project->latestResult) {
        m_banner->showText(Banner::Kind::Info,
                           tr("Saved. The next detection of this project is judged in metres."));
        return;
    }
    m_banner->showText(
        Banner::Kind::Info,
        tr("Saved. The result of %1 was judged without these metres; it can be judged again "
           "without another detection. The old result stays.")
            .arg(dateTimeText(m_project->latestResult->created)));
    QPushButton* again = m_banner->addAction(tr("Judge again"));
    again->setObjectName(QStringLiteral("judgeAgainPushButton"));
    connect(again, &QPushButton::clicked, this, &CalibrationPage::judgeAgain);
}

void CalibrationPage::judgeAgain() {
    if (m_judging || !m_project || !m_project->latestResult) {
        return;
    }
    m_judging = true;
    m_banner->showText(Banner::Kind::Info, tr("Judging again…"));
    const auto settings = m_context.workspace.settings();
    const QString folder = m_context.workspace.library().root();
    using Outcome = std::shared_ptr<Result<ResultId>>;
    auto* watcher = new QFutureWatcher<Outcome>(this);
    connect(watcher, &QFutureWatcher<Outcome>::finished, this,
            [this, watcher, project = m_project->id] {
                m_judging = false;
                watcher->deleteLater();
                const Outcome outcome = watcher->result();
                if (!outcome->ok()) {
                    report(outcome->error());
                    return;
                }
                m_banner->clear();
                Q_EMIT judged(project, **outcome);
            });
    watcher->setFuture(QtConcurrent::run(
        [settings, folder, session = m_context.session, result = m_project->latestResult->id] {
            const projects::MediaLibrary library(folder);
            return std::make_shared<Result<ResultId>>(withOwnServices(
                settings, folder, [&](projects::ProjectService& service, storage::Database&) {
                    return jobs::judgeAgain(service, library, session, result);
                }));
        }));
}

void CalibrationPage::load(const Calibration& calibration, const QString& what) {
    change(draftOf(calibration), what);
    m_picture->fit();
    m_plan->fit();
}

void CalibrationPage::loadFile(const QString& name) {
    auto calibration = compliance::readCalibration(name);
    QFile file(name);
    if (calibration && file.open(QIODevice::ReadOnly)) {
        calibration = compliance::scaleCalibration(
            *calibration, compliance::pictureSizeOf(file.readAll()), pictureSize());
    }
    if (!calibration) {
        report(calibration.error());
        return;
    }
    m_banner->clear();
    load(*calibration, tr("Load a file"));
}

bool CalibrationPage::saveFile(const QString& name) {
    const QByteArray json = compliance::withPictureSize(
        compliance::calibrationToJson(calibrationOf(m_draft)), pictureSize());
    QSaveFile file(name);
    if (saveWhole(file, json)) {
        m_banner->showText(Banner::Kind::Info, tr("The calibration was written to %1.").arg(name));
        return true;
    }
    m_banner->showText(Banner::Kind::Error,
                       tr("%1 cannot be written: %2").arg(name, file.errorString()));
    return false;
}

void CalibrationPage::use(const projects::CameraCalibration& kept) {
    const auto scaled = compliance::scaleCalibration(
        kept.calibration, {kept.pictureWidth, kept.pictureHeight}, pictureSize());
    if (!scaled) {
        report(scaled.error());
        return;
    }
    m_banner->clear();
    load(*scaled, tr("Use a kept calibration"));
}

bool CalibrationPage::keep(const QString& camera, const QString& name) {
    const compliance::PictureSize size = pictureSize();
    const auto kept = m_context.workspace.projects().keepCalibration(
        m_context.session, {{}, camera, name, {}, calibrationOf(m_draft), size.width, size.height});
    if (!kept) {
        report(kept.error());
        return false;
    }
    m_banner->showText(
        Banner::Kind::Info,
        tr("Kept as “%1” of camera %2: other projects can use it.").arg(name, camera));
    return true;
}

void CalibrationPage::buildKeptMenu() {
    m_keptMenu->clear();
    QAction* add = m_keptMenu->addAction(tr("Keep this one for a camera…"));
    add->setEnabled(!m_state.refusal);
    if (m_state.refusal) {
        add->setToolTip(text::errorText(*m_state.refusal));
    }
    connect(add, &QAction::triggered, this, &CalibrationPage::askToKeep);
    m_keptMenu->addSeparator();
    const auto kept = m_context.workspace.projects().cameraCalibrations(m_context.session);
    if (!kept) {
        report(kept.error());
        return;
    }
    if (kept->isEmpty()) {
        m_keptMenu->addAction(tr("None is kept yet"))->setEnabled(false);
    }
    for (const auto& one : *kept) {
        QAction* action =
            m_keptMenu->addAction(tr("%1: %2", "camera, name").arg(one.camera, one.name));
        connect(action, &QAction::triggered, this, [this, one] { use(one); });
    }
    if (m_context.session.isAdministrator() && !kept->isEmpty()) {
        QMenu* remove = m_keptMenu->addMenu(tr("Remove"));
        for (const auto& one : *kept) {
            QAction* action =
                remove->addAction(tr("%1: %2", "camera, name").arg(one.camera, one.name));
            connect(action, &QAction::triggered, this, [this, id = one.id] {
                const Status gone =
                    m_context.workspace.projects().removeCameraCalibration(m_context.session, id);
                if (!gone) {
                    report(gone.error());
                }
            });
        }
    }
}

void CalibrationPage::askToKeep() {
    QDialog dialog(this);
    dialog.setObjectName(QStringLiteral("keepCalibrationDialog"));
    dialog.setWindowTitle(tr("Keep the calibration for a camera"));
    auto* camera = new QLineEdit(&dialog);
    camera->setObjectName(QStringLiteral("cameraLineEdit"));
    auto* name = new QLineEdit(&dialog);
    name->setObjectName(QStringLiteral("calibrationNameLineEdit"));
    name->setText(m_project ? m_project->name : QString());
    auto* form = new QFormLayout;
    form->addRow(tr("Camera"), camera);
    form->addRow(tr("Name"), name);
    auto* hint = mutedLabel(&dialog);
    hint->setText(tr("It fits as long as the camera is not moved or zoomed."));
    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, &dialog);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* column = new QVBoxLayout(&dialog);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addLayout(form);
    column->addWidget(hint);
    column->addWidget(buttons);
    if (dialog.exec() == QDialog::Accepted) {
        keep(camera->text(), name->text());
    }
}

void CalibrationPage::chooseFile(bool write) {
    const QString role = QStringLiteral("calibration");
    const QString folder = m_context.settings.lastFolder(role);
    const QString filter =
        tr("Calibration (%1);;All files (%2)").arg(QStringLiteral("*.json"), QStringLiteral("*"));
    if (write) {
        const QString name =
            QFileDialog::getSaveFileName(this, tr("Export the calibration"),
                                         folder + QStringLiteral("/calibration.json"), filter);
        if (!name.isEmpty()) {
            m_context.settings.setLastFolder(role, QFileInfo(name).absolutePath());
            saveFile(name);
        }
        return;
    }
    const QStringList files =
        asking().openFiles(this, tr("Choose a calibration file"), folder, filter);
    if (!files.isEmpty()) {
        m_context.settings.setLastFolder(role, QFileInfo(files.first()).absolutePath());
        loadFile(files.first());
    }
}

// --- Texts and colours ---

void CalibrationPage::retranslate() {
    m_back->setToolTip(tr("Back to the project"));
    m_back->setAccessibleName(m_back->toolTip());
    if (m_project) {
        m_title->setFullText(tr("Calibration of %1").arg(m_project->name));
    }
    m_kept->setText(tr("Cameras"));
    m_import->setText(tr("Import…"));
    m_export->setText(tr("Export…"));
    m_save->setText(tr("Save"));
    const std::pair<Tool, QString> tools[] = {{Tool::Move, tr("Move")},
                                              {Tool::AddPoint, tr("Add point")},
                                              {Tool::DrawRegion, tr("Pour region")},
                                              {Tool::DrawForm, tr("Form line")},
                                              {Tool::DrawObstacle, tr("Obstacle")}};
    for (const auto& [tool, text] : tools) {
        m_tools->button(int(tool))->setText(text);
    }
    m_delete->setText(tr("Delete"));
    m_undoButton->setText(tr("Undo"));
    m_redoButton->setText(tr("Redo"));
    m_fit->setText(tr("Fit"));
    m_fit->setToolTip(tr("Show everything (0)"));
    m_picture->setLabel(tr("Picture with the calibration points"));
    m_plan->setLabel(tr("The surface from above"));
    m_frameLabel->setText(tr("&Frame"));
    m_frameSlider->setAccessibleName(tr("Frame"));
    m_modeLabel->setText(tr("&Known are"));
    const QStringList modes{tr("the two sides of a rectangle"), tr("coordinates of the points"),
                            tr("distances to points 1 and 2")};
    for (int i = 0; i < modes.size(); ++i) {
        m_mode->setItemText(i, modes[i]);
    }
    m_widthLabel->setText(tr("Side 1–2"));
    m_heightLabel->setText(tr("Side 2–3"));
    m_table->setAccessibleName(tr("Calibration points"));
    m_radiusLabel->setText(tr("&Radius of action"));
    m_rodLabel->setText(tr("Rod &length"));
    m_markLabel->setText(tr("Tip to hose &mark"));
    m_layerLabel->setText(tr("La&yer thickness"));
    m_ageLabel->setText(tr("&Placed before the video"));
    for (QDoubleSpinBox* box : {m_width, m_height, m_radius, m_rod, m_mark, m_layer}) {
        box->setSuffix(tr(" m"));
    }
    m_age->setSuffix(tr(" min"));
    m_radius->setSpecialValueText(tr("as the profile says"));
    for (QDoubleSpinBox* box : {m_rod, m_mark, m_layer, m_age}) {
        box->setSpecialValueText(tr("not known"));
    }
    m_rod->setToolTip(tr("From the tip to the end of the rigid bar; speeds and depth need it"));
    m_mark->setToolTip(tr("From the tip to a mark painted on the hose"));
    m_layer->setToolTip(tr("Thickness of the layer that is being placed"));
    m_age->setToolTip(tr("How long the concrete had been in place when the video begins"));
    m_points->retranslate();
    if (m_tools->checkedId() >= 0) {
        chooseTool(Tool(m_tools->checkedId()));
    }
    showResidual();
    updateActions();
}

void CalibrationPage::restyle() {
    m_back->setIcon(icon(QStringLiteral("back")));
    QPalette red = m_refusal->palette();
    red.setColor(QPalette::WindowText, tokens().critical);
    m_refusal->setPalette(red);
    m_picture->update();
    m_plan->update();
}

}  // namespace cvd::ui
