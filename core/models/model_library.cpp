#include "core/models/model_library.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUuid>
#include <algorithm>

#include "core/accounts/session.h"
#include "core/base/file_hash.h"
#include "core/jobs/job_json.h"
#include "core/jobs/job_state.h"
#include "core/models/rights.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::models {
namespace {

using inference::ModelManifest;

const QString kDefaultKey = QStringLiteral("default_model");
const QString kStagingPrefix = QStringLiteral(".import-");
const QString kCardName = QStringLiteral("card.md");
constexpr int kStaleStagingHours = 24;

std::filesystem::path toPath(const QString& file) {
    return std::filesystem::path(file.toStdU16String());
}
QString toQString(const std::filesystem::path& path) {
    return QString::fromStdU16String(path.u16string());
}

InstalledModel read(const QString& manifestFile, bool shipped) {
    InstalledModel model;
    model.manifestFile = manifestFile;
    model.shipped = shipped;
    const QFileInfo info(manifestFile);
    model.name = shipped ? info.completeBaseName() : info.dir().dirName();
    auto manifest = inference::loadManifest(toPath(manifestFile));
    if (!manifest.ok()) {
        model.problem = manifest.error();
        return model;
    }
    model.manifest = std::move(*manifest);
    model.name = QString::fromStdString(model.manifest.name);
    for (const auto& file : inference::modelFiles(model.manifest)) {
        const QFileInfo network(toQString(file));
        model.bytes += network.size();
        if (!network.isFile() && model.problem.ok()) {
            model.problem =
                fail(ErrorKind::BadInput,
                     CVD_TR("core", "The network file %1 that the manifest names does not exist."),
                     {file.string()});
        }
    }
    const QString card = shipped ? info.dir().filePath(info.completeBaseName() + ".md")
                                 : info.dir().filePath(kCardName);
    model.cardFile = QFileInfo::exists(card) ? card : QString();
    model.added = shipped ? QDateTime() : info.lastModified().toUTC();
    return model;
}

Error writeFailed(const QString& folder, const QString& detail) {
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The model could not be copied into %1. Check the folder's permissions and "
                       "the free space."),
                {folder.toStdString()}, detail.toStdString());
}

Status copyInto(const QString& from, const QString& to) {
    QFile source(from);
    if (!QFileInfo(from).isFile() || !source.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The model file %1 cannot be read."),
                    {from.toStdString()}, source.errorString().toStdString());
    }
    if (!source.copy(to)) {
        return writeFailed(QFileInfo(to).absolutePath(), source.errorString());
    }
    // The copy is ours, whatever the source's permissions.
    QFile::setPermissions(to, QFile::permissions(to) | QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

Result<QString> checkedName(const QString& name) {
    static const QRegularExpression kName(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._ -]{0,49}$"));
    if (!kName.match(name).hasMatch()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "A model's name has 1 to 50 letters, digits, dots, dashes and blanks, "
                           "and begins with a letter or digit: not %1. Give --name."),
                    {name.toStdString()});
    }
    return name;
}

// What a killed import left behind.
void removeStale(const QDir& folder) {
    for (const QFileInfo& old :
         folder.entryInfoList({kStagingPrefix + '*'}, QDir::Dirs | QDir::Hidden)) {
        if (old.lastModified().secsTo(QDateTime::currentDateTime()) > kStaleStagingHours * 3600) {
            QDir(old.absoluteFilePath()).removeRecursively();
        }
    }
}

Result<QString> newStaging(const QString& userFolder) {
    QDir folder(userFolder);
    const QString name =
        kStagingPrefix + QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    if (!folder.mkpath(QStringLiteral(".")) || !folder.mkdir(name)) {
        return writeFailed(userFolder, {});
    }
    removeStale(folder);
    return folder.filePath(name);
}

// A file that means to be a manifest, broken or not: then its error is to be told, and nothing
// guessed instead. Other programs put other files of that name beside a network.
bool isManifest(const QString& path) {
    constexpr qint64 kMostBytes = 1 << 20;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(kMostBytes).contains("cvd-mis/model/");
}

// The manifest that the import names, or one that lies beside the file.
QString manifestOf(const ModelImport& request) {
    const QFileInfo file(request.file);
    if (!request.manifest.isEmpty()) {
        return request.manifest;
    }
    if (file.isDir() || file.suffix().compare(QStringLiteral("json"), Qt::CaseInsensitive) == 0) {
        return request.file;
    }
    const QString beside = file.dir().filePath(file.completeBaseName() + ".json");
    return isManifest(beside) ? beside : QString();
}

// One that lies beside the file and describes another network is not its manifest.
Status isOfThisNetwork(const ModelImport& request, const QString& manifestFile,
                       const ModelManifest& manifest) {
    const QFileInfo file(request.file), named(toQString(manifest.file));
    if (!request.manifest.isEmpty() || file.isDir() || manifestFile == request.file ||
        file.canonicalFilePath() == named.canonicalFilePath()) {
        return {};
    }
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "The manifest %1 beside the file is that of another network, %2. Import "
                       "that manifest, or move it away."),
                {manifestFile.toStdString(), named.fileName().toStdString()});
}

// A manifest that is given names the networks beside it; the file that is given comes first.
Status useGivenFile(const ModelImport& request, ModelManifest& manifest) {
    const QFileInfo file(request.file);
    if (request.manifest.isEmpty() || file.isDir() || file.suffix() == QStringLiteral("json")) {
        return {};
    }
    manifest.file = toPath(file.absoluteFilePath());
    return {};
}

Status copyNetworks(ModelManifest& manifest, const QString& staging) {
    int number = 0;
    const auto take = [&](std::filesystem::path& file) -> Status {
        const QString name =
            number++ == 0 ? QStringLiteral("network.ts") : QStringLiteral("mask_network.ts");
        const QString target = QDir(staging).filePath(name);
        CVD_TRY(copyInto(toQString(file), target));
        file = toPath(target);
        return {};
    };
    CVD_TRY(take(manifest.file));
    return manifest.maskStage ? take(manifest.maskStage->file) : Status();
}

// With its translations, NAME.zh_CN.md beside NAME.md.
Status copyCards(const QString& manifestFile, const QString& staging) {
    const QFileInfo info(manifestFile);
    const QString base = info.completeBaseName();
    for (const QString& name : info.dir().entryList({QStringLiteral("*.md")}, QDir::Files)) {
        if (name.startsWith(base + QLatin1Char('.'))) {
            CVD_TRY(copyInto(info.dir().filePath(name),
                             QDir(staging).filePath(QFileInfo(kCardName).completeBaseName() +
                                                    name.mid(base.size()))));
        }
    }
    return {};
}

QString stagedManifest(const QString& staging) {
    return QDir(staging).filePath(QStringLiteral("model.json"));
}

Result<ModelManifest> takeDescribed(const ModelImport& request, const QString& manifestFile,
                                    const QString& staging) {
    CVD_TRY_ASSIGN(ModelManifest manifest, inference::loadManifest(toPath(manifestFile)));
    CVD_TRY(isOfThisNetwork(request, manifestFile, manifest));
    CVD_TRY(useGivenFile(request, manifest));
    CVD_TRY(inference::verifyModelFile(manifest));
    CVD_TRY(copyNetworks(manifest, staging));
    CVD_TRY(copyCards(toQString(manifest.manifestFile), staging));
    return manifest;
}

Result<ModelManifest> takeUndescribed(const ModelImport& request, const QString& staging,
                                      const ProbeControl& control) {
    CVD_TRY_ASSIGN(const ProbeReport found, probeInChild(request.file, control));
    std::vector<std::string> classes;
    for (const QString& name : request.classes) {
        classes.push_back(name.trimmed().toStdString());
    }
    const QString name =
        request.name.isEmpty() ? QFileInfo(request.file).completeBaseName() : request.name;
    CVD_TRY_ASSIGN(ModelManifest manifest,
                   inference::manifestFromFindings(found.network, toPath(request.file),
                                                   name.toStdString(), classes));
    CVD_TRY(copyNetworks(manifest, staging));
    CVD_TRY_ASSIGN(manifest.sha256, sha256OfFile(manifest.file));
    return manifest;
}

}  // namespace

QList<InstalledModel> installedModels(const QString& shippedFolder, const QString& userFolder) {
    QList<InstalledModel> models;
    const QDir shipped(shippedFolder), own(userFolder);
    if (!shippedFolder.isEmpty()) {
        for (const QString& file : shipped.entryList({"*.json"}, QDir::Files, QDir::Name)) {
            InstalledModel model = read(shipped.absoluteFilePath(file), true);
            if (model.problem.ok() || !model.manifest.name.empty()) {
                models << model;
            }
        }
    }
    const auto folders = userFolder.isEmpty()
                             ? QStringList()
                             : own.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString& folder : folders) {
        const QString manifest = stagedManifest(own.absoluteFilePath(folder));
        if (QFileInfo::exists(manifest)) {
            models << read(manifest, false);
        }
    }
    return models;
}

// --- Staging ---

StagedModel::StagedModel(StagedModel&& other) noexcept
    : m_folder(std::exchange(other.m_folder, {})),
      m_manifest(std::move(other.m_manifest)),
      m_report(std::move(other.m_report)),
      m_guessed(other.m_guessed) {}

StagedModel& StagedModel::operator=(StagedModel&& other) noexcept {
    std::swap(m_folder, other.m_folder);
    std::swap(m_manifest, other.m_manifest);
    std::swap(m_report, other.m_report);
    std::swap(m_guessed, other.m_guessed);
    return *this;
}

StagedModel::~StagedModel() {
    if (!m_folder.isEmpty()) {
        QDir(m_folder).removeRecursively();
    }
}

Result<StagedModel> stageModel(const QString& userFolder, const ModelImport& request,
                               const ProbeControl& control) {
    if (!QFileInfo::exists(request.file)) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The model file %1 cannot be read."),
                    {request.file.toStdString()});
    }
    if (!request.name.isEmpty()) {
        CVD_TRY(checkedName(request.name));
    }
    StagedModel staged;
    CVD_TRY_ASSIGN(staged.m_folder, newStaging(userFolder));
    const QString manifestFile = manifestOf(request);
    staged.m_guessed = manifestFile.isEmpty();
    CVD_TRY_ASSIGN(staged.m_manifest, staged.m_guessed
                                          ? takeUndescribed(request, staged.m_folder, control)
                                          : takeDescribed(request, manifestFile, staged.m_folder));
    const QString name =
        request.name.isEmpty() ? QString::fromStdString(staged.m_manifest.name) : request.name;
    CVD_TRY_ASSIGN(const QString checked, checkedName(name));
    staged.m_manifest.name = checked.toStdString();
    const QString target = stagedManifest(staged.m_folder);
    CVD_TRY(inference::saveManifest(staged.m_manifest, toPath(target)));
    CVD_TRY_ASSIGN(staged.m_report, probeInChild(target, control));
    return staged;
}

// --- Library ---

ModelLibrary::ModelLibrary(storage::Database* database, QString shippedFolder, QString userFolder)
    : m_database(database),
      m_shippedFolder(std::move(shippedFolder)),
      m_userFolder(std::move(userFolder)) {}

QList<InstalledModel> ModelLibrary::models() const {
    return installedModels(m_shippedFolder, m_userFolder);
}

Result<InstalledModel> ModelLibrary::find(const QString& name) const {
    for (const InstalledModel& model : models()) {
        if (model.name.compare(name, Qt::CaseInsensitive) == 0) {
            return model;
        }
    }
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "There is no model named %1 here. model list shows them."),
                {name.toStdString()});
}

Result<QString> ModelLibrary::defaultName() const {
    if (m_database != nullptr) {
        CVD_TRY_ASSIGN(const auto chosen, storage::SettingRepository(*m_database).get(kDefaultKey));
        if (chosen) {
            return *chosen;
        }
    }
    const auto all = models();
    const auto shipped =
        std::find_if(all.begin(), all.end(), [](const InstalledModel& m) { return m.shipped; });
    return shipped != all.end() ? shipped->name : QString();
}

Result<InstalledModel> ModelLibrary::defaultModel() const {
    CVD_TRY_ASSIGN(const QString name, defaultName());
    const auto all = models();
    const InstalledModel* fallback = nullptr;
    for (const InstalledModel& model : all) {
        if (model.problem.ok() && model.name.compare(name, Qt::CaseInsensitive) == 0) {
            return model;
        }
        if (fallback == nullptr && model.shipped && model.problem.ok()) {
            fallback = &model;
        }
    }
    if (fallback == nullptr) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "There is no model in %1. Install or build the program again."),
                    {m_shippedFolder.toStdString()});
    }
    return *fallback;
}

Status ModelLibrary::mayChange(const accounts::Session& session) const {
    return requireAdministrator(m_database, session);
}

Status ModelLibrary::audit(const accounts::Session& session, const QString& action,
                           const QString& name, const QString& detail) const {
    return note(m_database, session, action, name, detail);
}

Result<InstalledModel> ModelLibrary::add(const accounts::Session& session, StagedModel staged) {
    CVD_TRY(mayChange(session));
    const QString name = QString::fromStdString(staged.m_manifest.name);
    if (const auto taken = find(name); taken.ok()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "There is a model named %1 already. Remove it first, or give another "
                           "name."),
                    {name.toStdString()});
    }
    const QString target = QDir(m_userFolder).absoluteFilePath(name);
    if (!QDir().rename(staged.m_folder, target)) {
        return writeFailed(m_userFolder, {});
    }
    staged.m_folder.clear();
    const Status noted =
        audit(session, QStringLiteral("model_added"), name,
              QStringLiteral("sha256 %1").arg(QString::fromStdString(staged.m_manifest.sha256)));
    if (!noted.ok()) {
        QDir(target).removeRecursively();  // what is not in the trail did not happen
        return noted.error();
    }
    return read(stagedManifest(target), false);
}

Status ModelLibrary::requireUnused(const InstalledModel& model) const {
    CVD_TRY_ASSIGN(const bool used, usedByJob(m_database, [&](const jobs::JobOptions& options) {
                       return options.modelFile == model.manifestFile;
                   }));
    if (!used) {
        return {};
    }
    return fail(ErrorKind::Usage,
                CVD_TR("core",
                       "A detection with the model %1 is queued or running. Wait for it or cancel "
                       "it first."),
                {model.name.toStdString()});
}

Status ModelLibrary::remove(const accounts::Session& session, const QString& name) {
    CVD_TRY(mayChange(session));
    CVD_TRY_ASSIGN(const InstalledModel model, find(name));
    if (model.shipped) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The model %1 came with the program and cannot be removed."),
                    {model.name.toStdString()});
    }
    CVD_TRY(requireUnused(model));
    // Out of sight in one step, so that nobody sees half a model.
    const QString folder = QFileInfo(model.manifestFile).absolutePath();
    CVD_TRY_ASSIGN(const QString away, newStaging(m_userFolder));
    const QString hidden = QDir(away).filePath(QStringLiteral("removed"));
    if (!QDir().rename(folder, hidden)) {
        QDir(away).removeRecursively();
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The model folder %1 cannot be removed. Check its permissions."),
                    {folder.toStdString()});
    }
    const Status noted = audit(session, QStringLiteral("model_removed"), model.name, {});
    if (!noted.ok()) {
        QDir().rename(hidden, folder);
    }
    QDir(away).removeRecursively();
    return noted;
}

Status ModelLibrary::setDefault(const accounts::Session& session, const QString& name) {
    CVD_TRY(mayChange(session));
    CVD_TRY_ASSIGN(const InstalledModel model, find(name));
    CVD_TRY(model.problem);
    if (m_database == nullptr) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "There is no database yet that could remember a default model. Start "
                           "the program once."));
    }
    return m_database->withTransaction([&]() -> Status {
        CVD_TRY(storage::SettingRepository(*m_database).set(kDefaultKey, model.name));
        return audit(session, QStringLiteral("model_default"), model.name, {});
    });
}

}  // namespace cvd::models
