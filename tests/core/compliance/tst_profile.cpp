// Profiles: the shipped ones, and every refusal.
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "core/compliance/profile.h"

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
};

QTEST_APPLESS_MAIN(ProfileTest)
#include "tst_profile.moc"
