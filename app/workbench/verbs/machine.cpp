#include "app/workbench/verbs/machine.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/statvfs.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/workbench/verbs/table.h"

namespace lathe::verbs {

namespace {

namespace fs = std::filesystem;

Json check(const char* name, bool ok, std::string message) {
    return {{"name", name}, {"ok", ok}, {"message", std::move(message)}};
}

std::string lineOf(const char* file, std::string_view key) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(key)) return line.substr(line.find(':') + 1);
    return {};
}

Json processor() {
    std::istringstream flags(lineOf("/proc/cpuinfo", "flags"));
    std::string features;
    bool avx2 = false;
    for (std::string flag; flags >> flag;) {
        if (flag == "avx2") avx2 = true;
        for (const char* told : {"avx2", "fma", "avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16"})
            if (flag == told) features += (features.empty() ? "" : " ") + flag;
    }
    const std::string name = lineOf("/proc/cpuinfo", "model name");
    const std::string words = fmt::format("{} threads,{} ({})", std::thread::hardware_concurrency(),
                                          name.empty() ? " unknown" : name, features.empty() ? "no vector features" : features);
    return check("cpu", avx2, avx2 ? words : words + "; without AVX2 training is several times slower");
}

Json memory() {
    const double free = std::strtod(lineOf("/proc/meminfo", "MemAvailable").c_str(), nullptr) * 1024;
    const double all = std::strtod(lineOf("/proc/meminfo", "MemTotal").c_str(), nullptr) * 1024;
    const bool enough = free > 2e9;
    return check("memory", enough,
                 fmt::format("{} of {} free{}", sizeText(free), sizeText(all),
                             enough ? "" : "; training needs about 2 GB, close other programs"));
}

Json disk() {
    struct statvfs status {};
    std::error_code ignored;
    const fs::path here = fs::current_path(ignored);
    if (::statvfs(here.c_str(), &status) != 0) return check("disk", false, "the current folder's disk can't be asked");
    const double free = double(status.f_bavail) * double(status.f_frsize);
    return check(
        "disk", free > 5e9,
        fmt::format("{} free at {}{}", sizeText(free), here.string(), free > 5e9 ? "" : "; runs and packages need some GB"));
}

/// Is there a card, is there a driver; what to install when not.
Json card(const Json& devices) {
    for (const Json& device : devices)
        if (device.value("kind", "") == "cuda")
            return check("gpu", true, fmt::format("{} is used", device.value("name", "the card")));
    std::error_code ignored;
    bool there = false;
    for (const auto& device : fs::directory_iterator("/sys/bus/pci/devices", ignored)) {
        std::string vendor, kind;
        std::ifstream(device.path() / "vendor") >> vendor;
        std::ifstream(device.path() / "class") >> kind;
        there = there || (vendor == "0x10de" && kind.starts_with("0x03"));
    }
    void* driver = ::dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (driver) ::dlclose(driver);
    if (driver)
        return check("gpu", false,
                     "there is an NVIDIA driver, but the engine can't use it: its CUDA plugin (liblathe_cuda.so) is not built or "
                     "finds no card");
    if (there)
        return check("gpu", false,
                     "there is an NVIDIA card but no driver (libcuda.so.1): install Debian's package nvidia-driver (580 or newer, "
                     "for CUDA 13) and restart");
    return check("gpu", false,
                 "no NVIDIA card or driver was found; everything runs on the CPU. With a card, install the package nvidia-driver "
                 "(580 or newer)");
}

Json sampleData() {
    static constexpr const char* file = "/usr/share/doc/opencv-doc/examples/data/digits.png";
    std::error_code ignored;
    const bool there = fs::exists(file, ignored);
    return check("samples", there,
                 there ? "the digits sample set can be written" : "the digits need Debian's opencv-doc: apt install opencv-doc");
}

}  // namespace

Json examineMachine(rpc::Engine& engine) {
    const auto answer = engine.handshake();
    Json result = {{"engine", {{"version", nullptr}, {"torch", nullptr}}}, {"devices", Json::array()}, {"checks", Json::array()}};
    if (answer) {
        const Json own = answer->contains("engine") ? (*answer)["engine"] : Json::object();
        for (const auto& [key, value] : own.items()) result["engine"][key] = value;
        if (answer->contains("devices")) result["devices"] = (*answer)["devices"];
        result["checks"].push_back(check("engine", true, "lathe-engine answers"));
    } else {
        result["checks"].push_back(check("engine", false, answer.error().text()));
    }
    for (Json& one : std::vector<Json>{processor(), memory(), disk(), card(result["devices"]), sampleData()})
        result["checks"].push_back(one);
    if (answer && answer->contains("checks"))
        for (Json one : (*answer)["checks"]) {
            one["name"] = "engine: " + one.value("name", "");
            result["checks"].push_back(one);
        }
    return result;
}

}  // namespace lathe::verbs
