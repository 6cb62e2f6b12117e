// A chart with its title, its table and its exports. GUI thread.
#pragma once

#include <QWidget>

#include "core/base/result.h"
#include "ui/charts/chart_data.h"

class QLabel;
class QPixmap;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace cvd::ui {

class ChartTableModel;
class ChartView;

class ChartFrame : public QWidget {
    Q_OBJECT
public:
    // `tableShown`: at first; there is a button for it.
    explicit ChartFrame(bool tableShown, QWidget* parent = nullptr);

    void setData(const ChartData& data);
    const ChartData& data() const { return m_data; }
    void setTitleVisible(bool visible);
    ChartView* view() const { return m_view; }
    QTableView* table() const { return m_table; }

    // On white paper whatever the theme, with the title; 1600 x 900 pixels.
    QPixmap paperPicture() const;
    // Both write the whole file or nothing. PNG; CSV as of chartCsv().
    Status savePicture(const QString& file) const;
    Status saveTable(const QString& file) const;

Q_SIGNALS:
    // The events behind a bar, a part of one or a point; `label` names them ("2–4 s").
    void chosen(const QList<qint64>& ids, const QString& label);
    void failed(const cvd::Error& error);
    void saved(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose(int row, int set);
    void askAndSave(bool picture);
    void retranslate();
    void restyle();

    ChartData m_data;
    ChartView* m_view;
    ChartTableModel* m_model;
    QTableView* m_table;
    QLabel *m_title, *m_note, *m_empty;
    QToolButton *m_showTable, *m_savePicture, *m_saveTable;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    bool m_restyling = false;
};

}  // namespace cvd::ui
