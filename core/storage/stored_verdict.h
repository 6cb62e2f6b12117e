// The numbers that verdicts have in the database; projects::UserVerdict has the same.
#pragma once

namespace cvd::storage {

// verdict.verdict, and violation.user_verdict, where an open one counts as undecided.
enum StoredVerdict {
    kVerdictUndecided = 0,
    kVerdictConfirmed = 1,
    kVerdictFalseAlarm = 2,
    kVerdictOpen = 3,  // a verdict taken back, or a note alone
};

}  // namespace cvd::storage
