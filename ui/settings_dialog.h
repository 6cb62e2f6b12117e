// What each person sets once: appearance, detection, review, keys, where the data lives. Language
// and theme follow at once; Cancel takes them back.
#pragma once

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace cvd::ui {

class KeyRegistry;
class KeysEditor;
class Settings;

class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    enum Category { Appearance, Detection, Review, Keys, Data, CategoryCount };

    // `databaseLocation` is shown; `model` names the shipped detector.
    SettingsDialog(Settings& settings, const QString& databaseLocation, const QString& model,
                   KeyRegistry& keys, QWidget* parent = nullptr);

    void showCategory(Category category);
    KeysEditor* keysEditor() const { return m_keysEditor; }
    void reject() override;

Q_SIGNALS:
    // The user wants another database: sign out and show its form.
    void databaseChangeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    // One page of labelled fields.
    struct Form {
        QWidget* page = nullptr;
        QGridLayout* grid = nullptr;
    };
    Form addForm();
    QLabel* add(const Form& form, QWidget* field, bool buddy = true);
    QLabel* hint(const Form& form);
    void build(const QString& databaseLocation, const QString& model);
    void buildFoot();
    void retranslate();
    void save();

    Settings& m_settings;
    KeyRegistry& m_keys;
    QString m_languageBefore;
    QString m_themeBefore;
    QListWidget* m_categories = nullptr;
    QStackedWidget* m_pages = nullptr;
    QComboBox* m_language = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_profile = nullptr;
    QComboBox* m_device = nullptr;
    QCheckBox *m_video = nullptr, *m_session = nullptr;
    QSpinBox* m_frames = nullptr;
    QDoubleSpinBox *m_short = nullptr, *m_long = nullptr;
    KeysEditor* m_keysEditor = nullptr;
    QLabel *m_languageLabel = nullptr, *m_themeLabel = nullptr, *m_profileLabel = nullptr,
           *m_deviceLabel = nullptr, *m_modelLabel = nullptr, *m_framesLabel = nullptr,
           *m_shortLabel = nullptr, *m_longLabel = nullptr, *m_databaseLabel = nullptr,
           *m_libraryLabel = nullptr, *m_settingsLabel = nullptr;
    QLabel *m_deviceHint = nullptr, *m_jumpHint = nullptr, *m_libraryHint = nullptr;
    QPushButton* m_database = nullptr;
    QPushButton* m_openLibrary = nullptr;
    QPushButton* m_ok = nullptr;
    QPushButton* m_cancel = nullptr;
};

// "light" and so on, as in Settings::theme().
void applyThemeNamed(const QString& name);

}  // namespace cvd::ui
