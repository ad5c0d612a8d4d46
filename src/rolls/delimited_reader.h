// Reads a roll from delimited text, in one pass over a moving window.
#ifndef SCRUTINEER_ROLLS_DELIMITED_READER_H_
#define SCRUTINEER_ROLLS_DELIMITED_READER_H_

#include "base/result.h"
#include "rolls/read_roll.h"
#include "rolls/text_stream.h"

namespace scrutineer::rolls {

// Encoding (encoding.h), delimiter (dialect.h), records (record_splitter.h), header (header.h) and columns
// (roll_builder.h) are told from the content. The digest of the account is left to the caller. `piece` is how
// many bytes are read at a time; the result does not depend on it (tests read in tiny pieces).
Result<Roll> read_delimited(const TextSource& source, const RollSpec& spec, const ReadOptions& options,
                            std::size_t piece = std::size_t{1} << 20);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_DELIMITED_READER_H_
