// The language of the user interface. Texts are compiled in (:/i18n). GUI thread, or the main
// thread of a program without a window.
#pragma once

#include <QString>
#include <QStringList>

namespace cvd::ui {

// "en", "zh_CN".
QStringList languages();
QString languageName(const QString& code);  // in itself: "English", "简体中文"

// Empty: the system's, English where it is none of ours. Widgets get a LanguageChange event.
void setLanguage(const QString& code);
QString language();  // the one in force
bool isChinese();

// For the command line.
void installSystemLanguage();

}  // namespace cvd::ui
