// How long a page of the project list takes, for every order, filter, place and kind of text.
//   bench_projects [COUNT] [sqlite|mariadb]
// makes COUNT projects (100,000) of 300 people in a fresh database and prints the median and the
// longest of five pages each, in ms.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

#include "core/storage/project_search.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "mariadb_server.h"

using namespace cvd;
using namespace cvd::storage;

namespace {

constexpr int kPeople = 300;

QString nameOf(int i) {
    static const QStringList kKinds{"Slab", "Wall", "Pier", "Footing", "Lift", "Deck"};
    static const QStringList kChinese{QStringLiteral("承台"), QStringLiteral("桥墩"),
                                      QStringLiteral("底板"), QStringLiteral("侧墙")};
    return i % 3 == 0 ? QStringLiteral("%1号%2第%3层").arg(i % 211).arg(kChinese[i % 4]).arg(i % 9)
                      : QStringLiteral("%1 %2, axis %3, pour %4")
                            .arg(kKinds[i % 6])
                            .arg(i % 97)
                            .arg(i % 31)
                            .arg(i);
}

Status fill(Database& db, int count) {
    QList<UserId> people;
    for (int i = 0; i < kPeople; ++i) {
        UserRecord user;
        user.name = QStringLiteral("engineer %1").arg((i * 7919) % 1000, 3, 10, QLatin1Char('0')) +
                    QString::number(i);
        CVD_TRY_ASSIGN(const UserId id, UserRepository(db).insert(user));
        people << id;
    }
    CVD_TRY(db.withTransaction([&]() -> Status {
        QList<QVariantList> rows;
        const QDateTime start = QDateTime::fromString("2020-01-01T00:00:00Z", Qt::ISODate);
        for (int i = 0; i < count; ++i) {
            const QString name = nameOf(i);
            const QString about =
                QStringLiteral("poured by crew %1, mix C%2").arg(i % 40).arg(i % 7);
            rows << QVariantList{name,
                                 qlonglong(people[(i * 31) % kPeople].value),
                                 toDb(start.addSecs(qint64(i) * 1800)),
                                 i % 10 == 0 ? i % 2 : 2,
                                 double((i * 37) % 7200),
                                 searchKey(name),
                                 about,
                                 searchKey(name + '\n' + about)};
        }
        return db.executeBatch(
            QStringLiteral("INSERT INTO project (project_name, uid, create_date, project_status, "
                           "duration_s, name_key, description, search_key, video_file) VALUES "
                           "(?, ?, ?, ?, ?, ?, ?, ?, '')"),
            rows);
    }));
    CVD_TRY(
        db.executeSchema("UPDATE project SET owner_key = (SELECT name_key FROM user "
                         "WHERE user.uid = project.uid)"));
    CVD_TRY(
        db.executeSchema("UPDATE user SET project_num = (SELECT COUNT(*) FROM project "
                         "WHERE project.uid = user.uid)"));
    QElapsedTimer clock;
    clock.start();
    CVD_TRY(db.withTransaction([&] { return rebuildGrams(db); }));
    std::printf("search table rebuilt in %.1f s, %lld rows\n", clock.elapsed() / 1000.0,
                static_cast<long long>(*db.selectInteger("SELECT COUNT(*) FROM project_gram")));
    return db.executeSchema(db.engine() == Engine::Sqlite ? "ANALYZE"
                                                          : "ANALYZE TABLE project, user");
}

struct Slowest {
    double ms = 0;
    QString what;
};

double measure(Database& db, const ProjectFilter& filter, const QString& what, Slowest& slowest) {
    QList<double> times;
    qint64 total = 0;
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer clock;
        clock.start();
        const auto page = ProjectRepository(db).list(filter);
        times << clock.nsecsElapsed() / 1e6;
        if (!page.ok()) {
            std::printf("%s: %s\n", qPrintable(what), page.error().detail.c_str());
            return 0;
        }
        total = page->total;
    }
    std::sort(times.begin(), times.end());
    std::printf("%7.1f %7.1f  %8lld  %s\n", times[2], times[4], static_cast<long long>(total),
                qPrintable(what));
    if (times[2] > slowest.ms) {
        slowest = {times[2], what};
    }
    return times[2];
}

void measureAll(Database& db, int count) {
    Slowest slowest;
    std::printf(" median longest     total\n");
    const QStringList orders{"created", "name", "owner", "status", "duration"};
    const UserId one{std::int64_t(*db.selectInteger("SELECT MIN(uid) FROM user"))};
    for (int order = 0; order < 5; ++order) {
        for (const QString kind : {"all", "status", "owner", "owner+status", "dates"}) {
            for (const qint64 offset : {qint64(0), qint64(count) / 2, qint64(count) - 60}) {
                if (kind.startsWith("owner") && offset > 0) {
                    continue;
                }
                ProjectFilter filter;
                filter.order = ProjectOrder(order);
                filter.offset = kind == "all" ? offset : offset / 2;
                if (kind.contains("status")) {
                    filter.status = 2;
                }
                if (kind.contains("owner")) {
                    filter.owner = one;
                }
                if (kind == "dates") {
                    filter.createdFrom = QDateTime::fromString("2021-01-01T00:00:00Z", Qt::ISODate);
                }
                measure(
                    db, filter,
                    QStringLiteral("%1, %2, from %3").arg(orders[order], kind).arg(filter.offset),
                    slowest);
            }
        }
        const QStringList texts{"pour 77777",   "slab",        "crew 7",        "桥墩",
                                "7号桥墩",      "engineer 12", "C3 wall",       "zq",
                                "no such text", "p",           "slab 12 axis 3"};
        for (const QString& text : texts) {
            for (const bool own : {false, true}) {
                ProjectFilter filter;
                filter.order = ProjectOrder(order);
                filter.text = text;
                filter.owner = own ? std::optional(one) : std::nullopt;
                measure(db, filter,
                        QStringLiteral("%1, text \"%2\"%3")
                            .arg(orders[order], text, own ? ", own" : ""),
                        slowest);
            }
        }
    }
    std::printf("slowest median: %.1f ms (%s)\n", slowest.ms, qPrintable(slowest.what));
}

int run(const ConnectionSettings& settings, int count) {
    auto db = openReady(settings);
    if (!db.ok()) {
        std::printf("%s\n", db.error().message().c_str());
        return 1;
    }
    if (const Status filled = fill(**db, count); !filled.ok()) {
        std::printf("%s %s\n", filled.error().message().c_str(), filled.error().detail.c_str());
        return 1;
    }
    measureAll(**db, count);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QString(argv[1]).toInt() : 100000;
    const QString which = argc > 2 ? QString(argv[2]) : QString();
    int code = 0;
    if (which != "mariadb") {
        QTemporaryDir folder;
        ConnectionSettings settings;
        settings.sqliteFile = folder.filePath("bench.sqlite");
        std::printf("--- SQLite, %d projects\n", count);
        code += run(settings, count);
    }
    if (which != "sqlite") {
        test::MariaDbServer server;
        if (const QString problem = server.start(); !problem.isEmpty()) {
            std::printf("%s\n", qPrintable(problem));
            return 1;
        }
        std::printf("--- MariaDB, %d projects\n", count);
        code += run(server.createDatabase("bench"), count);
    }
    return code;
}
