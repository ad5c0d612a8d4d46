// What was known when: settings, draws and outcomes in the order of the ledger.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"

namespace scrutineer::report {
namespace {

// "settings-fixed" as people write it.
std::string in_words(std::string kind) {
  std::replace(kind.begin(), kind.end(), '-', ' ');
  return as_title(std::move(kind));
}

}  // namespace

void write_chronology(Html& html, const Facts& facts) {
  const inquiry::Chronology& order = facts.outcome.chronology;
  if (order.sentence.empty()) {
    paragraph(html, "No ledger was read with this outcome.");
    return;
  }
  paragraph(html, order.sentence);
  bullets(html, order.changed);
  if (order.looks > 0) {
    paragraph(html,
              fmt::format("Outcomes have been looked at in {}, this one included. Each look at the same "
                          "outcomes under other settings is a further chance of a false alarm.",
                          counted(order.looks, "run")));
  }
  Table table("Earlier entries of the ledger, by kind",
              {{"Kind"}, {"Entries", true}, {"First at (UTC)"}, {"First entry", true}});
  for (const inquiry::Chronology::Event& event : order.events)
    table.row({in_words(event.kind), count(event.times), event.first_at, count(event.first_entry)});
  if (!table.empty()) table.write(html);
  remark(html,
         "The ledger is chained: nobody can change or drop an entry unseen. Its times are those of the "
         "computer that wrote it.");
}

}  // namespace scrutineer::report
