#include "ui/help/guide.h"

#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTextDocument>
#include <QWidget>
#include <algorithm>

#include "ui/language.h"

namespace cvd::ui::guide {
namespace {

constexpr const char* kPages[] = {"start",  "sign_in",  "projects",  "project",     "calibration",
                                  "rules",  "jobs",     "review",    "corrections", "plan",
                                  "charts", "reports",  "dashboard", "models",      "users",
                                  "audit",  "settings", "databases", "trouble"};

struct Topic {
    const char* widget;  // object name, or class name beginning with a small letter
    const char* place;
};

QString classNameOf(const QWidget* widget) {
    QString name = QString::fromLatin1(widget->metaObject()->className()).section("::", -1);
    name[0] = name[0].toLower();
    return name;
}

// Every page, panel and dialog of the program. tests/ui/tst_guide fails on one that is missing.
constexpr Topic kTopics[] = {
    {"firstStartPage", "start#first_start"},
    {"signInPage", "sign_in"},
    {"databasePage", "databases#unreachable"},
    {"projectsPage", "projects"},
    {"importDialog", "projects#import"},
    {"projectPage", "project"},
    {"editProjectDialog", "project#edit"},
    {"calibrationPage", "calibration"},
    {"keepCalibrationDialog", "calibration#cameras"},
    {"jobsPage", "jobs"},
    {"reviewPage", "review"},
    {"playerWidget", "review#player"},
    {"timelineStrip", "review#timeline"},
    {"violationPanel", "review#list"},
    {"annotationBar", "corrections"},
    {"insertionPanel", "review#insertions"},
    {"planPanel", "plan"},
    {"heatMapPanel", "plan#heat"},
    {"chartsPanel", "charts"},
    {"dashboardPage", "dashboard"},
    {"modelsPage", "models"},
    {"profilesPage", "rules#own"},
    {"jobLogDialog", "jobs#log"},
    {"judgeDialog", "rules#again"},
    {"exportDialog", "reports#export"},
    {"usersPage", "users"},
    {"userDialog", "users#create"},
    {"passwordDialog", "sign_in#password"},
    {"auditPage", "audit"},
    {"settingsDialog", "settings"},
    {"keysEditor", "settings#keys"},
    {"keySheetDialog", "settings#keys"},
    {"aboutDialog", "start"},
    {"originalImportDialog", "databases#original"},
};

// Markdown's marks are for the eye; what is searched and shown as a snippet is the text.
QString withoutMarks(const QString& markdown) {
    QTextDocument document;
    document.setMarkdown(markdown, QTextDocument::MarkdownDialectGitHub);
    return document.toPlainText().replace(QChar::ObjectReplacementCharacter, QLatin1Char(' '));
}

Page read(const QString& id, const QString& language) {
    static const QRegularExpression kHeading(
        QStringLiteral("^(#{1,4}) +(.*?)(?: *\\{#([a-z0-9_]+)\\})? *$"));
    Page page;
    page.id = id;
    QFile file(QStringLiteral(":/guide/%1/%2.md").arg(language, id));
    if (!file.open(QIODevice::ReadOnly)) {
        return page;
    }
    QString body;
    const auto finish = [&] {
        if (!page.sections.isEmpty()) {
            page.sections.last().text = withoutMarks(body).simplified();
        }
        body.clear();
    };
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        const auto heading = kHeading.match(line);
        if (!heading.hasMatch()) {
            body += line + QLatin1Char('\n');
            page.markdown += line + QLatin1Char('\n');
            continue;
        }
        finish();
        Section section;
        section.level = int(heading.capturedLength(1));
        section.title = heading.captured(2);
        section.anchor = heading.captured(3);
        if (section.anchor.isEmpty() && !page.sections.isEmpty()) {
            section.anchor = QStringLiteral("s%1").arg(page.sections.size());
        }
        page.sections.append(section);
        page.markdown += heading.captured(1) + QLatin1Char(' ') + section.title + QLatin1Char('\n');
    }
    finish();
    return page;
}

QString around(const QString& text, qsizetype at, qsizetype length) {
    constexpr qsizetype kBefore = 30, kWhole = 110;
    const qsizetype from = std::max<qsizetype>(0, at - kBefore);
    const qsizetype size = std::max(kWhole, length + kBefore);
    const QString part = text.mid(from, size).trimmed();
    return (from > 0 ? QStringLiteral("…") : QString()) + part +
           (from + size < text.size() ? QStringLiteral("…") : QString());
}

}  // namespace

QString Place::text() const {
    return anchor.isEmpty() ? page : page + QLatin1Char('#') + anchor;
}

Place placeOf(const QString& link) {
    QString name = link.section(QLatin1Char('#'), 0, 0);
    if (name.endsWith(QStringLiteral(".md"))) {
        name.chop(3);
    }
    return {name, link.section(QLatin1Char('#'), 1)};
}

QStringList pageIds() {
    QStringList ids;
    for (const char* id : kPages) {
        ids << QLatin1String(id);
    }
    return ids;
}

QStringList guideLanguages() {
    return languages();
}

const Page& page(const QString& id, const QString& language) {
    static QHash<QString, std::shared_ptr<const Page>> kRead;
    auto& known = kRead[language + QLatin1Char('/') + id];
    if (!known) {
        known = std::make_shared<const Page>(read(id, language));
    }
    return *known;
}

QString pictureFile(const QString& name, const QString& language) {
    return QStringLiteral(":/guide/pictures/%1/%2").arg(language, name);
}

QList<Hit> find(const QString& words, const QString& language) {
    const QStringList wanted = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QList<Hit> inTitles, inTexts;
    if (wanted.isEmpty()) {
        return {};
    }
    for (const QString& id : pageIds()) {
        const Page& shown = page(id, language);
        for (const Section& section : shown.sections) {
            const auto has = [&](const QString& text) {
                return std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) {
                    return text.contains(word, Qt::CaseInsensitive);
                });
            };
            if (!has(section.title + QLatin1Char(' ') + section.text)) {
                continue;
            }
            const qsizetype at = std::max<qsizetype>(
                0, section.text.indexOf(wanted.first(), 0, Qt::CaseInsensitive));
            const Hit hit{{id, section.level == 1 ? QString() : section.anchor},
                          shown.title(),
                          section.title,
                          around(section.text, at, wanted.first().size())};
            (has(section.title) ? inTitles : inTexts).append(hit);
        }
    }
    return inTitles + inTexts;
}

QString topicOf(const QWidget* widget) {
    for (; widget; widget = widget->parentWidget()) {
        const QString name = widget->objectName(), kind = classNameOf(widget);
        for (const Topic& topic : kTopics) {
            if (name == QLatin1String(topic.widget) || kind == QLatin1String(topic.widget)) {
                return QLatin1String(topic.place);
            }
        }
    }
    return {};
}

QList<std::pair<QString, Place>> topics() {
    QList<std::pair<QString, Place>> all;
    for (const Topic& topic : kTopics) {
        all.append({QLatin1String(topic.widget), placeOf(QLatin1String(topic.place))});
    }
    return all;
}

}  // namespace cvd::ui::guide
