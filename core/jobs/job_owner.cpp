#include "core/jobs/job_owner.h"

#include <QSet>
#include <QStringList>
#include <mutex>

#include "core/projects/process_identity.h"

namespace cvd::jobs {
namespace {

std::mutex gMutex;
int gLastNumber = 0;

QSet<int>& liveNumbers() {
    static QSet<int> numbers;
    return numbers;
}

}  // namespace

JobOwner::JobOwner() {
    const auto self = projects::ProcessIdentity::self();
    const std::lock_guard lock(gMutex);
    m_number = ++gLastNumber;
    liveNumbers().insert(m_number);
    m_host = self.host;
    m_process = QStringLiteral("%1~%2~%3").arg(self.pid).arg(self.start).arg(m_number);
}

JobOwner::~JobOwner() {
    const std::lock_guard lock(gMutex);
    liveNumbers().remove(m_number);
}

bool JobOwner::onThisComputer(const QString& host) {
    return host == projects::ProcessIdentity::self().host;
}

bool JobOwner::isAlive(const QString& process) {
    const QStringList parts = process.split(QLatin1Char('~'));
    if (parts.size() != 3) {
        return false;
    }
    const auto self = projects::ProcessIdentity::self();
    const projects::ProcessIdentity owner{self.host, parts[0].toLongLong(), parts[1]};
    if (owner == self) {
        const std::lock_guard lock(gMutex);
        return liveNumbers().contains(parts[2].toInt());
    }
    return owner.isAlive();
}

bool JobOwner::died(const QString& host, const QString& process) {
    return onThisComputer(host) && !isAlive(process);
}

}  // namespace cvd::jobs
