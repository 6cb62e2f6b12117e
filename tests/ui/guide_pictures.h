// The guide's pictures come from the screenshots. A test run writes them to <build>/guide_pictures;
// with CVD_UPDATE_GUIDE=1 in the environment into docs/guide/pictures, to be committed.
#pragma once

#include <QDir>
#include <QHash>
#include <QImage>
#include <QTest>

namespace cvd::test {

// Screenshot -> picture of the guide.
inline const QHash<QString, QString>& guidePictures() {
    static const QHash<QString, QString> kPictures = {{"projects_cards", "projects"},
                                                      {"sign_in", "sign_in"},
                                                      {"import_refused", "import"},
                                                      {"project_done", "project"},
                                                      {"calibration_drawn", "calibration"},
                                                      {"jobs", "jobs"},
                                                      {"dashboard", "dashboard"},
                                                      {"models", "models"},
                                                      {"profiles", "profiles"},
                                                      {"export", "export"},
                                                      {"users", "users"},
                                                      {"audit", "audit"},
                                                      {"settings_keys", "keys"},
                                                      {"first_start_1_server", "database"},
                                                      {"review", "review"},
                                                      {"review_history", "history"},
                                                      {"review_insertions", "insertions"},
                                                      {"review_plan", "plan"},
                                                      {"review_heat", "heat"},
                                                      {"review_chart", "charts"}};
    return kPictures;
}

inline void keepForGuide(const QImage& shot, const QString& screenshot, const QString& language) {
    const QString name = guidePictures().value(screenshot);
    if (name.isEmpty()) {
        return;
    }
    constexpr int kWidth = 1000, kQuality = 84;
    const bool commit = qEnvironmentVariableIntValue("CVD_UPDATE_GUIDE") != 0;
    const QDir out((commit ? QStringLiteral(CVD_SOURCE_DIR "/docs/guide/pictures/")
                           : QStringLiteral(CVD_BINARY_DIR "/guide_pictures/")) +
                   language);
    QVERIFY(out.mkpath(QStringLiteral(".")));
    const QImage scaled =
        shot.width() > kWidth ? shot.scaledToWidth(kWidth, Qt::SmoothTransformation) : shot;
    QVERIFY(scaled.convertToFormat(QImage::Format_RGB32)
                .save(out.filePath(name + QStringLiteral(".jpg")), "JPG", kQuality));
}

}  // namespace cvd::test
