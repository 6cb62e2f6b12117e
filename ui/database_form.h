// Where the data lives: on this computer, or on a MySQL/MariaDB server, with a test of the
// connection that runs in a thread of its own. GUI thread.
#pragma once

#include <QFutureWatcher>

#include "core/storage/connection_settings.h"
#include "ui/widgets.h"

class QCheckBox;
class QLineEdit;
class QRadioButton;
class QSpinBox;

namespace cvd::ui {

// As storage::parseDatabaseUrl reads it; empty for the embedded file. Never holds the password.
QString databaseUrlOf(const storage::ConnectionSettings& settings);

class DatabaseForm : public Page {
    Q_OBJECT
public:
    explicit DatabaseForm(QWidget* parent = nullptr);
    ~DatabaseForm() override;

    void setSettings(const storage::ConnectionSettings& settings);
    storage::ConnectionSettings settings() const;
    // Empty when the fields are filled in well enough to try.
    QString whatIsMissing() const;
    bool rememberPassword() const;

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;
    void restyle() override;

private:
    void testConnection();
    void showTest(const Status& status);
    void updateFields();

    QRadioButton* m_embedded;
    QLabel* m_embeddedHint;
    QRadioButton* m_server;
    QWidget* m_fields;
    QLabel *m_hostLabel, *m_databaseLabel, *m_userLabel, *m_passwordLabel;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_database;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QCheckBox* m_tls;
    QCheckBox* m_remember;
    QPushButton* m_test;
    QLabel* m_testIcon;
    QLabel* m_testResult;
    QFutureWatcher<Status>* m_watcher = nullptr;
    QString m_sqliteFile, m_caFile;
};

}  // namespace cvd::ui
