#include "canvass/small_case.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "store/case_file.h"

namespace scrutineer::tests {

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

std::vector<std::string> numbered_ids(unsigned count) {
  std::vector<std::string> ids;
  for (unsigned i = 1; i <= count; ++i) ids.push_back(fmt::format("M{:04}", i));
  return ids;
}

Status write_small_case(const std::filesystem::path& folder, const std::vector<std::string>& ids,
                        const std::vector<std::string>& questioned, const std::string& margin) {
  SCRUTINEER_TRY(store::CaseBuilder builder, store::CaseBuilder::begin(folder));
  SCRUTINEER_CHECK(builder.add(store::SettingRow{"inquiry.title", "A small inquiry", "inquiry file"}));
  SCRUTINEER_CHECK(builder.add(store::SettingRow{"inquiry.freeze_date", "2026-05-06", "inquiry file"}));
  std::uint64_t number = 0;
  for (const std::string& id : ids) {
    store::MemberRow member;
    member.number = number++;
    member.id = id;
    member.line = number + 1;
    member.eligible = id.empty() || id.front() != 'X';
    member.ineligible_because = member.eligible ? "" : "joined too late";
    member.register_status = "at-address";
    member.household = "H" + id;
    SCRUTINEER_CHECK(builder.add(member));
  }
  if (!questioned.empty()) {
    store::FindingRow finding;
    finding.id = "7 payer:account:1";
    finding.signal = 7;
    finding.key = "payer";
    finding.tier = "B";
    finding.subject_kind = "account";
    finding.subject_key = "1";
    finding.listed = true;
    finding.level = 2;
    finding.text = "one account";
    finding.members = questioned;
    SCRUTINEER_CHECK(builder.add(finding));
  }
  write_text(builder.file("findings.json"), "{\"impact\": {\"margin\": " + margin + "}}\n");
  return builder.finish({"2026-06-01T10:00:00Z", "scrutineer test", "case-written", "{}"});
}

}  // namespace scrutineer::tests
