#include "core/storage/database.h"

#include <QAtomicInteger>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QThread>
#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/base/log.h"
#include "core/storage/patience.h"

namespace cvd::storage {
namespace {

constexpr int kBusyTimeoutMs = 10000;

thread_local Patience tPatience;

QString newConnectionName() {
    static QAtomicInteger<quint64> counter;
    return QStringLiteral("cvd-%1").arg(counter.fetchAndAddRelaxed(1));
}

QString driverName(Engine engine) {
    return engine == Engine::Sqlite ? QStringLiteral("QSQLITE") : QStringLiteral("QMYSQL");
}

QString mySqlOptions(const ConnectionSettings& settings) {
    QStringList options{
        QStringLiteral("MYSQL_OPT_CONNECT_TIMEOUT=%1").arg(tPatience.connectS),
        QStringLiteral("MYSQL_OPT_READ_TIMEOUT=%1").arg(tPatience.answerS),
        QStringLiteral("MYSQL_OPT_WRITE_TIMEOUT=%1").arg(std::min(60, tPatience.answerS))};
    if (settings.tls && !settings.tlsCaFile.isEmpty()) {
        options << QStringLiteral("SSL_CA=") + settings.tlsCaFile;
    } else if (settings.tls) {
        // Naming the ciphers is what makes the driver ask for TLS without a CA file.
        options << QStringLiteral("SSL_CIPHER=HIGH");
    }
    return options.join(QLatin1Char(';'));
}

QVariant bindable(const QVariant& value) {
    // Drivers write a null QString as NULL; an empty text is meant.
    if (value.typeId() == QMetaType::QString && value.toString().isNull()) {
        return QVariant(QStringLiteral(""));
    }
    if (value.typeId() == QMetaType::Bool) {
        return QVariant(qlonglong(value.toBool() ? 1 : 0));
    }
    return value;
}

Row readRow(const QSqlQuery& query, int columns) {
    QVariantList values;
    values.reserve(columns);
    for (int i = 0; i < columns; ++i) {
        values << query.value(i);
    }
    return Row(std::move(values));
}

// After these the engine may have rolled back the whole transaction, not only the statement.
bool endsTransaction(Problem problem) {
    return problem == Problem::ServerGone || problem == Problem::DiskFull ||
           problem == Problem::InputOutput || problem == Problem::Locked ||
           problem == Problem::Corrupt;
}

QString describe(const QSqlError& error) {
    return QStringLiteral("%1 (%2)").arg(error.databaseText(), error.nativeErrorCode());
}

}  // namespace

void setPatienceOfThisThread(const Patience& patience) {
    tPatience = patience;
}

QVariant toDb(const QDateTime& time) {
    return time.isValid()
               ? QVariant(time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ")))
               : QVariant();
}

QDateTime timeFromDb(const QVariant& value) {
    if (value.isNull()) {
        return {};
    }
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

struct Database::Private {
    explicit Private(ConnectionSettings s) : settings(std::move(s)), dialect(settings.engine) {}

    ConnectionSettings settings;
    Dialect dialect;
    QString connection = newConnectionName();
    QThread* thread = QThread::currentThread();
    int depth = 0;  // open transaction and savepoints
    // Why the open transaction is gone: the server went away, or the engine rolled all of it back
    // by itself. Until its end every statement answers this instead of running outside of it.
    std::optional<Error> broken;

    QSqlDatabase handle() const { return QSqlDatabase::database(connection, false); }

    Error error(Problem problem, const QString& detail = {}) const {
        return databaseError(problem, settings, detail);
    }
    Error error(const QSqlError& sqlError, const QString& sql) const;

    Status connect();
    Status connectSqlite(QSqlDatabase& handle);
    Status connectMySql(QSqlDatabase& handle);
    Status requireTls(QSqlDatabase& handle);
    Status run(QSqlQuery& query, const QString& sql, const QVariantList& values);
    Status runPlain(const QString& sql);
    template <class F>
    auto withReconnect(F&& work) -> std::invoke_result_t<F>;
    Result<Rows> selectOnce(const QString& sql, const QVariantList& values);
};

namespace {

// SQLite cannot even be read where there is no room for its shared memory, and says "disk I/O
// error" or "unable to open" then. A person needs the reason.
bool hasNoRoom(const ConnectionSettings& settings) {
    constexpr std::uintmax_t kSharedMemoryBytes = 64 << 10;
    std::error_code error;
    const auto space = std::filesystem::space(
        QFileInfo(settings.sqliteFile).absolutePath().toStdU16String(), error);
    return !error && space.capacity > 0 && space.available < kSharedMemoryBytes;
}

}  // namespace

Error Database::Private::error(const QSqlError& sqlError, const QString& sql) const {
    Problem problem = classify(settings.engine, sqlError);
    const bool doubtful = problem == Problem::InputOutput || problem == Problem::CannotOpen;
    if (settings.engine == Engine::Sqlite && doubtful && hasNoRoom(settings)) {
        problem = Problem::DiskFull;
    }
    const QString detail = describe(sqlError);
    // Values are left out: they may be a person's data.
    const bool expected =
        problem == Problem::UniqueViolation || problem == Problem::ForeignKeyViolation;
    log(expected ? LogLevel::Info : LogLevel::Warning, "storage",
        QStringLiteral("%1 failed on %2: %3").arg(sql, settings.location(), detail).toStdString());
    return error(problem, detail);
}

Status Database::Private::connect() {
    if (!QSqlDatabase::isDriverAvailable(driverName(settings.engine))) {
        return error(Problem::DriverMissing);
    }
    if (!QSqlDatabase::contains(connection)) {
        QSqlDatabase::addDatabase(driverName(settings.engine), connection);
    }
    QSqlDatabase db = handle();
    db.close();
    return settings.engine == Engine::Sqlite ? connectSqlite(db) : connectMySql(db);
}

Status Database::Private::connectSqlite(QSqlDatabase& db) {
    const QFileInfo file(settings.sqliteFile);
    if (file.isDir() || !QDir().mkpath(file.absolutePath())) {
        return error(Problem::CannotOpen);
    }
    const bool isNew = !file.exists();
    db.setDatabaseName(settings.sqliteFile);
    db.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyTimeoutMs));
    if (!db.open()) {
        return error(db.lastError(), QStringLiteral("Opening"));
    }
    CVD_TRY(runPlain(QStringLiteral("PRAGMA foreign_keys = ON")));
    // Reads the header, so a file that is no database is told here. A folder that cannot be
    // written, or a file system without shared memory, keeps the journal it has.
    if (Status wal = runPlain(QStringLiteral("PRAGMA journal_mode = WAL")); !wal.ok()) {
        const Problem problem = problemOf(wal.error());
        if (problem == Problem::NotADatabase || problem == Problem::Corrupt) {
            return wal;
        }
    }
    // A record that was confirmed to the user is on the disk.
    CVD_TRY(runPlain(QStringLiteral("PRAGMA synchronous = FULL")));
    if (isNew) {
        // It will hold password hashes.
        QFile::setPermissions(settings.sqliteFile, QFile::ReadOwner | QFile::WriteOwner);
    }
    return {};
}

Status Database::Private::connectMySql(QSqlDatabase& db) {
    if (settings.tls && !settings.tlsCaFile.isEmpty() &&
        !QFileInfo(settings.tlsCaFile).isReadable()) {
        return error(Problem::TlsRefused,
                     QStringLiteral("The CA file %1 cannot be read").arg(settings.tlsCaFile));
    }
    // By name the client would look for a local socket and forget the port.
    const bool byName = settings.host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0;
    db.setHostName(byName ? QStringLiteral("127.0.0.1") : settings.host);
    db.setPort(settings.port);
    db.setUserName(settings.user);
    db.setPassword(settings.password);
    db.setDatabaseName(settings.database);
    db.setConnectOptions(mySqlOptions(settings));
    if (!db.open()) {
        const Error failure = error(db.lastError(), QStringLiteral("Connecting"));
        // "Lost connection" while connecting: nobody is there to go away.
        return problemOf(failure) == Problem::ServerGone
                   ? error(Problem::HostUnreachable, QString::fromStdString(failure.detail))
                   : failure;
    }
    CVD_TRY(requireTls(db));
    CVD_TRY(runPlain(QStringLiteral("SET NAMES utf8mb4 COLLATE utf8mb4_bin")));
    CVD_TRY(runPlain(QStringLiteral("SET SESSION time_zone = '+00:00'")));
    return runPlain(
        QStringLiteral("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,"
                       "NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
                       "NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'"));
}

// The client library goes on without encryption when the server offers none.
Status Database::Private::requireTls(QSqlDatabase& db) {
    if (!settings.tls) {
        return {};
    }
    QSqlQuery query(db);
    const bool encrypted = query.exec(QStringLiteral("SHOW SESSION STATUS LIKE 'Ssl_cipher'")) &&
                           query.next() && !query.value(1).toString().isEmpty();
    if (encrypted) {
        return {};
    }
    query.clear();
    db.close();
    return error(Problem::TlsRefused, QStringLiteral("The server offers no encryption"));
}

Status Database::Private::run(QSqlQuery& query, const QString& sql, const QVariantList& values) {
    if (values.isEmpty()) {
        return query.exec(sql) ? Status() : Status(error(query.lastError(), sql));
    }
    if (!query.prepare(sql)) {
        return error(query.lastError(), sql);
    }
    for (const QVariant& value : values) {
        query.addBindValue(bindable(value));
    }
    return query.exec() ? Status() : Status(error(query.lastError(), sql));
}

Status Database::Private::runPlain(const QString& sql) {
    QSqlQuery query(handle());
    return query.exec(sql) ? Status() : Status(error(query.lastError(), sql));
}

// Runs `work`, which must be safe to run twice; connects again once when the server had gone.
template <class F>
auto Database::Private::withReconnect(F&& work) -> std::invoke_result_t<F> {
    Q_ASSERT(thread == QThread::currentThread());
    if (broken && depth > 0) {
        return *broken;
    }
    if (settings.engine == Engine::MySql && !handle().isOpen()) {
        CVD_TRY(connect());
        return work();
    }
    auto result = work();
    if (result.ok()) {
        return result;
    }
    if (depth > 0) {
        if (endsTransaction(problemOf(result.error()))) {
            broken = result.error();
        }
        return result;
    }
    if (problemOf(result.error()) != Problem::ServerGone) {
        return result;
    }
    if (Status again = connect(); !again.ok()) {
        handle().close();
        return isTemporary(problemOf(again.error())) ? result.error() : again.error();
    }
    return work();
}

Result<Rows> Database::Private::selectOnce(const QString& sql, const QVariantList& values) {
    QSqlQuery query(handle());
    // MySQL without buffering would report a broken connection as the end of the rows.
    query.setForwardOnly(settings.engine == Engine::Sqlite);
    CVD_TRY(run(query, sql, values));
    Rows rows;
    const int columns = query.record().count();
    while (query.next()) {
        rows << readRow(query, columns);
    }
    if (query.lastError().type() != QSqlError::NoError) {
        return error(query.lastError(), sql);
    }
    return rows;
}

Database::Database(std::unique_ptr<Private> data) : d(std::move(data)) {}

Result<std::unique_ptr<Database>> Database::open(const ConnectionSettings& settings,
                                                 OpenMode mode) {
    if (mode == OpenMode::Existing && settings.engine == Engine::Sqlite &&
        !QFileInfo::exists(settings.sqliteFile)) {
        return databaseError(Problem::CannotOpen, settings,
                             QStringLiteral("There is no such file"));
    }
    std::unique_ptr<Database> database(new Database(std::make_unique<Private>(settings)));
    CVD_TRY(database->d->connect());
    return database;
}

Database::~Database() {
    Q_ASSERT(d->thread == QThread::currentThread());
    if (d->depth > 0) {
        rollbackTo(0);
    }
    if (QSqlDatabase::contains(d->connection)) {
        d->handle().close();
        QSqlDatabase::removeDatabase(d->connection);
    }
}

Engine Database::engine() const {
    return d->settings.engine;
}
const Dialect& Database::dialect() const {
    return d->dialect;
}
const ConnectionSettings& Database::settings() const {
    return d->settings;
}
bool Database::inTransaction() const {
    return d->depth > 0;
}

Result<Rows> Database::select(const QString& sql, const QVariantList& values) {
    return d->withReconnect([&] { return d->selectOnce(sql, values); });
}

Result<std::optional<Row>> Database::selectOne(const QString& sql, const QVariantList& values) {
    CVD_TRY_ASSIGN(const Rows rows, select(sql, values));
    return rows.isEmpty() ? std::optional<Row>() : std::optional<Row>(rows.first());
}

Result<qint64> Database::selectInteger(const QString& sql, const QVariantList& values) {
    CVD_TRY_ASSIGN(const std::optional<Row> row, selectOne(sql, values));
    return row ? row->integer(0) : qint64(0);
}

Result<Done> Database::execute(const QString& sql, const QVariantList& values) {
    if (d->settings.engine == Engine::MySql && d->depth == 0) {
        // Whether a lost statement was carried out cannot be known, but beginning may be repeated.
        return withTransaction([&] { return execute(sql, values); });
    }
    return d->withReconnect([&]() -> Result<Done> {
        QSqlQuery query(d->handle());
        CVD_TRY(d->run(query, sql, values));
        return Done{query.numRowsAffected(), query.lastInsertId().toLongLong()};
    });
}

Status Database::executeBatch(const QString& sql, const QList<QVariantList>& rows) {
    if (rows.isEmpty()) {
        return {};
    }
    return withTransaction([&]() -> Status {
        return d->withReconnect([&]() -> Status {
            QSqlQuery query(d->handle());
            if (!query.prepare(sql)) {
                return d->error(query.lastError(), sql);
            }
            for (const QVariantList& row : rows) {
                for (int i = 0; i < row.size(); ++i) {
                    query.bindValue(i, bindable(row.at(i)));
                }
                if (!query.exec()) {
                    return d->error(query.lastError(), sql);
                }
            }
            return {};
        });
    });
}

Status Database::executeSchema(const QString& sql) {
    return d->withReconnect([&] { return d->runPlain(sql); });
}

Result<Transaction> Database::begin() {
    return beginWith(engine() == Engine::Sqlite ? QStringLiteral("BEGIN IMMEDIATE")
                                                : QStringLiteral("START TRANSACTION"));
}

Result<Transaction> Database::beginRead() {
    return beginWith(engine() == Engine::Sqlite
                         ? QStringLiteral("BEGIN")
                         : QStringLiteral("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
}

Result<Transaction> Database::beginWith(const QString& statement) {
    const QString sql = d->depth == 0 ? statement : QStringLiteral("SAVEPOINT s%1").arg(d->depth);
    CVD_TRY(d->withReconnect([&] { return d->runPlain(sql); }));
    ++d->depth;
    return Transaction(this, d->depth);
}

Status Database::commitTo(int depth) {
    const QString sql =
        depth == 0 ? QStringLiteral("COMMIT") : QStringLiteral("RELEASE SAVEPOINT s%1").arg(depth);
    Status done = d->broken ? Status(*d->broken) : d->runPlain(sql);
    if (!done.ok()) {
        if (endsTransaction(problemOf(done.error()))) {
            d->broken = done.error();
        }
        rollbackTo(depth);
        return done;
    }
    d->depth = depth;
    return {};
}

void Database::rollbackTo(int depth) {
    const bool gone = d->broken && problemOf(*d->broken) == Problem::ServerGone;
    if (!gone) {
        const QString sql = depth == 0 ? QStringLiteral("ROLLBACK")
                                       : QStringLiteral("ROLLBACK TO SAVEPOINT s%1").arg(depth);
        // Fails harmlessly where the engine has rolled back by itself.
        QSqlQuery query(d->handle());
        query.exec(sql);
    }
    d->depth = depth;
    if (depth == 0) {
        d->broken.reset();
        if (gone) {
            d->handle().close();  // the next call connects again
        }
    }
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr)), m_depth(other.m_depth) {}

Transaction::~Transaction() {
    rollback();
}

Status Transaction::commit() {
    Q_ASSERT(m_database != nullptr);
    return std::exchange(m_database, nullptr)->commitTo(m_depth - 1);
}

void Transaction::rollback() {
    if (m_database != nullptr) {
        std::exchange(m_database, nullptr)->rollbackTo(m_depth - 1);
    }
}

Status Database::ping() {
    CVD_TRY_ASSIGN([[maybe_unused]] const qint64 one, selectInteger(QStringLiteral("SELECT 1")));
    return {};
}

Result<QString> Database::serverVersion() {
    const bool sqlite = engine() == Engine::Sqlite;
    CVD_TRY_ASSIGN(const std::optional<Row> row,
                   selectOne(sqlite ? QStringLiteral("SELECT sqlite_version()")
                                    : QStringLiteral("SELECT version()")));
    const QString version = row ? row->text(0) : QString();
    if (sqlite) {
        return QStringLiteral("SQLite %1").arg(version);
    }
    const bool maria = version.contains(QLatin1String("mariadb"), Qt::CaseInsensitive);
    return QStringLiteral("%1 %2").arg(maria ? QStringLiteral("MariaDB") : QStringLiteral("MySQL"),
                                       version.section(QLatin1Char('-'), 0, 0));
}

Result<QString> Database::tlsCipher() {
    if (engine() == Engine::Sqlite) {
        return QString();
    }
    CVD_TRY_ASSIGN(const std::optional<Row> row,
                   selectOne(QStringLiteral("SHOW SESSION STATUS LIKE 'Ssl_cipher'")));
    return row ? row->text(1) : QString();
}

}  // namespace cvd::storage
