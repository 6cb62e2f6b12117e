#include <QByteArray>

#include "core/report/result_files.h"

namespace cvd::report {
namespace {

// QByteArray::number and QString::number know no locale: always the C one.
void add(QByteArray& line, double value, int decimals) {
    line += QByteArray::number(value, 'f', decimals);
    line += ',';
}
void add(QByteArray& line, std::int64_t value) {
    line += QByteArray::number(static_cast<qlonglong>(value));
    line += ',';
}
void add(QByteArray& line, const std::optional<double>& value, int decimals) {
    if (value) {
        line += QByteArray::number(*value, 'f', decimals);
    }
    line += ',';
}
// Quoted only when needed (RFC 4180). A leading = + - @ would run as a formula in a spreadsheet.
void addText(QByteArray& line, const std::string& text) {
    QByteArray t = QByteArray::fromStdString(text);
    if (!t.isEmpty() && QByteArrayLiteral("=+-@").contains(t[0])) {
        t.prepend('\'');
    }
    if (t.contains(',') || t.contains('"') || t.contains('\n') || t.contains('\r')) {
        t.replace("\"", "\"\"");
        t = '"' + t + '"';
    }
    line += t;
    line += ',';
}
void endLine(QByteArray& line) {
    line.chop(1);
    line += '\n';
}

}  // namespace

void appendCsvText(QByteArray& line, const QString& text) {
    addText(line, text.toStdString());
}

QByteArray pathsCsv(const std::vector<compliance::InsertionPath>& paths) {
    QByteArray out("insertion,frame,time_s,x_px,y_px,x_m,y_m,speed_mm_s,visible_share\n");
    for (const compliance::InsertionPath& path : paths) {
        for (const compliance::ContactSample& c : path.samples) {
            add(out, path.insertion);
            add(out, c.frame);
            add(out, c.timeS, 3);
            add(out, c.firstPx.x, 1);
            add(out, c.firstPx.y, 1);
            add(out, c.planeM ? std::optional(c.planeM->x) : std::nullopt, 3);
            add(out, c.planeM ? std::optional(c.planeM->y) : std::nullopt, 3);
            add(out, c.speedMmS, 0);
            add(out, c.visibleShare, 3);
            endLine(out);
        }
    }
    return out;
}

QByteArray insertionsCsv(const std::vector<Insertion>& insertions) {
    QByteArray out(
        "id,track,start_frame,end_frame,start_s,end_s,immersed_s,stationary_s,contact_x_px,"
        "contact_y_px,contact_x_m,contact_y_m,tilt_deg,withdrawal_mm_s,path_px,path_m,confidence,"
        "effective,open_start,open_end,tilt_azimuth_deg,insertion_s,withdrawal_s,insertion_mm_s,"
        "depth_m,unseen_s,identity_in_doubt,time_error_s,contact_error_m,insertion_error_s,"
        "withdrawal_error_mm_s\n");
    for (const Insertion& i : insertions) {
        add(out, i.id);
        add(out, i.track.value);
        add(out, i.startFrame);
        add(out, i.endFrame);
        add(out, i.startS, 3);
        add(out, i.endS, 3);
        add(out, i.immersedS, 3);
        add(out, i.stationaryS, 3);
        add(out, i.contactPx.x, 2);
        add(out, i.contactPx.y, 2);
        add(out, i.contactM ? std::optional(i.contactM->x) : std::nullopt, 3);
        add(out, i.contactM ? std::optional(i.contactM->y) : std::nullopt, 3);
        add(out, i.tiltDeg, 1);
        add(out, i.withdrawalMmS, 1);
        add(out, i.pathPx, 1);
        add(out, i.pathM, 3);
        add(out, i.confidence, 3);
        add(out, std::int64_t{i.effective});
        add(out, std::int64_t{i.openStart});
        add(out, std::int64_t{i.openEnd});
        add(out, i.tiltAzimuthDeg, 1);
        add(out, i.insertionS, 3);
        add(out, i.withdrawalS, 3);
        add(out, i.insertionMmS, 1);
        add(out, i.depthM, 3);
        add(out, i.unseenS, 3);
        add(out, std::int64_t{i.identityInDoubt});
        add(out, i.timeErrorS, 3);
        add(out, i.contactErrorM, 3);
        add(out, i.insertionErrorS, 3);
        add(out, i.withdrawalErrorMmS, 1);
        endLine(out);
    }
    return out;
}

QByteArray violationsCsv(const std::vector<Violation>& violations) {
    QByteArray out(
        "id,rule,verdict,severity,start_frame,end_frame,start_s,end_s,insertion,value,limit,unit,"
        "position_x_m,position_y_m,source,confidence,reason\n");
    for (const Violation& v : violations) {
        if (v.verdict == Verdict::Pass) {
            continue;
        }
        add(out, v.id);
        addText(out, v.rule);
        addText(out, std::string(verdictName(v.verdict)));
        addText(out, std::string(severityName(v.severity)));
        add(out, v.startFrame);
        add(out, v.endFrame);
        add(out, v.startS, 3);
        add(out, v.endS, 3);
        if (v.insertion) {
            add(out, *v.insertion);
        } else {
            out += ',';
        }
        add(out, v.value, 3);
        add(out, v.limit, 3);
        addText(out, v.unit);
        add(out, v.positionM ? std::optional(v.positionM->x) : std::nullopt, 3);
        add(out, v.positionM ? std::optional(v.positionM->y) : std::nullopt, 3);
        addText(out, v.source);
        add(out, v.confidence, 3);
        addText(out, reasonText(v));
        endLine(out);
    }
    return out;
}

QByteArray tracksCsvHeader() {
    return QByteArrayLiteral(
        "frame,time_s,track,class,score,x,y,w,h,low_x,low_y,top_x,top_y,immersed,predicted,"
        "low_score,top_score,immersed_score\n");
}

void appendTracksCsv(QByteArray& out, const TrackPoint& p) {
    add(out, p.frame);
    add(out, p.timeS, 4);
    if (p.track.valid()) {
        add(out, p.track.value);
    } else {
        out += ',';
    }
    addText(out, std::string(objectClassName(p.cls)));
    add(out, p.score, 4);
    add(out, p.box.x, 2);
    add(out, p.box.y, 2);
    add(out, p.box.w, 2);
    add(out, p.box.h, 2);
    if (p.poker) {
        add(out, p.poker->low.x, 2);
        add(out, p.poker->low.y, 2);
        add(out, p.poker->top.x, 2);
        add(out, p.poker->top.y, 2);
    } else {
        out += ",,,,";
    }
    out += p.immersed ? (*p.immersed ? "1," : "0,") : ",";
    out += p.predicted ? "1," : "0,";
    if (p.poker) {
        add(out, p.poker->lowScore, 3);
        add(out, p.poker->topScore, 3);
        add(out,
            p.poker->immersedScore >= 0 ? std::optional<double>(p.poker->immersedScore)
                                        : std::nullopt,
            3);
    } else {
        out += ",,,";
    }
    endLine(out);
}

QByteArray pointsText(const Tracks& tracks) {
    QByteArray out;
    for (const TrackPoint& p : tracks.points) {
        if (p.poker && p.immersed.value_or(false)) {
            out += '[' + QByteArray::number(p.poker->low.x, 'f', 1) + ',' +
                   QByteArray::number(p.poker->low.y, 'f', 1) + "]\n";
        }
    }
    return out;
}

}  // namespace cvd::report
