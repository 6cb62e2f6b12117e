// Errors as values. Every module edge returns Result<T>; exceptions of OpenCV, torch and the
// standard library end where they are called.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// Marks a user-visible English text so that lupdate extracts it (CMake passes
// `-tr-function-alias QT_TRANSLATE_NOOP+=CVD_TR`). The context is always "core".
#define CVD_TR(context, text) text

namespace cvd {

// The numbers are the exit codes of the command line.
enum class ErrorKind {
    Usage = 2,        // the caller asked for something that makes no sense
    BadInput = 3,     // unreadable video, broken calibration, unknown profile or model
    Environment = 4,  // database, disk, device
    Cancelled = 5,
};

// One plain sentence: what, where, what to do. `text` is the untranslated pattern with %1..%9;
// the user interface translates pattern and fills in `args` (see core/text/text.h).
struct Error {
    ErrorKind kind = ErrorKind::Environment;
    std::string text;
    std::vector<std::string> args;
    std::string detail;  // for logs and "Details": what the library said, never translated

    // English sentence with the arguments filled in.
    std::string message() const;
};

// Example: return fail(ErrorKind::BadInput, CVD_TR("core", "%1 has no video stream."), {path});
Error fail(ErrorKind kind, std::string text, std::vector<std::string> args = {},
           std::string detail = {});

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_data(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_data(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_data.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return std::get<0>(m_data); }
    const T& value() const& { return std::get<0>(m_data); }
    T&& value() && { return std::get<0>(std::move(m_data)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::get<0>(std::move(m_data)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return std::get<1>(m_data); }

private:
    std::variant<T, Error> m_data;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}
    bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

}  // namespace cvd

// Early return of an error: CVD_TRY(status) and CVD_TRY_ASSIGN(auto x, expression).
#define CVD_CONCAT_INNER(a, b) a##b
#define CVD_CONCAT(a, b) CVD_CONCAT_INNER(a, b)
#define CVD_TRY(expression)                                   \
    do {                                                      \
        if (auto cvdStatus = (expression); !cvdStatus.ok()) { \
            return cvdStatus.error();                         \
        }                                                     \
    } while (false)
#define CVD_TRY_ASSIGN_INNER(temporary, target, expression) \
    auto temporary = (expression);                          \
    if (!temporary.ok()) {                                  \
        return temporary.error();                           \
    }                                                       \
    target = std::move(temporary).value()
#define CVD_TRY_ASSIGN(target, expression) \
    CVD_TRY_ASSIGN_INNER(CVD_CONCAT(cvdResult, __LINE__), target, expression)
