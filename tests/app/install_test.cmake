# Installs the build into an empty folder and runs what lies there.
function(must_run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "${ARGN}: ${code}\n${out}")
    endif()
endfunction()

file(REMOVE_RECURSE "${PREFIX}")
must_run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${PREFIX}")
foreach(file share/applications/io.github.cvd_mis.CvdMis.desktop
             share/metainfo/io.github.cvd_mis.CvdMis.metainfo.xml
             share/icons/hicolor/scalable/apps/io.github.cvd_mis.CvdMis.svg)
    if(NOT EXISTS "${PREFIX}/${file}")
        message(FATAL_ERROR "${file} is not installed")
    endif()
endforeach()
set(ENV{CVD_MIS_DATA_DIR} "${PREFIX}/data")
set(ENV{CVD_MIS_CONFIG_DIR} "${PREFIX}/config")
must_run("${PREFIX}/bin/cvd-mis" model check "${PREFIX}/share/cvd-mis/models/cvd-n.json")
must_run("${PREFIX}/bin/cvd-mis" detect "${PREFIX}/share/cvd-mis/sample/pour.mp4" --range 0-5
         --out "${PREFIX}/result" --no-video)
must_run("${PREFIX}/bin/cvd-mis" --exit-after-startup)
