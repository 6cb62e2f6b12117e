#include "ui/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/compliance/profile.h"
#include "ui/language.h"
#include "ui/settings.h"
#include "ui/theme.h"

namespace cvd::ui {

void applyThemeNamed(const QString& name) {
    applyTheme(name == QStringLiteral("dark")    ? ThemeChoice::Dark
               : name == QStringLiteral("light") ? ThemeChoice::Light
                                                 : ThemeChoice::System);
}

SettingsDialog::SettingsDialog(Settings& settings, const QString& databaseLocation,
                               const QString& model, QWidget* parent)
    : QDialog(parent),
      m_settings(settings),
      m_languageBefore(settings.language()),
      m_themeBefore(settings.theme()) {
    build(databaseLocation, model);
    retranslate();
    // After the first texts are in: choosing shows at once what it means.
    connect(m_language, &QComboBox::activated, this,
            [this] { setLanguage(m_language->currentData().toString()); });
    connect(m_theme, &QComboBox::activated, this,
            [this] { applyThemeNamed(m_theme->currentData().toString()); });
}

void SettingsDialog::build(const QString& databaseLocation, const QString& model) {
    m_language = new QComboBox;
    m_language->setObjectName(QStringLiteral("languageComboBox"));
    m_theme = new QComboBox;
    m_theme->setObjectName(QStringLiteral("themeComboBox"));
    m_profile = new QComboBox;
    m_profile->setObjectName(QStringLiteral("profileComboBox"));
    m_device = new QComboBox;
    m_device->setObjectName(QStringLiteral("deviceComboBox"));
    m_video = new QCheckBox;
    m_video->setObjectName(QStringLiteral("writeVideoCheckBox"));
    m_video->setChecked(m_settings.writeVideo());
    m_database = new QPushButton;
    m_database->setObjectName(QStringLiteral("changeDatabasePushButton"));
    m_ok = new QPushButton;
    m_ok->setObjectName(QStringLiteral("saveSettingsPushButton"));
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
    m_cancel = new QPushButton;
    m_libraryHint = new QLabel;
    m_libraryHint->setProperty("role", "muted");
    m_libraryHint->setWordWrap(true);
    auto* location = new QLabel(databaseLocation);
    auto* library = new QLabel(QDir::toNativeSeparators(m_settings.libraryFolder()));
    auto* modelLabel = new QLabel(model);
    for (QLabel* label : {location, library, modelLabel}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
    }

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto head = [&] {
        auto* label = new QLabel;
        label->setProperty("role", "muted");
        if (row > 0) {
            grid->setRowMinimumHeight(row++, kGap);
        }
        grid->addWidget(label, row++, 0, 1, 2);
        m_heads << label;
    };
    const auto add = [&](QWidget* field, bool buddy) {
        auto* label = new QLabel;
        if (buddy) {
            label->setBuddy(field);
        }
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(field, row++, 1);
        m_labels << label;
    };
    head();
    add(m_language, true);
    add(m_theme, true);
    head();
    add(m_profile, true);
    add(m_device, true);
    add(modelLabel, false);
    grid->addWidget(m_video, row++, 1);
    head();
    add(location, false);
    grid->addWidget(m_database, row++, 1, Qt::AlignLeft);
    add(library, false);
    grid->addWidget(m_libraryHint, row++, 1);

    auto* foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_ok);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageEdge, kGroupGap, kPageEdge, kGroupGap);
    layout->setSpacing(kGroupGap);
    layout->addLayout(grid);
    layout->addStretch();
    layout->addLayout(foot);
    setMinimumWidth(560);
    connect(m_ok, &QPushButton::clicked, this, &SettingsDialog::save);
    connect(m_cancel, &QPushButton::clicked, this, &SettingsDialog::reject);
    connect(m_database, &QPushButton::clicked, this, [this] {
        reject();
        Q_EMIT databaseChangeRequested();
    });
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
    QList<std::pair<QString, QString>> profiles;
    for (const compliance::Profile& profile : compliance::builtInProfiles()) {
        profiles.append({profile.name(isChinese()), profile.id});
    }
    fill(m_profile, profiles, m_settings.profile());
    fill(m_device,
         {{tr("Automatic: graphics card where there is one"), QStringLiteral("auto")},
          {tr("Processor"), QStringLiteral("cpu")},
          {tr("Graphics card (CUDA)"), QStringLiteral("cuda")}},
         m_settings.device());
    const QString labels[] = {
        tr("&Language"), tr("&Theme"),   tr("&Rule profile of new runs"), tr("&Device"),
        tr("Model"),     tr("Database"), tr("Videos and results")};
    for (int i = 0; i < m_labels.size(); ++i) {
        m_labels[i]->setText(labels[i]);
    }
    const QString heads[] = {tr("Appearance"), tr("Detection"), tr("Data")};
    for (int i = 0; i < m_heads.size(); ++i) {
        m_heads[i]->setText(heads[i]);
    }
    m_video->setText(tr("&Write a video with overlays for each result"));
    m_database->setText(tr("Use another database…"));
    m_libraryHint->setText(tr("Back up this folder together with the database."));
    m_ok->setText(tr("Save"));
    m_cancel->setText(tr("Cancel"));
}

void SettingsDialog::save() {
    m_settings.setLanguage(m_language->currentData().toString());
    m_settings.setTheme(m_theme->currentData().toString());
    m_settings.setProfile(m_profile->currentData().toString());
    m_settings.setDevice(m_device->currentData().toString());
    m_settings.setWriteVideo(m_video->isChecked());
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
