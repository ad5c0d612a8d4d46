// What `link` and `dedupe` write: links and people, as CSV or Parquet, whole or not at all.
#ifndef SCRUTINEER_CLI_LINKAGE_OUTPUT_H_
#define SCRUTINEER_CLI_LINKAGE_OUTPUT_H_

#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "cli/linkage_input.h"
#include "linkage/linkage.h"

namespace scrutineer::cli {

// left_id, right_id, match_weight (bits), match_probability; in the order given. Parquet if the file's name
// ends in .parquet: identifiers are then integers where all of a roll's are whole numbers, else text.
Status write_links(const LinkageSettings& settings, const std::filesystem::path& file, const RowIds& left,
                   const RowIds& right, std::span<const linkage::Link> links);

// id, person_id: every row, and the id of the first row of the same person.
Status write_people(const LinkageSettings& settings, const std::filesystem::path& file, const RowIds& ids,
                    std::span<const std::uint32_t> person);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_OUTPUT_H_
