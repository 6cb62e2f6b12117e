// A ZIP with everything that proves a report, and a manifest with the SHA-256 of each file in it.
#pragma once

#include <functional>

#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/report/report_data.h"

namespace cvd::report {

struct PackageFile {
    QString source;  // on disk
    QString path;    // in the package, with '/'
};

// Adds manifest.json ("cvd-mis/evidence/1") as the first entry. Written in place and removed when
// it fails. Pictures, clips and documents are compressed already and stored as they are.
Status writePackage(const QString& zip, const QList<PackageFile>& files, const ReportData& data,
                    const QStringList& notes, const std::function<bool(double share)>& goOn);

struct PackageCheck {
    int files = 0;  // that the manifest names
    QStringList changed, missing, extra;
    QString manifestSha256;  // note it on paper: it stands for the whole package
    QString project, created;
    bool intact() const { return changed.isEmpty() && missing.isEmpty() && extra.isEmpty(); }
};
// BadInput: not a package of ours. Nothing is unpacked to disk.
Result<PackageCheck> verifyPackage(const QString& zip);

}  // namespace cvd::report
