// Tries a model in a process of its own, so that one that crashes, hangs or eats the memory is an
// error message and never a dead program. The process is this program with the verb
// `model probe FILE`, which calls probeHere().
//
// Any thread; blocks. Errors: BadInput with the reason (also for a crash and for no answer in
// time), Environment when the process cannot be started, Cancelled.
#pragma once

#include <QJsonObject>
#include <QString>
#include <functional>

#include "core/base/result.h"
#include "core/inference/inspect_model.h"

namespace cvd::models {

struct ProbeControl {
    int timeoutS = 120;
    std::function<bool()> cancelled;  // asked ten times a second
    QString program;                  // empty: cvd-mis beside the running program
};

struct ProbeReport {
    inference::ModelFindings network;  // the first one of a pair
    double detectS =
        0;  // seconds for a frame of 1280 x 720 on the CPU; 0: tried without a manifest
};

// `file`: a TorchScript file, tried with every usual size; or a manifest, which is tried as a
// detection would use it: hash, shapes, one detection, the larger inputs that it allows.
Result<ProbeReport> probeInChild(const QString& file, const ProbeControl& control = {});

// In the child: does it here, with the machine's memory as the limit, and answers as JSON.
QJsonObject probeHere(const QString& file);

}  // namespace cvd::models
