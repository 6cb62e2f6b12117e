#include "ui/review/finding_panel.h"

#include <QEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/column_room.h"

namespace cvd::ui {

FindingPanel::FindingPanel(QWidget* parent) : QWidget(parent) {}

QWidget* FindingPanel::listArea() const {
    return m_stack;
}

void FindingPanel::makeTable(const char* tableName, const char* emptyName,
                             QAbstractItemModel* model, int sortColumn, int readFirst,
                             const QList<int>& givesWay) {
    m_table = new QTableView(this);
    m_table->setObjectName(QString::fromLatin1(tableName));
    m_table->setModel(model);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(sortColumn, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 10);
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(30);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { chooseColumns(at); });
    m_table->installEventFilter(this);
    m_room = new ColumnRoom(m_table, readFirst, givesWay);

    auto* emptyPage = new QWidget(this);
    auto* layout = new QVBoxLayout(emptyPage);
    m_empty = new QLabel(emptyPage);
    m_empty->setObjectName(QString::fromLatin1(emptyName));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_emptyButton = new QPushButton(emptyPage);
    m_emptyButton->hide();
    layout->addStretch();
    layout->addWidget(m_empty);
    layout->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    layout->addStretch();
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(emptyPage);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (m_quiet || !current.isValid()) {
                    return;
                }
                m_current = current.data(kFindingIdRole).toLongLong();
                currentRowChanged();
                Q_EMIT currentChanged(m_current);
            });
    // A click on the row that is current already goes back to its moment.
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(kFindingIdRole).toLongLong() == m_current) {
            Q_EMIT currentChanged(m_current);
        }
    });
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT activated(index.data(kFindingIdRole).toLongLong());
    });
}

void FindingPanel::setEmptyText(const QString& sentence) {
    m_emptyText = sentence;
    emptyTextChanged();
}

void FindingPanel::markCurrentRow(bool scroll) {
    const QScopedValueRollback guard(m_quiet, true);
    const int row = rowOfId(m_current);
    if (row < 0) {
        m_table->clearSelection();
        return;
    }
    const QModelIndex index = m_table->model()->index(row, 0);
    // Several rows that somebody has marked stay marked while the current one is among them.
    if (!m_table->selectionModel()->isRowSelected(row)) {
        m_table->selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    if (scroll) {
        m_table->scrollTo(index);
    }
}

void FindingPanel::showEmpty(bool empty, const QString& sentence, const QString& button) {
    m_stack->setCurrentIndex(empty ? 1 : 0);
    m_empty->setText(sentence);
    m_emptyButton->setText(button);
    m_emptyButton->setVisible(!button.isEmpty());
}

int FindingPanel::widestOf(const QStringList& samples) const {
    int widest = 0;
    for (const auto& sample : samples) {
        widest = std::max(widest, m_table->fontMetrics().horizontalAdvance(sample));
    }
    return widest;
}

void FindingPanel::setWidth(int column, const QStringList& samples, int extra) {
    m_table->setColumnWidth(column, widestOf(samples) + extra);
}

void FindingPanel::chooseColumns(const QPoint& at) {
    auto* header = m_table->horizontalHeader();
    QMenu menu;
    menu.setToolTipsVisible(true);
    int shown = 0;
    for (int column = 0; column < header->count(); ++column) {
        shown += header->isSectionHidden(column) ? 0 : 1;
    }
    for (int column = 0; column < header->count(); ++column) {
        auto* action = menu.addAction(
            m_table->model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        if (shown == 1 && action->isChecked()) {
            action->setEnabled(false);
            action->setToolTip(tr("One column stays."));
        }
        connect(action, &QAction::toggled, this,
                [this, column](bool on) { m_room->choose(column, on); });
    }
    menu.exec(header->mapToGlobal(at));
}

bool FindingPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_current != 0) {
            Q_EMIT activated(m_current);
            return true;
        }
    }
    // The details take room from the list when something is chosen: what was chosen stays in sight.
    if (watched == m_table && event->type() == QEvent::Resize) {
        const int row = rowOfId(m_current);
        if (row >= 0) {
            QMetaObject::invokeMethod(
                m_table, [this] { markCurrentRow(true); }, Qt::QueuedConnection);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindingPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QWidget::changeEvent(event);
}

}  // namespace cvd::ui
