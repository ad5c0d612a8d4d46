// SHA-256 of inputs, so that a case can say exactly which bytes it was made from.
#ifndef SCRUTINEER_BASE_DIGEST_H_
#define SCRUTINEER_BASE_DIGEST_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scrutineer {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// Of a file's bytes, read in pieces. Refused if it cannot be read or is not a regular file.
Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_DIGEST_H_
