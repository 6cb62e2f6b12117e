#include "core/models/model_probe.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <chrono>

#include <opencv2/core/mat.hpp>

#ifdef __linux__
#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

#include "core/jobs/job_json.h"
#include "core/pipeline/late_detector.h"

namespace cvd::models {
namespace {

using inference::ModelFindings;
using inference::TensorFinding;

std::filesystem::path toPath(const QString& file) {
    return std::filesystem::path(file.toStdU16String());
}

bool isManifest(const QString& file) {
    return QFileInfo(file).isDir() || file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
}

QJsonObject toJson(const ProbeReport& report) {
    const ModelFindings& f = report.network;
    QJsonArray inputs, outputs;
    for (const std::string& input : f.inputs) {
        inputs.append(QString::fromStdString(input));
    }
    for (const TensorFinding& t : f.outputs) {
        QJsonArray shape;
        for (const std::int64_t side : t.shape) {
            shape.append(qint64(side));
        }
        outputs.append(QJsonObject{{QStringLiteral("where"), QString::fromStdString(t.where)},
                                   {QStringLiteral("type"), QString::fromStdString(t.type)},
                                   {QStringLiteral("shape"), shape}});
    }
    return {{QStringLiteral("inputs"), inputs},
            {QStringLiteral("outputs"), outputs},
            {QStringLiteral("width"), f.inputWidth},
            {QStringLiteral("height"), f.inputHeight},
            {QStringLiteral("weights"), qint64(f.weights)},
            {QStringLiteral("forward_s"), f.forwardS},
            {QStringLiteral("decoder"),
             f.decoder ? QString::fromUtf8(inference::decoderName(*f.decoder).data()) : QString()},
            {QStringLiteral("classes"), f.classes},
            {QStringLiteral("detect_s"), report.detectS}};
}

ProbeReport reportFrom(const QJsonObject& object) {
    ProbeReport report;
    ModelFindings& f = report.network;
    for (const QJsonValue input : object.value(QStringLiteral("inputs")).toArray()) {
        f.inputs.push_back(input.toString().toStdString());
    }
    for (const QJsonValue value : object.value(QStringLiteral("outputs")).toArray()) {
        const QJsonObject output = value.toObject();
        TensorFinding t;
        t.where = output.value(QStringLiteral("where")).toString().toStdString();
        t.type = output.value(QStringLiteral("type")).toString().toStdString();
        for (const QJsonValue side : output.value(QStringLiteral("shape")).toArray()) {
            t.shape.push_back(side.toInteger());
        }
        f.outputs.push_back(std::move(t));
    }
    f.inputWidth = object.value(QStringLiteral("width")).toInt();
    f.inputHeight = object.value(QStringLiteral("height")).toInt();
    f.weights = object.value(QStringLiteral("weights")).toInteger();
    f.forwardS = object.value(QStringLiteral("forward_s")).toDouble();
    f.decoder = inference::decoderFromName(
        object.value(QStringLiteral("decoder")).toString().toStdString());
    f.classes = object.value(QStringLiteral("classes")).toInt();
    report.detectS = object.value(QStringLiteral("detect_s")).toDouble();
    return report;
}

QString programFor(const ProbeControl& control) {
    if (!control.program.isEmpty()) {
        return control.program;
    }
    const QString folder = QString::fromStdString(pipeline::executableFolder().string());
#ifdef _WIN32
    return folder + QStringLiteral("/cvd-mis.exe");
#else
    return folder + QStringLiteral("/cvd-mis");
#endif
}

Error refused(const char* sentence, const QString& file, const QString& detail) {
    return fail(ErrorKind::BadInput, sentence, {QFileInfo(file).fileName().toStdString()},
                detail.toStdString());
}

Result<ProbeReport> answerOf(QProcess& process, const QString& file) {
    const QString said = QString::fromUtf8(process.readAllStandardError()).trimmed().right(2000);
    if (process.exitStatus() != QProcess::NormalExit) {
        return refused(CVD_TR("core", "The model %1 cannot be used: it crashes when it is run."),
                       file, said);
    }
    const QJsonDocument answer = QJsonDocument::fromJson(process.readAllStandardOutput());
    if (!answer.isObject()) {
        return refused(CVD_TR("core", "The model %1 cannot be used: trying it ended in mid-run."),
                       file, said);
    }
    const QJsonObject object = answer.object();
    if (object.contains(QStringLiteral("error"))) {
        return jobs::errorFromJson(object.value(QStringLiteral("error")).toString());
    }
    return reportFrom(object);
}

#ifdef __linux__
// Less than the machine has, so that a greedy network fails here and not something else.
void limitThisProcess() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // not longer than the program that asked
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_CORE, &noCore);
    const auto bytes = rlim_t(sysconf(_SC_PHYS_PAGES)) * rlim_t(sysconf(_SC_PAGE_SIZE));
    const rlimit memory{bytes / 4 * 3, bytes / 4 * 3};
    setrlimit(RLIMIT_DATA, &memory);
}
#else
void limitThisProcess() {}
#endif

Result<ProbeReport> tryNetwork(const QString& file) {
    ProbeReport report;
    CVD_TRY_ASSIGN(report.network, pipeline::inspectNetworkLate(toPath(file), std::nullopt));
    return report;
}

// A run may take any input that the manifest's PeopleFit allows: the next larger one and the
// largest stand for all.
Status tryLargerInputs(inference::Detector& detector) {
    const auto fit = detector.manifest().peopleFit;
    if (!fit) {
        return {};
    }
    const auto next = [&](int side, int largest) {
        return std::min(largest, (side / fit->multiple + 1) * fit->multiple);
    };
    const int width = next(detector.manifest().inputWidth, fit->largestWidth);
    const int height = next(detector.manifest().inputHeight, fit->largestHeight);
    CVD_TRY(detector.setInputSize(width, height));
    return detector.setInputSize(fit->largestWidth, fit->largestHeight);
}

Result<ProbeReport> tryModel(const QString& file) {
    CVD_TRY_ASSIGN(const auto manifest, inference::loadManifest(toPath(file)));
    inference::DetectorOptions options;
    options.device = "cpu";
    CVD_TRY_ASSIGN(const auto detector, pipeline::loadDetectorLate(toPath(file), options));
    const cv::Mat frame(720, 1280, CV_8UC3, cv::Scalar::all(115));
    double best = 0;
    for (int run = 0; run < 3; ++run) {
        const auto start = std::chrono::steady_clock::now();
        CVD_TRY(detector->detect({&frame, 1}));
        const double s =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = run == 0 ? s : std::min(best, s);
    }
    CVD_TRY(tryLargerInputs(*detector));
    ProbeReport report;
    CVD_TRY_ASSIGN(report.network,
                   pipeline::inspectNetworkLate(
                       manifest.file, std::pair(manifest.inputWidth, manifest.inputHeight)));
    report.detectS = best;
    return report;
}

}  // namespace

QJsonObject probeHere(const QString& file) {
    limitThisProcess();
    Result<ProbeReport> report = isManifest(file) ? tryModel(file) : tryNetwork(file);
    return report.ok() ? toJson(*report)
                       : QJsonObject{{QStringLiteral("error"), jobs::toJson(report.error())}};
}

Result<ProbeReport> probeInChild(const QString& file, const ProbeControl& control) {
    QProcess process;
    process.start(programFor(control),
                  {QStringLiteral("model"), QStringLiteral("probe"), QStringLiteral("--"), file});
    if (!process.waitForStarted()) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "The program %1 cannot be started. Install it again."),
                    {programFor(control).toStdString()}, process.errorString().toStdString());
    }
    QElapsedTimer clock;
    clock.start();
    while (process.state() != QProcess::NotRunning && !process.waitForFinished(100)) {
        const bool cancelled = control.cancelled && control.cancelled();
        if (!cancelled && clock.elapsed() < qint64(control.timeoutS) * 1000) {
            continue;
        }
        process.kill();
        process.waitForFinished(5000);
        if (cancelled) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core", "The model %1 cannot be used: it gave no answer within %2 seconds."),
            {QFileInfo(file).fileName().toStdString(), std::to_string(control.timeoutS)});
    }
    return answerOf(process, file);
}

}  // namespace cvd::models
