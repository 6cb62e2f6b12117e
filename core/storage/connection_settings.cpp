#include "core/storage/connection_settings.h"

#include <QDir>
#include <QUrl>
#include <QUrlQuery>

namespace cvd::storage {
namespace {

Error usage(std::string text, const QString& argument) {
    return fail(ErrorKind::Usage, std::move(text), {argument.toStdString()});
}

// The text before ':' when it names a scheme; one letter is a Windows drive.
QString schemeOf(const QString& url) {
    const qsizetype colon = url.indexOf(QLatin1Char(':'));
    return colon > 1 ? url.left(colon).toLower() : QString();
}

Result<ConnectionSettings> sqliteSettings(const QString& path) {
    QString file = path;
    if (file.startsWith(QLatin1String("///"))) {
        file.remove(0, 2);
    }
    if (file.isEmpty() || file.endsWith(QLatin1Char('/'))) {
        return usage(CVD_TR("core",
                            "\"%1\" names no database file. Give a path like "
                            "/home/me/cvd-mis.sqlite."),
                     path);
    }
    ConnectionSettings settings;
    settings.sqliteFile = QDir::cleanPath(QDir::current().absoluteFilePath(file));
    settings.tls = false;
    return settings;
}

// The URL without the secret, so that it may be shown.
QString withoutPassword(QUrl url) {
    url.setPassword(QString());
    return url.toString();
}

Result<bool> tlsOption(const QUrlQuery& query, bool standard, const QString& shown) {
    if (!query.hasQueryItem(QStringLiteral("tls"))) {
        return standard;
    }
    const QString value = query.queryItemValue(QStringLiteral("tls")).toLower();
    if (value == QLatin1String("on") || value == QLatin1String("off")) {
        return value == QLatin1String("on");
    }
    return usage(CVD_TR("core",
                        "The database address %1 has an unknown value for tls. Write "
                        "tls=on or tls=off."),
                 shown);
}

Result<ConnectionSettings> mySqlSettings(const QString& text) {
    const QUrl url(text, QUrl::StrictMode);
    const QString shown = withoutPassword(url);
    if (!url.password().isEmpty() || url.userInfo().contains(QLatin1Char(':'))) {
        return usage(CVD_TR("core",
                            "The database address %1 contains a password. Leave it out: it "
                            "is asked for, or read from the keychain or from a password "
                            "file."),
                     shown);
    }
    ConnectionSettings settings;
    settings.engine = Engine::MySql;
    settings.host = url.host();
    settings.port = url.port(3306);
    settings.user = url.userName();
    settings.database = url.path().mid(1);
    if (!url.isValid() || settings.host.isEmpty() || settings.user.isEmpty() ||
        settings.database.isEmpty() || settings.database.contains(QLatin1Char('/'))) {
        return usage(CVD_TR("core",
                            "The database address \"%1\" is not complete. Write it as "
                            "mysql://user@host:port/name."),
                     url.isValid() ? shown : QStringLiteral("mysql://..."));
    }
    const QUrlQuery query(url);
    CVD_TRY_ASSIGN(settings.tls, tlsOption(query, !isLoopbackHost(settings.host), shown));
    settings.tlsCaFile = query.queryItemValue(QStringLiteral("ca"), QUrl::FullyDecoded);
    return settings;
}

}  // namespace

QString ConnectionSettings::location() const {
    if (engine == Engine::Sqlite) {
        return QDir::toNativeSeparators(sqliteFile);
    }
    return QStringLiteral("%1@%2:%3/%4").arg(user, host).arg(port).arg(database);
}

bool isLoopbackHost(const QString& host) {
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 ||
           host.startsWith(QLatin1String("127.")) || host == QLatin1String("::1");
}

Result<ConnectionSettings> parseDatabaseUrl(const QString& url) {
    const QString text = url.trimmed();
    const QString scheme = schemeOf(text);
    if (scheme == QLatin1String("mysql") || scheme == QLatin1String("mariadb")) {
        return mySqlSettings(text);
    }
    if (scheme == QLatin1String("sqlite")) {
        return sqliteSettings(text.mid(7));
    }
    if (text.contains(QLatin1String("://"))) {
        return usage(CVD_TR("core",
                            "Databases of the kind \"%1\" are not supported. Give a file, or "
                            "mysql://user@host:port/name."),
                     scheme);
    }
    return sqliteSettings(text);
}

}  // namespace cvd::storage
