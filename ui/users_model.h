// One page of the users as a table.
#pragma once

#include <QAbstractTableModel>

#include "core/accounts/account_service.h"

namespace cvd::ui {

class UsersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, RoleColumn, Title, Projects, Created, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setUsers(QList<accounts::User> users);
    const accounts::User* at(int row) const;
    int rowOf(UserId id) const;  // -1: not on this page

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<accounts::User> m_users;
};

QString roleText(accounts::Role role);

}  // namespace cvd::ui
