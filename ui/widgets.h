// Small parts that all pages share, so that they look and behave alike. GUI thread only.
#pragma once

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "core/base/result.h"

class QHBoxLayout;
class QVBoxLayout;

namespace cvd::ui {

// A widget that can be translated and recoloured while it is on screen. Subclasses put every text
// into retranslate() and every icon into restyle(), and call both at the end of their constructor.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(QWidget* parent = nullptr);

protected:
    virtual void retranslate() {}
    virtual void restyle() {}
    // What gets the focus when the page does. Not a focus proxy: Qt counts a page with a proxy
    // inside it as a stop of the Tab key of its own, and whatever stands before the page is never
    // reached.
    void setFirstFocus(QWidget* widget) { m_firstFocus = widget; }
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QPointer<QWidget> m_firstFocus;
    bool m_restyling = false;
};

// A property that the style sheet asks for (theme.cpp).
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);
// The style of a label: title, muted, current, problem or head (theme.cpp).
void setRole(QWidget* label, const char* role);

// A picture file, kept in memory; null when it is empty, gone or no picture.
QPixmap cachedPicture(const QString& file);

// One line that ends in "…" when there is no room, with the whole text as tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);
    void setFullText(const QString& text);
    const QString& fullText() const { return m_text; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode;
};

// A message that stays until it is solved or dismissed: one sentence, details on demand (with
// "Copy"), perhaps a button that helps.
class Banner : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Info, Error };
    explicit Banner(QWidget* parent = nullptr);

    void showError(const Error& error);
    void showText(Kind kind, const QString& text, const QString& detail = {});
    // Shown until the next show...() or clear().
    QPushButton* addAction(const QString& text);
    void clear();
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void copyAll();

    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_detail;
    QPushButton* m_details;
    QPushButton* m_copy;
    QToolButton* m_close;
    QHBoxLayout* m_buttons;
    QList<QPushButton*> m_extra;
    Kind m_kind = Kind::Info;
    Error m_error;  // kept, so that it is said again in another language
    bool m_isError = false;
};

// What a page says instead of showing nothing, with the button for the next step.
class EmptyState : public Page {
    Q_OBJECT
public:
    explicit EmptyState(const QString& iconName, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text, const QString& button = {});
    QPushButton* button() const { return m_button; }

protected:
    void restyle() override;

private:
    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_button;
};

// "1–48 of 312" with buttons for the pages before and after.
class Pager : public Page {
    Q_OBJECT
public:
    explicit Pager(QWidget* parent = nullptr);
    // `atLeast`: `total` was not counted to the end.
    void setPage(qint64 offset, int shown, qint64 total, int pageSize, bool atLeast = false);
    qint64 offset() const { return m_offset; }

Q_SIGNALS:
    void offsetChosen(qint64 offset);

protected:
    void retranslate() override;
    void restyle() override;

private:
    QLabel* m_label;
    QToolButton* m_previous;
    QToolButton* m_next;
    qint64 m_offset = 0, m_total = 0;
    int m_shown = 0, m_pageSize = 48;
    bool m_atLeast = false;
};

// Where the last page begins, for lists of which the page that was shown is gone. `total` > 0.
qint64 lastPageOffset(qint64 total, int pageSize);

// A disabled control says why in its tooltip and to screen readers; an enabled one shows its usual
// tooltip. An empty reason means enabled.
void setEnabledOrWhy(QWidget* widget, const QString& whyNot, const QString& usualToolTip = {});

QLabel* titleLabel(QWidget* parent, const char* objectName);
QLabel* mutedLabel(QWidget* parent);
QLabel* fieldLabel(QWidget* buddy);  // set its text in retranslate()
void makePrimary(QPushButton* button);

// Whole seconds as "1:02:03" or "12:31".
QString clockText(double seconds);
// "about 2 min left"; empty when not known.
QString timeLeftText(double seconds);
QString dateText(const QDateTime& utc);      // in local time, short
QString dateTimeText(const QDateTime& utc);  // in local time, with minutes
QString bytesText(qint64 bytes);

}  // namespace cvd::ui
