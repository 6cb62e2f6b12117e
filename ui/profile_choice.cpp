#include "ui/profile_choice.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QSignalBlocker>

#include "ui/language.h"

namespace cvd::ui {

using compliance::KnownProfile;

compliance::ProfileStore profileStore() {
    return compliance::ProfileStore(dataDir() + QStringLiteral("/profiles"));
}

models::ProfileLibrary profileLibrary(AppContext& context) {
    return {&context.workspace.database(), profileStore().folder(), context.settings.profile()};
}

QString profileTitle(const compliance::Profile& profile) {
    const QString name = profile.name(isChinese());
    return name.isEmpty() ? profile.id : name;
}

QString profileReference(const QString& id) {
    const auto known = profileStore().find(id);
    return known.ok() ? known->reference() : id;
}

QString profileIdOf(const QString& reference) {
    const QFileInfo file(reference);
    return file.isAbsolute() ? file.completeBaseName() : reference;
}

void fillProfiles(QComboBox* box, const QString& id) {
    const QSignalBlocker quiet(box);
    box->clear();
    bool own = false;
    for (const KnownProfile& known : profileStore().list()) {
        if (!known.shipped() && !own) {
            own = true;
            box->insertSeparator(box->count());
        }
        box->addItem(QCoreApplication::translate("cvd::ui::ProfileChoice", "%1 (version %2)")
                         .arg(profileTitle(known.profile), known.profile.version),
                     known.profile.id);
    }
    const int chosen = box->findData(id);
    box->setCurrentIndex(
        chosen >= 0 ? chosen : std::max(0, box->findData(QString::fromLatin1(kFactoryProfile))));
}

}  // namespace cvd::ui
