#include "tests/ui/review/scene_fixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <filesystem>

#include "core/compliance/judge.h"
#include "core/media/video_reader.h"
#include "core/simulation/pour.h"

namespace cvd::test {

namespace {

PointPx pointOf(const QJsonValue& value) {
    return {value.toArray()[0].toDouble(), value.toArray()[1].toDouble()};
}

TrackPoint trackPointOf(const QJsonObject& object, FrameIndex frame, double timeS) {
    TrackPoint point;
    point.frame = frame;
    point.timeS = timeS;
    point.track = TrackId{object["track"].toInteger()};
    point.cls = objectClassFromName(object["class"].toString().toStdString())
                    .value_or(ObjectClass::Vibrator);
    point.score = 0.72F + 0.2F * float((frame * 7 + point.track.value * 13) % 20) / 20;
    const auto box = object["box"].toArray();
    point.box = {box[0].toDouble(), box[1].toDouble(), box[2].toDouble(), box[3].toDouble()};
    if (object["low"].isArray()) {
        PokerPoints poker{pointOf(object["low"]), pointOf(object["top"]), 0.9F, 0.9F, 0};
        poker.immersedScore = object["immersed"].toBool() ? 0.95F : 0.05F;
        point.poker = poker;
    }
    return point;
}

}  // namespace

ui::ReviewData makeScene(const QString& dir, const char* scenario, double seconds) {
    ui::ReviewData data;
    simulation::ScenarioOptions options;
    options.scenario = scenario;
    options.seconds = seconds;
    options.seed = 4;
    options.fps = 12;  // half the pictures, half the time
    if (!simulation::simulatePour(options, std::filesystem::path(dir.toStdString()))) {
        return data;
    }
    const QString video = dir + QStringLiteral("/video.mp4");
    auto info = media::probe(video.toStdString());
    QFile file(dir + QStringLiteral("/truth.json"));
    if (!info || !file.open(QIODevice::ReadOnly)) {
        return data;
    }
    data.video = *info;
    auto tracks = std::make_shared<Tracks>();
    const auto truth = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto& value : truth["frames"].toArray()) {
        const auto entry = value.toObject();
        const double timeS = entry["time_s"].toDouble();
        tracks->frameTimesS.push_back(timeS);
        for (const auto& object : entry["objects"].toArray()) {
            tracks->points.push_back(
                trackPointOf(object.toObject(), entry["frame"].toInteger(), timeS));
        }
    }
    const auto calibration = compliance::readCalibration(dir + QStringLiteral("/calibration.json"));
    const auto profile = compliance::loadProfile(QStringLiteral("gb50666"));
    if (!profile || !calibration) {
        return data;
    }
    data.calibration = *calibration;
    compliance::JudgeOptions judgeOptions;
    judgeOptions.frameWidth = info->width;
    judgeOptions.frameHeight = info->height;
    const auto judgement = compliance::judge(*tracks, *profile, &*data.calibration, judgeOptions);
    data.tracks = tracks;
    data.insertions = QList<Insertion>(judgement.insertions.begin(), judgement.insertions.end());
    qint64 id = 0;
    for (const auto& violation : judgement.violations) {
        ++id;
        if (violation.verdict != Verdict::Pass) {
            ui::ReviewViolation found;
            found.id = id;
            found.finding = violation;
            data.violations.append(found);
        }
    }
    data.videoPath = video;
    data.radiusM = judgement.radiusM.value_or(0);
    data.limits = {profile->value(u"t_min_s"), profile->value(u"t_max_s"),
                   profile->value(u"s_max_r").value_or(1.4) * data.radiusM};
    data.profileId = profile->id;
    data.profileVersion = profile->version;
    data.profileName = QStringLiteral("GB 50666");
    data.modelName = QStringLiteral("cvd-n");
    data.modelVersion = QStringLiteral("1");
    data.title = QStringLiteral("Lift 3 West");
    data.resultDir = dir;
    data.hasResult = true;
    return data;
}

}  // namespace cvd::test
