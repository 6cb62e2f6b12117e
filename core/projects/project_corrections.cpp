// What people put right by hand in a result: the log, and the judgement that it leads to.
#include <QHash>
#include <QSet>
#include <algorithm>
#include <cmath>

#include "core/accounts/session.h"
#include "core/compliance/same_findings.h"
#include "core/projects/project_service.h"
#include "core/report/corrected_result.h"
#include "core/report/track_file.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::projects {
namespace {

using compliance::Correction;

// Stored results are rounded to four decimals.
bool close(const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() &&
           (!a || std::abs(*a - *b) <= 1e-3 + 1e-6 * std::abs(*a));
}

bool close(const std::optional<PointM>& a, const std::optional<PointM>& b) {
    return a.has_value() == b.has_value() &&
           (!a || (std::abs(a->x - b->x) <= 1e-3 && std::abs(a->y - b->y) <= 1e-3));
}

// The same statement about the same moment with the same figures.
bool sameStatement(const Violation& a, const Violation& b) {
    return a.rule == b.rule && a.verdict == b.verdict && a.severity == b.severity &&
           a.startFrame == b.startFrame && a.endFrame == b.endFrame && a.insertion == b.insertion &&
           a.source == b.source && a.reason == b.reason && close(a.value, b.value) &&
           close(a.limit, b.limit) && close(a.positionM, b.positionM);
}

// About the same thing, with other figures: what was said of one still applies to the other.
bool sameMatter(const Violation& a, const Violation& b) {
    return a.rule == b.rule && a.verdict == b.verdict && a.insertion == b.insertion &&
           compliance::enteredByHand(a) == compliance::enteredByHand(b) &&
           a.startFrame <= b.endFrame && b.startFrame <= a.endFrame;
}

QString describe(const Correction& c) {
    switch (c.kind) {
        case Correction::Kind::Object:
            return QStringLiteral("%1 in frame %2")
                .arg(c.remove     ? "removed"
                     : c.replaces ? "moved"
                                  : "added")
                .arg(c.object.frame);
        case Correction::Kind::Insertion:
            return QStringLiteral("insertion %1 %2")
                .arg(c.insertion)
                .arg(c.remove ? QStringLiteral("removed")
                              : QStringLiteral("%1-%2").arg(c.startFrame).arg(c.endFrame));
        case Correction::Kind::Violation:
            break;
    }
    return QStringLiteral("%1 %2-%3")
        .arg(QString::fromStdString(c.violation.rule))
        .arg(c.violation.startFrame)
        .arg(c.violation.endFrame);
}

QString describe(const CorrectionEdit& edit) {
    QStringList parts;
    for (const Correction& c : edit.add) {
        parts << describe(c);
    }
    if (!edit.takeBack.isEmpty()) {
        parts << QStringLiteral("%1 taken back").arg(edit.takeBack.size());
    }
    if (!edit.restore.isEmpty()) {
        parts << QStringLiteral("%1 made to count again").arg(edit.restore.size());
    }
    return parts.join(QStringLiteral("; "));
}

QSet<qint64> activeIds(const QList<CorrectionEntry>& log) {
    QSet<qint64> ids;
    for (const CorrectionEntry& entry : log) {
        if (entry.active) {
            ids.insert(entry.id);
        }
    }
    return ids;
}

Result<QList<CorrectionEntry>> readLog(storage::Database& database, ResultId result) {
    CVD_TRY_ASSIGN(const auto rows, storage::CorrectionRepository(database).ofResult(result));
    QList<CorrectionEntry> log;
    log.reserve(rows.size());
    for (const storage::CorrectionRecord& row : rows) {
        CorrectionEntry entry{row.id, row.user, row.userName, row.at, {}, row.active};
        CVD_TRY_ASSIGN(entry.correction, compliance::parseCorrection(row.content.toUtf8()));
        entry.correction.author = row.userName.toStdString();
        log.append(std::move(entry));
    }
    return log;
}

storage::CorrectionRecord rowOf(ResultId result, UserId user, const QString& name,
                                const Correction& correction) {
    storage::CorrectionRecord row;
    row.result = result;
    row.user = user;
    row.userName = name;
    row.content = QString::fromUtf8(compliance::correctionToJson(correction));
    return row;
}

// Insertions of one judgement as another one numbers them.
QHash<qint64, qint64> renumbering(const std::vector<Insertion>& from,
                                  const std::vector<Insertion>& to) {
    QHash<qint64, qint64> numbers;
    for (const auto& [before, after] : compliance::sameInsertions(from, to)) {
        numbers.insert(before, after);
    }
    return numbers;
}

}  // namespace

std::vector<Correction> activeCorrections(const QList<CorrectionEntry>& log) {
    return correctionsAfter(log, {}, {});
}

std::vector<Correction> correctionsAfter(const QList<CorrectionEntry>& log,
                                         const CorrectionEdit& edit, const QString& author) {
    std::vector<Correction> active;
    for (const CorrectionEntry& entry : log) {
        const bool counts =
            edit.restore.contains(entry.id) || (entry.active && !edit.takeBack.contains(entry.id));
        if (counts) {
            active.push_back(entry.correction);
        }
    }
    for (Correction correction : edit.add) {
        correction.author = author.toStdString();
        active.push_back(std::move(correction));
    }
    return active;
}

Result<QList<CorrectionEntry>> ProjectService::corrections(const accounts::Session& session,
                                                           ResultId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY(visibleResult(who, id));
    return readLog(m_database, id);
}

Result<QList<qint64>> ProjectService::correct(const accounts::Session& session, ResultId id,
                                              const CorrectionEdit& edit,
                                              const compliance::Judgement& judgement) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto result, visibleResult(who, id));
    CVD_TRY_ASSIGN(const auto project, storage::ProjectRepository(m_database).find(result.project));
    CVD_TRY_ASSIGN(const auto video, storage::VideoRepository(m_database).find(project->video));
    for (const Correction& correction : edit.add) {
        CVD_TRY(compliance::validateCorrection(correction, video ? video->frames : 0));
    }
    storage::CorrectionRepository repository(m_database);
    return m_database.withTransaction([&]() -> Result<QList<qint64>> {
        // First, so that two people correcting at once wait for each other here.
        CVD_TRY(repository.setJudgement(id, QString()));
        CVD_TRY_ASSIGN(const auto log, readLog(m_database, id));
        const QSet<qint64> active = activeIds(log);
        if (active != QSet<qint64>(edit.basedOn.begin(), edit.basedOn.end())) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core",
                               "Somebody else has corrected this result in the meantime. It is "
                               "shown as it is now; make your correction again."));
        }
        QSet<qint64> known;
        for (const CorrectionEntry& entry : log) {
            known.insert(entry.id);
        }
        QSet<qint64> now = active;
        for (const auto& [ids, on] : {std::pair{edit.takeBack, false}, {edit.restore, true}}) {
            for (const qint64 correction : ids) {
                if (!known.contains(correction)) {
                    return fail(ErrorKind::Usage,
                                CVD_TR("core", "This correction belongs to another result."));
                }
                CVD_TRY(repository.setActive(correction, on));
                on ? (void)now.insert(correction) : (void)now.remove(correction);
            }
        }
        QList<qint64> added;
        for (const Correction& correction : edit.add) {
            CVD_TRY_ASSIGN(const auto row,
                           repository.append(rowOf(id, who.user, who.name, correction)));
            added.append(row.id);
            now.insert(row.id);
        }
        CVD_TRY(storeJudgement(id, result, !now.isEmpty(), judgement));
        CVD_TRY(audit(who, QStringLiteral("result_corrected"), project->name, describe(edit)));
        return added;
    });
}

// Rows whose statement is made again hold, the others are withdrawn, what is said for the first
// time is added. Passes are not reviewed and stay as the detector's run left them.
Status ProjectService::storeJudgement(ResultId id, const storage::ResultRecord& result,
                                      bool corrected, const compliance::Judgement& judgement) {
    storage::CorrectionRepository repository(m_database);
    storage::ViolationRepository violations(m_database);
    QString json;
    if (corrected) {
        CVD_TRY_ASSIGN(auto stored, report::parseSummary(result.summaryJson.toUtf8(), QString()));
        stored.summary.warnings.clear();  // the folder keeps them
        json = QString::fromUtf8(report::summaryToJson(stored.summary, judgement));
    }
    CVD_TRY(repository.setJudgement(id, json));

    CVD_TRY_ASSIGN(const auto rows, violations.ofResult(id));
    CVD_TRY_ASSIGN(const auto states, repository.violationStates(id));
    QHash<qint64, storage::CorrectedViolationRecord> stateOf;
    for (const auto& state : states) {
        stateOf.insert(state.violation.value, state);
    }
    const auto findRow = [&](const Violation& v, const auto& same, const QList<bool>& taken,
                             bool onlyHolding) {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (!taken[i] && same(v, rows[i].violation) &&
                !(onlyHolding && stateOf.value(rows[i].id.value).withdrawn)) {
                return i;
            }
        }
        return qsizetype(-1);
    };
    QList<bool> holds(rows.size(), false);
    std::vector<Violation> added;
    std::int64_t number = 0;
    for (const auto& row : rows) {
        number = std::max(number, row.violation.id);
    }
    for (const Violation& v : judgement.violations) {
        if (v.verdict == Verdict::Pass) {
            continue;
        }
        if (const qsizetype row = findRow(v, sameStatement, holds, false); row >= 0) {
            holds[row] = true;
        } else {
            added.push_back(v);
            added.back().id = ++number;
        }
    }
    CVD_TRY(violations.insert(id, added));
    QHash<qint64, ViolationId> idOf;  // by number
    if (!added.empty()) {
        CVD_TRY_ASSIGN(const auto all, violations.ofResult(id));
        for (const auto& row : all) {
            idOf.insert(row.violation.id, row.id);
        }
    }
    // A new finding takes over what was said of the one whose place it takes.
    CVD_TRY_ASSIGN(const auto said, storage::VerdictRepository(m_database).ofResult(id));
    QList<bool> given = holds;
    for (const Violation& v : added) {
        const ViolationId now = idOf.value(v.id);
        CVD_TRY(repository.setViolationState({now, true, false}));
        const qsizetype before = findRow(v, sameMatter, given, true);
        if (before < 0) {
            continue;
        }
        given[before] = true;
        for (storage::VerdictRecord verdict : said) {
            if (verdict.violation == rows[before].id) {
                verdict.violation = now;
                CVD_TRY(storage::VerdictRepository(m_database).append(verdict));
            }
        }
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        auto state = stateOf.value(rows[i].id.value);
        const bool withdrawn = !holds[i] && rows[i].violation.verdict != Verdict::Pass;
        if (state.withdrawn != withdrawn) {
            state.violation = rows[i].id;
            state.withdrawn = withdrawn;
            CVD_TRY(repository.setViolationState(state));
        }
    }
    return repository.recount(id, int(judgement.insertions.size()));
}

Result<int> ProjectService::carryCorrections(const accounts::Session& session, ResultId from,
                                             ResultId to) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto old, visibleResult(who, from));
    CVD_TRY_ASSIGN(const auto now, visibleResult(who, to));
    CVD_TRY_ASSIGN(QList<CorrectionEntry> log, readLog(m_database, from));
    log.removeIf([](const CorrectionEntry& entry) { return !entry.active; });
    if (old.project != now.project || log.isEmpty()) {
        return 0;
    }
    const QString folder = m_library.absolutePath(now.folder);
    CVD_TRY_ASSIGN(const auto inputs, report::readJudgingInputs(folder));
    CVD_TRY_ASSIGN(Tracks tracks, report::loadTracks(folder + QStringLiteral("/tracks.bin")));
    CVD_TRY_ASSIGN(const auto before, storage::InsertionRepository(m_database).insertionsOf(from));
    auto numbers = renumbering(before, inputs.model.insertions);
    std::int64_t free = compliance::freeInsertionNumber(inputs.model.insertions, {});
    const auto renumbered = [&](std::int64_t number) {
        const auto known = numbers.constFind(number);
        return known != numbers.constEnd() ? *known : *numbers.insert(number, free++);
    };
    std::vector<Correction> carried;
    for (CorrectionEntry& entry : log) {
        Correction& c = entry.correction;
        if (c.kind == Correction::Kind::Insertion) {
            c.insertion = renumbered(c.insertion);
        } else if (c.violation.insertion) {
            c.violation.insertion = renumbered(*c.violation.insertion);
        }
        carried.push_back(c);
    }
    const auto corrected = report::judgeCorrected(inputs, std::move(tracks), carried);
    return m_database.withTransaction([&]() -> Result<int> {
        storage::CorrectionRepository repository(m_database);
        for (const CorrectionEntry& entry : log) {
            auto row = rowOf(to, entry.user, entry.userName, entry.correction);
            row.at = entry.at;
            CVD_TRY(repository.append(row));
        }
        CVD_TRY(storeJudgement(to, now, true, corrected.judgement));
        return int(log.size());
    });
}

}  // namespace cvd::projects
