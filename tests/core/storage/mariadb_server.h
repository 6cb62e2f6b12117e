// A MariaDB server of the test's own: private folder, loopback, free port, own socket, no
// configuration files. Started once per test executable; it ends with the test, even when that
// crashes. Used from the main thread.
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include "core/storage/connection_settings.h"

namespace cvd::test {

class MariaDbServer {
public:
    struct Options {
        bool tls = false;  // a self-signed authority and a certificate made by openssl
    };

    MariaDbServer() = default;
    explicit MariaDbServer(Options options) : m_options(options) {}
    ~MariaDbServer();

    // Empty when there is a server program to start; otherwise the line to skip with. With
    // CVD_REQUIRE_MARIADB=1 in the environment a caller must fail instead (see mustNotSkip).
    static QString unavailableReason();
    static bool mustNotSkip();

    // Makes the data folder at the first call, then starts and waits until the server answers.
    // Empty: it runs; otherwise what went wrong.
    QString start();
    void stop();  // as an administrator would
    void kill();  // as a power failure would
    // Says nothing any more, as behind a cable that was pulled; and again.
    void freeze();
    void thaw();
    bool isRunning() const { return m_process.state() == QProcess::Running; }

    // An empty database of this name for the user "cvd" with a password.
    storage::ConnectionSettings createDatabase(const QString& name);
    storage::ConnectionSettings settingsFor(const QString& name) const;
    // Runs a statement as the server's root.
    bool executeAsRoot(const QString& sql);

    QString caFile() const { return m_folder.filePath(QStringLiteral("ca.pem")); }
    // Puts another authority into caFile(), one that has not signed the server's certificate.
    bool replaceCaFile();
    int port() const { return m_port; }

private:
    // In memory where there is room: every table made costs several flushes of a disk.
    static QString folderTemplate();
    QString install();
    QString makeCertificates();
    QString launch();
    bool waitUntilReady();
    QStringList arguments() const;

    Options m_options;
    QTemporaryDir m_folder{folderTemplate()};
    QProcess m_process;
    int m_port = 0;
    bool m_installed = false;
};

}  // namespace cvd::test
