#include "ui/review/insertion_panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/column_room.h"
#include "ui/review/insertion_model.h"
#include "ui/review/scope_chip.h"

namespace cvd::ui {

InsertionPanel::InsertionPanel(QWidget* parent) : FindingPanel(parent) {
    setObjectName(QStringLiteral("insertionPanel"));
    m_model = new InsertionModel(this);
    m_filter = new InsertionFilter(this);
    m_filter->setSourceModel(m_model);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("insertionCountLabel"));
    m_touches = new QCheckBox(this);
    m_touches->setObjectName(QStringLiteral("showTouchesCheckBox"));
    head->addWidget(m_summary, 1);
    head->addWidget(m_touches);
    layout->addLayout(head);
    m_scope = new ScopeChip(this);
    layout->addWidget(m_scope, 0, Qt::AlignLeft);
    makeTable("insertionTableView", "noInsertionsLabel", m_filter, InsertionModel::Number,
              InsertionModel::Position,
              {InsertionModel::Frame, InsertionModel::Confidence, InsertionModel::Track});
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    layout->addWidget(listArea(), 1);
    connect(m_touches, &QCheckBox::toggled, this, [this] { refresh(); });
    connect(m_scope, &ScopeChip::dismissed, this, [this] { refresh(); });
    retranslate();
    applyPalette();
}

int InsertionPanel::rowOfId(qint64 id) const {
    return m_filter->rowOf(id);
}

void InsertionPanel::setInsertions(const QList<Insertion>& insertions) {
    {
        const QScopedValueRollback guard(m_quiet, true);
        m_model->setInsertions(insertions);
    }
    if (!m_model->find(m_current)) {
        m_current = 0;
    }
    m_scope->keepOnly([this](qint64 id) { return m_model->find(id) != nullptr; });
    fitColumns();
    refresh();
}

void InsertionPanel::select(qint64 id) {
    const auto* insertion = m_model->find(id);
    m_current = insertion ? id : 0;
    if (insertion && !insertion->effective) {
        m_touches->setChecked(true);
    }
    if (insertion && !m_scope->ids().isEmpty() && !m_scope->ids().contains(id)) {
        m_scope->setScope({}, {});  // what is asked for is shown
        refresh();
    }
    markCurrentRow(true);
}

void InsertionPanel::showOnly(const QList<qint64>& ids, const QString& label) {
    m_scope->setScope({ids.begin(), ids.end()}, label);
    refresh();
    if (m_filter->rowCount() > 0) {
        select(m_filter->idAt(0));
        m_table->setFocus(Qt::OtherFocusReason);
        Q_EMIT currentChanged(m_current);
    }
}

void InsertionPanel::refresh() {
    const int effective = m_model->effectiveCount();
    const int touches = m_model->rowCount() - effective;
    {
        const QScopedValueRollback guard(m_quiet, true);
        m_filter->setShowTouches(m_touches->isChecked());
        m_filter->setIds(m_scope->ids());
    }
    markCurrentRow(false);
    m_summary->setText(tr("%n insertion(s)", nullptr, effective));
    m_touches->setText(tr("Show %n touch(es)", nullptr, touches));
    m_touches->setVisible(touches > 0);
    const bool empty = m_filter->rowCount() == 0;
    showEmpty(empty, touches > 0 ? tr("Only touches were found, too short to count as insertions.")
                                 : m_emptyText);
}

void InsertionPanel::applyPalette() {
    m_model->setPalette(palette());
}

void InsertionPanel::fitColumns() {
    // As wide as the header or a typical figure; the position takes what is left.
    const QStringList samples{QStringLiteral("999"),
                              QStringLiteral("99"),
                              QStringLiteral("00:00.00"),
                              QStringLiteral("99999"),
                              QStringLiteral("\u2265 99.9"),
                              QStringLiteral("99.9"),
                              QString(),
                              QStringLiteral("100")};
    auto* header = m_table->horizontalHeader();
    m_room->release();
    header->setSectionResizeMode(QHeaderView::Interactive);
    for (int column = 0; column < InsertionModel::ColumnCount; ++column) {
        const QString title =
            m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        m_table->setColumnWidth(
            column, std::max(m_table->fontMetrics().horizontalAdvance(title),
                             m_table->fontMetrics().horizontalAdvance(samples[column])) +
                        28);  // the arrow of the order among it
    }
    header->setSectionResizeMode(InsertionModel::Position, QHeaderView::Stretch);
    QStringList positions;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        positions << m_model->index(row, InsertionModel::Position).data().toString();
    }
    m_room->setNeeded(widestOf(positions) + 22);
}

void InsertionPanel::retranslate() {
    m_table->setAccessibleName(tr("Insertions"));
    m_touches->setToolTip(tr("Contacts too short to count as insertions"));
    m_model->retranslate();
    fitColumns();
    refresh();
}

}  // namespace cvd::ui
