# Imported targets over an unpacked PyTorch wheel: LibTorch::cpu (torch_cpu, c10) and LibTorch::cuda (torch_cuda, c10_cuda).
# LATHE_TORCH_DIR is the folder that holds torch/ and nvidia/ (installer/setup.sh makes it). Not find_package(Torch): that
# demands CUDA and edits global flags.
set(LATHE_TORCH_DIR "$ENV{LATHE_TORCH_DIR}" CACHE PATH "Folder with the unpacked torch wheel")
if(NOT LATHE_TORCH_DIR)
  set(LATHE_TORCH_DIR "$ENV{HOME}/.cache/lathe/torch-2.11.0" CACHE PATH "" FORCE)
endif()
set(torch_lib ${LATHE_TORCH_DIR}/torch/lib)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch REQUIRED_VARS LATHE_TORCH_DIR
  REASON_FAILURE_MESSAGE "run installer/setup.sh, or set LATHE_TORCH_DIR")
if(NOT EXISTS ${torch_lib}/libtorch_cpu.so)
  message(FATAL_ERROR "No libtorch at ${LATHE_TORCH_DIR}: run installer/setup.sh, or set LATHE_TORCH_DIR")
endif()
set(LATHE_CUDA_LIB_DIRS ${LATHE_TORCH_DIR}/nvidia/cu13/lib /usr/local/cuda/lib64)
if(NOT TARGET LibTorch::cpu)
  add_library(LibTorch::c10 SHARED IMPORTED GLOBAL)
  set_target_properties(LibTorch::c10 PROPERTIES IMPORTED_LOCATION ${torch_lib}/libc10.so IMPORTED_NO_SONAME ON)
  add_library(LibTorch::cpu SHARED IMPORTED GLOBAL)
  set_target_properties(LibTorch::cpu PROPERTIES IMPORTED_LOCATION ${torch_lib}/libtorch_cpu.so
    INTERFACE_LINK_LIBRARIES LibTorch::c10
    INTERFACE_COMPILE_DEFINITIONS "_GLIBCXX_USE_CXX11_ABI=1")
  set(torch_include ${LATHE_TORCH_DIR}/torch/include ${LATHE_TORCH_DIR}/torch/include/torch/csrc/api/include)
  target_include_directories(LibTorch::cpu SYSTEM INTERFACE ${torch_include})
  foreach(dir ${torch_lib} ${LATHE_CUDA_LIB_DIRS})
    target_link_options(LibTorch::cpu INTERFACE -Wl,-rpath-link,${dir} -Wl,-rpath,${dir})
  endforeach()
  target_link_options(LibTorch::cpu INTERFACE -Wl,--disable-new-dtags)
  add_library(LibTorch::cuda INTERFACE IMPORTED GLOBAL)
  target_link_libraries(LibTorch::cuda INTERFACE LibTorch::cpu ${torch_lib}/libtorch_cuda.so ${torch_lib}/libc10_cuda.so)
endif()
