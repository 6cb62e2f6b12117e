#include "ui/review/insertion_panel.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/review/insertion_model.h"
#include "ui/review/scope_chip.h"

namespace cvd::ui {

InsertionPanel::InsertionPanel(QWidget* parent) : QWidget(parent) {
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

    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("insertionTableView"));
    m_table->setModel(m_filter);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(InsertionModel::Number, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 10);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setMinimumSectionSize(30);
    m_table->installEventFilter(this);
    m_empty = new QLabel(this);
    m_empty->setObjectName(QStringLiteral("noInsertionsLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);

    connect(m_touches, &QCheckBox::toggled, this, [this] { refresh(); });
    connect(m_scope, &ScopeChip::dismissed, this, [this] { refresh(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_quiet && current.isValid()) {
                    m_current = current.data(InsertionModel::IdRole).toLongLong();
                    Q_EMIT currentChanged(m_current);
                }
            });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(InsertionModel::IdRole).toLongLong() == m_current) {
            Q_EMIT currentChanged(m_current);
        }
    });
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT activated(index.data(InsertionModel::IdRole).toLongLong());
    });
    retranslate();
    applyPalette();
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

void InsertionPanel::setEmptyText(const QString& sentence) {
    m_emptyText = sentence;
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
    const QScopedValueRollback guard(m_quiet, true);
    const int row = m_filter->rowOf(id);
    if (row >= 0) {
        m_table->selectionModel()->setCurrentIndex(
            m_filter->index(row, 0),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(m_filter->index(row, 0));
    } else {
        m_table->clearSelection();
    }
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
        const int row = m_filter->rowOf(m_current);
        if (row >= 0) {
            m_table->setCurrentIndex(m_filter->index(row, 0));
        }
    }
    m_summary->setText(tr("%n insertion(s)", nullptr, effective));
    m_touches->setText(tr("Show %n touch(es)", nullptr, touches));
    m_touches->setVisible(touches > 0);
    const bool empty = m_filter->rowCount() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    m_empty->setText(touches > 0 ? tr("Only touches shorter than a second were found.")
                                 : m_emptyText);
}

bool InsertionPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_current != 0) {
            Q_EMIT activated(m_current);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void InsertionPanel::applyPalette() {
    m_model->setPalette(palette());
}

void InsertionPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QWidget::changeEvent(event);
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
    header->setSectionResizeMode(QHeaderView::Interactive);
    for (int column = 0; column < InsertionModel::ColumnCount; ++column) {
        const QString title =
            m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        m_table->setColumnWidth(
            column, std::max(m_table->fontMetrics().horizontalAdvance(title),
                             m_table->fontMetrics().horizontalAdvance(samples[column])) +
                        22);
    }
    header->setSectionResizeMode(InsertionModel::Position, QHeaderView::Stretch);
}

void InsertionPanel::retranslate() {
    m_table->setAccessibleName(tr("Insertions"));
    m_touches->setToolTip(tr("Contacts shorter than a second are not counted as insertions"));
    m_model->retranslate();
    fitColumns();
    refresh();
}

}  // namespace cvd::ui
