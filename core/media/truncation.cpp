#include "core/media/truncation.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace cvd::media {
namespace {

constexpr int kMostParts = 100000;  // a file that claims more is not worth walking

// Reads at any place; short at the end of the file.
class Bytes {
public:
    explicit Bytes(const std::filesystem::path& file) : m_in(file, std::ios::binary) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file, error);
        m_size = error ? 0 : static_cast<std::int64_t>(size);
    }
    bool open() const { return m_in.is_open() && m_size > 0; }
    std::int64_t size() const { return m_size; }
    std::int64_t position() const { return m_position; }
    void seek(std::int64_t position) { m_position = position; }
    std::string read(std::size_t most) {
        std::string bytes(most, '\0');
        m_in.clear();
        m_in.seekg(m_position);
        m_in.read(bytes.data(), static_cast<std::streamsize>(most));
        bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, m_in.gcount())));
        m_position += static_cast<std::int64_t>(bytes.size());
        return bytes;
    }

private:
    std::ifstream m_in;
    std::int64_t m_size = 0, m_position = 0;
};

std::uint64_t bigEndian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
}

std::int64_t littleEndian32(std::string_view bytes) {
    std::int64_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

bool looksLikeBoxes(std::string_view head) {
    for (const std::string_view type : {"ftyp", "moov", "mdat", "wide", "free", "skip"}) {
        if (head.size() >= 8 && head.substr(4, 4) == type) {
            return true;
        }
    }
    return false;
}

// Top-level boxes: size (32 bit), type, and a 64-bit size when the first is 1; 0: up to the end.
std::int64_t missingInBoxes(Bytes& file) {
    std::int64_t position = 0;
    for (int i = 0; i < kMostParts && position < file.size(); ++i) {
        file.seek(position);
        const std::string head = file.read(16);
        const auto got = static_cast<std::int64_t>(head.size());
        if (got < 8) {
            return 8 - got;
        }
        std::uint64_t length = bigEndian(std::string_view(head).substr(0, 4));
        if (length == 0) {
            return 0;
        }
        if (length == 1) {
            if (got < 16) {
                return 16 - got;
            }
            length = bigEndian(std::string_view(head).substr(8, 8));
        }
        if (length < 8 || length > std::uint64_t{1} << 60) {
            return 0;  // not boxes after all
        }
        const std::int64_t left = file.size() - position;
        if (static_cast<std::int64_t>(length) > left) {
            return static_cast<std::int64_t>(length) - left;
        }
        position += static_cast<std::int64_t>(length);
    }
    return 0;
}

// A file of more than a gigabyte is several RIFF chunks in a row.
std::int64_t missingInRiff(Bytes& file) {
    std::int64_t position = 0;
    for (int i = 0; i < kMostParts && position + 8 <= file.size(); ++i) {
        file.seek(position);
        const std::string head = file.read(8);
        if (head.size() < 8 || !std::string_view(head).starts_with("RIFF")) {
            return 0;
        }
        const std::int64_t length = littleEndian32(std::string_view(head).substr(4));
        if (length == 0 || length == 0xffffffff) {
            return 0;  // written by a recorder that could not go back
        }
        if (position + 8 + length > file.size()) {
            return position + 8 + length - file.size();
        }
        position += 8 + length + (length & 1);
    }
    return 0;
}

// Reads an EBML number of 1 to 8 bytes; -1: broken, -2: "unknown size" (all value bits set).
std::int64_t ebmlNumber(Bytes& file, bool keepMarker) {
    const std::int64_t start = file.position();
    const std::string bytes = file.read(8);
    const unsigned first = bytes.empty() ? 0 : static_cast<unsigned char>(bytes[0]);
    std::size_t length = 1;
    while (length <= 8 && !(first & (0x80U >> (length - 1)))) {
        ++length;
    }
    if (length > bytes.size()) {
        return -1;
    }
    file.seek(start + static_cast<std::int64_t>(length));
    const std::uint64_t whole = bigEndian(std::string_view(bytes).substr(0, length));
    if (keepMarker) {
        return static_cast<std::int64_t>(whole);
    }
    const std::uint64_t mask = (std::uint64_t{1} << (7 * length)) - 1;
    return (whole & mask) == mask ? -2 : static_cast<std::int64_t>(whole & mask);
}

std::int64_t missingInMatroska(Bytes& file) {
    constexpr std::int64_t kSegment = 0x18538067;
    file.seek(0);
    for (int i = 0; i < 16; ++i) {
        const std::int64_t id = ebmlNumber(file, true);
        const std::int64_t length = ebmlNumber(file, false);
        if (id < 0 || length < 0) {
            return 0;
        }
        const std::int64_t end = file.position() + length;
        if (id == kSegment) {
            return std::max<std::int64_t>(0, end - file.size());
        }
        file.seek(end);
    }
    return 0;
}

}  // namespace

std::int64_t missingBytes(const std::filesystem::path& name) {
    Bytes file(name);
    if (!file.open()) {
        return 0;
    }
    const std::string head = file.read(12);
    if (std::string_view(head).starts_with("RIFF")) {
        return missingInRiff(file);
    }
    if (std::string_view(head).starts_with("\x1a\x45\xdf\xa3")) {
        return missingInMatroska(file);
    }
    return looksLikeBoxes(head) ? missingInBoxes(file) : 0;
}

}  // namespace cvd::media
