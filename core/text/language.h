// A language for a document, whatever the user interface speaks: a Chinese report can be written
// from an English program. The texts are those that translations/ compiles in; a program without
// them writes English. An object belongs to one thread at a time; any thread.
#pragma once

#include <memory>

#include <QLocale>
#include <QString>

#include "core/base/result.h"
#include "core/base/types.h"

class QTranslator;

namespace cvd::text {

class Language {
public:
    // "en", "zh_CN"; "zh" is taken for the latter, anything else for English.
    explicit Language(const QString& code);
    ~Language();
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

    const QString& code() const { return m_code; }
    bool chinese() const { return m_code != QLatin1String("en"); }
    const QLocale& locale() const { return m_locale; }

    QString words(const char* context, const char* text) const;
    QString rule(const std::string& rule) const;
    QString verdict(Verdict verdict) const;
    QString severity(Severity severity) const;
    QString reason(const Violation& violation) const;
    QString falseAlarmReason(const QString& keyOrText) const;
    QString sentence(const std::string& pattern, const std::vector<std::string>& arguments) const;

private:
    QString m_code;
    QLocale m_locale;
    std::unique_ptr<QTranslator> m_translator;
};

}  // namespace cvd::text
