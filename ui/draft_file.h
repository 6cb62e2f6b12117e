// What somebody is working on and has not saved yet, kept in a file of this computer from time to
// time, so that a program that dies takes a few seconds with it and not an hour. GUI thread.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QTimer>
#include <optional>

namespace cvd::ui {

// Runs out two seconds after the first change since it last did: then a draft is kept.
class DraftTimer : public QTimer {
public:
    DraftTimer() {
        setSingleShot(true);
        setInterval(2000);
    }
    void changed() {
        if (!isActive()) {
            start();
        }
    }
};

class DraftFile {
public:
    // `what` names the thing and everything that tells it from others: kind, database, person, id.
    explicit DraftFile(const QStringList& what);
    DraftFile() = default;  // keeps nothing

    // A draft that cannot be written is lost with the program, no more: it is logged.
    void keep(const QByteArray& content) const;
    std::optional<QByteArray> kept() const;
    QDateTime keptAt() const;  // UTC
    void forget() const;

private:
    QString m_path;
};

}  // namespace cvd::ui
