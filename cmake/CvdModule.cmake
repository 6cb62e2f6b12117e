# cvd_add_module(NAME <folder> SOURCES <files> [PUBLIC <libs>] [PRIVATE <libs>])
# Makes the static library cvd_<name>. Give our own modules and third-party targets under PUBLIC or PRIVATE.
function(cvd_add_module)
    cmake_parse_arguments(M "" "NAME" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(cvd_${M_NAME} STATIC ${M_SOURCES})
    target_link_libraries(cvd_${M_NAME} PUBLIC cvd_options ${M_PUBLIC} PRIVATE ${M_PRIVATE})
endfunction()

# cvd_add_test(NAME <name> SOURCES <files> [LIBS <libs>] [LABELS <labels>] [TIMEOUT <s>])
# One executable per subject; GUI tests run on the offscreen platform.
function(cvd_add_test)
    cmake_parse_arguments(T "" "NAME;TIMEOUT" "SOURCES;LIBS;LABELS;ENV" ${ARGN})
    add_executable(${T_NAME} ${T_SOURCES})
    set_target_properties(${T_NAME} PROPERTIES AUTOMOC ON)
    target_link_libraries(${T_NAME} PRIVATE cvd_options Qt6::Test ${T_LIBS})
    target_compile_definitions(${T_NAME} PRIVATE
        CVD_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CVD_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${T_NAME} COMMAND ${T_NAME})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 300)
    endif()
    set_tests_properties(${T_NAME} PROPERTIES LABELS "${T_LABELS}" TIMEOUT ${T_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;${T_ENV}")
endfunction()
