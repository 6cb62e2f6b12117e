#!/bin/sh
# Sourced by ./run and ./test: packages, configure, build. Sets $build to the build folder.
preset=${CVD_PRESET:-release}
build=$root/build/$preset
sh "$root/cmake/ensure-packages.sh"

# Configure only when there is nothing to build with yet; ninja re-runs CMake by itself when a list changes.
warnings=OFF
[ "${CI:-}" = true ] && warnings=ON
if [ ! -f "$build/build.ninja" ] || ! grep -q "CVD_WARNINGS_AS_ERRORS:BOOL=$warnings" "$build/CMakeCache.txt"; then
    (cd "$root" && cmake --preset "$preset" -DCVD_WARNINGS_AS_ERRORS=$warnings)
fi
