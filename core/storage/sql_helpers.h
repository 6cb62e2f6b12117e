// Small helpers of the repositories; not for other modules.
#pragma once

#include <QStringList>

#include "core/base/ids.h"
#include "core/storage/database.h"

namespace cvd::storage {

template <class Tag>
QVariant idValue(Id<Tag> id) {
    return id.valid() ? QVariant(qlonglong(id.value)) : QVariant();
}

template <class IdType>
IdType idFrom(const Row& row, int column) {
    return row.isNull(column) ? IdType{} : IdType{row.integer(column)};
}

inline QString placeholders(qsizetype count) {
    QStringList marks;
    marks.fill(QStringLiteral("?"), count);
    return marks.join(QStringLiteral(", "));
}

// "INSERT INTO table (a, b) VALUES (?, ?)" for columns "a, b".
inline QString insertSql(const QString& table, const QString& columns) {
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
        .arg(table, columns, placeholders(columns.count(QLatin1Char(',')) + 1));
}

// "UPDATE table SET a = ?, b = ? WHERE key = ?" for columns "a, b".
inline QString updateSql(const QString& table, const QString& columns, const QString& key) {
    QStringList assignments;
    for (const QString& column : columns.split(QLatin1Char(','))) {
        assignments << column.trimmed() + QStringLiteral(" = ?");
    }
    return QStringLiteral("UPDATE %1 SET %2 WHERE %3 = ?")
        .arg(table, assignments.join(QStringLiteral(", ")), key);
}

// The same columns with "alias." in front of each.
inline QString qualified(const QString& columns, const QString& alias) {
    QStringList out;
    for (const QString& column : columns.split(QLatin1Char(','))) {
        out << alias + QLatin1Char('.') + column.trimmed();
    }
    return out.join(QStringLiteral(", "));
}

// Conditions joined by AND, with their values in order.
struct Where {
    QStringList conditions;
    QVariantList values;

    void add(const QString& condition, const QVariantList& bound = {}) {
        conditions << condition;
        values << bound;
    }
    QString sql() const {
        return conditions.isEmpty()
                   ? QString()
                   : QStringLiteral(" WHERE ") + conditions.join(QStringLiteral(" AND "));
    }
};

inline QStringList searchWords(const QString& text) {
    return searchKey(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

// Every word must occur in `column`, which holds searchKey() text. INSTR knows no wildcards, so
// nothing needs escaping, and it is several times faster than LIKE.
inline void addSearch(Where& where, const QString& text, const QString& column) {
    for (const QString& word : searchWords(text)) {
        where.add(QStringLiteral("INSTR(%1, ?) > 0").arg(column), {word});
    }
}

inline QVariant nowForDb() {
    return toDb(QDateTime::currentDateTimeUtc());
}

// MySQL counts an UPDATE that changes nothing as no row; whether the row is there is what matters.
inline Result<bool> updateExisting(Database& database, const QString& sql,
                                   const QVariantList& values, const QString& existsSql,
                                   const QVariantList& existsValues) {
    return database.withTransaction([&]() -> Result<bool> {
        CVD_TRY_ASSIGN(const Done done, database.execute(sql, values));
        if (done.affected > 0) {
            return true;
        }
        CVD_TRY_ASSIGN(const qint64 there, database.selectInteger(existsSql, existsValues));
        return there > 0;
    });
}

template <class IdType>
Result<bool> updateById(Database& database, const QString& table, const QString& columns,
                        const QString& key, IdType id, QVariantList values) {
    values << idValue(id);
    return updateExisting(database, updateSql(table, columns, key), values,
                          QStringLiteral("SELECT COUNT(*) FROM %1 WHERE %2 = ?").arg(table, key),
                          {idValue(id)});
}

template <class IdType>
Result<bool> removeById(Database& database, const QString& table, const QString& key, IdType id) {
    CVD_TRY_ASSIGN(const Done done,
                   database.execute(QStringLiteral("DELETE FROM %1 WHERE %2 = ?").arg(table, key),
                                    {idValue(id)}));
    return done.affected > 0;
}

// All rows of `sql`, each made into a T by `make(row)`.
template <class T, class F>
Result<QList<T>> listOf(Database& database, const QString& sql, const QVariantList& values,
                        F make) {
    CVD_TRY_ASSIGN(const Rows rows, database.select(sql, values));
    QList<T> list;
    list.reserve(rows.size());
    for (const Row& row : rows) {
        list << make(row);
    }
    return list;
}

template <class T, class F>
Result<std::optional<T>> firstOf(Database& database, const QString& sql, const QVariantList& values,
                                 F make) {
    CVD_TRY_ASSIGN(const std::optional<Row> row, database.selectOne(sql, values));
    return row ? std::optional<T>(make(*row)) : std::optional<T>();
}

}  // namespace cvd::storage
