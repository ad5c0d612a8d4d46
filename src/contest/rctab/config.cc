#include "contest/rctab/config.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest::rctab {
namespace {

using Json = nlohmann::json;

class ConfigReader {
 public:
  explicit ConfigReader(const std::filesystem::path& file) : file_(file) {}

  Result<Config> read() {
    std::ifstream stream(file_, std::ios::binary);
    if (!stream) return refused("cannot be read", {file_.string()}, "an RCTab configuration");
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
      return refused("the file is not a JSON object", {file_.string()}, "an RCTab configuration");
    config_.contest = text_of(section(json, "outputSettings"), "contestName");
    read_sources(json);
    read_candidates(json);
    read_rules(section(json, "rules"));
    if (problems_.empty()) return std::move(config_);
    return refused(join(problems_, "; "), {file_.string()}, "a configuration that RCTab accepts");
  }

 private:
  static Json section(const Json& json, const char* key) {
    return json.contains(key) && json[key].is_object() ? json[key] : Json::object();
  }

  // Numbers and truth values are written as text or as themselves, by RCTab's version.
  static std::string text_of(const Json& json, const char* key) {
    if (!json.is_object() || !json.contains(key) || json[key].is_null()) return "";
    const Json& value = json[key];
    if (value.is_string()) return value.get<std::string>();
    return value.is_primitive() ? value.dump() : "(not a single value)";
  }

  static bool truth_of(const Json& json, const char* key) {
    return ascii_lower(text_of(json, key)) == "true";
  }

  void problem(std::string text) { problems_.push_back(std::move(text)); }

  // A whole number within limits; `otherwise` where it is empty.
  template <typename Number>
  Number number_of(const Json& json, const char* key, std::int64_t least, std::int64_t most,
                   Number otherwise) {
    const std::string text = text_of(json, key);
    if (text.empty()) return otherwise;
    const auto number = whole_number(text);
    if (number && *number >= least && *number <= most) return static_cast<Number>(*number);
    problem(
        fmt::format("{} is \"{}\", not a whole number from {} to {}", key, printable(text, 40), least, most));
    return otherwise;
  }

  template <typename Value, std::size_t N>
  Value choice_of(const Json& json, const char* key,
                  const std::array<std::pair<const char*, Value>, N>& choices) {
    const std::string text = text_of(json, key);
    std::vector<std::string> names;
    for (const auto& [name, value] : choices) {
      if (text == name) return value;
      names.emplace_back(name);
    }
    problem(fmt::format("{} is \"{}\", not one of {}", key, printable(text, 40), join(names, ", ")));
    return choices.front().second;
  }

  void read_sources(const Json& json) {
    if (!json.contains("cvrFileSources") || !json["cvrFileSources"].is_array() ||
        json["cvrFileSources"].empty())
      return problem("cvrFileSources names no file");
    for (const Json& item : json["cvrFileSources"]) read_source(item);
  }

  void read_source(const Json& item) {
    Source source;
    const std::string path = text_of(item, "filePath");
    const std::string label = fmt::format("source {}", config_.sources.size() + 1);
    source.provider = text_of(item, "provider");
    if (path.empty()) {
      problem(label + " has no filePath");
    } else {
      source.file = file_.parent_path() / path;  // an absolute path stands for itself
      std::error_code error;
      if (!std::filesystem::exists(source.file, error))
        problem(fmt::format("{}: \"{}\" is not there", label, printable(path, 200)));
    }
    const bool table = source.provider == "ess" || source.provider == "genericCsv";
    if (!table && source.provider != "cdf" && source.provider != "clearBallot")
      problem(fmt::format("{}: provider \"{}\" is not one of ess, genericCsv, cdf, clearBallot", label,
                          printable(source.provider, 40)));
    source.contest = text_of(item, "contestId");
    const auto index = [&](const char* key, std::optional<std::uint32_t>& place) {
      const std::string text = text_of(item, key);
      place = whole_number(text);
      if (table && (!place || *place == 0))
        problem(fmt::format("{}: {} is \"{}\", not a number from 1", label, key, printable(text, 40)));
    };
    index("firstVoteColumnIndex", source.first_vote_column);
    index("firstVoteRowIndex", source.first_vote_row);
    source.overvote_delimiter = text_of(item, "overvoteDelimiter");
    source.overvote_label = text_of(item, "overvoteLabel");
    source.skipped_label = text_of(item, "skippedRankLabel");
    source.undeclared_label = text_of(item, "undeclaredWriteInLabel");
    source.blank_is_undeclared = truth_of(item, "treatBlankAsUndeclaredWriteIn");
    config_.sources.push_back(std::move(source));
  }

  void read_candidates(const Json& json) {
    const Json list =
        json.contains("candidates") && json["candidates"].is_array() ? json["candidates"] : Json::array();
    for (const Json& item : list) {
      const std::string name = text_of(item, "name");
      const auto number = static_cast<std::uint32_t>(config_.candidates.size());
      if (name.empty()) problem(fmt::format("candidate {} has no name", number + 1));
      config_.candidates.push_back(name);
      config_.excluded.push_back(truth_of(item, "excluded"));
      add_name(name, number);
      if (!text_of(item, "code").empty()) add_name(text_of(item, "code"), number);
      if (item.is_object() && item.contains("aliases") && item["aliases"].is_array())
        for (const Json& alias : item["aliases"])
          if (alias.is_string()) add_name(alias.get<std::string>(), number);
    }
    if (config_.candidates.empty()) problem("no candidate is declared");
    bool has_undeclared = false;
    for (const Source& source : config_.sources)
      has_undeclared = has_undeclared || !source.undeclared_label.empty() || source.blank_is_undeclared;
    if (!has_undeclared) return;
    add_name(undeclared, static_cast<std::uint32_t>(config_.candidates.size()));
    config_.candidates.emplace_back(undeclared);
    config_.excluded.push_back(0);
  }

  void add_name(const std::string& name, std::uint32_t number) {
    const auto [place, is_new] = config_.names.emplace(name, number);
    if (!is_new && place->second != number)
      problem(fmt::format("\"{}\" names two candidates", printable(name, 80)));
  }

  void read_rules(const Json& json) {
    Rules& rules = config_.rules;
    // Older configurations leave the mode out: one winner.
    if (!text_of(json, "winnerElectionMode").empty())
      rules.mode = choice_of(
          json, "winnerElectionMode",
          std::array{std::pair{"singleWinnerMajority", WinnerMode::single},
                     std::pair{"multiWinnerAllowOnlyOneWinnerPerRound", WinnerMode::one_per_round},
                     std::pair{"multiWinnerAllowMultipleWinnersPerRound", WinnerMode::many_per_round},
                     std::pair{"bottomsUp", WinnerMode::bottoms_up},
                     std::pair{"bottomsUpUsingPercentageThreshold", WinnerMode::bottoms_up_share},
                     std::pair{"multiPassIrv", WinnerMode::multi_pass}});
    else
      problem("winnerElectionMode is missing");
    rules.ties = choice_of(
        json, "tiebreakMode",
        std::array{std::pair{"random", TieMode::random}, std::pair{"stopCountingAndAsk", TieMode::ask},
                   std::pair{"previousRoundCountsThenRandom", TieMode::previous_then_random},
                   std::pair{"previousRoundCountsThenAsk", TieMode::previous_then_ask},
                   std::pair{"useCandidateOrder", TieMode::config_order},
                   std::pair{"generatePermutation", TieMode::permutation}});
    rules.overvote =
        choice_of(json, "overvoteRule",
                  std::array{std::pair{"exhaustImmediately", OvervoteRule::exhaust},
                             std::pair{"alwaysSkipToNextRank", OvervoteRule::skip},
                             std::pair{"exhaustIfMultipleContinuing", OvervoteRule::exhaust_if_multiple}});
    if (!text_of(json, "randomSeed").empty())
      rules.seed = number_of<std::uint64_t>(json, "randomSeed", 0, 999'999'999, 0);
    const bool random = rules.ties == TieMode::random || rules.ties == TieMode::previous_then_random ||
                        rules.ties == TieMode::permutation;
    if (random && !rules.seed) problem("randomSeed is missing, and tiebreakMode needs it");
    rules.winners = number_of<std::uint32_t>(json, "numberOfWinners",
                                             rules.mode == WinnerMode::bottoms_up_share ? 0 : 1, 1000, 1);
    if (rules.mode == WinnerMode::single && rules.winners != 1)
      problem(fmt::format("numberOfWinners is {} under singleWinnerMajority", rules.winners));
    rules.share_percent = number_of<std::int64_t>(json, "multiSeatBottomsUpPercentageThreshold", 1, 100, 0);
    rules.decimals = number_of<std::uint32_t>(json, "decimalPlacesForVoteArithmetic", 0, 9, 4);
    rules.minimum_votes = number_of<std::int64_t>(json, "minimumVoteThreshold", 0, 999'999'999, 0);
    rules.max_skipped = unlimited_number(json, "maxSkippedRanksAllowed", "unlimited", 0);
    rules.max_ranks = unlimited_number(json, "maxRankingsAllowed", "max", 1);
    if (text_of(json, "maxRankingsAllowed") == "max")
      rules.max_ranks = static_cast<std::uint32_t>(config_.candidates.size());
    rules.fractional_threshold = truth_of(json, "nonIntegerWinningThreshold");
    rules.first_round_threshold = truth_of(json, "doesFirstRoundDetermineThreshold");
    rules.hare = truth_of(json, "hareQuota");
    rules.cutoff = truth_of(json, "cutoffElimination");
    rules.batch = truth_of(json, "batchElimination");
    rules.until_two = truth_of(json, "continueUntilTwoCandidatesRemain");
    rules.exhaust_on_duplicate = truth_of(json, "exhaustOnDuplicateCandidate");
    rules.stop_after_round =
        number_of<std::uint32_t>(json, "stopTabulationEarlyAfterRound", 1, 999'999, 0xffffffff);
  }

  std::uint32_t unlimited_number(const Json& json, const char* key, const char* unlimited,
                                 std::int64_t least) {
    if (text_of(json, key) == unlimited) return 0xffffffff;
    return number_of<std::uint32_t>(json, key, least, 999'999, 0xffffffff);
  }

  std::filesystem::path file_;
  Config config_;
  std::vector<std::string> problems_;
};

}  // namespace

Result<Config> read_config(const std::filesystem::path& file) {
  return ConfigReader(file).read();
}

}  // namespace scrutineer::contest::rctab
