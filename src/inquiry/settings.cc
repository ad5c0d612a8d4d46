#include "inquiry/settings.h"

#include <fmt/format.h>

#include <optional>

#include "signals/payer_households.h"

namespace scrutineer::inquiry {
namespace {

std::string in_words(const signals::BaseRate& rate) {
  return fmt::format("{} to {}: {}", rate.low, rate.high, rate.note);
}

std::string in_words(const signals::RuleL3& rule) {
  return fmt::format(
      "L3: js at most {}, classes of fewer than {} households being put together; {} of 4 links with p at "
      "most {}; js at most {} without any household, join day, phone or visitor, of the {} of each kind "
      "that contribute most; js at most {} at odds of {} to {}, by groups of {} or more; js at most {} with "
      "recruiters kept apart, or p at most {} against half of one recruiter's households; one account for "
      "{} households, {} of its members strict; {} denials",
      rule.joint, rule.least_class, rule.links, rule.link, rule.deletion, rule.deletion_candidates,
      rule.sensitivity, rule.least_gamma, rule.most_gamma, rule.least_group, rule.within, rule.majority,
      rule.account_households, rule.account_strict, rule.denials);
}

}  // namespace

impact::VerdictSettings verdict_settings(const InquiryFile& file) {
  impact::VerdictSettings settings;
  if (file.strict) {
    settings.strict_base_rate = file.strict->high;
    settings.strict_base_rate_source =
        file.strict->note.empty() ? "set in the inquiry file, without a source" : file.strict->note;
  }
  return settings;
}

std::vector<Setting> settings_of(const InquiryFile& file) {
  std::vector<Setting> settings;
  const auto add = [&](std::string name, const std::optional<std::string>& value,
                       const std::string& otherwise = "") {
    const char* source = value ? "inquiry file" : "default";
    settings.push_back({std::move(name), value.value_or(otherwise), source});
  };
  const auto rate = [](const std::optional<signals::BaseRate>& of) {
    return of ? std::optional(in_words(*of)) : std::nullopt;
  };
  const auto day = [](std::optional<Date> of) { return of ? std::optional(of->iso()) : std::nullopt; };
  const auto number = [](auto of) { return of ? std::optional(fmt::format("{}", *of)) : std::nullopt; };
  add("inquiry.title", file.title);
  add("inquiry.freeze_date", day(file.freeze_date));
  add("inquiry.min_membership_days", number(file.min_membership_days));
  add("inquiry.seed", std::to_string(file.seed));
  add("inquiry.base_rate.off_register", rate(file.off_register));
  add("inquiry.base_rate.never_registered", rate(file.never_registered));
  const impact::VerdictSettings verdict = verdict_settings(file);
  add("inquiry.base_rate.strict", rate(file.strict), fmt::format("at most {}", verdict.strict_base_rate));
  add("inquiry.base_rate.collected_households", number(file.collected_households),
      fmt::format("{}", signals::default_collected_households));
  add("verdict.rule", std::nullopt, in_words(verdict.rule));
  add("verdict.individual_acts", std::nullopt,
      fmt::format("rate e-value at least {}, js above {}", verdict.rate_e, verdict.individual_js));
  add("verdict.accident", std::nullopt,
      fmt::format("rate e-value below {}, js above {}", verdict.rate_e, verdict.accident_js));
  add("verdict.planned_response", std::nullopt, fmt::format("{}", verdict.planned_response));
  return settings;
}

}  // namespace scrutineer::inquiry
