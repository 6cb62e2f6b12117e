// Text search over many projects without reading them all: which projects hold which short piece
// of text, in table project_gram. The same on both engines. Kept by ProjectRepository; what it says
// is only where to look, so a row too many does no harm and one of a deleted project neither.
//
// Pieces: from each character of ASCII on, it and its two successors, as far as they are ASCII and
// no blank (so that a word of one or two letters is a range of them); two neighbours of which one
// at least is not ASCII (Chinese words have two); each character that is not ASCII.
#pragma once

#include <QSet>

#include "core/storage/database.h"
#include "core/storage/sql_helpers.h"

namespace cvd::storage {

// Of searchKey() text.
QSet<qint64> gramsOf(const QString& key);
// Ranges of pieces; every text that contains the word has a piece in each of them.
struct GramRange {
    qint64 first = 0, last = 0;
};
QList<GramRange> gramsOfWord(const QString& word);

// In the caller's transaction. `before` and `after`: search keys; empty: no such project.
Status changeGrams(Database& database, ProjectId project, const QString& before,
                   const QString& after);
// All of them anew, from the projects' search keys.
Status rebuildGrams(Database& database);

// How to look for a text: the conditions that every project must fulfil (its table is `p`), and
// perhaps the few projects that alone can.
struct ProjectSearch {
    Where conditions;
    QString candidates;  // SELECT pid ...; empty: too many, or text too short to tell
    QVariantList candidateValues;
};
// `owner`: only this user's projects are looked for; where these are fewer they are walked instead.
Result<ProjectSearch> planSearch(Database& database, const QString& text,
                                 std::optional<UserId> owner = {});

}  // namespace cvd::storage
