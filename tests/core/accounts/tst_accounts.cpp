// Sign-in, rights, passwords and the audit trail, on SQLite and on a real MariaDB server.
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QThread>

#include "core/accounts/account_service.h"
#include "core/base/log.h"
#include "test_databases.h"

using namespace cvd;
using namespace cvd::accounts;

namespace {

const QString kPassword = QStringLiteral("correct horse");

// Declares `db`, and `service` on it with a cheap hash and the test's clock.
#define CVD_FRESH_SERVICE()                                                        \
    QFETCH(QString, engine);                                                       \
    CVD_REQUIRE_ENGINE(m_databases, engine);                                       \
    CVD_UNWRAP(const auto dbOwner, storage::openReady(m_databases.fresh(engine))); \
    storage::Database& db = *dbOwner;                                              \
    m_now = QDateTime(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);                 \
    AccountService service(db, options())

#define CVD_FRESH_WITH_ADMIN() \
    CVD_FRESH_SERVICE();       \
    CVD_UNWRAP(const Session admin, service.createFirstAdministrator("Root", kPassword))

NewUser newUser(const QString& name, Role role = Role::Normal) {
    NewUser user;
    user.name = name;
    user.password = kPassword;
    user.role = role;
    return user;
}

template <class R>
bool refused(const R& result) {
    return !result.ok() && result.error().kind == ErrorKind::Usage;
}

template <class R>
QString sentence(const R& result) {
    return result.ok() ? QString() : QString::fromStdString(result.error().message());
}

}  // namespace

class AccountsTest : public QObject {
    Q_OBJECT

    test::TestDatabases m_databases;
    QDateTime m_now;

    AccountOptions options() {
        AccountOptions options;
        options.cost = PasswordCost::forTests();
        options.clock = [this] { return m_now; };
        return options;
    }

    static QStringList actions(AccountService& service, const Session& admin) {
        QStringList list;
        const auto trail = service.auditTrail(admin, {});
        if (trail.ok()) {
            for (const AuditEntry& entry : trail->rows) {
                list.prepend(entry.action);
            }
        }
        return list;
    }

private Q_SLOTS:
    void initTestCase() {
        setLogSink([](LogLevel, std::string_view, std::string_view) {});
    }

    // --- Passwords ---

    void hashesAreArgon2idWithSalt() {
        const auto first = hashPassword(kPassword, PasswordCost::forTests());
        const auto second = hashPassword(kPassword, PasswordCost::forTests());
        QVERIFY(first.ok() && second.ok());
        QVERIFY(first->startsWith(QLatin1String("$argon2id$")));
        QVERIFY(*first != *second);
        QVERIFY(verifyPassword(*first, kPassword));
        QVERIFY(!verifyPassword(*first, kPassword + QLatin1Char(' ')));
        QVERIFY(!verifyPassword(QStringLiteral("correct horse"), kPassword));  // never clear text
        QVERIFY(!verifyPassword(QString(), QString()));
    }

    // The standard cost and that of the decoy, which makes an unknown name take as long.
    void theStandardCostIsReal() {
        const auto hash = hashPassword(kPassword, PasswordCost::standard());
        QVERIFY(hash.ok());
        QVERIFY2(hash->startsWith(QLatin1String("$argon2id$v=19$m=65536,t=3,p=1$")),
                 qPrintable(*hash));
        QVERIFY(!needsRehash(*hash, PasswordCost::standard()));
        QVERIFY(needsRehash(*hash, PasswordCost::forTests()));
        const QString decoy = decoyHash(PasswordCost::standard());
        QVERIFY(!needsRehash(decoy, PasswordCost::standard()));  // the same parameters, well-formed
        QVERIFY(!verifyPassword(decoy, kPassword));
        QCOMPARE(decoy.size(), hash->size());
    }

    void composedAndDecomposedTypingAreOnePassword() {
        const auto hash = hashPassword(QStringLiteral("p\u00E4ssword"), PasswordCost::forTests());
        QVERIFY(hash.ok());
        QVERIFY(verifyPassword(*hash, QStringLiteral("pa\u0308ssword")));
    }

    void newPasswordsAreChecked_data() {
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << "" << false;
        QTest::newRow("seven") << "1234567" << false;
        QTest::newRow("eight") << "12345678" << true;
        QTest::newRow("eight Chinese") << "振捣棒振捣棒振捣" << true;
        QTest::newRow("seven emoji are not fourteen") << "😀😀😀😀😀😀😀" << false;
        QTest::newRow("spaces") << "        x" << true;
        QTest::newRow("longest") << QString(kMaximumPasswordLength, 'x') << true;
        QTest::newRow("too long") << QString(kMaximumPasswordLength + 1, 'x') << false;
        QTest::newRow("the name") << "AnnSmith" << false;
        QTest::newRow("the name in capitals") << "ANNSMITH" << false;
    }
    void newPasswordsAreChecked() {
        QFETCH(QString, password);
        QFETCH(bool, good);
        QCOMPARE(checkNewPassword(password, QStringLiteral("annsmith")).ok(), good);
    }

    // --- First start ---

    void theFirstUserIsAnAdministratorOfTheirChoosing_data() {
        test::TestDatabases::addEngineRows();
    }
    void theFirstUserIsAnAdministratorOfTheirChoosing() {
        CVD_FRESH_SERVICE();
        CVD_UNWRAP(bool needed, service.needsFirstAdministrator());
        QVERIFY(needed);
        for (const char* guess : {"admin", "root", "Root", ""}) {
            QVERIFY(
                refused(service.signIn(QString::fromLatin1(guess), QString::fromLatin1(guess))));
        }
        QVERIFY(refused(service.createFirstAdministrator("Root", "short")));
        QVERIFY(refused(service.createFirstAdministrator("  ", kPassword)));
        CVD_UNWRAP(needed, service.needsFirstAdministrator());
        QVERIFY(needed);
        CVD_UNWRAP(const Session session, service.createFirstAdministrator(" Root ", kPassword));
        QVERIFY(session.isAdministrator() && session.isValid());
        QCOMPARE(session.name, QStringLiteral("Root"));
        CVD_UNWRAP(needed, service.needsFirstAdministrator());
        QVERIFY(!needed);
        QVERIFY(refused(service.createFirstAdministrator("Other", kPassword)));
        m_now = m_now.addSecs(3600);
        CVD_VERIFY_OK(service.signIn("root", kPassword));
        // Nothing in the database reads like the password.
        CVD_UNWRAP(const auto login, storage::LoginRepository(db).find(session.user));
        QVERIFY(login->passwordHash.startsWith(QLatin1String("$argon2id$")));
        QVERIFY(!login->passwordHash.contains(kPassword));
    }

    void onlyOneOfManyBecomesTheFirst_data() { test::TestDatabases::addEngineRows(); }
    void onlyOneOfManyBecomesTheFirst() {
        CVD_FRESH_SERVICE();
        constexpr int kTries = 4;
        std::array<bool, kTries> won{};
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < kTries; ++i) {
            threads.emplace_back(QThread::create([&, i] {
                const auto own = storage::Database::open(db.settings());
                won[size_t(i)] = own.ok() && AccountService(**own, options())
                                                 .createFirstAdministrator(
                                                     QStringLiteral("a%1").arg(i), kPassword)
                                                 .ok();
            }));
            threads.back()->start();
        }
        for (const auto& thread : threads) {
            QVERIFY(thread->wait(60000));
        }
        QCOMPARE(std::count(won.begin(), won.end(), true), 1);
    }

    // --- Sign-in ---

    void signsInWhateverTheCase_data() { test::TestDatabases::addEngineRows(); }
    void signsInWhateverTheCase() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId id, service.createUser(admin, newUser("Zoë Müller")));
        CVD_UNWRAP(const Session session, service.signIn("  zOË MÜLLER ", kPassword));
        QCOMPARE(session.user, id);
        QCOMPARE(session.name, QStringLiteral("Zoë Müller"));
        QVERIFY(!session.isAdministrator());
        QVERIFY(refused(service.signIn("Zoë Müller", "Correct Horse")));
        QVERIFY(refused(service.signIn("Zoë Müller", "")));
        // The same words for an unknown name.
        QCOMPARE(sentence(service.signIn("nobody", kPassword)),
                 sentence(service.signIn("Root", "wrong password")));
        CVD_VERIFY_OK(service.signOut(session));
    }

    void slowsDownGuessing_data() {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<QString>("name");
        for (const char* engine : {"sqlite", "mariadb"}) {
            for (const char* name : {"Root", "nobody"}) {  // an unknown name behaves the same
                QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(engine, name)))
                    << QString::fromLatin1(engine) << QString::fromLatin1(name);
            }
        }
    }
    void slowsDownGuessing() {
        CVD_FRESH_WITH_ADMIN();
        QFETCH(QString, name);
        const QString wrong = QStringLiteral("wrong");
        const QString plain = sentence(service.signIn(name, wrong));
        QCOMPARE(sentence(service.signIn(name, wrong)), plain);
        QCOMPARE(sentence(service.signIn(name, wrong)), plain);  // the third counts
        const QString waiting = sentence(service.signIn(name.toUpper(), wrong));
        QVERIFY2(waiting.contains(QLatin1String("2 seconds")), qPrintable(waiting));
        // Not even the right password, and from another connection neither.
        CVD_UNWRAP(const auto other, storage::Database::open(db.settings()));
        AccountService elsewhere(*other, options());
        QCOMPARE(sentence(elsewhere.signIn(name, kPassword)), waiting);
        m_now = m_now.addMSecs(1999);
        QVERIFY(sentence(service.signIn(name, wrong)).contains(QLatin1String("1 seconds")));
        m_now = m_now.addMSecs(1);
        QCOMPARE(sentence(service.signIn(name, wrong)), plain);  // the fourth
        QVERIFY(sentence(service.signIn(name, wrong)).contains(QLatin1String("4 seconds")));
        m_now = m_now.addSecs(4);
        if (name == QLatin1String("Root")) {
            CVD_VERIFY_OK(service.signIn(name, kPassword));
            QCOMPARE(sentence(service.signIn(name, wrong)), plain);  // counted from the start again
            QCOMPARE(sentence(service.signIn(name, wrong)), plain);
            QCOMPARE(sentence(service.signIn(name, wrong)), plain);
        }
    }

    // Many guesses at the same moment do not get past the count.
    void guessesAtOnceAreCounted_data() { test::TestDatabases::addEngineRows(); }
    void guessesAtOnceAreCounted() {
        CVD_FRESH_WITH_ADMIN();
        const QString plain = sentence(service.signIn("Root", "wrong"));
        constexpr int kGuesses = 6;
        std::array<QString, kGuesses> answers;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < kGuesses; ++i) {
            threads.emplace_back(QThread::create([&, i] {
                const auto own = storage::Database::open(db.settings());
                if (own.ok()) {
                    answers[size_t(i)] =
                        sentence(AccountService(**own, options()).signIn("Root", "wrong"));
                }
            }));
            threads.back()->start();
        }
        for (const auto& thread : threads) {
            QVERIFY(thread->wait(60000));
        }
        QCOMPARE(std::count(answers.begin(), answers.end(), plain), 2);  // two more are free
    }

    void waitsGrowUpToFiveMinutes() {
        const QList<int> expected{0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
        for (int failures = 0; failures < expected.size(); ++failures) {
            QCOMPARE(AccountService::waitSeconds(failures), expected.at(failures));
        }
        QCOMPARE(AccountService::waitSeconds(1'000'000), 300);
    }

    void aClockSetBackLocksNobodyOut_data() { test::TestDatabases::addEngineRows(); }
    void aClockSetBackLocksNobodyOut() {
        CVD_FRESH_WITH_ADMIN();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(refused(service.signIn("Root", "wrong")));
        }
        m_now = m_now.addDays(-400);
        CVD_VERIFY_OK(service.signIn("Root", kPassword));
    }

    void renewsAnOutdatedHash_data() { test::TestDatabases::addEngineRows(); }
    void renewsAnOutdatedHash() {
        CVD_FRESH_WITH_ADMIN();
        AccountOptions stronger = options();
        stronger.cost.passes += 1;
        AccountService later(db, stronger);
        const auto hash = [&] {
            return (*storage::LoginRepository(db).find(admin.user))->passwordHash;
        };
        const QString before = hash();
        QVERIFY(refused(later.signIn("Root", "wrong password")));
        QCOMPARE(hash(), before);
        CVD_VERIFY_OK(later.signIn("Root", kPassword));
        QVERIFY(hash() != before);
        QVERIFY(!needsRehash(hash(), stronger.cost));
        CVD_VERIFY_OK(later.signIn("Root", kPassword));
    }

    // --- Rights ---

    // Every operation below, with every session that must not do it.
    void everyOperationChecksTheRole_data() { test::TestDatabases::addEngineRows(); }
    void everyOperationChecksTheRole() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId annId, service.createUser(admin, newUser("Ann")));
        CVD_UNWRAP(const UserId bobId, service.createUser(admin, newUser("Bob")));
        CVD_UNWRAP(const UserId exId,
                   service.createUser(admin, newUser("Ex", Role::Administrator)));
        CVD_UNWRAP(const UserId goneId,
                   service.createUser(admin, newUser("Gone", Role::Administrator)));
        CVD_UNWRAP(const Session ann, service.signIn("Ann", kPassword));
        CVD_UNWRAP(const Session demoted, service.signIn("Ex", kPassword));
        CVD_UNWRAP(const Session deleted, service.signIn("Gone", kPassword));
        UserChange demotion;
        demotion.role = Role::Normal;
        CVD_VERIFY_OK(service.updateUser(admin, exId, demotion));
        CVD_VERIFY_OK(service.deleteUser(admin, goneId));
        Session forged = ann;
        forged.role = Role::Administrator;
        const QStringList before = actions(service, admin);

        UserChange rename;
        rename.name = QStringLiteral("Hacked");
        for (const Session& session : {ann, demoted, deleted, forged, Session{}}) {
            QVERIFY(refused(service.users(session, {})));
            QVERIFY(refused(service.user(session, bobId)));
            QVERIFY(refused(service.createUser(session, newUser("New"))));
            QVERIFY(refused(service.updateUser(session, bobId, rename)));
            QVERIFY(refused(service.updateUser(session, bobId, {})));
            QVERIFY(refused(service.deleteUser(session, bobId)));
            QVERIFY(refused(service.giveProjects(session, bobId, annId)));
            QVERIFY(refused(service.resetPassword(session, bobId, "another password")));
            QVERIFY(refused(service.auditTrail(session, {})));
            QVERIFY(refused(service.newUsersPerMonth(session)));
        }
        // Nobody promotes or renames themselves.
        UserChange promotion;
        promotion.role = Role::Administrator;
        QVERIFY(refused(service.updateUser(ann, annId, promotion)));
        QVERIFY(refused(service.updateUser(ann, annId, rename)));
        QVERIFY(refused(service.resetPassword(ann, annId, "another password")));
        // A deleted user's session can do nothing at all.
        QVERIFY(refused(service.signOut(deleted)));
        QVERIFY(refused(service.refresh(deleted)));
        QVERIFY(refused(service.user(deleted, goneId)));
        QVERIFY(refused(service.changeOwnPassword(deleted, kPassword, "another password")));
        QVERIFY(refused(currentRole(db, deleted)));
        QCOMPARE(actions(service, admin), before);
        // What they may do still works, and the role is the one in the database.
        CVD_UNWRAP(const User self, service.user(ann, annId));
        QCOMPARE(self.name, QStringLiteral("Ann"));
        CVD_UNWRAP(const Session now, service.refresh(demoted));
        QVERIFY(!now.isAdministrator());
        QCOMPARE(*currentRole(db, forged), Role::Normal);
        UserChange own;
        own.title = QStringLiteral("Engineer");
        CVD_VERIFY_OK(service.updateUser(ann, annId, own));
        QCOMPARE(service.user(ann, annId)->title, QStringLiteral("Engineer"));
    }

    void theLastAdministratorStays_data() { test::TestDatabases::addEngineRows(); }
    void theLastAdministratorStays() {
        CVD_FRESH_WITH_ADMIN();
        UserChange demotion;
        demotion.role = Role::Normal;
        QVERIFY(sentence(service.deleteUser(admin, admin.user)).contains("last administrator"));
        QVERIFY(sentence(service.updateUser(admin, admin.user, demotion))
                    .contains("last administrator"));
        CVD_UNWRAP(const UserId second,
                   service.createUser(admin, newUser("Second", Role::Administrator)));
        CVD_VERIFY_OK(service.updateUser(admin, admin.user, demotion));
        CVD_UNWRAP(const Session other, service.signIn("Second", kPassword));
        QVERIFY(refused(service.deleteUser(other, second)));
        CVD_VERIFY_OK(service.deleteUser(other, admin.user));
    }

    // Two administrators demote each other at the same moment: one of them stays.
    void administratorsCannotDemoteEachOtherAtOnce_data() { test::TestDatabases::addEngineRows(); }
    void administratorsCannotDemoteEachOtherAtOnce() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId second,
                   service.createUser(admin, newUser("Second", Role::Administrator)));
        const auto demote = [&](UserId who, UserId whom) {
            const auto own = storage::Database::open(db.settings());
            UserChange change;
            change.role = Role::Normal;
            if (own.ok()) {
                Session session;
                session.user = who;
                // Refused or done; the count below is what matters.
                const Status done =
                    AccountService(**own, options()).updateUser(session, whom, change);
                Q_UNUSED(done)
            }
        };
        std::unique_ptr<QThread> one(QThread::create([&] { demote(admin.user, second); }));
        std::unique_ptr<QThread> two(QThread::create([&] { demote(second, admin.user); }));
        one->start();
        two->start();
        QVERIFY(one->wait(60000) && two->wait(60000));
        CVD_UNWRAP(const qint64 left, storage::UserRepository(db).countWithAuthority(1));
        QCOMPARE(left, 1);
    }

    // --- Users ---

    void namesAreUniqueAndChecked_data() { test::TestDatabases::addEngineRows(); }
    void namesAreUniqueAndChecked() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId ann, service.createUser(admin, newUser("  Ann ")));
        QCOMPARE(service.user(admin, ann)->name, QStringLiteral("Ann"));
        QVERIFY(
            sentence(service.createUser(admin, newUser("aNN"))).contains("There is a user named"));
        QVERIFY(refused(service.createUser(admin, newUser("   "))));
        QVERIFY(refused(service.createUser(admin, newUser(QString(51, 'x')))));
        QVERIFY(refused(service.createUser(admin, newUser("line\nbreak"))));
        CVD_VERIFY_OK(service.createUser(admin, newUser(QString(50, QChar(0x632F)))));
        UserChange taken;
        taken.name = QStringLiteral("ROOT");
        QVERIFY(sentence(service.updateUser(admin, ann, taken)).contains("There is a user named"));
        UserChange respelled;
        respelled.name = QStringLiteral("ANN");
        CVD_VERIFY_OK(service.updateUser(admin, ann, respelled));
        QCOMPARE(service.user(admin, ann)->name, QStringLiteral("ANN"));
        UserChange longText;
        longText.description = QString(201, 'x');
        QVERIFY(refused(service.updateUser(admin, ann, longText)));
        QVERIFY(refused(service.updateUser(admin, UserId{4711}, respelled)));
        NewUser weak = newUser("Weak");
        weak.password = QStringLiteral("weak");
        QVERIFY(refused(service.createUser(admin, weak)));
        CVD_UNWRAP(const auto page, service.users(admin, {}));
        QCOMPARE(page.total, 3);  // nothing half-made stays
    }

    void listsUsers_data() { test::TestDatabases::addEngineRows(); }
    void listsUsers() {
        CVD_FRESH_WITH_ADMIN();
        for (const char* name : {"Dora", "bert", "Ann", "Carl"}) {
            m_now = m_now.addDays(-20);
            CVD_VERIFY_OK(service.createUser(admin, newUser(QString::fromLatin1(name))));
        }
        UserQuery query;
        query.limit = 2;
        query.offset = 1;
        query.role = Role::Normal;
        CVD_UNWRAP(auto page, service.users(admin, query));
        QCOMPARE(page.total, 4);
        QCOMPARE(page.rows.size(), 2);
        QCOMPARE(page.rows.at(0).name, QStringLiteral("bert"));
        query = {};
        query.sort = UserSort::Created;
        CVD_UNWRAP(page, service.users(admin, query));
        QCOMPARE(page.rows.at(0).name, QStringLiteral("Carl"));
        QCOMPARE(page.rows.at(4).role, Role::Administrator);
        query.text = QStringLiteral("DOR");
        CVD_UNWRAP(page, service.users(admin, query));
        QCOMPARE(page.total, 1);

        m_now = QDateTime(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
        CVD_UNWRAP(const auto months, service.newUsersPerMonth(admin, 4));
        QStringList shown;
        for (const MonthCount& month : months) {
            shown << QStringLiteral("%1:%2").arg(month.month).arg(month.count);
        }
        // Created 20, 40, 60 and 80 days before; the administrator today.
        QCOMPARE(shown.join(' '), QStringLiteral("2026-08:0 2026-09:2 2026-10:1 2026-11:2"));
    }

    void aUserWithProjectsIsNotDeletedByAccident_data() { test::TestDatabases::addEngineRows(); }
    void aUserWithProjectsIsNotDeletedByAccident() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId ann, service.createUser(admin, newUser("Ann")));
        storage::ProjectRepository projects(db);
        storage::ProjectRecord project;
        project.owner = ann;
        project.name = QStringLiteral("P");
        CVD_VERIFY_OK(projects.insert(project));
        CVD_VERIFY_OK(projects.insert(project));
        QVERIFY(sentence(service.deleteUser(admin, ann)).contains(QLatin1String("(2)")));
        CVD_UNWRAP(const int given, service.giveProjects(admin, ann, admin.user));
        QCOMPARE(given, 2);
        QCOMPARE(service.user(admin, admin.user)->projectCount, 2);
        CVD_VERIFY_OK(service.deleteUser(admin, ann));
        QCOMPARE(*projects.countOfOwner(admin.user), 2);
        QVERIFY(refused(service.signIn("Ann", kPassword)));
        QVERIFY(refused(service.deleteUser(admin, ann)));
    }

    // --- Passwords of users ---

    void changesPasswords_data() { test::TestDatabases::addEngineRows(); }
    void changesPasswords() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId id, service.createUser(admin, newUser("Ann")));
        CVD_UNWRAP(Session ann, service.signIn("Ann", kPassword));
        const QString second = QStringLiteral("second password");
        const QString third = QStringLiteral("third password");
        QVERIFY(refused(service.changeOwnPassword(ann, "wrong password", second)));
        QVERIFY(refused(service.changeOwnPassword(ann, kPassword, "short")));
        CVD_VERIFY_OK(service.changeOwnPassword(ann, kPassword, second));
        QVERIFY(refused(service.signIn("Ann", kPassword)));
        CVD_UNWRAP(ann, service.signIn("Ann", second));
        QVERIFY(!ann.mustChangePassword);

        QVERIFY(refused(service.resetPassword(admin, id, "short")));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(refused(service.signIn("Ann", "wrong")));
        }
        CVD_VERIFY_OK(service.resetPassword(admin, id, third));  // ends the slow-down, too
        CVD_UNWRAP(ann, service.signIn("Ann", third));
        QVERIFY(ann.mustChangePassword);
        CVD_VERIFY_OK(service.changeOwnPassword(ann, third, second));
        CVD_UNWRAP(ann, service.signIn("Ann", second));
        QVERIFY(!ann.mustChangePassword);
        // Guessing the old password of someone who left the desk is slowed down as well.
        for (int i = 0; i < 3; ++i) {
            QVERIFY(refused(service.changeOwnPassword(ann, "guess", third)));
        }
        QVERIFY(sentence(service.changeOwnPassword(ann, second, third)).contains("seconds"));
    }

    // --- Audit trail ---

    void everythingLeavesATrace_data() { test::TestDatabases::addEngineRows(); }
    void everythingLeavesATrace() {
        CVD_FRESH_WITH_ADMIN();
        CVD_UNWRAP(const UserId id, service.createUser(admin, newUser("Ann")));
        CVD_UNWRAP(const Session ann, service.signIn("ann", kPassword));
        QVERIFY(refused(service.signIn("Ann", "wrong")));
        QVERIFY(refused(service.signIn("ghost", "wrong")));
        CVD_VERIFY_OK(service.changeOwnPassword(ann, kPassword, "second password"));
        CVD_VERIFY_OK(service.signOut(ann));
        CVD_VERIFY_OK(service.resetPassword(admin, id, "third password"));
        UserChange change;
        change.name = QStringLiteral("Anna");
        change.role = Role::Administrator;
        CVD_VERIFY_OK(service.updateUser(admin, id, change));
        CVD_VERIFY_OK(service.updateUser(admin, id, change));  // changes nothing, says nothing
        CVD_VERIFY_OK(service.deleteUser(admin, id));
        const QStringList expected{"user_created",     "sign_in",        "user_created",
                                   "sign_in",          "sign_in_failed", "sign_in_failed",
                                   "password_changed", "sign_out",       "password_reset",
                                   "user_changed",     "user_deleted"};
        QCOMPARE(actions(service, admin), expected);

        AuditQuery query;
        query.action = QString::fromLatin1(action::kUserChanged);
        CVD_UNWRAP(const auto changed, service.auditTrail(admin, query));
        QCOMPARE(changed.total, 1);
        QCOMPARE(changed.rows.first().userName, QStringLiteral("Root"));
        QCOMPARE(changed.rows.first().subject, QStringLiteral("Ann"));
        QCOMPARE(changed.rows.first().detail, QStringLiteral("name: Ann -> Anna; role: 0 -> 1"));
        QCOMPARE(changed.rows.first().at, m_now);
        query.action = QString::fromLatin1(action::kSignInFailed);
        CVD_UNWRAP(const auto failed, service.auditTrail(admin, query));
        QCOMPARE(failed.rows.first().subject, QStringLiteral("ghost"));
        QVERIFY(!failed.rows.first().user.valid());
        // The trail outlives the person and holds no password.
        query = {};
        query.user = id;
        CVD_UNWRAP(const auto hers, service.auditTrail(admin, query));
        QVERIFY(hers.total >= 3);
        CVD_UNWRAP(const auto all, db.select(QStringLiteral("SELECT subject, detail FROM audit")));
        for (const storage::Row& row : all) {
            QVERIFY(!(row.text(0) + row.text(1)).contains(QLatin1String("password")));
            QVERIFY(!(row.text(0) + row.text(1)).contains(kPassword));
        }
    }
};

QTEST_GUILESS_MAIN(AccountsTest)
#include "tst_accounts.moc"
