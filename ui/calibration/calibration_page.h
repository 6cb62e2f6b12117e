// Makes, changes and keeps a project's calibration: points and shapes over a frame of the video on
// the left, the surface from above on the right, and live how good it is. GUI thread.
#pragma once

#include <QTimer>
#include <QUndoStack>
#include <optional>

#include "core/projects/project_types.h"
#include "ui/app_context.h"
#include "ui/calibration/calibration_canvas.h"
#include "ui/draft_file.h"
#include "ui/widgets.h"

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QMenu;
class QSlider;
class QSpinBox;
class QTableView;

namespace cvd::ui {

class CalibrationPointModel;
class FrameSource;
struct OpenedVideo;

class CalibrationPage : public Page {
    Q_OBJECT
public:
    explicit CalibrationPage(AppContext& context, QWidget* parent = nullptr);
    ~CalibrationPage() override;

    // False, with the reason in failed(), when the project cannot be read. A missing video is no
    // reason: shapes and figures can be changed without it, and the page says so.
    bool open(ProjectId project);
    void close();
    const std::optional<projects::Project>& project() const { return m_project; }
    bool isDirty() const { return !m_undo.isClean(); }
    bool mayLeave();  // asks when there are unsaved changes
    // Unsaved changes into a file, from which open() takes them back when the program died. Happens
    // by itself within a few seconds of each change.
    void keepDraft();

    const CalibrationDraft& draft() const { return m_draft; }
    const DraftState& state() const { return m_state; }
    void change(const CalibrationDraft& draft, const QString& what, int mergeKey = -1);
    bool save();
    void loadFile(const QString& file);
    bool saveFile(const QString& file);
    void use(const projects::CameraCalibration& kept);
    bool keep(const QString& camera, const QString& name);
    void judgeAgain();  // in the background; ends in judged() or in a message
    CalibrationCanvas* picture() const { return m_picture; }
    CalibrationCanvas* plan() const { return m_plan; }
    CalibrationPointModel* points() const { return m_points; }
    QUndoStack& undoStack() { return m_undo; }
    QString residualText() const { return m_residual->text(); }
    QString refusalText() const { return m_refusal->text(); }

Q_SIGNALS:
    void backRequested();
    void saved(cvd::ProjectId project);
    void judged(cvd::ProjectId project, cvd::ResultId result);
    void failed(const cvd::Error& error);

protected:
    void retranslate() override;
    void restyle() override;

private:
    QWidget* header();
    QWidget* leftSide();
    QWidget* rightSide();
    QWidget* footer();
    void connectParts();
    void apply(const CalibrationDraft& draft);
    void show();
    void showFields();
    void showResidual();
    void updateActions();
    void chooseTool(CalibrationCanvas::Tool tool);
    void changeFigure(int key);
    void buildKeptMenu();
    void askToKeep();
    void chooseFile(bool write);
    void showFrame(int frame);
    void offerToJudge();
    void report(const Error& error);
    compliance::PictureSize pictureSize() const;
    void load(const Calibration& calibration, const QString& what);
    void takeDraftBack();

    AppContext& m_context;
    std::optional<projects::Project> m_project;
    CalibrationDraft m_draft;
    DraftState m_state;
    QUndoStack m_undo;
    DraftFile m_draftFile;
    DraftTimer m_keepSoon;
    bool m_filling = false, m_judging = false;
    FrameSource* m_frames;
    std::shared_ptr<const OpenedVideo> m_video;

    QToolButton *m_back, *m_kept;
    QMenu* m_keptMenu;
    ElidedLabel* m_title;
    QPushButton *m_import, *m_export, *m_save;
    Banner* m_banner;
    QButtonGroup* m_tools;
    QToolButton *m_delete, *m_undoButton, *m_redoButton, *m_fit;
    QAction *m_undoAction, *m_redoAction;
    CalibrationCanvas *m_picture, *m_plan;
    QLabel* m_frameLabel;
    QSlider* m_frameSlider;
    QSpinBox* m_frame;
    QComboBox* m_mode;
    QLabel *m_modeLabel, *m_widthLabel, *m_heightLabel;
    QDoubleSpinBox *m_width, *m_height;
    CalibrationPointModel* m_points;
    QTableView* m_table;
    QLabel *m_radiusLabel, *m_rodLabel, *m_markLabel, *m_layerLabel, *m_ageLabel;
    QDoubleSpinBox *m_radius, *m_rod, *m_mark, *m_layer, *m_age;
    QLabel *m_residual, *m_refusal, *m_hint;
};

}  // namespace cvd::ui
