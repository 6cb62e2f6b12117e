// The violations as a table, and the proxy that filters and orders it.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QPalette>
#include <QSet>
#include <QSortFilterProxyModel>
#include <functional>
#include <optional>

#include "ui/review/review_data.h"

namespace cvd::ui {

class ViolationModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Time,
        Frame,
        Rule,
        Measured,
        Severity,
        Verdict,
        Duration,
        Score,
        Reviewer,
        Note,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole + 1,
        SortRole,
        RuleRole,
        SeverityRole,
        VerdictRole,
        CannotJudgeRole,
        SearchRole,
        SeenRole,    // by the person who is signed in
        PeopleRole,  // names of all who said something or looked at it
        StartRole,   // seconds
        ScoreRole    // 0..1
    };

    explicit ViolationModel(QObject* parent = nullptr);

    void setViolations(QList<ReviewViolation> violations);
    const QList<ReviewViolation>& violations() const { return m_rows; }
    void setHistory(qint64 id, const QList<VerdictEntry>& history);
    void setHistories(const QHash<qint64, QList<VerdictEntry>>& histories);  // told once
    void setSeen(const QList<qint64>& ids, bool seen);
    int unseenCount() const;  // of those judged, what the signed-in person has not looked at
    const ReviewViolation* find(qint64 id) const;
    int rowOf(qint64 id) const;   // -1: not there
    int judgedCount() const;      // violations proper, without those that could not be judged
    int unreviewedCount() const;  // of them, neither confirmed nor called a false alarm
    void setPalette(const QPalette& palette);  // colours of icons and quiet rows
    // While there is no column for the severity, its shape stands beside the rule's name.
    void setSeverityBesideRule(bool beside);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant display(const ReviewViolation& v, int column) const;
    QVariant sortKey(const ReviewViolation& v, int column) const;
    QString searchText(const ReviewViolation& v) const;
    QIcon cached(int key, const std::function<QIcon()>& make) const;

    QList<ReviewViolation> m_rows;
    QHash<qint64, int> m_rowOf;
    mutable QHash<int, QIcon> m_icons;
    QPalette m_palette;
    bool m_severityBesideRule = false;
};

// Choices of the reviewer filter beside people's names, which never start with a control character.
inline const QString kNotSeenByMe = QStringLiteral("\u0001me");
inline const QString kNobody = QStringLiteral("\u0001nobody");

class ViolationFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ViolationFilter(QObject* parent = nullptr);

    // An empty set lets everything through.
    void setRules(const QSet<QString>& rules);
    void setVerdicts(const QSet<int>& verdicts);                           // of ReviewVerdict
    void setSeverities(const QSet<int>& severities);                       // of Severity
    void setScores(std::optional<double> from, std::optional<double> to);  // 0..1
    void setTimes(std::optional<double> from, std::optional<double> to);   // seconds
    void setPeople(const QSet<QString>& people);  // names; kNotSeenByMe, kNobody
    void setText(const QString& text);
    void setShowCannotJudge(bool show);
    void setIds(const QSet<qint64>& ids);  // only these, for example those behind a chart's bar
    void clear();                          // of all but the rows that could not be judged
    bool isFiltering() const;

    qint64 idAt(int row) const;
    int rowOf(qint64 id) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    // Rows that could not be judged stay below the others, whatever the order.
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QSet<QString> m_rules;
    QSet<int> m_verdicts, m_severities;
    QSet<QString> m_people;
    std::optional<double> m_scoreFrom, m_scoreTo, m_timeFrom, m_timeTo;
    QSet<qint64> m_ids;
    QString m_text;
    bool m_showCannotJudge = false;
};

}  // namespace cvd::ui
