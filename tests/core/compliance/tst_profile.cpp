// Profiles: the shipped ones, and every refusal.
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "core/compliance/profile.h"
#include "core/compliance/profile_store.h"

using namespace cvd;
using namespace cvd::compliance;

class ProfileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shippedOnes() {
        QCOMPARE(builtInProfiles().size(), builtInProfileIds().size());
        for (const QString& id : builtInProfileIds()) {
            const auto p = loadProfile(id);
            QVERIFY2(p.ok(), p.ok() ? "" : p.error().message().c_str());
            QCOMPARE(p->id, id);
            QVERIFY(!p->nameEn.isEmpty() && !p->nameZh.isEmpty() && !p->version.isEmpty());
            for (const Parameter& parameter : p->parameters) {
                // A clause number may be shown only where the text was read.
                static const QRegularExpression clause(QStringLiteral("\\b\\d+\\.\\d+\\.\\d+\\b"));
                QVERIFY2(parameter.status == SourceStatus::Read ||
                             !clause.match(parameter.source).hasMatch(),
                         qPrintable(id + parameter.key));
            }
        }
    }
    void limitsOfTheProfiles() {
        QCOMPARE(*loadProfile(QStringLiteral("aci309r"))->value(u"t_min_s"), 5.0);
        QCOMPARE(*loadProfile(QStringLiteral("aci309r"))->value(u"t_max_s"), 15.0);
        const Profile gb = *loadProfile(QStringLiteral("gb50666"));
        QCOMPARE(*gb.value(u"t_min_s"), 10.0);
        QCOMPARE(*gb.value(u"t_max_s"), 30.0);
        QCOMPARE(*gb.value(u"s_max_r"), 1.4);
        QCOMPARE(*gb.value(u"form_max_r"), 0.5);
        QVERIFY(gb.find(u"t_min_s")->status == SourceStatus::GeneralKnowledge);
        QCOMPARE(gb.sourceText(u"withdraw_max_mm_s"), QStringLiteral("our setting"));
        QVERIFY(gb.sourceText(u"t_min_s").contains(QStringLiteral("not checked")));
        QCOMPARE(*loadProfile(QStringLiteral("jsce"))->value(u"s_max_m"), 0.5);
        QCOMPARE(*loadProfile(QStringLiteral("jass5"))->value(u"s_max_m"), 0.6);
        QVERIFY(!loadProfile(QStringLiteral("jass5"))->value(u"s_max_r"));
        // The tip enters the lower layer, by however little; no contact with the form.
        QCOMPARE(*loadProfile(QStringLiteral("jass5"))->value(u"penetration_min_m"), 0.0);
        QCOMPARE(*loadProfile(QStringLiteral("jass5"))->value(u"form_min_m"), 0.0);
        QCOMPARE(*loadProfile(QStringLiteral("railway"))->value(u"form_min_m"), 0.05);
    }
    void refusals_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("says");
        const auto entry = [](double v, const char* unit) {
            return QJsonValue(QJsonObject{
                {"value", v}, {"unit", unit}, {"source", ""}, {"status", "our_setting"}});
        };
        QTest::newRow("unknown") << "t_mim_s" << entry(5, "s") << "not a known parameter";
        QTest::newRow("negative") << "t_min_s" << entry(-5, "s") << "between";
        QTest::newRow("too large") << "radius_m" << entry(35, "m") << "between";
        QTest::newRow("contradiction") << "t_min_s" << entry(30, "s") << "must be smaller";
        QTest::newRow("touch longer than minimum")
            << "touch_s" << entry(10, "s") << "must be smaller";
        QTest::newRow("drag slower than still")
            << "drag_speed_mm_s" << entry(20, "mm/s") << "must be smaller";
        QTest::newRow("unit") << "radius_m" << entry(0.35, "mm") << "must be m";
        QTest::newRow("text") << "t_min_s" << QJsonValue(QJsonObject{{"value", "five"}})
                              << "not a number";
        QTest::newRow("status") << "t_min_s"
                                << QJsonValue(
                                       QJsonObject{{"value", 5}, {"unit", "s"}, {"status", "sure"}})
                                << "status";
        QTest::newRow("no source")
            << "t_min_s"
            << QJsonValue(
                   QJsonObject{{"value", 5}, {"unit", "s"}, {"source", ""}, {"status", "read"}})
            << "names no source";
        QTest::newRow("missing") << "t_max_s" << QJsonValue(QJsonValue::Undefined) << "needs it";
    }
    void refusals() {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QFETCH(QString, says);
        QJsonObject o =
            QJsonDocument::fromJson(profileToJson(*loadProfile(QStringLiteral("custom")))).object();
        QJsonObject parameters = o["parameters"].toObject();
        if (value.isUndefined()) {
            parameters.remove(key);
        } else {
            parameters[key] = value;
        }
        o["parameters"] = parameters;
        const auto p = parseProfile(QJsonDocument(o).toJson(), QStringLiteral("x.json"));
        QVERIFY(!p.ok());
        QVERIFY(p.error().kind == ErrorKind::BadInput);
        QVERIFY2(p.error().message().find(says.toStdString()) != std::string::npos,
                 p.error().message().c_str());
    }
    void refusesOtherFiles() {
        QVERIFY(!parseProfile("{", QStringLiteral("x")).ok());
        QVERIFY(!parseProfile("[]", QStringLiteral("x")).ok());
        QVERIFY(!parseProfile("{\"schema\": \"other\"}", QStringLiteral("x")).ok());
        const auto unknown = loadProfile(QStringLiteral("gb50667"));
        QVERIFY(!unknown.ok());
        QVERIFY(unknown.error().message().find("gb50666") != std::string::npos);
        QVERIFY(!loadProfile(QString()).ok());
    }
    void ownProfilesGoThroughAFile() {
        QTemporaryDir dir;
        Profile p = *loadProfile(QStringLiteral("custom"));
        p.id = QStringLiteral("my-bridge");
        p.parameters[0].value = 12;
        const QString file = dir.filePath(QStringLiteral("p.json"));
        QVERIFY(writeProfile(file, p).ok());
        const auto back = loadProfile(file);
        QVERIFY(back.ok());
        QCOMPARE(back->id, p.id);
        QCOMPARE(back->parameters.size(), p.parameters.size());
        QCOMPARE(*back->value(p.parameters[0].key), 12.0);
        p.id = QStringLiteral("Not valid");
        QVERIFY(!writeProfile(file, p).ok());
        const Status status = writeProfile(dir.filePath(QStringLiteral("none/p.json")), *back);
        QVERIFY(!status.ok() && status.error().kind == ErrorKind::Environment);
    }

    // A file with a shipped one's name and version and other limits does not pass for it.
    void aChangedShippedOneSaysSo() {
        Profile p = *loadProfile(QStringLiteral("gb50666"));
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("gb.json"));
        QVERIFY(writeProfile(file, p).ok());
        QCOMPARE(loadProfile(file)->nameEn, p.nameEn);
        QCOMPARE(loadProfile(file)->version, p.version);
        p.parameters[0].value += 1;
        QVERIFY(writeProfile(file, p).ok());
        const auto changed = loadProfile(file);
        QVERIFY(changed->nameEn != p.nameEn && changed->nameZh != p.nameZh);
        QVERIFY(changed->version != p.version);
        // Said once, however often it is copied with a result.
        QVERIFY(writeProfile(file, *changed).ok());
        QCOMPARE(loadProfile(file)->nameEn, changed->nameEn);
    }

    void everyRuleHasItsLimits() {
        for (const Profile& p : builtInProfiles()) {
            for (const char* key :
                 {"t_min_s",           "t_max_s",           "radius_m",        "withdraw_max_mm_s",
                  "insert_max_s",      "tilt_max_deg",

                  "drag_length_m",     "move_length_m",     "drag_speed_mm_s", "still_mm_s",
                  "touch_s",           "repeat_distance_r", "repeat_gap_s",    "revibration_min_s",
                  "revibration_max_s", "air_max_s",         "idle_max_s",      "order_leap_r",
                  "order_max_pct",     "coverage_min_pct",  "gap_max_m"}) {
                QVERIFY2(p.find(QLatin1String(key)), qPrintable(p.id + key));
            }
            QVERIFY2(p.find(u"s_max_r") || p.find(u"s_max_m"), qPrintable(p.id));
        }
    }

    // ---- people's own -------------------------------------------------------------------------

    void ownProfilesAreListedAndVersioned() {
        QTemporaryDir dir;
        const ProfileStore store(dir.filePath(QStringLiteral("profiles")));
        QCOMPARE(store.list().size(), builtInProfileIds().size());  // no folder yet
        auto copy = store.duplicate(QStringLiteral("gb50666"), QStringLiteral("My Bridge, north"),
                                    QStringLiteral("北桥"));
        QVERIFY2(copy.ok(), copy.ok() ? "" : copy.error().message().c_str());
        QCOMPARE(copy->profile.id, QStringLiteral("my-bridge-north"));
        QCOMPARE(copy->profile.version, QStringLiteral("1.0"));
        QCOMPARE(store.list().size(), builtInProfileIds().size() + 1);
        QCOMPARE(loadProfile(store.list().last().reference())->nameZh, QStringLiteral("北桥"));
        QCOMPARE(store.list().first().reference(), QStringLiteral("aci309r"));
        // Another of the same name gets another id.
        const auto second = store.duplicate(copy->profile.id, QStringLiteral("My Bridge, north"),
                                            QStringLiteral("北桥"));
        QCOMPARE(second->profile.id, QStringLiteral("my-bridge-north-2"));
        // A change makes the next version, saving the same does not.
        Profile p = copy->profile;
        QCOMPARE(store.save(p)->profile.version, QStringLiteral("1.0"));
        for (Parameter& parameter : p.parameters) {
            parameter.value = parameter.key == QLatin1String("t_max_s") ? 33 : parameter.value;
        }
        QCOMPARE(store.save(p)->profile.version, QStringLiteral("1.1"));
        QCOMPARE(store.find(p.id)->profile.version, QStringLiteral("1.1"));
        QVERIFY(store.remove(p.id).ok());
        QVERIFY(!store.find(p.id).ok());
        QVERIFY(!store.remove(p.id).ok());
    }
    void shippedOnesStay() {
        QTemporaryDir dir;
        const ProfileStore store(dir.path());
        const Profile gb = *loadProfile(QStringLiteral("gb50666"));
        const auto saved = store.save(gb);
        QVERIFY(!saved.ok() && saved.error().kind == ErrorKind::Usage);
        QVERIFY(!store.remove(QStringLiteral("gb50666")).ok());
        // Nor can a file that claims to be one stand in for it.
        QVERIFY(writeProfile(dir.filePath(QStringLiteral("gb50666.json")), gb).ok());
        QStringList problems;
        QCOMPARE(store.list(&problems).size(), builtInProfileIds().size());
        QCOMPARE(problems.size(), 1);
        QVERIFY(store.find(QStringLiteral("gb50666"))->shipped());
        QVERIFY(!store.find(QStringLiteral("../gb50666")).ok());
    }
    void profilesTravel() {
        QTemporaryDir dir, there;
        const ProfileStore store(dir.path()), other(there.path());
        Profile p = *loadProfile(QStringLiteral("custom"));
        p.id = QStringLiteral("tunnel");
        p.nameEn = QStringLiteral("Tunnel");
        QVERIFY(store.save(p).ok());
        const QString file = there.filePath(QStringLiteral("out.json"));
        QVERIFY(store.exportTo(p.id, file).ok());
        QFile::rename(file, dir.filePath(QStringLiteral("out.txt")));
        const auto come = other.import(dir.filePath(QStringLiteral("out.txt")));
        QVERIFY2(come.ok(), come.ok() ? "" : come.error().message().c_str());
        QCOMPARE(come->profile.id, p.id);
        QCOMPARE(other.import(dir.filePath(QStringLiteral("out.txt")))->profile.id, p.id);  // once
        p.parameters[0].value *= 1.01;
        QVERIFY(writeProfile(dir.filePath(QStringLiteral("new.txt")), p).ok());
        QCOMPARE(other.import(dir.filePath(QStringLiteral("new.txt")))->profile.id,
                 QStringLiteral("tunnel-2"));
        // A changed copy of a shipped one does not take its id.
        Profile gb = *loadProfile(QStringLiteral("gb50666"));
        gb.nameEn = QStringLiteral("Ours");
        QVERIFY(writeProfile(dir.filePath(QStringLiteral("gb.txt")), gb).ok());
        QCOMPARE(other.import(dir.filePath(QStringLiteral("gb.txt")))->profile.id,
                 QStringLiteral("gb50666-2"));
        QVERIFY(!other.import(dir.filePath(QStringLiteral("missing.json"))).ok());
    }
    void versions() {
        QCOMPARE(nextVersion(QStringLiteral("1.0")), QStringLiteral("1.1"));
        QCOMPARE(nextVersion(QStringLiteral("1.9")), QStringLiteral("1.10"));
        QCOMPARE(nextVersion(QStringLiteral("2024")), QStringLiteral("2025"));
        QCOMPARE(nextVersion(QStringLiteral("draft")), QStringLiteral("draft.1"));
    }
};

QTEST_APPLESS_MAIN(ProfileTest)
#include "tst_profile.moc"
