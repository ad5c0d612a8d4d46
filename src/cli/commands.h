// The commands of the program, each in a file of its own: thin, no logic. A command registers itself with
// the parser and, when it was chosen, leaves what to do in `chosen`.
#ifndef SCRUTINEER_CLI_COMMANDS_H_
#define SCRUTINEER_CLI_COMMANDS_H_

#include <functional>

#include "base/result.h"

namespace CLI {
class App;
}

namespace scrutineer::cli {

// Set by the parsed command; main runs it, prints its error and turns that into the exit status.
using Chosen = std::function<Status()>;

void add_audit(CLI::App& app, Chosen& chosen);
void add_link(CLI::App& app, Chosen& chosen);
void add_dedupe(CLI::App& app, Chosen& chosen);
void add_count(CLI::App& app, Chosen& chosen);
void add_margin(CLI::App& app, Chosen& chosen);
void add_verify_margin(CLI::App& app, Chosen& chosen);
void add_synth(CLI::App& app, Chosen& chosen);
void add_verify(CLI::App& app, Chosen& chosen);
void add_explain(CLI::App& app, Chosen& chosen);
void add_key(CLI::App& app, Chosen& chosen);
void add_erase(CLI::App& app, Chosen& chosen);
void add_export(CLI::App& app, Chosen& chosen);
void add_review(CLI::App& app, Chosen& chosen);
void add_canvass(CLI::App& app, Chosen& chosen);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_COMMANDS_H_
