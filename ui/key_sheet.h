// All keys on one sheet, made from the registry: to look at beside the work, to print, to keep as
// a PDF file. GUI thread.
#pragma once

#include <QDialog>

#include "core/base/result.h"

class QLineEdit;
class QPushButton;
class QTextBrowser;

namespace cvd::ui {

class KeyRegistry;

class KeySheet : public QDialog {
    Q_OBJECT
public:
    explicit KeySheet(const KeyRegistry& registry, QWidget* parent = nullptr);

    Status savePdf(const QString& file) const;
    // As HTML with black text on no ground; `filter` must occur in name or key.
    static QString html(const KeyRegistry& registry, const QString& filter = {});

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void print();
    void chooseFile();

    const KeyRegistry& m_registry;
    QLineEdit* m_search;
    QTextBrowser* m_sheet;
    QPushButton *m_print, *m_pdf, *m_close;
};

}  // namespace cvd::ui
