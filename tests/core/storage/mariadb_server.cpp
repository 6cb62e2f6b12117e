#include "mariadb_server.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QStorageInfo>

namespace cvd::test {
namespace {

constexpr int kStartWithinMs = 60000;

QString findProgram(const QStringList& names) {
    for (const QString& name : names) {
        for (const QStringList& paths :
             {QStringList(), QStringList{"/usr/sbin", "/usr/libexec", "/usr/local/sbin"}}) {
            const QString found = QStandardPaths::findExecutable(name, paths);
            if (!found.isEmpty()) {
                return found;
            }
        }
    }
    return {};
}

QString serverProgram() {
    return findProgram({"mariadbd", "mysqld"});
}
QString installProgram() {
    return findProgram({"mariadb-install-db", "mysql_install_db"});
}

// The server dies with the test, however the test ends.
void dieWithParent(QProcess& process) {
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

int freePort() {
    const int socketFd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    int port = 0;
    if (bind(socketFd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
        getsockname(socketFd, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
        port = ntohs(address.sin_port);
    }
    close(socketFd);
    return port;
}

QString runProgram(const QString& program, const QStringList& arguments, const QString& folder) {
    QProcess process;
    dieWithParent(process);
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (process.waitForFinished(kStartWithinMs) && process.exitCode() == 0) {
        return {};
    }
    return program + QStringLiteral(" failed: ") + QString::fromLocal8Bit(process.readAll());
}

}  // namespace

QString MariaDbServer::folderTemplate() {
    constexpr qint64 kEnough = 512LL << 20;
    const QStorageInfo memory(QStringLiteral("/dev/shm"));
    const bool room = memory.isValid() && !memory.isReadOnly() &&
                      memory.bytesAvailable() > kEnough &&
                      QFileInfo(memory.rootPath()).isWritable();
    return (room ? memory.rootPath() : QDir::tempPath()) + QStringLiteral("/cvd-mariadb-XXXXXX");
}

MariaDbServer::~MariaDbServer() {
    kill();
}

QString MariaDbServer::unavailableReason() {
    if (serverProgram().isEmpty() || installProgram().isEmpty()) {
        return QStringLiteral("SKIPPED: mariadbd not found (install the package mariadb-server)");
    }
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QMYSQL"))) {
        return QStringLiteral("SKIPPED: Qt's driver QMYSQL not found (install libqt6sql6-mysql)");
    }
    return {};
}

bool MariaDbServer::mustNotSkip() {
    return qEnvironmentVariableIntValue("CVD_REQUIRE_MARIADB") == 1;
}

QString MariaDbServer::install() {
    QStringList arguments{"--no-defaults",
                          "--datadir=" + m_folder.filePath("data"),
                          "--auth-root-authentication-method=normal",
                          "--skip-test-db",
                          "--skip-name-resolve",
                          "--force"};  // force: a machine without /etc/hosts
    if (geteuid() == 0) {
        arguments << "--user=root";
    }
    const QString problem = runProgram(installProgram(), arguments, m_folder.path());
    return problem.isEmpty() && m_options.tls ? makeCertificates() : problem;
}

QString MariaDbServer::makeCertificates() {
    const QString openssl = findProgram({"openssl"});
    for (const QStringList& step :
         {QStringList{"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout",
                      "ca.key", "-out", "ca.pem", "-subj", "/CN=cvd-test-authority"},
          QStringList{"req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out",
                      "server.csr", "-subj", "/CN=127.0.0.1"},
          QStringList{"x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                      "-CAcreateserial", "-days", "2", "-out", "server.pem"}}) {
        const QString problem = runProgram(openssl, step, m_folder.path());
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

bool MariaDbServer::replaceCaFile() {
    return runProgram(findProgram({"openssl"}),
                      {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout",
                       "other.key", "-out", "ca.pem", "-subj", "/CN=cvd-other-authority"},
                      m_folder.path())
        .isEmpty();
}

QStringList MariaDbServer::arguments() const {
    QStringList list{"--no-defaults", "--datadir=" + m_folder.filePath("data"),
                     "--socket=" + m_folder.filePath("s"), "--pid-file=" + m_folder.filePath("pid"),
                     // A starting server removes the temporary tables that lie in its folder.
                     "--tmpdir=" + m_folder.path(), "--port=" + QString::number(m_port),
                     "--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-log-bin",
                     "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M",
                     // Commits survive a killed server, which is what the tests kill.
                     "--innodb-flush-log-at-trx-commit=2", "--performance-schema=OFF",
                     "--log-error=" + m_folder.filePath("error.log")};
    if (geteuid() == 0) {
        list << "--user=root";
    }
    if (m_options.tls) {
        list << "--ssl-ca=" + m_folder.filePath("ca.pem")
             << "--ssl-cert=" + m_folder.filePath("server.pem")
             << "--ssl-key=" + m_folder.filePath("server.key");
    }
    return list;
}

QString MariaDbServer::start() {
    if (!m_installed) {
        const QString problem = install();
        if (!problem.isEmpty()) {
            return problem;
        }
        m_installed = true;
    }
    if (m_port != 0) {
        return launch();  // again on the port that clients know
    }
    QString problem;
    for (int attempt = 0; attempt < 3; ++attempt) {  // another program may take the port meanwhile
        m_port = freePort();
        problem = launch();
        if (problem.isEmpty()) {
            return {};
        }
    }
    return problem;
}

QString MariaDbServer::launch() {
    dieWithParent(m_process);
    m_process.setStandardOutputFile(m_folder.filePath("out.log"));
    m_process.setStandardErrorFile(m_folder.filePath("out.log"));
    m_process.start(serverProgram(), arguments());
    if (waitUntilReady()) {
        return {};
    }
    kill();
    QFile errors(m_folder.filePath("error.log"));
    const bool readable = errors.open(QIODevice::ReadOnly);
    return QStringLiteral("mariadbd did not start: ") +
           (readable ? QString::fromLocal8Bit(errors.readAll().right(2000)) : QString());
}

bool MariaDbServer::waitUntilReady() {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kStartWithinMs) {
        if (executeAsRoot(QStringLiteral("SELECT 1"))) {
            return true;
        }
        // Waits a moment, or less when the server gives up.
        if (m_process.waitForFinished(50) || m_process.state() == QProcess::NotRunning) {
            return false;
        }
    }
    return false;
}

void MariaDbServer::stop() {
    if (isRunning()) {
        m_process.terminate();
        if (!m_process.waitForFinished(30000)) {
            kill();
        }
    }
}

void MariaDbServer::freeze() {
    ::kill(pid_t(m_process.processId()), SIGSTOP);
}

void MariaDbServer::thaw() {
    ::kill(pid_t(m_process.processId()), SIGCONT);
}

void MariaDbServer::kill() {
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(10000);
    }
}

bool MariaDbServer::executeAsRoot(const QString& sql) {
    const QString connection = QStringLiteral("mariadb-root");
    bool done = false;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), connection);
        db.setHostName(QStringLiteral("localhost"));
        db.setUserName(QStringLiteral("root"));
        db.setConnectOptions(QStringLiteral("UNIX_SOCKET=") + m_folder.filePath("s"));
        done = db.open() && !db.exec(sql).lastError().isValid();
    }
    QSqlDatabase::removeDatabase(connection);
    return done;
}

storage::ConnectionSettings MariaDbServer::settingsFor(const QString& name) const {
    storage::ConnectionSettings settings;
    settings.engine = storage::Engine::MySql;
    settings.host = QStringLiteral("127.0.0.1");
    settings.port = m_port;
    settings.user = QStringLiteral("cvd");
    settings.password = QStringLiteral("test-only");
    settings.database = name;
    settings.tls = false;
    return settings;
}

storage::ConnectionSettings MariaDbServer::createDatabase(const QString& name) {
    executeAsRoot(QStringLiteral("CREATE DATABASE `%1`").arg(name));
    executeAsRoot(
        QStringLiteral("CREATE USER IF NOT EXISTS 'cvd'@'127.0.0.1' IDENTIFIED BY "
                       "'test-only'"));
    executeAsRoot(QStringLiteral("GRANT ALL ON `%1`.* TO 'cvd'@'127.0.0.1'").arg(name));
    return settingsFor(name);
}

}  // namespace cvd::test
