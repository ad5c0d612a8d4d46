// A declaration as TOML:
//
//   title = "Mayor of Northmere"
//   electorate = 41230              # also marked, papers, valid, rejected; each where known
//
//   [[candidate]]
//   name = "Ann Ash"
//   votes = 1204                    # first preferences; second, transfers, total where known
//   elected = true
//
//   [[ward]]                        # where known; the same figures of papers as above
//   name = "North"
//   votes = { "Ann Ash" = 204 }     # and second = { … }
//
//   [[section]]                     # of an electoral college
//   name = "Members"
//   weight = "1/3"
//   rounds = [ { "Ann Ash" = 54.9, "Ben Birch" = 45.1 } ]   # percent of the votes cast there
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "contest/formats/declaration_format.h"
#include "contest/formats/text_scanner.h"

namespace scrutineer::contest {
namespace {

constexpr std::int64_t greatest_figure = 9'000'000'000'000'000;

class TomlReader {
 public:
  explicit TomlReader(const Source& source) : source_(source) {}

  Result<Declaration> read(const toml::table& table) {
    SCRUTINEER_CHECK(only(table, {"title", "seats", "electorate", "marked", "papers", "valid", "rejected",
                                  "candidate", "ward", "section"}));
    SCRUTINEER_TRY(declaration_.title, text(table, "title"));
    SCRUTINEER_TRY(const auto seats, figure(table, "seats"));
    if (seats && (*seats < 1 || *seats > 1000))
      return refused("seats is not from 1 to 1000", place(*table.get("seats")), "a whole number");
    declaration_.seats = static_cast<std::uint32_t>(seats.value_or(1));
    SCRUTINEER_TRY(declaration_.whole.papers, papers(table));
    SCRUTINEER_TRY(const auto candidates, tables(table, "candidate"));
    for (const toml::table* candidate : candidates) SCRUTINEER_CHECK(read_candidate(*candidate));
    if (declaration_.candidates.empty())
      return refused("no candidate is declared", {source_.name}, "[[candidate]]");
    declaration_.whole.votes.resize(declaration_.candidates.size());
    SCRUTINEER_TRY(const auto wards, tables(table, "ward"));
    for (const toml::table* ward : wards) SCRUTINEER_CHECK(read_ward(*ward));
    SCRUTINEER_TRY(const auto sections, tables(table, "section"));
    for (const toml::table* section : sections) SCRUTINEER_CHECK(read_section(*section));
    return std::move(declaration_);
  }

 private:
  Place place(const toml::node& node) const {
    return {source_.name, node.source().begin.line, node.source().begin.column};
  }

  Status only(const toml::table& table, std::initializer_list<std::string_view> known) const {
    const std::vector<std::string> names(known.begin(), known.end());
    for (const auto& [key, value] : table) {
      if (std::find(names.begin(), names.end(), key.str()) != names.end()) continue;
      const std::string near = nearest(key.str(), names);
      return refused(fmt::format("\"{}\" is not a key here", printable(key.str(), 60)), place(value),
                     near.empty() ? "one of " + join(names, ", ") : near);
    }
    return {};
  }

  Result<std::string> text(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::string();
    if (const auto* value = node->as_string()) return value->get();
    return refused(fmt::format("{} is not text", key), place(*node), "text in quotation marks");
  }

  Result<std::optional<std::int64_t>> figure_of(const toml::node& node, std::string_view key) const {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < 0 || value->get() > greatest_figure)
      return refused(fmt::format("{} is not a number of votes", printable(key, 60)), place(node),
                     "a whole number");
    return value->get();
  }

  Result<std::optional<std::int64_t>> figure(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    return figure_of(*node, key);
  }

  Result<std::vector<const toml::table*>> tables(const toml::table& table, std::string_view key) const {
    std::vector<const toml::table*> found;
    const toml::node* node = table.get(key);
    if (node == nullptr) return found;
    const auto* list = node->as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
      if (const auto* item = (*list)[i].as_table()) found.push_back(item);
    if (list == nullptr || found.size() != list->size())
      return refused(fmt::format("{} is not a list of tables", key), place(*node),
                     fmt::format("[[{}]]", key));
    return found;
  }

  Result<DeclaredPapers> papers(const toml::table& table) const {
    DeclaredPapers found;
    SCRUTINEER_TRY(found.electorate, figure(table, "electorate"));
    SCRUTINEER_TRY(found.marked, figure(table, "marked"));
    SCRUTINEER_TRY(found.papers, figure(table, "papers"));
    SCRUTINEER_TRY(found.valid, figure(table, "valid"));
    SCRUTINEER_TRY(found.rejected, figure(table, "rejected"));
    return found;
  }

  Status read_candidate(const toml::table& table) {
    SCRUTINEER_CHECK(only(table, {"name", "votes", "second", "transfers", "total", "elected"}));
    SCRUTINEER_TRY(const std::string name, text(table, "name"));
    if (trimmed(name).empty()) return refused("a candidate without a name", place(table), "name = \"…\"");
    DeclaredVotes votes;
    SCRUTINEER_TRY(votes.first, figure(table, "votes"));
    SCRUTINEER_TRY(votes.second, figure(table, "second"));
    SCRUTINEER_TRY(votes.transfers, figure(table, "transfers"));
    SCRUTINEER_TRY(votes.total, figure(table, "total"));
    if (const toml::node* elected = table.get("elected")) {
      if (!elected->is_boolean())
        return refused("elected is not a truth value", place(*elected), "true or false");
      if (elected->as_boolean()->get())
        declaration_.elected.push_back(static_cast<Candidate>(declaration_.candidates.size()));
    }
    declaration_.candidates.push_back(name);
    declaration_.whole.votes.push_back(votes);
    return {};
  }

  Result<Candidate> candidate_named(std::string_view name, const toml::node& where) const {
    const auto place_of = std::find(declaration_.candidates.begin(), declaration_.candidates.end(), name);
    if (place_of == declaration_.candidates.end()) {
      const std::string near = nearest(name, declaration_.candidates);
      return refused(fmt::format("\"{}\" is not a candidate", printable(name, 80)), place(where),
                     near.empty() ? "the name of a [[candidate]]" : near);
    }
    return static_cast<Candidate>(place_of - declaration_.candidates.begin());
  }

  // votes = { "Ann Ash" = 204 } into one figure of each candidate.
  Status read_votes(const toml::table& table, std::string_view key, DeclaredArea& area,
                    std::optional<std::int64_t> DeclaredVotes::*figure_in) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return {};
    if (!node->is_table())
      return refused(fmt::format("{} is not a table of votes", key), place(*node), "{ \"name\" = votes }");
    for (const auto& [name, value] : *node->as_table()) {
      SCRUTINEER_TRY(const Candidate c, candidate_named(name.str(), value));
      SCRUTINEER_TRY(area.votes[c].*figure_in, figure_of(value, name.str()));
    }
    return {};
  }

  Status read_ward(const toml::table& table) {
    SCRUTINEER_CHECK(
        only(table, {"name", "votes", "second", "electorate", "marked", "papers", "valid", "rejected"}));
    DeclaredArea ward;
    SCRUTINEER_TRY(ward.name, text(table, "name"));
    if (trimmed(ward.name).empty()) return refused("a ward without a name", place(table), "name = \"…\"");
    SCRUTINEER_TRY(ward.papers, papers(table));
    ward.votes.resize(declaration_.candidates.size());
    SCRUTINEER_CHECK(read_votes(table, "votes", ward, &DeclaredVotes::first));
    SCRUTINEER_CHECK(read_votes(table, "second", ward, &DeclaredVotes::second));
    for (const DeclaredArea& other : declaration_.wards)
      if (other.name == ward.name)
        declaration_.contradictions.push_back(
            {"stated-twice", fmt::format("ward {} is stated twice", printable(ward.name, 80)), 1, 2});
    declaration_.wards.push_back(std::move(ward));
    return {};
  }

  Result<Fraction> fraction(const toml::node& node, std::string_view what) const {
    std::string written;
    if (const auto* value = node.as_integer()) written = fmt::format("{}", value->get());
    if (const auto* value = node.as_floating_point()) written = fmt::format("{}", value->get());
    if (const auto* value = node.as_string()) written = value->get();
    auto found = parse_fraction(written);
    if (!found)
      return refused(fmt::format("{} is not a number", printable(what, 60)), place(node),
                     "a number or a fraction such as \"1/3\"");
    return found;
  }

  Status read_section(const toml::table& table) {
    SCRUTINEER_CHECK(only(table, {"name", "weight", "rounds"}));
    DeclaredSection section;
    SCRUTINEER_TRY(section.name, text(table, "name"));
    if (trimmed(section.name).empty())
      return refused("a section without a name", place(table), "name = \"…\"");
    if (const toml::node* weight = table.get("weight")) {
      SCRUTINEER_TRY(section.weight, fraction(*weight, "weight"));
      if (section.weight <= 0) return refused("a weight is not above 0", place(*weight), "a fraction");
    }
    SCRUTINEER_TRY(const auto rounds, tables(table, "rounds"));
    for (const toml::table* round : rounds) {
      auto& shares = section.shares.emplace_back(declaration_.candidates.size());
      for (const auto& [name, value] : *round) {
        SCRUTINEER_TRY(const Candidate c, candidate_named(name.str(), value));
        SCRUTINEER_TRY(shares[c], fraction(value, name.str()));
        if (*shares[c] > 100) return refused("a share is above 100 percent", place(value), "percent");
      }
    }
    declaration_.sections.push_back(std::move(section));
    return {};
  }

  const Source& source_;
  Declaration declaration_;
};

}  // namespace

bool looks_like_declaration_toml(const Source& source) {
  TextScanner scan(source.bytes, "");
  while (!scan.at_end())
    if (trimmed(scan.take_line()).starts_with("[[candidate]]")) return true;
  return false;
}

Result<Declaration> read_declaration_toml(const Source& source) {
  if (source.contest) return wrong_usage("the file holds one contest without a name", "no --contest");
  // The library reports by exception what is not TOML; nothing else here throws.
  try {
    return TomlReader(source).read(toml::parse(source.bytes, source.name));
  } catch (const toml::parse_error& problem) {
    return refused("not TOML: " + std::string(problem.description()),
                   {source.name, problem.source().begin.line, problem.source().begin.column}, "TOML");
  }
}

}  // namespace scrutineer::contest
