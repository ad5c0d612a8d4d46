// A margin with its proof, as a file that anyone can check in whole numbers: the papers as the rule read
// them, each claim ("fewer than low papers cannot, high can"), for the lower bound the ends of a search tree
// with the multipliers of their linear programs, for the upper bound the papers of a witness. The format and
// what each part proves: doc/margin-certificate.md. examples/check_margin.py is a second checker, written
// from that page.
#ifndef SCRUTINEER_CONTEST_CERTIFICATE_CERTIFICATE_H_
#define SCRUTINEER_CONTEST_CERTIFICATE_CERTIFICATE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "contest/certificate/proof.h"
#include "contest/margin.h"
#include "contest/margins/means.h"
#include "contest/profile.h"
#include "contest/rules.h"

namespace scrutineer::contest {

// Papers of one order, in one group where caps bind (else group 0).
struct CertifiedPaper {
  std::int64_t count = 0;
  std::uint32_t group = 0;
  std::vector<Candidate> order;
};

struct CertifiedClaim {
  enum class By : std::uint8_t {
    count,        // low <= 1: the count itself, with every way of settling ties
    lots,         // the claim for lots of the same means, one paper later (not modify)
    closed_form,  // plurality
    tree,
  };
  Means means = Means::deletion;
  bool change = false;  // else lots
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  bool impossible = false;
  By by = By::count;
  TreeProof tree;
  std::vector<std::pair<std::uint32_t, std::int64_t>> taken;  // paper, how many
  std::vector<CertifiedPaper> put;
};

struct Certificate {
  Rule rule = Rule::irv;
  std::string ballots_sha256;                          // of the file of ballots; empty where it is not known
  std::vector<std::optional<std::string>> candidates;  // by number; nothing for the withdrawn
  Candidate winner = 0;
  std::vector<std::string> groups;
  Caps caps;
  std::optional<std::int64_t> most_added;  // mixed
  std::vector<CertifiedPaper> papers;
  std::vector<CertifiedClaim> claims;
};

// From margins computed with MarginOptions::keep_proofs. Usage error for rules whose margins have no proof
// that can be written (all but plurality and instant run-off).
Result<Certificate> certificate_of(const Ballots& ballots, Rule rule, const Margins& margins,
                                   const MarginOptions& options, std::string ballots_sha256);

// A name as it stands on one line of a certificate: control characters as escapes.
std::string certified_name(const std::string& name);

// The file, with its seal (a SHA-256 of all lines before it) as last line.
std::string to_text(const Certificate& certificate);

// Refused, with line, where the text does not follow the grammar or the seal does not fit.
Result<Certificate> read_certificate(std::string_view text, const std::string& name);

// Checks every claim in whole numbers, without floating point and without the code that made it. Refused with
// the claim and what fails.
Status check_certificate(const Certificate& certificate);

// Do the ballots hold exactly the certificate's papers, read by its rule? Refused if not.
Status check_papers(const Certificate& certificate, const Ballots& ballots);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_CERTIFICATE_CERTIFICATE_H_
