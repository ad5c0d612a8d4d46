// The tables that a canvass keeps in case.sqlite. They are made at the first record, only ever grow (triggers
// refuse changes and removals), and go with the ledger from one audit's case to the next
// (store/carried_tables.h). doc/casefile.md describes them.
#ifndef SCRUTINEER_CANVASS_CANVASS_TABLES_H_
#define SCRUTINEER_CANVASS_CANVASS_TABLES_H_

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::canvass {

// Does nothing where they are there. Within the caller's transaction.
Status ensure_canvass_tables(store::Sqlite& database);
Result<bool> has_canvass_tables(store::Sqlite& database);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_CANVASS_TABLES_H_
