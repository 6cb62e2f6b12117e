#include "ui/review/annotation_bar.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/compliance/judge.h"
#include "core/text/text.h"
#include "ui/review/flow_layout.h"

namespace cvd::ui {

namespace {
constexpr int kMostNoteCharacters = 500;
}

AnnotationBar::AnnotationBar(QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("annotationBar"));
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    m_buttons = new QWidget(this);
    auto* flow = new FlowLayout(4);
    flow->setContentsMargins(0, 0, 0, 0);
    m_buttons->setLayout(flow);
    layout->addWidget(m_buttons);
    m_hint = new QLabel(this);
    m_hint->setObjectName(QStringLiteral("annotationHintLabel"));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_hint);

    m_form = new QWidget(this);
    m_form->setObjectName(QStringLiteral("findingForm"));
    auto* grid = new QGridLayout(m_form);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    m_rule = new QComboBox(m_form);
    m_rule->setObjectName(QStringLiteral("findingRuleComboBox"));
    for (const std::string_view rule : compliance::ruleNames()) {
        m_rule->addItem(QString(), QString::fromUtf8(rule.data(), qsizetype(rule.size())));
    }
    m_severity = new QComboBox(m_form);
    m_severity->setObjectName(QStringLiteral("findingSeverityComboBox"));
    for (const Severity severity : {Severity::Minor, Severity::Major, Severity::Critical}) {
        m_severity->addItem(QString(), int(severity));
    }
    m_severity->setCurrentIndex(1);
    m_note = new QLineEdit(m_form);
    m_note->setObjectName(QStringLiteral("findingNoteLineEdit"));
    m_note->setMaxLength(kMostNoteCharacters);
    m_interval = new QLabel(m_form);
    m_interval->setObjectName(QStringLiteral("findingIntervalLabel"));
    m_interval->setWordWrap(true);
    m_add = new QPushButton(m_form);
    m_add->setObjectName(QStringLiteral("addFindingPushButton"));
    m_cancel = new QPushButton(m_form);
    m_cancel->setObjectName(QStringLiteral("cancelFindingPushButton"));
    m_ruleLabel = new QLabel(m_form);
    m_ruleLabel->setBuddy(m_rule);
    m_severityLabel = new QLabel(m_form);
    m_severityLabel->setBuddy(m_severity);
    m_noteLabel = new QLabel(m_form);
    m_noteLabel->setBuddy(m_note);
    grid->addWidget(m_ruleLabel, 0, 0);
    grid->addWidget(m_rule, 0, 1);
    grid->addWidget(m_severityLabel, 0, 2);
    grid->addWidget(m_severity, 0, 3);
    grid->addWidget(m_noteLabel, 1, 0);
    grid->addWidget(m_note, 1, 1, 1, 3);
    grid->addWidget(m_interval, 2, 0, 1, 2);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch();
    row->addWidget(m_cancel);
    row->addWidget(m_add);
    grid->addLayout(row, 2, 2, 1, 2);
    grid->setColumnStretch(1, 1);
    m_form->hide();
    layout->addWidget(m_form);
    setTabOrder(m_rule, m_severity);
    setTabOrder(m_severity, m_note);
    setTabOrder(m_note, m_add);
    setTabOrder(m_add, m_cancel);
    for (QWidget* field : {static_cast<QWidget*>(m_rule), static_cast<QWidget*>(m_severity),
                           static_cast<QWidget*>(m_note)}) {
        field->installEventFilter(this);
    }
    connect(m_add, &QPushButton::clicked, this, [this] { enter(); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { closeForm(); });
    connect(m_note, &QLineEdit::returnPressed, this, [this] { enter(); });
    retranslate();
}

void AnnotationBar::setActions(const QList<QAction*>& actions) {
    for (QAction* action : actions) {
        auto* button = new QToolButton(m_buttons);
        button->setDefaultAction(action);
        button->setToolButtonStyle(action->icon().isNull() ? Qt::ToolButtonTextOnly
                                                           : Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        QString name = action->objectName();
        name.replace(QLatin1String("Action"), QLatin1String("Button"));
        button->setObjectName(name);
        m_buttons->layout()->addWidget(button);
    }
}

void AnnotationBar::setHint(const QString& sentence) {
    m_hint->setText(sentence);
}

QString AnnotationBar::hint() const {
    return m_hint->text();
}

void AnnotationBar::openForm(const QString& interval) {
    setInterval(interval);
    m_note->clear();
    m_buttons->hide();  // the picture needs the room
    m_hint->hide();
    m_form->show();
    m_rule->setFocus(Qt::ShortcutFocusReason);
}

void AnnotationBar::setInterval(const QString& interval) {
    m_interval->setText(interval.section(QLatin1Char('\n'), 0, 0));
    m_interval->setToolTip(interval);
}

void AnnotationBar::closeForm() {
    if (!m_form->isHidden()) {
        m_form->hide();
        m_buttons->show();
        m_hint->show();
        Q_EMIT formClosed();
    }
}

bool AnnotationBar::isFormOpen() const {
    return !m_form->isHidden();
}

void AnnotationBar::enter() {
    const QString rule = m_rule->currentData().toString();
    const auto severity = Severity(m_severity->currentData().toInt());
    const QString note = m_note->text().simplified();
    closeForm();
    Q_EMIT findingEntered(rule, severity, note);
}

bool AnnotationBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            if (event->type() == QEvent::KeyPress) {
                closeForm();
            }
            event->accept();
            return true;
        }
    }
    // Letters choose an entry of a list here; in the page they would give verdicts.
    if (event->type() == QEvent::ShortcutOverride && qobject_cast<QComboBox*>(watched)) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto others = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
        if (!(key->modifiers() & others) && !key->text().isEmpty()) {
            event->accept();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void AnnotationBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

void AnnotationBar::retranslate() {
    setAccessibleName(tr("Correct by hand"));
    m_ruleLabel->setText(tr("Rule"));
    m_severityLabel->setText(tr("Severity"));
    m_noteLabel->setText(tr("Note"));
    m_note->setPlaceholderText(tr("What was seen (optional)"));
    m_add->setText(tr("Add the violation"));
    m_cancel->setText(tr("Cancel"));
    for (int i = 0; i < m_rule->count(); ++i) {
        m_rule->setItemText(i, text::ruleText(m_rule->itemData(i).toString().toStdString()));
    }
    for (int i = 0; i < m_severity->count(); ++i) {
        m_severity->setItemText(i, text::severityText(Severity(m_severity->itemData(i).toInt())));
    }
}

}  // namespace cvd::ui
