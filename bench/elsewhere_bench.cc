// How sure and how right an inquiry is about members who stand elsewhere on the register than at the address
// they gave: what is said of the likeliest entry against the truth, by bands of probability and by how rare
// the rarest word of the name is in the list, over sizes of the register and seeds of fictional inquiries;
// and the same of those whom the inquiry says to be elsewhere. ELSEWHERE_SEEDS: seeds of each size, 4 if not
// told.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <vector>

#include "end_to_end/elsewhere_against_truth.h"
#include "end_to_end/fictional_inquiry.h"
#include "stats/binomial.h"

namespace {

using namespace scrutineer;
using tests::SaidElsewhere;

// Those of whom `which` holds: how many, how sure on average, how right, with Wilson's interval of the last.
void print_line(const char* name, const std::vector<SaidElsewhere>& said,
                const std::function<bool(const SaidElsewhere&)>& which) {
  std::uint64_t count = 0;
  std::uint64_t right = 0;
  double sure = 0;
  for (const SaidElsewhere& one : said) {
    if (!which(one)) continue;
    ++count;
    right += one.right ? 1U : 0U;
    sure += one.probability;
  }
  if (count == 0) return;
  const auto all = static_cast<double>(count);
  const stats::Interval interval = stats::wilson(static_cast<double>(right), all);
  std::printf("  %-28s %6lu  said %.3f  true %.3f  (%.3f to %.3f)\n", name, static_cast<unsigned long>(count),
              sure / all, static_cast<double>(right) / all, interval.low, interval.high);
}

void print_bands(const std::vector<SaidElsewhere>& said) {
  constexpr std::array<double, 8> bounds = {.02, .1, .3, .5, .7, .9, .99, 1.01};
  for (std::size_t band = 0; band + 1 < bounds.size(); ++band) {
    std::array<char, 40> name{};
    std::snprintf(name.data(), name.size(), "probability %.2f to %.2f", bounds[band],
                  std::min(bounds[band + 1], 1.0));
    print_line(name.data(), said, [&](const SaidElsewhere& one) {
      return one.probability >= bounds[band] && one.probability < bounds[band + 1];
    });
  }
  for (std::uint8_t decile = 0; decile < 10; ++decile) {
    std::array<char, 40> name{};
    std::snprintf(name.data(), name.size(), "rarest word, decile %d", decile + 1);
    print_line(name.data(), said, [&](const SaidElsewhere& one) { return one.rarity == decile; });
  }
  print_line("said to be elsewhere", said,
             [](const SaidElsewhere& one) { return one.status == signals::RegisterStatus::elsewhere; });
}

}  // namespace

int main() {
  const char* const told = std::getenv("ELSEWHERE_SEEDS");
  const auto seeds = static_cast<std::uint64_t>(told != nullptr ? std::atoi(told) : 4);
  struct Size {
    std::uint64_t electors;
    std::uint64_t members;
  };
  std::vector<SaidElsewhere> all;
  for (const Size size : {Size{40'000, 1'200}, Size{100'000, 6'000}, Size{300'000, 18'000}}) {
    std::vector<SaidElsewhere> of_size;
    std::uint64_t elsewhere = 0;
    std::uint64_t not_found = 0;
    std::uint64_t said_at = 0;
    std::uint64_t rightly_at = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      const tests::ScratchFolder folder("elsewhere");
      synth::SynthOptions options;
      options.out = folder.path() / "inquiry";
      options.electors = size.electors;
      options.members = size.members;
      options.snapshots = 1;
      options.seed = seed;
      const auto found = tests::elsewhere_against_truth(options, 2);
      // Whoever is found at the address, or is in doubt there, is told nothing about elsewhere.
      std::copy_if(found.said.begin(), found.said.end(), std::back_inserter(of_size),
                   [](const SaidElsewhere& one) {
                     return one.status == signals::RegisterStatus::elsewhere ||
                            one.status == signals::RegisterStatus::not_found;
                   });
      elsewhere += found.elsewhere;
      not_found += found.not_found;
      said_at += found.said_at_address;
      rightly_at += found.rightly_at_address;
    }
    std::printf("%lu members, %lu electors, %lu seeds: in truth %lu elsewhere, %lu on no register\n",
                static_cast<unsigned long>(size.members), static_cast<unsigned long>(size.electors),
                static_cast<unsigned long>(seeds), static_cast<unsigned long>(elsewhere),
                static_cast<unsigned long>(not_found));
    std::printf("  said to be at the address: %lu, rightly %lu\n", static_cast<unsigned long>(said_at),
                static_cast<unsigned long>(rightly_at));
    print_bands(of_size);
    all.insert(all.end(), of_size.begin(), of_size.end());
  }
  std::printf("all together\n");
  print_bands(all);
}
