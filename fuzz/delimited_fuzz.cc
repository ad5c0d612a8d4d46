// Any bytes as a delimited file: read as a roll that keeps the conservation law, or refused; never an
// internal error, and the same whatever pieces the bytes arrive in.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rolls/delimited_reader.h"

namespace {

using scrutineer::ErrorCategory;
using scrutineer::rolls::Roll;

void require(bool condition) {
  if (!condition) std::abort();
}

void require_same(const Roll& left, const Roll& right) {
  require(left.lines == right.lines && left.rejects.size() == right.rejects.size());
  for (std::size_t at = 0; at < left.rejects.size(); ++at) {
    require(left.rejects[at].line == right.rejects[at].line &&
            left.rejects[at].reason == right.rejects[at].reason);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scrutineer::rolls;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  RollSpec spec;
  spec.kind = RollKind::members;
  spec.file = "fuzz.csv";
  const ReadOptions options{.threads = 1, .longest_field = 256};
  const auto whole = read_delimited(TextSource(bytes), spec, options);
  const auto pieces = read_delimited(TextSource(bytes), spec, options, 5);
  require(whole.has_value() == pieces.has_value());
  if (!whole) {
    require(whole.error().category == ErrorCategory::refused_input);
    return 0;
  }
  require(whole->account.check(spec.file).has_value());
  require(whole->rows() == whole->account.rows && whole->rejects.size() == whole->account.rejected);
  require_same(*whole, *pieces);
  return 0;
}
