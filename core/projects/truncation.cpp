#include "core/projects/truncation.h"

#include <QFile>
#include <QtEndian>
#include <algorithm>

namespace cvd::projects {
namespace {

constexpr int kMostParts = 100000;  // a file that claims more is not worth walking

qint64 overrun(qint64 end, qint64 size) {
    return std::max<qint64>(0, end - size);
}

bool looksLikeBoxes(const QByteArray& head) {
    const QByteArray type = head.mid(4, 4);
    return type == "ftyp" || type == "moov" || type == "mdat" || type == "wide" || type == "free" ||
           type == "skip";
}

// Top-level boxes: size (32 bit), type, and a 64-bit size when the first is 1; 0: up to the end.
qint64 missingInBoxes(QFile& file) {
    const qint64 size = file.size();
    qint64 position = 0;
    for (int i = 0; i < kMostParts && position < size; ++i) {
        if (!file.seek(position)) {
            return 0;
        }
        const QByteArray head = file.read(16);
        if (head.size() < 8) {
            return 8 - head.size();
        }
        qint64 length = qFromBigEndian<quint32>(head.constData());
        if (length == 0) {
            return 0;
        }
        if (length == 1) {
            if (head.size() < 16) {
                return 16 - head.size();
            }
            length = qFromBigEndian<qint64>(head.constData() + 8);
        }
        if (length < 8) {
            return 0;  // not boxes after all
        }
        if (length > size - position) {
            return overrun(length, size - position);
        }
        position += length;
    }
    return 0;
}

// A file of more than a gigabyte is several RIFF chunks in a row.
qint64 missingInRiff(QFile& file) {
    const qint64 size = file.size();
    qint64 position = 0;
    for (int i = 0; i < kMostParts && position + 8 <= size; ++i) {
        if (!file.seek(position)) {
            return 0;
        }
        const QByteArray head = file.read(8);
        if (!head.startsWith("RIFF")) {
            return 0;
        }
        const qint64 length = qFromLittleEndian<quint32>(head.constData() + 4);
        if (length == 0 || length == 0xffffffff) {
            return 0;  // written by a recorder that could not go back
        }
        if (position + 8 + length > size) {
            return overrun(position + 8 + length, size);
        }
        position += 8 + length + (length & 1);
    }
    return 0;
}

// Reads an EBML number of 1 to 8 bytes; -1: broken, -2: "unknown size" (all value bits set).
qint64 ebmlNumber(QFile& file, bool keepMarker) {
    char first = 0;
    if (!file.getChar(&first)) {
        return -1;
    }
    const auto byte = static_cast<quint8>(first);
    int length = 1;
    while (length <= 8 && !(byte & (0x80 >> (length - 1)))) {
        ++length;
    }
    if (length > 8) {
        return -1;
    }
    const int mask = (0x80 >> (length - 1)) - 1;
    quint64 value = keepMarker ? byte : byte & mask;
    bool allSet = (byte & mask) == mask;
    for (int i = 1; i < length; ++i) {
        char next = 0;
        if (!file.getChar(&next)) {
            return -1;
        }
        allSet = allSet && static_cast<quint8>(next) == 0xff;
        value = value << 8 | static_cast<quint8>(next);
    }
    return allSet && !keepMarker ? -2 : static_cast<qint64>(value);
}

qint64 missingInMatroska(QFile& file) {
    constexpr qint64 kSegment = 0x18538067;
    file.seek(0);
    for (int i = 0; i < 16; ++i) {
        const qint64 id = ebmlNumber(file, true);
        const qint64 length = ebmlNumber(file, false);
        if (id < 0 || length < 0) {
            return 0;
        }
        if (id == kSegment) {
            return overrun(file.pos() + length, file.size());
        }
        if (!file.seek(file.pos() + length)) {
            return 0;
        }
    }
    return 0;
}

}  // namespace

qint64 missingBytes(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray head = file.read(12);
    if (head.startsWith("RIFF")) {
        return missingInRiff(file);
    }
    if (head.startsWith("\x1a\x45\xdf\xa3")) {
        return missingInMatroska(file);
    }
    return looksLikeBoxes(head) ? missingInBoxes(file) : 0;
}

}  // namespace cvd::projects
