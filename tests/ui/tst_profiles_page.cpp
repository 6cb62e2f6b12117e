// The page of rule profiles and every place where one is chosen.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QSpinBox>
#include <QTableView>

#include "core/report/track_file.h"
#include "tests/ui/desk.h"
#include "ui/judge_dialog.h"
#include "ui/profile_choice.h"
#include "ui/profile_editor.h"
#include "ui/profiles_model.h"
#include "ui/profiles_page.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;

class TestProfilesPage : public QObject {
    Q_OBJECT

    static QTableView* table(Desk& desk) { return desk.find<QTableView>("profilesTableView"); }
    static void type(Desk& desk, const char* field, const QString& text) {
        auto* edit = desk.find<QLineEdit>(field);
        QVERIFY2(edit && edit->isEnabled(), field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    static QString problem(Desk& desk, const char* label) {
        auto* shown = desk.find<QLabel>(label);
        return shown ? shown->text() : QString();
    }
    // An own profile made as a person does, its name given.
    static void copyAs(Desk& desk, const QString& from, const QString& name) {
        desk.shell()->profilesPage()->select(from);
        desk.click("copyProfilePushButton");
        type(desk, "profileNameEnLineEdit", name);
        desk.click("saveProfilePushButton");
    }

private Q_SLOTS:
    void theModelsAreConsistent() {
        ProfilesModel profiles;
        LimitsModel limits;
        const QAbstractItemModelTester one(&profiles), two(&limits);
        const QTemporaryDir dir;
        profiles.setProfiles(compliance::ProfileStore(dir.path()).list(), "gb50666");
        QCOMPARE(profiles.rowCount(), compliance::builtInProfileIds().size());
        const int row = profiles.rowOf("gb50666");
        QVERIFY(profiles.index(row, 0).data().toString().contains("default"));
        limits.setProfile(*compliance::loadProfile("jass5"));
        QCOMPARE(limits.rowCount(), compliance::parameterKeys().size());
        int unset = 0;
        for (int r = 0; r < limits.rowCount(); ++r) {
            unset += limits.index(r, LimitsModel::Checked).data().toString() == "not set";
            QVERIFY(!limits.index(r, LimitsModel::Limit).data().toString().isEmpty());
            QVERIFY(!limits.index(r, LimitsModel::Rules).data().toString().isEmpty());
        }
        QVERIFY(unset > 0);
        limits.setProfile({});
        QCOMPARE(limits.rowCount(), 0);
    }

    void aProgramThatDiesLosesNoProfile() {
        Desk desk;
        desk.seedAdministrator();
        const auto begin = [&] {
            desk.start();
            desk.signIn("boss", test::kPassword);
            QTRY_VERIFY(desk.shell());
            desk.action(Act::ShowProfiles)->trigger();
            desk.shell()->profilesPage()->select("gb50666");
            desk.click("copyProfilePushButton");
        };
        const auto kill = [&] {
            desk.controller.reset();  // nothing is asked, nothing is saved
            begin();
        };
        const auto name = [&] { return desk.find<QLineEdit>("profileNameEnLineEdit")->text(); };
        desk.seed.reset();
        begin();
        const QString first = name();
        type(desk, "profileNameEnLineEdit", "North bridge");
        desk.shell()->profilesPage()->keepDraft();  // a timer does it
        kill();
        QCOMPARE(name(), QString("North bridge"));
        QVERIFY2(!desk.bannerText().isEmpty(), "it says so");
        desk.shell()->profilesPage()->editor()->undoStack().undo();
        QCOMPARE(name(), first);
        desk.shell()->profilesPage()->editor()->undoStack().redo();
        desk.click("saveProfilePushButton");
        kill();
        QCOMPARE(name(), first);  // a new copy; the saved one is in the list
        // What was discarded on purpose stays away.
        type(desk, "profileNameEnLineEdit", "South bridge");
        desk.shell()->profilesPage()->keepDraft();
        desk.answer = true;
        desk.click("cancelProfilePushButton");
        kill();
        QCOMPARE(name(), first);
        QVERIFY(!desk.shell()->profilesPage()->editor()->takeDraft("no json"));
        QVERIFY(!desk.shell()->profilesPage()->editor()->takeDraft("{\"names\":[1]}"));
    }

    void anOwnProfileIsMadeEditedAndRemoved() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::ShowProfiles)->trigger();
        const int shipped = int(compliance::builtInProfileIds().size());
        QCOMPARE(table(desk)->model()->rowCount(), shipped);
        // Shipped ones say why they cannot be changed.
        for (const char* name : {"editProfilePushButton", "removeProfilePushButton"}) {
            auto* button = desk.find<QAbstractButton>(name);
            QVERIFY(!button->isEnabled() && !button->toolTip().isEmpty());
        }
        copyAs(desk, "gb50666", "North bridge");
        QCOMPARE(table(desk)->model()->rowCount(), shipped + 1);
        QVERIFY2(desk.bannerText().contains("1.0"), qPrintable(desk.bannerText()));

        // What is wrong stands beside the field, and cannot be saved.
        desk.click("editProfilePushButton");
        auto* save = desk.find<QAbstractButton>("saveProfilePushButton");
        QVERIFY(!save->isEnabled());  // nothing was changed
        type(desk, "t_min_sLineEdit", "many");
        QVERIFY(!problem(desk, "t_min_sProblemLabel").isEmpty());
        type(desk, "t_min_sLineEdit", "9999");
        QVERIFY(problem(desk, "t_min_sProblemLabel").contains("600"));
        QVERIFY(!save->isEnabled() && save->toolTip().contains("600"));
        type(desk, "t_min_sLineEdit", "40");  // more than t_max_s
        QVERIFY(problem(desk, "t_min_sProblemLabel").contains("smaller"));
        type(desk, "t_min_sLineEdit", "12");
        QVERIFY(problem(desk, "t_min_sProblemLabel").isEmpty());
        // Another number is not what the standard says.
        auto* status = desk.find<QComboBox>("t_min_sStatusComboBox");
        QCOMPARE(compliance::SourceStatus(status->currentData().toInt()),
                 compliance::SourceStatus::OurSetting);
        QVERIFY(desk.find<QLineEdit>("t_min_sSourceLineEdit")->text().isEmpty());
        type(desk, "t_min_sLineEdit", "10");
        QVERIFY(desk.find<QLineEdit>("t_min_sSourceLineEdit")->text().contains("GB"));
        type(desk, "t_min_sLineEdit", "12");
        // A limit of another kind is left out; all of it can be undone.
        desk.find<QCheckBox>("gap_max_mCheckBox")->click();
        QVERIFY(!desk.find<QLineEdit>("gap_max_mLineEdit")->isEnabled());
        ProfileEditor* editor = desk.shell()->profilesPage()->editor();
        QVERIFY(!editor->profile().find(u"gap_max_m"));
        QTest::keySequence(desk.find<QLineEdit>("t_min_sLineEdit"), QKeySequence::Undo);
        QVERIFY(editor->profile().find(u"gap_max_m"));
        // Unsaved changes ask before another page is shown.
        desk.answer = false;
        desk.action(Act::ShowModels)->trigger();
        QVERIFY(desk.shell()->profilesPage()->isEditing() && desk.questions.size() == 1);
        desk.answer = true;
        desk.click("saveProfilePushButton");
        QVERIFY2(desk.bannerText().contains("1.1"), qPrintable(desk.bannerText()));
        QCOMPARE(*profileStore().find("north-bridge")->profile.value(u"t_min_s"), 12.0);
        desk.click("undoProfileChangePushButton");  // the former one, as a new version
        QCOMPARE(profileStore().find("north-bridge")->profile.version, QString("1.2"));
        QCOMPARE(*profileStore().find("north-bridge")->profile.value(u"t_min_s"), 10.0);

        // As the default it cannot go.
        desk.click("defaultProfilePushButton");
        auto* remove = desk.find<QAbstractButton>("removeProfilePushButton");
        QVERIFY(!remove->isEnabled() && remove->toolTip().contains("default"));
        desk.click("undoProfileChangePushButton");
        desk.click("removeProfilePushButton");
        QCOMPARE(table(desk)->model()->rowCount(), shipped);
        desk.click("undoProfileChangePushButton");
        QCOMPARE(table(desk)->model()->rowCount(), shipped + 1);
    }

    void profilesTravelThroughFiles() {
        Desk desk;
        desk.seedAdministrator();
        desk.enter();
        desk.action(Act::ShowProfiles)->trigger();
        copyAs(desk, "jass5", "Quay");
        desk.fileToSave = desk.path("quay.json");
        desk.click("exportProfilePushButton");
        QVERIFY(compliance::loadProfile(desk.fileToSave).ok());
        desk.filesToOpen = {desk.fileToSave};
        desk.click("importProfilePushButton");  // it is there already
        QCOMPARE(table(desk)->model()->rowCount(), int(compliance::builtInProfileIds().size()) + 1);
        test::writeBytes(desk.path("no.json"), "{}");
        desk.filesToOpen = {desk.path("no.json")};
        desk.click("importProfilePushButton");
        QVERIFY2(desk.bannerText().contains("schema"), qPrintable(desk.bannerText()));
        // A folder that cannot be written to is said.
        desk.fileToSave = desk.path("no.json/below.json");
        desk.click("exportProfilePushButton");
        QVERIFY(!desk.bannerText().isEmpty());
    }

    void aNormalUserLooksAndChooses() {
        Desk desk;
        desk.seedAdministrator();
        const auto ann = desk.seedUser("ann");
        const ProjectId project = desk.seedProject("wall", ann);
        compliance::Profile own = *compliance::loadProfile("jsce");
        own.nameEn = "Dam";
        const auto kept = profileStore().add(own);
        QVERIFY(kept.ok());
        desk.enter("ann");
        desk.action(Act::ShowProfiles)->trigger();
        for (const char* name : {"copyProfilePushButton", "editProfilePushButton",
                                 "importProfilePushButton", "removeProfilePushButton"}) {
            auto* button = desk.find<QAbstractButton>(name);
            QVERIFY(!button->isEnabled() && button->toolTip().contains("administrator"));
        }
        desk.shell()->profilesPage()->select("dam");
        desk.click("defaultProfilePushButton");  // of this computer's account
        desk.shell()->openProject(project);
        auto* choice = desk.find<QComboBox>("profileComboBox");
        const int row = choice->findData("dam");
        QVERIFY(row > 0 && choice->itemText(row).contains("1.0"));
        choice->setCurrentIndex(row);
        desk.click("runDetectionPushButton");
        QTRY_VERIFY(desk.runner.started() > 0);
        QCOMPARE(desk.runner.request(0).options.profile, kept->file);
    }

    // The stored tracks of a short pour under an own profile; the result keeps it as it was.
    void aResultIsJudgedAgainAndKeepsItsProfile() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId project = desk.seedProject("wall", desk.boss);
        const QString folder = desk.seed->library().newResultFolder();
        QVERIFY(test::writeResult(folder));
        QVERIFY(report::saveTracks(folder + "/tracks.bin", {}).ok());
        const auto first = desk.seed->projects().storeResult(project, JobId(), folder);
        QVERIFY(first.ok());
        compliance::Profile own = *compliance::loadProfile("jsce");
        own.nameEn = "Dam";
        const auto kept = profileStore().add(own);
        desk.enter();
        desk.shell()->openReview(project, {});
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<JudgeDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            auto* box = dialog->findChild<QComboBox*>("judgeProfileComboBox");
            box->setCurrentIndex(box->findData("dam"));
            QCOMPARE(dialog->findChild<QDoubleSpinBox*>("minScoreSpinBox")->value(), 0.3);
            dialog->findChild<QDoubleSpinBox*>("minScoreSpinBox")->setValue(0.45);
            dialog->findChild<QSpinBox*>("cellSpinBox")->setValue(50);
            dialog->findChild<QCheckBox*>("goesOnCheckBox")->setChecked(true);
            dialog->judge();
        });
        desk.shell()->judgeAgain();
        QTimer::singleShot(0, this, [&] {  // offered as they are the next time
            auto* dialog = qobject_cast<JudgeDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            QCOMPARE(dialog->findChild<QDoubleSpinBox*>("minScoreSpinBox")->value(), 0.45);
            QCOMPARE(dialog->findChild<QSpinBox*>("cellSpinBox")->value(), 50);
            QVERIFY(dialog->findChild<QCheckBox*>("goesOnCheckBox")->isChecked());
            dialog->reject();
        });
        desk.shell()->judgeAgain();
        QLabel* facts = desk.find<QLabel>("reviewFactsLabel");
        QVERIFY2(facts->toolTip().contains("Dam"), qPrintable(facts->toolTip()));
        QVERIFY(facts->toolTip().contains("1.0"));
        // Edited and gone: the result says the same.
        compliance::Profile later = kept->profile;
        later.parameters[0].value += 1;
        QVERIFY(profileStore().save(later).ok());
        QVERIFY(profileStore().remove("dam").ok());
        desk.action(Act::Refresh)->trigger();
        QVERIFY(facts->toolTip().contains("Dam 1.0") || facts->toolTip().contains("Dam  1.0"));
    }
};

QTEST_MAIN(TestProfilesPage)
#include "tst_profiles_page.moc"
