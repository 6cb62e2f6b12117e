#include "ui/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDir>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "core/projects/project_report.h"
#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/language.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

using report::ExportOutcome;
using report::ExportProgress;
using report::ExportStage;
using report::Part;
using report::Which;

namespace {

const QString kFolderRole = QStringLiteral("export");
constexpr int kProgressEveryMs = 100;

QString partText(Part part) {
    switch (part) {
        case Part::Pdf:
            return ExportDialog::tr("&Report to sign (PDF)");
        case Part::Xlsx:
            return ExportDialog::tr("&Workbook with pictures (XLSX)");
        case Part::Csv:
            return ExportDialog::tr("Tables (CS&V)");
        case Part::Json:
            return ExportDialog::tr("Data for programs (&JSON)");
        case Part::Clips:
            return ExportDialog::tr("C&lip of each violation (MP4)");
        case Part::Video:
            return ExportDialog::tr("The whole video with o&verlays (MP4)");
        case Part::Package:
            return ExportDialog::tr("&Evidence package with manifest (ZIP)");
        case Part::Files:
            break;
    }
    return ExportDialog::tr("The result's own &files");
}

QString stageText(ExportStage stage) {
    switch (stage) {
        case ExportStage::Preparing:
            return ExportDialog::tr("Preparing…");
        case ExportStage::Copying:
            return ExportDialog::tr("Copying the result's files…");
        case ExportStage::Pictures:
            return ExportDialog::tr("Pictures of the violations…");
        case ExportStage::Document:
            return ExportDialog::tr("Writing the report…");
        case ExportStage::Tables:
            return ExportDialog::tr("Writing the tables…");
        case ExportStage::Clips:
            return ExportDialog::tr("Cutting the clips…");
        case ExportStage::Video:
            return ExportDialog::tr("Writing the video…");
        case ExportStage::Packing:
            return ExportDialog::tr("Packing the evidence…");
    }
    return {};
}

bool needsVideo(Part part) {
    return part == Part::Clips || part == Part::Video;
}

// What "Open" opens: the first of these that was made.
QString mainFile(const ExportOutcome& outcome) {
    for (const char* name : {"report.pdf", "report.xlsx", "report-violations.csv", "annotated.mp4",
                             "evidence.zip", "report.json"}) {
        if (outcome.files.contains(QLatin1String(name))) {
            return QDir(outcome.folder).filePath(QLatin1String(name));
        }
    }
    return outcome.files.isEmpty() ? QString()
                                   : QDir(outcome.folder).filePath(outcome.files.first());
}

qint64 bytesOf(const ExportOutcome& outcome) {
    qint64 bytes = 0;
    for (const QString& name : outcome.files) {
        bytes += QFileInfo(QDir(outcome.folder).filePath(name)).size();
    }
    return bytes;
}

Result<ExportOutcome> makeExport(projects::ProjectService& service,
                                 const accounts::Session& session, const ExportSubject& subject,
                                 const report::ExportOptions& options, const QDate& pourDate,
                                 const QString& folder,
                                 const std::function<void(const ExportProgress&)>& progress,
                                 const std::atomic<bool>& stop) {
    progress({});
    CVD_TRY_ASSIGN(auto data,
                   projects::reportOf(service, session, subject.project, subject.result));
    data.pourDate = pourDate;
    CVD_TRY_ASSIGN(auto outcome, report::exportReport(data, options, folder, progress, stop));
    projects::recordExport(service, session, subject.project, outcome);
    return outcome;
}

}  // namespace

ExportDialog::ExportDialog(AppContext& context, ExportSubject subject, QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_subject(std::move(subject)),
      m_target(mutedLabel(this)),
      m_stage(mutedLabel(this)),
      m_done(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_banner(new Banner(this)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export “%1”").arg(m_subject.title));
    m_noVideo = whyNoVideo();
    build();
    updateState();
}

ExportDialog::~ExportDialog() {
    if (m_watcher) {
        *m_stop = true;
        m_watcher->waitForFinished();
    }
}

// --- Construction ---

void ExportDialog::build() {
    m_folder = new QLineEdit(this);
    m_folder->setObjectName(QStringLiteral("exportFolderLineEdit"));
    const QString last = m_context.settings.lastFolder(kFolderRole);
    m_folder->setText(QDir::toNativeSeparators(
        QFileInfo(last).isDir()
            ? last
            : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)));
    m_choose = new QPushButton(tr("C&hoose…"), this);
    m_choose->setObjectName(QStringLiteral("chooseExportFolderPushButton"));
    auto* label = fieldLabel(m_folder);
    label->setText(tr("Into the folder"));
    m_target->setObjectName(QStringLiteral("exportTargetLabel"));
    m_target->setWordWrap(true);
    m_done->setObjectName(QStringLiteral("exportDoneLabel"));
    m_done->setWordWrap(true);
    m_done->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_bar->setObjectName(QStringLiteral("exportProgressBar"));
    m_bar->setTextVisible(false);
    const auto button = [this](const QString& text, const char* name) {
        auto* b = new QPushButton(text, this);
        b->setObjectName(QLatin1String(name));
        return b;
    };
    m_open = button(tr("&Open"), "openExportPushButton");
    m_show = button(tr("&Show in folder"), "showExportPushButton");
    m_cancel = button(tr("Cancel"), "cancelExportPushButton");
    m_start = button(tr("Export"), "startExportPushButton");
    m_start->setDefault(true);
    makePrimary(m_start);
    auto* folderRow = new QHBoxLayout;
    folderRow->setSpacing(kGap);
    folderRow->addWidget(label);
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(m_choose);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_open);
    buttons->addWidget(m_show);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGap);
    column->addWidget(m_banner);
    column->addWidget(choices());
    column->addLayout(folderRow);
    column->addWidget(m_target);
    column->addWidget(m_stage);
    column->addWidget(m_bar);
    column->addWidget(m_done);
    column->addStretch();
    column->addLayout(buttons);
    resize(720, sizeHint().height());
    connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::updateState);
    connect(m_choose, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_cancel, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_outcome && !asking().show(mainFile(*m_outcome))) {
            m_banner->showText(Banner::Kind::Info,
                               tr("No program on this computer opens %1.")
                                   .arg(QDir::toNativeSeparators(mainFile(*m_outcome))));
        }
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (m_outcome) {
            asking().show(m_outcome->folder);
        }
    });
}

QWidget* ExportDialog::choices() {
    auto* both = new QWidget(this);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGroupGap * 2);
    row->addWidget(formats());
    row->addWidget(options(), 1);
    return both;
}

QWidget* ExportDialog::formats() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    auto* head = new QLabel(tr("What to write"), box);
    head->setProperty("role", "head");
    column->addWidget(head);
    const QStringList before = m_context.settings.exportParts();
    for (const Part part : {Part::Pdf, Part::Xlsx, Part::Csv, Part::Json, Part::Clips, Part::Video,
                            Part::Package, Part::Files}) {
        auto* check = new QCheckBox(partText(part), box);
        const QString name = QLatin1String(report::partName(part));
        check->setObjectName(QStringLiteral("%1ExportCheckBox").arg(name));
        if (needsVideo(part)) {
            setEnabledOrWhy(check, m_noVideo);
        }
        check->setChecked(check->isEnabled() && before.contains(name));
        connect(check, &QCheckBox::toggled, this, &ExportDialog::updateState);
        column->addWidget(check);
        m_formats.append({part, check});
    }
    column->addStretch();
    return box;
}

QWidget* ExportDialog::options() {
    auto* box = new QWidget(this);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    int line = 0;
    const auto head = [&](const QString& text) {
        auto* label = new QLabel(text, box);
        label->setProperty("role", "head");
        grid->addWidget(label, line++, 0, 1, 2);
    };
    const auto check = [&](const QString& text, const char* name) {
        auto* c = new QCheckBox(text, box);
        c->setObjectName(QLatin1String(name));
        c->setChecked(true);
        return c;
    };
    head(tr("Report and tables"));
    m_which = new QComboBox(box);
    m_which->setObjectName(QStringLiteral("exportWhichComboBox"));
    m_which->addItem(tr("All findings"), int(Which::All));
    if (m_subject.shown) {
        m_which->addItem(tr("As filtered on the screen (%1)").arg(m_subject.shown->size()),
                         int(Which::Filtered));
    }
    m_which->addItem(tr("Confirmed violations only"), int(Which::Confirmed));
    m_which->setCurrentIndex(
        std::max(0, m_which->findData(int(m_subject.shown ? Which::Filtered : Which::All))));
    auto* whichLabel = fieldLabel(m_which);
    whichLabel->setText(tr("F&indings"));
    grid->addWidget(whichLabel, line, 0);
    grid->addWidget(m_which, line++, 1);
    m_language = new QComboBox(box);
    m_language->setObjectName(QStringLiteral("exportLanguageComboBox"));
    for (const QString& code : languages()) {
        m_language->addItem(languageName(code), code);
    }
    m_language->setCurrentIndex(std::max(0, m_language->findData(language())));
    auto* languageLabel = fieldLabel(m_language);
    languageLabel->setText(tr("L&anguage"));
    grid->addWidget(languageLabel, line, 0);
    grid->addWidget(m_language, line++, 1);
    m_hasDate = check(tr("&Day of the pour"), "exportHasDateCheckBox");
    m_hasDate->setChecked(false);
    m_hasDate->setToolTip(tr("Left open on the cover when it is not given."));
    m_date = new QDateEdit(QDate::currentDate(), box);
    m_date->setObjectName(QStringLiteral("exportDateEdit"));
    m_date->setCalendarPopup(true);
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_date->setAccessibleName(tr("Day of the pour"));
    connect(m_hasDate, &QCheckBox::toggled, this, [this] { updateState(); });
    grid->addWidget(m_hasDate, line, 0);
    grid->addWidget(m_date, line++, 1);
    head(tr("Pages of the PDF"));
    m_pictures = check(tr("Picture of each violation"), "exportPicturesCheckBox");
    m_plan = check(tr("Plan and heat map"), "exportPlanCheckBox");
    m_insertions = check(tr("Table of insertions"), "exportInsertionsCheckBox");
    m_signatures = check(tr("Fields for signatures"), "exportSignaturesCheckBox");
    grid->addWidget(m_pictures, line, 0);
    grid->addWidget(m_plan, line++, 1);
    grid->addWidget(m_insertions, line, 0);
    grid->addWidget(m_signatures, line++, 1);
    head(tr("Pictures, clips and video"));
    m_overlay = check(tr("Boxes and points"), "exportOverlayCheckBox");
    m_caption = check(tr("Line that names the violation"), "exportCaptionCheckBox");
    grid->addWidget(m_overlay, line, 0);
    grid->addWidget(m_caption, line++, 1);
    m_lead = new QDoubleSpinBox(box);
    m_lead->setObjectName(QStringLiteral("exportLeadSpinBox"));
    m_lead->setRange(0, 60);
    m_lead->setDecimals(1);
    m_lead->setValue(2);
    m_lead->setSuffix(tr(" s", "seconds after a number"));
    auto* leadLabel = fieldLabel(m_lead);
    leadLabel->setText(tr("Clip: before and af&ter"));
    grid->addWidget(leadLabel, line, 0);
    grid->addWidget(m_lead, line++, 1);
    grid->setRowStretch(line, 1);
    return box;
}

// --- What can be done ---

QString ExportDialog::whyNoVideo() const {
    const auto video =
        m_context.workspace.projects().playableVideo(m_context.session, m_subject.project);
    if (video.ok()) {
        return {};
    }
    const auto result = m_context.workspace.projects().result(m_context.session, m_subject.result);
    const bool burnt = result.ok() && QFileInfo::exists(result->file(QStringLiteral("result.mp4")));
    return burnt ? QString() : text::errorText(video.error());
}

bool ExportDialog::chosen(Part part) const {
    return std::any_of(m_formats.begin(), m_formats.end(), [&](const Format& f) {
        return f.part == part && f.box->isEnabled() && f.box->isChecked();
    });
}

QString ExportDialog::whyNotStart() const {
    const bool any = std::any_of(m_formats.begin(), m_formats.end(),
                                 [](const Format& f) { return f.box->isChecked(); });
    if (!any) {
        return tr("Choose at least one thing to write.");
    }
    return m_folder->text().trimmed().isEmpty() ? tr("Choose a folder.") : QString();
}

void ExportDialog::updateState() {
    const bool running = isRunning();
    const bool done = m_outcome.has_value();
    const QString busy = running ? tr("An export is under way.") : QString();
    for (const Format& format : m_formats) {
        setEnabledOrWhy(format.box, !busy.isEmpty()           ? busy
                                    : needsVideo(format.part) ? m_noVideo
                                                              : QString());
    }
    const auto enable = [&](std::initializer_list<QWidget*> widgets, bool used,
                            const QString& why) {
        for (QWidget* w : widgets) {
            setEnabledOrWhy(w, !busy.isEmpty() ? busy : used ? QString() : why);
        }
    };
    const bool packed = chosen(Part::Package);
    const bool pdf = chosen(Part::Pdf) || packed;
    const bool tables =
        pdf || chosen(Part::Xlsx) || chosen(Part::Csv) || chosen(Part::Json) || chosen(Part::Clips);
    const bool moving = chosen(Part::Clips) || packed;
    const QString noPaper = tr("Choose the report first.");
    enable({m_which}, tables, tr("Choose a report, a table or clips first."));
    enable({m_language}, true, {});
    enable({m_hasDate, m_pictures, m_plan, m_insertions, m_signatures}, pdf, noPaper);
    enable({m_overlay, m_caption}, pdf || moving || chosen(Part::Video) || chosen(Part::Xlsx),
           tr("Choose something with pictures first."));
    enable({m_lead}, moving, tr("Choose the clips first."));
    enable({m_folder, m_choose}, true, {});
    setEnabledOrWhy(m_date, !m_hasDate->isEnabled()  ? m_hasDate->toolTip()
                            : m_hasDate->isChecked() ? QString()
                                                     : tr("Tick the box on the left first."));
    setEnabledOrWhy(m_start, !busy.isEmpty() ? busy : whyNotStart());
    m_start->setText(done ? tr("Export again") : tr("Export"));
    m_cancel->setText(done && !running ? tr("Close") : tr("Cancel"));
    m_open->setVisible(done);
    m_show->setVisible(done);
    m_done->setVisible(done);
    m_stage->setVisible(running);
    m_bar->setVisible(running);
    m_target->setVisible(!running && !done);
    m_target->setText(
        m_folder->text().trimmed().isEmpty()
            ? QString()
            : tr("The files go into %1.")
                  .arg(QDir::toNativeSeparators(report::freshFolder(
                      QDir::fromNativeSeparators(m_folder->text().trimmed()), m_subject.title))));
}

void ExportDialog::chooseFolder() {
    const QString folder = asking().chooseFolder(this, tr("Choose a folder for the export"),
                                                 QDir::fromNativeSeparators(m_folder->text()));
    if (!folder.isEmpty()) {
        m_folder->setText(QDir::toNativeSeparators(folder));
    }
}

report::ExportOptions ExportDialog::wanted() const {
    report::ExportOptions options;
    for (const Format& format : m_formats) {
        if (format.box->isChecked()) {
            options.parts.append(format.part);
        }
    }
    options.selection.which = Which(m_which->currentData().toInt());
    if (options.selection.which == Which::Filtered) {
        options.selection.keys = *m_subject.shown;
    }
    options.language = m_language->currentData().toString();
    options.pages.pictures = m_pictures->isChecked();
    options.pages.plan = m_plan->isChecked();
    options.pages.insertions = m_insertions->isChecked();
    options.pages.signatures = m_signatures->isChecked();
    options.burnIn.overlay = m_overlay->isChecked();
    options.burnIn.caption = m_caption->isChecked();
    options.burnIn.leadS = m_lead->value();
    return options;
}

void ExportDialog::remember() const {
    QStringList parts;
    for (const Format& format : m_formats) {
        if (format.box->isChecked()) {
            parts << QLatin1String(report::partName(format.part));
        }
    }
    m_context.settings.setExportParts(parts);
    m_context.settings.setLastFolder(kFolderRole,
                                     QDir::fromNativeSeparators(m_folder->text().trimmed()));
}

// --- The work ---

void ExportDialog::start() {
    if (isRunning() || !whyNotStart().isEmpty()) {
        return;
    }
    const report::ExportOptions options = wanted();
    const QString folder = report::freshFolder(
        QDir::fromNativeSeparators(m_folder->text().trimmed()), m_subject.title);
    remember();
    m_banner->clear();
    m_outcome.reset();
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_watcher = new QFutureWatcher<Made>(this);
    connect(m_watcher, &QFutureWatcherBase::finished, this, &ExportDialog::finish);
    // Ten times a second is often enough; the dialog outlives the work.
    const auto tell = [this, clock = std::make_shared<QElapsedTimer>()](const ExportProgress& p) {
        if (!clock->isValid() || clock->elapsed() >= kProgressEveryMs) {
            clock->start();
            QMetaObject::invokeMethod(
                this, [this, p] { showProgress(p); }, Qt::QueuedConnection);
        }
    };
    const QDate day = m_hasDate->isChecked() ? m_date->date() : QDate();
    m_watcher->setFuture(QtConcurrent::run([settings = m_context.workspace.settings(),
                                            library = m_context.workspace.library().root(),
                                            session = m_context.session, subject = m_subject,
                                            options, folder, day, tell, stop = m_stop]() -> Made {
        return std::make_shared<Result<ExportOutcome>>(withOwnServices(
            settings, library, [&](projects::ProjectService& service, storage::Database&) {
                return makeExport(service, session, subject, options, day, folder, tell, *stop);
            }));
    }));
    showProgress({});
    m_cancel->setEnabled(true);
    updateState();
}

void ExportDialog::showProgress(const ExportProgress& progress) {
    if (!isRunning()) {
        return;
    }
    m_stage->setText(stageText(progress.stage));
    m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0) {
        m_bar->setValue(int(progress.done * 1000 / progress.total));
    }
}

void ExportDialog::finish() {
    const Made made = m_watcher->result();
    m_watcher->deleteLater();
    m_watcher = nullptr;
    m_cancel->setEnabled(true);
    if (made->ok()) {
        m_outcome = **made;
        QStringList said{
            tr("%n file(s), %1, in %2", nullptr, int(m_outcome->files.size()))
                .arg(bytesText(bytesOf(*m_outcome)), QDir::toNativeSeparators(m_outcome->folder))};
        m_done->setText((said + m_outcome->notes).join(QLatin1Char('\n')));
    } else if (made->error().kind == ErrorKind::Cancelled) {
        m_banner->showText(Banner::Kind::Info,
                           tr("The export was cancelled. Nothing of it was kept."));
    } else {
        m_banner->showError(made->error());
    }
    updateState();
    (m_outcome ? m_open : m_start)->setFocus();
    Q_EMIT ended();
}

void ExportDialog::reject() {
    if (isRunning()) {
        *m_stop = true;
        m_stage->setText(tr("Cancelling…"));
        setEnabledOrWhy(m_cancel, tr("It is being cancelled."));
        return;
    }
    QDialog::reject();
}

}  // namespace cvd::ui
