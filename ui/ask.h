// Questions and files: small replaceable functions, so that tests answer instead of a person.
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

class QWidget;

namespace cvd::ui {

struct Question {
    QString title, text;
    QString yes;  // what the confirming button says, a verb: "Delete"
    bool danger = false;
};

struct Asking {
    std::function<bool(QWidget*, const Question&)> confirm;
    std::function<QStringList(QWidget*, const QString& title, const QString& folder,
                              const QString& filter)>
        openFiles;
    std::function<QString(QWidget*, const QString& title, const QString& folder)> chooseFolder;
    std::function<void(QWidget*, const QString& title, const QString& text, const QString& detail)>
        tell;
    // Empty: cancelled. Asks before it names a file that exists.
    std::function<QString(QWidget*, const QString& title, const QString& file,
                          const QString& filter)>
        saveFile;
    // Shows a file or a folder with the program that the desktop has for it; false: there is none.
    std::function<bool(const QString& path)> show;
};

Asking& asking();  // the real dialogs unless a test has put others there
void resetAsking();

}  // namespace cvd::ui
