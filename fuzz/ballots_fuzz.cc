// Any bytes are refused with an error or read into ballots that hold together: nothing crashes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "contest/read_ballots.h"
#include "contest/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scrutineer::contest;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(read_ballots_from(bytes, "fuzz"));
  for (const FormatName& format : format_names()) {
    const auto ballots = read_ballots_from(bytes, "fuzz", format.name);
    if (!ballots) continue;
    if (!check_ballots(*ballots, "fuzz")) std::abort();
    if (ballots->candidates.size() > 64) continue;
    for (const Rule rule : {Rule::plurality, Rule::supplementary, Rule::irv, Rule::stv, Rule::college}) {
      const auto counted = count(*ballots, rule, {.seats = rule == Rule::stv ? 0U : 1U});
      if (counted && counted->winners.empty()) std::abort();
    }
  }
  return 0;
}
