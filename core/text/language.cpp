#include "core/text/language.h"

#include <QTranslator>

#include "core/text/text.h"

namespace cvd::text {

Language::Language(const QString& code)
    : m_code(code.startsWith(QLatin1String("zh")) ? QStringLiteral("zh_CN") : QStringLiteral("en")),
      m_locale(m_code),
      m_translator(std::make_unique<QTranslator>()) {
    (void)m_translator->load(QStringLiteral(":/i18n/cvd_%1.qm").arg(m_code));
}

Language::~Language() = default;

QString Language::words(const char* context, const char* text) const {
    const QString found = m_translator->translate(context, text);
    return found.isEmpty() ? QString::fromUtf8(text) : found;
}

QString Language::rule(const std::string& rule) const {
    const char* label = ruleLabel(rule);
    return label ? words("core", label) : QString::fromStdString(rule);
}

QString Language::verdict(Verdict verdict) const {
    return words("core", verdictLabel(verdict));
}

QString Language::severity(Severity severity) const {
    return words("core", severityLabel(severity));
}

QString Language::reason(const Violation& violation) const {
    return sentence(violation.reason, violation.reasonArgs);
}

QString Language::falseAlarmReason(const QString& keyOrText) const {
    const char* label = falseAlarmLabel(keyOrText);
    return label ? words("core", label) : keyOrText;
}

QString Language::sentence(const std::string& pattern,
                           const std::vector<std::string>& arguments) const {
    return filledIn(words("core", pattern.c_str()), arguments);
}

}  // namespace cvd::text
