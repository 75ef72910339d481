// The log of state changes inside a transaction. For core/store alone.
#pragma once
#include <soci/soci.h>

#include "core/store/labelling.h"

namespace lathe::store {

class StateLog {
public:
    explicit StateLog(soci::session& sql);
    void add(const StateChange& change);

private:
    soci::session& m_sql;
    long long m_seq;
};

}  // namespace lathe::store
