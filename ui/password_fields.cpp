#include "ui/password_fields.h"

#include <cmath>

#include <QLineEdit>
#include <QPainter>
#include <QSet>
#include <QVBoxLayout>

#include "core/accounts/password.h"
#include "core/text/text.h"
#include "ui/theme.h"

namespace cvd::ui {

// Three segments; the words beside it say the same.
class StrengthBar : public QWidget {
public:
    explicit StrengthBar(QWidget* parent) : QWidget(parent) { setFixedHeight(4); }
    void setStrength(int strength) {
        m_strength = strength;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const QColor full = m_strength >= 3   ? tokens().pass
                            : m_strength == 2 ? tokens().major
                                              : tokens().critical;
        const double part = (width() - 8) / 3.0;
        for (int i = 0; i < 3; ++i) {
            painter.setBrush(i < m_strength ? full : tokens().line);
            painter.drawRoundedRect(QRectF(i * (part + 4), 0, part, height()), 2, 2);
        }
    }

private:
    int m_strength = 0;
};

int passwordStrength(const QString& password, const QString& userName) {
    if (!accounts::checkNewPassword(password, userName).ok()) {
        return 0;
    }
    bool lower = false, upper = false, digit = false, other = false;
    QSet<QChar> different;
    for (const QChar c : password) {
        different.insert(c);
        lower |= c.isLower();
        upper |= c.isUpper();
        digit |= c.isDigit();
        other |= !c.isLetterOrNumber() || c.unicode() > 127;
    }
    const int alphabet = 26 * lower + 26 * upper + 10 * digit + 40 * other;
    // Repeated characters add little.
    const double length = std::min<double>(double(password.size()), 1.5 * double(different.size()));
    const double bits = length * std::log2(std::max(2, alphabet));
    return bits < 50 ? 1 : bits < 70 ? 2 : 3;
}

PasswordFields::PasswordFields(QWidget* parent)
    : Page(parent),
      m_password(new QLineEdit(this)),
      m_repeat(new QLineEdit(this)),
      m_bar(new StrengthBar(this)),
      m_words(mutedLabel(this)) {
    m_password->setObjectName(QStringLiteral("newPasswordLineEdit"));
    m_repeat->setObjectName(QStringLiteral("repeatPasswordLineEdit"));
    m_words->setObjectName(QStringLiteral("passwordStrengthLabel"));
    for (QLineEdit* edit : {m_password, m_repeat}) {
        edit->setEchoMode(QLineEdit::Password);
        edit->setMaxLength(accounts::kMaximumPasswordLength);
        connect(edit, &QLineEdit::textChanged, this, &PasswordFields::refresh);
    }
    connect(m_repeat, &QLineEdit::returnPressed, this, &PasswordFields::submitted);
    m_words->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_label = fieldLabel(m_password));
    column->addWidget(m_password);
    column->addWidget(m_bar);
    column->addWidget(m_words);
    column->addWidget(m_repeatLabel = fieldLabel(m_repeat));
    column->addWidget(m_repeat);
    PasswordFields::retranslate();
}

void PasswordFields::setUserName(const QString& name) {
    m_userName = name;
    refresh();
}

QString PasswordFields::password() const {
    return m_password->text();
}

QString PasswordFields::whatIsWrong() const {
    if (m_password->text().isEmpty()) {
        return tr("Type a password first.");
    }
    const Status status = accounts::checkNewPassword(m_password->text(), m_userName);
    if (!status.ok()) {
        return text::errorText(status.error());
    }
    if (m_repeat->text() != m_password->text()) {
        return m_repeat->text().isEmpty() ? tr("Type the password a second time.")
                                          : tr("The two passwords differ.");
    }
    return {};
}

void PasswordFields::clear() {
    m_password->clear();
    m_repeat->clear();
}

void PasswordFields::refresh() {
    const QString typed = m_password->text();
    const int strength = passwordStrength(typed, m_userName);
    m_bar->setStrength(strength);
    QString words;
    bool differ = false;
    if (typed.isEmpty()) {
        words = tr("At least %n characters; a few words are good.", nullptr,
                   accounts::kMinimumPasswordLength);
    } else if (strength == 0) {
        words = whatIsWrong();
    } else {
        const QString kinds[] = {tr("Weak: easy to guess"), tr("Fair"), tr("Strong")};
        words = kinds[strength - 1];
        // Not while the second one is still being typed and fits so far.
        differ = !m_repeat->text().isEmpty() && !typed.startsWith(m_repeat->text());
        if (differ) {
            words = tr("The two passwords differ.");
        }
    }
    m_words->setText(words);
    setRole(m_words, differ ? "problem" : "muted");
    Q_EMIT changed();
}

void PasswordFields::retranslate() {
    m_label->setText(tr("New &password"));
    m_repeatLabel->setText(tr("&Repeat the password"));
    refresh();
}

void PasswordFields::restyle() {
    m_bar->update();
}

}  // namespace cvd::ui
