// The models that this computer has: those that came with the program, and those that an
// administrator added to the user's models folder, one folder each with manifest, networks and
// card. Which one is the default is a setting of the database, by name.
//
// Reading is for everybody; add(), remove() and setDefault() ask the database whether the session
// is an administrator's. Without a database, or before it has a first administrator, there is
// nobody to ask, and whoever may write into the folder may do it.
//
// Threading: the thread of the Database; stageModel() any thread. Errors: Usage for what the
// session may not do, BadInput for models, Environment for disk and database.
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

#include "core/inference/model_manifest.h"
#include "core/models/model_probe.h"

namespace cvd::accounts {
struct Session;
}
namespace cvd::storage {
class Database;
}

namespace cvd::models {

struct InstalledModel {
    inference::ModelManifest manifest;
    QString name;          // of the manifest; of the folder when that cannot be read
    QString manifestFile;  // absolute; what a detection is given
    QString cardFile;      // Markdown; empty: none
    bool shipped = false;  // came with the program, cannot be removed
    QDateTime added;       // UTC; of an added one
    qint64 bytes = 0;      // of the networks
    Status problem;        // why it cannot be used
};

// By name, shipped ones first. Folders that do not exist hold nothing.
QList<InstalledModel> installedModels(const QString& shippedFolder, const QString& userFolder);

struct ModelImport {
    QString file;      // TorchScript, manifest, or a folder with one manifest
    QString manifest;  // of a TorchScript file; empty: FILE.json beside it, or made from findings
    QString name;      // empty: the manifest's, or the file's
    QStringList classes;  // in the network's order, for a file without a manifest
};

// A model that was copied beside the others under a hidden name and tried there. Gone with this
// object unless it is added.
class StagedModel {
public:
    StagedModel() = default;
    StagedModel(StagedModel&& other) noexcept;
    StagedModel& operator=(StagedModel&& other) noexcept;
    ~StagedModel();

    const inference::ModelManifest& manifest() const { return m_manifest; }
    const ProbeReport& report() const { return m_report; }
    bool guessed() const { return m_guessed; }  // the manifest was made from what was found

private:
    friend class ModelLibrary;
    friend Result<StagedModel> stageModel(const QString&, const ModelImport&, const ProbeControl&);
    QString m_folder;
    inference::ModelManifest m_manifest;
    ProbeReport m_report;
    bool m_guessed = false;
};

// Checks, copies and tries a model; nothing is left of one that is refused.
Result<StagedModel> stageModel(const QString& userFolder, const ModelImport& request,
                               const ProbeControl& control = {});

class ModelLibrary {
public:
    // `database` null: there is none yet.
    ModelLibrary(storage::Database* database, QString shippedFolder, QString userFolder);

    const QString& userFolder() const { return m_userFolder; }
    QList<InstalledModel> models() const;
    // By name, ignoring case. BadInput when there is none.
    Result<InstalledModel> find(const QString& name) const;
    // The name that was chosen, or the shipped model's when none was.
    Result<QString> defaultName() const;
    // The default one; the shipped one when it is not on this computer.
    Result<InstalledModel> defaultModel() const;

    Status mayChange(const accounts::Session& session) const;
    Result<InstalledModel> add(const accounts::Session& session, StagedModel staged);
    // Refused for a shipped one, and while a detection with it is queued or running.
    Status remove(const accounts::Session& session, const QString& name);
    Status setDefault(const accounts::Session& session, const QString& name);

private:
    Status audit(const accounts::Session& session, const QString& action, const QString& name,
                 const QString& detail) const;
    Status requireUnused(const InstalledModel& model) const;

    storage::Database* m_database;
    QString m_shippedFolder, m_userFolder;
};

}  // namespace cvd::models
