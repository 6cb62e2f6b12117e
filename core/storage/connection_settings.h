// Where the database is and how to reach it. Plain data; the password lives in memory only and is
// never written to settings, logs or messages.
#pragma once

#include <QString>

#include "core/base/result.h"

namespace cvd::storage {

enum class Engine { Sqlite, MySql };  // MySql: MySQL 8 and MariaDB 10.5 or newer

struct ConnectionSettings {
    Engine engine = Engine::Sqlite;

    QString sqliteFile;  // absolute path; the folder is made when it is missing

    QString host;
    int port = 3306;
    QString user;
    QString database;
    QString password;
    // Encrypted connection, refused when the server has none. On unless the host is this machine.
    bool tls = true;
    // PEM file with the authority that signed the server's certificate. Empty: the connection is
    // encrypted but the server's identity is not checked.
    QString tlsCaFile;

    // For messages: the file, or user@host:port/name. Never the password.
    QString location() const;
};

// "localhost", 127.x.x.x and ::1.
bool isLoopbackHost(const QString& host);

// Understands
//   /path/x.sqlite, C:\path\x.sqlite, sqlite:/path, sqlite:relative.sqlite
//   mysql://user@host:port/name[?tls=off][&ca=/path/ca.pem]     ("mariadb" means the same)
// TLS is on for every host but this machine. Usage for anything else; a password inside is refused.
Result<ConnectionSettings> parseDatabaseUrl(const QString& url);

}  // namespace cvd::storage
