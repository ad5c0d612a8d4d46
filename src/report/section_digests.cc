#include "report/numbers.h"
#include "report/parts.h"
#include "report/sections.h"
#include "report/table.h"

namespace scrutineer::report {

void write_digests(Html& html, const Facts& facts) {
  const inquiry::Outcome& outcome = facts.outcome;
  paragraph(
      html,
      "The SHA-256 digest of every file read. A file with the same digest is the same file, byte for byte.");
  Table table("Input files and their digests", {{"File"}, {"Bytes", true}, {"SHA-256"}},
              Table::Narrow::stack);
  table.row(
      {outcome.inquiry_file.empty() ? "inquiry file" : outcome.inquiry_file, "–", outcome.inquiry_sha256},
      "digest");
  for (const inquiry::RollSummary& roll : outcome.rolls) {
    table.row({roll.file, count(roll.account.bytes), roll.account.sha256}, "digest");
  }
  table.write(html);
}

}  // namespace scrutineer::report
