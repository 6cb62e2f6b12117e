#include "ui/review/range_chip.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QWidgetAction>

namespace cvd::ui {

QString chipStyle() {
    return QStringLiteral(
        "QToolButton { border: 1px solid palette(mid); border-radius: 4px; background: "
        "palette(base); color: palette(text); padding: 4px 20px 4px 8px; }"
        "QToolButton:hover, QToolButton:focus, QToolButton[filtering=\"true\"] { border-color: "
        "palette(highlight); }"
        "QToolButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right "
        "center; right: 6px; }");
}

RangeChip::RangeChip(Read read, Show show, QWidget* parent)
    : QToolButton(parent), m_read(std::move(read)), m_show(std::move(show)) {
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setStyleSheet(chipStyle());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* menu = new QMenu(this);
    auto* form = new QWidget(menu);
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setSpacing(8);
    m_fromLabel = new QLabel(form);
    m_toLabel = new QLabel(form);
    m_hintLabel = new QLabel(form);
    m_hintLabel->setForegroundRole(QPalette::PlaceholderText);
    m_fromEdit = new QLineEdit(form);
    m_toEdit = new QLineEdit(form);
    m_clear = new QPushButton(form);
    m_clear->setObjectName(QStringLiteral("clearRangeButton"));
    m_fromEdit->setObjectName(QStringLiteral("fromLineEdit"));
    m_toEdit->setObjectName(QStringLiteral("toLineEdit"));
    m_fromLabel->setBuddy(m_fromEdit);
    m_toLabel->setBuddy(m_toEdit);
    grid->addWidget(m_fromLabel, 0, 0);
    grid->addWidget(m_fromEdit, 0, 1);
    grid->addWidget(m_toLabel, 1, 0);
    grid->addWidget(m_toEdit, 1, 1);
    grid->addWidget(m_hintLabel, 2, 0, 1, 2);
    grid->addWidget(m_clear, 3, 0, 1, 2);
    auto* holder = new QWidgetAction(menu);
    holder->setDefaultWidget(form);
    menu->addAction(holder);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, m_fromEdit,
            [this] { m_fromEdit->setFocus(Qt::PopupFocusReason); });
    connect(m_fromEdit, &QLineEdit::textEdited, this, [this] { readFields(); });
    connect(m_toEdit, &QLineEdit::textEdited, this, [this] { readFields(); });
    connect(m_fromEdit, &QLineEdit::returnPressed, menu, &QMenu::close);
    connect(m_toEdit, &QLineEdit::returnPressed, menu, &QMenu::close);
    connect(m_clear, &QPushButton::clicked, this, [this, menu] {
        setRange({}, {});
        menu->close();
        Q_EMIT rangeChanged();
    });
    updateText();
}

void RangeChip::setTitle(const QString& title, const QString& hint) {
    m_title = title;
    m_hint = hint;
    updateText();
}

void RangeChip::setRange(std::optional<double> from, std::optional<double> to) {
    m_from = from;
    m_to = to;
    m_fromEdit->setText(from ? m_show(*from) : QString());
    m_toEdit->setText(to ? m_show(*to) : QString());
    updateText();
}

void RangeChip::readFields() {
    m_from = m_read(m_fromEdit->text().trimmed());
    m_to = m_read(m_toEdit->text().trimmed());
    updateText();
    Q_EMIT rangeChanged();
}

void RangeChip::updateText() {
    m_fromLabel->setText(tr("From"));
    m_toLabel->setText(tr("To"));
    m_clear->setText(tr("All"));
    m_hintLabel->setText(m_hint);
    QString what = tr("all");
    if (m_from && m_to) {
        what = tr("%1 to %2").arg(m_show(*m_from), m_show(*m_to));
    } else if (m_from) {
        what = tr("from %1").arg(m_show(*m_from));
    } else if (m_to) {
        what = tr("up to %1").arg(m_show(*m_to));
    }
    setText(tr("%1: %2").arg(m_title, what));
    setAccessibleName(tr("Filter by %1").arg(m_title));
    if (property("filtering").toBool() != isFiltering()) {
        setProperty("filtering", isFiltering());
        style()->unpolish(this);
        style()->polish(this);
    }
}

void RangeChip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        updateText();
    }
    QToolButton::changeEvent(event);
}

}  // namespace cvd::ui
