#include "ui/widgets.h"

#include <cmath>

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPixmapCache>
#include <QStyle>
#include <QStyleOption>
#include <QVBoxLayout>

#include "core/base/log.h"
#include "core/text/text.h"
#include "ui/theme.h"

namespace cvd::ui {

// --- Page ---

Page::Page(QWidget* parent) : QWidget(parent) {}

void Page::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (m_firstFocus && m_firstFocus->isVisibleTo(this) && m_firstFocus->isEnabled()) {
        m_firstFocus->setFocus(event->reason());
    }
}

void Page::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && !m_restyling) {
        m_restyling = true;  // new icons may polish children, which ends up here again
        restyle();
        m_restyling = false;
    }
    QWidget::changeEvent(event);
}

// --- ElidedLabel ---

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode mode) : QLabel(parent), m_mode(mode) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& text) {
    m_text = text;
    setToolTip(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(QStringLiteral("MMMM…")), metrics.height()};
}

QSize ElidedLabel::sizeHint() const {
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    painter.setPen(option.palette.color(foregroundRole()));
    painter.drawText(rect(), int(Qt::AlignVCenter | Qt::AlignLeft),
                     fontMetrics().elidedText(m_text, m_mode, width()));
}

// --- Banner ---

Banner::Banner(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_detail(new QLabel(this)),
      m_details(new QPushButton(this)),
      m_copy(new QPushButton(this)),
      m_close(new QToolButton(this)),
      m_buttons(new QHBoxLayout) {
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setObjectName(QStringLiteral("bannerTextLabel"));
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detail->setProperty("role", "muted");
    m_details->setCheckable(true);
    m_details->setObjectName(QStringLiteral("bannerDetailsPushButton"));
    m_copy->setObjectName(QStringLiteral("bannerCopyPushButton"));
    m_close->setObjectName(QStringLiteral("bannerCloseToolButton"));
    m_close->setAutoRaise(true);
    m_buttons->setSpacing(kGap);
    m_buttons->addWidget(m_details);
    m_buttons->addWidget(m_copy);
    m_buttons->addWidget(m_close);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(12, 8, 8, 8);
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(4);
    grid->addWidget(m_icon, 0, 0);
    grid->addWidget(m_text, 0, 1);
    grid->addLayout(m_buttons, 0, 2);
    grid->addWidget(m_detail, 1, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    connect(m_details, &QPushButton::toggled, this, [this] { refresh(); });
    connect(m_copy, &QPushButton::clicked, this, &Banner::copyAll);
    connect(m_close, &QToolButton::clicked, this, &Banner::clear);
    hide();
}

void Banner::showError(const Error& error) {
    m_error = error;
    m_isError = true;
    log(LogLevel::Warning, "ui",
        error.message() + (error.detail.empty() ? std::string() : " (" + error.detail + ')'));
    showText(Kind::Error, text::errorText(error), QString::fromStdString(error.detail));
    m_isError = true;
}

void Banner::showText(Kind kind, const QString& text, const QString& detail) {
    m_isError = false;
    m_kind = kind;
    qDeleteAll(m_extra);
    m_extra.clear();
    m_text->setText(text);
    m_detail->setText(detail);
    m_details->setChecked(false);
    refresh();
    show();
}

QPushButton* Banner::addAction(const QString& text) {
    auto* button = new QPushButton(text, this);
    m_buttons->insertWidget(int(m_extra.size()), button);
    m_extra.append(button);
    button->show();  // now, not when the layout next comes round
    return button;
}

void Banner::clear() {
    m_isError = false;
    hide();
    m_text->clear();
}

QString Banner::text() const {
    return m_text->text();
}

void Banner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        if (m_isError) {
            m_text->setText(text::errorText(m_error));
        }
        refresh();
    } else if (event->type() == QEvent::PaletteChange) {
        refresh();
    }
    QFrame::changeEvent(event);
}

void Banner::refresh() {
    const QByteArray kind = m_kind == Kind::Error ? "error" : "info";
    if (property("banner").toByteArray() != kind) {
        setProperty("banner", kind);
        style()->unpolish(this);
        style()->polish(this);
    }
    const bool hasDetail = !m_detail->text().isEmpty();
    m_icon->setPixmap(
        icon(m_kind == Kind::Error ? QStringLiteral("warning") : QStringLiteral("info"),
             m_kind == Kind::Error ? tokens().critical : tokens().accent)
            .pixmap(16, 16));
    m_details->setVisible(hasDetail);
    m_details->setText(tr("Details"));
    m_copy->setVisible(m_kind == Kind::Error);
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the message with its details"));
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));
    m_detail->setVisible(hasDetail && m_details->isChecked());
}

void Banner::copyAll() {
    QString all = m_text->text();
    if (!m_detail->text().isEmpty()) {
        all += QLatin1Char('\n') + m_detail->text();
    }
    QApplication::clipboard()->setText(all);
}

// --- EmptyState ---

EmptyState::EmptyState(const QString& iconName, QWidget* parent)
    : Page(parent),
      m_iconName(iconName),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_text(new QLabel(this)),
      m_button(new QPushButton(this)) {
    m_title->setProperty("role", "title");
    m_text->setProperty("role", "muted");
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setFixedWidth(480);
    makePrimary(m_button);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(kGap);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    auto* textRow = new QHBoxLayout;  // a centred item would not get its height for its width
    textRow->addStretch();
    textRow->addWidget(m_text);
    textRow->addStretch();
    column->addLayout(textRow);
    column->addSpacing(kGap);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    EmptyState::restyle();
}

void EmptyState::setTexts(const QString& title, const QString& text, const QString& button) {
    m_title->setText(title);
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

void EmptyState::restyle() {
    m_icon->setPixmap(icon(m_iconName, tokens().muted).pixmap(48, 48));
}

// --- Pager ---

Pager::Pager(QWidget* parent)
    : Page(parent),
      m_label(mutedLabel(this)),
      m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)) {
    m_label->setObjectName(QStringLiteral("pagerLabel"));
    m_previous->setObjectName(QStringLiteral("previousPageToolButton"));
    m_next->setObjectName(QStringLiteral("nextPageToolButton"));
    for (QToolButton* button : {m_previous, m_next}) {
        button->setProperty("panel", true);
    }
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    row->addWidget(m_label);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(m_previous, &QToolButton::clicked, this,
            [this] { Q_EMIT offsetChosen(std::max<qint64>(0, m_offset - m_pageSize)); });
    connect(m_next, &QToolButton::clicked, this,
            [this] { Q_EMIT offsetChosen(m_offset + m_pageSize); });
    Pager::retranslate();
    Pager::restyle();
}

void Pager::setPage(qint64 offset, int shown, qint64 total, int pageSize, bool atLeast) {
    m_atLeast = atLeast;
    m_offset = offset;
    m_shown = shown;
    m_total = total;
    m_pageSize = pageSize;
    retranslate();
}

void Pager::retranslate() {
    const QLocale locale;
    const QString pattern = m_atLeast ? tr("%1–%2 of more than %3", "rows shown, of how many")
                                      : tr("%1–%2 of %3", "rows shown, of how many");
    m_label->setText(m_total == 0 ? QString()
                                  : pattern.arg(locale.toString(m_offset + 1),
                                                locale.toString(m_offset + m_shown),
                                                locale.toString(m_total)));
    setEnabledOrWhy(m_previous, m_offset > 0 ? QString() : tr("This is the first page."),
                    tr("Previous page"));
    setEnabledOrWhy(m_next, m_offset + m_shown < m_total ? QString() : tr("This is the last page."),
                    tr("Next page"));
    m_previous->setAccessibleName(tr("Previous page"));
    m_next->setAccessibleName(tr("Next page"));
    setVisible(m_total > 0);
}

void Pager::restyle() {
    m_previous->setIcon(icon(QStringLiteral("previous")));
    m_next->setIcon(icon(QStringLiteral("next")));
}

// --- Functions ---

qint64 lastPageOffset(qint64 total, int pageSize) {
    return (total - 1) / pageSize * pageSize;
}

void setEnabledOrWhy(QWidget* widget, const QString& whyNot, const QString& usualToolTip) {
    widget->setEnabled(whyNot.isEmpty());
    widget->setToolTip(whyNot.isEmpty() ? usualToolTip : whyNot);
    widget->setAccessibleDescription(whyNot);
}

QLabel* titleLabel(QWidget* parent, const char* objectName) {
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(objectName));
    label->setProperty("role", "title");
    return label;
}

QLabel* mutedLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setProperty("role", "muted");
    return label;
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value) {
    if (widget->property(name) != value) {
        widget->setProperty(name, value);
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
}

void setRole(QWidget* label, const char* role) {
    setStyleProperty(label, "role", QString::fromLatin1(role));
}

QPixmap cachedPicture(const QString& file) {
    QPixmap picture;
    if (!file.isEmpty() && !QPixmapCache::find(file, &picture)) {
        picture.load(file);
        QPixmapCache::insert(file, picture);
    }
    return picture;
}

QLabel* fieldLabel(QWidget* buddy) {
    auto* label = new QLabel(buddy->parentWidget());
    label->setBuddy(buddy);
    return label;
}

void makePrimary(QPushButton* button) {
    button->setProperty("primary", true);
}

QString clockText(double seconds) {
    const qint64 whole = qint64(std::llround(std::max(0.0, seconds)));
    const qint64 hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
    const QLatin1Char zero('0');
    if (hours > 0) {
        return QStringLiteral("%1:%2:%3")
            .arg(hours)
            .arg(minutes, 2, 10, zero)
            .arg(rest, 2, 10, zero);
    }
    return QStringLiteral("%1:%2").arg(minutes).arg(rest, 2, 10, zero);
}

QString timeLeftText(double seconds) {
    if (seconds < 0) {
        return {};
    }
    // The count has a variable of its own: lupdate 6.4 hangs on a call among the arguments.
    if (seconds < 60) {
        const int count = std::max(1, int(std::lround(seconds)));
        return QApplication::translate("cvd::ui", "about %n s left", nullptr, count);
    }
    if (seconds < 5400) {
        const int count = int(std::lround(seconds / 60));
        return QApplication::translate("cvd::ui", "about %n min left", nullptr, count);
    }
    const int count = int(std::lround(seconds / 3600));
    return QApplication::translate("cvd::ui", "about %n h left", nullptr, count);
}

QString dateText(const QDateTime& utc) {
    return QLocale().toString(
        utc.toLocalTime().date(),
        QApplication::translate("cvd::ui", "d MMM yyyy", "date, as QDate::toString reads it"));
}

QString dateTimeText(const QDateTime& utc) {
    return text::dateTimeText(utc);
}

QString bytesText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

}  // namespace cvd::ui
