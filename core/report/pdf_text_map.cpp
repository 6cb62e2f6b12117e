#include "core/report/pdf_text_map.h"

#include <map>

#include <QFile>
#include <QFont>
#include <QHash>
#include <QRawFont>
#include <QRegularExpression>
#include <QtEndian>

namespace cvd::report {
namespace {

using Glyphs = std::map<int, char16_t>;  // glyph of the embedded font -> character

// The tables are small; the pictures of the file are only mapped, never read.
struct File {
    QByteArray bytes;  // borrows the mapped memory
    QHash<int, qint64> offsets;
    int size = 0;
    qint64 xref = 0;
    QByteArray root, info;

    QByteArray object(int number) const {
        const qint64 at = offsets.value(number, -1);
        if (at < 0) {
            return {};
        }
        const qint64 end = bytes.indexOf("endobj", at);
        return end < 0 ? QByteArray() : bytes.mid(at, end - at);
    }
};

QByteArray firstMatch(const QByteArray& in, const char* pattern) {
    const auto match =
        QRegularExpression(QString::fromLatin1(pattern)).match(QString::fromLatin1(in));
    return match.hasMatch() ? match.captured(1).toLatin1() : QByteArray();
}

bool readCrossReferences(File& f) {
    const qint64 at = f.bytes.lastIndexOf("startxref");
    if (at < 0) {
        return false;
    }
    f.xref = f.bytes.mid(at + 9, 24).trimmed().split('\n').value(0).trimmed().toLongLong();
    if (f.xref <= 0 || f.xref >= f.bytes.size() || f.bytes.mid(f.xref, 4) != "xref") {
        return false;
    }
    const qint64 trailer = f.bytes.indexOf("trailer", f.xref);
    if (trailer < 0) {
        return false;
    }
    const QList<QByteArray> lines = f.bytes.mid(f.xref, trailer - f.xref).split('\n');
    f.size = lines.value(1).split(' ').value(1).toInt();
    for (int n = 0; n < f.size; ++n) {
        const QByteArray line = lines.value(n + 2);
        if (line.size() >= 18 && line[17] == 'n') {
            f.offsets[n] = line.left(10).toLongLong();
        }
    }
    const QByteArray tail = f.bytes.mid(trailer);
    f.root = firstMatch(tail, "/Root (\\d+ \\d+ R)");
    f.info = firstMatch(tail, "/Info (\\d+ \\d+ R)");
    return f.size > 0 && !f.root.isEmpty();
}

QByteArray unpacked(const File& f, int number) {
    const QByteArray object = f.object(number);
    const qsizetype begin = object.indexOf("stream\n");
    if (begin < 0) {
        return {};
    }
    const QByteArray dictionary = object.left(begin);
    const int lengthObject = firstMatch(dictionary, "/Length (\\d+) 0 R").toInt();
    const int length = lengthObject > 0
                           ? f.object(lengthObject).split('\n').value(1).trimmed().toInt()
                           : firstMatch(dictionary, "/Length (\\d+)").toInt();
    if (length <= 0) {
        return {};
    }
    QByteArray packed = object.mid(begin + 7, length);
    if (!dictionary.contains("/FlateDecode")) {
        return packed;
    }
    QByteArray head(4, 0);
    qToBigEndian<quint32>(quint32(length) * 8, head.data());
    return qUncompress(head + packed);
}

Glyphs parsed(const QByteArray& map) {
    Glyphs out;
    static const QRegularExpression kRange(QStringLiteral(
        "<([0-9a-fA-F]{4})>\\s*<([0-9a-fA-F]{4})>\\s*(?:<([0-9a-fA-F]{4})>|\\[([^\\]]*)\\])"));
    static const QRegularExpression kItem(QStringLiteral("<([0-9a-fA-F]{4})>"));
    const qsizetype from = map.indexOf("beginbfrange");
    auto it = kRange.globalMatch(QString::fromLatin1(map.mid(std::max<qsizetype>(from, 0))));
    while (it.hasNext()) {
        const auto m = it.next();
        const int a = m.captured(1).toInt(nullptr, 16), b = m.captured(2).toInt(nullptr, 16);
        if (!m.captured(3).isEmpty()) {
            const int first = m.captured(3).toInt(nullptr, 16);
            for (int g = a; g <= b; ++g) {
                out[g] = char16_t(first + g - a);
            }
            continue;
        }
        auto item = kItem.globalMatch(m.captured(4));
        for (int g = a; g <= b && item.hasNext(); ++g) {
            out[g] = char16_t(item.next().captured(1).toInt(nullptr, 16));
        }
    }
    return out;
}

QByteArray hex(int v) {
    return QByteArray::number(v, 16).rightJustified(4, '0');
}

QByteArray written(const Glyphs& glyphs) {
    QByteArray out =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << "
        "/Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS "
        "def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    constexpr std::size_t kMost = 100;  // entries a block, by the format's rules
    std::size_t left = glyphs.size(), in = 0;
    for (const auto& [glyph, character] : glyphs) {
        if (in == 0) {
            out += QByteArray::number(qulonglong(std::min(kMost, left))) + " beginbfchar\n";
        }
        out += '<' + hex(glyph) + "> <" + hex(character) + ">\n";
        --left;
        if (++in == kMost || left == 0) {
            out += "endbfchar\n";
            in = 0;
        }
    }
    return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// What each glyph of the printed font was drawn for.
QHash<quint32, QChar> drawnGlyphs(const QRawFont& font, const QSet<QChar>& drawn) {
    QHash<quint32, QChar> out;
    for (const QChar c : drawn) {
        const auto glyph = font.glyphIndexesForString(QString(c));
        if (glyph.size() == 1 && glyph[0] != 0) {
            out[glyph[0]] = c;
        }
    }
    return out;
}

bool corrected(Glyphs& glyphs, const QRawFont& font, const QHash<quint32, QChar>& byGlyph,
               const QSet<QChar>& drawn) {
    bool changed = false;
    for (auto& [glyph, character] : glyphs) {
        if (character == 0 || drawn.contains(QChar(character))) {
            continue;
        }
        const auto same = font.glyphIndexesForString(QString(QChar(character)));
        if (same.size() == 1 && byGlyph.contains(same[0])) {
            character = byGlyph[same[0]].unicode();
            changed = true;
        }
    }
    return changed;
}

}  // namespace

Status repairTextMap(const QString& pdf, const QSet<QChar>& drawn) {
    QFile file(pdf);
    const auto cannot = [&] {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                    {pdf.toStdString()}, file.errorString().toStdString());
    };
    if (!file.open(QIODevice::ReadWrite)) {
        return cannot();
    }
    const qint64 size = file.size();
    uchar* memory = file.map(0, size);
    if (!memory) {
        return cannot();
    }
    File f;
    f.bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(memory), size);
    QFont family(QStringLiteral("Noto Sans CJK SC"));
    const QRawFont font = QRawFont::fromFont(family);
    const auto byGlyph = drawnGlyphs(font, drawn);
    QByteArray objects, table;
    if (readCrossReferences(f)) {
        for (int n = 1; n < f.size; ++n) {
            // Only dictionaries are looked at: a stream's pictures may be large.
            const QByteArray head = f.bytes.mid(f.offsets.value(n, 0), 400);
            const qsizetype end = head.indexOf("endobj");
            if (end < 0 || !head.left(end).contains("/ToUnicode")) {
                continue;
            }
            const int map = firstMatch(head.left(end), "/ToUnicode (\\d+) 0 R").toInt();
            Glyphs glyphs = parsed(unpacked(f, map));
            if (!corrected(glyphs, font, byGlyph, drawn)) {
                continue;
            }
            const QByteArray packed = qCompress(written(glyphs), 9).mid(4);
            const qint64 at = size + objects.size();
            objects += QByteArray::number(map) + " 0 obj\n<<\n/Length " +
                       QByteArray::number(packed.size()) + "\n/Filter /FlateDecode\n>>\nstream\n" +
                       packed + "\nendstream\nendobj\n";
            table += QByteArray::number(map) + " 1\n" +
                     QByteArray::number(at).rightJustified(10, '0') + " 00000 n \n";
        }
    }
    if (!table.isEmpty()) {
        const qint64 at = size + objects.size();
        QByteArray tail = "xref\n" + table + "trailer\n<<\n/Size " + QByteArray::number(f.size) +
                          "\n/Root " + f.root;
        if (!f.info.isEmpty()) {
            tail += "\n/Info " + f.info;
        }
        tail += "\n/Prev " + QByteArray::number(f.xref) + "\n>>\nstartxref\n" +
                QByteArray::number(at) + "\n%%EOF\n";
        const QByteArray all = objects + tail;
        f.bytes.clear();
        file.unmap(memory);
        if (!file.seek(size) || file.write(all) != all.size() || !file.flush()) {
            return cannot();
        }
    }
    return {};
}

}  // namespace cvd::report
