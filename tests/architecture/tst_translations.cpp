// Fails on a text that was never extracted, is untranslated or has lost its placeholders. Chinese
// is shipped complete; English carries the plural forms.
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

struct Message {
    QString context, source, translation, type;
    bool numerus = false;
    QStringList forms;
    QString key() const { return context + '\n' + source; }
};

QString readForms(QXmlStreamReader& xml, Message& m) {
    QString text;
    while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == u"translation")) {
        if (xml.isStartElement() && xml.name() == u"numerusform") {
            m.forms << xml.readElementText();
        } else if (xml.isCharacters()) {
            text += xml.text();
        }
        if (xml.atEnd()) {
            break;
        }
    }
    return m.forms.isEmpty() ? text : m.forms.first();
}

QList<Message> readTs(const QString& path) {
    QFile file(path);
    QList<Message> all;
    if (!file.open(QIODevice::ReadOnly)) {
        return all;
    }
    QXmlStreamReader xml(&file);
    QString context;
    Message m;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.isStartElement() && xml.name() == u"message") {
            m = Message{context, {}, {}, {}, xml.attributes().value("numerus") == u"yes", {}};
        } else if (xml.isStartElement() && xml.name() == u"source") {
            m.source = xml.readElementText();
        } else if (xml.isStartElement() && xml.name() == u"translation") {
            m.type = xml.attributes().value("type").toString();
            m.translation = readForms(xml, m);
        } else if (xml.isEndElement() && xml.name() == u"message") {
            all << m;
        }
    }
    return all;
}

QStringList placeholders(const QString& text) {
    static const QRegularExpression kPlace("%(?:L?[1-9]|n)");
    QStringList found;
    auto it = kPlace.globalMatch(text);
    while (it.hasNext()) {
        found << it.next().captured().remove('L');
    }
    found.sort();
    found.removeDuplicates();
    return found;
}

}  // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    // lupdate on a copy: what it adds to the copy was missing from ours.
    QList<Message> updated(const QString& name, bool pluralOnly) {
        const QString copy = m_dir.filePath(name);
        QFile::copy(QString(CVD_SOURCE_DIR) + "/translations/" + name, copy);
        QStringList arguments{
            "-silent", "-I",           CVD_SOURCE_DIR,       "-locations",
            "none",    "-no-obsolete", "-tr-function-alias", "QT_TRANSLATE_NOOP+=CVD_TR"};
        if (pluralOnly) {
            arguments << "-pluralonly";
        }
        for (const char* folder : {"core", "ui", "app"}) {
            arguments << QString(CVD_SOURCE_DIR) + '/' + folder;
        }
        arguments << "-extensions"
                  << "h,cpp"
                  << "-ts" << copy;
        QProcess lupdate;
        lupdate.start(CVD_LUPDATE, arguments);
        if (!lupdate.waitForFinished(120000) || lupdate.exitCode() != 0) {
            qWarning() << lupdate.readAllStandardError();
            return {};
        }
        return readTs(copy);
    }

private Q_SLOTS:
    void everyTextIsTranslated_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("pluralOnly");
        QTest::newRow("Chinese") << "cvd_zh_CN.ts" << false;
        QTest::newRow("English plurals") << "cvd_en.ts" << true;
    }

    void everyTextIsTranslated() {
        QFETCH(QString, file);
        QFETCH(bool, pluralOnly);
        const QList<Message> all = updated(file, pluralOnly);
        QVERIFY(!all.isEmpty());
        QStringList bad;
        for (const Message& m : all) {
            if (m.type == "unfinished" || m.translation.trimmed().isEmpty()) {
                bad << m.context + ": " + m.source;
            }
        }
        QVERIFY2(
            bad.isEmpty(),
            qPrintable(QString("%1 untranslated, run translations/update.sh:\n").arg(bad.size()) +
                       bad.mid(0, 40).join('\n')));
    }

    // What the shipped profiles say of a limit's source is shown, too. A name of a standard needs
    // no translation; a sentence does.
    void sourcesOfLimitsAreTranslated() {
        QSet<QString> known;
        for (const Message& m : readTs(QString(CVD_SOURCE_DIR) + "/translations/cvd_zh_CN.ts")) {
            if (m.context == "core" && !m.translation.isEmpty()) {
                known << m.source;
            }
        }
        const QDir folder(QString(CVD_SOURCE_DIR) + "/resources/profiles");
        static const QRegularExpression kSentence("[a-z]{2,} +[a-z]{2,}");
        QStringList bad;
        int seen = 0;
        for (const QString& name : folder.entryList({"*.json"})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonObject limits =
                QJsonDocument::fromJson(file.readAll()).object()["parameters"].toObject();
            for (const QJsonValue& limit : limits) {
                const QString source = limit["source"].toString();
                if (source.contains(kSentence)) {
                    ++seen;
                    if (!known.contains(source)) {
                        bad << name + ": " + source;
                    }
                }
            }
        }
        QVERIFY(seen > 10);
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join('\n')));
    }

    void placeholdersSurvive() {
        QStringList bad;
        for (const Message& m : readTs(QString(CVD_SOURCE_DIR) + "/translations/cvd_zh_CN.ts")) {
            if (m.type != "vanished" && m.type != "obsolete" &&
                placeholders(m.source) != placeholders(m.translation)) {
                bad << m.source + " -> " + m.translation;
            }
        }
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join('\n')));
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_translations.moc"
