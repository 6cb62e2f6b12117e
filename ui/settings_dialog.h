// Language, theme, detection defaults and where the data lives. Language and theme follow at once;
// Cancel takes them back.
#pragma once

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace cvd::ui {

class Settings;

class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    // `databaseLocation` is shown; `model` names the shipped detector.
    SettingsDialog(Settings& settings, const QString& databaseLocation, const QString& model,
                   QWidget* parent = nullptr);

    void reject() override;

Q_SIGNALS:
    // The user wants another database: sign out and show its form.
    void databaseChangeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build(const QString& databaseLocation, const QString& model);
    void retranslate();
    void save();

    Settings& m_settings;
    QString m_languageBefore;
    QString m_themeBefore;
    QComboBox* m_language = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_profile = nullptr;
    QComboBox* m_device = nullptr;
    QCheckBox* m_video = nullptr;
    QList<QLabel*> m_labels;
    QList<QLabel*> m_heads;
    QPushButton* m_database = nullptr;
    QPushButton* m_ok = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_libraryHint = nullptr;
};

// "light" and so on, as in Settings::theme().
void applyThemeNamed(const QString& name);

}  // namespace cvd::ui
