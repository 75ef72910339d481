// Rows of the class table inside a transaction. For core/store alone.
#pragma once
#include <soci/soci.h>

#include <string>
#include <vector>

namespace lathe::store {

struct ClassRecord {
    long long id = 0;
    std::string name, colour, key, parent;
    std::string extra, schema;  ///< JSON text or empty
};
/// In id order.
[[nodiscard]] std::vector<ClassRecord> classRecords(soci::session& sql);
void insertClassRow(soci::session& sql, const ClassRecord& record);
/// Gives it an id that no class ever had, and a colour and a free key when it has none. Returns the id.
long long addClassRow(soci::session& sql, ClassRecord record);

/// Moves the row to the retired ones; `into` 0: deleted.
void retireClass(soci::session& sql, long long id, long long into);
/// Brings a retired class back; its name gets a number when another class has it now, a taken key is left. False: it isn't retired.
bool reviveClass(soci::session& sql, long long id);
/// Where a retired class went, over several merges; 0: deleted. A class that isn't retired is itself.
[[nodiscard]] long long currentClass(soci::session& sql, long long id);

}  // namespace lathe::store
