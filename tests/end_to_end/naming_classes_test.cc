// Naming classes permuted: the same people at the same addresses, with the same payments, recruiters, days
// and outcomes, exchange their names, in every roll alike. Names are for matching alone, so nothing that a
// signal or the verdict says may move.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "end_to_end/fictional_inquiry.h"
#include "inquiry/audit.h"
#include "inquiry/inquiry_file.h"
#include "stats/random.h"

namespace scrutineer::tests {
namespace {

constexpr std::size_t people = 600;  // the first 240 are members

struct FullName {
  std::string given, family;
};

// Two structural classes: rare family names of one token, and generic ones that many share, after two given
// names. Every full name is borne once.
std::vector<FullName> names() {
  const std::array<const char*, 25> start = {
      "Bren", "Cald", "Dorv", "Elk",  "Farn", "Gosm", "Hurl", "Istr", "Jend", "Kolb", "Lorm", "Mund", "Nask",
      "Ostr", "Perv", "Quil", "Rask", "Sumb", "Tarn", "Ulv",  "Vost", "Wend", "Yarl", "Zem",  "Abr"};
  const std::array<const char*, 12> end = {"ick",  "owell", "anda",  "urton", "essy",  "ibald",
                                           "omar", "une",   "aquil", "eth",   "ysart", "olf"};
  const std::array<const char*, 4> generic = {"Miah", "Begum", "Khatun", "Uddin"};
  std::vector<FullName> all;
  for (std::size_t i = 0; i < people / 2; ++i) {
    const std::string token = std::string(start[i % 25]) + end[i / 25];
    const std::string other = std::string(start[(i * 7 + 3) % 25]) + end[(i / 25 + 5) % 12];
    all.push_back({other, token});
    all.push_back({"Md " + token, generic[i % 4]});
  }
  return all;
}

// One inquiry; person p bears names()[bearer[p]].
std::filesystem::path write_inquiry(const std::filesystem::path& folder,
                                    const std::vector<std::size_t>& bearer) {
  std::filesystem::create_directories(folder);
  const auto name = names();
  std::ofstream members(folder / "members.csv"), canvass(folder / "canvass.csv"),
      payments(folder / "payments.csv");
  std::array<std::ofstream, 2> registers = {std::ofstream(folder / "register-0.csv"),
                                            std::ofstream(folder / "register-1.csv")};
  members << "id,given,family,address,postcode,joined,payer,recruiter,ward\n";
  canvass << "id,outcome,visited,arm,visitor\n";
  payments << "id,payer,paid_on,amount\n";
  for (auto& one : registers) one << "given,family,address,postcode\n";
  stats::Random random(4, "naming classes");
  for (std::size_t p = 0; p < people; ++p) {
    const FullName& own = name[bearer[p]];
    const bool member = p < 240;
    const bool planted = p < 36;  // one recruiter, two accounts, three days, six in ten never on a register
    const std::string address = std::to_string(1 + p) + " Quarry Lane,NX" + std::to_string(1 + p % 9) + " " +
                                std::to_string(1 + p % 7) + "AB";
    const bool never = planted ? random.chance(0.6) : member && random.chance(0.06);
    if (!never) {
      for (auto& one : registers) one << own.given << ',' << own.family << ',' << address << '\n';
    }
    if (!member) continue;
    const std::string id = "M" + std::to_string(1000 + p);
    const std::string payer = planted ? "A" + std::to_string(p % 2) : "P" + id;
    const std::string joined = planted
                                   ? "2025-03-0" + std::to_string(1 + p % 3)
                                   : "2024-" + std::to_string(10 + p % 3) + "-" + std::to_string(10 + p % 17);
    members << id << ',' << own.given << ',' << own.family << ',' << address << ',' << joined << ',' << payer
            << ','
            << (planted ? "R1"
                : p % 2 ? "R2"
                        : "")
            << ",W" << p % 2 << '\n';
    payments << id << ',' << payer << ',' << joined << ",25\n";
    const char* outcome = never                 ? (p % 2 ? "denied" : "not-known")
                          : random.chance(0.05) ? "moved"
                                                : "verified";
    canvass << id << ',' << outcome << ",2025-06-01,random,V" << p % 4 << '\n';
  }
  std::ofstream(folder / "inquiry.toml") << R"([inquiry]
title = "Names exchanged"
freeze_date = 2025-05-01
seed = 1
base_rate = { strict = [0.01, 0.04], collected_households = 20, note = "invented" }
[[roll]]
name = "members"
kind = "members"
file = "members.csv"
[[roll]]
name = "register-2024"
kind = "register"
file = "register-0.csv"
as_of = 2023-12-01
[[roll]]
name = "register-2025"
kind = "register"
file = "register-1.csv"
as_of = 2025-04-01
[[roll]]
name = "payments"
kind = "payments"
file = "payments.csv"
[[roll]]
name = "doorstep"
kind = "canvass"
file = "canvass.csv"
as_of = 2025-07-01
)";
  return folder / "inquiry.toml";
}

inquiry::Outcome outcome_of(const std::filesystem::path& file) {
  const auto inquiry = inquiry::read_inquiry_file(file);
  EXPECT_TRUE(inquiry) << inquiry.error().message();
  auto audit = inquiry::run_audit(*inquiry, {});
  EXPECT_TRUE(audit) << audit.error().message();
  return std::move(audit->outcome);
}

TEST(NamingClasses, ExchangedMoveNoSignalAndNoVerdict) {
  const ScratchFolder folder("naming-classes");
  std::vector<std::size_t> bearer(people);
  std::iota(bearer.begin(), bearer.end(), std::size_t{0});
  const inquiry::Outcome before = outcome_of(write_inquiry(folder.path() / "before", bearer));
  stats::Random(3, "exchange").shuffle(std::span(bearer));
  const inquiry::Outcome after = outcome_of(write_inquiry(folder.path() / "after", bearer));

  ASSERT_EQ(before.members.size(), 240U);
  std::size_t off = 0;
  for (std::size_t m = 0; m < before.members.size(); ++m) {
    // Who is on no register may be taken for a namesake's likeness elsewhere under one name and not under
    // another: "elsewhere" and "not found" may change places. At their address or not is what signals go by.
    EXPECT_EQ(before.members[m].status == signals::RegisterStatus::at_address,
              after.members[m].status == signals::RegisterStatus::at_address)
        << before.members[m].id;
    EXPECT_EQ(before.members[m].findings, after.members[m].findings) << before.members[m].id;
    off += before.members[m].status != signals::RegisterStatus::at_address;
  }
  EXPECT_GT(off, 20U);
  ASSERT_EQ(before.signals.size(), after.signals.size());
  std::uint64_t listed = 0;
  for (std::size_t s = 0; s < before.signals.size(); ++s) {
    const auto& one = before.signals[s];
    const auto& other = after.signals[s];
    listed += one.listed;
    EXPECT_EQ(one.notes, other.notes) << one.key;
    ASSERT_EQ(one.findings.size(), other.findings.size()) << one.key;
    for (std::size_t f = 0; f < one.findings.size(); ++f) {
      EXPECT_EQ(one.findings[f].id, other.findings[f].id);
      EXPECT_EQ(one.findings[f].p, other.findings[f].p) << one.findings[f].id;
      EXPECT_EQ(one.findings[f].e, other.findings[f].e) << one.findings[f].id;
      EXPECT_EQ(one.findings[f].listed, other.findings[f].listed) << one.findings[f].id;
      EXPECT_EQ(one.findings[f].text, other.findings[f].text) << one.findings[f].id;
    }
  }
  EXPECT_GT(listed, 0U) << "there must be something that could have moved";
  EXPECT_EQ(before.verdict.outcome, after.verdict.outcome);
  EXPECT_EQ(before.verdict.because, after.verdict.because);
}

}  // namespace
}  // namespace scrutineer::tests
