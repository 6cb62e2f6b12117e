// What the pages of a signed-in user work with. Outlives them. GUI thread.
#pragma once

#include "core/accounts/session.h"
#include "core/jobs/job_runner.h"
#include "ui/settings.h"
#include "ui/workspace.h"

namespace cvd::ui {

// How the program was started; filled in by app/.
struct DesktopConfig {
    jobs::JobRunner runner;
    QString defaultModelFile;
    QString sampleVideoFile, sampleCalibrationFile;
    QString databaseUrl;           // from --db; empty: as the settings say
    QString databasePasswordFile;  // empty: keychain or a question
    bool exitAfterStartup = false;
    accounts::AccountOptions accounts;
};

struct AppContext {
    Settings& settings;
    Workspace& workspace;
    DesktopConfig config;
    accounts::Session session;
};

}  // namespace cvd::ui
