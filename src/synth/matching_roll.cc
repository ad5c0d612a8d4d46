#include "synth/matching_roll.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "synth/errors.h"
#include "synth/output.h"
#include "synth/random.h"
#include "synth/tables/tables.h"

namespace scrutineer::synth {
namespace {

constexpr std::size_t forename_count = 5'000;
constexpr std::size_t surname_count = 60'000;
constexpr std::uint64_t most_entries = 4;
constexpr double mean_entries = 1.6;
constexpr std::array<double, most_entries> entries_law = {.60, .25, .10, .05};
constexpr std::uint64_t postcode_people = 15;
constexpr std::uint64_t chunk_slots = 16'384;
constexpr std::int32_t first_birth = -13'000;  // 28 May 1934
constexpr std::uint64_t birth_days = 29'220;   // eighty years

struct Errors {  // shares of entries
  double typing = .03, short_form = .02, initial = .004, forename_missing = .006, swapped = .004,
         surname_changed = .012, surname_missing = .004, birth_slip = .025, birth_turned = .006,
         birth_missing = .02, moved = .12, postcode_slip = .012, postcode_missing = .02, house_missing = .03;
};
constexpr Errors errors;

// Words beyond `listed`, put together from syllables, until there are `count`.
std::vector<std::string> words_like(std::span<const Words> listed, std::size_t count, std::uint64_t salt,
                                    std::span<const std::string_view> endings) {
  constexpr std::array<std::string_view, 32> onsets = {
      "b", "bl", "br", "c",  "ch", "cr", "d",  "dr", "f", "fl", "g",  "gr", "h", "j",  "k", "l",
      "m", "n",  "p",  "pr", "r",  "s",  "sh", "st", "t", "th", "tr", "v",  "w", "wh", "y", "z"};
  constexpr std::array<std::string_view, 10> vowels = {"a", "e", "i", "o", "u", "ai", "ea", "ee", "oo", "ou"};
  constexpr std::array<std::string_view, 20> codas = {"",   "b",  "ck", "d",  "l", "ll", "m",
                                                      "n",  "nd", "ng", "nt", "p", "r",  "rd",
                                                      "rk", "rs", "s",  "st", "t", "x"};
  std::vector<std::string> words;
  std::unordered_set<std::string> known;
  const auto add = [&](std::string word) {
    if (words.size() < count && known.insert(word).second) words.push_back(std::move(word));
  };
  for (const Words& list : listed) {
    for (const std::string_view word : list) add(without_accents(word));
  }
  for (std::uint64_t number = 0; words.size() < count; ++number) {
    Draw draw(key_of(salt, Stream::roll_person, number));
    std::string word(onsets[draw.below(onsets.size())]);
    word += vowels[draw.below(vowels.size())];
    word += codas[draw.below(codas.size())];
    word += endings[draw.below(endings.size())];
    word.front() = static_cast<char>(word.front() - ('a' - 'A'));
    add(std::move(word));
  }
  return words;
}

// Ranks under Zipf's law, P(rank) in proportion to 1 / (rank + offset): by the inverse of the cumulative
// shares, looked up from a table of where each 1/65536 begins.
class ZipfRanks {
 public:
  ZipfRanks(std::size_t count, double offset) : cumulative_(count), starts_(65'537) {
    double total = 0;
    for (std::size_t rank = 0; rank < count; ++rank) {
      total += 1.0 / (static_cast<double>(rank) + offset);
      cumulative_[rank] = total;
    }
    for (double& share : cumulative_) share /= total;
    cumulative_.back() = 1.0;
    std::size_t rank = 0;
    for (std::size_t at = 0; at < starts_.size(); ++at) {
      while (rank + 1 < count && cumulative_[rank] < static_cast<double>(at) / 65'536.0) ++rank;
      starts_[at] = rank;
    }
  }
  [[nodiscard]] std::size_t draw(Draw& draw) const {
    const double u = draw.unit();
    std::size_t rank = starts_[static_cast<std::size_t>(u * 65'536.0)];
    while (cumulative_[rank] < u) ++rank;
    return rank;
  }

 private:
  std::vector<double> cumulative_;
  std::vector<std::size_t> starts_;
};

// Households: people in sixes, each six split in one of these ways.
constexpr std::array<std::array<std::uint8_t, 6>, 6> splits = {{{1, 2, 3, 0, 0, 0},
                                                                {2, 4, 0, 0, 0, 0},
                                                                {2, 2, 2, 0, 0, 0},
                                                                {1, 1, 2, 2, 0, 0},
                                                                {1, 5, 0, 0, 0, 0},
                                                                {3, 3, 0, 0, 0, 0}}};

std::uint64_t household_of(std::uint64_t seed, std::uint64_t person) {
  const auto& split = splits[Draw(seed, Stream::household, person / 6, 7).below(splits.size())];
  std::uint64_t first = 0;
  for (const std::uint8_t size : split) {
    if (person % 6 < first + size) break;
    first += size;
  }
  return person / 6 * 6 + first;
}

class MatchingRoll {
 public:
  explicit MatchingRoll(const MatchingRollOptions& options)
      : seed_(options.seed),
        part_(options.part),
        forenames_(words_like(forename_lists(), forename_count, 11, forename_endings())),
        surnames_(words_like(surname_lists(), surname_count, 12, surname_endings())),
        forename_ranks_(forename_count, 2.0),
        surname_ranks_(surname_count, 3.0),
        people_(people_for(options)),
        first_person_(part_ == MatchingPart::right ? options.rows * 4 / 10 : 0),
        order_(key_of(seed_, Stream::roll_order, static_cast<std::uint64_t>(part_)), slots()) {}

  // Places in the file, in order; some stay empty.
  [[nodiscard]] std::uint64_t slots() const {
    return part_ == MatchingPart::whole ? people_ * most_entries : people_;
  }

  // Appends the line of this place, if it has one.
  bool append(std::uint64_t slot, std::string& lines) const {
    const std::uint64_t place = order_.forward(slot);
    std::uint64_t entry = 0;
    std::uint64_t person = place + first_person_;
    if (part_ == MatchingPart::whole) {
      person = place / most_entries;
      entry = place % most_entries;
      if (entry > Draw(seed_, Stream::roll_person, person, 1).weighted(entries_law)) return false;
    } else if (part_ == MatchingPart::right) {
      entry = most_entries;
    }
    write(slot, person, entry, lines);
    return true;
  }

 private:
  struct Home {
    std::uint64_t postcode;
    std::uint64_t house;
  };

  static std::span<const Words> forename_lists() {
    static const std::array<Words, 2> lists = {names_of(Tradition::british).male,
                                               names_of(Tradition::british).female};
    return lists;
  }
  static std::span<const Words> surname_lists() {
    static const std::array<Words, 2> lists = {names_of(Tradition::british).family,
                                               names_of(Tradition::irish).family};
    return lists;
  }
  static std::span<const std::string_view> forename_endings() {
    static constexpr std::array<std::string_view, 16> endings = {
        "a", "an", "ana", "e", "el", "en", "ette", "ia", "ian", "ie", "in", "ina", "is", "on", "us", "y"};
    return endings;
  }
  static std::span<const std::string_view> surname_endings() {
    static constexpr std::array<std::string_view, 24> endings = {
        "",     "am",   "by",  "combe", "den", "er",   "ett",   "field", "ford",  "ham", "hurst", "ing",
        "ings", "land", "ley", "low",   "man", "more", "ridge", "son",   "stone", "ton", "well",  "worth"};
    return endings;
  }

  static std::uint64_t people_for(const MatchingRollOptions& options) {
    if (options.part != MatchingPart::whole) return options.rows;
    // A little more than needed; the file ends at the row asked for.
    const auto rows = static_cast<double>(options.rows);
    return static_cast<std::uint64_t>(std::ceil((rows + 6 * std::sqrt(rows) + 20) / mean_entries));
  }

  [[nodiscard]] Home home_of(std::uint64_t household) const {
    Draw draw(seed_, Stream::household, household, 8);
    return {household / postcode_people, 1 + draw.below(99)};
  }

  // Postcodes are numbered over the whole country at random, so that neighbours differ as postcodes do.
  [[nodiscard]] std::string postcode(std::uint64_t number) const {
    constexpr std::string_view unit_letters = "ABDEFGHJLNPQRSTUWXYZ";
    const std::uint64_t outward = mixed(seed_ ^ (number / 400 + 1));
    const std::uint64_t unit = number % 400;
    return fmt::format("{}{} {}{}{}", postcode_areas[outward % postcode_areas.size()], 1 + outward / 64 % 60,
                       outward / 4096 % 10, unit_letters[unit / 20], unit_letters[unit % 20]);
  }

  [[nodiscard]] std::string birth(std::uint64_t person, Draw& draw) const {
    Draw born(seed_, Stream::calendar, person, 2);
    const Date day(first_birth + static_cast<std::int32_t>(born.below(birth_days)));
    if (draw.chance(errors.birth_missing)) return {};
    std::string text = day.iso();
    if (draw.chance(errors.birth_slip)) {
      constexpr std::array<std::size_t, 7> places = {2, 3, 5, 6, 8, 9, 9};
      text[places[draw.below(places.size())]] = static_cast<char>('0' + draw.below(10));
      if (!Date::from_iso(text)) return day.iso();
      return text;
    }
    if (draw.chance(errors.birth_turned)) {
      if (const auto turned = Date::of(day.year(), day.day(), day.month())) return turned->iso();
    }
    return text;
  }

  void write(std::uint64_t slot, std::uint64_t person, std::uint64_t entry, std::string& lines) const {
    const std::uint64_t household = household_of(seed_, person);
    Draw home_draw(seed_, Stream::household, household, 9);
    Draw who(seed_, Stream::roll_person, person, 2);
    std::string_view forename = forenames_[forename_ranks_.draw(who)];
    const std::string_view of_house = surnames_[surname_ranks_.draw(home_draw)];
    const std::string_view own = surnames_[surname_ranks_.draw(who)];
    std::string_view surname = who.chance(.75) ? of_house : own;

    Draw draw(seed_, Stream::roll_row, person, entry);
    if (draw.chance(errors.surname_changed)) surname = surnames_[surname_ranks_.draw(draw)];
    std::string first(forename);
    std::string last(surname);
    if (draw.chance(errors.short_form))
      first = draw.chance(.5) ? short_form(draw, first) : other_spelling(draw, first);
    if (draw.chance(errors.initial)) first.resize(1);
    if (draw.chance(errors.typing)) first = mistyped(draw, first);
    if (draw.chance(errors.typing)) last = mistyped(draw, last);
    if (draw.chance(errors.swapped)) std::swap(first, last);
    if (draw.chance(errors.forename_missing)) first.clear();
    if (draw.chance(errors.surname_missing)) last.clear();
    const std::string dob = birth(person, draw);
    Home home = home_of(household);
    if (draw.chance(errors.moved))
      home = home_of(key_of(seed_, Stream::roll_row, person, entry, 3) % (people_ + 1000));
    std::string code = postcode(home.postcode);
    if (draw.chance(errors.postcode_slip))
      code[code.size() - 1 - draw.below(3)] = "ABDEFGHJLN"[draw.below(10)];
    if (draw.chance(errors.postcode_missing)) code.clear();
    const std::string house = draw.chance(errors.house_missing) ? "" : std::to_string(home.house);
    fmt::format_to(std::back_inserter(lines), "{},{},{},{},{},{},{}\n", slot + 1, person, first, last, dob,
                   code, house);
  }

  std::uint64_t seed_;
  MatchingPart part_;
  std::vector<std::string> forenames_;
  std::vector<std::string> surnames_;
  ZipfRanks forename_ranks_;
  ZipfRanks surname_ranks_;
  std::uint64_t people_;
  std::uint64_t first_person_;
  Permutation order_;
};

}  // namespace

Status synthesise_matching_roll(const MatchingRollOptions& options) {
  if (options.rows < 10 || options.rows > 1'000'000'000) {
    return wrong_usage(fmt::format("a roll of {} rows cannot be made", options.rows), "10 to 1000000000");
  }
  const MatchingRoll roll(options);
  const std::filesystem::path part = options.file.string() + ".part";
  OutputFile file(part);
  file.write("unique_id,cluster,first_name,surname,dob,postcode,house\n");
  Progress progress("roll", "rows", options.rows);
  const std::uint64_t chunks = (roll.slots() + chunk_slots - 1) / chunk_slots;
  constexpr std::size_t batch = 64;
  std::uint64_t written = 0;
  struct Piece {
    std::string lines;
    std::uint64_t rows = 0;
  };
  for (std::uint64_t first = 0; first < chunks && written < options.rows; first += batch) {
    std::vector<Piece> pieces(std::min<std::uint64_t>(batch, chunks - first));
    parallel_for(options.threads, pieces.size(), [&](std::size_t index) {
      Piece& piece = pieces[index];
      const std::uint64_t begin = (first + index) * chunk_slots;
      for (std::uint64_t slot = begin; slot < std::min(begin + chunk_slots, roll.slots()); ++slot) {
        piece.rows += static_cast<std::uint64_t>(roll.append(slot, piece.lines));
      }
    });
    for (Piece& piece : pieces) {
      const std::uint64_t wanted = std::min(piece.rows, options.rows - written);
      std::size_t end = piece.lines.size();
      for (std::uint64_t surplus = piece.rows - wanted; surplus > 0; --surplus) {
        end = piece.lines.rfind('\n', end - 2) + 1;
      }
      file.write(std::string_view(piece.lines).substr(0, wanted == 0 ? 0 : end));
      written += wanted;
      progress.add(wanted);
    }
  }
  SCRUTINEER_CHECK(file.close());
  std::error_code problem;
  std::filesystem::rename(part, options.file, problem);
  if (problem) return refused("cannot be written: " + problem.message(), {options.file.string()});
  return {};
}

}  // namespace scrutineer::synth
