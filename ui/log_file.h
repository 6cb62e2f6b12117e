// The program's log on disk, for whoever has to find out what went wrong on a site computer: errors
// that were shown, what jobs did, what libraries complained about. No passwords, no pictures.
#pragma once

#include <QString>

namespace cvd::ui {

QString logFile();  // in dataDir()/logs

// From now on log lines from Info up, and Qt's warnings, are appended to `file`; warnings and
// errors go to stderr as before. Above `mostBytes` the file becomes FILE.1, in place of an older
// one. A disk that is full or may not be written to costs the log alone. Call once, before other
// threads start.
void startLogFile(const QString& file = logFile(), qint64 mostBytes = 1 << 20);

}  // namespace cvd::ui
