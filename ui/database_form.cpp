#include "ui/database_form.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>
#include <QtConcurrent>

#include "core/storage/schema.h"
#include "core/text/text.h"
#include "ui/settings.h"
#include "ui/theme.h"

namespace cvd::ui {

using storage::ConnectionSettings;
using storage::Engine;

QString databaseUrlOf(const ConnectionSettings& settings) {
    if (settings.engine == Engine::Sqlite) {
        return settings.sqliteFile == defaultSqliteFile() ? QString() : settings.sqliteFile;
    }
    QString url = QStringLiteral("mysql://") + settings.location();
    QStringList options;
    if (!settings.tls && !storage::isLoopbackHost(settings.host)) {
        options << QStringLiteral("tls=off");
    }
    if (!settings.tlsCaFile.isEmpty()) {
        options << QStringLiteral("ca=") +
                       QString::fromLatin1(QUrl::toPercentEncoding(settings.tlsCaFile, "/"));
    }
    return options.isEmpty() ? url : url + QLatin1Char('?') + options.join(QLatin1Char('&'));
}

namespace {

// Only looks; creates nothing on the server.
Status tryServer(const ConnectionSettings& settings) {
    CVD_TRY_ASSIGN(auto database, storage::Database::open(settings));
    CVD_TRY_ASSIGN(const storage::SchemaStatus schema, storage::schemaStatus(*database));
    if (schema.state == storage::SchemaState::Empty ||
        schema.state == storage::SchemaState::NeedsMigration) {
        return {};
    }
    return storage::usable(*database, schema);
}

}  // namespace

DatabaseForm::DatabaseForm(QWidget* parent)
    : Page(parent),
      m_embedded(new QRadioButton(this)),
      m_embeddedHint(mutedLabel(this)),
      m_server(new QRadioButton(this)),
      m_fields(new QWidget(this)),
      m_host(new QLineEdit(m_fields)),
      m_port(new QSpinBox(m_fields)),
      m_database(new QLineEdit(m_fields)),
      m_user(new QLineEdit(m_fields)),
      m_password(new QLineEdit(m_fields)),
      m_tls(new QCheckBox(m_fields)),
      m_remember(new QCheckBox(m_fields)),
      m_test(new QPushButton(m_fields)),
      m_testIcon(new QLabel(m_fields)),
      m_testResult(new QLabel(m_fields)) {
    m_embedded->setObjectName(QStringLiteral("embeddedRadioButton"));
    m_server->setObjectName(QStringLiteral("serverRadioButton"));
    m_host->setObjectName(QStringLiteral("hostLineEdit"));
    m_port->setObjectName(QStringLiteral("portSpinBox"));
    m_database->setObjectName(QStringLiteral("databaseLineEdit"));
    m_user->setObjectName(QStringLiteral("databaseUserLineEdit"));
    m_password->setObjectName(QStringLiteral("databasePasswordLineEdit"));
    m_tls->setObjectName(QStringLiteral("tlsCheckBox"));
    m_remember->setObjectName(QStringLiteral("rememberPasswordCheckBox"));
    m_test->setObjectName(QStringLiteral("testConnectionPushButton"));
    m_testResult->setObjectName(QStringLiteral("testResultLabel"));
    m_testResult->setWordWrap(true);
    m_embeddedHint->setWordWrap(true);
    m_port->setRange(1, 65535);
    m_port->setValue(3306);
    m_password->setEchoMode(QLineEdit::Password);
    m_tls->setChecked(true);
    m_embedded->setChecked(true);

    auto* hostRow = new QHBoxLayout;
    hostRow->setSpacing(kGap);
    hostRow->addWidget(m_host, 1);
    hostRow->addWidget(m_port);
    auto* testRow = new QHBoxLayout;
    testRow->setSpacing(kGap);
    testRow->addWidget(m_test);
    testRow->addWidget(m_testIcon);
    testRow->addWidget(m_testResult, 1);
    auto* grid = new QGridLayout(m_fields);
    grid->setContentsMargins(kPageEdge, 0, 0, 0);
    grid->setHorizontalSpacing(kGroupGap);
    grid->setVerticalSpacing(kGap);
    grid->addWidget(m_hostLabel = fieldLabel(m_host), 0, 0);
    grid->addLayout(hostRow, 0, 1);
    grid->addWidget(m_databaseLabel = fieldLabel(m_database), 1, 0);
    grid->addWidget(m_database, 1, 1);
    grid->addWidget(m_userLabel = fieldLabel(m_user), 2, 0);
    grid->addWidget(m_user, 2, 1);
    grid->addWidget(m_passwordLabel = fieldLabel(m_password), 3, 0);
    grid->addWidget(m_password, 3, 1);
    grid->addWidget(m_remember, 4, 1);
    grid->addWidget(m_tls, 5, 1);
    grid->addLayout(testRow, 6, 1);
    grid->setColumnStretch(1, 1);

    auto* hintRow = new QHBoxLayout;
    hintRow->setContentsMargins(kPageEdge, 0, 0, 0);
    hintRow->addWidget(m_embeddedHint);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_embedded);
    column->addLayout(hintRow);
    column->addWidget(m_server);
    column->addWidget(m_fields);
    column->addStretch();

    connect(m_server, &QRadioButton::toggled, this, &DatabaseForm::updateFields);
    for (QLineEdit* edit : {m_host, m_database, m_user, m_password}) {
        connect(edit, &QLineEdit::textChanged, this, &DatabaseForm::updateFields);
    }
    connect(m_host, &QLineEdit::editingFinished, this,
            [this] { m_tls->setChecked(!storage::isLoopbackHost(m_host->text().trimmed())); });
    connect(m_test, &QPushButton::clicked, this, &DatabaseForm::testConnection);
    DatabaseForm::retranslate();
    updateFields();
}

DatabaseForm::~DatabaseForm() {
    if (m_watcher) {
        m_watcher->waitForFinished();
    }
}

void DatabaseForm::setSettings(const ConnectionSettings& settings) {
    m_sqliteFile = settings.sqliteFile;
    m_caFile = settings.tlsCaFile;
    (settings.engine == Engine::Sqlite ? m_embedded : m_server)->setChecked(true);
    if (settings.engine == Engine::MySql) {
        m_host->setText(settings.host);
        m_port->setValue(settings.port);
        m_database->setText(settings.database);
        m_user->setText(settings.user);
        m_password->setText(settings.password);
        m_tls->setChecked(settings.tls);
    }
    retranslate();
    updateFields();
}

ConnectionSettings DatabaseForm::settings() const {
    ConnectionSettings s;
    if (!m_server->isChecked()) {
        s.engine = Engine::Sqlite;
        s.sqliteFile = m_sqliteFile.isEmpty() ? defaultSqliteFile() : m_sqliteFile;
        return s;
    }
    s.engine = Engine::MySql;
    s.host = m_host->text().trimmed();
    s.port = m_port->value();
    s.database = m_database->text().trimmed();
    s.user = m_user->text().trimmed();
    s.password = m_password->text();
    s.tls = m_tls->isChecked();
    s.tlsCaFile = m_caFile;
    return s;
}

QString DatabaseForm::whatIsMissing() const {
    if (!m_server->isChecked()) {
        return {};
    }
    if (m_host->text().trimmed().isEmpty()) {
        return tr("Type the name of the server first.");
    }
    if (m_database->text().trimmed().isEmpty()) {
        return tr("Type the name of the database first.");
    }
    if (m_user->text().trimmed().isEmpty()) {
        return tr("Type the database user first.");
    }
    return {};
}

bool DatabaseForm::rememberPassword() const {
    return m_server->isChecked() && m_remember->isChecked();
}

void DatabaseForm::updateFields() {
    m_fields->setVisible(m_server->isChecked());
    setEnabledOrWhy(m_test, m_watcher ? tr("A test is running.") : whatIsMissing());
    Q_EMIT changed();
}

void DatabaseForm::testConnection() {
    m_testIcon->clear();
    m_testResult->setText(tr("Connecting…"));
    m_watcher = new QFutureWatcher<Status>(this);
    connect(m_watcher, &QFutureWatcher<Status>::finished, this, [this] {
        const Status status = m_watcher->result();
        m_watcher->deleteLater();
        m_watcher = nullptr;
        showTest(status);
        updateFields();
    });
    m_watcher->setFuture(QtConcurrent::run(tryServer, settings()));
    updateFields();
}

void DatabaseForm::showTest(const Status& status) {
    m_testIcon->setPixmap(icon(status.ok() ? QStringLiteral("check") : QStringLiteral("warning"),
                               status.ok() ? tokens().pass : tokens().critical)
                              .pixmap(16, 16));
    m_testResult->setText(status.ok() ? tr("The connection works.")
                                      : text::errorText(status.error()));
}

void DatabaseForm::retranslate() {
    m_embedded->setText(tr("On this computer"));
    m_embeddedHint->setText(tr("One file, nothing to set up: %1")
                                .arg(m_sqliteFile.isEmpty() ? defaultSqliteFile() : m_sqliteFile));
    m_server->setText(tr("On a MySQL or MariaDB server, shared with colleagues"));
    m_hostLabel->setText(tr("&Server and port"));
    m_databaseLabel->setText(tr("&Database"));
    m_userLabel->setText(tr("&User"));
    m_passwordLabel->setText(tr("&Password"));
    m_port->setAccessibleName(tr("Port"));
    m_tls->setText(tr("Encrypt the connection (TLS)"));
    m_remember->setText(tr("Keep the password in this desktop's keychain"));
    m_test->setText(tr("Test connection"));
}

void DatabaseForm::restyle() {
    m_testIcon->clear();
}

}  // namespace cvd::ui
