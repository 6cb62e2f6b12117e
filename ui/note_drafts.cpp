#include "ui/note_drafts.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "ui/review/violation_panel.h"

namespace cvd::ui {
namespace {

QByteArray toJson(const QHash<qint64, QString>& notes) {
    QJsonObject object;
    for (auto it = notes.begin(); it != notes.end(); ++it) {
        object[QString::number(it.key())] = it.value();
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QHash<qint64, QString> fromJson(const QByteArray& json) {
    QHash<qint64, QString> notes;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (const qint64 id = it.key().toLongLong(); id > 0 && it->isString()) {
            notes[id] = it->toString();
        }
    }
    return notes;
}

}  // namespace

NoteDrafts::NoteDrafts(ViolationPanel* panel, QObject* parent) : QObject(parent), m_panel(panel) {
    connect(&m_soon, &QTimer::timeout, this, &NoteDrafts::keep);
    connect(m_panel, &ViolationPanel::noteDraftsChanged, &m_soon, &DraftTimer::changed);
}

int NoteDrafts::open(const QStringList& what) {
    m_soon.stop();
    m_file = DraftFile(what);
    const auto kept = m_file.kept();
    return m_panel->takeNoteDrafts(kept ? fromJson(*kept) : QHash<qint64, QString>());
}

void NoteDrafts::close() {
    keep();
    m_file = {};
}

void NoteDrafts::keep() {
    m_soon.stop();
    if (const auto notes = m_panel->noteDrafts(); notes.isEmpty()) {
        m_file.forget();
    } else {
        m_file.keep(toJson(notes));
    }
}

}  // namespace cvd::ui
