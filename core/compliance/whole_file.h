// Files that are written whole or not at all: the old one stays until the new one is on the disk.
#pragma once

#include <QByteArray>
#include <QSaveFile>

namespace cvd {

// Puts what was written to `file` in the place of the old one. commit() alone forgets that the last
// piece did not fit on the disk; flush() tells.
inline bool commitWhole(QSaveFile& file) {
    return file.flush() && file.commit();
}

// Opens `file`, writes `bytes` and commits. On false, file.errorString() says why.
inline bool saveWhole(QSaveFile& file, const QByteArray& bytes) {
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() &&
           commitWhole(file);
}

}  // namespace cvd
