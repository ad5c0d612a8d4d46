// The clock is read here and nowhere else; only the ledger holds what it says.
#ifndef SCRUTINEER_CLI_CLOCK_H_
#define SCRUTINEER_CLI_CLOCK_H_

#include <string>

namespace scrutineer::cli {

// UTC, "YYYY-MM-DDTHH:MM:SSZ".
std::string utc_now();

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_CLOCK_H_
