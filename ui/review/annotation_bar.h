// The strip above the video while somebody puts a result right by hand: what can be done, what to
// do next, and the form for a violation of one's own.
#pragma once

#include <QFrame>

#include "core/base/types.h"

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cvd::ui {

class AnnotationBar : public QFrame {
    Q_OBJECT
public:
    explicit AnnotationBar(QWidget* parent = nullptr);

    void setActions(const QList<QAction*>& actions);
    void setHint(const QString& sentence);
    QString hint() const;

    // The form for a violation; `interval` says from when to when in words.
    void openForm(const QString& interval);
    void setInterval(const QString& interval);
    void closeForm();
    bool isFormOpen() const;

Q_SIGNALS:
    void findingEntered(const QString& rule, cvd::Severity severity, const QString& note);
    void formClosed();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    void enter();

    QWidget* m_buttons;
    QWidget* m_form;
    QLabel *m_hint, *m_ruleLabel, *m_severityLabel, *m_interval, *m_noteLabel;
    QComboBox *m_rule, *m_severity;
    QLineEdit* m_note;
    QPushButton *m_add, *m_cancel;
};

}  // namespace cvd::ui
