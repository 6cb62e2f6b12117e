#include "ui/audit_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include "core/text/text.h"
#include "ui/users_model.h"

namespace cvd::ui {
namespace {

struct Pattern {
    const char* actions;  // separated by spaces
    const char* stored;   // the whole detail, or one of its parts between semicolons
    const char* shown;
};

// More than one of them may fit: the first one counts.
constexpr Pattern kPatterns[] = {
    {"user_created", "first administrator", QT_TRANSLATE_NOOP("audit", "first administrator")},
    {"user_changed", "name: (.+) -> (.+)", QT_TRANSLATE_NOOP("audit", "name: %1 → %2")},
    {"user_changed", "title", QT_TRANSLATE_NOOP("audit", "title")},
    {"user_changed", "description", QT_TRANSLATE_NOOP("audit", "description")},
    {"projects_given", "(\\d+) -> (.+)", QT_TRANSLATE_NOOP("audit", "%1 given to %2")},
    {"project_created", "project (\\d+), video ([0-9a-f]+)",
     QT_TRANSLATE_NOOP("audit", "project %1, video %2")},
    {"project_deleted detection_cancelled", "project (\\d+)",
     QT_TRANSLATE_NOOP("audit", "project %1")},
    {"detection_queued", "project (\\d+): profile (.+)",
     QT_TRANSLATE_NOOP("audit", "project %1, rule profile %2")},
    {"result_exported", "project (\\d+): (.+)", QT_TRANSLATE_NOOP("audit", "project %1: %2")},
    {"import_original", "users (\\d+), projects (\\d+), not taken (\\d+)",
     QT_TRANSLATE_NOOP("audit", "users %1, projects %2, not taken %3")},
    {"model_added", "sha256 ([0-9a-f]+)", QT_TRANSLATE_NOOP("audit", "SHA-256 %1")},
    {"profile_added profile_changed profile_removed", "version (.+)",
     QT_TRANSLATE_NOOP("audit", "version %1")},
    {"result_corrected", "added in frame (\\d+)",
     QT_TRANSLATE_NOOP("audit", "object added in frame %1")},
    {"result_corrected", "moved in frame (\\d+)",
     QT_TRANSLATE_NOOP("audit", "object changed in frame %1")},
    {"result_corrected", "removed in frame (\\d+)",
     QT_TRANSLATE_NOOP("audit", "object removed in frame %1")},
    {"result_corrected", "insertion (\\d+) removed",
     QT_TRANSLATE_NOOP("audit", "insertion %1 removed")},
    {"result_corrected", "insertion (\\d+) (\\d+)-(\\d+)",
     QT_TRANSLATE_NOOP("audit", "insertion %1: frames %2 to %3")},
    {"result_corrected", "(\\d+) taken back", QT_TRANSLATE_NOOP("audit", "%1 taken back")},
    {"result_corrected", "(\\d+) made to count again",
     QT_TRANSLATE_NOOP("audit", "%1 made to count again")},
};

// As wide as the match, or nothing.
QRegularExpressionMatch wholly(const char* pattern, const QString& text) {
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text);
}

QString roleNumber(const QString& stored) {
    return roleText(stored == QLatin1String("1") ? accounts::Role::Administrator
                                                 : accounts::Role::Normal);
}

QString filled(const char* shown, const QRegularExpressionMatch& found) {
    std::vector<std::string> arguments;
    for (int i = 1; i <= found.lastCapturedIndex(); ++i) {
        arguments.push_back(found.captured(i).toStdString());
    }
    return text::filledIn(QCoreApplication::translate("audit", shown), arguments);
}

QString roles(const QString& part) {
    if (const auto change = wholly("role: ([01]) -> ([01])", part); change.hasMatch()) {
        return QCoreApplication::translate("audit", "role: %1 → %2")
            .arg(roleNumber(change.captured(1)), roleNumber(change.captured(2)));
    }
    const auto given = wholly("role: ([01])", part);
    return given.hasMatch()
               ? QCoreApplication::translate("audit", "role: %1").arg(roleNumber(given.captured(1)))
               : QString();
}

// "project 7: name, description, owner li"
QString projectChanges(const QString& detail) {
    const auto found = wholly(
        "project (\\d+): ((?:name|description)(?:, description)?)?(?:, )?(?:owner (.+))?", detail);
    if (!found.hasMatch()) {
        return {};
    }
    QStringList changes;
    for (const QString& field : found.captured(2).split(QStringLiteral(", "), Qt::SkipEmptyParts)) {
        changes << (field == QLatin1String("name")
                        ? QCoreApplication::translate("audit", "name")
                        : QCoreApplication::translate("audit", "description"));
    }
    if (!found.captured(3).isEmpty()) {
        changes << QCoreApplication::translate("audit", "owner: %1").arg(found.captured(3));
    }
    return QCoreApplication::translate("audit", "project %1 (%2)", "number, what was changed")
        .arg(found.captured(1),
             changes.join(QCoreApplication::translate("audit", ", ", "between changed fields")));
}

// "tilt 120-180": a finding that was entered by hand
QString findingByHand(const QString& part) {
    const auto found = wholly("([a-z_]+) (\\d+)-(\\d+)", part);
    if (!found.hasMatch() || text::ruleLabel(found.captured(1).toStdString()) == nullptr) {
        return {};
    }
    return QCoreApplication::translate("audit", "%1: frames %2 to %3", "rule")
        .arg(text::ruleText(found.captured(1).toStdString()), found.captured(2), found.captured(3));
}

QString partText(const QString& action, const QString& part) {
    for (const Pattern& pattern : kPatterns) {
        if (!QString::fromLatin1(pattern.actions).split(u' ').contains(action)) {
            continue;
        }
        if (const auto found = wholly(pattern.stored, part); found.hasMatch()) {
            return filled(pattern.shown, found);
        }
    }
    if (action == QLatin1String("user_created") || action == QLatin1String("user_changed")) {
        return roles(part);
    }
    if (action == QLatin1String("project_changed")) {
        return projectChanges(part);
    }
    return action == QLatin1String("result_corrected") ? findingByHand(part) : QString();
}

// Stored names are stable.
constexpr std::pair<const char*, const char*> kActions[] = {
    {"sign_in", QT_TRANSLATE_NOOP("audit", "Signed in")},
    {"sign_in_failed", QT_TRANSLATE_NOOP("audit", "Sign-in failed")},
    {"sign_out", QT_TRANSLATE_NOOP("audit", "Signed out")},
    {"user_created", QT_TRANSLATE_NOOP("audit", "User created")},
    {"user_changed", QT_TRANSLATE_NOOP("audit", "User changed")},
    {"user_deleted", QT_TRANSLATE_NOOP("audit", "User deleted")},
    {"password_changed", QT_TRANSLATE_NOOP("audit", "Password changed")},
    {"password_reset", QT_TRANSLATE_NOOP("audit", "Password reset")},
    {"projects_given", QT_TRANSLATE_NOOP("audit", "Projects given to another user")},
    {"project_created", QT_TRANSLATE_NOOP("audit", "Project created")},
    {"project_changed", QT_TRANSLATE_NOOP("audit", "Project changed")},
    {"project_deleted", QT_TRANSLATE_NOOP("audit", "Project deleted")},
    {"calibration_changed", QT_TRANSLATE_NOOP("audit", "Calibration changed")},
    {"calibration_removed", QT_TRANSLATE_NOOP("audit", "Calibration removed")},
    {"calibration_kept", QT_TRANSLATE_NOOP("audit", "Calibration kept for a camera")},
    {"detection_queued", QT_TRANSLATE_NOOP("audit", "Detection started")},
    {"detection_cancelled", QT_TRANSLATE_NOOP("audit", "Detection cancelled")},
    {"result_exported", QT_TRANSLATE_NOOP("audit", "Result exported")},
    {"model_added", QT_TRANSLATE_NOOP("audit", "Model added")},
    {"model_removed", QT_TRANSLATE_NOOP("audit", "Model removed")},
    {"model_default", QT_TRANSLATE_NOOP("audit", "Default model changed")},
    {"profile_added", QT_TRANSLATE_NOOP("audit", "Rule profile added")},
    {"profile_changed", QT_TRANSLATE_NOOP("audit", "Rule profile changed")},
    {"profile_removed", QT_TRANSLATE_NOOP("audit", "Rule profile removed")},
    {"import_original", QT_TRANSLATE_NOOP("audit", "Original system taken over")},
    {"result_corrected", QT_TRANSLATE_NOOP("audit", "Result corrected by hand")},
    {"verdict", QT_TRANSLATE_NOOP("audit", "Verdict given")},
};

}  // namespace

QStringList auditActions() {
    QStringList names;
    for (const auto& [name, label] : kActions) {
        names << QString::fromLatin1(name);
    }
    return names;
}

QStringList auditActionsCalled(const QString& word) {
    QStringList names;
    for (const QString& name : auditActions()) {
        if (auditActionText(name).contains(word, Qt::CaseInsensitive)) {
            names << name;
        }
    }
    return names;
}

QString auditActionText(const QString& action) {
    for (const auto& [name, label] : kActions) {
        if (action == QLatin1String(name)) {
            return QCoreApplication::translate("audit", label);
        }
    }
    return action;
}

QString auditDetailText(const QString& action, const QString& detail) {
    QStringList parts;
    for (const QString& part : detail.split(QStringLiteral("; "))) {
        parts << partText(action, part);
    }
    if (!parts.contains(QString())) {
        return parts.join(QCoreApplication::translate("audit", "; ", "between two changes"));
    }
    const QString whole = partText(action, detail);  // a name may hold a semicolon
    return whole.isEmpty() ? detail : whole;
}

}  // namespace cvd::ui
