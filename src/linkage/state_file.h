// The state that a run leaves to the next (incremental.h) as the bytes of a file.
//
//   "scrutineer linkage state 1\n", then numbers in little-endian order and texts with their length before
//   them, in the order in which LinkageState names them; at the end the SHA-256 of all that comes before, in
//   hexadecimal digits.
//
// The digest tells a file that was cut short, damaged or changed by hand. It is no signature: who may write
// the file may write another. A state holds the values of all entries, so it is to be kept as the list is.
#ifndef SCRUTINEER_LINKAGE_STATE_FILE_H_
#define SCRUTINEER_LINKAGE_STATE_FILE_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "linkage/incremental.h"

namespace scrutineer::linkage {

std::string to_bytes(const LinkageState& state);

// Refused where the bytes are no such state, or not those that were written; `file` is named in messages.
// Every number in a state that is returned is in range: rows, codes and fields exist.
Result<LinkageState> state_from_bytes(std::string_view bytes, const std::string& file);

// The same without first line and digest, for tests of the checks behind them.
Result<LinkageState> state_from_body(std::string_view body, const std::string& file);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_STATE_FILE_H_
