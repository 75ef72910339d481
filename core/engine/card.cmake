# LATHE_CARD: what runs on a machine that has a card, torch in its Python, nvcc and CMake, and nothing else (no Qt, OpenCV, OpenSSL,
# SOCI). tests/gpu.sh carries the header-only libraries in LATHE_CARD_HEADERS.
set(LATHE_CARD_HEADERS ${CMAKE_SOURCE_DIR}/.card CACHE PATH "include/ (nlohmann, tl) and base/ (fmt, spdlog)")
if(NOT LATHE_TORCH_DIR)
  execute_process(COMMAND python3 -c "import os, torch; print(os.path.dirname(os.path.dirname(torch.__file__)))"
    OUTPUT_VARIABLE torch_dir OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(LATHE_TORCH_DIR ${torch_dir} CACHE PATH "Folder with the unpacked torch wheel" FORCE)
endif()
find_package(LibTorch REQUIRED)
# The wheel's libraries find each other at run time; the linker need not.
target_link_options(LibTorch::cpu INTERFACE -Wl,--unresolved-symbols=ignore-in-shared-libs)

file(GLOB base_sources ${CMAKE_SOURCE_DIR}/core/base/*.cpp)
list(FILTER base_sources EXCLUDE REGEX "/hash\\.cpp$")  # SHA-256 needs OpenSSL
add_library(lathe_base STATIC ${base_sources})
target_include_directories(lathe_base SYSTEM PUBLIC ${LATHE_CARD_HEADERS}/include PRIVATE ${LATHE_CARD_HEADERS}/base)
target_compile_definitions(lathe_base PRIVATE FMT_HEADER_ONLY SPDLOG_FMT_EXTERNAL)
target_link_libraries(lathe_base PUBLIC lathe_flags Threads::Threads)

set(runs ${CMAKE_SOURCE_DIR}/core/runs)
file(GLOB figures ${runs}/figures/*.cpp)
add_library(lathe_runs STATIC ${figures} ${runs}/event_log.cpp ${runs}/run_spec.cpp ${runs}/run_folder.cpp ${runs}/run_history.cpp ${runs}/checkpoints.cpp ${runs}/fields.cpp ${runs}/catalogue.cpp ${runs}/validation.cpp)
target_include_directories(lathe_runs SYSTEM PRIVATE ${LATHE_CARD_HEADERS}/base)
target_compile_definitions(lathe_runs PRIVATE FMT_HEADER_ONLY)
target_link_libraries(lathe_runs PUBLIC lathe_base)

set(LATHE_ENGINE_ROOMS nn eval explain profile train dist cuda)
add_subdirectory(core/engine)
add_executable(card_check tests/engine/card_check.cpp)
target_link_libraries(card_check PRIVATE lathe_engine_train lathe_engine_explain lathe_engine_cuda)
