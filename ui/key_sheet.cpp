#include "ui/key_sheet.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPageSize>
#include <QPdfWriter>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>

#include "core/compliance/whole_file.h"
#include "core/text/text.h"
#include "ui/ask.h"
#include "ui/key_registry.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

KeySheet::KeySheet(const KeyRegistry& registry, QWidget* parent)
    : QDialog(parent),
      m_registry(registry),
      m_search(new QLineEdit(this)),
      m_sheet(new QTextBrowser(this)),
      m_print(new QPushButton(this)),
      m_pdf(new QPushButton(this)),
      m_close(new QPushButton(this)) {
    setObjectName(QStringLiteral("keySheetDialog"));
    m_search->setObjectName(QStringLiteral("keySheetSearchLineEdit"));
    m_search->setClearButtonEnabled(true);
    m_sheet->setObjectName(QStringLiteral("keySheetTextBrowser"));
    m_print->setObjectName(QStringLiteral("printKeysPushButton"));
    m_pdf->setObjectName(QStringLiteral("saveKeysPushButton"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_print);
    buttons->addWidget(m_pdf);
    buttons->addStretch();
    buttons->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPageEdge, kPageEdge, kPageEdge, kGroupGap);
    column->setSpacing(kGroupGap);
    column->addWidget(m_search);
    column->addWidget(m_sheet, 1);
    column->addLayout(buttons);
    resize(560, 620);
    connect(m_search, &QLineEdit::textChanged, this, &KeySheet::retranslate);
    connect(m_print, &QPushButton::clicked, this, &KeySheet::print);
    connect(m_pdf, &QPushButton::clicked, this, &KeySheet::chooseFile);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&registry, &KeyRegistry::keysChanged, this, &KeySheet::retranslate);
    retranslate();
}

QString KeySheet::html(const KeyRegistry& registry, const QString& filter) {
    QString out;
    QString scope = QStringLiteral("-");
    const QString wanted = filter.trimmed();
    for (const KeyEntry& entry : registry.entries()) {
        QStringList keys;
        for (const QKeySequence& key : registry.keys(entry.id)) {
            keys << key.toString(QKeySequence::NativeText);
        }
        const QString name = entry.action->text().remove(QLatin1Char('&'));
        const QString shown = keys.join(QStringLiteral(",  "));
        if (keys.isEmpty() || (!wanted.isEmpty() && !name.contains(wanted, Qt::CaseInsensitive) &&
                               !shown.contains(wanted, Qt::CaseInsensitive))) {
            continue;
        }
        if (scope != entry.scope) {
            out += (out.isEmpty() ? QString() : QStringLiteral("</table>")) +
                   QStringLiteral("<h3>%1</h3><table width=\"100%\" cellpadding=\"3\">")
                       .arg(registry.scopeTitle(entry.scope).toHtmlEscaped());
            scope = entry.scope;
        }
        out += QStringLiteral("<tr><td width=\"62%\">%1</td><td><b>%2</b></td></tr>")
                   .arg(name.toHtmlEscaped(), shown.toHtmlEscaped());
    }
    return out.isEmpty() ? QStringLiteral("<p>%1</p>")
                               .arg(tr("No action or key contains this text.").toHtmlEscaped())
                         : out + QStringLiteral("</table>");
}

void KeySheet::retranslate() {
    setWindowTitle(tr("Keyboard shortcuts"));
    m_search->setPlaceholderText(tr("Search actions and keys"));
    m_search->setAccessibleName(tr("Search actions and keys"));
    m_sheet->setAccessibleName(tr("Keyboard shortcuts"));
    m_print->setText(tr("Print…"));
    m_pdf->setText(tr("Save as PDF…"));
    m_close->setText(tr("Close"));
    m_sheet->setHtml(html(m_registry, m_search->text()));
}

namespace {

void paintInto(QPagedPaintDevice* paper, const QString& html, const QFont& font) {
    QTextDocument document;
    document.setDefaultFont(font);
    document.setHtml(QStringLiteral("<h2>%1</h2>").arg(KeySheet::tr("CVD-MIS keyboard shortcuts")) +
                     html);
    document.print(paper);
}

}  // namespace

Status KeySheet::savePdf(const QString& file) const {
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly)) {
        QPdfWriter writer(&out);
        writer.setTitle(tr("CVD-MIS keyboard shortcuts"));
        writer.setPageSize(QPageSize(QPageSize::A4));
        paintInto(&writer, html(m_registry), font());
        if (commitWhole(out)) {
            return {};
        }
    }
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The file %1 could not be written. Choose another folder or free "
                       "some space."),
                {QDir::toNativeSeparators(file).toStdString()}, out.errorString().toStdString());
}

void KeySheet::print() {
    QPrinter printer;
    QPrintDialog dialog(&printer, this);
    if (dialog.exec() == QDialog::Accepted) {
        paintInto(&printer, html(m_registry), font());
    }
}

void KeySheet::chooseFile() {
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the keys as PDF"), folder.filePath(windowTitle() + QStringLiteral(".pdf")),
        tr("PDF files (*.pdf)"));
    if (file.isEmpty()) {
        return;
    }
    if (const Status saved = savePdf(file); !saved.ok()) {
        asking().tell(this, windowTitle(), text::errorText(saved.error()),
                      QString::fromStdString(saved.error().detail));
    }
}

void KeySheet::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

}  // namespace cvd::ui
