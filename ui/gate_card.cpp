#include "ui/gate_card.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/language.h"
#include "ui/theme.h"

namespace cvd::ui {

GateCard::GateCard(int cardWidth, QWidget* parent)
    : Page(parent),
      m_mark(new QLabel(this)),
      m_program(new QLabel(this)),
      m_language(new QComboBox(this)),
      m_help(new QToolButton(this)),
      m_card(new QFrame(this)),
      m_heading(titleLabel(this, "headingLabel")),
      m_lead(mutedLabel(this)),
      m_banner(new Banner(this)),
      m_body(new QVBoxLayout) {
    m_program->setText(QStringLiteral("CVD-MIS"));
    m_language->setObjectName(QStringLiteral("languageComboBox"));
    for (const QString& code : languages()) {
        m_language->addItem(languageName(code), code);
    }
    connect(m_language, &QComboBox::activated, this,
            [this](int index) { Q_EMIT languageChosen(m_language->itemData(index).toString()); });

    m_help->setObjectName(QStringLiteral("helpToolButton"));
    m_help->setAutoRaise(true);
    connect(m_help, &QToolButton::clicked, this, &GateCard::helpRequested);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, 0);
    top->setSpacing(kGap);
    top->addWidget(m_mark);
    top->addWidget(m_program);
    top->addStretch();
    top->addWidget(m_language);
    top->addWidget(m_help);

    m_card->setProperty("card", true);
    m_card->setFixedWidth(cardWidth);
    m_lead->setWordWrap(true);
    auto* inside = new QVBoxLayout(m_card);
    inside->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kPageEdge);
    inside->setSpacing(kGap);
    inside->addWidget(m_heading);
    inside->addWidget(m_lead);
    inside->addWidget(m_banner);
    inside->addSpacing(kGap);
    inside->addLayout(m_body);
    m_body->setSpacing(kGap);

    auto* scrolled = new QWidget;
    auto* centre = new QVBoxLayout(scrolled);
    centre->addStretch(2);
    auto* row = new QHBoxLayout;  // a centred item would not get its height for its width
    row->addStretch();
    row->addWidget(m_card);
    row->addStretch();
    centre->addLayout(row);
    centre->addStretch(3);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(scrolled);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(scroll, 1);
    GateCard::retranslate();
    GateCard::restyle();
}

void GateCard::retranslate() {
    m_language->setAccessibleName(tr("Language"));
    m_language->setToolTip(tr("Language"));
    m_help->setAccessibleName(tr("User guide"));
    m_help->setToolTip(tr("User guide (F1)"));
    const QSignalBlocker quiet(m_language);
    m_language->setCurrentIndex(m_language->findData(language()));
}

void GateCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        submit();
    } else if (event->matches(QKeySequence::Quit)) {
        window()->close();
    } else {
        Page::keyPressEvent(event);
    }
}

void GateCard::restyle() {
    m_mark->setPixmap(icon(QStringLiteral("video"), tokens().accent).pixmap(20, 20));
    m_help->setIcon(icon(QStringLiteral("help")));
}

}  // namespace cvd::ui
