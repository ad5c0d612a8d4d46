// The order in which things were known, from the case's own ledger: when settings were fixed, doors drawn and
// outcomes read, how often outcomes were looked at, and which settings were changed after they had been.
//
// Times are those of earlier entries of the ledger; a run has none of its own here, so that the same case and
// the same inputs give the same report. What the first run cannot show it says: settings and outcomes that
// come in one run come in no order that others could check.
#ifndef SCRUTINEER_INQUIRY_CHRONOLOGY_H_
#define SCRUTINEER_INQUIRY_CHRONOLOGY_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "inquiry/outcome.h"
#include "inquiry/settings.h"

namespace scrutineer::inquiry {

// An entry of the ledger of the case that this run continues.
struct KnownEntry {
  std::uint64_t number = 0;
  std::string at, kind;
  std::vector<std::pair<std::string, std::string>> facts;  // of its body, where that is an object of strings
};

// The ledger of the case in `folder`; empty where there is none. `before_last_run`: without the entries of
// the last audit and what came after it, i.e. what that audit itself knew.
Result<std::vector<KnownEntry>> read_history(const std::filesystem::path& folder, bool before_last_run);

// `outcomes`: whether this run reads canvass outcomes.
Chronology chronology_of(std::span<const KnownEntry> history, std::span<const Setting> settings,
                         bool outcomes);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_CHRONOLOGY_H_
