// The rule profiles a program knows: the shipped ones, which nobody can change, and people's own,
// one file each in a folder ("ID.json", docs/contract.md). Not thread-safe; cheap to make.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/compliance/profile.h"

namespace cvd::compliance {

struct KnownProfile {
    Profile profile;
    QString file;  // of an own one; empty: shipped
    bool shipped() const { return file.isEmpty(); }
    // What loadProfile() takes: the id of a shipped one, the file of an own one.
    QString reference() const { return shipped() ? profile.id : file; }
};

class ProfileStore {
public:
    explicit ProfileStore(QString folder) : m_folder(std::move(folder)) {}

    // Shipped ones first, then own ones by name. Files that are no profile are left out and named
    // in `problems`, one sentence each.
    QList<KnownProfile> list(QStringList* problems = nullptr) const;
    Result<KnownProfile> find(const QString& id) const;
    // By id, or by its name in either language, ignoring case. Usage when there is none.
    Result<KnownProfile> named(const QString& idOrName) const;

    // Writes an own profile. Changed contents get the next version, the same contents keep theirs.
    // Usage for the id of a shipped profile; BadInput as validateProfile() says.
    Result<KnownProfile> save(Profile profile) const;
    // A new own profile, version 1.0, under a free id made from its English name.
    Result<KnownProfile> add(Profile profile) const;
    // A copy under a free id made from the name.
    Result<KnownProfile> duplicate(const QString& id, const QString& nameEn,
                                   const QString& nameZh) const;
    // Any profile file. An id that is taken is changed to a free one; the same contents are not
    // stored twice.
    Result<KnownProfile> import(const QString& file) const;
    Status exportTo(const QString& id, const QString& file) const;
    Status remove(const QString& id) const;
    const QString& folder() const { return m_folder; }

private:
    QString pathOf(const QString& id) const;
    QString freeId(const QString& wish) const;
    QString m_folder;
};

// "1.0" -> "1.1", "2024" -> "2025", "a" -> "a.1".
QString nextVersion(const QString& version);

}  // namespace cvd::compliance
