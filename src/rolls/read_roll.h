// Reading one roll from a file into memory.
#ifndef SCRUTINEER_ROLLS_READ_ROLL_H_
#define SCRUTINEER_ROLLS_READ_ROLL_H_

#include "base/result.h"
#include "rolls/roll.h"

namespace scrutineer::rolls {

struct ReadOptions {
  unsigned threads = 0;                                      // 0: all
  std::uint64_t longest_field = std::uint64_t{16} << 20;     // bytes; longer ones reject their record
  std::uint64_t largest_expansion = std::uint64_t{4} << 30;  // bytes that an XLSX may unpack to
  bool digest = true;  // false: RollAccount::sha256 stays empty, for rolls that are no evidence of a case
};

// Reads spec.file: told from its content as XLSX, Parquet or delimited text in any of the encodings and
// delimiters of FORMATS.md. Refused if the file is absent, empty, a directory, not a table, or if a column
// that spec.columns names is not in the header (the error names the header found and the nearest spelling).
// With spec.query the roll is the query's answer (table_reader.h). spec.changes is left to change_files.h.
// A roll without rows is refused; rows that cannot be read are in Roll::rejects.
Result<Roll> read_roll(const RollSpec& spec, const ReadOptions& options = {});

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_READ_ROLL_H_
