// The program with its window.
#pragma once

namespace cvd::app {

int runDesktop(int argc, char** argv);

}  // namespace cvd::app
