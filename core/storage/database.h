// One connection to the database, bound to the thread that opened it. Open one per thread, in that
// thread, and destroy it there. A QCoreApplication must exist (Qt loads the drivers through it).
//
// SQLite: foreign keys on, write-ahead log, full synchronisation, 10 s busy timeout.
// MySQL: utf8mb4, session time zone UTC, strict mode. A connection that the server has dropped is
// made again once, outside a transaction; inside one the transaction fails, nothing of it is
// kept, and the next call after its end connects again.
//
// All errors are ErrorKind::Environment with a sentence from problem.h; the SQL goes to the log.
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QVariant>
#include <memory>
#include <optional>
#include <type_traits>

#include "core/base/result.h"
#include "core/storage/connection_settings.h"
#include "core/storage/dialect.h"
#include "core/storage/problem.h"

namespace cvd::storage {

// A page of a longer list.
template <class T>
struct Page {
    QList<T> rows;
    qint64 total = 0;      // rows that match, on all pages
    bool atLeast = false;  // counting was stopped: there are that many or more
};

// UTC with milliseconds, "2026-01-31T23:59:59.123Z"; a null time is a null QVariant.
QVariant toDb(const QDateTime& time);
QDateTime timeFromDb(const QVariant& value);
template <class T>
QVariant toDb(const std::optional<T>& value) {
    return value ? QVariant::fromValue(*value) : QVariant();
}

class Row {
public:
    Row() = default;
    explicit Row(QVariantList values) : m_values(std::move(values)) {}
    int size() const { return int(m_values.size()); }
    const QVariant& value(int i) const { return m_values.at(i); }
    bool isNull(int i) const { return m_values.at(i).isNull(); }
    qint64 integer(int i) const { return m_values.at(i).toLongLong(); }
    double real(int i) const { return m_values.at(i).toDouble(); }
    bool flag(int i) const { return integer(i) != 0; }
    QString text(int i) const { return m_values.at(i).toString(); }
    QDateTime time(int i) const { return timeFromDb(m_values.at(i)); }
    std::optional<double> optionalReal(int i) const {
        return isNull(i) ? std::nullopt : std::optional<double>(real(i));
    }
    std::optional<qint64> optionalInteger(int i) const {
        return isNull(i) ? std::nullopt : std::optional<qint64>(integer(i));
    }

private:
    QVariantList m_values;
};
using Rows = QList<Row>;

struct Done {
    qint64 affected = 0;  // rows
    qint64 insertId = 0;  // of the last inserted row, where the table counts by itself
};

class Database;

// Rolls back unless committed. A transaction inside another one is a savepoint of it.
class Transaction {
public:
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // On an error nothing of it is kept.
    Status commit();
    void rollback();

private:
    friend class Database;
    Transaction(Database* database, int depth) : m_database(database), m_depth(depth) {}
    Database* m_database;
    int m_depth;
};

enum class OpenMode {
    Create,    // a SQLite file that is missing is made
    Existing,  // it is CannotOpen (servers never make a database)
};

class Database {
public:
    static Result<std::unique_ptr<Database>> open(const ConnectionSettings& settings,
                                                  OpenMode mode = OpenMode::Create);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Engine engine() const;
    const Dialect& dialect() const;
    const ConnectionSettings& settings() const;
    QString location() const { return settings().location(); }

    // Values are bound to the ?s. A null QString is written as an empty one; QVariant() is NULL.
    Result<Rows> select(const QString& sql, const QVariantList& values = {});
    // The first row, if there is one.
    Result<std::optional<Row>> selectOne(const QString& sql, const QVariantList& values = {});
    // First column of the first row as a number; 0 when there is none.
    Result<qint64> selectInteger(const QString& sql, const QVariantList& values = {});
    // INSERT, UPDATE or DELETE. Outside a transaction it is one of its own.
    Result<Done> execute(const QString& sql, const QVariantList& values = {});
    // The same statement for many rows, prepared once, all or none.
    Status executeBatch(const QString& sql, const QList<QVariantList>& rows);
    // CREATE, ALTER, DROP and session statements; sent as they are.
    Status executeSchema(const QString& sql);

    Result<Transaction> begin();
    // Begins a transaction that sees one state of the data and does not wait for writers.
    Result<Transaction> beginRead();
    bool inTransaction() const;

    // Runs `work` (which returns a Result) in a transaction; commits when it is ok.
    template <class F>
    auto withTransaction(F&& work) -> std::invoke_result_t<F> {
        Result<Transaction> transaction = begin();
        if (!transaction.ok()) {
            return transaction.error();
        }
        auto result = work();
        if (!result.ok()) {
            return result;
        }
        Status committed = transaction->commit();
        if (!committed.ok()) {
            return committed.error();
        }
        return result;
    }

    // Asks the server whether it is there (connecting again if need be).
    Status ping();
    // Server or library, for example "MariaDB 10.11.6" or "SQLite 3.40.1".
    Result<QString> serverVersion();
    // The cipher of an encrypted connection; empty: not encrypted, or SQLite.
    Result<QString> tlsCipher();

private:
    friend class Transaction;
    struct Private;
    explicit Database(std::unique_ptr<Private> data);
    Result<Transaction> beginWith(const QString& statement);
    Status commitTo(int depth);
    void rollbackTo(int depth);
    std::unique_ptr<Private> d;
};

}  // namespace cvd::storage
