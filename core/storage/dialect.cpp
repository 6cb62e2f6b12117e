#include "core/storage/dialect.h"

#include <QStringList>

namespace cvd::storage {

QString Dialect::primaryKey() const {
    return isMySql() ? QStringLiteral("BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY")
                     : QStringLiteral("INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL");
}

QString Dialect::integer() const {
    return isMySql() ? QStringLiteral("BIGINT") : QStringLiteral("INTEGER");
}

QString Dialect::real() const {
    return isMySql() ? QStringLiteral("DOUBLE") : QStringLiteral("REAL");
}

QString Dialect::varchar(int characters) const {
    return QStringLiteral("VARCHAR(%1)").arg(characters);
}

QString Dialect::longText() const {
    return isMySql() ? QStringLiteral("LONGTEXT") : QStringLiteral("TEXT");
}

QString Dialect::time() const {
    return varchar(24);
}

QString Dialect::timestampNow() const {
    return isMySql()
               ? QStringLiteral("TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)")
               : QStringLiteral("TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))");
}

QString Dialect::tableSuffix() const {
    // A binary collation makes MySQL compare and sort as SQLite does; columns named *_key hold
    // folded text for everything that ignores case.
    return isMySql() ? QStringLiteral(" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin")
                     : QString();
}

QString Dialect::createIndex(const QString& name, const QString& table, const QString& columns,
                             bool unique) const {
    return QStringLiteral("CREATE %1INDEX %2%3 ON %4 (%5)")
        .arg(unique ? QStringLiteral("UNIQUE ") : QString(),
             isMySql() ? QString() : QStringLiteral("IF NOT EXISTS "), name, table, columns);
}

QString Dialect::dropIndex(const QString& name, const QString& table) const {
    return isMySql() ? QStringLiteral("DROP INDEX %1 ON %2").arg(name, table)
                     : QStringLiteral("DROP INDEX IF EXISTS %1").arg(name);
}

QString Dialect::upsert(const QString& table, const QString& columns, const QString& key,
                        const QString& updates) const {
    QStringList marks;
    marks.fill(QStringLiteral("?"), columns.count(QLatin1Char(',')) + 1);
    QStringList assignments;
    for (const QString& column : updates.split(QLatin1Char(','))) {
        const QString name = column.trimmed();
        assignments << (isMySql() ? QStringLiteral("%1 = VALUES(%1)")
                                  : QStringLiteral("%1 = excluded.%1"))
                           .arg(name);
    }
    const QString head = QStringLiteral("INSERT INTO %1 (%2) VALUES (%3) ")
                             .arg(table, columns, marks.join(QStringLiteral(", ")));
    const QString conflict = isMySql() ? QStringLiteral("ON DUPLICATE KEY UPDATE ")
                                       : QStringLiteral("ON CONFLICT (%1) DO UPDATE SET ").arg(key);
    return head + conflict + assignments.join(QStringLiteral(", "));
}

QString Dialect::timestampText(const QString& column) const {
    // %f of MySQL has six digits; three are kept.
    return isMySql()
               ? QStringLiteral("CONCAT(LEFT(DATE_FORMAT(%1, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')")
                     .replace(QStringLiteral("%1"), column)
               : column;
}

QString Dialect::timestampPlaceholder() const {
    return isMySql() ? QStringLiteral("REPLACE(REPLACE(?, 'T', ' '), 'Z', '')")
                     : QStringLiteral("?");
}

QString Dialect::timestampMonth(const QString& column) const {
    return isMySql()
               ? QStringLiteral("DATE_FORMAT(%1, '%Y-%m')").replace(QStringLiteral("%1"), column)
               : QStringLiteral("substr(%1, 1, 7)").arg(column);
}

QString searchKey(const QString& text) {
    return text.normalized(QString::NormalizationForm_KC).toCaseFolded().trimmed();
}

}  // namespace cvd::storage
