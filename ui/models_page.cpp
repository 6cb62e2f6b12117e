#include "ui/models_page.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QProgressBar>
#include <QSplitter>
#include <QTableView>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/help/guide_document.h"
#include "ui/language.h"
#include "ui/models_model.h"
#include "ui/theme.h"

namespace cvd::ui {

using models::InstalledModel;

namespace {

constexpr qint64 kLargestCard = 1 << 20;  // bytes

QString fromFile(const QString& name) {
    QFile file(name);
    return !name.isEmpty() && file.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(file.read(kLargestCard))
               : QString();
}

// Markdown would take these for its own.
QString escaped(QString text) {
    for (const char c : {'\\', '|', '*', '_', '`', '#', '<', '>', '[', ']'}) {
        text.replace(QLatin1Char(c), QLatin1Char('\\') + QString(QLatin1Char(c)));
    }
    return text.replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString tableRow(const QString& name, const QString& value) {
    return value.isEmpty() ? QString()
                           : QStringLiteral("| %1 | %2 |\n").arg(escaped(name), escaped(value));
}

// What the manifests of the shipped models say in sentences.
[[maybe_unused]] constexpr const char* kManifestTexts[] = {
    QT_TRANSLATE_NOOP(
        "models",
        "Pokers with their two ends, hoes and people on concreting sites. 2.9 million "
        "weights, for two CPU cores."),
    QT_TRANSLATE_NOOP("models",
                      "Same as the program; trained on rendered pictures and on photographs under "
                      "CC BY 4.0, credited in the model card"),
};

QString manifestText(const std::string& english) {
    return QCoreApplication::translate("models", english.c_str());
}

// A card in the user's language stands beside the other one. It speaks for the version that its
// heading names, so that a translation that was left behind is not shown.
QString cardOf(const InstalledModel& model) {
    const QString own = fromFile(model.cardFile);
    if (own.isEmpty() || language() == QLatin1String("en")) {
        return own;
    }
    const QFileInfo file(model.cardFile);
    const QString translated = fromFile(
        file.dir().filePath(QStringLiteral("%1.%2.md").arg(file.completeBaseName(), language())));
    const QString heading = translated.section(QLatin1Char('\n'), 0, 0);
    const QString version = QString::fromStdString(model.manifest.version);
    if (heading.split(QLatin1Char(' ')).contains(version)) {
        return translated;
    }
    return QStringLiteral("*%1*\n\n")
               .arg(ModelsPage::tr("This model's card is not there in your language.")) +
           own;
}

}  // namespace

models::ModelLibrary modelLibrary(AppContext& context) {
    const QString shipped = context.config.defaultModelFile;
    return {&context.workspace.database(),
            shipped.isEmpty() ? QString() : QFileInfo(shipped).absolutePath(),
            dataDir() + QStringLiteral("/models")};
}

ModelsPage::ModelsPage(AppContext& context, QWidget* parent)
    : Page(parent), m_context(context), m_model(new ModelsModel(this)) {
    m_banner = new Banner(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addWidget(head());
    column->addWidget(m_banner);
    column->addWidget(body(), 1);
    connect(m_import, &QPushButton::clicked, this, [this] { import({}); });
    connect(m_default, &QPushButton::clicked, this, &ModelsPage::makeDefault);
    connect(m_remove, &QPushButton::clicked, this, &ModelsPage::remove);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        *m_stop = true;
        setEnabledOrWhy(m_cancel, tr("Cancelling…"));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showCard();
        updateActions();
    });
    setFirstFocus(m_table);
    ModelsPage::retranslate();
    ModelsPage::restyle();
}

ModelsPage::~ModelsPage() {
    if (m_watcher) {
        *m_stop = true;
        m_watcher->waitForFinished();  // the staged copy goes with its result
    }
}

QWidget* ModelsPage::head() {
    auto* row = new QWidget(this);
    m_title = titleLabel(row, "modelsTitleLabel");
    m_progress = mutedLabel(row);
    m_bar = new QProgressBar(row);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setMaximumWidth(160);
    m_cancel = new QPushButton(row);
    m_cancel->setObjectName(QStringLiteral("cancelModelImportPushButton"));
    m_default = new QPushButton(row);
    m_default->setObjectName(QStringLiteral("defaultModelPushButton"));
    m_remove = new QPushButton(row);
    m_remove->setObjectName(QStringLiteral("removeModelPushButton"));
    m_remove->setProperty("danger", true);
    m_import = new QPushButton(row);
    m_import->setObjectName(QStringLiteral("importModelPushButton"));
    makePrimary(m_import);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_title);
    layout->addStretch(1);
    for (QWidget* w : std::initializer_list<QWidget*>{m_progress, m_bar, m_cancel, m_default,
                                                      m_remove, m_import}) {
        layout->addWidget(w);
    }
    for (QWidget* w : std::initializer_list<QWidget*>{m_progress, m_bar, m_cancel}) {
        w->hide();
    }
    return row;
}

QWidget* ModelsPage::body() {
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("modelsTableView"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 16);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_card = new QTextBrowser(this);
    m_card->setObjectName(QStringLiteral("modelCardTextBrowser"));
    m_card->setOpenExternalLinks(true);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_card);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

const InstalledModel* ModelsPage::current() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first().row());
}

void ModelsPage::refresh() {
    const InstalledModel* before = current();
    const QString kept = before ? before->name : QString();
    const models::ModelLibrary library = modelLibrary(m_context);
    const auto chosen = library.defaultName();
    if (!chosen.ok()) {
        Q_EMIT failed(chosen.error());
    }
    m_model->setModels(library.models(), chosen.ok() ? *chosen : QString());
    const int row = m_model->rowOf(kept.isEmpty() && chosen.ok() ? *chosen : kept);
    if (m_model->rowCount() > 0) {
        m_table->selectRow(std::max(0, row));
    }
    showCard();
    updateActions();
}

QString ModelsPage::whyNotChange() const {
    if (!m_context.session.isAdministrator()) {
        return tr("Only administrators change the models.");
    }
    return isImporting() ? tr("A model is being imported.") : QString();
}

void ModelsPage::updateActions() {
    const InstalledModel* model = current();
    const QString none = model ? QString() : tr("Select a model first.");
    const QString change = whyNotChange();
    const auto first = [](const QStringList& reasons) {
        for (const QString& reason : reasons) {
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return QString();
    };
    setEnabledOrWhy(m_import, change);
    setEnabledOrWhy(
        m_default,
        first(
            {change, none,
             model && !model->problem.ok() ? text::errorText(model->problem.error()) : QString(),
             model && m_model->isDefault(*model) ? tr("It is the default already.") : QString()}));
    setEnabledOrWhy(m_remove, first({change, none,
                                     model && model->shipped
                                         ? tr("It came with the program and cannot be removed.")
                                         : QString()}));
    for (QWidget* w : std::initializer_list<QWidget*>{m_progress, m_bar, m_cancel}) {
        w->setVisible(isImporting());
    }
}

void ModelsPage::showCard() {
    const InstalledModel* model = current();
    if (model == nullptr) {
        m_card->setMarkdown(tr("No model is installed. Detections cannot run without one."));
        return;
    }
    QString text = QStringLiteral("# %1\n\n").arg(escaped(model->name));
    if (!model->problem.ok()) {
        m_card->setMarkdown(text + escaped(text::errorText(model->problem.error())));
        return;
    }
    const inference::ModelManifest& m = model->manifest;
    text += escaped(manifestText(m.description)) + QStringLiteral("\n\n");
    text += QStringLiteral("| %1 | |\n|---|---|\n").arg(tr("In short"));
    text += tableRow(tr("Version"), QString::fromStdString(m.version));
    text += tableRow(tr("Licence"), manifestText(m.licence));
    for (const inference::ModelFigure& figure : m.figures) {
        text += tableRow(QString::fromStdString(figure.name), QString::fromStdString(figure.value));
    }
    QStringList thresholds;
    for (int c = 0; c < kObjectClassCount; ++c) {
        thresholds << QStringLiteral("%1 %2").arg(
            text::classText(static_cast<ObjectClass>(c)),
            QLocale().toString(double(m.defaultThreshold[c]), 'f', 2));
    }
    text += tableRow(tr("Thresholds"), thresholds.join(QStringLiteral(", ")));
    text += tableRow(tr("SHA-256"), QString::fromStdString(m.sha256));
    text += tableRow(tr("File"), QString::fromStdString(m.file.string()));
    const QString card = cardOf(*model);
    text += card.isEmpty() ? QStringLiteral("\n\n%1\n").arg(tr("This model has no card."))
                           : QStringLiteral("\n\n---\n\n") + card;
    m_card->document()->setMarkdown(
        text, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub |
                                              QTextDocument::MarkdownNoHTML));
    guide::Layout layout;
    layout.font = font();
    guide::dress(*m_card->document(), layout);
    m_card->document()->setDocumentMargin(12);
    m_card->moveCursor(QTextCursor::Start);
}

// --- Changes ---

void ModelsPage::import(const QStringList& files) {
    if (!whyNotChange().isEmpty()) {
        return;
    }
    QStringList chosen = files;
    if (chosen.isEmpty()) {
        const QString role = QStringLiteral("model");
        chosen = asking().openFiles(
            this, tr("Choose a model"), m_context.settings.lastFolder(role),
            tr("Models (%1);;All files (%2)")
                .arg(QStringLiteral("*.ts *.pt *.torchscript *.json"), QStringLiteral("*")));
        if (chosen.isEmpty()) {
            return;
        }
        m_context.settings.setLastFolder(role, QFileInfo(chosen.first()).absolutePath());
    }
    m_banner->clear();
    m_importing = QFileInfo(chosen.first()).fileName();
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_watcher = new QFutureWatcher<Staged>(this);
    connect(m_watcher, &QFutureWatcherBase::finished, this, &ModelsPage::finishImport);
    models::ModelImport request;
    request.file = chosen.first();
    models::ProbeControl control;
    control.cancelled = [stop = m_stop] { return stop->load(); };
    m_watcher->setFuture(QtConcurrent::run(
        [request, control, folder = modelLibrary(m_context).userFolder()]() -> Staged {
            return std::make_shared<Result<models::StagedModel>>(
                models::stageModel(folder, request, control));
        }));
    setEnabledOrWhy(m_cancel, {});
    retranslate();
}

void ModelsPage::finishImport() {
    const Staged staged = m_watcher->result();
    m_watcher->deleteLater();
    m_watcher = nullptr;
    if (!staged->ok()) {
        if (staged->error().kind != ErrorKind::Cancelled) {
            report(staged->error());
        }
        updateActions();
        return;
    }
    const models::ProbeReport tried = staged->value().report();
    const bool guessed = staged->value().guessed();
    const auto added = modelLibrary(m_context).add(m_context.session, std::move(*staged).value());
    if (!added.ok()) {
        report(added.error());
        updateActions();
        return;
    }
    refresh();
    m_table->selectRow(m_model->rowOf(added->name));
    const QString found =
        tr("%1 was imported: %2, input %3 × %4, %5 s for a frame on this processor.")
            .arg(added->name, decoderText(added->manifest.decoder))
            .arg(added->manifest.inputWidth)
            .arg(added->manifest.inputHeight)
            .arg(QLocale().toString(tried.detectS, 'f', 3));
    m_banner->showText(Banner::Kind::Info,
                       guessed ? found + QLatin1Char(' ') +
                                     tr("It came without a manifest; its classes are assumed.")
                               : found);
    Q_EMIT modelsChanged();
}

void ModelsPage::report(const Status& status) {
    if (status.ok()) {
        m_banner->clear();
        return;
    }
    m_banner->showError(status.error());
    Q_EMIT failed(status.error());
}

void ModelsPage::makeDefault() {
    if (const InstalledModel* model = current()) {
        const Status done = modelLibrary(m_context).setDefault(m_context.session, model->name);
        report(done);
        refresh();
        Q_EMIT modelsChanged();
    }
}

void ModelsPage::remove() {
    const InstalledModel* model = current();
    if (model == nullptr ||
        !asking().confirm(this, {tr("Remove model"),
                                 tr("Remove %1 from this computer? Results that were made with it "
                                    "stay, and keep its name and hash.")
                                     .arg(model->name),
                                 tr("Remove"), true})) {
        return;
    }
    report(modelLibrary(m_context).remove(m_context.session, model->name));
    refresh();
    Q_EMIT modelsChanged();
}

void ModelsPage::retranslate() {
    m_title->setText(tr("Models"));
    m_import->setText(tr("Import model…"));
    m_default->setText(tr("Make default"));
    m_remove->setText(tr("Remove…"));
    m_cancel->setText(tr("Cancel"));
    m_progress->setText(tr("Trying %1…").arg(m_importing));
    m_table->setAccessibleName(tr("Models"));
    m_card->setAccessibleName(tr("Model card"));
    refresh();
}

void ModelsPage::restyle() {
    m_import->setIcon(icon(QStringLiteral("import"), tokens().onAccent));
    m_default->setIcon(icon(QStringLiteral("check")));
    m_remove->setIcon(icon(QStringLiteral("delete")));
    showCard();
}

}  // namespace cvd::ui
