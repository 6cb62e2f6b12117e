// The list of insertions; touches shorter than a second are listed apart.
#pragma once

#include "ui/review/finding_panel.h"
#include "ui/review/review_data.h"

class QCheckBox;
class QLabel;

namespace cvd::ui {

class InsertionFilter;
class InsertionModel;
class ScopeChip;

class InsertionPanel : public FindingPanel {
    Q_OBJECT
public:
    explicit InsertionPanel(QWidget* parent = nullptr);

    void setInsertions(const QList<Insertion>& insertions);  // keeps the selection, quietly
    void select(qint64 id);  // quietly; shows touches when it is one

    // Only these, with a button that says so and takes it back; goes to the first of them.
    void showOnly(const QList<qint64>& ids, const QString& label);

    InsertionModel* model() const { return m_model; }
    InsertionFilter* filter() const { return m_filter; }
    void applyPalette() override;

private:
    int rowOfId(qint64 id) const override;
    void emptyTextChanged() override { refresh(); }
    void refresh();
    void fitColumns();
    void retranslate() override;

    InsertionModel* m_model;
    InsertionFilter* m_filter;
    QLabel* m_summary;
    QCheckBox* m_touches;
    ScopeChip* m_scope;
};

}  // namespace cvd::ui
