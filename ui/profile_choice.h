// The rule profiles to choose from wherever the program asks for one, and where people's own lie.
// A choice is an id; what a job or a judgement takes is profileReference() of it. GUI thread.
#pragma once

#include "core/models/profile_library.h"
#include "ui/app_context.h"

class QComboBox;

namespace cvd::ui {

inline constexpr const char* kFactoryProfile = "gb50666";

compliance::ProfileStore profileStore();  // dataDir()/profiles
// The same with the rights that the context's database gives.
models::ProfileLibrary profileLibrary(AppContext& context);

// In the user's language; an own profile may have one name only.
QString profileTitle(const compliance::Profile& profile);
// What loadProfile() takes: an id of a shipped one, the file of an own one. An id that is not there
// stays as it is, so that the run says so.
QString profileReference(const QString& id);
// The id behind a reference, for a job's options.
QString profileIdOf(const QString& reference);

// All profiles with their versions, own ones below a line, the ids as data. Chooses `id`, or the
// program's own default when that is gone.
void fillProfiles(QComboBox* box, const QString& id);

}  // namespace cvd::ui
