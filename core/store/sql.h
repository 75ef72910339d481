// Bytes and JSON in SQL, the same on every backend, for the rooms that write rows through Workspace::write and ::read.
#pragma once
#include <soci/soci.h>

#include <string>
#include <string_view>

namespace lathe::store {

/// A BLOB column to read into or to bind: `Bytes body(sql); sql << "… :b", soci::use(body.blob());`. Reusable between executions of
/// a prepared statement. Bytes through std::string would become TEXT.
class Bytes {
public:
    explicit Bytes(soci::session& sql) : m_blob(sql) {}
    Bytes(soci::session& sql, std::string_view bytes) : m_blob(sql) { set(bytes); }
    void set(std::string_view bytes) {
        m_blob.trim(0);
        if (!bytes.empty()) m_blob.write(0, bytes.data(), bytes.size());
    }
    [[nodiscard]] std::string get() {
        std::string bytes(m_blob.get_len(), '\0');
        if (!bytes.empty()) m_blob.read(0, bytes.data(), bytes.size());
        return bytes;
    }
    [[nodiscard]] soci::blob& blob() { return m_blob; }

private:
    soci::blob m_blob;
};

/// The one whole number of a query ("SELECT count(*) …"), 0 when there is no row or it is NULL.
[[nodiscard]] inline long long oneNumber(soci::session& sql, const std::string& query) {
    long long value = 0;
    soci::indicator indicator = soci::i_null;
    sql << query, soci::into(value, indicator);
    return indicator == soci::i_ok ? value : 0;
}

}  // namespace lathe::store
