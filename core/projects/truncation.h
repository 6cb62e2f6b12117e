// Whether a file ends before its own structure says that it should. A decoder plays what is there
// of such a file; for a record of a pour the missing end matters, so the import refuses it.
#pragma once

#include <QString>

namespace cvd::projects {

// Bytes that are missing at the end of an MP4/MOV (ISO/IEC 14496-12 boxes), AVI (RIFF chunks) or
// Matroska/WebM file (segment of known size); 0 when it is complete or of another kind.
qint64 missingBytes(const QString& file);

}  // namespace cvd::projects
