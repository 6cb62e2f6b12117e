#include "ui/draft_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include "core/base/log.h"
#include "core/compliance/whole_file.h"
#include "ui/settings.h"

namespace cvd::ui {

DraftFile::DraftFile(const QStringList& what) {
    const QByteArray name =
        QCryptographicHash::hash(what.join(QLatin1Char('\n')).toUtf8(), QCryptographicHash::Sha1)
            .toHex();
    m_path = QStringLiteral("%1/drafts/%2.json").arg(dataDir(), QString::fromLatin1(name));
}

void DraftFile::keep(const QByteArray& content) const {
    if (m_path.isEmpty()) {
        return;
    }
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    if (!saveWhole(file, content)) {
        log(LogLevel::Warning, "ui", "A draft was not kept: " + file.errorString().toStdString());
    }
}

std::optional<QByteArray> DraftFile::kept() const {
    QFile file(m_path);
    return !m_path.isEmpty() && file.open(QIODevice::ReadOnly) ? std::optional(file.readAll())
                                                               : std::nullopt;
}

QDateTime DraftFile::keptAt() const {
    return QFileInfo(m_path).lastModified().toUTC();
}

void DraftFile::forget() const {
    if (!m_path.isEmpty()) {
        QFile::remove(m_path);
    }
}

}  // namespace cvd::ui
