#include "core/storage/project_search.h"

#include <algorithm>
#include <limits>

namespace cvd::storage {
namespace {

// More candidates than these and walking the list in its order finds a page sooner.
constexpr qint64 kFew = 10000;
// More people than these are not written into a statement by number.
constexpr int kFewOwners = 200;
constexpr int kRowsAStatement = 500;
constexpr qint64 kMany = std::numeric_limits<qint64>::max();

bool isAscii(QChar c) {
    return c.unicode() < 0x80;
}

qint64 gram(int kind, QChar a, QChar b = {}, QChar c = {}) {
    return (qint64(kind) << 48) | (qint64(a.unicode()) << 32) | (qint64(b.unicode()) << 16) |
           qint64(c.unicode());
}

Status insertGrams(Database& database, const QList<QPair<qint64, qint64>>& rows) {
    for (qsizetype from = 0; from < rows.size(); from += kRowsAStatement) {
        const qsizetype count = std::min<qsizetype>(kRowsAStatement, rows.size() - from);
        QStringList marks;
        marks.fill(QStringLiteral("(?, ?)"), count);
        QVariantList values;
        for (qsizetype i = from; i < from + count; ++i) {
            values << qlonglong(rows[i].first) << qlonglong(rows[i].second);
        }
        const QString verb = database.dialect().isMySql() ? QStringLiteral("INSERT IGNORE")
                                                          : QStringLiteral("INSERT OR IGNORE");
        CVD_TRY_ASSIGN(
            [[maybe_unused]] const Done done,
            database.execute(verb + QStringLiteral(" INTO project_gram (gram, pid) VALUES ") +
                                 marks.join(QStringLiteral(", ")),
                             values));
    }
    return {};
}

// People whose name holds the word, and how many projects they have together.
struct Owners {
    QStringList ids;
    qint64 projects = 0;
    bool many = false;
};

Result<Owners> ownersNamed(Database& database, const QString& word) {
    CVD_TRY_ASSIGN(const Rows rows,
                   database.select(QStringLiteral("SELECT uid, project_num FROM user WHERE "
                                                  "INSTR(name_key, ?) > 0 LIMIT %1")
                                       .arg(kFewOwners + 1),
                                   {word}));
    Owners owners;
    owners.many = rows.size() > kFewOwners;
    for (const Row& row : rows) {
        owners.ids << QString::number(row.integer(0));
        owners.projects += row.integer(1);
    }
    return owners;
}

// Rows of the rarest piece, counted up to kFew + 1.
struct Rarest {
    GramRange grams;
    qint64 rows = kMany;
};

Result<Rarest> rarestGram(Database& database, const QString& word) {
    constexpr qint64 kRareEnough = 200;
    Rarest rarest;
    for (const GramRange& range : gramsOfWord(word)) {
        CVD_TRY_ASSIGN(
            const qint64 rows,
            database.selectInteger(QStringLiteral("SELECT COUNT(*) FROM (SELECT pid FROM "
                                                  "project_gram WHERE gram BETWEEN ? AND ? "
                                                  "LIMIT %1) few")
                                       .arg(kFew + 1),
                                   {qlonglong(range.first), qlonglong(range.last)}));
        if (rows < rarest.rows) {
            rarest = {range, rows};
        }
        if (rarest.rows <= kRareEnough) {
            break;
        }
    }
    return rarest;
}

// The word may stand in the project's text or in its owner's name.
void addCondition(Where& where, const QString& word, const Owners& owners) {
    const QString inText = QStringLiteral("INSTR(p.search_key, ?) > 0");
    if (owners.many) {
        where.add(QStringLiteral("(%1 OR p.uid IN (SELECT uid FROM user WHERE "
                                 "INSTR(name_key, ?) > 0))")
                      .arg(inText),
                  {word, word});
    } else if (owners.ids.isEmpty()) {
        where.add(inText, {word});
    } else {
        where.add(
            QStringLiteral("(p.uid IN (%1) OR %2)").arg(owners.ids.join(QLatin1Char(',')), inText),
            {word});
    }
}

}  // namespace

QSet<qint64> gramsOf(const QString& key) {
    QSet<qint64> grams;
    const auto at = [&](qsizetype i) { return i < key.size() ? key[i] : QChar(QChar::Space); };
    for (qsizetype i = 0; i < key.size(); ++i) {
        if (at(i).isSpace()) {
            continue;
        }
        const bool neighbour = !at(i + 1).isSpace();
        if (!isAscii(at(i))) {
            grams.insert(gram(1, at(i)));
        }
        if (neighbour && (!isAscii(at(i)) || !isAscii(at(i + 1)))) {
            grams.insert(gram(2, at(i), at(i + 1)));
        }
        if (isAscii(at(i))) {
            const auto letter = [&](qsizetype j) {
                return isAscii(at(j)) && !at(j).isSpace() ? at(j) : QChar();
            };
            const QChar second = letter(i + 1);
            grams.insert(gram(3, at(i), second, second.isNull() ? QChar() : letter(i + 2)));
        }
    }
    return grams;
}

QList<GramRange> gramsOfWord(const QString& word) {
    QList<GramRange> ranges;
    const QChar any(0xffff);
    for (qsizetype i = 0; i < word.size(); ++i) {
        const bool second = i + 1 < word.size(), third = i + 2 < word.size();
        if (!isAscii(word[i])) {
            ranges << GramRange{gram(1, word[i]), gram(1, word[i])};
        }
        if (second && (!isAscii(word[i]) || !isAscii(word[i + 1]))) {
            ranges << GramRange{gram(2, word[i], word[i + 1]), gram(2, word[i], word[i + 1])};
        } else if (third && isAscii(word[i + 2])) {
            const qint64 exact = gram(3, word[i], word[i + 1], word[i + 2]);
            ranges << GramRange{exact, exact};
        } else if (isAscii(word[i]) && (second ? !third : true)) {
            // What follows the word in a text is not known.
            ranges << (second ? GramRange{gram(3, word[i], word[i + 1]),
                                          gram(3, word[i], word[i + 1], any)}
                              : GramRange{gram(3, word[i]), gram(3, word[i], any, any)});
        }
    }
    return ranges;
}

Status changeGrams(Database& database, ProjectId project, const QString& before,
                   const QString& after) {
    const QSet<qint64> old = gramsOf(before), wanted = gramsOf(after);
    QStringList gone;
    for (const qint64 one : old - wanted) {
        gone << QString::number(one);
    }
    if (!gone.isEmpty()) {
        CVD_TRY_ASSIGN([[maybe_unused]] const Done done,
                       database.execute(
                           QStringLiteral("DELETE FROM project_gram WHERE pid = ? AND gram IN (%1)")
                               .arg(gone.join(QLatin1Char(','))),
                           {idValue(project)}));
    }
    QList<QPair<qint64, qint64>> rows;
    for (const qint64 one : wanted - old) {
        rows.append({one, project.value});
    }
    return insertGrams(database, rows);
}

Status rebuildGrams(Database& database) {
    constexpr int kBatch = 20000;  // many, so that neighbours in the table go in together
    CVD_TRY_ASSIGN([[maybe_unused]] const Done cleared,
                   database.execute(QStringLiteral("DELETE FROM project_gram")));
    for (qint64 last = 0;;) {
        CVD_TRY_ASSIGN(
            const Rows projects,
            database.select(QStringLiteral("SELECT pid, search_key FROM project WHERE pid > ? "
                                           "ORDER BY pid LIMIT %1")
                                .arg(kBatch),
                            {qlonglong(last)}));
        if (projects.isEmpty()) {
            return {};
        }
        QList<QPair<qint64, qint64>> rows;
        for (const Row& project : projects) {
            last = project.integer(0);
            for (const qint64 one : gramsOf(project.text(1))) {
                rows.append({one, last});
            }
        }
        std::sort(rows.begin(), rows.end());
        CVD_TRY(insertGrams(database, rows));
    }
}

Result<ProjectSearch> planSearch(Database& database, const QString& text,
                                 std::optional<UserId> owner) {
    ProjectSearch search;
    qint64 fewest = kMany;
    if (owner && !text.trimmed().isEmpty()) {
        CVD_TRY_ASSIGN(fewest, database.selectInteger(
                                   QStringLiteral("SELECT project_num FROM user WHERE uid = ?"),
                                   {idValue(*owner)}));
    }
    for (const QString& word : searchKey(text).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        CVD_TRY_ASSIGN(const Owners owners, ownersNamed(database, word));
        addCondition(search.conditions, word, owners);
        if (owners.many || owners.projects > kFew) {
            continue;
        }
        CVD_TRY_ASSIGN(const Rarest rarest, rarestGram(database, word));
        const qint64 estimate = rarest.rows == kMany ? kMany : rarest.rows + owners.projects;
        if (estimate > kFew || estimate >= fewest) {
            continue;
        }
        fewest = estimate;
        const bool one = rarest.grams.first == rarest.grams.last;
        search.candidates =
            one ? QStringLiteral("SELECT pid FROM project_gram WHERE gram = ?")
                : QStringLiteral(
                      "SELECT DISTINCT pid FROM project_gram WHERE gram BETWEEN ? AND ?");
        search.candidateValues = {qlonglong(rarest.grams.first)};
        if (!one) {
            search.candidateValues << qlonglong(rarest.grams.last);
        }
        if (!owners.ids.isEmpty()) {
            search.candidates += QStringLiteral(" UNION SELECT pid FROM project WHERE uid IN (%1)")
                                     .arg(owners.ids.join(QLatin1Char(',')));
        }
    }
    return search;
}

}  // namespace cvd::storage
