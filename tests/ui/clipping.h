// Finds text that does not fit its widget.
#pragma once

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QStringList>
#include <QToolButton>

#include "ui/widgets.h"

namespace cvd::test {

inline bool fits(const QLabel& label) {
    if (label.text().isEmpty() || qobject_cast<const ui::ElidedLabel*>(&label)) {
        return true;  // those elide on purpose and show the whole text in the tooltip
    }
    if (label.wordWrap()) {
        return label.heightForWidth(label.width()) <= label.height() + 1;
    }
    return label.sizeHint().width() <= label.width() + 1 &&
           label.sizeHint().height() <= label.height() + 1;
}

// A combo box that is asked to elide (minimum contents length) may.
inline bool fits(const QComboBox& box) {
    return box.sizeAdjustPolicy() == QComboBox::AdjustToMinimumContentsLengthWithIcon ||
           box.sizeHint().width() <= box.width() + 1;
}

inline QStringList clippedTexts(const QWidget& root) {
    QStringList bad;
    const auto note = [&bad](const QWidget* w, const QString& text) {
        bad << QStringLiteral("%1 \"%2\" %3 wide")
                   .arg(w->objectName().isEmpty()
                            ? QString::fromLatin1(w->metaObject()->className())
                            : w->objectName(),
                        text.left(60))
                   .arg(w->width());
    };
    for (const auto* label : root.findChildren<QLabel*>()) {
        if (label->isVisibleTo(&root) && !fits(*label)) {
            note(label, label->text());
        }
    }
    for (const auto* button : root.findChildren<QAbstractButton*>()) {
        if (button->isVisibleTo(&root) && !button->text().isEmpty() &&
            button->sizeHint().width() > button->width() + 1) {
            note(button, button->text());
        }
    }
    for (const auto* box : root.findChildren<QComboBox*>()) {
        if (box->isVisibleTo(&root) && !fits(*box)) {
            note(box, box->currentText());
        }
    }
    return bad;
}

}  // namespace cvd::test
