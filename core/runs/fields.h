// Reads a JSON object field by field: missing keys keep their default, unknown keys and wrong values become one Error that names
// the key by its whole path ("optimizer.lr") and says what is allowed. Private to core/runs.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runs/catalogue.h"

namespace lathe::runs {

class Fields {
public:
    /// `path` stands before every key in messages ("optimizer."); empty for the root.
    Fields(const Json& object, std::string path);
    void text(const char* key, std::string& value);
    void choice(const char* key, std::string& value, const std::vector<std::string>& allowed);
    /// "name" as one of the seam's, and the options of that choice. strict: an option of another choice of the seam is unknown;
    /// else it is left where it is, without effect.
    void named(Seam seam, Named& value, bool strict = false);
    void name(Seam seam, std::string& value);                    ///< "name" alone
    void options(Seam seam, Named& value, bool strict = false);  ///< the options alone, of the choice that `value` names
    void real(const char* key, double& value, double least, double most);
    void integer(const char* key, int& value, int least, int most);
    void seed(const char* key, std::uint64_t& value);
    void reals(const char* key, std::vector<double>& values);
    void object(const char* key, Json& value);
    /// The member as it is, marked as known; nullptr when it isn't there.
    const Json* take(const char* key);
    void refuse(const std::string& key, const std::string& wanted);
    void adopt(const Result<>& nested);  ///< the first error wins
    [[nodiscard]] Result<> finish();     ///< the first error, or an unknown key

private:
    const Json& m_object;
    std::string m_path;
    std::set<std::string> m_known;
    std::optional<Error> m_error;
};

}  // namespace lathe::runs
