#include <fmt/format.h>

#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"

namespace scrutineer::report {

void write_methods(Html& html, const Facts& facts) {
  html.leaf("h3", "How it was done");
  bullets(
      html,
      {"Every file was read row by row; what could not be read was kept and counted.",
       "Each member was looked up on each register, first at the address given and then anywhere, by name, "
       "date of "
       "birth and address together. Names are read for this alone: no signal sees a name, its origin or its "
       "spelling.",
       "Each signal compares what was observed with what a stated null model expects, and gives its evidence "
       "as an "
       "e-value. Signals are never added up into a score.",
       "Within a signal the list is cut by the e-BH rule, which bounds the expected share of chance findings "
       "whatever the dependence between them.",
       "Sentences about records come from a fixed ladder of six rungs, from \"no signal\" to \"pattern "
       "consistent "
       "with co-ordination; alternatives tested\". Nothing else may be said.",
       fmt::format("Every random draw follows from the seed {}.", facts.outcome.seed)});
  html.leaf("h3", "What it cannot do");
  bullets(
      html,
      {"A count of irregular records cannot separate accident from concert: base rates of people not on the "
       "register at their address differ too much between places and ways of living.",
       "Not being on the register has many innocent causes: having moved, renting, nationality, a shared "
       "house, a "
       "spelling, a register some months old.",
       "Nobody at home, and a refusal to answer, are not evidence against anyone.",
       "Wrongly challenging a member counts as much as overlooking a wrong entry. No one may be removed by "
       "this "
       "report: two people must look at the exhibits, and the person concerned must be heard.",
       "Probabilities are those of the model. Where its assumptions fail, they fail; they stand with each "
       "signal."});
  if (!facts.outcome.notes.empty()) {
    html.leaf("h3", "Notes of this run");
    bullets(html, facts.outcome.notes);
  }
}

}  // namespace scrutineer::report
