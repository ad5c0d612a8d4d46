// One format each (FORMAT, given by the build): any bytes are refused with an error or read into ballots, or
// a declaration, that hold together, are counted without a crash, and are written again the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "contest/read_ballots.h"
#include "contest/reconcile.h"
#include "contest/rules.h"

namespace {

using namespace scrutineer::contest;

constexpr Rule all_rules[] = {Rule::plurality, Rule::supplementary, Rule::irv, Rule::stv, Rule::college};

void try_ballots(const Ballots& ballots) {
  if (!check_ballots(ballots, "fuzz")) std::abort();
  if (ballots.candidates.size() > 64) return;
  for (const Rule rule : all_rules) {
    const auto counted = count(ballots, rule, {.seats = rule == Rule::stv ? 0U : 1U});
    if (counted && counted->winners.empty()) std::abort();
  }
  const auto written = convert(ballots, FORMAT);
  if (!written) return;
  const auto again = read_ballots_from(written->bytes, "again", FORMAT);
  if (!again) return;  // no paper was left to write
  const auto twice = convert(*again, FORMAT);
  if (!twice || (written->lost.empty() && twice->bytes != written->bytes)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = read_contest_from(bytes, "fuzz", {FORMAT});
  if (!read) return 0;
  if (const auto* ballots = std::get_if<Ballots>(&*read)) {
    try_ballots(*ballots);
  } else {
    const auto& declaration = std::get<Declaration>(*read);
    static_cast<void>(reconcile(declaration));
    static_cast<void>(first_preference_papers(declaration));
    for (const Rule rule : all_rules) {
      const auto counted = count_declaration(declaration, rule);
      if (counted && counted->winners.empty()) std::abort();
    }
  }
  return 0;
}
