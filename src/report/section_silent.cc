#include <fmt/format.h>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"
#include "report/words.h"
#include "signals/signal.h"

namespace scrutineer::report {
namespace {

std::string title_of(const signals::Absent& absent) {
  for (const signals::Signal& signal : signals::registry()) {
    if (signal.number == absent.signal) return std::string(signal.title);
  }
  return absent.key;
}

}  // namespace

void write_silent_signals(Html& html, const Facts& facts) {
  html.leaf("h3", "Ran and listed nothing");
  Table silent("Signals that ran and listed nothing",
               {{"Signal"}, {"Tested", true}, {"Tier"}, {"Null model"}}, Table::Narrow::stack);
  for (const signals::SignalReport& report : facts.outcome.signals) {
    if (totals_of(report).findings > 0) continue;
    silent.row({fmt::format("{}. {}", report.signal, report.title), count(report.tested),
                std::string(1, static_cast<char>(report.tier)), as_sentence(report.null_model)});
  }
  if (silent.empty()) {
    paragraph(html, "Every signal that ran listed something.");
  } else {
    silent.write(html);
  }
  html.leaf("h3", "Could not run");
  Table absent("Signals that could not run, and what each needs", {{"Signal"}, {"Needs"}},
               Table::Narrow::stack);
  for (const signals::Absent& one : facts.outcome.absent) {
    absent.row({fmt::format("{}. {}", one.signal, title_of(one)), as_sentence(one.needs)});
  }
  if (absent.empty()) {
    paragraph(html, "Every signal had what it needs.");
  } else {
    absent.write(html);
  }
}

}  // namespace scrutineer::report
