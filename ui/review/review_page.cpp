#include "ui/review/review_page.h"

#include <QAction>
#include <QApplication>
#include <QDataStream>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QUndoCommand>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/review/annotation_bar.h"
#include "ui/review/annotation_editor.h"
#include "ui/review/charts_panel.h"
#include "ui/review/frame_source.h"
#include "ui/review/heat_map_panel.h"
#include "ui/review/insertion_model.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/key_actions.h"
#include "ui/review/overlay_panel.h"
#include "ui/review/plan_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"
#include "ui/review/timeline_strip.h"
#include "ui/review/video_view.h"
#include "ui/review/violation_model.h"
#include "ui/review/violation_panel.h"

namespace cvd::ui {

namespace {

constexpr double kLeadInS = 2;
constexpr int kLeastTitlePx = 200;
constexpr double kInsertionClickShare = 0.03;  // of the frame's width

}  // namespace

struct ReviewPage::Private {
    explicit Private(ReviewPage* p) : page(p) {}

    ReviewPage* page;
    ReviewData data;
    QUndoStack undo;

    KeyActions* keys = nullptr;
    QWidget* header = nullptr;
    QLabel *title = nullptr, *facts = nullptr;
    QToolButton *folderButton = nullptr, *exportButton = nullptr, *judgeButton = nullptr,
                *annotateButton = nullptr, *backButton = nullptr;
    QFrame* messageBar = nullptr;
    QLabel* message = nullptr;
    QToolButton* dismiss = nullptr;
    QSplitter *columns = nullptr, *left = nullptr;
    PlayerWidget* player = nullptr;
    TimelineStrip* timeline = nullptr;
    QTabWidget* tabs = nullptr;
    ViolationPanel* violations = nullptr;
    InsertionPanel* insertions = nullptr;
    HeatMapPanel* heat = nullptr;
    PlanPanel* plan = nullptr;
    ChartsPanel* charts = nullptr;
    QAction *confirm = nullptr, *falseAlarm = nullptr, *undecided = nullptr, *seen = nullptr;
    QAction *next = nullptr, *previous = nullptr, *undoAction = nullptr, *redoAction = nullptr;
    QAction *openFolder = nullptr, *exportAction = nullptr, *judgeAction = nullptr;
    // Correcting by hand.
    AnnotationEditor* editor = nullptr;
    AnnotationBar* annotation = nullptr;
    QAction *annotate = nullptr, *addPoker = nullptr, *addInsertion = nullptr;
    QAction *insertionStart = nullptr, *insertionEnd = nullptr, *addFinding = nullptr;
    QAction *removeThing = nullptr, *removeTrack = nullptr, *nextObject = nullptr;
    QAction *nextPart = nullptr, *acceptThing = nullptr;
    QList<QAction*> nudges;
    bool judging = false;
    qint64 wantedInsertion = 0;  // to be shown once it is there
    bool wantsFinding = false;   // the newest finding of a person, too
    QList<int> splitterSizes;
    bool fullScreen = false;
    QImage firstFrame;  // of the video that is open; null: not seen yet
    // Small pictures for the timeline, decoded beside the player; opened when first asked for.
    FrameSource* thumbnails = nullptr;
    QString thumbnailFile;
    std::shared_ptr<const OpenedVideo> thumbnailVideo;
    double wantedThumbnailS = -1;

    void build();
    void makeActions();
    void connectParts();
    void retranslate();
    void applyPalette();
    void updateFacts();
    void fitFacts();
    QString factsText;
    void updateActions();
    void showCurrentViolation(qint64 id);
    void showCurrentInsertion(qint64 id);
    void goTo(qint64 violationId);
    void playFrom(double startS);
    void step(int direction);
    void setVerdicts(const QList<qint64>& ids, ReviewVerdict verdict, const QString& reason,
                     const QString& note);
    void applyVerdicts(const QList<VerdictChange>& changes);
    void applySeen(const QList<qint64>& ids, bool seen);
    void toggleSeen();
    void setFullScreen(bool on);
    void showThumbnail(double timeS);
    const Violation* finding(qint64 id) const;
    const Insertion* insertion(qint64 id) const;
    void show(ReviewData now);
    void makeAnnotationActions();
    void connectAnnotation();
    void updateAnnotation();
    void setAnnotating(bool on);
    void pushCorrection(const QString& text, const CorrectionStep& step);
    std::pair<FrameIndex, FrameIndex> findingInterval() const;
    QString intervalText() const;
    void enterFinding(const QString& rule, Severity severity, const QString& note);
    // What the remove key is about: an object, an insertion or a finding of a person.
    enum class Removable { Nothing, Object, Insertion, Finding };
    Removable removable() const;
    void removeChosen();
};

namespace {

// One person's act on one or more violations, and the way back.
class ReviewCommand : public QUndoCommand {
public:
    ReviewCommand(const QString& text, std::function<void()> redo, std::function<void()> undo)
        : QUndoCommand(text), m_redo(std::move(redo)), m_undo(std::move(undo)) {}

    void redo() override { m_redo(); }
    void undo() override { m_undo(); }

private:
    std::function<void()> m_redo, m_undo;
};

}  // namespace

ReviewPage::ReviewPage(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this)) {
    setObjectName(QStringLiteral("reviewPage"));
    qRegisterMetaType<std::shared_ptr<CorrectionStep>>();
    d->build();
    d->makeActions();
    d->connectParts();
    d->retranslate();
    d->applyPalette();
    for (auto* widget : findChildren<QWidget*>()) {
        widget->installEventFilter(this);
    }
    setData({});
}

ReviewPage::~ReviewPage() {
    d->undo.disconnect(this);  // it is emptied while the rest goes
}

void ReviewPage::Private::build() {
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    header = new QWidget(page);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(8, 8, 12, 8);
    row->setSpacing(12);
    title = new QLabel(header);
    title->setObjectName(QStringLiteral("reviewTitleLabel"));
    QFont large = title->font();
    large.setPointSizeF(14);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    facts = new QLabel(header);
    facts->setObjectName(QStringLiteral("reviewFactsLabel"));
    facts->setMinimumWidth(1);
    facts->setForegroundRole(QPalette::PlaceholderText);
    backButton = new QToolButton(header);
    backButton->setObjectName(QStringLiteral("leaveReviewButton"));
    backButton->setAutoRaise(true);
    connect(backButton, &QToolButton::clicked, page, &ReviewPage::backRequested);
    annotateButton = new QToolButton(header);
    judgeButton = new QToolButton(header);
    folderButton = new QToolButton(header);
    exportButton = new QToolButton(header);
    annotateButton->setObjectName(QStringLiteral("annotateButton"));
    for (auto* button : {annotateButton, judgeButton, folderButton, exportButton}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
    }
    folderButton->setObjectName(QStringLiteral("openResultFolderButton"));
    exportButton->setObjectName(QStringLiteral("exportResultButton"));
    judgeButton->setObjectName(QStringLiteral("judgeAgainButton"));
    row->addWidget(backButton);
    row->addWidget(title, 1);
    row->addWidget(facts);
    row->addWidget(annotateButton);
    row->addWidget(judgeButton);
    row->addWidget(folderButton);
    row->addWidget(exportButton);
    layout->addWidget(header);

    messageBar = new QFrame(page);
    messageBar->setObjectName(QStringLiteral("messageBar"));
    messageBar->setAutoFillBackground(true);
    auto* messageRow = new QHBoxLayout(messageBar);
    messageRow->setContentsMargins(16, 6, 8, 6);
    message = new QLabel(messageBar);
    message->setObjectName(QStringLiteral("messageLabel"));
    message->setWordWrap(true);
    message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dismiss = new QToolButton(messageBar);
    dismiss->setObjectName(QStringLiteral("dismissMessageButton"));
    dismiss->setAutoRaise(true);
    messageRow->addWidget(message, 1);
    messageRow->addWidget(dismiss, 0, Qt::AlignTop);
    messageBar->hide();
    layout->addWidget(messageBar);

    player = new PlayerWidget(page);
    timeline = new TimelineStrip(page);
    left = new QSplitter(Qt::Vertical, page);
    auto* leftBox = new QWidget(page);
    auto* leftLayout = new QVBoxLayout(leftBox);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    left->addWidget(player);
    left->setChildrenCollapsible(false);
    annotation = new AnnotationBar(page);
    annotation->hide();
    editor = new AnnotationEditor(player->view(), page);
    leftLayout->addWidget(annotation);
    leftLayout->addWidget(left, 1);
    leftLayout->addWidget(timeline);

    violations = new ViolationPanel(page);
    insertions = new InsertionPanel(page);
    heat = new HeatMapPanel(page);
    tabs = new QTabWidget(page);
    tabs->setObjectName(QStringLiteral("reviewTabWidget"));
    tabs->setDocumentMode(true);
    tabs->addTab(violations, QString());
    tabs->addTab(insertions, QString());
    plan = new PlanPanel(page);
    tabs->addTab(plan, QString());
    tabs->addTab(heat, QString());
    charts = new ChartsPanel(page);
    tabs->addTab(charts, QString());

    columns = new QSplitter(Qt::Horizontal, page);
    columns->setObjectName(QStringLiteral("reviewSplitter"));
    columns->addWidget(leftBox);
    columns->addWidget(tabs);
    columns->setStretchFactor(0, 3);
    columns->setStretchFactor(1, 2);
    columns->setSizes({720, 560});
    columns->setChildrenCollapsible(false);
    layout->addWidget(columns, 1);
}

QString allReviewedText() {
    return ReviewPage::tr("Every violation of this result is reviewed.");
}

// Without the keys of keyboards that nobody has any more (F13 to F35).
QList<QKeySequence> standardKeys(QKeySequence::StandardKey key) {
    auto keys = QKeySequence::keyBindings(key);
    keys.removeIf([](const QKeySequence& sequence) {
        const Qt::Key pressed = sequence[0].key();
        return pressed >= Qt::Key_F13 && pressed <= Qt::Key_F35;
    });
    return keys;
}

// Both habits: that of this desktop and Ctrl+Y, which every office program knows.
QList<QKeySequence> redoKeys() {
    auto keys = standardKeys(QKeySequence::Redo);
    const QKeySequence usual(Qt::CTRL | Qt::Key_Y);
    if (!keys.contains(usual)) {
        keys << usual;
    }
    return keys;
}

void ReviewPage::Private::makeActions() {
    using Keys = QList<QKeySequence>;
    keys = new KeyActions(page);
    previous = keys->add("previousViolationAction",
                         QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Previous violation"),
                         Keys{Qt::Key_P, QKeySequence(Qt::SHIFT | Qt::Key_M)},
                         "media-skip-backward", true, [this] { step(-1); });
    next =
        keys->add("nextViolationAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Next violation"),
                  Keys{Qt::Key_N, Qt::Key_M}, "media-skip-forward", true, [this] { step(1); });
    confirm = keys->add("confirmAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Confirm"),
                        Keys{Qt::Key_C}, "dialog-ok-apply", false,
                        [this] { violations->giveVerdict(ReviewVerdict::Confirmed); });
    falseAlarm =
        keys->add("falseAlarmAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "False alarm…"),
                  Keys{Qt::Key_X}, "dialog-cancel", false, [this] { violations->askForReason(); });
    undecided = keys->add("undecidedAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Undecided"),
                          Keys{Qt::Key_U}, "question", false,
                          [this] { violations->giveVerdict(ReviewVerdict::Undecided); });
    seen =
        keys->add("seenAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Looked at (my own mark)"),
                  Keys{Qt::Key_R}, "view-visible", false, [this] { toggleSeen(); });
    undoAction =
        keys->add("undoVerdictAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Undo"),
                  standardKeys(QKeySequence::Undo), "edit-undo", true, [this] { undo.undo(); });
    redoAction = keys->add("redoVerdictAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Redo"),
                           redoKeys(), "edit-redo", true, [this] { undo.redo(); });
    keys->add("noteAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Write a note"),
              Keys{QKeySequence(Qt::SHIFT | Qt::Key_N)}, "", false, [this] {
                  tabs->setCurrentWidget(violations);
                  violations->startNote();
              });
    const std::pair<const char*, QWidget*> pages[] = {
        {QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show the violations"), violations},
        {QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show the insertions"), insertions},
        {QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show the plan"), plan},
        {QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show the heat map"), heat},
        {QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show the charts"), charts}};
    for (int i = 0; i < int(std::size(pages)); ++i) {
        QWidget* shown = pages[i].second;
        keys->add(QStringLiteral("showTab%1Action").arg(i + 1).toLatin1().constData(),
                  pages[i].first, Keys{QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i))}, "", false,
                  [this, shown] { tabs->setCurrentWidget(shown); });
    }
    keys->add("timelineZoomInAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Timeline: zoom in"),
              Keys{Qt::Key_Plus, Qt::Key_Equal}, "", true,
              [this] { timeline->zoomAtPlayhead(1.5); });
    keys->add("timelineZoomOutAction",
              QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Timeline: zoom out"), Keys{Qt::Key_Minus},
              "", true, [this] { timeline->zoomAtPlayhead(1 / 1.5); });
    keys->add("timelineFitAction",
              QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Timeline: the whole pour"),
              Keys{QKeySequence(Qt::SHIFT | Qt::Key_Home)}, "", false, [this] { timeline->fit(); });
    keys->add("playEvidenceAction",
              QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Play the violation with lead-in"),
              Keys{Qt::Key_V}, "media-playback-start", false, [this] {
                  if (const auto* f = finding(violations->currentId())) {
                      playFrom(f->startS);
                  }
              });
    keys->add("findAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Search violations"),
              QKeySequence::keyBindings(QKeySequence::Find), "edit-find", false, [this] {
                  tabs->setCurrentWidget(violations);
                  auto* search =
                      violations->findChild<QLineEdit*>(QStringLiteral("violationSearchLineEdit"));
                  search->setFocus(Qt::ShortcutFocusReason);
                  search->selectAll();
              });
    keys->add("toggleRegionAction",
              QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show pour region and insertion discs"),
              Keys{Qt::Key_Z}, "", false, [this] {
                  auto options = player->options();
                  options.region = options.discs = !(options.region || options.discs);
                  player->setOptions(options);
              });
    openFolder = keys->add(
        "openResultFolderAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Result folder"), Keys{},
        "folder-open", false,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(data.resultDir)); });
    judgeAction =
        keys->add("judgeAgainAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Judge again…"),
                  Keys{QKeySequence(Qt::CTRL | Qt::Key_J)}, "view-refresh", false,
                  [this] { Q_EMIT page->judgeRequested(); });
    exportAction =
        keys->add("exportResultAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Export…"),
                  Keys{QKeySequence(Qt::CTRL | Qt::Key_E)}, "document-export", false,
                  [this] { Q_EMIT page->exportRequested(); });
    keys->add("leaveAction",
              QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Leave full screen or what was begun"),
              Keys{Qt::Key_Escape}, "", false, [this] {
                  if (editor->isActive() && editor->mode() != AnnotationEditor::Mode::Choose) {
                      editor->cancel();
                  } else if (fullScreen) {
                      setFullScreen(false);
                  } else if (editor->isActive()) {
                      annotate->setChecked(false);
                  }
              });
    makeAnnotationActions();
    annotateButton->setDefaultAction(annotate);
    folderButton->setDefaultAction(openFolder);
    exportButton->setDefaultAction(exportAction);
    judgeButton->setDefaultAction(judgeAction);
    violations->setVerdictActions(confirm, falseAlarm, undecided);
    player->setNavigationActions(previous, next);
    // The player's keys work in the whole page, the page's keys in the full-screen player.
    page->addActions(player->keys()->actions());
    player->addActions(keys->actions());
}

void ReviewPage::Private::makeAnnotationActions() {
    using Keys = QList<QKeySequence>;
    annotate = keys->addToggle(
        "annotateAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Correct by hand"),
        Keys{Qt::Key_E}, "document-edit", false, [this](bool on) { setAnnotating(on); });
    addPoker = keys->add("addPokerAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Add a poker"),
                         Keys{Qt::Key_A}, "", false, [this] {
                             player->pause();
                             editor->beginPoker();
                             player->view()->setFocus(Qt::OtherFocusReason);
                         });
    addInsertion = keys->add(
        "addInsertionAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Add an insertion"),
        Keys{QKeySequence(Qt::SHIFT | Qt::Key_I)}, "", false, [this] {
            player->pause();
            const auto in = player->rangeIn(), out = player->rangeOut();
            editor->beginInsertion(in && out ? std::optional(std::pair(*in, *out)) : std::nullopt);
            player->view()->setFocus(Qt::OtherFocusReason);
        });
    insertionStart = keys->add(
        "insertionStartAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Insertion starts here"),
        Keys{QKeySequence(Qt::SHIFT | Qt::Key_S)}, "", false, [this] { editor->setStart(); });
    insertionEnd = keys->add(
        "insertionEndAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Insertion ends here"),
        Keys{QKeySequence(Qt::SHIFT | Qt::Key_E)}, "", false, [this] { editor->setEnd(); });
    addFinding =
        keys->add("addFindingAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Add a violation…"),
                  Keys{QKeySequence(Qt::SHIFT | Qt::Key_V)}, "", false, [this] {
                      player->pause();
                      annotation->openForm(intervalText());
                  });
    removeThing = keys->add("removeByHandAction",
                            QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Remove what is chosen"),
                            Keys{Qt::Key_Delete}, "", false, [this] { removeChosen(); });
    removeTrack = keys->add("removeTrackAction",
                            QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Remove it from all frames"),
                            Keys{QKeySequence(Qt::SHIFT | Qt::Key_Delete)}, "", false,
                            [this] { editor->removeObject(true); });
    nextObject =
        keys->add("nextObjectAction",
                  QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Choose the next object in the picture"),
                  Keys{Qt::Key_W}, "", true, [this] { editor->chooseNext(); });
    nextPart = keys->add(
        "nextPartAction",
        QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Choose box, contact point, top or corner"),
        Keys{Qt::Key_D}, "", true, [this] { editor->chooseNextPart(); });
    acceptThing =
        keys->add("acceptByHandAction",
                  QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Take what is most likely meant"),
                  Keys{Qt::Key_Return, Qt::Key_Enter}, "", false, [this] { editor->accept(); });
    const auto nudge = [this](const char* name, const char* text, int key, int dx, int dy) {
        nudges << keys->add(name, text, Keys{QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key(key))}, "",
                            true, [this, dx, dy] { editor->nudge(dx, dy); });
    };
    nudge("nudgeLeftAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Move what is chosen left"),
          Qt::Key_Left, -1, 0);
    nudge("nudgeRightAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Move what is chosen right"),
          Qt::Key_Right, 1, 0);
    nudge("nudgeUpAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Move what is chosen up"),
          Qt::Key_Up, 0, -1);
    nudge("nudgeDownAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Move what is chosen down"),
          Qt::Key_Down, 0, 1);
    annotation->setActions({addPoker, addInsertion, insertionStart, insertionEnd, addFinding,
                            removeThing, removeTrack});
}

void ReviewPage::Private::connectAnnotation() {
    connect(editor, &AnnotationEditor::stateChanged, page, [this] { updateAnnotation(); });
    connect(editor, &AnnotationEditor::refused, page,
            [this](const QString& sentence) { page->showMessage(sentence); });
    connect(editor, &AnnotationEditor::corrected, page,
            [this](const QString& text, const QList<compliance::Correction>& corrections) {
                for (const auto& c : corrections) {
                    if (c.kind == compliance::Correction::Kind::Insertion && !c.remove) {
                        wantedInsertion = c.insertion;
                    }
                }
                pushCorrection(text, {corrections, {}, {}});
            });
    connect(annotation, &AnnotationBar::findingEntered, page,
            [this](const QString& rule, Severity severity, const QString& note) {
                enterFinding(rule, severity, note);
            });
    connect(annotation, &AnnotationBar::formClosed, page,
            [this] { player->view()->setFocus(Qt::OtherFocusReason); });
    connect(tabs, &QTabWidget::currentChanged, page, [this] { updateAnnotation(); });
    connect(player, &PlayerWidget::rangeChanged, page, [this] { updateAnnotation(); });
}

void ReviewPage::Private::setAnnotating(bool on) {
    editor->setActive(on);
    annotation->setVisible(on);
    if (on) {
        player->pause();
        player->view()->setFocus(Qt::OtherFocusReason);
    } else {
        annotation->closeForm();
    }
    updateAnnotation();
}

void ReviewPage::Private::pushCorrection(const QString& text, const CorrectionStep& wanted) {
    const auto step = std::make_shared<CorrectionStep>(wanted);
    messageBar->hide();
    undo.push(new ReviewCommand(
        text, [this, step] { Q_EMIT page->correctionRequested(step, true); },
        [this, step] { Q_EMIT page->correctionRequested(step, false); }));
}

// The range that is marked, or the second from the frame on screen.
std::pair<FrameIndex, FrameIndex> ReviewPage::Private::findingInterval() const {
    const auto video = player->video();
    const FrameIndex start =
        player->rangeIn().value_or(std::max<FrameIndex>(0, player->shownFrame()));
    if (!video) {
        return {start, start};
    }
    FrameIndex end = player->rangeOut().value_or(video->frameAt(video->timeS(start) + 1));
    if (end <= start) {
        end = video->frameAt(video->timeS(start) + 1);
    }
    return {start, end};
}

QString ReviewPage::Private::intervalText() const {
    const auto video = player->video();
    if (!video) {
        return {};
    }
    const auto [start, end] = findingInterval();
    const QString interval = ReviewPage::tr("%1 to %2 (frames %3 to %4)")
                                 .arg(timeText(video->timeS(start)), timeText(video->timeS(end)))
                                 .arg(start)
                                 .arg(end);
    return player->rangeIn() || player->rangeOut()
               ? interval
               : interval + QLatin1Char('\n') +
                     ReviewPage::tr("Mark a range with I and O for another interval.");
}

void ReviewPage::Private::enterFinding(const QString& rule, Severity severity,
                                       const QString& note) {
    const auto video = player->video();
    if (!video) {
        return;
    }
    compliance::Correction c;
    c.kind = compliance::Correction::Kind::Violation;
    Violation& v = c.violation;
    v.rule = rule.toStdString();
    v.severity = severity;
    std::tie(v.startFrame, v.endFrame) = findingInterval();
    v.startS = video->timeS(v.startFrame);
    v.endS = video->timeS(v.endFrame);
    if (const qint64 id = insertions->currentId(); id != 0) {
        const auto* in = insertion(id);
        if (in && in->startFrame <= v.endFrame && v.startFrame <= in->endFrame) {
            v.insertion = id;
        }
    }
    c.note = note.toStdString();
    if (const Status valid = compliance::validateCorrection(c, player->frameCount()); !valid.ok()) {
        page->showMessage(text::errorText(valid.error()));
        return;
    }
    wantsFinding = true;
    pushCorrection(ReviewPage::tr("Add a violation: %1").arg(text::ruleText(v.rule)),
                   {{c}, {}, {}});
}

ReviewPage::Private::Removable ReviewPage::Private::removable() const {
    if (editor->hasObject()) {
        return Removable::Object;
    }
    if (tabs->currentWidget() == violations) {
        const auto* v = violations->model()->find(violations->currentId());
        return v && v->entered() ? Removable::Finding : Removable::Nothing;
    }
    return insertion(insertions->currentId()) ? Removable::Insertion : Removable::Nothing;
}

void ReviewPage::Private::removeChosen() {
    switch (removable()) {
        case Removable::Object:
            editor->removeObject(false);
            return;
        case Removable::Insertion:
            editor->removeInsertion(insertions->currentId());
            return;
        case Removable::Finding: {
            const auto& wanted = *finding(violations->currentId());
            for (size_t i = 0; i < data.corrections.size(); ++i) {
                const auto& c = data.corrections[i];
                if (c.kind == compliance::Correction::Kind::Violation &&
                    c.violation.rule == wanted.rule && c.author == wanted.source &&
                    c.violation.startFrame == wanted.startFrame &&
                    c.violation.endFrame == wanted.endFrame) {
                    pushCorrection(
                        ReviewPage::tr("Remove a violation: %1").arg(text::ruleText(wanted.rule)),
                        {{}, {data.correctionIds.value(qsizetype(i))}, {}});
                    return;
                }
            }
            return;
        }
        case Removable::Nothing:
            return;
    }
}

void ReviewPage::Private::updateAnnotation() {
    const QString why = data.readOnly       ? data.readOnlyReason
                        : !data.hasResult   ? ReviewPage::tr("There is no result yet.")
                        : !player->isOpen() ? ReviewPage::tr("There is no video to show.")
                                            : data.whyNoCorrecting;
    if (!why.isEmpty() && annotate->isChecked() && !data.hasResult) {
        annotate->setChecked(false);
        return;  // comes here again
    }
    why.isEmpty() ? KeyActions::enable(annotate) : KeyActions::disable(annotate, why);
    const bool on = editor->isActive() && why.isEmpty();
    const QString off =
        why.isEmpty() ? ReviewPage::tr("Switch on \"Correct by hand\" first.") : why;
    const auto offer = [&](QAction* action, bool possible, const QString& reason) {
        !on        ? KeyActions::disable(action, off)
        : possible ? KeyActions::enable(action)
                   : KeyActions::disable(action, reason);
    };
    const bool shown = player->shownFrame() >= 0;
    const bool begun = editor->insertionBegun();
    const QString noPicture = ReviewPage::tr("There is no video to show.");
    for (auto* action : {addPoker, addInsertion, addFinding, nextObject, nextPart}) {
        offer(action, shown, noPicture);
    }
    const QString noInsertion = ReviewPage::tr("Choose an insertion first.");
    const bool hasInsertion = begun || insertion(insertions->currentId());
    offer(insertionStart, hasInsertion, noInsertion);
    offer(insertionEnd, hasInsertion, noInsertion);
    offer(
        removeThing, removable() != Removable::Nothing,
        ReviewPage::tr("Choose an object in the picture, an insertion in its list, or a violation "
                       "that was entered by hand."));
    offer(removeTrack, editor->hasObject() && editor->object()->track.valid(),
          ReviewPage::tr("Choose a tracked object in the picture first."));
    offer(acceptThing, editor->mode() != AnnotationEditor::Mode::Choose,
          ReviewPage::tr("There is nothing to take over."));
    for (auto* action : nudges) {
        offer(action, editor->hasObject(),
              ReviewPage::tr("Choose an object in the picture first."));
    }
    annotation->setHint(judging ? ReviewPage::tr("Judging with the correction…") : editor->hint());
    if (annotation->isFormOpen()) {
        annotation->setInterval(intervalText());
    }
}

void ReviewPage::Private::connectParts() {
    connectAnnotation();
    connect(player, &PlayerWidget::opened, page, [this] { updateAnnotation(); });
    connect(player, &PlayerWidget::frameShown, page, [this](FrameIndex frame, double timeS) {
        editor->setFrame(frame, timeS);
        timeline->setPosition(timeS);
        plan->setShownTime(timeS);
        if (frame == 0 && firstFrame.isNull()) {
            firstFrame = player->view()->image();
            heat->setFirstFrame(firstFrame);
        }
        Q_EMIT page->shownFrameChanged(frame, timeS);
    });
    connect(player, &PlayerWidget::snapshotFailed, page,
            [this](const QString& sentence) { page->showMessage(sentence); });
    connect(player, &PlayerWidget::fullScreenRequested, page,
            [this] { setFullScreen(!fullScreen); });
    connect(player, &PlayerWidget::rangeChanged, page, [this] {
        const auto video = player->video();
        const auto seconds = [&](std::optional<FrameIndex> f) {
            return f && video ? std::optional(video->timeS(*f)) : std::nullopt;
        };
        timeline->setRange(seconds(player->rangeIn()), seconds(player->rangeOut()));
        heat->setRange(player->rangeIn(), player->rangeOut());
    });
    connect(player, &PlayerWidget::pictureClicked, page, [this](const PointPx& at) {
        const auto* hit = player->view()->scene().nearestInsertion(
            at, player->shownFrame(), data.video.width * kInsertionClickShare);
        if (hit && player->options().discs) {
            insertions->select(hit->id);
            showCurrentInsertion(hit->id);
        }
    });
    connect(timeline, &TimelineStrip::seekRequested, page,
            [this](double timeS) { player->seekTime(timeS); });
    connect(timeline, &TimelineStrip::rangeDragged, page,
            [this](std::optional<double> inS, std::optional<double> outS) {
                const auto video = player->video();
                const auto frame = [&](std::optional<double> s) {
                    return s && video ? std::optional(video->frameAt(*s)) : std::nullopt;
                };
                player->setRange(frame(inS), frame(outS));
            });
    connect(timeline, &TimelineStrip::hovered, page,
            [this](double timeS) { showThumbnail(timeS); });
    connect(timeline, &TimelineStrip::violationClicked, page,
            [this](qint64 id) { page->showViolation(id); });
    connect(timeline, &TimelineStrip::violationDoubleClicked, page, [this](qint64 id) {
        page->showViolation(id);
        playFrom(finding(id)->startS);
    });
    connect(timeline, &TimelineStrip::insertionClicked, page, [this](qint64 id) {
        insertions->select(id);
        showCurrentInsertion(id);
    });
    connect(violations, &ViolationPanel::currentChanged, page, [this](qint64 id) {
        showCurrentViolation(id);
        goTo(id);
    });
    connect(violations, &ViolationPanel::activated, page, [this](qint64 id) {
        if (const auto* f = finding(id)) {
            playFrom(f->startS);
        }
    });
    connect(violations, &ViolationPanel::verdictRequested, page,
            [this](const QList<qint64>& ids, ReviewVerdict verdict, const QString& reason,
                   const QString& note) { setVerdicts(ids, verdict, reason, note); });
    connect(violations, &ViolationPanel::filterChanged, page, [this] {
        timeline->setVisibleViolations(
            violations->isFiltering() ? std::optional(violations->visibleIds()) : std::nullopt);
        updateActions();
    });
    const auto toInsertion = [this](qint64 id) {
        insertions->select(id);
        showCurrentInsertion(id);
        if (const auto* i = insertion(id)) {
            player->pause();
            player->seek(i->startFrame);
        }
    };
    connect(violations, &ViolationPanel::insertionRequested, page, [this, toInsertion](qint64 id) {
        tabs->setCurrentWidget(insertions);
        toInsertion(id);
    });
    connect(insertions, &InsertionPanel::currentChanged, page, toInsertion);
    connect(insertions, &InsertionPanel::activated, page, [this](qint64 id) {
        if (const auto* i = insertion(id)) {
            playFrom(i->startS);
        }
    });
    connect(heat, &HeatMapPanel::insertionClicked, page, toInsertion);
    connect(plan, &PlanPanel::insertionClicked, page, toInsertion);
    const auto tellWhere = [this](const QString& file) {
        page->showMessage(ReviewPage::tr("Saved as %1.").arg(QDir::toNativeSeparators(file)));
    };
    connect(plan, &PlanPanel::exported, page, tellWhere);
    connect(heat, &HeatMapPanel::exported, page, tellWhere);
    connect(plan, &PlanPanel::calibrateRequested, page, &ReviewPage::calibrateRequested);
    connect(plan, &PlanPanel::planReady, page, [this] {
        player->view()->scene().setPlan(plan->plan());
        player->overlayPanel()->setPlannedOffered(plan->plan() && !plan->plan()->planned.empty());
        player->view()->update();
    });
    connect(charts, &ChartsPanel::insertionsChosen, page,
            [this](const QList<qint64>& ids, const QString& label) {
                tabs->setCurrentWidget(insertions);
                insertions->showOnly(ids, label);
            });
    connect(charts, &ChartsPanel::violationsChosen, page,
            [this](const QList<qint64>& ids, const QString& label) {
                tabs->setCurrentWidget(violations);
                violations->showOnly(ids, label);
            });
    connect(charts, &ChartsPanel::projectChosen, page, &ReviewPage::projectRequested);
    connect(charts, &ChartsPanel::message, page, &ReviewPage::showMessage);
    connect(heat, &HeatMapPanel::heatReady, page, [this](const QImage& colours) {
        player->view()->scene().setHeat(colours, QSize(data.video.width, data.video.height),
                                        heat->grid() ? heat->grid()->maxS : 0);
        player->view()->update();
    });
    connect(dismiss, &QToolButton::clicked, messageBar, &QWidget::hide);
    connect(&undo, &QUndoStack::indexChanged, page, [this] { updateActions(); });
}

void ReviewPage::setData(ReviewData data) {
    d->undo.clear();
    d->show(std::move(data));
}

void ReviewPage::replaceFindings(ReviewData data) {
    d->show(std::move(data));
    if (d->insertion(d->wantedInsertion)) {
        d->insertions->select(d->wantedInsertion);
        d->showCurrentInsertion(d->wantedInsertion);
    }
    d->wantedInsertion = 0;
    if (d->wantsFinding) {
        d->wantsFinding = false;
        qint64 newest = 0;
        for (const ReviewViolation& v : d->data.violations) {
            newest = v.entered() ? std::max(newest, v.id) : newest;
        }
        if (newest != 0) {
            d->tabs->setCurrentWidget(d->violations);
            d->violations->select(newest);
            d->showCurrentViolation(newest);
        }
    }
    d->updateActions();
}

void ReviewPage::setJudging(bool judging) {
    d->judging = judging;
    d->updateAnnotation();
}

void ReviewPage::Private::show(ReviewData wanted) {
    const bool sameVideo = !wanted.videoPath.isEmpty() && wanted.videoPath == player->file();
    const qint64 violation = sameVideo ? violations->currentId() : 0;
    const qint64 currentInsertion = sameVideo ? insertions->currentId() : 0;
    data = std::move(wanted);
    const ReviewData& now = data;
    player->view()->scene().setData(now);
    violations->setInsertions(now.insertions);
    violations->setViolations(now.violations);
    violations->setReadOnly(now.readOnly, now.readOnlyReason);
    insertions->setInsertions(now.insertions);
    insertions->model()->setByHand(now.insertionsByHand);
    timeline->setByHand(now.insertionsByHand);
    timeline->setData(now.insertions, now.violations, now.video.durationS);
    timeline->setFramesPerS(now.video.variableFrameRate ? 0 : now.video.fps);
    plan->setBaseName(now.title);
    plan->setData(now);
    charts->setData(now);
    heat->setBaseName(now.title);
    heat->setData(now.tracks, now.insertions, QSize(now.video.width, now.video.height));
    player->setSnapshotFolder(player->snapshotFolder(), now.title);
    if (!sameVideo) {
        messageBar->hide();
        timeline->setPosition(0);
        violations->select(0);
        if (now.videoPath.isEmpty()) {
            player->closeVideo();
        } else {
            player->openVideo(now.videoPath);
        }
    }
    if (now.firstFrame) {
        firstFrame = *now.firstFrame;
    } else if (!sameVideo) {
        firstFrame = {};
    }
    if (!firstFrame.isNull()) {
        heat->setFirstFrame(firstFrame);
    }
    if (violations->model()->find(violation)) {
        violations->keep(violation);
    }
    showCurrentViolation(violations->currentId());
    if (insertion(currentInsertion)) {
        insertions->select(currentInsertion);
        showCurrentInsertion(currentInsertion);
    }
    editor->setData(now);
    retranslate();
}

const ReviewData& ReviewPage::data() const {
    return d->data;
}

void ReviewPage::clear() {
    setData({});
}

void ReviewPage::setHistory(qint64 id, const QList<VerdictEntry>& history) {
    setHistories({{id, history}});
}

void ReviewPage::setHistories(const QHash<qint64, QList<VerdictEntry>>& histories) {
    for (auto it = histories.begin(); it != histories.end(); ++it) {
        // The model's rows are in the order of the data.
        const int row = d->violations->model()->rowOf(it.key());
        if (row >= 0) {
            d->data.violations[row].history = it.value();
        }
    }
    d->violations->model()->setHistories(histories);
    d->timeline->setHistories(histories);
    d->charts->setData(d->data);
    d->updateActions();
}

void ReviewPage::showMessage(const QString& sentence, const QString& detail) {
    d->message->setText(sentence);
    d->message->setToolTip(detail);
    d->messageBar->setVisible(!sentence.isEmpty());
}

FrameIndex ReviewPage::shownFrame() const {
    return d->player->shownFrame();
}

void ReviewPage::seek(FrameIndex frame) {
    d->player->seek(frame);
}

void ReviewPage::comeBackTo(FrameIndex frame, qint64 violation) {
    if (d->finding(violation)) {
        d->violations->select(violation);
        d->showCurrentViolation(violation);
    }
    seek(frame);
}

void ReviewPage::showViolation(qint64 id) {
    if (!d->finding(id)) {
        return;
    }
    d->tabs->setCurrentWidget(d->violations);
    d->violations->select(id);
    d->showCurrentViolation(id);
    d->goTo(id);
}

QList<QAction*> ReviewPage::reviewActions() const {
    return d->keys->actions() + d->player->keys()->actions();
}

QByteArray ReviewPage::layoutState() const {
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << quint8(1) << qint32(d->tabs->currentIndex()) << qint32(d->charts->chart())
        << d->columns->saveState();
    return state;
}

void ReviewPage::restoreLayout(const QByteArray& state) {
    QDataStream in(state);
    quint8 version = 0;
    qint32 tab = 0, chart = 0;
    QByteArray columns;
    in >> version >> tab >> chart >> columns;
    if (in.status() == QDataStream::Ok && version == 1) {
        d->tabs->setCurrentIndex(std::clamp(int(tab), 0, d->tabs->count() - 1));
        d->charts->showChart(ReviewChart(chart));
        d->columns->restoreState(columns);
        d->columns->setChildrenCollapsible(false);
    }
}

PlayerWidget* ReviewPage::player() const {
    return d->player;
}

ViolationPanel* ReviewPage::violationPanel() const {
    return d->violations;
}

InsertionPanel* ReviewPage::insertionPanel() const {
    return d->insertions;
}

HeatMapPanel* ReviewPage::heatMapPanel() const {
    return d->heat;
}

PlanPanel* ReviewPage::planPanel() const {
    return d->plan;
}

ChartsPanel* ReviewPage::chartsPanel() const {
    return d->charts;
}

AnnotationEditor* ReviewPage::annotationEditor() const {
    return d->editor;
}

AnnotationBar* ReviewPage::annotationBar() const {
    return d->annotation;
}

TimelineStrip* ReviewPage::timeline() const {
    return d->timeline;
}

const Violation* ReviewPage::Private::finding(qint64 id) const {
    const auto* v = violations->model()->find(id);
    return v ? &v->finding : nullptr;
}

const Insertion* ReviewPage::Private::insertion(qint64 id) const {
    return insertions->model()->find(id);
}

void ReviewPage::Private::showCurrentViolation(qint64 id) {
    const auto* f = finding(id);
    timeline->setCurrentViolation(id);
    player->view()->scene().setCurrentViolation(
        f && f->verdict == Verdict::Violation ? std::optional(*f) : std::nullopt);
    if (f && f->insertion) {
        insertions->select(*f->insertion);
        showCurrentInsertion(*f->insertion);
    }
    plan->setCurrentViolation(f ? std::optional(*f) : std::nullopt);
    player->view()->update();
    updateActions();
    Q_EMIT page->currentViolationChanged(id);
}

void ReviewPage::Private::showCurrentInsertion(qint64 id) {
    timeline->setCurrentInsertion(id);
    editor->setCurrentInsertion(id == 0 ? std::nullopt : std::optional(id));
    heat->setCurrentInsertion(id);
    plan->setCurrentInsertion(id);
    player->view()->scene().setCurrentInsertion(id == 0 ? std::nullopt : std::optional(id));
    player->view()->update();
}

void ReviewPage::Private::goTo(qint64 id) {
    if (const auto* f = finding(id)) {
        player->pause();
        player->seek(f->startFrame);
        if (!player->isOpen()) {
            timeline->setPosition(f->startS);
        }
    }
}

void ReviewPage::Private::playFrom(double startS) {
    if (!player->isOpen()) {
        return;
    }
    player->pause();
    player->seekTime(std::max(0.0, startS - kLeadInS));
    player->play(1);
}

void ReviewPage::Private::step(int direction) {
    if (const qint64 id = violations->neighbour(direction, player->shownTimeS())) {
        page->showViolation(id);
    }
}

void ReviewPage::Private::applyVerdicts(const QList<VerdictChange>& changes) {
    QHash<qint64, QList<VerdictEntry>> histories;
    QList<VerdictChange> said;
    QList<qint64> ids;
    for (const auto& change : changes) {
        const auto* v = violations->model()->find(change.id);
        if (!v) {
            continue;
        }
        VerdictChange now = change;
        now.entry.author.clear();  // who is signed in, also when a former verdict is said again
        now.entry.when = QDateTime::currentDateTimeUtc();
        auto history = v->history;
        history.append(now.entry);
        histories.insert(change.id, history);
        said.append(now);
        ids.append(change.id);
    }
    if (said.isEmpty()) {
        return;
    }
    violations->model()->setSeen(ids, true);  // who judges has looked
    for (const qint64 id : ids) {
        data.violations[violations->model()->rowOf(id)].seenByMe = true;
    }
    page->setHistories(histories);
    for (const auto& change : said) {
        Q_EMIT page->verdictChanged(change.id, change.entry.verdict, change.entry.reason,
                                    change.entry.note);
    }
    Q_EMIT page->verdictsGiven(said);
    if (violations->model()->unreviewedCount() > 0 && message->text() == allReviewedText()) {
        messageBar->hide();
    }
    if (!ids.contains(violations->currentId())) {
        page->showViolation(ids.first());  // an undo shows what it changes
    }
}

void ReviewPage::Private::applySeen(const QList<qint64>& ids, bool on) {
    violations->model()->setSeen(ids, on);
    for (const qint64 id : ids) {
        const int row = violations->model()->rowOf(id);
        if (row >= 0) {
            data.violations[row].seenByMe = on;
        }
    }
    Q_EMIT page->seenChanged(ids, on);
    if (!ids.isEmpty() && !ids.contains(violations->currentId())) {
        page->showViolation(ids.first());
    }
    updateActions();
}

void ReviewPage::Private::toggleSeen() {
    QList<qint64> changed;
    const auto ids = violations->selectedIds();
    const bool on = std::any_of(ids.begin(), ids.end(), [this](qint64 id) {
        return !violations->model()->find(id)->seenByMe;
    });
    for (const qint64 id : ids) {
        if (violations->model()->find(id)->seenByMe != on) {
            changed.append(id);
        }
    }
    if (changed.isEmpty()) {
        return;
    }
    const qint64 following = on ? violations->nextOpen(ids, true) : 0;
    undo.push(new ReviewCommand(
        ReviewPage::tr("Looked at"), [this, changed, on] { applySeen(changed, on); },
        [this, changed, on] { applySeen(changed, !on); }));
    if (following != 0) {
        page->showViolation(following);
    }
}

void ReviewPage::Private::setVerdicts(const QList<qint64>& ids, ReviewVerdict verdict,
                                      const QString& reason, const QString& note) {
    // Decided before anything changes: a filter may hide the rows once they have their verdict.
    const qint64 following = violations->nextOpen(ids);
    const auto* current = violations->model()->find(violations->currentId());
    const bool onlyNote = current && ids == QList{current->id} && current->verdict() == verdict &&
                          current->lastNote() != note;
    QList<VerdictChange> now, before;
    for (const qint64 id : ids) {
        if (const auto* v = violations->model()->find(id)) {
            before.append({id, v->history.isEmpty() ? VerdictEntry{} : v->history.last()});
            now.append({id, {verdict, reason, note, {}, {}}});
        }
    }
    const QString what = onlyNote ? ReviewPage::tr("Note") : cvd::ui::verdictText(verdict);
    undo.push(new ReviewCommand(
        what, [this, now] { applyVerdicts(now); }, [this, before] { applyVerdicts(before); }));
    if (onlyNote) {
        return;
    }
    if (following != 0) {
        page->showViolation(following);
    } else if (violations->model()->unreviewedCount() == 0) {
        page->showMessage(allReviewedText());
    }
}

void ReviewPage::Private::showThumbnail(double timeS) {
    if (timeS < 0 || !player->isOpen()) {
        return;
    }
    wantedThumbnailS = timeS;
    if (!thumbnails) {
        thumbnails = new FrameSource(page, false);
        connect(thumbnails, &FrameSource::opened, page,
                [this](const std::shared_ptr<const OpenedVideo>& video) {
                    thumbnailVideo = video;
                    showThumbnail(wantedThumbnailS);
                });
        connect(thumbnails, &FrameSource::frameReady, page,
                [this](FrameIndex frame, double at, const QImage& image) {
                    timeline->setThumbnail(frame, at, image);
                });
    }
    if (thumbnailFile != player->file()) {
        thumbnailFile = player->file();
        thumbnailVideo.reset();
        thumbnails->open(thumbnailFile);
    } else if (thumbnailVideo) {
        thumbnails->request(thumbnailVideo->frameAt(timeS));
    }
}

void ReviewPage::Private::setFullScreen(bool on) {
    if (on == fullScreen) {
        return;
    }
    fullScreen = on;
    if (on) {
        splitterSizes = left->sizes();
        player->setParent(page, Qt::Window);
        player->setWindowTitle(data.title);
        player->showFullScreen();
        player->view()->setFocus(Qt::OtherFocusReason);
        return;
    }
    player->hide();
    player->setWindowState(Qt::WindowNoState);
    left->insertWidget(0, player);
    left->setSizes(splitterSizes);
    player->show();
    // X11 tells the window below that it is active before the one that went has said goodbye, and
    // Qt ends up with none: no key of the page would work any more.
    page->window()->activateWindow();
    QApplication::setActiveWindow(page->window());
    player->view()->setFocus(Qt::OtherFocusReason);
}

void ReviewPage::Private::updateFacts() {
    title->setToolTip(data.title);
    title->setAccessibleName(data.title);
    QStringList parts;
    if (data.hasResult) {
        const QString name = data.profileName.isEmpty() ? data.profileId : data.profileName;
        parts << ReviewPage::tr("Profile %1 %2").arg(name, data.profileVersion).trimmed();
        parts << (data.radiusM > 0 ? ReviewPage::tr("R %1 mm").arg(qRound(data.radiusM * 1000))
                                   : ReviewPage::tr("R unknown"));
        parts << ReviewPage::tr("Model %1 %2").arg(data.modelName, data.modelVersion).trimmed();
        parts << (data.calibration ? ReviewPage::tr("calibrated")
                                   : ReviewPage::tr("not calibrated"));
    } else if (!data.videoPath.isEmpty()) {
        parts << ReviewPage::tr("not judged yet");
    }
    factsText = parts.join(QStringLiteral("   \u00B7   "));
    fitFacts();
    facts->setToolTip(data.profileId.isEmpty()
                          ? QString()
                          : ReviewPage::tr("The rule profile, the radius of action and the model "
                                           "that this result was judged with") +
                                QLatin1Char('\n') + factsText);
}

// In a narrow window the middles of title and facts give way, the facts' first; the tooltips have
// all of them.
void ReviewPage::Private::fitFacts() {
    const QMargins edge = header->layout()->contentsMargins();
    int room = page->width() - edge.left() - edge.right();
    for (const auto* button :
         {backButton, annotateButton, judgeButton, folderButton, exportButton}) {
        room -= button->sizeHint().width() + header->layout()->spacing();
    }
    room -= header->layout()->spacing();
    constexpr int kSlackPx = 4;
    const int titlePx = title->fontMetrics().horizontalAdvance(data.title) + kSlackPx;
    const int factsPx = facts->fontMetrics().horizontalAdvance(factsText) + kSlackPx;
    const int titleRoom = std::min(titlePx, std::max({kLeastTitlePx, room / 2, room - factsPx}));
    title->setText(title->fontMetrics().elidedText(data.title, Qt::ElideMiddle, titleRoom));
    facts->setText(facts->fontMetrics().elidedText(factsText, Qt::ElideMiddle, room - titleRoom));
}

void ReviewPage::Private::updateActions() {
    const auto* v = violations->model()->find(violations->currentId());
    const bool judged = v && v->finding.verdict == Verdict::Violation;
    for (auto* action : {confirm, falseAlarm, undecided, seen}) {
        if (data.readOnly) {
            KeyActions::disable(action, data.readOnlyReason);
        } else if (!judged) {
            KeyActions::disable(action, v ? ReviewPage::tr("This rule could not be judged.")
                                          : ReviewPage::tr("Choose a violation first."));
        } else {
            KeyActions::enable(action);
        }
    }
    for (auto* action : {previous, next}) {
        if (violations->filter()->rowCount() == 0) {
            KeyActions::disable(action, ReviewPage::tr("The list of violations is empty."));
        } else {
            KeyActions::enable(action);
        }
    }
    KeyActions::setDetail(undoAction, undo.undoText());
    KeyActions::setDetail(redoAction, undo.redoText());
    undo.canUndo() ? KeyActions::enable(undoAction)
                   : KeyActions::disable(undoAction, ReviewPage::tr("There is nothing to undo."));
    undo.canRedo() ? KeyActions::enable(redoAction)
                   : KeyActions::disable(redoAction, ReviewPage::tr("There is nothing to redo."));
    for (auto* action : {openFolder, exportAction, judgeAction}) {
        if (data.resultDir.isEmpty()) {
            KeyActions::disable(action, ReviewPage::tr("There is no result yet."));
        } else {
            KeyActions::enable(action);
        }
    }
    updateAnnotation();
    const int open = violations->model()->unreviewedCount();
    tabs->setTabText(
        0, open > 0 ? ReviewPage::tr("Violations (%1)").arg(open) : ReviewPage::tr("Violations"));
}

void ReviewPage::Private::retranslate() {
    keys->retranslate();
    tabs->setTabText(1, ReviewPage::tr("Insertions"));
    tabs->setTabText(tabs->indexOf(plan), ReviewPage::tr("Plan"));
    tabs->setTabText(tabs->indexOf(heat), ReviewPage::tr("Heat map"));
    tabs->setTabText(tabs->indexOf(charts), ReviewPage::tr("Charts"));
    dismiss->setText(QStringLiteral("\u2715"));
    dismiss->setToolTip(ReviewPage::tr("Dismiss"));
    dismiss->setAccessibleName(dismiss->toolTip());
    tabs->setAccessibleName(ReviewPage::tr("Findings"));
    backButton->setToolTip(ReviewPage::tr("Back to the project"));
    backButton->setAccessibleName(backButton->toolTip());
    const QString profile = data.profileName.isEmpty() ? data.profileId : data.profileName;
    violations->setEmptyText(
        data.hasResult
            ? ReviewPage::tr("No violation was found with the profile %1.").arg(profile)
            : ReviewPage::tr("This video has not been judged yet. Run the detection first."));
    insertions->setEmptyText(
        data.hasResult ? ReviewPage::tr("No insertion of a poker was seen in this video.")
                       : ReviewPage::tr("This video has not been judged yet. Run the detection "
                                        "first."));
    updateFacts();
    updateActions();
}

void ReviewPage::Private::applyPalette() {
    keys->applyPalette(page->palette());
    backButton->setIcon(symbolIcon(QStringLiteral("go-previous"), page->palette()));
    QPalette bar = page->palette();
    const auto colours = ReviewColours::of(page->palette());
    QColor mixed = colours.surface;
    mixed.setRgbF(float(mixed.redF() * 0.82 + colours.major.redF() * 0.18),
                  float(mixed.greenF() * 0.82 + colours.major.greenF() * 0.18),
                  float(mixed.blueF() * 0.82 + colours.major.blueF() * 0.18));
    bar.setColor(QPalette::Window, mixed);
    messageBar->setPalette(bar);
}

void ReviewPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    d->fitFacts();
}

void ReviewPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        d->retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        d->applyPalette();
    }
    QWidget::changeEvent(event);
}

bool ReviewPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (keyBelongsTo(qobject_cast<QWidget*>(watched), *key)) {
            event->accept();
            return true;
        }
    }
    // A full-screen player that the window manager closes comes back into the page.
    if (event->type() == QEvent::Close && watched == d->player && d->fullScreen) {
        event->ignore();
        d->setFullScreen(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ReviewPage::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) {
        d->player->keyReleased(event->key());
    }
    QWidget::keyReleaseEvent(event);
}

}  // namespace cvd::ui
