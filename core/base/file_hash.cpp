#include "core/base/file_hash.h"

#include <array>
#include <fstream>
#include <memory>
#include <vector>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

namespace cvd {
namespace {

class Sha256 {
public:
    Sha256() : m_context(av_sha_alloc()) { av_sha_init(m_context.get(), 256); }
    void add(const void* data, size_t size) {
        av_sha_update(m_context.get(), static_cast<const std::uint8_t*>(data), size);
    }
    std::string hex() {
        std::array<std::uint8_t, 32> digest{};
        av_sha_final(m_context.get(), digest.data());
        static constexpr char kDigits[] = "0123456789abcdef";
        std::string text;
        for (const auto byte : digest) {
            text += kDigits[byte >> 4];
            text += kDigits[byte & 15];
        }
        return text;
    }

private:
    struct Free {
        void operator()(AVSHA* p) const { av_free(p); }
    };
    std::unique_ptr<AVSHA, Free> m_context;
};

}  // namespace

Result<std::string> sha256OfFile(const std::filesystem::path& file,
                                 const std::function<bool()>& cancelled) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core",
                   "The file %1 cannot be opened. Check that it exists and that you may read it."),
            {file.string()});
    }
    Sha256 hash;
    std::vector<char> buffer(4 << 20);
    while (in) {
        if (cancelled && cancelled()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        hash.add(buffer.data(), static_cast<size_t>(in.gcount()));
    }
    if (in.bad()) {
        return fail(
            ErrorKind::Environment,
            CVD_TR("core",
                   "Reading %1 failed half-way. Check the disk or the cable and try again."),
            {file.string()});
    }
    return hash.hex();
}

std::string sha256OfBytes(const void* data, size_t size) {
    Sha256 hash;
    hash.add(data, size);
    return hash.hex();
}

}  // namespace cvd
