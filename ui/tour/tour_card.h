// What the tour puts over the shell: a card beside the widget concerned, and a ring around that
// widget. Neither takes the focus from the page. GUI thread.
#pragma once

#include "ui/widgets.h"

namespace cvd::ui {

class TourRing : public QWidget {
    Q_OBJECT
public:
    explicit TourRing(QWidget* shell);
    void showAround(const QRect& target);  // in the parent's coordinates

protected:
    void paintEvent(QPaintEvent* event) override;
};

class TourCard : public Page {
    Q_OBJECT
public:
    explicit TourCard(QWidget* shell);

    struct Content {
        QString progress;  // "Step 2 of 8"
        QString title, text;
        QString hint;       // muted, for example that the step is on another page; may be empty
        QString primary;    // text of the button that helps; empty: none
        bool last = false;  // nothing to skip any more
    };
    void setContent(const Content& content);
    const Content& content() const { return m_content; }
    // Beside `target` where there is room, else in the corner. In the parent's coordinates; an
    // empty rectangle: in the corner.
    void placeBeside(const QRect& target);
    void focusButton();

Q_SIGNALS:
    void primaryClicked();
    void skipClicked();
    void leaveClicked();

protected:
    void retranslate() override;
    void restyle() override;
    void paintEvent(QPaintEvent* event) override;

private:
    Content m_content;
    QLabel *m_progress, *m_title, *m_text, *m_hint, *m_keys;
    QPushButton *m_primary, *m_skip, *m_leave;
};

}  // namespace cvd::ui
