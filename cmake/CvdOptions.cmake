# Flags that every target of ours carries, in one INTERFACE target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CVD_CCACHE ccache)
if(CVD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers need the first setting; base_dir lets two checkouts share one cache.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime"
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 ${CVD_CCACHE})
endif()
find_program(CVD_MOLD mold)
if(CVD_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12)
    add_link_options(-fuse-ld=mold)
endif()

add_library(cvd_options INTERFACE)
target_include_directories(cvd_options INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
target_compile_options(cvd_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
# torch's headers use `slots` and `signals` as names; Qt's macros of that name must not exist.
target_compile_definitions(cvd_options INTERFACE QT_NO_KEYWORDS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
                           CVD_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees overlapping copies in std::string where there are none (GCC bug 105651).
    target_compile_options(cvd_options INTERFACE -Wno-restrict)
endif()
if(CVD_WARNINGS_AS_ERRORS)
    target_compile_options(cvd_options INTERFACE -Werror)
endif()
if(CVD_SANITIZE)
    add_compile_options(-fsanitize=${CVD_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${CVD_SANITIZE})
endif()
