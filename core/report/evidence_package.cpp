#include "core/report/evidence_package.h"

#include <memory>

#include <zip.h>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/file_hash.h"

namespace cvd::report {
namespace {

constexpr char kManifest[] = "manifest.json";
constexpr char kSchema[] = "cvd-mis/evidence/1";

Error cannotWrite(const QString& zip, const QString& why) {
    QFile::remove(zip);
    return fail(ErrorKind::Environment,
                CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                {zip.toStdString()}, why.toStdString());
}

Error notAPackage(const QString& zip, const QString& why) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "%1 is not an evidence package of this program, or it is damaged."),
                {zip.toStdString()}, why.toStdString());
}

struct Progress {
    const std::function<bool(double)>& goOn;
    bool cancelled = false;
};

bool compressible(const QString& path) {
    return path.endsWith(QLatin1String(".csv")) || path.endsWith(QLatin1String(".json"));
}

Result<QByteArray> manifestOf(const QList<PackageFile>& files, const ReportData& data,
                              const QStringList& notes, const std::function<bool(double)>& goOn) {
    QJsonArray list;
    for (const PackageFile& f : files) {
        CVD_TRY_ASSIGN(const std::string sha,
                       sha256OfFile(f.source.toStdString(), [&] { return goOn && !goOn(0); }));
        list.append(QJsonObject{{QStringLiteral("path"), f.path},
                                {QStringLiteral("bytes"), QFileInfo(f.source).size()},
                                {QStringLiteral("sha256"), QString::fromStdString(sha)}});
    }
    const QJsonObject o{
        {QStringLiteral("schema"), QLatin1String(kSchema)},
        {QStringLiteral("created_utc"), data.preparedAt.toUTC().toString(Qt::ISODate)},
        {QStringLiteral("program_version"), QStringLiteral(CVD_VERSION)},
        {QStringLiteral("project"), data.title},
        {QStringLiteral("prepared_by"), data.preparedBy},
        {QStringLiteral("video_sha256"), QString::fromStdString(data.summary.video.sha256)},
        {QStringLiteral("notes"), QJsonArray::fromStringList(notes)},
        {QStringLiteral("files"), list}};
    return QJsonDocument(o).toJson(QJsonDocument::Indented);
}

struct Archive {
    explicit Archive(zip_t* z) : handle(z) {}
    ~Archive() {
        if (handle) {
            zip_discard(handle);
        }
    }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    zip_t* handle;
};

// Hash of an entry; empty when it cannot be read (its own checksum is wrong, for example).
QByteArray hashOfEntry(zip_t* zip, zip_uint64_t index) {
    zip_file_t* entry = zip_fopen_index(zip, index, 0);
    if (!entry) {
        return {};
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(1 << 18, Qt::Uninitialized);
    zip_int64_t n = 0;
    while ((n = zip_fread(entry, block.data(), zip_uint64_t(block.size()))) > 0) {
        hash.addData(QByteArrayView(block.constData(), n));
    }
    zip_fclose(entry);
    return n < 0 ? QByteArray() : hash.result().toHex();
}

QByteArray smallEntry(zip_t* zip, const char* name) {
    constexpr zip_uint64_t kMost = 64u << 20;
    zip_stat_t info;
    if (zip_stat(zip, name, 0, &info) != 0 || info.size > kMost) {
        return {};
    }
    zip_file_t* entry = zip_fopen(zip, name, 0);
    if (!entry) {
        return {};
    }
    QByteArray bytes(qsizetype(info.size), Qt::Uninitialized);
    const zip_int64_t n = zip_fread(entry, bytes.data(), info.size);
    zip_fclose(entry);
    return n == zip_int64_t(info.size) ? bytes : QByteArray();
}

}  // namespace

Status writePackage(const QString& zip, const QList<PackageFile>& files, const ReportData& data,
                    const QStringList& notes, const std::function<bool(double)>& goOn) {
    CVD_TRY_ASSIGN(const QByteArray manifest, manifestOf(files, data, notes, goOn));
    int code = 0;
    zip_t* opened = zip_open(zip.toUtf8().constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!opened) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString why = QString::fromUtf8(zip_error_strerror(&error));
        zip_error_fini(&error);
        return cannotWrite(zip, why);
    }
    Archive archive(opened);
    const auto add = [&](zip_source_t* source, const QString& path) {
        if (!source) {
            return false;
        }
        const zip_int64_t index =
            zip_file_add(opened, path.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return false;
        }
        zip_set_file_compression(opened, zip_uint64_t(index),
                                 compressible(path) ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
        return true;
    };
    // The manifest's bytes must live until the archive is closed.
    bool ok = add(zip_source_buffer(opened, manifest.constData(), zip_uint64_t(manifest.size()), 0),
                  QString::fromLatin1(kManifest));
    for (const PackageFile& f : files) {
        ok = ok && add(zip_source_file(opened, f.source.toUtf8().constData(), 0, -1), f.path);
    }
    Progress progress{goOn};
    zip_register_progress_callback_with_state(
        opened, 0.01,
        [](zip_t*, double share, void* state) {
            auto* p = static_cast<Progress*>(state);
            p->cancelled = p->cancelled || (p->goOn && !p->goOn(share));
        },
        nullptr, &progress);
    zip_register_cancel_callback_with_state(
        opened, [](zip_t*, void* state) { return int(static_cast<Progress*>(state)->cancelled); },
        nullptr, &progress);
    if (!ok || zip_close(opened) != 0) {
        const QString why = QString::fromUtf8(zip_strerror(opened));
        if (progress.cancelled) {
            QFile::remove(zip);
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        return cannotWrite(zip, why);
    }
    archive.handle = nullptr;
    return {};
}

Result<PackageCheck> verifyPackage(const QString& zip) {
    int code = 0;
    zip_t* opened = zip_open(zip.toUtf8().constData(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (!opened) {
        return notAPackage(zip, QStringLiteral("libzip %1").arg(code));
    }
    Archive archive(opened);
    const QByteArray manifest = smallEntry(opened, kManifest);
    const QJsonObject o = QJsonDocument::fromJson(manifest).object();
    if (o[QLatin1String("schema")].toString() != QLatin1String(kSchema) ||
        !o[QLatin1String("files")].isArray()) {
        return notAPackage(zip, QStringLiteral("manifest.json"));
    }
    PackageCheck check;
    check.project = o[QLatin1String("project")].toString();
    check.created = o[QLatin1String("created_utc")].toString();
    check.manifestSha256 =
        QString::fromLatin1(QCryptographicHash::hash(manifest, QCryptographicHash::Sha256).toHex());
    QSet<QString> named{QString::fromLatin1(kManifest)};
    for (const QJsonValue& value : o[QLatin1String("files")].toArray()) {
        const QString path = value[QLatin1String("path")].toString();
        named.insert(path);
        ++check.files;
        const zip_int64_t index = zip_name_locate(opened, path.toUtf8().constData(), 0);
        if (index < 0) {
            check.missing << path;
        } else if (hashOfEntry(opened, zip_uint64_t(index)) !=
                   value[QLatin1String("sha256")].toString().toLatin1()) {
            check.changed << path;
        }
    }
    const zip_int64_t entries = zip_get_num_entries(opened, 0);
    for (zip_int64_t n = 0; n < entries; ++n) {
        const QString name = QString::fromUtf8(zip_get_name(opened, zip_uint64_t(n), 0));
        if (!named.contains(name)) {
            check.extra << name;
        }
    }
    return check;
}

}  // namespace cvd::report
