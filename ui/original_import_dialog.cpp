#include "ui/original_import_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "core/accounts/password.h"
#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

using projects::OriginalReport;

namespace {

struct Request {
    storage::ConnectionSettings original, target;
    QString library;
    accounts::Session session;
    accounts::PasswordCost cost;
    projects::OriginalImport options;
};

// In the worker thread.
Result<OriginalReport> work(const Request& request) {
    CVD_TRY_ASSIGN(const auto original,
                   storage::Database::open(request.original, storage::OpenMode::Existing));
    CVD_TRY_ASSIGN(const auto target, storage::Database::open(request.target));
    const projects::MediaLibrary library(request.library);
    return projects::importOriginal(*original, *target, library, request.session, request.options,
                                    request.cost);
}

QString outcomeText(OriginalReport::Outcome outcome, bool dryRun) {
    switch (outcome) {
        case OriginalReport::Outcome::Taken:
            return dryRun ? OriginalImportDialog::tr("Would be taken over")
                          : OriginalImportDialog::tr("Taken over");
        case OriginalReport::Outcome::TakenBefore:
            return OriginalImportDialog::tr("Taken over before");
        case OriginalReport::Outcome::SameName:
            return OriginalImportDialog::tr("Somebody of this name is here");
        case OriginalReport::Outcome::NotTaken:
            return OriginalImportDialog::tr("Not taken over");
    }
    return {};
}

}  // namespace

OriginalImportDialog::OriginalImportDialog(AppContext& context, QWidget* parent)
    : QDialog(parent), m_context(context) {
    setObjectName(QStringLiteral("originalImportDialog"));
    setWindowTitle(tr("Take over the original system"));
    build();
    resize(820, 620);
    updateState();
}

OriginalImportDialog::~OriginalImportDialog() {
    if (m_watcher) {
        *m_stop = true;
        m_watcher->waitForFinished();
    }
}

void OriginalImportDialog::build() {
    auto* lead = mutedLabel(this);
    lead->setWordWrap(true);
    lead->setText(
        tr("People, projects and videos come from the original system's MySQL database and media "
           "folder, which are only read. Passwords are hashed on the way and have to be changed at "
           "the next sign-in. It is safe to do this again."));
    m_banner = new Banner(this);
    m_server = new QLineEdit(this);
    m_server->setObjectName(QStringLiteral("originalServerLineEdit"));
    m_server->setPlaceholderText(QStringLiteral("mysql://root@192.168.1.10:3306/cvd"));
    m_password = new QLineEdit(this);
    m_password->setObjectName(QStringLiteral("originalPasswordLineEdit"));
    m_password->setEchoMode(QLineEdit::Password);
    m_media = new QLineEdit(this);
    m_media->setObjectName(QStringLiteral("originalMediaLineEdit"));
    m_browse = new QPushButton(tr("Browse…"), this);
    m_link = new QCheckBox(tr("Leave the videos where they are instead of copying them"), this);
    m_reset = new QCheckBox(tr("Take no passwords over; I give everybody a new one"), this);
    m_reset->setObjectName(QStringLiteral("originalResetCheckBox"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    const std::pair<QString, QLineEdit*> fields[] = {{tr("&Database of the original"), m_server},
                                                     {tr("&Password of its server"), m_password},
                                                     {tr("&Media folder"), m_media}};
    int row = 0;
    for (const auto& [text, edit] : fields) {
        QLabel* label = fieldLabel(edit);
        label->setText(text);
        grid->addWidget(label, row, 0);
        grid->addWidget(edit, row++, 1);
        connect(edit, &QLineEdit::textChanged, this, &OriginalImportDialog::updateState);
    }
    grid->addWidget(m_browse, row - 1, 2);
    grid->addWidget(m_link, row++, 1, 1, 2);
    grid->addWidget(m_reset, row, 1, 1, 2);
    m_table = new QTableWidget(0, 4, this);
    m_table->setObjectName(QStringLiteral("originalTableWidget"));
    m_table->setHorizontalHeaderLabels({tr("Kind"), tr("Name"), tr("Outcome"), tr("Remark")});
    m_table->setAccessibleName(tr("What is taken over"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setTabKeyNavigation(false);
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("originalSummaryLabel"));
    m_summary->setWordWrap(true);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_look = new QPushButton(tr("Look first"), this);
    m_look->setObjectName(QStringLiteral("originalLookPushButton"));
    m_take = new QPushButton(tr("Take over"), this);
    m_take->setObjectName(QStringLiteral("originalTakePushButton"));
    makePrimary(m_take);
    m_close = new QPushButton(tr("Close"), this);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_bar, 1);
    buttons->addStretch();
    buttons->addWidget(m_look);
    buttons->addWidget(m_take);
    buttons->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGap);
    column->addWidget(lead);
    column->addWidget(m_banner);
    column->addLayout(grid);
    column->addWidget(m_table, 1);
    column->addWidget(m_summary);
    column->addLayout(buttons);
    connect(m_browse, &QPushButton::clicked, this, [this] {
        const QString folder =
            asking().chooseFolder(this, tr("Choose the media folder"), m_media->text());
        if (!folder.isEmpty()) {
            m_media->setText(folder);
        }
    });
    connect(m_look, &QPushButton::clicked, this, [this] { run(true); });
    connect(m_take, &QPushButton::clicked, this, [this] { run(false); });
    connect(m_close, &QPushButton::clicked, this, &OriginalImportDialog::reject);
}

QString OriginalImportDialog::whatIsMissing() const {
    if (isRunning()) {
        return tr("It is running.");
    }
    if (m_server->text().trimmed().isEmpty()) {
        return tr("Say where the original's database is.");
    }
    return m_media->text().trimmed().isEmpty() ? tr("Say where the original's media folder is.")
                                               : QString();
}

void OriginalImportDialog::updateState() {
    const QString missing = whatIsMissing();
    setEnabledOrWhy(m_look, missing);
    setEnabledOrWhy(m_take, missing);
    for (QWidget* w : std::initializer_list<QWidget*>{m_server, m_password, m_media, m_browse,
                                                      m_link, m_reset}) {
        setEnabledOrWhy(w, isRunning() ? tr("One moment…") : QString());
    }
    m_bar->setVisible(isRunning());
    m_close->setText(isRunning() ? tr("Cancel") : tr("Close"));
}

void OriginalImportDialog::run(bool dryRun) {
    Request request;
    auto parsed = storage::parseDatabaseUrl(m_server->text().trimmed());
    if (!parsed.ok()) {
        m_banner->showError(parsed.error());
        return;
    }
    request.original = *parsed;
    request.original.password = m_password->text();
    request.target = m_context.workspace.settings();
    request.library = m_context.workspace.library().root();
    request.session = m_context.session;
    request.cost = m_context.config.accounts.cost;
    request.options.mediaFolder = m_media->text().trimmed();
    request.options.dryRun = dryRun;
    request.options.keepPasswords = !m_reset->isChecked();
    request.options.mode =
        m_link->isChecked() ? projects::ImportMode::Link : projects::ImportMode::Copy;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    request.options.cancelled = [stop = m_stop] { return stop->load(); };
    request.options.progress = [this](int done, int total, const QString&) {
        QMetaObject::invokeMethod(
            m_bar,
            [bar = m_bar, done, total] {
                bar->setRange(0, total);
                bar->setValue(done);
            },
            Qt::QueuedConnection);
    };
    m_banner->clear();
    m_summary->clear();
    m_dryRun = dryRun;
    m_bar->setRange(0, 0);
    m_watcher = new QFutureWatcher<Outcome>(this);
    connect(m_watcher, &QFutureWatcherBase::finished, this, &OriginalImportDialog::finish);
    m_watcher->setFuture(QtConcurrent::run([request]() -> Outcome {
        return std::make_shared<Result<OriginalReport>>(work(request));
    }));
    updateState();
}

void OriginalImportDialog::finish() {
    const Outcome outcome = m_watcher->result();
    m_watcher->deleteLater();
    m_watcher = nullptr;
    updateState();
    if (!outcome->ok()) {
        m_banner->showError(outcome->error());
    } else {
        show(outcome->value());
    }
    if (!m_dryRun) {
        Q_EMIT takenOver();
    }
}

void OriginalImportDialog::show(const OriginalReport& report) {
    using What = OriginalReport::What;
    m_table->setRowCount(0);
    m_table->setRowCount(int(report.lines.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const OriginalReport::Line& line = report.lines[row];
        QString remark;
        if (!line.problem.ok()) {
            remark = text::errorText(line.problem.error());
        } else if (line.needsPassword) {
            remark = tr("Needs a new password");
        }
        const QString cells[] = {line.what == What::User ? tr("Person") : tr("Project"), line.name,
                                 outcomeText(line.outcome, m_dryRun), remark};
        for (int column = 0; column < 4; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            m_table->setItem(row, column, item);
        }
    }
    const QString pattern =
        m_dryRun
            ? tr("%1 people and %2 projects would be taken over, %3 projects not. Nothing changed.")
            : tr("%1 people and %2 projects were taken over, %3 projects not.");
    m_summary->setText(pattern.arg(report.count(What::User, OriginalReport::Outcome::Taken))
                           .arg(report.count(What::Project, OriginalReport::Outcome::Taken))
                           .arg(report.count(What::Project, OriginalReport::Outcome::NotTaken)));
}

// The first Escape or Cancel stops the work, the next one closes.
void OriginalImportDialog::reject() {
    if (m_watcher) {
        *m_stop = true;
        return;
    }
    QDialog::reject();
}

}  // namespace cvd::ui
