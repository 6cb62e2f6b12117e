#include "ui/users_model.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/widgets.h"

namespace cvd::ui {

QString roleText(accounts::Role role) {
    return role == accounts::Role::Administrator
               ? QCoreApplication::translate("roles", "Administrator")
               : QCoreApplication::translate("roles", "Normal user");
}

void UsersModel::setUsers(QList<accounts::User> users) {
    beginResetModel();
    m_users = std::move(users);
    endResetModel();
}

const accounts::User* UsersModel::at(int row) const {
    return row >= 0 && row < m_users.size() ? &m_users[row] : nullptr;
}

int UsersModel::rowOf(UserId id) const {
    for (int row = 0; row < m_users.size(); ++row) {
        if (m_users[row].id == id) {
            return row;
        }
    }
    return -1;
}

int UsersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_users.size());
}
int UsersModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant UsersModel::data(const QModelIndex& index, int role) const {
    const accounts::User* user = index.isValid() ? at(index.row()) : nullptr;
    if (user == nullptr) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && index.column() == Projects) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    }
    if (role == Qt::ToolTipRole && index.column() == Name && !user->description.isEmpty()) {
        return user->description;
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
        case Name:
            return user->name;
        case RoleColumn:
            return roleText(user->role);
        case Title:
            return user->title;
        case Projects:
            return QLocale().toString(user->projectCount);
        case Created:
            return dateText(user->created);
        default:
            return {};
    }
}

QVariant UsersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Name:
            return tr("Name");
        case RoleColumn:
            return tr("Role");
        case Title:
            return tr("About");
        case Projects:
            return tr("Projects");
        case Created:
            return tr("Created");
        default:
            return {};
    }
}

}  // namespace cvd::ui
