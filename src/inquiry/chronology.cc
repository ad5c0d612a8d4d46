#include "inquiry/chronology.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "store/case_file.h"

namespace scrutineer::inquiry {
namespace {

constexpr const char* settings_fixed = "settings-fixed";
constexpr const char* outcomes_read = "outcomes-read";

std::vector<std::pair<std::string, std::string>> facts_of(const std::string& body) {
  std::vector<std::pair<std::string, std::string>> facts;
  const auto json = nlohmann::ordered_json::parse(body, nullptr, false);
  if (!json.is_object()) return facts;
  for (const auto& [name, value] : json.items()) {
    if (value.is_string()) facts.emplace_back(name, value.get<std::string>());
  }
  return facts;
}

std::optional<std::string> fact(const KnownEntry& entry, const std::string& name) {
  for (const auto& [key, value] : entry.facts) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string place(const KnownEntry& entry) {
  return fmt::format("{}, entry {} of the ledger", entry.at, entry.number);
}

// The last settings fixed before the given entry.
const KnownEntry* settings_before(std::span<const KnownEntry> history, std::uint64_t number) {
  const KnownEntry* last = nullptr;
  for (const KnownEntry& entry : history) {
    if (entry.kind == settings_fixed && entry.number < number) last = &entry;
  }
  return last;
}

// Settings whose value differs from what held when outcomes were first read.
std::vector<std::string> changes(const KnownEntry& then, std::span<const Setting> now) {
  std::vector<std::string> changed;
  for (const Setting& setting : now) {
    const auto before = fact(then, setting.name);
    if (!before) {
      changed.push_back(fmt::format("{} was not recorded when outcomes were first read; it is now \"{}\"",
                                    setting.name, setting.value));
    } else if (*before != setting.value) {
      changed.push_back(fmt::format("{} was \"{}\" when outcomes were first read and is now \"{}\"",
                                    setting.name, *before, setting.value));
    }
  }
  return changed;
}

void conclude_first_reading(std::span<const KnownEntry> history, std::span<const Setting> settings,
                            Chronology& order) {
  const KnownEntry* fixed = settings_before(history, history.empty() ? 0 : history.back().number + 1);
  if (!fixed) {
    order.sentence =
        "Settings were fixed and outcomes read in one and the same run, the first of this case: nothing here "
        "shows that the settings came first. An audit made before the canvass would have shown it.";
    return;
  }
  order.changed = changes(*fixed, settings);
  order.before_outcomes = order.changed.empty();
  order.sentence =
      order.before_outcomes
          ? fmt::format(
                "The rule and every setting were fixed on {}, before this run, in which "
                "outcomes are read for the first time.",
                place(*fixed))
          : "Outcomes are read for the first time in this run; settings differ from those recorded "
            "before, and nothing shows that they were changed before the outcomes were known.";
}

}  // namespace

Result<std::vector<KnownEntry>> read_history(const std::filesystem::path& folder, bool before_last_run) {
  std::vector<KnownEntry> history;
  std::error_code failed;
  if (!std::filesystem::exists(folder / "case.sqlite", failed)) return history;
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(folder, store::SqliteMode::read_only));
  SCRUTINEER_TRY(const std::vector<store::LedgerEntry> entries, store::entries_of(file.database()));
  for (const store::LedgerEntry& entry : entries)
    history.push_back({entry.number, entry.note.at, entry.note.kind, facts_of(entry.note.body)});
  if (!before_last_run) return history;
  const auto last = std::find_if(history.rbegin(), history.rend(),
                                 [](const KnownEntry& entry) { return entry.kind == settings_fixed; });
  if (last != history.rend()) history.erase(std::prev(last.base()), history.end());
  return history;
}

Chronology chronology_of(std::span<const KnownEntry> history, std::span<const Setting> settings,
                         bool outcomes) {
  Chronology order;
  const auto first = std::find_if(history.begin(), history.end(),
                                  [](const KnownEntry& entry) { return entry.kind == outcomes_read; });
  std::map<std::string, std::pair<std::uint64_t, const KnownEntry*>> kinds;
  for (const KnownEntry& entry : history) {
    auto& [number, earliest] = kinds[entry.kind];
    if (number++ == 0) earliest = &entry;
  }
  for (const auto& [kind, seen] : kinds)
    order.events.push_back({kind, seen.first, seen.second->at, seen.second->number});
  std::stable_sort(order.events.begin(), order.events.end(),
                   [](const auto& a, const auto& b) { return a.first_entry < b.first_entry; });
  order.looks =
      static_cast<std::uint64_t>(std::count_if(history.begin(), history.end(),
                                               [](const KnownEntry& e) { return e.kind == outcomes_read; })) +
      (outcomes ? 1 : 0);
  if (!outcomes && first == history.end()) {
    order.before_outcomes = true;
    order.sentence = "No outcomes have been read yet: settings fixed now come before them.";
    return order;
  }
  if (first == history.end()) {
    conclude_first_reading(history, settings, order);
    return order;
  }
  // Each run fixes its settings once, before it reads outcomes: what lies before the settings of the run that
  // read first was fixed in an earlier one.
  const KnownEntry* same_run = settings_before(history, first->number);
  const KnownEntry* earlier = same_run ? settings_before(history, same_run->number) : nullptr;
  const KnownEntry* fixed = earlier ? earlier : same_run;
  if (!fixed) {
    order.sentence =
        fmt::format("Outcomes were first read on {}; no settings are recorded before that.", place(*first));
    return order;
  }
  order.changed = changes(*fixed, settings);
  order.before_outcomes = earlier && order.changed.empty();
  order.sentence = fmt::format(
      "Settings were fixed on {}; outcomes were first read on {}{}. {}", place(*fixed), place(*first),
      earlier ? ", in a later run" : ", in the same run, so that nothing shows which came first",
      order.changed.empty() ? "No setting has been changed since."
                            : "Settings that differ now from those fixed then are named.");
  return order;
}

}  // namespace scrutineer::inquiry
