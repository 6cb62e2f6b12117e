// Colours, spacing and icons: one table for both themes. GUI thread only.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QWidget;

namespace cvd::ui {

enum class ThemeChoice { System, Light, Dark };

struct Tokens {
    QColor window, surface, raised;
    QColor text, muted, line;
    QColor accent, onAccent;
    QColor critical, major, minor, pass,
        unknown;  // severities; unknown: cannot judge, not observed
};

const Tokens& lightTokens();
const Tokens& darkTokens();
const Tokens& tokens();  // of the theme in force
bool isDark();

// Sets palette, style and style sheet of the application; every widget follows at once.
void applyTheme(ThemeChoice choice);
ThemeChoice themeChoice();
ThemeChoice themeFromName(const QString& name);  // "system", "light", "dark"

// Behind selected rows.
QColor selectionTint(const Tokens& tokens);

// WCAG 2.1 contrast ratio, 1..21.
double contrastRatio(const QColor& a, const QColor& b);

// One of our own pictures (resources/icons/<name>.svg) in the theme's text colour, or in `colour`.
QIcon icon(const QString& name, const QColor& colour = {});

// Steps of the layout.
inline constexpr int kGap = 8, kGroupGap = 16, kPageEdge = 24;

}  // namespace cvd::ui
