#include "ui/connection_watch.h"

#include <QtConcurrent>

#include "core/storage/database.h"

namespace cvd::ui {
namespace {

constexpr int kCalmMs = 15000, kFirstRetryMs = 1000, kLongestRetryMs = 30000;

Status tryConnection(const storage::ConnectionSettings& settings) {
    CVD_TRY_ASSIGN(auto database, storage::Database::open(settings));
    return database->ping();
}

}  // namespace

ConnectionWatch::ConnectionWatch(const storage::ConnectionSettings& settings, QObject* parent)
    : QObject(parent), m_settings(settings) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConnectionWatch::checkNow);
}

ConnectionWatch::~ConnectionWatch() {
    if (m_check) {
        m_check->waitForFinished();
    }
}

void ConnectionWatch::start() {
    if (m_settings.engine == storage::Engine::MySql) {
        m_timer.start(kCalmMs);
    }
}

void ConnectionWatch::checkNow() {
    if (m_check) {
        return;
    }
    m_timer.stop();
    m_check = new QFutureWatcher<Status>(this);
    connect(m_check, &QFutureWatcher<Status>::finished, this, [this] {
        const Status status = m_check->result();
        m_check->deleteLater();
        m_check = nullptr;
        settle(status);
    });
    m_check->setFuture(QtConcurrent::run(tryConnection, m_settings));
}

void ConnectionWatch::noteFailure(const Error& error) {
    if (storage::isTemporary(storage::problemOf(error)) && m_online) {
        settle(error);
    }
}

void ConnectionWatch::settle(const Status& status) {
    const bool wasOnline = m_online;
    m_online = status.ok();
    if (m_online) {
        m_waitMs = 0;
    } else {
        m_problem = status.error();
        m_waitMs = m_waitMs == 0 ? kFirstRetryMs : std::min(m_waitMs * 2, kLongestRetryMs);
    }
    if (!m_online || m_settings.engine == storage::Engine::MySql) {
        m_timer.start(m_online ? kCalmMs : m_waitMs);
    }
    if (wasOnline != m_online) {
        Q_EMIT changed(m_online);
    }
}

}  // namespace cvd::ui
