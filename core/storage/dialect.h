// What differs between SQLite and MySQL/MariaDB, in one small object. Everything else is shared
// SQL.
#pragma once

#include <QString>

#include "core/storage/connection_settings.h"

namespace cvd::storage {

class Dialect {
public:
    explicit Dialect(Engine engine) : m_engine(engine) {}

    Engine engine() const { return m_engine; }
    bool isMySql() const { return m_engine == Engine::MySql; }

    // Column types.
    QString primaryKey() const;             // 64-bit, counts by itself, values are never used again
    QString integer() const;                // 64-bit
    QString real() const;                   // double
    QString varchar(int characters) const;  // may be indexed; characters <= 700
    QString longText() const;               // any length, not indexed
    QString time() const;                   // UTC, "2026-01-31T23:59:59.123Z"
    QString timestampNow() const;           // the original system's "timestamp, default now"

    // What follows the closing bracket of CREATE TABLE.
    QString tableSuffix() const;
    // CREATE INDEX that may be run again (on MySQL the migration forgives "duplicate key name").
    QString createIndex(const QString& name, const QString& table, const QString& columns,
                        bool unique = false) const;
    QString dropIndex(const QString& name, const QString& table) const;  // may be run again, too

    // INSERT that changes `updates` (comma-separated columns) when `key` exists already.
    QString upsert(const QString& table, const QString& columns, const QString& key,
                   const QString& updates) const;

    // A column of timestampNow() as UTC ISO text, the placeholder that writes one from ISO text,
    // and its "2026-01".
    QString timestampText(const QString& column) const;
    QString timestampPlaceholder() const;
    QString timestampMonth(const QString& column) const;

private:
    Engine m_engine;
};

// Text as it is compared, sorted and searched: normalised (NFKC), case folded, trimmed.
QString searchKey(const QString& text);

}  // namespace cvd::storage
