#include "end_to_end/elsewhere_against_truth.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>

#include "end_to_end/fictional_inquiry.h"
#include "inquiry/inquiry_file.h"
#include "inquiry/register_links.h"
#include "inquiry/register_status.h"
#include "inquiry/sources.h"
#include "linkage/name_classes.h"

namespace scrutineer::tests {
namespace {

using Truth = std::vector<std::map<std::string, std::string>>;

template <typename Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().message());
  return *std::move(result);
}

// Per member the first row of the same person.
std::vector<std::uint32_t> same_person(const Truth& truth) {
  std::map<std::string, std::uint32_t> row_of_id;
  std::vector<std::uint32_t> person(truth.size());
  std::iota(person.begin(), person.end(), 0U);
  for (std::uint32_t row = 0; row < truth.size(); ++row) row_of_id[truth[row].at("id")] = row;
  for (std::uint32_t row = 0; row < truth.size(); ++row) {
    const auto earlier = row_of_id.find(truth[row].at("duplicate_of"));
    if (earlier != row_of_id.end()) person[row] = std::min(row, earlier->second);
  }
  return person;
}

}  // namespace

ElsewhereAgainstTruth elsewhere_against_truth(const synth::SynthOptions& options, unsigned threads) {
  must(synth::synthesise(options));
  const auto file = must(inquiry::read_inquiry_file(options.out / "inquiry.toml"));
  const inquiry::Sources sources = must(inquiry::read_sources(file, {.threads = threads}));
  const rolls::StandardRoll& members = sources.members.standard;
  const Truth truth = read_truth(options.out);
  linkage::ClassColumns columns;
  columns.names = {&members.given, &members.middle, &members.family};
  const auto classes = linkage::name_classes(columns, members.rows);

  ElsewhereAgainstTruth result;
  result.members = members.rows;
  inquiry::RegisterModels models;
  const auto judge = [&](inquiry::RegisterSnapshot& snapshot) -> Status {
    const rolls::StandardRoll entries = must(rolls::standardise(snapshot.roll, threads));
    inquiry::RegisterLinkOptions link;
    link.threads = threads;
    link.seed = file.seed;
    const inquiry::SnapshotLinks links =
        must(inquiry::link_to_register(members, snapshot, entries, same_person(truth), models, link));
    const auto histories = inquiry::member_histories({links}, members);
    result.share_there = links.anywhere.share_there;
    result.share_moved = links.anywhere.share_moved;
    for (std::uint32_t row = 0; row < members.rows; ++row) {
      const auto status = histories[row].newest().status;
      const std::string& true_status = truth[row].at("register_status");
      const bool at_address = true_status == "at-address";
      result.at_address += at_address ? 1U : 0U;
      result.elsewhere += true_status == "elsewhere" ? 1U : 0U;
      result.not_found += true_status == "not-found" ? 1U : 0U;
      result.said_at_address += status == signals::RegisterStatus::at_address ? 1U : 0U;
      result.rightly_at_address += at_address && status == signals::RegisterStatus::at_address ? 1 : 0;
      const inquiry::EntryLink* best = nullptr;
      for (const inquiry::EntryLink& candidate : links.members[row]) {
        const bool here = candidate.relation == inquiry::AddressRelation::same_dwelling ||
                          candidate.relation == inquiry::AddressRelation::same_building;
        if (!here && (best == nullptr || candidate.probability > best->probability)) best = &candidate;
      }
      if (best == nullptr) continue;
      SaidElsewhere& said = result.said.emplace_back();
      said.member = row;
      said.probability = best->probability;
      said.right = snapshot.roll.text(rolls::Column::id, best->entry) == truth[row].at("entry");
      said.there = true_status == "elsewhere";
      said.rarity = classes[row][static_cast<std::size_t>(linkage::NameDimension::rarity)];
      said.status = status;
    }
    return {};
  };
  must(inquiry::for_each_snapshot(file, {.threads = threads}, judge));
  return result;
}

}  // namespace scrutineer::tests
