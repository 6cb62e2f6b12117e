#include "ui/profiles_model.h"

#include <QCoreApplication>
#include <QFont>
#include <QLocale>

#include "core/text/text.h"
#include "ui/profile_choice.h"
#include "ui/theme.h"

namespace cvd::ui {

using compliance::KnownProfile;
using compliance::Parameter;
using compliance::ParameterKey;
using compliance::SourceStatus;

namespace {

QString core(const QString& english) {
    return QCoreApplication::translate("core", english.toUtf8().constData());
}

const QString kNone = QStringLiteral("\u2014");

}  // namespace

QString limitLabel(const ParameterKey& key) {
    return core(QString::fromUtf8(key.label));
}

QString limitUnit(const QString& unit) {
    return unit == QLatin1String("deg") ? QStringLiteral("\u00B0") : unit;
}

QString limitNumber(double value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'g', 6);
}

QString limitRange(const ParameterKey& key) {
    return LimitsModel::tr("%1 to %2", "smallest and largest value")
        .arg(limitNumber(key.lowest), limitNumber(key.highest));
}

QString limitRules(const ParameterKey& key) {
    QStringList rules;
    for (const QString& rule : QString::fromLatin1(key.rules).split(' ', Qt::SkipEmptyParts)) {
        rules << text::ruleText(rule.toStdString());
    }
    return rules.isEmpty() ? LimitsModel::tr("Measuring") : rules.join(QStringLiteral(", "));
}

QString sourceStatusLabel(SourceStatus status) {
    return core(compliance::sourceStatusText(status));
}

// --- Profiles ---

void ProfilesModel::setProfiles(QList<KnownProfile> profiles, const QString& defaultId) {
    beginResetModel();
    m_profiles = std::move(profiles);
    m_default = defaultId;
    endResetModel();
}

const KnownProfile* ProfilesModel::at(int row) const {
    return row >= 0 && row < m_profiles.size() ? &m_profiles[row] : nullptr;
}

int ProfilesModel::rowOf(const QString& id) const {
    for (int row = 0; row < m_profiles.size(); ++row) {
        if (m_profiles[row].profile.id == id) {
            return row;
        }
    }
    return -1;
}

int ProfilesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_profiles.size());
}
int ProfilesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProfilesModel::data(const QModelIndex& index, int role) const {
    const KnownProfile* known = index.isValid() ? at(index.row()) : nullptr;
    if (known == nullptr) {
        return {};
    }
    const bool isDefault = known->profile.id == m_default;
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
            case Name:
                return isDefault ? tr("%1 (default)", "profile").arg(profileTitle(known->profile))
                                 : profileTitle(known->profile);
            case Version:
                return known->profile.version;
            default:
                return known->shipped() ? tr("Shipped") : tr("Own");
        }
    }
    if (role == Qt::ToolTipRole && index.column() == Name) {
        return profileTitle(known->profile) + QLatin1Char('\n') + known->profile.id;
    }
    if (role == Qt::FontRole && index.column() == Name && isDefault) {
        QFont font;
        font.setBold(true);
        return font;
    }
    return {};
}

QVariant ProfilesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QString heads[ColumnCount] = {tr("Profile"), tr("Version"), tr("Source")};
    return heads[section];
}

// --- Limits ---

void LimitsModel::setProfile(const compliance::Profile& profile) {
    beginResetModel();
    m_profile = profile;
    endResetModel();
}

int LimitsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_profile.id.isEmpty() ? 0 : int(compliance::parameterKeys().size());
}
int LimitsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString LimitsModel::textOf(const ParameterKey& key, const Parameter* parameter, int column) const {
    switch (column) {
        case Limit:
            return limitLabel(key);
        case Value:
            return parameter ? limitNumber(parameter->value) : kNone;
        case Unit:
            return limitUnit(QString::fromLatin1(key.unit));
        case Allowed:
            return limitRange(key);
        case Rules:
            return limitRules(key);
        case Source:
            return parameter && !parameter->source.isEmpty() ? core(parameter->source) : QString();
        case Checked:
            return parameter ? sourceStatusLabel(parameter->status) : tr("not set");
        default:
            return {};
    }
}

QVariant LimitsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const ParameterKey& key = compliance::parameterKeys()[index.row()];
    const Parameter* parameter = m_profile.find(QLatin1String(key.key));
    switch (role) {
        case Qt::DisplayRole:
            return textOf(key, parameter, index.column());
        case Qt::ToolTipRole:
            return parameter ? textOf(key, parameter, index.column())
                             : tr("This profile sets no such limit: nothing is judged by it.");
        case Qt::ForegroundRole:
            return !parameter ||
                           (index.column() == Checked && parameter->status != SourceStatus::Read)
                       ? QVariant(tokens().muted)
                       : QVariant();
        case Qt::TextAlignmentRole:
            return index.column() == Value
                       ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                       : QVariant();
        default:
            return {};
    }
}

QVariant LimitsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment((section == Value ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QString heads[ColumnCount] = {tr("Limit"),  tr("Value"),   tr("Unit"), tr("Allowed"),
                                        tr("Source"), tr("Checked"), tr("Rules")};
    return heads[section];
}

}  // namespace cvd::ui
