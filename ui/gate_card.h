// The frame of all pages before somebody is signed in: name of the program, language, and one card
// in the middle. GUI thread.
#pragma once

#include "ui/widgets.h"

class QComboBox;
class QFrame;
class QVBoxLayout;

namespace cvd::ui {

class GateCard : public Page {
    Q_OBJECT
public:
    explicit GateCard(int cardWidth, QWidget* parent = nullptr);

Q_SIGNALS:
    void languageChosen(const QString& code);
    void helpRequested();

protected:
    QVBoxLayout* body() const { return m_body; }
    QLabel* heading() const { return m_heading; }
    QLabel* lead() const { return m_lead; }
    Banner* banner() const { return m_banner; }
    void retranslate() override;
    void restyle() override;
    virtual void submit() {}  // Return anywhere on the page
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLabel* m_mark;
    QLabel* m_program;
    QComboBox* m_language;
    QToolButton* m_help;
    QFrame* m_card;
    QLabel* m_heading;
    QLabel* m_lead;
    Banner* m_banner;
    QVBoxLayout* m_body;
};

}  // namespace cvd::ui
