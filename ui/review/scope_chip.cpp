#include "ui/review/scope_chip.h"

#include <QEvent>

namespace cvd::ui {

ScopeChip::ScopeChip(QWidget* parent) : QToolButton(parent) {
    setObjectName(QStringLiteral("scopeChip"));
    setProperty("panel", true);
    hide();
    connect(this, &QToolButton::clicked, this, [this] {
        setScope({}, {});
        Q_EMIT dismissed();
    });
}

void ScopeChip::setScope(const QSet<qint64>& ids, const QString& label) {
    m_ids = ids;
    m_label = label;
    updateText();
    setVisible(!ids.isEmpty());
}

void ScopeChip::keepOnly(const std::function<bool(qint64)>& there) {
    QSet<qint64> kept;
    for (const qint64 id : m_ids) {
        if (there(id)) {
            kept.insert(id);
        }
    }
    if (kept.size() != m_ids.size()) {
        setScope(kept, m_label);
    }
}

void ScopeChip::updateText() {
    const QString text = m_label.isEmpty()
                             ? tr("Only one")
                             : tr("Only %1 (%2)", "label, count").arg(m_label).arg(m_ids.size());
    setText(text + QStringLiteral("  \u2715"));
    setToolTip(tr("Chosen in a chart. Click to show all again."));
    setAccessibleName(tr("%1. Show all again", "what the list is limited to").arg(text));
}

void ScopeChip::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        updateText();
    }
}

}  // namespace cvd::ui
