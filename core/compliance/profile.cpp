#include "core/compliance/profile.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSaveFile>

#include "core/base/small_file.h"
#include "core/compliance/whole_file.h"

// Resources of a static library are dropped by the linker unless someone names them. The macro
// must stand outside any namespace.
static void useProfileResources() {
    Q_INIT_RESOURCE(cvd_profiles);
}

namespace cvd::compliance {
namespace {

constexpr const char* kSchema = "cvd-mis/profile/1";

Error bad(std::string text, std::vector<std::string> args) {
    return fail(ErrorKind::BadInput, std::move(text), std::move(args));
}

std::string number(double v) {
    return QString::number(v, 'g', 6).toStdString();
}

std::optional<SourceStatus> statusFromName(const QString& name) {
    for (const auto status : {SourceStatus::Read, SourceStatus::Secondary,
                              SourceStatus::GeneralKnowledge, SourceStatus::OurSetting}) {
        if (sourceStatusName(status) == name) {
            return status;
        }
    }
    return std::nullopt;
}

// Of two limits the first must be the smaller one.
constexpr std::pair<const char*, const char*> kInOrder[] = {
    {"t_min_s", "t_max_s"},
    {"touch_s", "t_min_s"},
    {"form_min_m", "form_max_m"},
    {"still_mm_s", "drag_speed_mm_s"},
    {"revibration_min_s", "revibration_max_s"},
    {"repeat_gap_s", "revibration_min_s"},
    {"repeat_distance_r", "s_max_r"}};

// For somebody who has a file before him.
Error asError(const Profile& p, const ParameterProblem& problem) {
    const std::string id = p.id.toStdString(), key = problem.key.toStdString();
    const ParameterKey* rule = findParameterKey(problem.key);
    switch (problem.kind) {
        case ParameterProblem::Kind::OutOfRange:
            return bad(CVD_TR("core", "Profile \"%1\": %2 is %3 %4; it must be between %5 and %6."),
                       {id, key, number(*p.value(problem.key)), rule->unit, number(rule->lowest),
                        number(rule->highest)});
        case ParameterProblem::Kind::NotSmaller:
            return bad(
                CVD_TR("core", "Profile \"%1\": %2 is %3 but %4 is %5; the first must be smaller."),
                {id, key, number(*p.value(problem.key)), problem.other.toStdString(),
                 number(*p.value(problem.other))});
        case ParameterProblem::Kind::NoSource:
            return bad(CVD_TR("core",
                              "Profile \"%1\": %2 names no source; name it or mark the value "
                              "as our_setting."),
                       {id, key});
        case ParameterProblem::Kind::Missing:
            break;
    }
    return bad(CVD_TR("core", "Profile \"%1\" has no %2; every profile needs it."), {id, key});
}

}  // namespace

const QList<ParameterKey>& parameterKeys() {
    static const QList<ParameterKey> keys = {
        {"t_min_s", "s", 0.5, 600, CVD_TR("core", "Shortest stationary time of an insertion"),
         "under_vibration missed_area"},
        {"t_max_s", "s", 1, 3600, CVD_TR("core", "Longest stationary time of an insertion"),
         "over_vibration"},
        {"radius_m", "m", 0.05, 1.5, CVD_TR("core", "Radius of action when none is entered"), ""},
        {"s_max_r", "R", 0.5, 3, CVD_TR("core", "Largest spacing, in radii of action"),
         "spacing_too_large"},
        {"s_max_m", "m", 0.05, 3, CVD_TR("core", "Largest spacing"), "spacing_too_large"},
        {"form_min_m", "m", 0, 1, CVD_TR("core", "Smallest distance from the form"),
         "too_near_form"},
        {"form_max_r", "R", 0.1, 3,
         CVD_TR("core", "Largest distance from the form, in radii of action"), "too_far_from_form"},
        {"form_max_m", "m", 0.02, 3, CVD_TR("core", "Largest distance from the form"),
         "too_far_from_form"},
        {"penetration_min_m", "m", 0, 1, CVD_TR("core", "Smallest depth into the layer below"),
         "shallow_insertion"},
        {"layer_max_m", "m", 0.05, 5, CVD_TR("core", "Largest layer thickness"), "layer_too_thick"},
        {"layer_max_rod", "L", 0.1, 5, CVD_TR("core", "Largest layer thickness, in rod lengths"),
         "layer_too_thick"},
        {"withdraw_max_mm_s", "mm/s", 1, 2000, CVD_TR("core", "Fastest withdrawal"),
         "fast_withdrawal"},
        {"insert_max_s", "s", 0.1, 60, CVD_TR("core", "Longest time to insert"), "slow_insertion"},
        {"tilt_max_deg", "deg", 1, 90, CVD_TR("core", "Largest tilt from the vertical"), "tilt"},
        {"tilt_layer_min_m", "m", 0, 1, CVD_TR("core", "Thinner layers are exempt from the tilt"),
         "tilt"},
        {"tilt_spread_max_deg", "deg", 5, 180,
         CVD_TR("core", "Largest difference in direction between leaning neighbours"), "tilt"},
        {"touch_s", "s", 0, 10, CVD_TR("core", "A shorter contact is a touch, not an insertion"),
         ""},
        {"still_mm_s", "mm/s", 1, 500, CVD_TR("core", "Slower than this, the poker stands still"),
         ""},
        {"drag_speed_mm_s", "mm/s", 1, 2000,
         CVD_TR("core", "Sideways speed that counts as dragging"), "dragging moving_concrete"},
        {"drag_length_m", "m", 0.01, 5, CVD_TR("core", "Longest sideways path in concrete"),
         "dragging"},
        {"move_length_m", "m", 0.05, 10, CVD_TR("core", "Longest way in one direction in concrete"),
         "moving_concrete"},
        {"air_max_s", "s", 0.5, 600, CVD_TR("core", "Longest time out of the concrete"),
         "running_in_air"},
        {"idle_max_s", "s", 5, 36000, CVD_TR("core", "Longest pause between two insertions"),
         "no_vibration"},
        {"order_leap_r", "R", 0.5, 50,
         CVD_TR("core", "A move farther than this may be a leap, in radii of action"),
         "irregular_order"},
        {"order_max_pct", "%", 0, 100,
         CVD_TR("core", "Largest share of leaps in the order of work"), "irregular_order"},
        {"repeat_distance_r", "R", 0.05, 2, CVD_TR("core", "Same place, in radii of action"),
         "repeat_vibration late_revibration over_vibration irregular_order"},
        {"repeat_gap_s", "s", 1, 3600, CVD_TR("core", "Same treatment when the pause is shorter"),
         "repeat_vibration over_vibration irregular_order"},
        {"revibration_min_s", "s", 60, 36000,
         CVD_TR("core", "Earliest revibration after the first"), "repeat_vibration"},
        {"revibration_max_s", "s", 60, 86400, CVD_TR("core", "Latest revibration after the first"),
         "late_revibration irregular_order"},
        {"coverage_min_pct", "%", 1, 100,
         CVD_TR("core", "Smallest share of the pour region treated"), "missed_area"},
        {"gap_max_m", "m", 0.01, 3, CVD_TR("core", "Largest untreated disc, diameter"),
         "missed_area"},
    };
    return keys;
}

const ParameterKey* findParameterKey(QStringView key) {
    for (const ParameterKey& k : parameterKeys()) {
        if (key == QLatin1String(k.key)) {
            return &k;
        }
    }
    return nullptr;
}

QString sourceStatusName(SourceStatus status) {
    switch (status) {
        case SourceStatus::Read:
            return QStringLiteral("read");
        case SourceStatus::Secondary:
            return QStringLiteral("secondary");
        case SourceStatus::GeneralKnowledge:
            return QStringLiteral("general_knowledge");
        case SourceStatus::OurSetting:
            break;
    }
    return QStringLiteral("our_setting");
}

QString sourceStatusText(SourceStatus status) {
    switch (status) {
        case SourceStatus::Read:
            return QString::fromUtf8(CVD_TR("core", "text read"));
        case SourceStatus::Secondary:
            return QString::fromUtf8(CVD_TR("core", "from a secondary source"));
        case SourceStatus::GeneralKnowledge:
            return QString::fromUtf8(CVD_TR("core", "general knowledge, not checked"));
        case SourceStatus::OurSetting:
            break;
    }
    return QString::fromUtf8(CVD_TR("core", "our setting"));
}

// The sources in resources/profiles that are sentences and not names; whoever shows a source looks
// it up in context "core". (tst_translations sees that none is left out.)
[[maybe_unused]] static const char* const kSourceTexts[] = {
    CVD_TR("core", "Chinese railway practice (TB 10424-2018)"),
    CVD_TR("core", "Project specification of San Joaquin County, citing ACI 309 Table 5.1.4"),
    CVD_TR("core", "Japanese site-supervisor glossary, which does not name JSCE"),
    CVD_TR("core", "Contractor's text on bridge decks (standard not named there)"),
    CVD_TR("core", "Japanese building examination page, which does not name JASS 5"),
    CVD_TR("core", "Summary of DL/T 5144-2015"),
    CVD_TR("core", "Japanese civil engineering page on placing"),
    CVD_TR("core", "GB 50666-2011: no contact with the form"),
    CVD_TR("core", "DL/T 5144-2015: no contact with the form"),
};

const Parameter* Profile::find(QAnyStringView key) const {
    for (const Parameter& p : parameters) {
        if (QAnyStringView::equal(p.key, key)) {
            return &p;
        }
    }
    return nullptr;
}

std::optional<double> Profile::value(QAnyStringView key) const {
    const Parameter* p = find(key);
    return p ? std::optional<double>(p->value) : std::nullopt;
}

QString Profile::sourceText(QAnyStringView key) const {
    const Parameter* p = find(key);
    if (!p) {
        return {};
    }
    const QString status = sourceStatusText(p->status);
    return p->source.isEmpty() ? status : QStringLiteral("%1 (%2)").arg(p->source, status);
}

QStringList builtInProfileIds() {
    return {QStringLiteral("aci309r"),  QStringLiteral("gb50666"), QStringLiteral("dlt5144"),
            QStringLiteral("jtgt3650"), QStringLiteral("railway"), QStringLiteral("jsce"),
            QStringLiteral("jass5"),    QStringLiteral("custom")};
}

QList<Profile> builtInProfiles() {
    QList<Profile> out;
    for (const QString& id : builtInProfileIds()) {
        if (auto profile = loadProfile(id); profile.ok()) {
            out.append(*profile);
        }
    }
    return out;
}

// A file may call itself one of ours and hold other limits, by hand or from another program: what
// is judged with it must not pass for ours.
static void markForeign(Profile& profile) {
    if (!builtInProfileIds().contains(profile.id)) {
        return;
    }
    const auto limitsOf = [](const Profile& p) {
        QMap<QString, double> limits;
        for (const Parameter& parameter : p.parameters) {
            limits.insert(parameter.key, parameter.value);
        }
        return limits;
    };
    const auto ours = loadProfile(profile.id);
    if (ours.ok() && ours->version == profile.version && limitsOf(*ours) != limitsOf(profile)) {
        profile.version += QStringLiteral(" *");
        profile.nameEn += QStringLiteral(" (changed)");
        profile.nameZh += QStringLiteral("（已修改）");
    }
}

Result<Profile> loadProfile(const QString& idOrFile) {
    useProfileResources();
    const bool builtIn = builtInProfileIds().contains(idOrFile);
    const QString path = builtIn ? QStringLiteral(":/profiles/%1.json").arg(idOrFile) : idOrFile;
    if (!builtIn && !QFileInfo::exists(idOrFile)) {
        return bad(
            CVD_TR("core",
                   "There is no profile \"%1\"; use one of %2 or the path of a profile "
                   "file."),
            {idOrFile.toStdString(), builtInProfileIds().join(QLatin1Char(' ')).toStdString()});
    }
    if (!builtIn) {
        constexpr std::uintmax_t kMostBytes = 1u << 20;
        CVD_TRY_ASSIGN(const std::string bytes,
                       readSmallFile(std::filesystem::path(path.toStdU16String()), kMostBytes));
        CVD_TRY_ASSIGN(Profile profile, parseProfile(QByteArray::fromStdString(bytes), path));
        markForeign(profile);
        return profile;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return bad(CVD_TR("core", "The profile %1 cannot be read: %2."),
                   {path.toStdString(), file.errorString().toStdString()});
    }
    return parseProfile(file.readAll(), path);
}

Result<Profile> parseProfile(const QByteArray& json, const QString& where) {
    const std::string place = where.toStdString();
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return bad(CVD_TR("core", "%1 is not a JSON file: %2 at byte %3."),
                   {place, problem.errorString().toStdString(), std::to_string(problem.offset)});
    }
    const QJsonObject o = document.object();
    if (o["schema"].toString() != QLatin1String(kSchema)) {
        return bad(CVD_TR("core", "%1 is not a profile: its \"schema\" must be \"%2\"."),
                   {place, kSchema});
    }
    static const QStringList known = {QStringLiteral("schema"),      QStringLiteral("id"),
                                      QStringLiteral("version"),     QStringLiteral("name"),
                                      QStringLiteral("description"), QStringLiteral("parameters")};
    for (const QString& key : o.keys()) {
        if (!known.contains(key)) {
            return bad(CVD_TR("core", "%1: \"%2\" is not a field of a profile."),
                       {place, key.toStdString()});
        }
    }
    Profile p;
    p.id = o["id"].toString();
    p.version = o["version"].toString();
    p.nameEn = o["name"].toObject()["en"].toString();
    p.nameZh = o["name"].toObject()["zh"].toString();
    p.descriptionEn = o["description"].toObject()["en"].toString();
    p.descriptionZh = o["description"].toObject()["zh"].toString();
    if (!o["parameters"].isObject()) {
        return bad(CVD_TR("core", "%1: the field \"%2\" is missing or has the wrong form."),
                   {place, "parameters"});
    }
    const QJsonObject parameters = o["parameters"].toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const QJsonObject entry = it.value().toObject();
        if (!entry["value"].isDouble()) {
            return bad(CVD_TR("core", "%1: the value of %2 is not a number."),
                       {place, it.key().toStdString()});
        }
        const auto status = statusFromName(entry["status"].toString());
        if (!status) {
            return bad(CVD_TR("core",
                              "%1: the status of %2 must be read, secondary, "
                              "general_knowledge or our_setting."),
                       {place, it.key().toStdString()});
        }
        p.parameters.append({it.key(), entry["value"].toDouble(), entry["unit"].toString(),
                             entry["source"].toString(), *status});
    }
    // JSON objects come back in the order of their keys; people read related limits together.
    std::stable_sort(p.parameters.begin(), p.parameters.end(),
                     [](const Parameter& a, const Parameter& b) {
                         return findParameterKey(a.key) < findParameterKey(b.key);
                     });
    CVD_TRY(validateProfile(p));
    return p;
}

// Names stand in lists, tables and reports: one line, no marks that turn the text around.
static Status plainName(const Profile& p, const QString& name) {
    constexpr qsizetype kMostCharacters = 120;
    const bool plain = std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.category() != QChar::Other_Control && c.category() != QChar::Other_Format;
    });
    if (plain && name.size() <= kMostCharacters) {
        return {};
    }
    return bad(CVD_TR("core",
                      "Profile \"%1\": a name or version has more than %2 characters, or "
                      "characters that cannot be seen."),
               {p.id.left(40).toStdString(), std::to_string(kMostCharacters)});
}

Status validateProfile(const Profile& p) {
    static const QRegularExpression idForm(QStringLiteral("^[a-z0-9][a-z0-9_-]{0,39}$"));
    const std::string id = p.id.toStdString();
    if (!idForm.match(p.id).hasMatch()) {
        return bad(
            CVD_TR("core", "\"%1\" is not a profile id; use small letters, digits, - and _."),
            {id});
    }
    if (p.nameEn.isEmpty() || p.nameZh.isEmpty() || p.version.isEmpty()) {
        return bad(
            CVD_TR("core", "Profile \"%1\" needs a name in English and in Chinese and a version."),
            {id});
    }
    CVD_TRY(plainName(p, p.nameEn));
    CVD_TRY(plainName(p, p.nameZh));
    CVD_TRY(plainName(p, p.version));
    QStringList seen;
    for (const Parameter& parameter : p.parameters) {
        const std::string key = parameter.key.toStdString();
        const ParameterKey* rule = findParameterKey(parameter.key);
        if (!rule) {
            return bad(CVD_TR("core", "Profile \"%1\": \"%2\" is not a known parameter."),
                       {id, key});
        }
        if (seen.contains(parameter.key)) {
            return bad(CVD_TR("core", "Profile \"%1\": %2 is given twice."), {id, key});
        }
        seen.append(parameter.key);
        if (parameter.unit != QLatin1String(rule->unit)) {
            return bad(CVD_TR("core", "Profile \"%1\": the unit of %2 must be %3, not \"%4\"."),
                       {id, key, rule->unit, parameter.unit.toStdString()});
        }
    }
    const auto problems = parameterProblems(p);
    return problems.isEmpty() ? Status() : Status(asError(p, problems.first()));
}

QList<ParameterProblem> parameterProblems(const Profile& p) {
    using Kind = ParameterProblem::Kind;
    QList<ParameterProblem> found;
    for (const Parameter& parameter : p.parameters) {
        const ParameterKey* rule = findParameterKey(parameter.key);
        if (rule && !(parameter.value >= rule->lowest && parameter.value <= rule->highest)) {
            found.append({parameter.key, Kind::OutOfRange, {}});
        }
        if (parameter.source.trimmed().isEmpty() && parameter.status != SourceStatus::OurSetting) {
            found.append({parameter.key, Kind::NoSource, {}});
        }
    }
    for (const char* needed : {"t_min_s", "t_max_s"}) {
        if (!p.find(QLatin1String(needed))) {
            found.append({QLatin1String(needed), Kind::Missing, {}});
        }
    }
    for (const auto& [low, high] : kInOrder) {
        const auto a = p.value(QLatin1String(low)), b = p.value(QLatin1String(high));
        if (a && b && *a >= *b) {
            found.append({QLatin1String(low), Kind::NotSmaller, QLatin1String(high)});
        }
    }
    return found;
}

QByteArray profileToJson(const Profile& p) {
    QJsonObject parameters;
    for (const Parameter& parameter : p.parameters) {
        parameters[parameter.key] = QJsonObject{{"value", parameter.value},
                                                {"unit", parameter.unit},
                                                {"source", parameter.source},
                                                {"status", sourceStatusName(parameter.status)}};
    }
    const QJsonObject o{
        {"schema", QLatin1String(kSchema)},
        {"id", p.id},
        {"version", p.version},
        {"name", QJsonObject{{"en", p.nameEn}, {"zh", p.nameZh}}},
        {"description", QJsonObject{{"en", p.descriptionEn}, {"zh", p.descriptionZh}}},
        {"parameters", parameters}};
    return QJsonDocument(o).toJson(QJsonDocument::Indented);
}

Status writeProfile(const QString& file, const Profile& profile) {
    CVD_TRY(validateProfile(profile));
    QSaveFile f(file);
    const QByteArray json = profileToJson(profile);
    if (!saveWhole(f, json)) {
        return fail(ErrorKind::Environment, CVD_TR("core", "%1 cannot be written: %2."),
                    {file.toStdString(), f.errorString().toStdString()});
    }
    return {};
}

}  // namespace cvd::compliance
