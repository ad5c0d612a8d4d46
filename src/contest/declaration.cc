#include "contest/declaration.h"

#include <fmt/format.h>

#include "base/text.h"
#include "contest/ballot_builder.h"

namespace scrutineer::contest {

std::optional<std::int64_t> first_preferences(const Declaration& declaration, Candidate candidate) {
  if (const auto& stated = declaration.whole.votes[candidate].first) return stated;
  if (declaration.wards.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (const DeclaredArea& ward : declaration.wards) {
    if (!ward.votes[candidate].first) return std::nullopt;
    sum += *ward.votes[candidate].first;
  }
  return sum;
}

std::int64_t valid_papers(const Declaration& declaration) {
  if (declaration.whole.papers.valid) return *declaration.whole.papers.valid;
  std::int64_t sum = 0;
  for (Candidate c = 0; c < declaration.candidates.size(); ++c)
    sum += first_preferences(declaration, c).value_or(0);
  return sum;
}

std::optional<std::int64_t> runoff_total(const Declaration& declaration, Candidate candidate) {
  const DeclaredVotes& votes = declaration.whole.votes[candidate];
  if (votes.total) return votes.total;
  const auto first = first_preferences(declaration, candidate);
  if (!first || !votes.transfers) return std::nullopt;
  return *first + *votes.transfers;
}

Result<Ballots> first_preference_papers(const Declaration& declaration) {
  Ballots ballots;
  ballots.title = declaration.title;
  ballots.seats = declaration.seats;
  ballots.candidates = declaration.candidates;
  bool by_ward = !declaration.wards.empty();
  for (Candidate c = 0; c < declaration.candidates.size() && by_ward; ++c) {
    std::int64_t sum = 0;
    for (const DeclaredArea& ward : declaration.wards) sum += ward.votes[c].first.value_or(0);
    by_ward = first_preferences(declaration, c).value_or(0) == sum;
  }
  BallotBuilder builder;
  const auto add = [&](const DeclaredArea& area, std::uint32_t group) -> Status {
    for (Candidate c = 0; c < declaration.candidates.size(); ++c) {
      const std::int64_t papers =
          by_ward ? area.votes[c].first.value_or(0) : first_preferences(declaration, c).value_or(0);
      SCRUTINEER_CHECK(
          builder.add(std::vector<Candidate>{c, BallotBuilder::rank_end}, Weight{papers, 0}, group));
    }
    return {};
  };
  if (by_ward) {
    for (const DeclaredArea& ward : declaration.wards)
      SCRUTINEER_CHECK(add(ward, builder.group_of(ward.name)));
  } else {
    SCRUTINEER_CHECK(add(declaration.whole, 0));
  }
  builder.finish(ballots);
  ballots.notes.emplace_back("a declaration: first preferences alone are known");
  return ballots;
}

Result<Fraction> parse_fraction(std::string_view text) {
  text = trimmed(text);
  const std::size_t stroke = text.find('/');
  const auto part = [](std::string_view digits) -> Result<Fraction> {
    SCRUTINEER_TRY(const Weight weight, parse_weight(trimmed(digits)));
    Fraction value(weight.units);
    for (std::uint32_t d = 0; d < weight.decimals; ++d) value /= 10;
    return value;
  };
  SCRUTINEER_TRY(Fraction value, part(text.substr(0, stroke)));
  if (stroke == std::string_view::npos) return value;
  SCRUTINEER_TRY(const Fraction divisor, part(text.substr(stroke + 1)));
  if (divisor == 0) return refused("a fraction divides by 0", {}, "a number above 0 after the stroke");
  return Fraction(value / divisor);
}

}  // namespace scrutineer::contest
