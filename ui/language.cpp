#include "ui/language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace cvd::ui {
namespace {

QString gCode = QStringLiteral("en");

QString systemCode() {
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN")
                                                            : QStringLiteral("en");
}

// Ours and Qt's own texts. Children of the application, so they go before it does.
struct Translators {
    QTranslator* own = nullptr;
    QTranslator* qt = nullptr;
};
Translators& translators() {
    static Translators kTranslators;
    return kTranslators;
}

void replace(QTranslator*& translator, const QString& file) {
    delete translator;  // takes itself out of the application
    translator = new QTranslator(QCoreApplication::instance());
    QObject::connect(translator, &QObject::destroyed, translator,
                     [&translator] { translator = nullptr; });
    if (translator->load(file)) {
        QCoreApplication::installTranslator(translator);
    }
}

}  // namespace

QStringList languages() {
    return {QStringLiteral("en"), QStringLiteral("zh_CN")};
}

QString languageName(const QString& code) {
    return code == QStringLiteral("zh_CN") ? QStringLiteral("简体中文") : QStringLiteral("English");
}

void setLanguage(const QString& code) {
    gCode = languages().contains(code) ? code : systemCode();
    QLocale::setDefault(QLocale(gCode));
    replace(translators().qt, QStringLiteral(":/i18n/qtbase_%1.qm").arg(gCode));
    replace(translators().own, QStringLiteral(":/i18n/cvd_%1.qm").arg(gCode));
}

QString language() {
    return gCode;
}
bool isChinese() {
    return gCode == QStringLiteral("zh_CN");
}
void installSystemLanguage() {
    setLanguage({});
}

}  // namespace cvd::ui
