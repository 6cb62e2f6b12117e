#include "ui/ask.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace cvd::ui {
namespace {

bool confirmBox(QWidget* parent, const Question& question) {
    QMessageBox box(question.danger ? QMessageBox::Warning : QMessageBox::Question, question.title,
                    question.text, QMessageBox::Cancel, parent);
    QPushButton* yes = box.addButton(
        question.yes, question.danger ? QMessageBox::DestructiveRole : QMessageBox::AcceptRole);
    if (question.danger) {
        box.setDefaultButton(QMessageBox::Cancel);
    } else {
        box.setDefaultButton(yes);
    }
    box.exec();
    return box.clickedButton() == yes;
}

void tellBox(QWidget* parent, const QString& title, const QString& text, const QString& detail) {
    QMessageBox box(QMessageBox::Warning, title, text, QMessageBox::Ok, parent);
    box.setDetailedText(detail);
    box.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box.exec();
}

Asking real() {
    return {
        confirmBox,
        [](QWidget* parent, const QString& title, const QString& folder, const QString& filter) {
            return QFileDialog::getOpenFileNames(parent, title, folder, filter);
        },
        [](QWidget* parent, const QString& title, const QString& folder) {
            return QFileDialog::getExistingDirectory(parent, title, folder);
        },
        tellBox,
        [](QWidget* parent, const QString& title, const QString& file, const QString& filter) {
            return QFileDialog::getSaveFileName(parent, title, file, filter);
        },
        [](const QString& path) { return QDesktopServices::openUrl(QUrl::fromLocalFile(path)); }};
}

}  // namespace

Asking& asking() {
    static Asking kAsking = real();
    return kAsking;
}

void resetAsking() {
    asking() = real();
}

}  // namespace cvd::ui
