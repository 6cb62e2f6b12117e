// Who is signed in. Made by AccountService; every operation below the screen takes one and looks
// the user up again, so a session whose user was deleted or demoted stops working at once.
#pragma once

#include <QString>

#include "core/base/types.h"

namespace cvd::accounts {

// The numbers are those of the original system's column aid.
enum class Role { Normal = 0, Administrator = 1 };

struct Session {
    UserId user;
    QString name;
    Role role = Role::Normal;
    bool mustChangePassword = false;  // an administrator has set it; a hint for the screen

    bool isValid() const { return user.valid(); }
    bool isAdministrator() const { return role == Role::Administrator; }
};

}  // namespace cvd::accounts
