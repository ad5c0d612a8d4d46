// One roll with repeated people, for benchmarks of matching: each row is a function of its number.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/parallel.h"
#include "base/progress.h"
#include "synth/errors.h"
#include "synth/geography.h"
#include "synth/output.h"
#include "synth/people.h"
#include "synth/synth.h"

namespace scrutineer::synth {
namespace {

constexpr std::size_t chunk_rows = 8192;
constexpr std::uint64_t block = 12;  // people numbered in dozens, each dozen split into households
constexpr Date ages_on = Date(20605);

constexpr NameErrors first_entry = {.typing = .015,
                                    .short_form = .03,
                                    .spelling = .03,
                                    .initial = .005,
                                    .swapped = .003,
                                    .middle_lost = .25,
                                    .middle_initial = .15,
                                    .generic_lost = .1,
                                    .other_surname = 0,
                                    .accents_lost = .2};
constexpr NameErrors further_entry = {.typing = .10,
                                      .short_form = .10,
                                      .spelling = .10,
                                      .initial = .03,
                                      .swapped = .03,
                                      .middle_lost = .45,
                                      .middle_initial = .15,
                                      .generic_lost = .3,
                                      .other_surname = .06,
                                      .accents_lost = .5};
constexpr double moved = .15, birth_missing = .08, birth_slip = .04, email_missing = .4;

// Sizes of the households of a dozen people.
constexpr std::array<std::array<std::uint8_t, 8>, 6> splits = {{
    {1, 2, 2, 3, 4, 0, 0, 0},
    {2, 2, 2, 2, 2, 2, 0, 0},
    {1, 1, 1, 2, 2, 5, 0, 0},
    {3, 1, 4, 2, 1, 1, 0, 0},
    {1, 1, 2, 1, 2, 2, 1, 2},
    {4, 2, 3, 1, 1, 1, 0, 0},
}};

struct Seat {
  std::uint64_t household;  // number of its first person
  std::uint64_t place;
};

Seat seat_of(std::uint64_t seed, std::uint64_t person) {
  const auto& split = splits[Draw(seed, Stream::household, person / block, 1).below(splits.size())];
  std::uint64_t first = 0;
  for (const std::uint8_t size : split) {
    if (person % block < first + size) return {person / block * block + first, person % block - first};
    first += size;
  }
  return {person, 0};
}

Person person_of(std::uint64_t seed, std::uint64_t number) {
  const Seat seat = seat_of(seed, number);
  Draw household(seed, Stream::household, seat.household, 2);
  const Tradition tradition = draw_tradition(household);
  const std::string family = draw_family_name(household, tradition, false);
  const auto head_age = static_cast<std::int32_t>(20 + (household.below(61) + household.below(61)) / 2);
  Draw draw(seed, Stream::roll_person, number);
  Person person;
  person.tradition = tradition;
  person.female =
      seat.place == 1 ? Draw(seed, Stream::roll_person, number - 1).chance(.5) == false : draw.chance(.5);
  std::int32_t age = head_age;
  if (seat.place == 1) age = head_age - 4 + static_cast<std::int32_t>(draw.below(9));
  if (seat.place > 1)
    age = std::max<std::int32_t>(16, head_age - 20 - static_cast<std::int32_t>(draw.below(16)));
  person.birth = ages_on + -(age * 365 + static_cast<std::int32_t>(draw.below(365)));
  const bool shares = draw.chance(names_of(tradition).shared);
  person.name =
      draw_name(draw, tradition, person.female, shares ? std::string_view(family) : std::string_view());
  return person;
}

std::string birth_text(Draw& draw, Date birth) {
  if (draw.chance(birth_missing)) return {};
  if (!draw.chance(birth_slip)) return birth.iso();
  switch (draw.below(4)) {
    case 0:
      return fmt::format("{:04}-01-01", birth.year());
    case 1:  // day and month changed over where both can be either
      if (const auto swapped = Date::of(birth.year(), birth.day(), birth.month())) return swapped->iso();
      return birth.iso();
    case 2:
      return (birth + (draw.chance(.5) ? 1 : 10)).iso();
    default:
      return birth.plus_months(draw.chance(.5) ? 12 : -120).iso();
  }
}

void append_row(std::string& rows, std::uint64_t seed, std::uint64_t id, std::uint64_t entry,
                std::uint64_t person, bool further, const Geography& geography) {
  Draw draw(seed, Stream::roll_row, entry);
  const Person who = person_of(seed, person);
  const PersonName name = miswritten(draw, who, further ? further_entry : first_entry);
  std::uint64_t dwelling = seat_of(seed, person).household;
  if (further && draw.chance(moved))
    dwelling = key_of(seed, Stream::roll_row, entry, 1) % (dwelling + 1'000'000);
  const WrittenAddress address = written_address(draw, geography.address(dwelling));
  std::string line = address.line1;
  for (const std::string& part : {address.line2, address.town}) {
    if (!part.empty()) line += ", " + part;
  }
  std::string email;
  if (!draw.chance(email_missing)) {
    email = fmt::format("{}{}@example.org", capitals(who.name.family), mixed(person ^ seed) % 100'000);
    std::erase_if(email, [](char byte) { return byte == ' ' || byte == '\''; });
    for (char& byte : email) byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
    if (further && draw.chance(.25)) email.insert(0, "x.");  // another address of the same person
  }
  const std::string birth = birth_text(draw, who.birth);
  const bool sex_wrong = draw.chance(.003);
  fmt::format_to(std::back_inserter(rows), "{},{},{},{},{},{},\"{}\",{},{}\n", id, name.given, name.middle,
                 name.family, birth,
                 draw.chance(.03)          ? ""
                 : who.female != sex_wrong ? "F"
                                           : "M",
                 line, address.postcode, email);
}

}  // namespace

Result<SynthSummary> synthesise_roll(const RollOptions& options) {
  if (options.rows < 10 || options.rows > 1'000'000'000) {
    return wrong_usage(fmt::format("a roll of {} rows cannot be made", options.rows), "10 to 1000000000");
  }
  if (!(options.duplicates >= 0 && options.duplicates < 1)) {
    return wrong_usage("the share of further entries is outside 0 to 1");
  }
  SCRUTINEER_CHECK(prepare_directory(options.out));
  const Geography geography(options.seed);
  const auto further = static_cast<std::uint64_t>(static_cast<double>(options.rows) * options.duplicates);
  const std::uint64_t people = options.rows - further;
  const Permutation order(key_of(options.seed, Stream::roll_order), options.rows);
  OutputFile roll(options.out / "roll.csv");
  OutputFile truth(options.out / "roll-truth.csv");
  roll.write("id,given,middle,family,birth_date,sex,address,postcode,email\n");
  truth.write("id,person\n");
  Progress progress("roll", "rows", options.rows);
  const std::uint64_t chunks = (options.rows + chunk_rows - 1) / chunk_rows;
  constexpr std::size_t batch = 32;
  for (std::uint64_t first = 0; first < chunks; first += batch) {
    std::vector<std::array<std::string, 2>> texts(std::min<std::uint64_t>(batch, chunks - first));
    parallel_for(thread_count(options.threads), texts.size(), [&](std::size_t index) {
      const std::uint64_t begin = (first + index) * chunk_rows;
      for (std::uint64_t row = begin; row < std::min(begin + chunk_rows, options.rows); ++row) {
        // Entries 0 .. people - 1 are everyone's first; the rest are further ones of people drawn at random.
        const std::uint64_t entry = order.forward(row);
        const bool again = entry >= people;
        const std::uint64_t person =
            again ? key_of(options.seed, Stream::roll_order, entry, 1) % people : entry;
        append_row(texts[index][0], options.seed, row + 1, entry, person, again, geography);
        fmt::format_to(std::back_inserter(texts[index][1]), "{},{}\n", row + 1, person);
      }
    });
    for (const auto& text : texts) {
      roll.write(text[0]);
      truth.write(text[1]);
    }
    progress.add(texts.size() * chunk_rows);
  }
  SCRUTINEER_CHECK(roll.close());
  SCRUTINEER_CHECK(truth.close());
  SCRUTINEER_CHECK(complete_directory(options.out));
  SynthSummary summary;
  summary.files = {{"roll.csv", options.rows}, {"roll-truth.csv", options.rows}};
  return summary;
}

}  // namespace scrutineer::synth
