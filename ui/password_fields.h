// A new password, typed twice, with its strength said in words. GUI thread.
#pragma once

#include "ui/widgets.h"

class QLineEdit;

namespace cvd::ui {

class PasswordFields : public Page {
    Q_OBJECT
public:
    explicit PasswordFields(QWidget* parent = nullptr);
    void setUserName(const QString& name);  // a password must not be the name
    QString password() const;
    // One sentence; empty when the password may be used.
    QString whatIsWrong() const;
    void clear();

Q_SIGNALS:
    void changed();
    void submitted();  // Return in the second field

protected:
    void retranslate() override;
    void restyle() override;

private:
    void refresh();

    QLabel *m_label, *m_repeatLabel;
    QLineEdit* m_password;
    QLineEdit* m_repeat;
    class StrengthBar* m_bar;
    QLabel* m_words;
    QString m_userName;
};

// 0 not allowed, 1 weak, 2 fair, 3 strong: by how many guesses it takes, not by rules.
int passwordStrength(const QString& password, const QString& userName);

}  // namespace cvd::ui
