// cvd-mis profile: the rule profiles of this computer, and bringing others in and out.
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>

#include "app/cli.h"
#include "app/share.h"
#include "app/verbs.h"
#include "app/workspace_cli.h"
#include "core/models/profile_library.h"
#include "ui/settings.h"

namespace cvd::app {
namespace {

using compliance::KnownProfile;
using compliance::Parameter;
using compliance::ParameterKey;
using compliance::Profile;

void printProfile(const KnownProfile& known, bool isDefault) {
    const Profile& p = known.profile;
    print(QStringLiteral("%1\t%2\t%3\t%4%5")
              .arg(p.id, p.version,
                   known.shipped() ? QStringLiteral("shipped") : QStringLiteral("own"), p.nameEn,
                   isDefault ? QStringLiteral("\t[default]") : QString()));
}

int list() {
    const QString chosen = ui::Settings().profile();
    QStringList problems;
    for (const KnownProfile& known : ownProfiles().list(&problems)) {
        printProfile(known, known.profile.id == chosen);
    }
    for (const QString& problem : problems) {
        printError(fail(ErrorKind::BadInput, problem.toStdString()));
    }
    return kDone;
}

// A file, or the name of a profile that is here.
Result<KnownProfile> lookUp(const QString& nameOrFile) {
    CVD_TRY_ASSIGN(const QString reference, profileFrom(nameOrFile));
    CVD_TRY_ASSIGN(Profile profile, compliance::loadProfile(reference));
    const bool file = QFileInfo(reference).isAbsolute() || QFileInfo::exists(reference);
    return KnownProfile{std::move(profile), file ? reference : QString()};
}

Status show(const QString& nameOrFile) {
    CVD_TRY_ASSIGN(const KnownProfile known, lookUp(nameOrFile));
    printProfile(known, false);
    for (const QString& text : {known.profile.nameZh, known.profile.descriptionEn}) {
        if (!text.isEmpty()) {
            print(QStringLiteral("  %1").arg(text));
        }
    }
    if (!known.shipped()) {
        print(QStringLiteral("  %1").arg(known.file));
    }
    for (const ParameterKey& key : compliance::parameterKeys()) {
        const Parameter* p = known.profile.find(QLatin1String(key.key));
        print(QStringLiteral("%1\t%2\t%3\t%4..%5\t%6\t%7")
                  .arg(QLatin1String(key.key),
                       p ? QString::number(p->value, 'g', 12) : QStringLiteral("-"),
                       QLatin1String(key.unit), QString::number(key.lowest),
                       QString::number(key.highest),
                       p ? compliance::sourceStatusName(p->status) : QStringLiteral("-"),
                       p ? p->source : QString()));
    }
    return {};
}

Status check(const QString& file) {
    CVD_TRY_ASSIGN(const Profile profile, compliance::loadProfile(file));
    printProfile({profile, file}, false);
    print(cliText(QT_TRANSLATE_NOOP("cli", "The profile is valid. profile import keeps it.")));
    return {};
}

Status exportTo(const QString& name, const QString& file) {
    CVD_TRY_ASSIGN(const KnownProfile known, ownProfiles().named(name));
    CVD_TRY(ownProfiles().exportTo(known.profile.id, file));
    print(QDir::toNativeSeparators(QFileInfo(file).absoluteFilePath()));
    return {};
}

Status change(const QCommandLineParser& parser, const QString& what, const QString& argument) {
    const bool importing = what == QStringLiteral("import");
    QString id;
    if (importing) {
        CVD_TRY(compliance::loadProfile(argument));  // before anybody is asked for a password
    } else {
        CVD_TRY_ASSIGN(const KnownProfile known, ownProfiles().named(argument));
        id = known.profile.id;
    }
    CVD_TRY_ASSIGN(const auto database, existingDatabase(parser));
    CVD_TRY_ASSIGN(const auto session, sessionFor(parser, database.get()));
    const models::ProfileLibrary library(database.get(), ownProfiles().folder(),
                                         ui::Settings().profile());
    if (importing) {
        CVD_TRY_ASSIGN(const KnownProfile added, library.import(session, argument));
        printProfile(added, false);
        return {};
    }
    CVD_TRY(library.remove(session, id));
    return {};
}

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription(cliText(QT_TRANSLATE_NOOP(
        "cli",
        "list: the rule profiles of this computer. show NAME|FILE: its limits, with range, source "
        "and how far that was checked. check FILE: is it one. import FILE keeps it under an id of "
        "its own. export NAME FILE. remove NAME: an own one.")));
    parser.addPositionalArgument(QStringLiteral("ACTION"),
                                 cliText(QT_TRANSLATE_NOOP("cli", "What to do.")),
                                 QStringLiteral("list|show|check|import|export|remove"));
    parser.addPositionalArgument(
        QStringLiteral("NAME|FILE"),
        cliText(QT_TRANSLATE_NOOP("cli", "The id or name of a profile, or a profile file.")),
        QStringLiteral("[NAME|FILE]"));
    parser.addPositionalArgument(
        QStringLiteral("FILE"), cliText(QT_TRANSLATE_NOOP("cli", "The file to write, for export.")),
        QStringLiteral("[FILE]"));
    addSessionOptions(parser);
}

}  // namespace

int runProfile(const QStringList& arguments) {
    QCommandLineParser parser;
    describe(parser);
    if (const auto code = parse(parser, arguments, 1, 3)) {
        return *code;
    }
    const QStringList words = parser.positionalArguments();
    const QString what = words[0];
    if (what == QStringLiteral("list") && words.size() == 1) {
        return list();
    }
    if (what == QStringLiteral("show") && words.size() == 2) {
        return finish(show(words[1]));
    }
    if (what == QStringLiteral("check") && words.size() == 2) {
        return finish(check(words[1]));
    }
    if (what == QStringLiteral("export") && words.size() == 3) {
        return finish(exportTo(words[1], words[2]));
    }
    if ((what == QStringLiteral("import") || what == QStringLiteral("remove")) &&
        words.size() == 2) {
        return finish(change(parser, what, words[1]));
    }
    return printError(
        fail(ErrorKind::Usage,
             CVD_TR("core",
                    "Use profile list, profile show NAME, profile check FILE, profile import FILE, "
                    "profile export NAME FILE or profile remove NAME.")));
}

}  // namespace cvd::app
