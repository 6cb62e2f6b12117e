// The user guide (docs/guide, compiled in) as data: pages, sections, search, and which page belongs
// to which widget. docs/guide/<language>/<page>.md is Markdown; "## Title {#name}" gives a section
// the name that links use. GUI thread.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

class QWidget;

namespace cvd::ui::guide {

// Where somebody reads: "calibration", "calibration#region".
struct Place {
    QString page, anchor;
    QString text() const;
    bool operator==(const Place&) const = default;
};
// Of a link inside the guide ("calibration.md#region") or of a place's own text.
Place placeOf(const QString& link);

struct Section {
    int level = 1;  // 1: the page's title
    QString title, anchor;
    QString text;  // as it is read, without marks; without the title
};

struct Page {
    QString id;
    QString markdown;         // without the sections' names
    QList<Section> sections;  // in reading order; the first is the page itself
    QString title() const { return sections.isEmpty() ? id : sections.first().title; }
};

QStringList pageIds();  // in reading order
QStringList guideLanguages();
// Of an unknown page or language: without sections. The reference stays valid.
const Page& page(const QString& id, const QString& language);
QString pictureFile(const QString& name, const QString& language);  // in the program's resources

struct Hit {
    Place place;
    QString pageTitle, title;  // equal for the beginning of a page
    QString snippet;           // a few words around the first match
};
// Sections that contain all of these words, those whose title does first.
QList<Hit> find(const QString& words, const QString& language);

// What this widget, or the nearest widget around it that the guide knows, is about. Empty: nothing
// in the guide.
QString topicOf(const QWidget* widget);
// The table behind it: object or class name and place.
QList<std::pair<QString, Place>> topics();

}  // namespace cvd::ui::guide
