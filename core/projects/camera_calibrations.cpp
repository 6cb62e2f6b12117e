// Calibrations that are kept for a camera, and verdicts that outlive a new judgement.
#include <QSet>
#include <algorithm>
#include <utility>

#include "core/compliance/calibration.h"
#include "core/compliance/same_findings.h"
#include "core/projects/project_service.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::projects {
namespace {

constexpr int kNameCharacters = 100;

Result<QString> checked(const QString& typed) {
    const QString text = typed.simplified();
    if (text.isEmpty() || text.size() > kNameCharacters) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "A camera and a calibration need names of 1 to %1 characters."),
                    {std::to_string(kNameCharacters)});
    }
    return text;
}

}  // namespace

Result<QList<CameraCalibration>> ProjectService::cameraCalibrations(
    const accounts::Session& session) {
    CVD_TRY(actor(session));
    CVD_TRY_ASSIGN(const auto rows, storage::CalibrationRepository(m_database).ofCameras());
    QList<CameraCalibration> list;
    for (const auto& row : rows) {
        const QByteArray json = row.json.toUtf8();
        const auto read = compliance::parseCalibration(json, row.name);
        if (!read) {
            continue;
        }
        const compliance::PictureSize size = compliance::pictureSizeOf(json);
        list.append({row.id, row.camera, row.name, row.changed, *read, size.width, size.height});
    }
    return list;
}

Result<CalibrationId> ProjectService::keepCalibration(const accounts::Session& session,
                                                      const CameraCalibration& kept) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    storage::CalibrationRecord row;
    CVD_TRY_ASSIGN(row.camera, checked(kept.camera));
    CVD_TRY_ASSIGN(row.name, checked(kept.name));
    CVD_TRY(compliance::validateCalibration(kept.calibration));
    row.json = QString::fromUtf8(compliance::withPictureSize(
        compliance::calibrationToJson(kept.calibration), {kept.pictureWidth, kept.pictureHeight}));
    return m_database.withTransaction([&]() -> Result<CalibrationId> {
        storage::CalibrationRepository repository(m_database);
        CVD_TRY_ASSIGN(const auto known, repository.ofCamera(row.camera));
        const auto same = std::find_if(known.begin(), known.end(), [&](const auto& other) {
            return !other.project.valid() && other.name == row.name;
        });
        if (same != known.end()) {
            row.id = same->id;
            CVD_TRY(repository.update(row));
        } else {
            CVD_TRY_ASSIGN(row.id, repository.insert(row));
        }
        CVD_TRY(audit(who, QStringLiteral("calibration_kept"), row.camera, row.name));
        return row.id;
    });
}

Status ProjectService::removeCameraCalibration(const accounts::Session& session, CalibrationId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    if (!who.administrator) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "Only an administrator may do this. Ask one to do it for you."));
    }
    return m_database.withTransaction([&]() -> Status {
        storage::CalibrationRepository repository(m_database);
        CVD_TRY_ASSIGN(const auto row, repository.find(id));
        if (!row || row->project.valid()) {
            return {};
        }
        CVD_TRY(repository.remove(id));
        return audit(who, QStringLiteral("calibration_removed"), row->camera, row->name);
    });
}

Result<int> ProjectService::carryVerdicts(const accounts::Session& session, ResultId from,
                                          ResultId to) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto old, visibleResult(who, from));
    CVD_TRY_ASSIGN(const auto now, visibleResult(who, to));
    if (old.project != now.project) {
        return 0;
    }
    storage::ViolationRepository violations(m_database);
    CVD_TRY_ASSIGN(auto before, violations.ofResult(from));
    CVD_TRY_ASSIGN(auto after, violations.ofResult(to));
    // What corrections withdrew neither gives verdicts nor gets any.
    storage::CorrectionRepository corrections(m_database);
    for (auto [rows, result] : {std::pair{&before, from}, std::pair{&after, to}}) {
        QSet<qint64> withdrawn;
        CVD_TRY_ASSIGN(const auto states, corrections.violationStates(result));
        for (const auto& state : states) {
            if (state.withdrawn) {
                withdrawn.insert(state.violation.value);
            }
        }
        rows->removeIf([&](const auto& row) { return withdrawn.contains(row.id.value); });
    }
    CVD_TRY_ASSIGN(const auto said, storage::VerdictRepository(m_database).ofResult(from));
    const auto findingsOf = [](const QList<storage::ViolationRecord>& rows) {
        std::vector<Violation> findings;
        for (const auto& row : rows) {
            findings.push_back(row.violation);
        }
        return findings;
    };
    storage::InsertionRepository insertions(m_database);
    CVD_TRY_ASSIGN(const auto insertionsBefore, insertions.insertionsOf(from));
    CVD_TRY_ASSIGN(const auto insertionsAfter, insertions.insertionsOf(to));
    const auto same =
        compliance::sameFindings(findingsOf(before), findingsOf(after),
                                 compliance::sameInsertions(insertionsBefore, insertionsAfter));
    QHash<qint64, ViolationId> become;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (const auto at = same[std::size_t(i)]) {
            become.insert(before[i].id.value, after[qsizetype(*at)].id);
        }
    }
    return m_database.withTransaction([&]() -> Result<int> {
        int carried = 0;
        for (storage::VerdictRecord verdict : said) {
            if (become.contains(verdict.violation.value)) {
                verdict.violation = become.value(verdict.violation.value);
                CVD_TRY(storage::VerdictRepository(m_database).append(verdict));
                ++carried;
            }
        }
        return carried;
    });
}

}  // namespace cvd::projects
