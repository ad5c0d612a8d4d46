#include <fmt/format.h>

#include "report/parts.h"
#include "report/sections.h"

namespace scrutineer::report {

void write_checks(Html& html, const Facts& facts) {
  paragraph(html, "Nothing here needs to be believed. Anyone who may hold the files can do this:");
  html.element("ol", [&] {
    html.leaf(
        "li",
        "Compare the digests above with those of the files (sha256sum on Linux, shasum -a 256 on a Mac, "
        "Get-FileHash on Windows).");
    html.element("li", [&] {
      html.text("Run the audit again with Scrutineer ").text(facts.outcome.program_version).text(": ");
      html.leaf("code", fmt::format("scrutineer audit {}", facts.outcome.inquiry_file.empty()
                                                               ? "inquiry.toml"
                                                               : facts.outcome.inquiry_file));
      html.text(". The three files come out the same, byte for byte, on any computer.");
    });
    html.element("li", [&] {
      html.text("Or let it check a case by itself: ").leaf("code", "scrutineer verify CASE").text(".");
    });
    html.leaf("li", "Open any exhibit: the roll, then the line. Lines count from 1, the header included.");
    html.element("li", [&] {
      html.text("Ask what is held about one person, and who has looked: ")
          .leaf("code", "scrutineer explain CASE MEMBER_ID")
          .text(".");
    });
    html.leaf("li", "Look up a finding by its number here in findings.json: no. 1 is the first in its list.");
  });
}

}  // namespace scrutineer::report
