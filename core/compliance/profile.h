// Rule profiles: the limits of one standard or practice, as data (resources/profiles/*.json), each
// number with its unit, where it comes from and how far that source was checked.
#pragma once

#include <optional>

#include <QAnyStringView>
#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace cvd::compliance {

// How far the source of a number was checked.
enum class SourceStatus {
    Read,              // the text itself was read
    Secondary,         // read in a secondary source that restates it
    GeneralKnowledge,  // not checked; never shown as a citation
    OurSetting,        // not from a standard
};
QString sourceStatusName(
    SourceStatus status);  // "read", "secondary", "general_knowledge", "our_setting"
QString sourceStatusText(SourceStatus status);  // English for a reader: "our setting"

// The keys a profile may hold; anything else is refused.
struct ParameterKey {
    const char* key;   // "t_min_s"
    const char* unit;  // "s"
    double lowest, highest;
    const char* label;  // English source text of its label, context "core"
    const char* rules;  // names with blanks between; empty: measuring itself uses it
};
const QList<ParameterKey>& parameterKeys();
const ParameterKey* findParameterKey(QStringView key);  // null: not known

struct Parameter {
    QString key;
    double value = 0;
    QString unit;
    QString source;  // as it may be shown
    SourceStatus status = SourceStatus::OurSetting;
};

struct Profile {
    QString id;       // "gb50666"
    QString version;  // "1.0"
    QString nameEn, nameZh;
    QString descriptionEn, descriptionZh;
    QList<Parameter> parameters;

    const Parameter* find(QAnyStringView key) const;
    std::optional<double> value(QAnyStringView key) const;  // empty: the profile sets no such limit
    // Source and how far it was checked, for example "ACI 309R project specification (read)".
    QString sourceText(QAnyStringView key) const;
    QString name(bool chinese) const { return chinese ? nameZh : nameEn; }
};

QStringList builtInProfileIds();  // aci309r gb50666 dlt5144 jtgt3650 railway jsce jass5 custom
QList<Profile> builtInProfiles();
// A built-in id, or the path of a profile file.
Result<Profile> loadProfile(const QString& idOrFile);
Result<Profile> parseProfile(const QByteArray& json, const QString& where);
QByteArray profileToJson(const Profile& profile);
Status validateProfile(const Profile& profile);

// What is wrong with a profile's numbers, one entry a fault, for whoever shows it beside the field.
struct ParameterProblem {
    enum class Kind {
        OutOfRange,  // of parameterKeys()
        NotSmaller,  // than the value of `other`
        NoSource,    // its status says that there is one
        Missing,     // every profile needs it
    };
    QString key;
    Kind kind = Kind::OutOfRange;
    QString other;
};
// Expects known keys, each once.
QList<ParameterProblem> parameterProblems(const Profile& profile);
Status writeProfile(const QString& file, const Profile& profile);  // atomic

}  // namespace cvd::compliance
