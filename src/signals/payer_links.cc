#include "signals/payer_links.h"

#include <algorithm>

namespace scrutineer::signals {
namespace {

void sort_and_unify(std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::uint32_t households_of(const Evidence& evidence, const std::vector<std::uint32_t>& members) {
  std::vector<std::uint32_t> households;
  for (const std::uint32_t member : members) {
    const Member& m = evidence.members[member];
    households.push_back(m.address == none ? none : m.household);
  }
  sort_and_unify(households);
  return static_cast<std::uint32_t>(households.size());
}

}  // namespace

std::vector<PayerLinks> payer_links(const Evidence& evidence) {
  std::vector<PayerLinks> by_code(evidence.payers.size());
  const auto add = [&](std::uint32_t payer, std::uint32_t member, const Exhibit* row) {
    if (payer >= by_code.size() || member >= evidence.members.size()) return;
    by_code[payer].members.push_back(member);
    if (row != nullptr) by_code[payer].rows.push_back(*row);
  };
  for (const Payment& payment : evidence.payments) add(payment.payer, payment.member, &payment.row);
  for (std::uint32_t i = 0; i < evidence.members.size(); ++i) add(evidence.members[i].payer, i, nullptr);
  std::vector<PayerLinks> result;
  for (std::uint32_t code = 0; code < by_code.size(); ++code) {
    PayerLinks& links = by_code[code];
    if (links.members.empty()) continue;
    links.payer = code;
    sort_and_unify(links.members);
    links.households = households_of(evidence, links.members);
    if (links.rows.empty())
      for (const std::uint32_t member : links.members) links.rows.push_back(evidence.members[member].row);
    result.push_back(std::move(links));
  }
  return result;
}

}  // namespace scrutineer::signals
