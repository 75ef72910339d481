#!/usr/bin/env bash
# A real Triton for tests/core/tst_triton and tests/app/tst_triton_digits: the server that PyTriton carries, with its python backend and ONNX Runtime.
#   tests/support/triton.sh setup [FOLDER]                 once; ~400 MB from PyPI (default ~/.cache/lathe/triton)
#   tests/support/triton.sh run FOLDER REPOSITORY PORT     serves REPOSITORY on 127.0.0.1 until it is killed
set -euo pipefail
case ${1:-} in
  setup)
    folder=${2:-${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}/triton}
    python3.11 -m venv "$folder/venv"
    # numpy 2 has another array layout than the one this server was built for: its outputs would be wrong.
    "$folder/venv/bin/pip" install -q --disable-pip-version-check nvidia-pytriton==0.7.0 onnxruntime==1.32.0 "numpy<2"
    site=$folder/venv/lib/python3.11/site-packages
    mkdir -p "$folder/backends"
    cp -r "$site/pytriton/tritonserver/backends/python" "$folder/backends/"
    cp "$site/pytriton/tritonserver/python_backend_stubs/3.11/triton_python_backend_stub" "$folder/backends/python/"
    echo "Triton is in $folder"
    ;;
  run)
    folder=$2
    site=$folder/venv/lib/python3.11/site-packages
    export LD_LIBRARY_PATH=$site/nvidia_pytriton.libs PATH=$folder/venv/bin:$PATH
    exec "$site/pytriton/tritonserver/bin/tritonserver" --model-repository="$3" --backend-directory="$folder/backends" \
      --model-control-mode=explicit --http-address=127.0.0.1 --http-port="$4" --allow-grpc=false --allow-metrics=false
    ;;
  *) sed -n 2,4p "$0"; exit 2 ;;
esac
