// The state that a run leaves to the next: bytes of a file that anyone may have changed. Nothing in them may
// crash; what is taken for a state must come back from its own bytes as the same bytes. The digest at the end
// would stop nearly every change, so that the checks behind it are tried without it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "linkage/state_file.h"

using namespace scrutineer;

namespace {

constexpr std::string_view first_line = "scrutineer linkage state 1\n";
constexpr std::size_t digest_digits = 64;

void must_come_back(const linkage::LinkageState& state) {
  const std::string bytes = linkage::to_bytes(state);
  const auto again = linkage::state_from_bytes(bytes, "again.state");
  if (!again || linkage::to_bytes(*again) != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view body(reinterpret_cast<const char*>(data), size);
  if (const auto state = linkage::state_from_bytes(body, "whole.state")) must_come_back(*state);
  if (body.starts_with(first_line)) {
    body.remove_prefix(first_line.size());
    body.remove_suffix(body.size() < digest_digits ? 0 : digest_digits);
  }
  if (const auto state = linkage::state_from_body(body, "body.state")) must_come_back(*state);
  return 0;
}
