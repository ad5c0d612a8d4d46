// The status as people read it, sentence by sentence, and as JSON.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "canvass/status.h"

namespace scrutineer::canvass {
namespace {

std::string claim_words(const Claim& claim) {
  return fmt::format("fewer than {} of the {} eligible entries are ineligible", claim.margin, claim.entries);
}

std::string certificate_words(const CanvassStatus& status) {
  const Claim& claim = status.draw.claim;
  if (status.reached) {
    return fmt::format(
        "Certified at a risk limit of {:g} %, at door {}: {}.\n"
        "That does not say that a door counted against it is an ineligible entry, nor anything of the count "
        "or of why\n"
        "an entry is wrong.\n",
        100 * claim.risk, *status.reached_at, claim_words(claim));
  }
  std::string text = fmt::format("Not certified so far (p = {:.4f}, risk limit {:g}): that {}.\n", status.p,
                                 claim.risk, claim_words(claim));
  if (status.out_of_reach) {
    text +=
        "As many doors stay unverified as the margin: only calls that verify some of them can lead to it.\n"
        "That is no finding about anybody: silence counts against the certificate, not against a member.\n";
  } else {
    text +=
        fmt::format("{} more doors, all verified, would certify it; calls that open silent doors help too.\n",
                    *status.clean_needed);
  }
  return text;
}

std::string bounds_words(const CanvassStatus& status) {
  const Claim& claim = status.draw.claim;
  if (status.bounds_contradicted) {
    return "No number of ineligible entries fits the doors in the order drawn: they are hardly a random "
           "sample.\n";
  }
  return fmt::format(
      "Between {} and {} of the {} eligible entries are ineligible, {:g} %, whatever day you stop (the "
      "lower\n"
      "number takes denied, not known, moved and deceased as ineligible, the upper everything but "
      "verified).\n",
      status.least, status.most, claim.entries, 100 * (1 - claim.risk));
}

std::string outcome_words(const CanvassStatus& status) {
  std::string text = fmt::format("\n{} doors drawn:\n", status.draw.doors);
  const auto line = [&](std::string_view name, std::uint64_t number) {
    text += fmt::format("  {:<14}{:>8}\n", name, number);
  };
  for (std::size_t i = 0; i < answer_count; ++i) line(to_string(static_cast<Answer>(i)), status.answers[i]);
  line("contradicted", status.contradicted);
  line("no visit yet", status.waiting);
  if (status.passed_over > 0) {
    text +=
        fmt::format("{} of those without a visit come before the last door visited and count as silent.\n",
                    status.passed_over);
  }
  if (status.repeated_ids > 0)
    text += fmt::format("{} doors have the id of another door and count as silent.\n", status.repeated_ids);
  text += fmt::format("Second visits by others: {} doors meant, {} made, {} of them say the same.\n",
                      status.revisits_drawn, status.revisited, status.revisits_agree);
  if (status.elsewhere > 0)
    text += fmt::format("{} visits at entries that were not drawn take no part.\n", status.elsewhere);
  if (status.unknown > 0)
    text += fmt::format("{} visits have an id that is not an eligible entry.\n", status.unknown);
  if (!status.unreadable.empty()) {
    text += fmt::format("{} rows could not be read; the first: {}\n", status.unreadable.size(),
                        status.unreadable.front());
  }
  return text;
}

std::string response_words(const CanvassStatus& status) {
  std::string text;
  std::string kind;
  for (const Response& response : status.responses) {
    if (response.kind != kind) {
      kind = response.kind;
      text += fmt::format("\n{:<36}{:>8}{:>10}{:>10}  {}\n", kind, "visited", "answered", "verified",
                          "answered, 95 % interval");
    }
    text += fmt::format("  {:<34}{:>8}{:>10}{:>10}  {:.0f} % to {:.0f} %\n", printable(response.name, 34),
                        response.visited, response.answered, response.verified, 100 * response.low,
                        100 * response.high);
  }
  return text;
}

std::string visitor_words(const CanvassStatus& status) {
  if (status.visitors.empty()) return {};
  std::string text = fmt::format("\n{:<14}", "visits by");
  for (std::size_t i = 0; i < answer_count; ++i)
    text += fmt::format("{:>11}", to_string(static_cast<Answer>(i)));
  text += "\n";
  for (const VisitorRecord& visitor : status.visitors) {
    text += fmt::format("{:<14}", visitor.visitor.empty() ? "not noted" : printable(visitor.visitor, 60));
    for (const std::uint64_t number : visitor.answers) text += fmt::format("{:>11}", number);
    text += "\n";
  }
  if (status.visitors_differ_p) {
    text += fmt::format(
        "Verified among the answered, compared over those who visit: p = {:.3f}. Who calls where is not "
        "drawn by\n"
        "lot, so a small p may be of the doors and not of the visitors.\n",
        *status.visitors_differ_p);
  }
  return text;
}

nlohmann::ordered_json json_of(const std::array<std::uint64_t, answer_count>& answers) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < answer_count; ++i)
    json[std::string(to_string(static_cast<Answer>(i)))] = answers[i];
  return json;
}

nlohmann::ordered_json json_of(const std::optional<std::uint64_t>& number) {
  return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string to_text(const CanvassStatus& status) {
  std::string text = certificate_words(status) + bounds_words(status) + outcome_words(status);
  if (status.earlier_draws > 0)
    text += fmt::format("Draws given up with a reason, which the ledger holds: {}.\n", status.earlier_draws);
  return text + response_words(status) + visitor_words(status);
}

std::string to_json(const CanvassStatus& status) {
  const Claim& claim = status.draw.claim;
  nlohmann::ordered_json json = {
      {"entries", claim.entries},
      {"margin", claim.margin},
      {"risk", claim.risk},
      {"frame", status.draw.frame},
      {"seed", status.draw.seed},
      {"doors_drawn", status.draw.doors},
      {"doors_counted", status.doors},
      {"certified", status.reached},
      {"certified_at", json_of(status.reached_at)},
      {"out_of_reach", status.out_of_reach},
      {"clean_doors_needed", json_of(status.clean_needed)},
      {"p", status.p},
      {"least", status.least},
      {"most", status.most},
      {"bounds_contradicted", status.bounds_contradicted},
      {"answers", json_of(status.answers)},
      {"contradicted", status.contradicted},
      {"waiting", status.waiting},
      {"passed_over", status.passed_over},
      {"second_visits",
       {{"meant", status.revisits_drawn}, {"made", status.revisited}, {"agree", status.revisits_agree}}},
      {"earlier_draws", status.earlier_draws},
      {"rows", status.rows},
      {"elsewhere", status.elsewhere},
      {"unknown", status.unknown},
      {"repeated_ids", status.repeated_ids},
      {"unreadable", status.unreadable}};
  json["visitors"] = nlohmann::ordered_json::array();
  for (const VisitorRecord& visitor : status.visitors)
    json["visitors"].push_back({{"visitor", visitor.visitor}, {"answers", json_of(visitor.answers)}});
  json["design"] = std::string(to_string(status.draw.design));
  json["visitors_differ_p"] = status.visitors_differ_p ? nlohmann::ordered_json(*status.visitors_differ_p)
                                                       : nlohmann::ordered_json(nullptr);
  json["responses"] = nlohmann::ordered_json::array();
  for (const Response& response : status.responses) {
    json["responses"].push_back({{"kind", response.kind},
                                 {"name", response.name},
                                 {"visited", response.visited},
                                 {"answered", response.answered},
                                 {"verified", response.verified},
                                 {"low", response.low},
                                 {"high", response.high}});
  }
  // ln T; null where T is 0 or beyond all bounds, which JSON has no number for.
  json["log_martingale"] = nlohmann::ordered_json::array();
  for (const double value : status.log_martingale) {
    json["log_martingale"].push_back(std::isfinite(value) ? nlohmann::ordered_json(value)
                                                          : nlohmann::ordered_json(nullptr));
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace scrutineer::canvass
