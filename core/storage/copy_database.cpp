#include "core/storage/copy_database.h"

#include <QFileInfo>

#include "core/storage/project_search.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {
namespace {

// Filled by every migration, so its rows say nothing about use.
const QString kSeededTable = QStringLiteral("authority");

QString selectList(const Dialect& dialect, const TableSpec& table) {
    QStringList columns;
    for (const ColumnSpec& column : table.columns) {
        columns << (column.type == ColumnType::Timestamp ? dialect.timestampText(column.name)
                                                         : column.name);
    }
    return columns.join(QStringLiteral(", "));
}

QString insertStatement(const Dialect& dialect, const TableSpec& table) {
    QStringList names;
    QStringList marks;
    for (const ColumnSpec& column : table.columns) {
        names << column.name;
        marks << (column.type == ColumnType::Timestamp ? dialect.timestampPlaceholder()
                                                       : QStringLiteral("?"));
    }
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
        .arg(table.name, names.join(QStringLiteral(", ")), marks.join(QStringLiteral(", ")));
}

// The form in which both engines must agree.
QVariant normalised(const QVariant& value, ColumnType type) {
    if (value.isNull()) {
        return {};
    }
    switch (type) {
        case ColumnType::Integer:
            return value.toLongLong();
        case ColumnType::Real:
            return value.toDouble();
        case ColumnType::Text:
            return value.toString();
        case ColumnType::Timestamp:
            return toDb(timeFromDb(value));
    }
    return value;
}

QVariantList normalisedRow(const TableSpec& table, const Row& row) {
    QVariantList values;
    for (int i = 0; i < row.size(); ++i) {
        values << normalised(row.value(i), table.columns.at(i).type);
    }
    return values;
}

// Walks a table in order of its key, a batch at a time.
class TableReader {
public:
    TableReader(Database& database, const TableSpec& table, int batch)
        : m_db(database), m_table(table), m_batch(batch) {
        for (const ColumnSpec& column : table.columns) {
            if (column.name == table.key.first()) {
                break;
            }
            ++m_keyColumn;
        }
    }

    // Normalised rows; empty at the end.
    Result<QList<QVariantList>> next() {
        const QString& key = m_table.key.first();
        const QString after =
            m_last.isValid() ? QStringLiteral("WHERE %1 > ? ").arg(key) : QString();
        QVariantList values;
        if (m_last.isValid()) {
            values << m_last;
        }
        values << m_batch;
        CVD_TRY_ASSIGN(
            const Rows rows,
            m_db.select(QStringLiteral("SELECT %1 FROM %2 %3ORDER BY %4 LIMIT ?")
                            .arg(selectList(m_db.dialect(), m_table), m_table.name, after, key),
                        values));
        QList<QVariantList> batch;
        for (const Row& row : rows) {
            batch << normalisedRow(m_table, row);
        }
        if (!batch.isEmpty()) {
            m_last = batch.last().at(m_keyColumn);
        }
        return batch;
    }

private:
    Database& m_db;
    const TableSpec& m_table;
    int m_batch;
    int m_keyColumn = 0;
    QVariant m_last;
};

class Copier {
public:
    Copier(Database& from, Database& to, const CopyOptions& options, const CopyControl& control)
        : m_from(from), m_to(to), m_options(options), m_control(control) {}

    Result<CopyReport> run() {
        CVD_TRY(checkSource());
        // Where making tables can be taken back it belongs to the copy: killed or failed in
        // between, it must not leave what looks like a database without people and projects.
        const bool together = m_to.engine() == Engine::Sqlite;
        if (!together) {
            CVD_TRY(prepareTarget());
        }
        CVD_TRY_ASSIGN(Transaction reading, m_from.beginRead());
        CVD_TRY(countSource());
        return m_to.withTransaction([&]() -> Result<CopyReport> {
            if (together) {
                CVD_TRY(prepareTarget());
            }
            CVD_TRY(clearTarget());
            for (const TableSpec& table : copiedTables()) {
                CVD_TRY(copyTable(table));
            }
            CopyReport report;
            for (const TableSpec& table : copiedTables()) {
                CVD_TRY_ASSIGN(const qint64 rows, verifyTable(table));
                report.tables << TableCopy{table.name, rows};
            }
            CVD_TRY(rebuildGrams(m_to));
            return report;
        });
    }

private:
    static QList<TableSpec> copiedTables() {
        QList<TableSpec> tables = schemaTables();
        tables.removeIf([](const TableSpec& table) { return table.derived; });
        return tables;
    }

    Status checkSource() {
        CVD_TRY_ASSIGN(const SchemaStatus source, schemaStatus(m_from));
        if (source.state != SchemaState::Current) {
            CVD_TRY(usable(m_from, source));
            return fail(ErrorKind::Usage,
                        CVD_TR("core",
                               "The database %1 was made by a newer version of CVD-MIS and "
                               "cannot be copied by this one. Update this program first."),
                        {m_from.location().toStdString()});
        }
        return {};
    }

    Status prepareTarget() {
        CVD_TRY_ASSIGN(const SchemaStatus target, migrate(m_to));
        return usable(m_to, target);
    }

    Status countSource() {
        for (const TableSpec& table : copiedTables()) {
            CVD_TRY_ASSIGN(const qint64 rows, countRows(m_from, table));
            m_total += 2 * rows;
        }
        return {};
    }

    static Result<qint64> countRows(Database& database, const TableSpec& table) {
        return database.selectInteger(QStringLiteral("SELECT COUNT(*) FROM ") + table.name);
    }

    // Children before parents.
    Status clearTarget() {
        const QList<TableSpec>& tables = schemaTables();
        for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
            CVD_TRY_ASSIGN(const qint64 rows, countRows(m_to, *table));
            const bool counts = !table->derived && table->name != kSeededTable;
            if (rows > 0 && !m_options.replace && counts) {
                return fail(ErrorKind::Usage,
                            CVD_TR("core",
                                   "The database %1 already holds data (table %2). Choose an "
                                   "empty one, or say that it may be replaced."),
                            {m_to.location().toStdString(), table->name.toStdString()});
            }
            CVD_TRY_ASSIGN([[maybe_unused]] const Done done,
                           m_to.execute(QStringLiteral("DELETE FROM ") + table->name));
        }
        return {};
    }

    Status step(qint64 rows, const QString& table) {
        m_done += rows;
        if (m_control.progress) {
            m_control.progress(m_done, m_total, table);
        }
        if (m_control.cancelled && m_control.cancelled()) {
            return fail(ErrorKind::Cancelled,
                        CVD_TR("core", "Copying was cancelled. The database %1 is as it was."),
                        {m_to.location().toStdString()});
        }
        return {};
    }

    Status copyTable(const TableSpec& table) {
        TableReader reader(m_from, table, m_options.batch);
        const QString insert = insertStatement(m_to.dialect(), table);
        while (true) {
            CVD_TRY_ASSIGN(const QList<QVariantList> rows, reader.next());
            if (rows.isEmpty()) {
                return {};
            }
            CVD_TRY(m_to.executeBatch(insert, rows));
            CVD_TRY(step(rows.size(), table.name));
        }
    }

    Result<qint64> verifyTable(const TableSpec& table) {
        TableReader source(m_from, table, m_options.batch);
        TableReader target(m_to, table, m_options.batch);
        qint64 rows = 0;
        while (true) {
            CVD_TRY_ASSIGN(const QList<QVariantList> expected, source.next());
            CVD_TRY_ASSIGN(const QList<QVariantList> found, target.next());
            if (expected != found) {
                return different(table, rows, expected, found);
            }
            if (expected.isEmpty()) {
                return rows;
            }
            rows += expected.size();
            CVD_TRY(step(expected.size(), table.name));
        }
    }

    Error different(const TableSpec& table, qint64 before, const QList<QVariantList>& expected,
                    const QList<QVariantList>& found) {
        qsizetype i = 0;
        while (i < expected.size() && i < found.size() && expected.at(i) == found.at(i)) {
            ++i;
        }
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "Row %1 of table %2 differs after copying to %3. Nothing was kept "
                           "there."),
                    {std::to_string(before + i + 1), table.name.toStdString(),
                     m_to.location().toStdString()});
    }

    Database& m_from;
    Database& m_to;
    const CopyOptions& m_options;
    const CopyControl& m_control;
    qint64 m_total = 0;
    qint64 m_done = 0;
};

Result<QString> integrityDamage(Database& database) {
    if (database.engine() != Engine::Sqlite) {
        return QString();
    }
    CVD_TRY_ASSIGN(const Rows rows, database.select(QStringLiteral("PRAGMA quick_check(5)")));
    QStringList lines;
    for (const Row& row : rows) {
        lines << row.text(0);
    }
    return lines == QStringList{QStringLiteral("ok")} ? QString() : lines.join(QLatin1Char('\n'));
}

}  // namespace

qint64 CopyReport::rows() const {
    qint64 sum = 0;
    for (const TableCopy& table : tables) {
        sum += table.rows;
    }
    return sum;
}

Result<CopyReport> copyDatabase(Database& from, Database& to, const CopyOptions& options,
                                const CopyControl& control) {
    if (from.location() == to.location()) {
        return fail(
            ErrorKind::Usage,
            CVD_TR("core", "Source and target are the same database %1. Choose another one."),
            {to.location().toStdString()});
    }
    return Copier(from, to, options, control).run();
}

Result<DatabaseStatus> databaseStatus(Database& database) {
    DatabaseStatus status;
    status.location = database.location();
    CVD_TRY_ASSIGN(status.serverVersion, database.serverVersion());
    CVD_TRY_ASSIGN(status.tlsCipher, database.tlsCipher());
    CVD_TRY_ASSIGN(status.damage, integrityDamage(database));
    CVD_TRY_ASSIGN(status.schema, schemaStatus(database));
    if (database.engine() == Engine::Sqlite) {
        status.bytes = QFileInfo(database.settings().sqliteFile).size();
    }
    if (!usable(database, status.schema).ok()) {
        return status;
    }
    for (const TableSpec& table : schemaTables()) {
        if (table.derived) {
            continue;
        }
        CVD_TRY_ASSIGN(
            const qint64 rows,
            database.selectInteger(QStringLiteral("SELECT COUNT(*) FROM ") + table.name));
        status.tables << TableCopy{table.name, rows};
    }
    return status;
}

}  // namespace cvd::storage
