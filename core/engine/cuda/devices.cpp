#include "core/engine/cuda/devices.h"

#include <ATen/Version.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/engine/cuda/driver.h"

namespace lathe::engine::cuda {
namespace {

namespace fs = std::filesystem;
constexpr int kNeededDriver = 13000;  ///< libtorch 2.11 is built with CUDA 13.0

Device processor() {
    Device device{"cpu", "processor", "cpu", 0};
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("model name")) {
            device.name = line.substr(line.find(':') + 2);
            break;
        }
    device.memory = std::uint64_t(::sysconf(_SC_PHYS_PAGES)) * std::uint64_t(::sysconf(_SC_PAGE_SIZE));
    return device;
}

/// LATHE_CUDA_PLUGIN, beside the program, in ../lib/lathe.
fs::path findPlugin() {
    if (const char* given = std::getenv("LATHE_CUDA_PLUGIN")) return given;
    std::error_code error;
    const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const fs::path& place : {here, here / "../lib/lathe", here / "../lib"})
        if (fs::exists(place / "liblathe_cuda.so", error)) return (place / "liblathe_cuda.so").lexically_normal();
    return {};
}

std::atomic<const CardTable*> theTable{nullptr};

/// Opened once and never closed (libtorch_cuda doesn't survive it).
Result<int> openPlugin() {
    static const Result<int> opened = []() -> Result<int> {
        const fs::path plugin = findPlugin();
        if (plugin.empty())
            return fail(ErrorCode::NotFound,
                        "liblathe_cuda.so was not built: install the CUDA toolkit 13.0 (nvcc) and build with LATHE_CUDA=ON");
        void* library = ::dlopen(plugin.c_str(), RTLD_NOW | RTLD_GLOBAL);
        if (!library) return fail(ErrorCode::EngineFailed, fmt::format("the CUDA plugin can't be loaded: {}", ::dlerror()));
        const auto open = reinterpret_cast<LatheCudaOpen>(::dlsym(library, kLatheCudaOpen));
        const auto table = reinterpret_cast<LatheCudaTable>(::dlsym(library, kLatheCudaTable));
        if (!open || !table || table()->size != sizeof(CardTable))
            return fail(ErrorCode::EngineFailed, "the CUDA plugin is of another version: build it again", plugin.string());
        int count = 0;
        std::array<char, 1024> message{};
        if (open(&count, message.data(), message.size()) != 0)
            return fail(ErrorCode::EngineFailed, fmt::format("torch can't use the card: {}", message.data()));
        theTable = table();
        return count;
    }();
    return opened;
}

Check driverCheck(const Result<Driver>& driver) {
    if (!driver) return {"driver", false, driver.error().message};
    const int major = driver->version / 1000, minor = driver->version % 1000 / 10;
    if (driver->version < kNeededDriver)
        return {"driver", false,
                fmt::format("the NVIDIA driver speaks CUDA {}.{}, 13.0 is needed: install driver 580 or newer", major, minor)};
    return {"driver", true, fmt::format("CUDA {}.{}", major, minor)};
}

Check cardCheck(const Result<Driver>& driver) {
    if (!driver || driver->cards.empty()) return {"card", false, "no NVIDIA card was found: training runs on the processor"};
    std::string names;
    for (const DriverCard& card : driver->cards) names += (names.empty() ? "" : ", ") + card.name;
    if (driver->cards.front().major * 10 + driver->cards.front().minor < 75)
        return {"card", false, fmt::format("{} is older than Turing (compute capability 7.5), which CUDA 13 needs", names)};
    return {"card", true, names};
}

Check pluginCheck(bool open) {
    const fs::path plugin = findPlugin();
    if (plugin.empty())
        return {"plugin", false,
                "liblathe_cuda.so was not built: install the CUDA toolkit 13.0 (nvcc) and build with LATHE_CUDA=ON"};
    if (!open) return {"plugin", true, plugin.string()};
    const auto opened = openPlugin();
    return {"plugin", opened.has_value(), opened ? fmt::format("{}, {} card(s)", plugin.string(), *opened) : opened.error().text()};
}

}  // namespace

bool Machine::hasCard() const {
    return std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.ok; }) && devices.size() > 1;
}

std::string Machine::whyNoCard() const {
    for (const Check& check : checks)
        if (!check.ok) return check.message;
    return {};
}

Machine lookAtMachine(bool full) {
    Machine machine;
    machine.devices.push_back(processor());
    machine.checks.push_back(
        {"processor", true, fmt::format("{} threads, {}", std::thread::hardware_concurrency(), at::get_cpu_capability())});
    const auto driver = askDriver();
    machine.checks.push_back(driverCheck(driver));
    machine.checks.push_back(cardCheck(driver));
    const bool usable = machine.checks[1].ok && machine.checks[2].ok;
    machine.checks.push_back(pluginCheck(full && usable));
    if (driver)
        for (std::size_t i = 0; i < driver->cards.size(); ++i)
            machine.devices.push_back({fmt::format("cuda:{}", i), driver->cards[i].name, "cuda", driver->cards[i].memory});
    return machine;
}

Result<std::string> chooseDevice(const std::string& wanted) {
    if (wanted == "cpu") return std::string("cpu");
    const Machine machine = lookAtMachine(true);
    if (wanted == "auto" || wanted.empty()) return machine.hasCard() ? std::string("cuda:0") : std::string("cpu");
    if (!machine.hasCard())
        return fail(ErrorCode::Unsupported, fmt::format("the device {} can't be used: {}", wanted, machine.whyNoCard()), "device");
    const std::string id = wanted == "cuda" ? "cuda:0" : wanted;
    for (const Device& device : machine.devices)
        if (device.id == id || device.name == id) return device.id;
    return fail(ErrorCode::InvalidArgument,
                fmt::format("there is no device {}; there are {} cards", wanted, machine.devices.size() - 1), "device");
}

const CardTable* cardTable() {
    return theTable;
}

Json toJson(const Machine& machine) {
    Json devices = Json::array(), checks = Json::array();
    for (const Device& device : machine.devices)
        devices.push_back({{"name", device.name}, {"kind", device.kind}, {"memory", device.memory}, {"id", device.id}});
    for (const Check& check : machine.checks)
        checks.push_back({{"name", check.name}, {"ok", check.ok}, {"message", check.message}});
    return {{"devices", devices}, {"checks", checks}};
}

}  // namespace lathe::engine::cuda
