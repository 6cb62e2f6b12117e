// The rule profiles as a list, and one profile's limits as a table.
#pragma once

#include <QAbstractTableModel>

#include "core/compliance/profile_store.h"

namespace cvd::ui {

class ProfilesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Version, Origin, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setProfiles(QList<compliance::KnownProfile> profiles, const QString& defaultId);
    const compliance::KnownProfile* at(int row) const;
    int rowOf(const QString& id) const;  // -1: not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<compliance::KnownProfile> m_profiles;
    QString m_default;
};

// Every limit that a profile can set; those that it does not set are shown as such.
class LimitsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Limit, Value, Unit, Allowed, Source, Checked, Rules, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setProfile(const compliance::Profile& profile);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const compliance::ParameterKey& key, const compliance::Parameter* parameter,
                   int column) const;

    compliance::Profile m_profile;
};

// In words of the user's language.
QString limitLabel(const compliance::ParameterKey& key);
QString limitUnit(const QString& unit);  // "deg" -> "°"
QString limitRange(const compliance::ParameterKey& key);
QString limitRules(const compliance::ParameterKey& key);  // names of the rules
QString sourceStatusLabel(compliance::SourceStatus status);
QString limitNumber(double value);  // without superfluous zeros, in the user's form

}  // namespace cvd::ui
