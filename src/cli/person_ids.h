// The ids by which people are known, stable from run to run.
#ifndef SCRUTINEER_CLI_PERSON_IDS_H_
#define SCRUTINEER_CLI_PERSON_IDS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/linkage_input.h"

namespace scrutineer::cli {

// For each row the id of its person: that of the person's first row; or, where `earlier` names the result of
// an earlier run (id,person_id), the id under which most of the person's rows were known then (of equals,
// that of the earliest row). Each earlier id goes to one person only: where an earlier person has come apart,
// to the part with more of its rows, of equals the one with the earliest row. A new id is never one that was
// used before.
Result<std::vector<std::string>> person_ids(const LinkageRoll& roll, std::span<const std::uint32_t> person,
                                            const std::string& earlier);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_PERSON_IDS_H_
