// Services on a fresh database of the engine under test and a library folder of their own, with an
// administrator and two users: what tests of projects and jobs start from.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "core/accounts/session.h"
#include "core/projects/project_service.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"
#include "tests/core/projects/emptied_database.h"
#include "tests/core/projects/small_videos.h"

namespace cvd::test {

template <class T>
const char* message(const Result<T>& result) {
    static std::string text;
    text = result.ok() ? "" : result.error().message() + " " + result.error().detail;
    return text.c_str();
}

class ServiceFixture {
protected:
    // Small videos with different content, numbered from 1.
    void makeVideos(int count) {
        m_videos = std::make_unique<QTemporaryDir>();
        for (int i = 1; i <= count; ++i) {
            QVERIFY(writeVideo(video(i), i));
        }
    }
    void openServices(const QString& engine) {
        m_dir = std::make_unique<QTemporaryDir>();
        auto opened = m_databases.open(engine, &m_settings);
        QVERIFY2(opened.ok(), message(opened));
        m_database = std::move(*opened);
        m_library = std::make_unique<projects::MediaLibrary>(m_dir->filePath("library"));
        m_service = std::make_unique<projects::ProjectService>(*m_database, *m_library);
        m_admin = addUser("Admin", accounts::Role::Administrator);
        m_ann = addUser("Ann", accounts::Role::Normal);
        m_bob = addUser("Bob", accounts::Role::Normal);
    }
    void closeServices() {
        if (QTest::currentTestFailed()) {
            m_databases.discardServerDatabase();
        }
        m_service.reset();
        m_database.reset();
    }

    QString video(int number) const {
        return m_videos->filePath(QStringLiteral("video %1.mp4").arg(number));
    }
    accounts::Session addUser(const QString& name, accounts::Role role) {
        storage::UserRecord user;
        user.name = name;
        user.authority = int(role);
        const auto id = storage::UserRepository(*m_database).insert(user);
        return {id.ok() ? *id : UserId(), name, role};
    }
    ProjectId made(const accounts::Session& session, int number, const QString& name = {}) {
        const auto id =
            m_service->create(session, {name, "", video(number), projects::ImportMode::Copy, {}});
        return id.ok() ? *id : ProjectId();
    }

    EmptiedDatabases m_databases;
    std::unique_ptr<QTemporaryDir> m_videos, m_dir;
    storage::ConnectionSettings m_settings;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<projects::MediaLibrary> m_library;
    std::unique_ptr<projects::ProjectService> m_service;
    accounts::Session m_admin, m_ann, m_bob;
};

}  // namespace cvd::test

#define VERIFY_OK(expression)                                \
    do {                                                     \
        const auto result_ = (expression);                   \
        QVERIFY2(result_.ok(), cvd::test::message(result_)); \
    } while (false)
#define VERIFY_FAILS(expression, expectedKind)        \
    do {                                              \
        const auto result_ = (expression);            \
        QVERIFY(!result_.ok());                       \
        QCOMPARE(result_.error().kind, expectedKind); \
    } while (false)
