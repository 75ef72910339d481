// Mixed precision for a scope: "bf16" and "fp16" cast on the device given, "fp32" does nothing. Thread-local state.
#pragma once
#include <ATen/autocast_mode.h>
#include <torch/types.h>
#include <string>

namespace lathe::engine::train {

class Autocast {
public:
    Autocast(const torch::Device& device, const std::string& precision)
        : m_type(device.type()), m_on(precision == "bf16" || precision == "fp16") {
        if (!m_on) return;
        m_before = at::autocast::is_autocast_enabled(m_type);
        at::autocast::set_autocast_enabled(m_type, true);
        at::autocast::set_autocast_dtype(m_type, precision == "fp16" ? at::kHalf : at::kBFloat16);
        at::autocast::increment_nesting();
    }
    ~Autocast() {
        if (!m_on) return;
        // Cast weights must not outlive the step that may change them.
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(m_type, m_before);
    }
    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

private:
    at::DeviceType m_type;
    bool m_on, m_before = false;
};

}  // namespace lathe::engine::train
