// How long a thread waits for a database server that says nothing: a cable that was pulled, a radio
// link that broke, a server that hangs. A server that refuses is told at once, whatever stands
// here.
#pragma once

namespace cvd::storage {

struct Patience {
    int connectS = 10;
    int answerS = 120;  // a migration of large tables takes its time
};

// Holds for the connections that this thread makes from now on, again after a loss, too. A thread
// that draws a window asks for little.
void setPatienceOfThisThread(const Patience& patience);

}  // namespace cvd::storage
