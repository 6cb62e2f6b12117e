// Watches whether the database server can be reached, without ever blocking the screen: a thread of
// its own opens a connection and asks. While all is well it asks every 15 s; after a loss 1, 2, 4
// ... up to 30 s apart. An embedded file is not watched. GUI thread.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include "core/base/result.h"
#include "core/storage/connection_settings.h"

namespace cvd::ui {

class ConnectionWatch : public QObject {
    Q_OBJECT
public:
    explicit ConnectionWatch(const storage::ConnectionSettings& settings,
                             QObject* parent = nullptr);
    ~ConnectionWatch() override;

    void start();
    bool isOnline() const { return m_online; }
    // The last failure; ErrorKind::Environment.
    const Error& problem() const { return m_problem; }
    void checkNow();                       // does nothing while a check runs
    void noteFailure(const Error& error);  // somebody else has just met it

Q_SIGNALS:
    void changed(bool online);

private:
    void settle(const Status& status);

    storage::ConnectionSettings m_settings;
    QTimer m_timer;
    QFutureWatcher<Status>* m_check = nullptr;
    bool m_online = true;
    Error m_problem;
    int m_waitMs = 0;
};

}  // namespace cvd::ui
