#include "core/compliance/profile_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

namespace cvd::compliance {
namespace {

Error noProfile(const QString& id) {
    return fail(ErrorKind::Usage,
                CVD_TR("core", "There is no profile \"%1\" any more. Refresh the list."),
                {id.toStdString()});
}

Error isShipped(const QString& id) {
    return fail(ErrorKind::Usage,
                CVD_TR("core",
                       "\"%1\" is a shipped profile and stays as it is. Duplicate it and change "
                       "the copy."),
                {id.toStdString()});
}

bool sameContents(Profile a, Profile b) {
    b.version = a.version;
    b.id = a.id;
    return profileToJson(a) == profileToJson(b);
}

}  // namespace

QString nextVersion(const QString& version) {
    static const QRegularExpression kEnd(QStringLiteral("^(.*?)([0-9]{1,8})$"));
    const auto match = kEnd.match(version);
    return match.hasMatch() ? match.captured(1) + QString::number(match.captured(2).toInt() + 1)
                            : version + QStringLiteral(".1");
}

QString ProfileStore::pathOf(const QString& id) const {
    return m_folder + QLatin1Char('/') + id + QStringLiteral(".json");
}

QList<KnownProfile> ProfileStore::list(QStringList* problems) const {
    QList<KnownProfile> all;
    for (const Profile& profile : builtInProfiles()) {
        all.append({profile, {}});
    }
    QList<KnownProfile> own;
    const QDir folder(m_folder);
    for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files)) {
        const QString file = folder.filePath(name);
        auto profile = loadProfile(file);
        // The file's name is the id: two files cannot claim the same one, nor a shipped one.
        if (profile.ok() && !builtInProfileIds().contains(profile->id) &&
            name == profile->id + QStringLiteral(".json")) {
            own.append({*profile, file});
        } else if (problems) {
            problems->append(QString::fromStdString(
                profile.ok() ? fail(ErrorKind::BadInput,
                                    CVD_TR("core",
                                           "The profile file %1 does not bear its id as "
                                           "its name; import it instead."),
                                    {file.toStdString()})
                                   .message()
                             : profile.error().message()));
        }
    }
    std::sort(own.begin(), own.end(), [](const KnownProfile& a, const KnownProfile& b) {
        return a.profile.nameEn.localeAwareCompare(b.profile.nameEn) < 0;
    });
    return all + own;
}

Result<KnownProfile> ProfileStore::find(const QString& id) const {
    if (builtInProfileIds().contains(id)) {
        CVD_TRY_ASSIGN(Profile profile, loadProfile(id));
        return KnownProfile{std::move(profile), {}};
    }
    static const QRegularExpression kId(QStringLiteral("^[a-z0-9][a-z0-9_-]{0,39}$"));
    if (!kId.match(id).hasMatch() || !QFileInfo::exists(pathOf(id))) {
        return noProfile(id);
    }
    CVD_TRY_ASSIGN(Profile profile, loadProfile(pathOf(id)));
    return KnownProfile{std::move(profile), pathOf(id)};
}

Result<KnownProfile> ProfileStore::named(const QString& idOrName) const {
    const QList<KnownProfile> all = list();
    for (const KnownProfile& known : all) {
        if (known.profile.id == idOrName) {
            return known;
        }
    }
    for (const KnownProfile& known : all) {
        if (known.profile.nameEn.compare(idOrName, Qt::CaseInsensitive) == 0 ||
            known.profile.nameZh.compare(idOrName, Qt::CaseInsensitive) == 0) {
            return known;
        }
    }
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "There is no profile \"%1\". profile list shows them; a file is taken, "
                       "too."),
                {idOrName.toStdString()});
}

Result<KnownProfile> ProfileStore::save(Profile profile) const {
    if (builtInProfileIds().contains(profile.id)) {
        return isShipped(profile.id);
    }
    CVD_TRY(validateProfile(profile));
    if (!QDir().mkpath(m_folder)) {
        return fail(
            ErrorKind::Environment,
            CVD_TR("core", "The folder %1 cannot be made. Check its name and your permissions."),
            {m_folder.toStdString()});
    }
    const QString file = pathOf(profile.id);
    if (QFileInfo::exists(file)) {
        if (const auto before = loadProfile(file); before.ok()) {
            profile.version =
                sameContents(*before, profile) ? before->version : nextVersion(before->version);
        }
    }
    CVD_TRY(writeProfile(file, profile));
    return KnownProfile{std::move(profile), file};
}

QString ProfileStore::freeId(const QString& wish) const {
    QString base = wish.toLower();
    base.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-"));
    base.remove(QRegularExpression(QStringLiteral("^-+|-+$")));
    base = base.left(32);
    if (base.isEmpty()) {
        base = QStringLiteral("profile");
    }
    QString id = base;
    for (int n = 2; builtInProfileIds().contains(id) || QFileInfo::exists(pathOf(id)); ++n) {
        id = QStringLiteral("%1-%2").arg(base).arg(n);
    }
    return id;
}

Result<KnownProfile> ProfileStore::add(Profile profile) const {
    profile.id = freeId(profile.nameEn);
    profile.version = QStringLiteral("1.0");
    return save(std::move(profile));
}

Result<KnownProfile> ProfileStore::duplicate(const QString& id, const QString& nameEn,
                                             const QString& nameZh) const {
    CVD_TRY_ASSIGN(KnownProfile copy, find(id));
    copy.profile.nameEn = nameEn;
    copy.profile.nameZh = nameZh;
    return add(std::move(copy.profile));
}

Result<KnownProfile> ProfileStore::import(const QString& file) const {
    CVD_TRY_ASSIGN(Profile profile, loadProfile(file));
    for (const KnownProfile& known : list()) {
        if (sameContents(known.profile, profile)) {
            return known;
        }
    }
    profile.id = freeId(profile.id);
    return save(std::move(profile));
}

Status ProfileStore::exportTo(const QString& id, const QString& file) const {
    CVD_TRY_ASSIGN(const KnownProfile known, find(id));
    return writeProfile(file, known.profile);
}

Status ProfileStore::remove(const QString& id) const {
    CVD_TRY_ASSIGN(const KnownProfile known, find(id));
    if (known.shipped()) {
        return isShipped(id);
    }
    QFile file(known.file);
    if (!file.remove()) {
        return fail(ErrorKind::Environment, CVD_TR("core", "%1 cannot be written: %2."),
                    {known.file.toStdString(), file.errorString().toStdString()});
    }
    return {};
}

}  // namespace cvd::compliance
