#include "ui/import_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/language.h"
#include "ui/models_page.h"
#include "ui/profile_choice.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {
namespace {

enum Column { Name, File, Size, State, ColumnCount };
constexpr int kDoneRole = Qt::UserRole + 1;

}  // namespace

QString videoFileFilter() {
    return ImportDialog::tr("Videos (%1);;All files (%2)")
        .arg(QStringLiteral("*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.ts *.mts *.mpg *.mpeg *.wmv "
                            "*.3gp *.MP4 *.MOV *.AVI *.MTS"),
             QStringLiteral("*"));
}

bool looksLikeVideo(const QString& file) {
    return QFileInfo(file).isFile();
}

ImportDialog::ImportDialog(AppContext& context, const QStringList& files, QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_files(new QTableWidget(0, ColumnCount, this)),
      m_add(new QPushButton(tr("Add files…"), this)),
      m_copy(new QRadioButton(tr("Copy into the library (the original may go)"), this)),
      m_link(new QRadioButton(tr("Link to the file where it is (it must stay there)"), this)),
      m_profile(new QComboBox(this)),
      m_calibration(new QLineEdit(this)),
      m_chooseCalibration(new QPushButton(tr("Choose…"), this)),
      m_run(new QCheckBox(tr("Run the detection right after the import"), this)),
      m_banner(new Banner(this)),
      m_bar(new QProgressBar(this)),
      m_progress(mutedLabel(this)),
      m_import(new QPushButton(tr("Import"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
    setWindowTitle(tr("Import video"));
    setObjectName(QStringLiteral("importDialog"));
    build();
    addFiles(files);
    updateState();
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::build() {
    m_files->setObjectName(QStringLiteral("importFilesTableWidget"));
    m_files->setHorizontalHeaderLabels({tr("Project name"), tr("File"), tr("Size"), tr("State")});
    m_files->verticalHeader()->hide();
    m_files->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 16);
    m_files->setShowGrid(false);
    m_files->setWordWrap(false);
    m_files->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_files->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_files->setTabKeyNavigation(false);
    m_files->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_files->horizontalHeader()->setStretchLastSection(true);
    m_files->horizontalHeader()->setHighlightSections(false);
    m_files->setColumnWidth(Name, 220);
    m_files->setColumnWidth(File, 180);
    m_files->setColumnWidth(Size, 90);
    m_files->setAccessibleName(tr("Files to import"));
    m_add->setObjectName(QStringLiteral("addFilesPushButton"));
    m_copy->setObjectName(QStringLiteral("copyRadioButton"));
    m_link->setObjectName(QStringLiteral("linkRadioButton"));
    m_profile->setObjectName(QStringLiteral("importProfileComboBox"));
    m_calibration->setObjectName(QStringLiteral("calibrationLineEdit"));
    m_calibration->setPlaceholderText(tr("None: distances cannot be judged"));
    m_calibration->setClearButtonEnabled(true);
    m_chooseCalibration->setObjectName(QStringLiteral("chooseCalibrationPushButton"));
    m_run->setObjectName(QStringLiteral("runAfterImportCheckBox"));
    m_bar->setObjectName(QStringLiteral("importProgressBar"));
    m_bar->setTextVisible(false);
    m_import->setObjectName(QStringLiteral("importPushButton"));
    m_cancel->setObjectName(QStringLiteral("cancelImportPushButton"));
    makePrimary(m_import);
    m_import->setDefault(true);
    m_copy->setChecked(true);
    m_run->setChecked(true);
    fillProfiles(m_profile, m_context.settings.profile());

    auto* profileLabel = fieldLabel(m_profile);
    profileLabel->setText(tr("&Rule profile"));
    auto* calibrationLabel = fieldLabel(m_calibration);
    calibrationLabel->setText(tr("Cali&bration file"));
    auto* videoLabel = new QLabel(tr("Video file"), this);
    auto* filesHead = new QHBoxLayout;
    auto* hint = mutedLabel(this);
    hint->setText(tr("Double-click a name to change it."));
    filesHead->addWidget(hint);
    filesHead->addStretch();
    filesHead->addWidget(m_add);
    auto* calibrationRow = new QHBoxLayout;
    calibrationRow->setSpacing(kGap);
    calibrationRow->addWidget(m_calibration, 1);
    calibrationRow->addWidget(m_chooseCalibration);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    grid->addWidget(videoLabel, 0, 0);
    grid->addWidget(m_copy, 0, 1);
    grid->addWidget(m_link, 1, 1);
    grid->addWidget(profileLabel, 2, 0);
    grid->addWidget(m_profile, 2, 1);
    grid->addWidget(calibrationLabel, 3, 0);
    grid->addLayout(calibrationRow, 3, 1);
    grid->addWidget(m_run, 4, 1);
    grid->setColumnStretch(1, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_import);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGap);
    column->addWidget(m_banner);
    column->addLayout(filesHead);
    column->addWidget(m_files, 1);
    column->addSpacing(kGap);
    column->addLayout(grid);
    column->addSpacing(kGap);
    column->addWidget(m_bar);
    column->addLayout(buttons);
    m_bar->hide();
    resize(800, 560);

    setTabOrder(m_cancel, m_import);
    connect(m_add, &QPushButton::clicked, this, &ImportDialog::chooseFiles);
    connect(m_chooseCalibration, &QPushButton::clicked, this, &ImportDialog::chooseCalibration);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::start);
    connect(m_cancel, &QPushButton::clicked, this, &ImportDialog::reject);
}

void ImportDialog::addFiles(const QStringList& files) {
    for (const QString& file : files) {
        const QFileInfo info(file);
        const int row = m_files->rowCount();
        m_files->insertRow(row);
        auto* name = new QTableWidgetItem(info.completeBaseName().left(100));
        auto* path = new QTableWidgetItem(info.fileName());
        path->setData(Qt::UserRole, info.absoluteFilePath());
        path->setToolTip(info.absoluteFilePath());
        auto* size = new QTableWidgetItem(bytesText(info.size()));
        size->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto* state = new QTableWidgetItem(tr("Ready"));
        for (QTableWidgetItem* item : {path, size, state}) {
            item->setFlags(item->flags() & ~Qt::ItemIsEditable);
        }
        m_files->setItem(row, Name, name);
        m_files->setItem(row, File, path);
        m_files->setItem(row, Size, size);
        m_files->setItem(row, State, state);
    }
    updateState();
}

void ImportDialog::chooseFiles() {
    const QString role = QStringLiteral("video");
    const QStringList files = asking().openFiles(
        this, tr("Choose videos"), m_context.settings.lastFolder(role), videoFileFilter());
    if (!files.isEmpty()) {
        m_context.settings.setLastFolder(role, QFileInfo(files.first()).absolutePath());
        addFiles(files);
    }
}

void ImportDialog::chooseCalibration() {
    const QString role = QStringLiteral("calibration");
    const QStringList files = asking().openFiles(
        this, tr("Choose a calibration file"), m_context.settings.lastFolder(role),
        tr("Calibration (%1);;All files (%2)").arg(QStringLiteral("*.json"), QStringLiteral("*")));
    if (!files.isEmpty()) {
        m_context.settings.setLastFolder(role, QFileInfo(files.first()).absolutePath());
        m_calibration->setText(files.first());
    }
}

void ImportDialog::setRowState(int row, const QString& text, const QString& toolTip) {
    m_files->item(row, State)->setText(text);
    m_files->item(row, State)->setToolTip(toolTip.isEmpty() ? text : toolTip);
}

void ImportDialog::start() {
    QList<ImportItem> items;
    m_rows.clear();
    for (int row = 0; row < m_files->rowCount(); ++row) {
        if (!m_files->item(row, State)->data(kDoneRole).toBool()) {
            items.append({m_files->item(row, File)->data(Qt::UserRole).toString(),
                          m_files->item(row, Name)->text().trimmed()});
            m_rows.append(row);
            setRowState(row, tr("Waiting"));
        }
    }
    if (items.isEmpty()) {
        return;
    }
    m_refused = 0;
    m_reasons.clear();
    m_banner->clear();
    m_task = std::make_unique<ImportTask>(
        m_context.workspace.projects(), m_context.workspace.library().root(), m_context.session,
        items, m_link->isChecked() ? projects::ImportMode::Link : projects::ImportMode::Copy);
    connect(m_task.get(), &ImportTask::progress, this, [this](int i, qint64 done, qint64 total) {
        const int permille = total > 0 ? int(1000 * done / total) : 0;
        m_bar->setRange(0, int(m_rows.size()) * 1000);
        m_bar->setValue(i * 1000 + permille);
        setRowState(m_rows[i], tr("Reading, %1 %").arg(permille / 10));
        m_progress->setText(tr("File %1 of %2: %3 of %4", "number, count, bytes, bytes")
                                .arg(i + 1)
                                .arg(m_rows.size())
                                .arg(bytesText(done), bytesText(total)));
    });
    connect(m_task.get(), &ImportTask::imported, this, &ImportDialog::afterImport);
    connect(m_task.get(), &ImportTask::refused, this, &ImportDialog::showRefusal);
    connect(m_task.get(), &ImportTask::finished, this, &ImportDialog::finish);
    m_bar->setRange(0, 0);
    m_task->start();
    updateState();
}

void ImportDialog::afterImport(int item, ProjectId project) {
    const int row = m_rows[item];
    m_files->item(row, State)->setData(kDoneRole, true);
    m_imported.append(project);
    QString state = tr("Imported");
    QString problem;
    if (!m_calibration->text().trimmed().isEmpty()) {
        const Status status = m_context.workspace.projects().importCalibration(
            m_context.session, project, m_calibration->text().trimmed());
        if (!status.ok()) {
            problem = text::errorText(status.error());
        }
    }
    if (problem.isEmpty() && m_run->isChecked()) {
        jobs::JobOptions options;
        options.profile = profileReference(m_profile->currentData().toString());
        options.device = m_context.settings.device();
        options.writeVideo = m_context.settings.writeVideo();
        const auto model = modelLibrary(m_context).defaultModel();
        options.modelFile = model.ok() ? model->manifestFile : m_context.config.defaultModelFile;
        const auto job = m_context.workspace.queue().enqueue(m_context.session, project, options);
        if (job.ok()) {
            state = tr("Imported, detection queued");
        } else {
            problem = text::errorText(job.error());
        }
    }
    setRowState(row, state);
    if (!problem.isEmpty()) {
        ++m_refused;  // keeps the dialog open, so that the reason is read
        m_banner->showText(Banner::Kind::Error, problem);
    }
    Q_EMIT projectImported(project);
}

void ImportDialog::showRefusal(int item, const Error& error) {
    ++m_refused;
    const int row = m_rows[item];
    setRowState(row, tr("Refused"), text::errorText(error));
    m_reasons << QStringLiteral("%1: %2").arg(m_files->item(row, File)->text(),
                                              text::errorText(error));
    if (m_reasons.size() == 1) {
        m_banner->showError(error);
    } else {
        m_banner->showText(
            Banner::Kind::Error,
            tr("%n file(s) were refused. The details say why.", nullptr, int(m_reasons.size())),
            m_reasons.join(QStringLiteral("\n\n")));
    }
}

void ImportDialog::finish(bool cancelled) {
    m_task.release()->deleteLater();
    m_bar->hide();
    m_progress->clear();
    for (const int row : m_rows) {
        if (cancelled && !m_files->item(row, State)->data(kDoneRole).toBool()) {
            setRowState(row, tr("Cancelled"));
        }
    }
    if (!cancelled && m_refused == 0) {
        accept();
        return;
    }
    updateState();
}

void ImportDialog::reject() {
    if (m_task) {
        m_task->cancel();
        m_progress->setText(tr("Cancelling…"));
        return;
    }
    if (m_imported.isEmpty()) {
        QDialog::reject();
    } else {
        accept();  // something was imported: the caller shows it
    }
}

void ImportDialog::updateState() {
    const bool running = m_task != nullptr;
    int open = 0;
    for (int row = 0; row < m_files->rowCount(); ++row) {
        const auto* state = m_files->item(row, State);
        open += !(state && state->data(kDoneRole).toBool());
    }
    for (QWidget* w :
         std::initializer_list<QWidget*>{m_add, m_copy, m_link, m_profile, m_calibration,
                                         m_chooseCalibration, m_run, m_files}) {
        setEnabledOrWhy(w, running ? tr("The import is running.") : QString());
    }
    m_bar->setVisible(running);
    setEnabledOrWhy(m_import, running     ? tr("The import is running.")
                              : open == 0 ? tr("Add a video file first.")
                                          : QString());
    m_cancel->setText(running || m_imported.isEmpty() ? tr("Cancel") : tr("Close"));
}

}  // namespace cvd::ui
