// The charts of the result that is open: one at a time, with its figures as a table. A click on a
// bar or Enter in the table chooses the events behind it. Computed when it is looked at.
#pragma once

#include <QSet>
#include <QWidget>

#include "ui/review/review_charts.h"

class QComboBox;
class QLabel;

namespace cvd::ui {

class ChartFrame;
class FilterChip;

class ChartsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ChartsPanel(QWidget* parent = nullptr);

    void setData(const ReviewData& shown);  // shares the large parts
    // What may be compared with, newest first; the open one among them.
    void setPours(const QList<PourFigures>& pours);
    bool wantsPours() const { return m_poursAsked; }  // asked for and not there yet
    void showChart(ReviewChart chart);
    ReviewChart chart() const;
    ChartFrame* frame() const { return m_frame; }

Q_SIGNALS:
    void insertionsChosen(const QList<qint64>& ids, const QString& label);
    void violationsChosen(const QList<qint64>& ids, const QString& label);
    void projectChosen(qint64 project);
    void poursWanted();  // answer with setPours(); asked once a result
    void message(const QString& sentence, const QString& detail);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void fillPours();
    void retranslate();

    ReviewData m_data;
    QList<PourFigures> m_pours;
    bool m_poursKnown = false, m_poursAsked = false, m_stale = true;
    QComboBox *m_choice, *m_measure;
    FilterChip* m_poursChip;
    ChartFrame* m_frame;
};

}  // namespace cvd::ui
