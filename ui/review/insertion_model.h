// The insertions as a table; touches (shorter than a second) are told apart by the proxy.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QPalette>
#include <QSet>
#include <QSortFilterProxyModel>

#include "ui/review/review_data.h"

namespace cvd::ui {

class InsertionModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Number,
        Track,
        Start,
        Frame,
        Immersed,
        Stationary,
        Position,
        Confidence,
        ColumnCount
    };
    enum Role { IdRole = Qt::UserRole + 1, SortRole, TouchRole };

    explicit InsertionModel(QObject* parent = nullptr);

    void setInsertions(QList<Insertion> insertions);
    // Who added or changed which; they are marked.
    void setByHand(const QHash<qint64, QString>& byHand);
    const QList<Insertion>& insertions() const { return m_rows; }
    const Insertion* find(qint64 id) const;
    int rowOf(qint64 id) const;
    int effectiveCount() const;
    void setPalette(const QPalette& palette);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant display(const Insertion& insertion, int column) const;
    QVariant sortKey(const Insertion& insertion, int column) const;

    QList<Insertion> m_rows;
    QHash<qint64, QString> m_byHand;
    QPalette m_palette;
    QIcon m_hand;
};

class InsertionFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit InsertionFilter(QObject* parent = nullptr);
    void setShowTouches(bool show);
    void setIds(const QSet<qint64>& ids);  // only these; empty: all
    qint64 idAt(int row) const;
    int rowOf(qint64 id) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    bool m_showTouches = false;
    QSet<qint64> m_ids;
};

}  // namespace cvd::ui
