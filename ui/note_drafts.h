// Notes that somebody has typed on the review page and that belong to no verdict yet, kept in a
// file of this computer, so that a program that dies takes seconds of typing with it. GUI thread.
#pragma once

#include <QObject>

#include "ui/draft_file.h"

namespace cvd::ui {

class ViolationPanel;

class NoteDrafts : public QObject {
    Q_OBJECT
public:
    // `panel` outlives this object.
    NoteDrafts(ViolationPanel* panel, QObject* parent = nullptr);

    // The panel shows the result that `what` names (see DraftFile): gives the notes back to it
    // that were kept, and keeps those that are typed from now on. How many came back.
    int open(const QStringList& what);
    void close();  // keeps what is there now
    void keep();

private:
    ViolationPanel* m_panel;
    DraftFile m_file;
    DraftTimer m_soon;
};

}  // namespace cvd::ui
