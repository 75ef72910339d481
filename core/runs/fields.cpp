#include "core/runs/fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>

namespace lathe::runs {

Fields::Fields(const Json& object, std::string path) : m_object(object), m_path(std::move(path)) {
    if (!m_object.is_object()) refuse("", "an object {…}");
}

const Json* Fields::take(const char* key) {
    m_known.insert(key);
    if (!m_object.is_object()) return nullptr;
    const auto at = m_object.find(key);
    return at == m_object.end() ? nullptr : &*at;
}

void Fields::refuse(const std::string& key, const std::string& wanted) {
    if (m_error) return;
    const std::string name = m_path + key;
    const Json* value = m_object.is_object() && m_object.contains(key) ? &m_object.at(key) : nullptr;
    const std::string given =
        value ? fmt::format(" {}", value->dump(-1, ' ', false, Json::error_handler_t::replace)) : std::string();
    m_error = Error{
        ErrorCode::InvalidArgument, fmt::format("the run spec's {}{} must be {}", name.empty() ? "root" : name, given, wanted), {}};
}

void Fields::adopt(const Result<>& nested) {
    if (!nested && !m_error) m_error = nested.error();
}

void Fields::text(const char* key, std::string& value) {
    const Json* json = take(key);
    if (!json) return;
    if (json->is_string())
        value = json->get<std::string>();
    else
        refuse(key, "a text");
}

void Fields::choice(const char* key, std::string& value, const std::vector<std::string>& allowed) {
    const Json* json = take(key);
    if (!json) return;
    if (json->is_string() && std::find(allowed.begin(), allowed.end(), json->get<std::string>()) != allowed.end())
        value = json->get<std::string>();
    else
        refuse(key, fmt::format("one of {}", fmt::join(allowed, ", ")));
}

void Fields::named(Seam seam, Named& value, bool strict) {
    name(seam, value.name);
    options(seam, value, strict);
}

void Fields::name(Seam seam, std::string& value) {
    const Json* json = take("name");
    if (json ? !json->is_string() || !find(seam, json->get<std::string>()) : value.empty())
        return refuse("name", fmt::format("one of {}", fmt::join(names(seam), ", ")));
    if (json) value = json->get<std::string>();
}

void Fields::options(Seam seam, Named& value, bool strict) {
    const Choice* known = find(seam, value.name);
    if (!known) return;
    const Choice& chosen = *known;
    for (const Option& option : chosen.options) {
        double number = 0;
        if (!m_object.is_object() || !m_object.contains(option.name)) continue;
        real(option.name, number, option.least, option.most);
        if (option.whole && number != std::floor(number)) refuse(option.name, "a whole number");
        value.options[option.name] = m_object.at(option.name);
    }
    if (strict) return;
    for (const Choice& other : choices(seam))
        for (const Option& option : other.options) m_known.insert(option.name);
}

void Fields::real(const char* key, double& value, double least, double most) {
    const Json* json = take(key);
    if (!json) return;
    const bool fits = json->is_number() && json->get<double>() >= least && json->get<double>() <= most;
    if (fits)
        value = json->get<double>();
    else
        refuse(key, fmt::format("a number from {} to {}", least, most));
}

void Fields::integer(const char* key, int& value, int least, int most) {
    const Json* json = take(key);
    if (!json) return;
    const bool fits = json->is_number_integer() && json->get<double>() >= least && json->get<double>() <= most;
    if (fits)
        value = json->get<int>();
    else
        refuse(key, fmt::format("a whole number from {} to {}", least, most));
}

void Fields::seed(const char* key, std::uint64_t& value) {
    const Json* json = take(key);
    if (!json) return;
    const bool fits = json->is_number_unsigned() || (json->is_number_integer() && json->get<std::int64_t>() >= 0);
    if (fits)
        value = json->get<std::uint64_t>();
    else
        refuse(key, "a whole number from 0 to 18446744073709551615");
}

void Fields::reals(const char* key, std::vector<double>& values) {
    const Json* json = take(key);
    if (!json) return;
    bool fits = json->is_array();
    if (fits)
        for (const Json& item : *json) fits = fits && item.is_number();
    if (fits)
        values = json->get<std::vector<double>>();
    else
        refuse(key, "a list of numbers");
}

void Fields::object(const char* key, Json& value) {
    const Json* json = take(key);
    if (!json) return;
    if (json->is_object())
        value = *json;
    else
        refuse(key, "an object {…}");
}

Result<> Fields::finish() {
    if (!m_error && m_object.is_object())
        for (const auto& [key, value] : m_object.items())
            if (!m_known.contains(key)) {
                m_error = Error{ErrorCode::InvalidArgument,
                                fmt::format("the run spec has no key {}{}; known here: {}", m_path, key, fmt::join(m_known, ", ")),
                                {}};
                break;
            }
    if (m_error) return fail(*m_error);
    return {};
}

}  // namespace lathe::runs
