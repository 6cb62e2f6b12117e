// Which queue of which program on which computer a job belongs to.
#pragma once

#include <QString>

namespace cvd::jobs {

// Registers itself for as long as it lives, so that two queues of one program tell each other
// apart.
class JobOwner {
public:
    JobOwner();
    ~JobOwner();
    JobOwner(const JobOwner&) = delete;
    JobOwner& operator=(const JobOwner&) = delete;

    const QString& host() const { return m_host; }
    const QString& process() const { return m_process; }  // "pid~start~number"

    bool is(const QString& host, const QString& process) const {
        return host == m_host && process == m_process;
    }
    static bool onThisComputer(const QString& host);
    // Only for owners on this computer.
    static bool isAlive(const QString& process);
    // On this computer and not alive; of other computers nobody here can tell.
    static bool died(const QString& host, const QString& process);

private:
    int m_number;
    QString m_host;
    QString m_process;
};

}  // namespace cvd::jobs
