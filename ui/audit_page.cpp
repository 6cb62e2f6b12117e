#include "ui/audit_page.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/audit_text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

AuditPage::AuditPage(accounts::AccountService& accounts, accounts::Session session, QWidget* parent)
    : QWidget(parent), m_accounts(accounts), m_session(std::move(session)) {
    m_query.limit = 100;
    m_title = new QLabel;
    m_title->setProperty("role", "title");
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("auditSearchLineEdit"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(320);
    m_action = new QComboBox;
    m_action->setObjectName(QStringLiteral("auditActionComboBox"));
    m_action->addItem(QString());
    for (const QString& action : auditActions()) {
        m_action->addItem(QString(), action);
    }
    m_query.actionsCalled = auditActionsCalled;
    m_model = new QStandardItemModel(0, 5, this);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("auditTableView"));
    m_table->setModel(m_model);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 14);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_pager = new Pager;
    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_action);
    head->addWidget(m_search, 1);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_pager);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);
    layout->addLayout(foot);
    auto* typing = new QTimer(this);
    typing->setSingleShot(true);
    typing->setInterval(200);
    connect(m_search, &QLineEdit::textChanged, typing, qOverload<>(&QTimer::start));
    connect(typing, &QTimer::timeout, this, [this] {
        m_query.offset = 0;
        refresh();
    });
    connect(m_action, &QComboBox::currentIndexChanged, this, [this] {
        m_query.offset = 0;
        refresh();
    });
    connect(m_pager, &Pager::offsetChosen, this, [this](qint64 offset) {
        m_query.offset = offset;
        refresh();
    });
    retranslate();
}

void AuditPage::retranslate() {
    m_title->setText(tr("Audit trail"));
    m_search->setPlaceholderText(tr("Search the audit trail"));
    m_search->setAccessibleName(tr("Search the audit trail"));
    m_action->setAccessibleName(tr("Action"));
    m_action->setItemText(0, tr("All actions"));
    for (int i = 1; i < m_action->count(); ++i) {
        m_action->setItemText(i, auditActionText(m_action->itemData(i).toString()));
    }
    m_table->setAccessibleName(tr("Audit trail"));
    m_model->setHorizontalHeaderLabels(
        {tr("Time"), tr("User"), tr("Action"), tr("Subject"), tr("Detail")});
    const int widths[] = {170, 160, 200, 220};
    for (int c = 0; c < 4; ++c) {
        m_table->setColumnWidth(c, widths[c]);
    }
    refresh();
}

void AuditPage::refresh() {
    m_query.text = m_search->text();
    m_query.action = m_action->currentData().toString();
    const auto page = m_accounts.auditTrail(m_session, m_query);
    if (!page.ok()) {
        Q_EMIT failed(page.error());
        return;
    }
    m_model->setRowCount(0);
    for (const accounts::AuditEntry& entry : page->rows) {
        QList<QStandardItem*> row;
        for (const QString& cell :
             {dateTimeText(entry.at), entry.userName, auditActionText(entry.action), entry.subject,
              auditDetailText(entry.action, entry.detail)}) {
            row << new QStandardItem(cell);
            row.last()->setToolTip(cell);
        }
        m_model->appendRow(row);
    }
    m_pager->setPage(m_query.offset, static_cast<int>(page->rows.size()), page->total,
                     m_query.limit);
}

void AuditPage::focusSearch() {
    m_search->setFocus();
    m_search->selectAll();
}

void AuditPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
