// The text of a certificate: doc/margin-certificate.md has the grammar.
#include "base/text.h"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <set>

#include "base/digest.h"
#include "contest/certificate/certificate.h"

namespace scrutineer::contest {
namespace {

constexpr std::string_view first_line = "scrutineer-margin-certificate 1";
constexpr std::int64_t most_papers = std::int64_t{1} << 40;
constexpr std::int64_t most_units = std::int64_t{1} << 53;
constexpr std::size_t most_boxes = 100'000;

std::string list(const std::vector<std::uint32_t>& numbers) {
  std::string out;
  for (const std::uint32_t number : numbers) out += fmt::format(" {}", number);
  return out;
}

std::string row_text(const RowMultiplier& row) {
  switch (row.row) {
    case RowKind::stage:
      return fmt::format(" stage {} {} {}", row.a, row.b, row.units);
    case RowKind::flow:
      return fmt::format(" flow {} {}", row.a, row.units);
    case RowKind::balance:
      return fmt::format(" balance {}", row.units);
    case RowKind::cap:
      return fmt::format(" cap {} {}", row.a, row.units);
    case RowKind::added:
      return fmt::format(" added {}", row.units);
  }
  return {};
}

std::string box_text(const Division& box) {
  if (!box.split) {
    std::string out = "bound";
    for (const RowMultiplier& row : box.rows) out += row_text(row);
    return out + "\n";
  }
  const Division::Split& split = *box.split;
  std::string out = fmt::format("split {} {} {} ", split.below, split.above, split.at);
  if (split.column.arc)
    return out + fmt::format("arc {} {}\n", split.column.from ? fmt::to_string(*split.column.from) : "new",
                             split.column.to);
  return out + fmt::format("taken {}{}\n", split.column.group, list(split.column.positions));
}

std::string leaf_text(const SuffixProof& leaf) {
  std::string out = "leaf" + list(leaf.suffix);
  if (leaf.by == Pruned::stage) return out + " : stage\n";
  if (leaf.by == Pruned::outside) return out + " : outside\n";
  out += fmt::format(" : program {}\n", leaf.boxes.size());
  for (const Division& box : leaf.boxes) out += box_text(box);
  return out;
}

std::string_view name_of(CertifiedClaim::By by) {
  switch (by) {
    case CertifiedClaim::By::count:
      return "count";
    case CertifiedClaim::By::lots:
      return "lots";
    case CertifiedClaim::By::closed_form:
      return "closed-form";
    case CertifiedClaim::By::tree:
      return "tree";
  }
  return {};
}

std::string claim_text(const CertifiedClaim& claim) {
  std::string out = fmt::format("claim {} {} low {} high {}\nproof {}\n", to_string(claim.means),
                                claim.change ? "change" : "lots", claim.low,
                                claim.impossible ? "none"
                                : claim.high     ? fmt::to_string(*claim.high)
                                                 : "unknown",
                                name_of(claim.by));
  for (const SuffixProof& leaf : claim.tree.leaves) out += leaf_text(leaf);
  for (const auto& [paper, count] : claim.taken) out += fmt::format("take {} {}\n", count, paper);
  for (const CertifiedPaper& paper : claim.put)
    out += fmt::format("put {} {} :{}\n", paper.count, paper.group, list(paper.order));
  return out;
}

}  // namespace

std::string to_text(const Certificate& certificate) {
  std::string out = fmt::format("{}\nrule {}\nballots {}\n", first_line, to_string(certificate.rule),
                                certificate.ballots_sha256.empty() ? "-" : certificate.ballots_sha256);
  for (std::size_t c = 0; c < certificate.candidates.size(); ++c)
    if (certificate.candidates[c])
      out += fmt::format("candidate {} {}\n", c, certified_name(*certificate.candidates[c]));
    else
      out += fmt::format("withdrawn {}\n", c);
  out += fmt::format("winner {}\n", certificate.winner);
  for (std::size_t g = 0; g < certificate.groups.size(); ++g)
    out += fmt::format("group {} {}\n", g, certified_name(certificate.groups[g]));
  if (!certificate.caps.empty()) {
    out += "caps";
    for (const std::int64_t cap : certificate.caps) out += fmt::format(" {}", cap);
    out += '\n';
  }
  if (certificate.most_added) out += fmt::format("come {}\n", *certificate.most_added);
  for (const CertifiedPaper& paper : certificate.papers)
    out += fmt::format("paper {} {} :{}\n", paper.count, paper.group, list(paper.order));
  for (const CertifiedClaim& claim : certificate.claims) out += claim_text(claim);
  out += "end\n";
  return out + fmt::format("seal {}\n", sha256_hex(out));
}

namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  Result<Certificate> run() {
    SCRUTINEER_CHECK(check_seal());
    SCRUTINEER_CHECK(next_line());
    if (line_ != first_line) return bad(first_line);
    SCRUTINEER_CHECK(next_line());
    while (!at("end")) SCRUTINEER_CHECK(read_line());
    if (certificate_.candidates.empty()) return bad("candidates before the end");
    return std::move(certificate_);
  }

 private:
  std::unexpected<Error> bad(std::string_view expected) const {
    return refused("not a certificate as its grammar has it", {name_, number_, 1}, std::string(expected));
  }

  Status check_seal() {
    constexpr std::string_view mark = "end\nseal ";
    const std::size_t place = text_.rfind(mark);
    if (place == std::string_view::npos)
      return refused("the certificate has no seal", {name_}, "its last line, \"seal\" with a SHA-256");
    const std::string_view body = text_.substr(0, place + 4);
    if (text_.substr(place + mark.size()) != sha256_hex(body) + "\n")
      return refused("the seal does not fit: the certificate was altered or cut", {name_},
                     "seal " + sha256_hex(body));
    text_ = body;
    return {};
  }

  // Takes the next line apart into words; a line has at most one ':' word.
  Status next_line() {
    ++number_;
    const std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) return bad("a further line");
    line_ = text_.substr(at_, end - at_);
    at_ = end + 1;
    words_.clear();
    for (const std::string_view word : split(line_, ' ')) words_.push_back(word);
    next_ = 1;
    return {};
  }

  bool at(std::string_view word) const { return words_.front() == word; }
  bool more() const { return next_ < words_.size(); }
  std::string_view word() { return more() ? words_[next_++] : std::string_view(); }

  Status number(std::int64_t most, std::int64_t& value) {
    const std::string_view text = word();
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size() || value < 0 ||
        value > most)
      return bad(fmt::format("a whole number from 0 to {}", most));
    return {};
  }

  Status index(std::size_t below, std::uint32_t& value) {
    std::int64_t wide = 0;
    if (below == 0) return bad("something to number");
    SCRUTINEER_CHECK(number(static_cast<std::int64_t>(below) - 1, wide));
    value = static_cast<std::uint32_t>(wide);
    return {};
  }

  Status literal(std::string_view expected) { return word() == expected ? Status{} : bad(expected); }
  Status nothing_more() const { return more() ? bad("the end of the line") : Status{}; }

  // Different standing candidates.
  Status order(std::vector<Candidate>& out) {
    std::set<Candidate> seen;
    while (more() && words_[next_] != ":") {
      std::uint32_t c = 0;
      SCRUTINEER_CHECK(index(certificate_.candidates.size(), c));
      if (!certificate_.candidates[c] || !seen.insert(c).second) return bad("different standing candidates");
      out.push_back(c);
    }
    return out.empty() ? bad("at least one candidate") : Status{};
  }

  Status paper(CertifiedPaper& out) {
    SCRUTINEER_CHECK(number(most_papers, out.count));
    if (out.count == 0) return bad("at least one paper");
    SCRUTINEER_CHECK(index(certificate_.groups.size(), out.group));
    SCRUTINEER_CHECK(literal(":"));
    return order(out.order);
  }

  Status read_line() {
    if (at("claim")) return read_claim();
    if (at("candidate") || at("withdrawn") || at("group")) return read_name();
    if (at("rule")) {
      const auto rule = rule_named(word());
      if (!rule || (*rule != Rule::irv && *rule != Rule::plurality)) return bad("rule irv or plurality");
      certificate_.rule = *rule;
    } else if (at("ballots")) {
      const std::string_view digest = word();
      if (digest != "-") certificate_.ballots_sha256 = digest;
    } else if (at("winner")) {
      SCRUTINEER_CHECK(index(certificate_.candidates.size(), certificate_.winner));
      if (!certificate_.candidates[certificate_.winner]) return bad("a standing candidate");
    } else if (at("caps")) {
      for (std::size_t g = 0; g < certificate_.groups.size(); ++g)
        SCRUTINEER_CHECK(number(most_papers, certificate_.caps.emplace_back()));
    } else if (at("come")) {
      SCRUTINEER_CHECK(number(most_papers, certificate_.most_added.emplace()));
    } else if (at("paper")) {
      SCRUTINEER_CHECK(paper(certificate_.papers.emplace_back()));
    } else {
      return bad("rule, ballots, candidate, withdrawn, winner, group, caps, come, paper, claim or end");
    }
    SCRUTINEER_CHECK(nothing_more());
    return next_line();
  }

  Status read_name() {
    const std::size_t known = at("group") ? certificate_.groups.size() : certificate_.candidates.size();
    const bool group = at("group");
    const bool withdrawn = at("withdrawn");
    std::int64_t given = 0;
    SCRUTINEER_CHECK(number(static_cast<std::int64_t>(known), given));
    if (given != static_cast<std::int64_t>(known)) return bad(fmt::format("number {}", known));
    // The name is the rest of the line, spaces and all.
    const std::size_t before = line_.find(' ', line_.find(' ') + 1);
    const std::string name(before == std::string_view::npos ? "" : line_.substr(before + 1));
    if (group) {
      certificate_.groups.push_back(name);
    } else {
      certificate_.candidates.push_back(withdrawn ? std::nullopt : std::optional(name));
    }
    return next_line();
  }

  Status read_claim() {
    CertifiedClaim claim;
    const std::string_view means = word();
    bool known = false;
    for (const Means one : {Means::deletion, Means::addition, Means::modification, Means::mixed}) {
      if (to_string(one) != means) continue;
      claim.means = one;
      known = true;
    }
    if (!known) return bad("claim delete, add, modify or mixed");
    const std::string_view threshold = word();
    if (threshold != "lots" && threshold != "change") return bad("lots or change");
    claim.change = threshold == "change";
    SCRUTINEER_CHECK(literal("low"));
    SCRUTINEER_CHECK(number(most_papers, claim.low));
    SCRUTINEER_CHECK(literal("high"));
    if (more() && words_[next_] == "none") {
      claim.impossible = true;
      ++next_;
    } else if (more() && words_[next_] == "unknown") {
      ++next_;
    } else {
      SCRUTINEER_CHECK(number(most_papers, claim.high.emplace()));
    }
    SCRUTINEER_CHECK(nothing_more());
    SCRUTINEER_CHECK(next_line());
    SCRUTINEER_CHECK(read_proof(claim));
    certificate_.claims.push_back(std::move(claim));
    return {};
  }

  Status read_proof(CertifiedClaim& claim) {
    if (!at("proof")) return bad("proof");
    const std::string_view by = word();
    bool known = false;
    for (const auto one : {CertifiedClaim::By::count, CertifiedClaim::By::lots,
                           CertifiedClaim::By::closed_form, CertifiedClaim::By::tree}) {
      if (name_of(one) != by) continue;
      claim.by = one;
      known = true;
    }
    if (!known) return bad("proof count, lots, closed-form or tree");
    SCRUTINEER_CHECK(nothing_more());
    SCRUTINEER_CHECK(next_line());
    while (at("leaf")) SCRUTINEER_CHECK(read_leaf(claim.tree.leaves.emplace_back()));
    while (at("take")) {
      auto& [paper_taken, count] = claim.taken.emplace_back();
      SCRUTINEER_CHECK(number(most_papers, count));
      SCRUTINEER_CHECK(index(certificate_.papers.size(), paper_taken));
      SCRUTINEER_CHECK(nothing_more());
      SCRUTINEER_CHECK(next_line());
    }
    while (at("put")) {
      SCRUTINEER_CHECK(paper(claim.put.emplace_back()));
      SCRUTINEER_CHECK(nothing_more());
      SCRUTINEER_CHECK(next_line());
    }
    return {};
  }

  Status read_leaf(SuffixProof& leaf) {
    SCRUTINEER_CHECK(order(leaf.suffix));
    SCRUTINEER_CHECK(literal(":"));
    const std::string_view by = word();
    std::int64_t boxes = 0;
    if (by == "stage") {
      leaf.by = Pruned::stage;
    } else if (by == "outside") {
      leaf.by = Pruned::outside;
    } else if (by == "program") {
      leaf.by = Pruned::program;
      SCRUTINEER_CHECK(number(most_boxes, boxes));
      if (boxes == 0) return bad("at least one box");
    } else {
      return bad("stage, outside or program");
    }
    SCRUTINEER_CHECK(nothing_more());
    SCRUTINEER_CHECK(next_line());
    for (std::int64_t b = 0; b < boxes; ++b)
      SCRUTINEER_CHECK(
          read_box(leaf.suffix.size(), static_cast<std::size_t>(boxes), leaf.boxes.emplace_back()));
    return {};
  }

  Status read_box(std::size_t positions, std::size_t boxes, Division& box) {
    if (at("split")) {
      box.split = Division::Split{};  // clang 19 does not yet know here that emplace() could make one
      Division::Split& split_at = *box.split;
      SCRUTINEER_CHECK(index(boxes, split_at.below));
      SCRUTINEER_CHECK(index(boxes, split_at.above));
      SCRUTINEER_CHECK(number(most_papers, split_at.at));
      SCRUTINEER_CHECK(read_column(positions, split_at.column));
    } else if (at("bound")) {
      while (more()) SCRUTINEER_CHECK(read_row(positions, box.rows.emplace_back()));
    } else {
      return bad("split or bound");
    }
    SCRUTINEER_CHECK(nothing_more());
    return next_line();
  }

  Status read_column(std::size_t positions, ColumnName& column) {
    const std::string_view kind = word();
    if (kind == "taken") {
      SCRUTINEER_CHECK(index(certificate_.groups.size(), column.group));
      while (more()) {
        std::uint32_t p = 0;
        SCRUTINEER_CHECK(index(positions, p));
        if (!column.positions.empty() && p <= column.positions.back()) return bad("rising positions");
        column.positions.push_back(p);
      }
      return {};
    }
    if (kind != "arc") return bad("taken or arc");
    column.arc = true;
    if (more() && words_[next_] == "new") {
      ++next_;
    } else {
      SCRUTINEER_CHECK(index(positions, column.from.emplace()));
    }
    SCRUTINEER_CHECK(index(positions, column.to));
    return column.from && *column.from >= column.to ? bad("an arc to a later position") : Status{};
  }

  Status read_row(std::size_t positions, RowMultiplier& row) {
    const std::string_view kind = word();
    if (kind == "stage") {
      row.row = RowKind::stage;
      SCRUTINEER_CHECK(index(positions, row.a));
      SCRUTINEER_CHECK(index(positions, row.b));
      if (row.a >= row.b) return bad("a stage before its position");
    } else if (kind == "flow") {
      row.row = RowKind::flow;
      SCRUTINEER_CHECK(index(positions - 1, row.a));
    } else if (kind == "balance") {
      row.row = RowKind::balance;
    } else if (kind == "cap") {
      row.row = RowKind::cap;
      SCRUTINEER_CHECK(index(certificate_.caps.size(), row.a));
    } else if (kind == "added") {
      row.row = RowKind::added;
    } else {
      return bad("stage, flow, balance, cap or added");
    }
    return number(most_units, row.units);
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
  std::string_view line_;
  std::vector<std::string_view> words_;
  std::size_t next_ = 1;
  Certificate certificate_;
};

}  // namespace

Result<Certificate> read_certificate(std::string_view text, const std::string& name) {
  return Reader(text, name).run();
}

}  // namespace scrutineer::contest
