// Widths, order, sorting and hidden columns of tables, kept from one start of the program to the
// next. GUI thread.
#pragma once

#include <QByteArray>

class QWidget;

namespace cvd::ui {

// Of every named table below `root`.
QByteArray tableLayouts(const QWidget& root);
// Tables that are gone, or have other columns by now, stay as they are.
void restoreTableLayouts(QWidget& root, const QByteArray& state);

}  // namespace cvd::ui
