// Who is working: enough to tell a program that died from one that is busy elsewhere.
#pragma once

#include <QString>

namespace cvd::projects {

// `start` tells a process from a later one that got the same number.
struct ProcessIdentity {
    QString host;
    qint64 pid = 0;
    QString start;

    static ProcessIdentity self();
    // "host~pid~start", usable in a file name.
    QString toString() const;
    static ProcessIdentity fromString(const QString& text);

    bool sameHost() const;
    // Only meaningful when sameHost(); another host's processes cannot be asked.
    bool isAlive() const;
    bool operator==(const ProcessIdentity&) const = default;
};

}  // namespace cvd::projects
