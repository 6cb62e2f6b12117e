#include "ui/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/keys_editor.h"
#include "ui/language.h"
#include "ui/profile_choice.h"
#include "ui/settings.h"
#include "ui/theme.h"

namespace cvd::ui {

void applyThemeNamed(const QString& name) {
    applyTheme(name == QStringLiteral("dark")    ? ThemeChoice::Dark
               : name == QStringLiteral("light") ? ThemeChoice::Light
                                                 : ThemeChoice::System);
}

SettingsDialog::SettingsDialog(Settings& settings, const QString& databaseLocation,
                               const QString& model, KeyRegistry& keys, QWidget* parent)
    : QDialog(parent),
      m_settings(settings),
      m_keys(keys),
      m_languageBefore(settings.language()),
      m_themeBefore(settings.theme()) {
    setProperty("helpTopic", QStringLiteral("settings"));
    build(databaseLocation, model);
    retranslate();
    // After the first texts are in: choosing shows at once what it means.
    connect(m_language, &QComboBox::activated, this,
            [this] { setLanguage(m_language->currentData().toString()); });
    connect(m_theme, &QComboBox::activated, this,
            [this] { applyThemeNamed(m_theme->currentData().toString()); });
    m_categories->setCurrentRow(Appearance);
}

SettingsDialog::Form SettingsDialog::addForm() {
    Form form;
    form.page = new QWidget;
    form.grid = new QGridLayout;
    form.grid->setHorizontalSpacing(kGroupGap);
    form.grid->setVerticalSpacing(kGap);
    form.grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(form.page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(form.grid);
    column->addStretch();
    m_pages->addWidget(form.page);
    return form;
}

QLabel* SettingsDialog::add(const Form& form, QWidget* field, bool buddy) {
    const int row = form.grid->rowCount();
    auto* label = new QLabel;
    if (buddy) {
        label->setBuddy(field);
    }
    // Beside the first line of what may be several.
    label->setMinimumHeight(buddy ? field->sizeHint().height() : 0);
    form.grid->addWidget(label, row, 0, Qt::AlignTop);
    form.grid->addWidget(field, row, 1);
    return label;
}

QLabel* SettingsDialog::hint(const Form& form) {
    auto* label = new QLabel;
    label->setProperty("role", "muted");
    label->setWordWrap(true);
    form.grid->addWidget(label, form.grid->rowCount(), 1);
    return label;
}

void SettingsDialog::build(const QString& databaseLocation, const QString& model) {
    m_categories = new QListWidget;
    m_categories->setObjectName(QStringLiteral("settingsCategoryListWidget"));
    m_categories->setProperty("roomy", true);
    for (int i = 0; i < CategoryCount; ++i) {
        m_categories->addItem(QString());
    }
    m_pages = new QStackedWidget;
    connect(m_categories, &QListWidget::currentRowChanged, m_pages,
            &QStackedWidget::setCurrentIndex);
    const auto named = [](auto* widget, const char* name) {
        widget->setObjectName(QLatin1String(name));
        return widget;
    };
    const auto shownText = [](const QString& text) {
        auto* label = new QLabel(text);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
        return label;
    };

    const Form appearance = addForm();
    m_language = named(new QComboBox, "languageComboBox");
    m_theme = named(new QComboBox, "themeComboBox");
    m_session = named(new QCheckBox, "restoreSessionCheckBox");
    m_session->setChecked(m_settings.restoresSession());
    m_languageLabel = add(appearance, m_language);
    m_themeLabel = add(appearance, m_theme);
    appearance.grid->addWidget(m_session, appearance.grid->rowCount(), 1);

    const Form detection = addForm();
    m_profile = named(new QComboBox, "profileComboBox");
    m_device = named(new QComboBox, "deviceComboBox");
    m_video = named(new QCheckBox, "writeVideoCheckBox");
    m_video->setChecked(m_settings.writeVideo());
    m_profileLabel = add(detection, m_profile);
    m_deviceLabel = add(detection, m_device);
    m_deviceHint = hint(detection);
    m_modelLabel = add(detection, shownText(model), false);
    detection.grid->addWidget(m_video, detection.grid->rowCount(), 1);

    const Form review = addForm();
    const JumpSizes jumps = m_settings.jumps();
    m_frames = named(new QSpinBox, "jumpFramesSpinBox");
    m_frames->setRange(2, 1000);
    m_frames->setValue(jumps.frames);
    m_short = named(new QDoubleSpinBox, "shortJumpSpinBox");
    m_short->setRange(0.1, 60);
    m_short->setDecimals(1);
    m_short->setValue(jumps.shortS);
    m_long = named(new QDoubleSpinBox, "longJumpSpinBox");
    m_long->setRange(1, 600);
    m_long->setDecimals(1);
    m_long->setValue(jumps.longS);
    m_framesLabel = add(review, m_frames);
    m_shortLabel = add(review, m_short);
    m_longLabel = add(review, m_long);
    m_jumpHint = hint(review);

    m_keysEditor = new KeysEditor(m_keys);
    m_pages->addWidget(m_keysEditor);

    const Form places = addForm();
    m_database = named(new QPushButton, "changeDatabasePushButton");
    m_openLibrary = named(new QPushButton, "openLibraryPushButton");
    m_databaseLabel = add(places, shownText(databaseLocation), false);
    places.grid->addWidget(m_database, places.grid->rowCount(), 1, Qt::AlignLeft);
    const QString library = m_settings.libraryFolder();
    m_libraryLabel = add(places, shownText(QDir::toNativeSeparators(library)), false);
    places.grid->addWidget(m_openLibrary, places.grid->rowCount(), 1, Qt::AlignLeft);
    m_libraryHint = hint(places);
    m_settingsLabel = add(places, shownText(QDir::toNativeSeparators(configDir())), false);
    connect(m_openLibrary, &QPushButton::clicked, this,
            [library] { QDesktopServices::openUrl(QUrl::fromLocalFile(library)); });
    buildFoot();
}

void SettingsDialog::buildFoot() {
    m_ok = new QPushButton;
    m_ok->setObjectName(QStringLiteral("saveSettingsPushButton"));
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
    m_cancel = new QPushButton;
    auto* foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_ok);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(kGroupGap);
    middle->addWidget(m_categories);
    middle->addWidget(m_pages, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(middle, 1);
    layout->addLayout(foot);
    setMinimumSize(720, 420);
    connect(m_ok, &QPushButton::clicked, this, &SettingsDialog::save);
    connect(m_cancel, &QPushButton::clicked, this, &SettingsDialog::reject);
    connect(m_database, &QPushButton::clicked, this, [this] {
        reject();
        Q_EMIT databaseChangeRequested();
    });
}

void SettingsDialog::showCategory(Category category) {
    m_categories->setCurrentRow(category);
}

void SettingsDialog::retranslate() {
    setWindowTitle(tr("Settings"));
    const auto fill = [](QComboBox* box, const QList<std::pair<QString, QString>>& items,
                         const QString& fallback) {
        const QSignalBlocker quiet(box);
        const QString chosen = box->count() > 0 ? box->currentData().toString() : fallback;
        box->clear();
        for (const auto& [label, value] : items) {
            box->addItem(label, value);
        }
        box->setCurrentIndex(std::max(0, box->findData(chosen)));
    };
    QList<std::pair<QString, QString>> codes{{tr("As the system"), QString()}};
    for (const QString& code : languages()) {
        codes.append({languageName(code), code});
    }
    fill(m_language, codes, m_settings.language());
    fill(m_theme,
         {{tr("As the system"), QStringLiteral("system")},
          {tr("Light"), QStringLiteral("light")},
          {tr("Dark"), QStringLiteral("dark")}},
         m_settings.theme());
    fillProfiles(m_profile, m_profile->count() > 0 ? m_profile->currentData().toString()
                                                   : m_settings.profile());
    fill(m_device,
         {{tr("Automatic: graphics card where there is one"), QStringLiteral("auto")},
          {tr("Processor"), QStringLiteral("cpu")},
          {tr("Graphics card (CUDA)"), QStringLiteral("cuda")}},
         m_settings.device());
    const QString heads[] = {tr("Appearance"), tr("Detection"), tr("Review"), tr("Keys"),
                             tr("Data")};
    int widest = 0;
    for (int i = 0; i < CategoryCount; ++i) {
        m_categories->item(i)->setText(heads[i]);
        widest = std::max(widest, m_categories->fontMetrics().horizontalAdvance(heads[i]));
    }
    m_categories->setFixedWidth(widest + 40);
    m_categories->setAccessibleName(tr("Groups of settings"));
    m_languageLabel->setText(tr("&Language"));
    m_themeLabel->setText(tr("&Theme"));
    m_session->setText(tr("&Open where I left off when the program starts"));
    m_profileLabel->setText(tr("&Rule profile of new runs"));
    m_deviceLabel->setText(tr("&Device"));
    m_deviceHint->setText(
        tr("A run on a graphics card that is not there fails with a message; nothing is lost."));
    m_modelLabel->setText(tr("Model"));
    m_video->setText(tr("&Write a video with overlays for each result"));
    m_framesLabel->setText(tr("&Several frames"));
    m_shortLabel->setText(tr("S&hort jump"));
    m_longLabel->setText(tr("L&ong jump"));
    m_frames->setSuffix(tr(" frames"));
    m_short->setSuffix(tr(" s", "seconds after a number"));
    m_long->setSuffix(tr(" s", "seconds after a number"));
    m_jumpHint->setText(
        tr("How far the jump keys of the review go. The keys themselves are under "
           "Keys."));
    m_databaseLabel->setText(tr("Database"));
    m_database->setText(tr("Use another database…"));
    m_libraryLabel->setText(tr("Videos and results"));
    m_openLibrary->setText(tr("Open the folder"));
    m_libraryHint->setText(tr("Back up this folder together with the database."));
    m_settingsLabel->setText(tr("Settings"));
    m_ok->setText(tr("Save"));
    m_cancel->setText(tr("Cancel"));
}

void SettingsDialog::save() {
    m_settings.setLanguage(m_language->currentData().toString());
    m_settings.setTheme(m_theme->currentData().toString());
    m_settings.setRestoresSession(m_session->isChecked());
    m_settings.setProfile(m_profile->currentData().toString());
    m_settings.setDevice(m_device->currentData().toString());
    m_settings.setWriteVideo(m_video->isChecked());
    m_settings.setJumps({m_frames->value(), m_short->value(), m_long->value()});
    m_keys.setAllKeys(m_keysEditor->keys());
    accept();
}

void SettingsDialog::reject() {
    if (m_language->currentData().toString() != m_languageBefore) {
        setLanguage(m_languageBefore);
    }
    if (m_theme->currentData().toString() != m_themeBefore) {
        applyThemeNamed(m_themeBefore);
    }
    QDialog::reject();
}

void SettingsDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
