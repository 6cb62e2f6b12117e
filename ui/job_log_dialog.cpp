#include "ui/job_log_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QEvent>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include "core/text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

JobLogDialog::JobLogDialog(jobs::JobQueue& queue, accounts::Session session, JobId job,
                           QWidget* parent)
    : QDialog(parent), m_queue(queue), m_session(std::move(session)), m_job(job) {
    setObjectName(QStringLiteral("jobLogDialog"));
    m_title = new ElidedLabel(this, Qt::ElideRight);
    m_title->setProperty("role", "title");
    m_text = new QPlainTextEdit;
    m_text->setObjectName(QStringLiteral("jobLogPlainTextEdit"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_copy = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(QStringLiteral("copyJobLogPushButton"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    column->setSpacing(kGap);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_text, buttons}) {
        column->addWidget(widget);
    }
    resize(44 * fontMetrics().height(), 24 * fontMetrics().height());

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(lines()); });
    connect(&m_queue, &jobs::JobQueue::changed, this, [this](JobId changed) {
        if (changed == m_job) {
            refresh();
        }
    });
    connect(&m_queue, &jobs::JobQueue::progress, this,
            [this](JobId changed, ProjectId, const jobs::JobProgress& progress) {
                if (changed == m_job && !jobs::samePhase(progress, m_info.progress)) {
                    refresh();
                }
            });
    retranslate();
}

void JobLogDialog::retranslate() {
    setWindowTitle(tr("Log of a detection"));
    m_copy->setText(tr("Copy"));
    m_text->setAccessibleName(tr("What happened, oldest first"));
    refresh();
}

// A job that is gone keeps what was shown last.
void JobLogDialog::refresh() {
    auto info = m_queue.job(m_session, m_job);
    if (info.ok()) {
        m_info = std::move(*info);
    }
    m_title->setFullText(m_info.projectName);
    const bool atEnd =
        m_text->verticalScrollBar()->value() == m_text->verticalScrollBar()->maximum();
    const QString now = lines();
    if (now != m_text->toPlainText()) {
        m_text->setPlainText(now);
        if (atEnd) {
            m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
        }
    }
}

QString JobLogDialog::lines() const {
    if (m_info.log.isEmpty()) {
        return tr("Nothing was written down for this detection: it was run by an older version.");
    }
    QStringList all;
    for (const jobs::JobLogEntry& entry : m_info.log) {
        all << tr("%1  %2", "date and time, what happened")
                   .arg(entry.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                        text::sentence(entry.note.text, entry.note.args));
        if (!entry.detail.isEmpty()) {
            all << entry.detail;
        }
    }
    return all.join(QLatin1Char('\n'));
}

void JobLogDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
