#include "core/engine/cuda/driver.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <array>

namespace lathe::engine::cuda {
namespace {

constexpr int kMajorAttribute = 75, kMinorAttribute = 76;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, _MINOR

/// The few entries of the driver API that are needed; CUresult and CUdevice are ints.
struct Api {
    int (*init)(unsigned) = nullptr;
    int (*version)(int*) = nullptr;
    int (*count)(int*) = nullptr;
    int (*get)(int*, int) = nullptr;
    int (*name)(char*, int, int) = nullptr;
    int (*memory)(std::size_t*, int) = nullptr;
    int (*attribute)(int*, int, int) = nullptr;
    int (*text)(int, const char**) = nullptr;

    bool load(void* library) {
        const auto take = [&](auto& function, const char* symbol) {
            function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, symbol));
            return function != nullptr;
        };
        return take(init, "cuInit") && take(version, "cuDriverGetVersion") && take(count, "cuDeviceGetCount") &&
               take(get, "cuDeviceGet") && take(name, "cuDeviceGetName") && take(memory, "cuDeviceTotalMem_v2") &&
               take(attribute, "cuDeviceGetAttribute") && take(text, "cuGetErrorString");
    }
};

DriverCard cardAt(const Api& api, int index) {
    DriverCard card;
    int device = 0;
    std::array<char, 256> name{};
    std::size_t memory = 0;
    if (api.get(&device, index) != 0) return card;
    if (api.name(name.data(), int(name.size()), device) == 0) card.name = name.data();
    if (api.memory(&memory, device) == 0) card.memory = memory;
    (void)api.attribute(&card.major, kMajorAttribute, device);
    (void)api.attribute(&card.minor, kMinorAttribute, device);
    return card;
}

}  // namespace

Result<Driver> askDriver() {
    // Never closed: the driver keeps threads of its own.
    void* library = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return fail(ErrorCode::NotFound,
                    "no NVIDIA driver (libcuda.so.1) is installed: install the package nvidia-driver for your card");
    Api api;
    if (!api.load(library)) return fail(ErrorCode::EngineFailed, "the NVIDIA driver is too old: CUDA 13 needs 580 or newer");
    if (const int code = api.init(0); code != 0) {
        const char* text = nullptr;
        (void)api.text(code, &text);
        return fail(ErrorCode::EngineFailed,
                    fmt::format("the NVIDIA driver does not start ({}): is a card there and its kernel module loaded?",
                                text ? text : "unknown error"));
    }
    Driver driver;
    int count = 0;
    if (api.version(&driver.version) != 0 || api.count(&count) != 0)
        return fail(ErrorCode::EngineFailed, "the NVIDIA driver does not answer");
    for (int i = 0; i < count; ++i) driver.cards.push_back(cardAt(api, i));
    return driver;
}

}  // namespace lathe::engine::cuda
