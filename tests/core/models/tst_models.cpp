// Importing models: tried in a process of their own, kept whole or not at all, by administrators.
// Torch first: Qt's macros do not exist here, but its header order matters to GCC.
#include <torch/script.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/accounts/account_service.h"
#include "core/base/file_hash.h"
#include "core/models/model_library.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/core/storage/test_databases.h"

using namespace cvd;
using namespace cvd::models;
using accounts::Role;
using accounts::Session;

namespace {

constexpr const char* kDetector =
    "def forward(self, x):\n    return torch.zeros([x.size(0), 22, x.size(2) // 8, x.size(3) // "
    "8]) - 9.0\n";

}  // namespace

class TestModels : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<storage::Database> m_database;
    Session m_admin, m_ann;

    QString path(const QString& name) const { return m_dir->filePath(name); }
    QString userFolder() const { return path("models"); }
    ModelLibrary library() const { return {m_database.get(), path("shipped"), userFolder()}; }
    QStringList leftovers() const {
        return QDir(userFolder())
            .entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }

    QString network(const QString& name, const char* forward = kDetector) const {
        torch::jit::Module module("Net");
        module.define(forward);
        module.save(path(name).toStdString());
        return path(name);
    }
    QString manifest(const QString& name, const QString& file) const {
        inference::ModelManifest m;
        m.name = "described";
        m.version = "7";
        m.file = file.toStdString();
        m.inputWidth = 64;
        m.inputHeight = 32;
        m.classes = {"vibrator", "hoe", "person"};
        m.classMapping = {ObjectClass::Vibrator, ObjectClass::Hoe, ObjectClass::Person};
        m.sha256 = sha256OfFile(file.toStdString()).value();
        m.figures = {{"AP50", "0.9"}};
        if (!inference::saveManifest(m, path(name).toStdString()).ok()) {
            qFatal("The manifest cannot be written.");
        }
        return path(name);
    }
    static ProbeControl quick(int seconds = 60) {
        ProbeControl control;
        control.program = QStringLiteral(CVD_PROGRAM);
        control.timeoutS = seconds;
        return control;
    }
    QString script(const QString& body) const {
        QFile file(path("program.sh"));
        if (file.open(QIODevice::WriteOnly)) {
            file.write("#!/bin/sh\n" + body.toUtf8());
        }
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    Result<StagedModel> stage(const QString& file, const QString& name = {},
                              const QStringList& classes = {}) const {
        return stageModel(userFolder(), {file, {}, name, classes}, quick());
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFile::exists(QStringLiteral(CVD_PROGRAM))) {
            QFAIL("Build the target cvd-mis first.");
        }
    }
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        storage::ConnectionSettings settings;
        settings.sqliteFile = path("db.sqlite");
        m_database = std::move(*storage::openReady(settings));
        for (const auto& [name, role] :
             {std::pair{"Admin", Role::Administrator}, std::pair{"Ann", Role::Normal}}) {
            storage::UserRecord user;
            user.name = name;
            user.authority = int(role);
            const UserId id = *storage::UserRepository(*m_database).insert(user);
            (role == Role::Administrator ? m_admin : m_ann) = Session{id, name, role};
        }
    }

    void aDescribedModelIsKept() {
        const QString file = manifest("net.json", network("net.ts"));
        QFile card(path("net.md"));
        QVERIFY(card.open(QIODevice::WriteOnly));
        card.write("# A card");
        card.close();
        auto staged = stage(file);
        CVD_VERIFY_OK(staged);
        QVERIFY(!staged->guessed());
        QVERIFY(staged->report().detectS > 0);
        QCOMPARE(staged->report().network.classes, 3);
        QVERIFY(library().models().isEmpty());  // not before it is added
        CVD_UNWRAP(const InstalledModel added, library().add(m_admin, std::move(*staged)));
        QCOMPARE(added.name, "described");
        QVERIFY(QFile::exists(added.cardFile));
        QCOMPARE(leftovers(), QStringList{"described"});
        CVD_UNWRAP(const InstalledModel found, library().find("DESCRIBED"));
        QVERIFY(found.problem.ok());
        QCOMPARE(found.manifest.figures.size(), size_t{1});
        CVD_VERIFY_OK(inference::verifyModelFile(found.manifest));

        // A second of that name is refused, and may have another.
        auto again = stage(file);
        CVD_VERIFY_OK(again);
        QVERIFY(!library().add(m_admin, std::move(*again)).ok());
        auto other = stage(file, "another one");
        CVD_VERIFY_OK(other);
        CVD_VERIFY_OK(library().add(m_admin, std::move(*other)));
        QCOMPARE(library().models().size(), 2);
        QCOMPARE(leftovers().size(), 2);
    }

    void aFileWithoutAManifestGetsOne() {
        auto staged = stage(network("bare.ts"));
        CVD_VERIFY_OK(staged);
        QVERIFY(staged->guessed());
        CVD_UNWRAP(const InstalledModel added, library().add(m_admin, std::move(*staged)));
        QCOMPARE(added.name, "bare");
        QCOMPARE(added.manifest.decoder, inference::Decoder::Cvd);
        QCOMPARE(added.manifest.inputHeight, 384);
    }

    // A broken manifest beside a network is said, and nothing guessed instead: its classes might be
    // others. One of another network is not this one's; a file of another program is nobody's.
    void theManifestBesideANetworkCounts() {
        const QString net = network("beside.ts");
        const QString beside = manifest("beside.json", net);
        QFile file(beside);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray json = file.readAll();
        file.close();
        const auto write = [&](const QByteArray& bytes) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(bytes);
            file.close();
        };
        CVD_VERIFY_OK(stage(net));
        QByteArray broken = json;
        write(broken.replace("\"classes\"", "\"clases\""));
        QVERIFY(!stage(net).ok());
        write(json.left(json.size() / 2));
        QVERIFY(!stage(net).ok());
        network("other.ts");
        QByteArray other = json;
        write(other.replace("beside.ts", "other.ts"));
        const auto refused = stage(net);
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().message().find("another network") != std::string::npos);
        write("{\"epochs\": 3}");
        auto guessed = stage(net);
        CVD_VERIFY_OK(guessed);
        QVERIFY(guessed->guessed());
    }

    void whatIsNoDetectorIsRefused_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("part");
        QTest::newRow("missing") << "no.ts"
                                 << "cannot be read";
        QTest::newRow("text") << "text.ts"
                              << "TorchScript";
        QTest::newRow("half a network") << "half.ts"
                                        << "TorchScript";
        QTest::newRow("folder without manifest") << "."
                                                 << "exactly one";
        QTest::newRow("classifier") << "classifier.ts"
                                    << "not a detector";
        QTest::newRow("wrong hash") << "hash.json"
                                    << "SHA-256";
        QTest::newRow("wrong shape") << "shape.json"
                                     << "1x5";
        QTest::newRow("unknown classes") << "classes.ts"
                                         << "2 classes";
        QTest::newRow("garbage manifest") << "garbage.json"
                                          << "manifest";
    }
    void whatIsNoDetectorIsRefused() {
        QFETCH(QString, file);
        QFETCH(QString, part);
        const auto write = [&](const QString& name, const QByteArray& bytes) {
            QFile out(path(name));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(bytes);
        };
        write("text.ts", "This is no network.");
        write("garbage.json", QByteArray(100000, '['));
        network("half.ts");
        QVERIFY(QFile::resize(path("half.ts"), QFileInfo(path("half.ts")).size() / 2));
        network("classifier.ts", "def forward(self, x):\n    return torch.zeros([1, 1000])\n");
        network("classes.ts", "def forward(self, x):\n    return torch.zeros([1, 6, 8400])\n");
        manifest("hash.json", network("hash.ts"));
        write("hash.ts", "changed");
        manifest("shape.json",
                 network("shape.ts", "def forward(self, x):\n    return torch.zeros([1, 5])\n"));
        const auto staged = stage(file == "." ? m_dir->path() : path(file));
        QVERIFY(!staged.ok());
        QCOMPARE(staged.error().kind, ErrorKind::BadInput);
        const QString said = QString::fromStdString(staged.error().message());
        QVERIFY2(said.contains(part), qPrintable(said));
        QVERIFY2(leftovers().isEmpty(), qPrintable(leftovers().join(' ')));
    }

    void aModelMustTakeTheInputsThatItsManifestAllows() {
        constexpr const char* kOnlyItsOwn =
            "def forward(self, x):\n    return torch.zeros([x.size(0), 22, 4, 8]) - 9.0\n";
        for (const char* forward : {kDetector, kOnlyItsOwn}) {
            const QString file = manifest("net.json", network("net.ts", forward));
            CVD_VERIFY_OK(stage(file));
            CVD_UNWRAP(inference::ModelManifest m, inference::loadManifest(file.toStdString()));
            m.peopleFit = inference::PeopleFit{100, 128, 96, 32};
            CVD_VERIFY_OK(inference::saveManifest(m, file.toStdString()));
            const auto staged = stage(file);
            QCOMPARE(staged.ok(), forward == kDetector);
            if (!staged.ok()) {
                QCOMPARE(staged.error().kind, ErrorKind::BadInput);
                QVERIFY2(staged.error().message().find("1x22x8x12") != std::string::npos,
                         staged.error().message().c_str());
            }
        }
        QVERIFY2(leftovers().isEmpty(), qPrintable(leftovers().join(' ')));
    }

    void aModelThatHangsIsGivenUp() {
        const QString file =
            network("hang.ts",
                    "def forward(self, x):\n    while True:\n        x = x + 1.0\n    return x\n");
        const auto staged = stageModel(userFolder(), {file, {}, {}, {}}, quick(3));
        QVERIFY(!staged.ok());
        QCOMPARE(staged.error().kind, ErrorKind::BadInput);
        QVERIFY(staged.error().message().find("within 3 seconds") != std::string::npos);
        QVERIFY(leftovers().isEmpty());
        ProbeControl cancelled = quick();
        cancelled.cancelled = [] { return true; };
        QCOMPARE(probeInChild(file, cancelled).error().kind, ErrorKind::Cancelled);
    }

    void aModelThatEatsTheMemoryIsRefused() {
        const auto found = probeInChild(
            network(
                "big.ts",
                "def forward(self, x):\n    y = torch.ones([1000000, 1000000])\n    return y\n"),
            quick());
        QVERIFY(!found.ok());
        QCOMPARE(found.error().kind, ErrorKind::BadInput);
    }

    void aCrashIsAMessage() {
        ProbeControl control = quick();
        control.program = script("kill -SEGV $$\n");
        auto found = probeInChild(path("x.ts"), control);
        QVERIFY(!found.ok() && found.error().message().find("crashes") != std::string::npos);
        control.program = script("echo rubbish; exit 0\n");
        found = probeInChild(path("x.ts"), control);
        QVERIFY(!found.ok() && found.error().kind == ErrorKind::BadInput);
        control.program = path("nothing here");
        found = probeInChild(path("x.ts"), control);
        QVERIFY(!found.ok() && found.error().kind == ErrorKind::Environment);
    }

    void onlyAdministratorsChangeModels() {
        auto staged = stage(network("net.ts"));
        CVD_VERIFY_OK(staged);
        const auto refused = library().add(m_ann, std::move(*staged));
        QVERIFY(!refused.ok() && refused.error().kind == ErrorKind::Usage);
        QVERIFY(leftovers().isEmpty());
        auto again = stage(network("net.ts"));
        CVD_VERIFY_OK(library().add(m_admin, std::move(*again)));
        QVERIFY(!library().remove(m_ann, "net").ok());
        QVERIFY(!library().setDefault(m_ann, "net").ok());
        Session forged = m_ann;
        forged.role = Role::Administrator;
        QVERIFY(!library().remove(forged, "net").ok());
        QCOMPARE(library().models().size(), 1);
        // Before there is a database there is nobody to ask.
        CVD_VERIFY_OK(ModelLibrary(nullptr, {}, userFolder()).mayChange({}));
    }

    void theDefaultIsRememberedAndFallsBack() {
        QVERIFY(QDir().mkpath(path("shipped")));
        const QString file = network("shipped/cvd-n.ts");
        QVERIFY(QFile::rename(manifest("cvd-n.json", file), path("shipped/cvd-n.json")));
        CVD_UNWRAP(QString name, library().defaultName());
        QCOMPARE(name, "described");  // the shipped one, by its manifest's name
        auto staged = stage(network("mine.ts"));
        CVD_VERIFY_OK(library().add(m_admin, std::move(*staged)));
        CVD_VERIFY_OK(library().setDefault(m_admin, "mine"));
        CVD_UNWRAP(auto chosen, library().defaultModel());
        QCOMPARE(chosen.name, "mine");
        QVERIFY(!library().setDefault(m_admin, "nothing").ok());
        QVERIFY(!library().remove(m_admin, "described").ok());  // came with the program
        CVD_VERIFY_OK(library().remove(m_admin, "MINE"));
        QVERIFY(leftovers().isEmpty());
        CVD_UNWRAP(chosen, library().defaultModel());
        QVERIFY(chosen.shipped);
    }

    void aModelInUseStays() {
        auto staged = stage(network("used.ts"));
        CVD_VERIFY_OK(staged);
        CVD_UNWRAP(const InstalledModel added, library().add(m_admin, std::move(*staged)));
        storage::ProjectRecord project;
        project.name = "p";
        project.owner = m_ann.user;
        CVD_UNWRAP(const ProjectId pid, storage::ProjectRepository(*m_database).insert(project));
        storage::JobRecord job;
        job.project = pid;
        job.owner = m_ann.user;
        job.kind = "detect";
        job.optionsJson = QStringLiteral("{\"model\":\"%1\"}").arg(added.manifestFile);
        CVD_UNWRAP(const JobId id, storage::JobRepository(*m_database).insert(job));
        QVERIFY(!library().remove(m_admin, "used").ok());
        CVD_VERIFY_OK(storage::JobRepository(*m_database).changeState(id, 0, 4));
        CVD_VERIFY_OK(library().remove(m_admin, "used"));
    }

    void badNamesAreRefused() {
        const QString file = network("net.ts");
        for (const char* name : {"../evil", ".hidden", "a/b", "", "  ", "a\nb"}) {
            const auto staged = stage(file, QString(name));
            QCOMPARE(staged.ok(), QString(name).isEmpty());  // none: the file's
        }
        QVERIFY(leftovers().isEmpty());
    }

    void anUnwritableFolderIsSaid() {
        QFile blocker(userFolder());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        const auto staged = stage(network("net.ts"));
        QVERIFY(!staged.ok());
        QCOMPARE(staged.error().kind, ErrorKind::Environment);
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
