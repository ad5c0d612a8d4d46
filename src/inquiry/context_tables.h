// The tables of the inquiry file that stand beside the contest: what-ifs and polls.
#ifndef SCRUTINEER_INQUIRY_CONTEXT_TABLES_H_
#define SCRUTINEER_INQUIRY_CONTEXT_TABLES_H_

#include "contest/scenario.h"
#include "impact/polls.h"
#include "inquiry/toml_reader.h"

namespace scrutineer::inquiry {

// [[scenario]]: needs a name, and turnout or a further candidate.
contest::Scenario read_scenario_table(const toml::table& table, TomlProblems& problems);

// [[poll]]: needs a name, a date, how many were asked and the shares of candidates.
impact::Poll read_poll_table(const toml::table& table, TomlProblems& problems);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_CONTEXT_TABLES_H_
