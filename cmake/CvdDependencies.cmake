# Every third-party package, found once at the top so that all folders see the same targets.
find_package(Threads REQUIRED)
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs calib3d video)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswresample libswscale)
find_package(nlohmann_json REQUIRED)

if(NOT CVD_ONLY_TORCH)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Sql Widgets Svg Charts Concurrent Multimedia PrintSupport LinguistTools)
    pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
    pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
    pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
    # Optional: without it a database server's password is asked for, or read from a file.
    find_package(Qt6Keychain QUIET)
    if(CVD_BUILD_TESTS)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    endif()
endif()
