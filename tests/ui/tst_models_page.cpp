// The page of models, on the model that ships with the program.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QTableView>
#include <QTextBrowser>

#include "core/inference/model_manifest.h"
#include "tests/ui/desk.h"
#include "ui/language.h"
#include "ui/models_model.h"
#include "ui/models_page.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;

namespace {
const QString kShipped = QStringLiteral(CVD_SOURCE_DIR "/models/cvd-n.json");
}

class TestModelsPage : public QObject {
    Q_OBJECT

    static QAbstractItemModel* modelOf(Desk& desk) {
        return desk.find<QTableView>("modelsTableView")->model();
    }
    static bool importEnded(Desk& desk) { return !desk.shell()->modelsPage()->isImporting(); }

private Q_SLOTS:
    void theModelIsConsistent() {
        ModelsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setModels(models::installedModels(QStringLiteral(CVD_SOURCE_DIR "/models"), {}),
                        "cvd-n");
        QVERIFY(model.rowCount() >= 1);
        QVERIFY(model.isDefault(*model.at(model.rowOf("cvd-n"))));
        model.setModels({}, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void anAdministratorImportsChoosesAndRemoves() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::ShowModels)->trigger();
        QCOMPARE(modelOf(desk)->rowCount(), 0);
        QVERIFY(!desk.find<QTextBrowser>("modelCardTextBrowser")->toPlainText().isEmpty());

        // What is no model is refused with the reason, and leaves nothing.
        test::writeBytes(desk.path("no.ts"), "no network");
        desk.shell()->modelsPage()->import({desk.path("no.ts")});
        QTRY_VERIFY_WITH_TIMEOUT(importEnded(desk), 60000);
        QVERIFY2(desk.bannerText().contains("TorchScript"), qPrintable(desk.bannerText()));
        QCOMPARE(modelOf(desk)->rowCount(), 0);

        desk.filesToOpen = {kShipped};
        desk.click("importModelPushButton");
        QVERIFY(!desk.find<QAbstractButton>("importModelPushButton")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(importEnded(desk), 60000);
        QCOMPARE(modelOf(desk)->rowCount(), 1);
        QVERIFY2(desk.bannerText().contains("cvd-n"), qPrintable(desk.bannerText()));
        QVERIFY(desk.find<QTextBrowser>("modelCardTextBrowser")->toPlainText().size() > 200);
        const QFileInfo kept(models::installedModels({}, dataDir() + "/models").first().cardFile);
        QVERIFY(QFileInfo::exists(kept.path() + "/card.zh_CN.md"));  // its translation came along
        desk.click("defaultModelPushButton");
        QVERIFY(modelOf(desk)->index(0, 0).data().toString().contains("default"));
        QVERIFY(!desk.find<QAbstractButton>("defaultModelPushButton")->isEnabled());

        desk.answer = false;
        desk.click("removeModelPushButton");
        QCOMPARE(modelOf(desk)->rowCount(), 1);
        desk.answer = true;
        desk.click("removeModelPushButton");
        QCOMPARE(modelOf(desk)->rowCount(), 0);
    }

    void theCardIsTheOneOfTheLanguage() {
        Desk desk;
        QDir().mkpath(desk.path("models"));
        QFile::copy(kShipped, desk.path("models/cvd-n.json"));
        QFile::copy(QFileInfo(kShipped).path() + "/cvd-n.ts", desk.path("models/cvd-n.ts"));
        desk.config.defaultModelFile = desk.path("models/cvd-n.json");
        const auto manifest = inference::loadManifest(kShipped.toStdString());
        QVERIFY(manifest.ok());
        const QByteArray version = QByteArray::fromStdString(manifest->version);
        test::writeBytes(desk.path("models/cvd-n.md"), "# cvd-n\n\nWhat it finds\n");
        test::writeBytes(desk.path("models/cvd-n.zh_CN.md"),
                         "# cvd-n " + version + "\n\n\u8bc6\u522b\u4ec0\u4e48\n");
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::ShowModels)->trigger();
        const auto card = [&] {
            return desk.find<QTextBrowser>("modelCardTextBrowser")->toPlainText();
        };
        QVERIFY2(card().contains("What it finds"), qPrintable(card()));
        setLanguage("zh_CN");
        QTRY_VERIFY2(card().contains(QStringLiteral("\u8bc6\u522b\u4ec0\u4e48")),
                     qPrintable(card()));
        QVERIFY(!card().contains("What it finds"));
        // A translation of another version would say something else about this one: the authors'
        // card is shown, and said to be theirs.
        test::writeBytes(desk.path("models/cvd-n.zh_CN.md"), "# cvd-n 0.0.1\n\n\u65e7\n");
        desk.shell()->modelsPage()->refresh();
        QVERIFY2(card().contains("What it finds"), qPrintable(card()));
        QVERIFY(
            card().contains(ModelsPage::tr("This model's card is not there in your language.")));
        setLanguage("en");
    }

    void anImportIsCancelled() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::ShowModels)->trigger();
        desk.shell()->modelsPage()->import({kShipped});
        desk.click("cancelModelImportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(importEnded(desk), 60000);
        QCOMPARE(modelOf(desk)->rowCount(), 0);
        QVERIFY(desk.bannerText().isEmpty());
    }

    void aNormalUserLooksOnlyAndADetectionTakesTheChosenModel() {
        Desk desk;
        desk.config.defaultModelFile = kShipped;
        desk.seedAdministrator();
        const auto ann = desk.seedUser("ann");
        const ProjectId project = desk.seedProject("wall", ann);
        desk.enter("ann");
        desk.action(Act::ShowModels)->trigger();
        QVERIFY(modelOf(desk)->rowCount() >= 1);
        for (const char* name :
             {"importModelPushButton", "defaultModelPushButton", "removeModelPushButton"}) {
            auto* button = desk.find<QAbstractButton>(name);
            QVERIFY(!button->isEnabled() && !button->toolTip().isEmpty());
        }
        desk.shell()->openProject(project);
        auto* choice = desk.find<QComboBox>("modelComboBox");
        QVERIFY(choice);
        QCOMPARE(choice->currentData().toString(), kShipped);
        desk.click("runDetectionPushButton");
        QTRY_VERIFY(desk.runner.started() > 0);
        QCOMPARE(desk.runner.request(0).options.modelFile, kShipped);
        QTRY_VERIFY(desk.find<QAbstractButton>("runDetectionPushButton"));
    }
};

QTEST_MAIN(TestModelsPage)
#include "tst_models_page.moc"
