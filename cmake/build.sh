#!/bin/sh
# Sourced by ./run and ./test: packages, configure, build. Sets $build to the build folder.
preset=${CVD_PRESET:-release}
build=$root/build/$preset
sh "$root/cmake/ensure-packages.sh"

# Configure only when there is nothing to build with yet; ninja re-runs CMake by itself when a list changes.
# CI turns warnings into errors; a build folder that has them stays so, because another flag rebuilds everything.
warnings=OFF
[ "${CI:-}" = true ] && warnings=ON
if [ ! -f "$build/build.ninja" ] ||
    { [ $warnings = ON ] && ! grep -q "CVD_WARNINGS_AS_ERRORS:BOOL=ON" "$build/CMakeCache.txt"; }; then
    (cd "$root" && cmake --preset "$preset" -DCVD_WARNINGS_AS_ERRORS=$warnings)
fi
