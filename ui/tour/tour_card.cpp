#include "ui/tour/tour_card.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <array>

#include "ui/theme.h"

namespace cvd::ui {
namespace {

constexpr int kWidth = 320;
constexpr int kRing = 5;  // px around the target
constexpr int kRadius = 6;
constexpr int kApart = 12;  // between target and card

}  // namespace

// --- TourRing ---

TourRing::TourRing(QWidget* shell) : QWidget(shell) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setObjectName(QStringLiteral("tourRing"));
    hide();
}

void TourRing::showAround(const QRect& target) {
    const QRect around = target.adjusted(-kRing, -kRing, kRing, kRing);
    if (geometry() != around) {
        setGeometry(around);
    }
    if (!isVisible()) {
        show();
    }
    raise();
}

void TourRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().accent, 3));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), kRadius, kRadius);
}

// --- TourCard ---

TourCard::TourCard(QWidget* shell)
    : Page(shell),
      m_progress(mutedLabel(this)),
      m_title(new QLabel(this)),
      m_text(new QLabel(this)),
      m_hint(mutedLabel(this)),
      m_keys(mutedLabel(this)),
      m_primary(new QPushButton(this)),
      m_skip(new QPushButton(this)),
      m_leave(new QPushButton(this)) {
    setObjectName(QStringLiteral("tourCard"));
    m_title->setObjectName(QStringLiteral("tourTitleLabel"));
    m_title->setProperty("role", "head");
    m_text->setObjectName(QStringLiteral("tourTextLabel"));
    m_primary->setObjectName(QStringLiteral("tourPrimaryPushButton"));
    m_skip->setObjectName(QStringLiteral("tourSkipPushButton"));
    m_leave->setObjectName(QStringLiteral("tourLeavePushButton"));
    makePrimary(m_primary);
    for (QLabel* label : {m_title, m_text, m_hint, m_keys}) {
        label->setWordWrap(true);
    }
    // Tab reaches them, a click leaves the focus in the page, where the next key belongs.
    for (QPushButton* button : {m_primary, m_skip, m_leave}) {
        button->setFocusPolicy(Qt::TabFocus);
    }
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_primary);
    buttons->addStretch();
    buttons->addWidget(m_skip);
    buttons->addWidget(m_leave);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kGroupGap, 12, kGroupGap, 12);
    column->setSpacing(6);
    for (QWidget* part : std::initializer_list<QWidget*>{m_progress, m_title, m_text, m_hint}) {
        column->addWidget(part);
    }
    column->addSpacing(2);
    column->addLayout(buttons);
    column->addWidget(m_keys);
    setFixedWidth(kWidth);
    connect(m_primary, &QPushButton::clicked, this, &TourCard::primaryClicked);
    connect(m_skip, &QPushButton::clicked, this, &TourCard::skipClicked);
    connect(m_leave, &QPushButton::clicked, this, &TourCard::leaveClicked);
    hide();
    TourCard::retranslate();
}

void TourCard::setContent(const Content& content) {
    const bool other = content.title != m_content.title;
    m_content = content;
    retranslate();
    if (other) {
        setAccessibleName(content.title);
        setAccessibleDescription(content.text);
        QAccessibleEvent said(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&said);
    }
}

void TourCard::placeBeside(const QRect& target) {
    const QRect room = parentWidget()->rect().adjusted(kApart, kApart, -kApart, -kApart);
    const QSize size(kWidth,
                     heightForWidth(kWidth) > 0 ? heightForWidth(kWidth) : sizeHint().height());
    QRect card(QPoint(room.right() - size.width(), room.bottom() - size.height()), size);
    if (!target.isEmpty()) {
        const int x = std::clamp(target.left(), room.left(), room.right() - size.width());
        const int y = std::clamp(target.top(), room.top(), room.bottom() - size.height());
        const std::array<QPoint, 4> places{
            QPoint(x, target.bottom() + kApart), QPoint(target.left() - kApart - size.width(), y),
            QPoint(target.right() + kApart, y), QPoint(x, target.top() - kApart - size.height())};
        for (const QPoint& place : places) {
            if (room.contains(QRect(place, size))) {
                card.moveTopLeft(place);
                break;
            }
        }
    }
    if (geometry() != card) {
        setGeometry(card);
    }
    if (!isVisible()) {
        show();
    }
    raise();
}

void TourCard::focusButton() {
    (m_primary->isVisible() ? m_primary
     : m_skip->isVisible()  ? m_skip
                            : m_leave)
        ->setFocus(Qt::ShortcutFocusReason);
}

void TourCard::retranslate() {
    m_progress->setText(m_content.progress);
    m_title->setText(m_content.title);
    m_text->setText(m_content.text);
    m_hint->setText(m_content.hint);
    m_hint->setVisible(!m_content.hint.isEmpty());
    m_primary->setText(m_content.primary);
    m_primary->setVisible(!m_content.primary.isEmpty());
    m_skip->setText(tr("Skip this step"));
    m_skip->setVisible(!m_content.last);
    m_leave->setText(m_content.last ? tr("Finish") : tr("Leave"));
    m_keys->setText(tr("F6: to these buttons and back · Esc: leave the tour"));
    adjustSize();
}

void TourCard::restyle() {
    update();
}

void TourCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(tokens().raised);
    painter.setPen(QPen(tokens().accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
}

}  // namespace cvd::ui
