// Certificates: what margin() proves is accepted, and no altered certificate that says something false ever
// is.
#include "contest/certificate/certificate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/digest.h"
#include "contest/read_ballots.h"
#include "contest/reference/brute_force.h"
#include "support/shared_data.h"

namespace scrutineer::contest {
namespace {

using Random = std::mt19937_64;

Ballots random_ballots(Random& random, Rule rule, unsigned groups) {
  reference::Electorate electorate;
  electorate.candidates = 3 + static_cast<unsigned>(random() % 3);
  electorate.groups = groups;
  electorate.orders = reference::all_orders(electorate.candidates, rule == Rule::plurality ? 1 : 4);
  electorate.papers.assign(electorate.orders.size() * groups, 0);
  const unsigned papers = 3 + static_cast<unsigned>(random() % 60);
  for (unsigned i = 0; i < papers; ++i) ++electorate.papers[random() % electorate.papers.size()];
  return electorate.ballots();
}

MarginOptions all_means(Random& random, std::size_t groups) {
  MarginOptions options;
  options.mixed = options.keep_proofs = true;
  options.count.seed = random();
  if (random() % 2 == 0) options.most_added = static_cast<std::int64_t>(random() % 4);
  if (random() % 3 == 0)
    for (std::size_t g = 0; g < groups; ++g) options.caps.push_back(static_cast<std::int64_t>(random() % 12));
  return options;
}

Certificate certificate_for(const Ballots& ballots, Rule rule, const MarginOptions& options) {
  const auto found = margins(ballots, rule, options);
  EXPECT_TRUE(found) << found.error().message();
  if (!found) return {};
  const auto certificate = certificate_of(ballots, rule, *found, options, "");
  EXPECT_TRUE(certificate) << certificate.error().message();
  return certificate ? *certificate : Certificate{};
}

// Accepted after a journey through its text?
Status accepted(const Certificate& certificate) {
  const auto again = read_certificate(to_text(certificate), "certificate");
  if (!again) return std::unexpected(again.error());
  EXPECT_EQ(to_text(*again), to_text(certificate));
  return check_certificate(*again);
}

TEST(Certificate, HoldsForEveryMarginOfSmallContests) {
  Random random(1);
  int trees = 0;
  for (int i = 0; i < 400; ++i) {
    const Rule rule = i % 4 == 0 ? Rule::plurality : Rule::irv;
    const Ballots ballots = random_ballots(random, rule, 2);
    const MarginOptions options = all_means(random, 2);
    const Certificate certificate = certificate_for(ballots, rule, options);
    const Status status = accepted(certificate);
    EXPECT_TRUE(status) << "case " << i << ": " << status.error().message();
    const Status papers = check_papers(certificate, ballots);
    EXPECT_TRUE(papers) << "case " << i << ": " << papers.error().message();
    EXPECT_EQ(certificate.claims.size(), 8U);
    for (const CertifiedClaim& claim : certificate.claims) trees += claim.by == CertifiedClaim::By::tree;
  }
  EXPECT_GT(trees, 300);
}

// One random change of the proof of a claim.
void mutate(CertifiedClaim& claim, Random& random) {
  const auto pick = [&](auto& items) -> auto& {
    return items[random() % items.size()];
  };
  auto& leaves = claim.tree.leaves;
  switch (random() % 9) {
    case 0:
      if (!leaves.empty())
        leaves.erase(leaves.begin() + static_cast<std::ptrdiff_t>(random() % leaves.size()));
      break;
    case 1:
      if (!leaves.empty()) pick(leaves).by = static_cast<Pruned>(random() % 2);
      break;
    case 2:
      if (!leaves.empty() && pick(leaves).suffix.size() > 1) {
        auto& suffix = pick(leaves).suffix;
        if (suffix.size() > 1) suffix.erase(suffix.begin());
      }
      break;
    case 3:
      if (!leaves.empty()) {
        auto& suffix = pick(leaves).suffix;
        std::swap(suffix.front(), suffix[random() % suffix.size()]);
      }
      break;
    case 4:
    case 5:
      if (!leaves.empty() && !pick(leaves).boxes.empty()) {
        auto& boxes = pick(leaves).boxes;
        if (boxes.empty()) break;
        auto& box = pick(boxes);
        if (!box.rows.empty()) {
          std::int64_t& units = pick(box.rows).units;
          units = random() % 3 == 0   ? 0
                  : random() % 2 == 0 ? std::min<std::int64_t>(units * 2, std::int64_t{1} << 52)
                                      : static_cast<std::int64_t>(random() % (std::uint64_t{1} << 40));
        } else if (box.split) {
          box.split->at += random() % 2 == 0 ? 1 : -std::min<std::int64_t>(1, box.split->at);
        }
      }
      break;
    case 6:
      if (!claim.taken.empty()) pick(claim.taken).second = static_cast<std::int64_t>(random() % 9);
      break;
    case 7:
      if (!claim.put.empty()) pick(claim.put).count = 1 + static_cast<std::int64_t>(random() % 9);
      break;
    default:
      claim.by = static_cast<CertifiedClaim::By>(random() % 4);
  }
}

// What is claimed is false, so nothing that could stand in the file may make it pass.
TEST(Certificate, NothingProvesWhatIsFalse) {
  Random random(2);
  int tried = 0;
  for (int i = 0; i < 80; ++i) {
    const Rule rule = i % 5 == 0 ? Rule::plurality : Rule::irv;
    const Ballots ballots = random_ballots(random, rule, 2);
    const MarginOptions options = all_means(random, 2);
    const Certificate certificate = certificate_for(ballots, rule, options);
    for (std::size_t number = 0; number < certificate.claims.size(); ++number) {
      const CertifiedClaim& claim = certificate.claims[number];
      if (!claim.high || *claim.high != claim.low) continue;
      for (int mutation = 0; mutation < 40; ++mutation) {
        Certificate altered = certificate;
        // A claim for a change may rest on the claim for lots: only this one is looked at, with what came
        // before.
        altered.claims.resize(number + 1);
        CertifiedClaim& wrong = altered.claims.back();
        if (random() % 2 == 0) {
          wrong.low += 1;
          if (random() % 2 == 0) wrong.high = wrong.low;
          if (random() % 4 == 0) wrong.high.reset();
        } else {
          if (*wrong.high == 0) continue;
          wrong.high = *wrong.high - 1;
          wrong.low = std::min(wrong.low, *wrong.high);
          // Fewer papers in the witness too, so that its number fits.
          for (auto& [paper, count] : wrong.taken) {
            if (count == 0) continue;
            --count;
            break;
          }
        }
        for (int k = 0; k < 1 + mutation % 4; ++k) mutate(wrong, random);
        if (mutation == 0) wrong.impossible = !wrong.impossible;
        ++tried;
        EXPECT_FALSE(accepted(altered)) << "case " << i << " claim " << number << "\n" << to_text(altered);
        if (testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_GT(tried, 4000);
}

// Bytes changed in the file itself: the seal does not fit, or the grammar is broken.
TEST(Certificate, EveryChangedByteIsRefused) {
  Random random(3);
  const Ballots ballots = random_ballots(random, Rule::irv, 1);
  MarginOptions options;
  options.keep_proofs = true;
  const std::string text = to_text(certificate_for(ballots, Rule::irv, options));
  ASSERT_TRUE(read_certificate(text, "whole"));
  for (int i = 0; i < 3000; ++i) {
    std::string altered = text;
    const std::size_t at = random() % altered.size();
    const auto byte = static_cast<char>(random() % 256);
    if (altered[at] == byte) continue;
    if (i % 3 == 0) {
      altered.erase(at, 1 + random() % 40);
    } else {
      altered[at] = byte;
    }
    EXPECT_FALSE(read_certificate(altered, "altered")) << at;
  }
}

// With the seal made anew, every text is read or refused, and never brings the reader or the checker down.
TEST(Certificate, HostileTextIsRefusedInWords) {
  Random random(4);
  const Ballots ballots = random_ballots(random, Rule::irv, 2);
  MarginOptions options;
  options.keep_proofs = options.mixed = true;
  options.caps = {3, 4};
  options.most_added = 2;
  const std::string text = to_text(certificate_for(ballots, Rule::irv, options));
  const std::string body = text.substr(0, text.rfind("seal "));
  const std::vector<std::string> words = {"0",     "1",    "99999999999999999999",
                                          "-1",    ":",    "leaf",
                                          "claim", "put",  "take",
                                          "bound", "none", "stage",
                                          "caps",  "\n"};
  for (int i = 0; i < 4000; ++i) {
    std::string altered = body;
    for (int k = 0; k < 1 + i % 3; ++k) {
      const std::size_t at = random() % (altered.size() - 5);
      if (i % 2 == 0) {
        const std::size_t end = std::min(altered.find_first_of(" \n", at), altered.size() - 5);
        altered.replace(at, end - at, words[random() % words.size()]);
      } else {
        altered[at] = static_cast<char>('0' + random() % 10);
      }
    }
    altered += "seal " + sha256_hex(altered) + "\n";
    const auto certificate = read_certificate(altered, "altered");
    if (certificate) (void)check_certificate(*certificate);
  }
}

TEST(Certificate, PublishedContests) {
  SCRUTINEER_NEEDS_SHARED(folder, "ballots/margins/USIRV");
  for (const char* name : {"Aspen_2009_CityCouncil", "Pierce_2008_CountyAssessor", "SanFran_2007_Mayor"}) {
    const auto ballots = read_ballots(folder / (std::string(name) + ".txt"));
    ASSERT_TRUE(ballots);
    MarginOptions options;
    options.keep_proofs = true;
    const Certificate certificate = certificate_for(*ballots, Rule::irv, options);
    const Status status = accepted(certificate);
    EXPECT_TRUE(status) << name << ": " << status.error().message();
    EXPECT_TRUE(check_papers(certificate, *ballots));
  }
}

// The second checker, in another language and from the page alone, says the same.
TEST(Certificate, TheIndependentCheckerAgrees) {
  Random random(5);
  const auto folder =
      std::filesystem::temp_directory_path() / ("scrutineer-certificates-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const std::string program = tests::project_file("examples/check_margin.py").string();
  int refused = 0;
  for (int i = 0; i < 16; ++i) {
    const Rule rule = i % 4 == 0 ? Rule::plurality : Rule::irv;
    Certificate certificate = certificate_for(random_ballots(random, rule, 2), rule, all_means(random, 2));
    if (i % 2 == 1) {
      CertifiedClaim& claim = certificate.claims[random() % certificate.claims.size()];
      claim.low += static_cast<std::int64_t>(random() % 2);
      for (int k = 0; k < 3; ++k) mutate(claim, random);
    }
    const auto file = folder / ("certificate-" + std::to_string(i) + ".txt");
    std::ofstream(file, std::ios::binary) << to_text(certificate);
    const std::string command = "python3 '" + program + "' '" + file.string() + "' > /dev/null 2>&1";
    const bool python = std::system(command.c_str()) == 0;
    const bool ours = accepted(certificate).has_value();
    EXPECT_EQ(python, ours) << file;
    refused += !ours;
  }
  EXPECT_GT(refused, 2);
  if (!testing::Test::HasFailure()) std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace scrutineer::contest
