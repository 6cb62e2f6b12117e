#!/bin/sh
# Extracts every user-visible text into the .ts files. Translate what it adds, then build.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
lupdate=$(command -v lupdate6 || ls /usr/lib/qt6/bin/lupdate 2>/dev/null || command -v lupdate)
cd "$root"
extract() {
    # -I: without the headers lupdate files every text under a class without its namespace, where
    # the program does not look.
    "$lupdate" -silent -I . -locations none -no-obsolete -tr-function-alias QT_TRANSLATE_NOOP+=CVD_TR "$@"
}
extract core ui app -extensions h,cpp -ts translations/cvd_zh_CN.ts
extract -pluralonly core ui app -extensions h,cpp -ts translations/cvd_en.ts
