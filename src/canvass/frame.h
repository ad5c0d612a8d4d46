// The list that is drawn from, with what the design needs to know of each entry.
//
//   simple      "scrutineer-frame-1\n", then the id of each eligible entry and "\n", sorted by their bytes.
//   others      "scrutineer-frame-2\tDESIGN\tPACE\n", then "ID\tLOTS\tSTRATUM\tTURN\n" for each, sorted by
//   the
//               bytes of the ids: its lots in the urn (1 unless weighted), its stratum (empty unless
//               stratified), its turn among the questioned, from 1 (0: not questioned; strip and sample
//               alone).
//
// An entry's position is its line after the first, from 1; ids that repeat stand repeatedly. The digest is
// the SHA-256 of the text, 64 lower-case hexadecimal digits: published before the seed exists, it binds ids,
// lots, strata and turns alike.
#ifndef SCRUTINEER_CANVASS_FRAME_H_
#define SCRUTINEER_CANVASS_FRAME_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "canvass/design.h"

namespace scrutineer::canvass {

struct FrameEntry {
  std::string id;
  std::uint32_t lots = 1;
  std::string stratum;
  std::uint32_t turn = 0;
  auto operator<=>(const FrameEntry&) const = default;
};

class Frame {
 public:
  // Simple. In any order. Ids and strata hold no control characters (case_facts.h sees to that).
  explicit Frame(std::vector<std::string> ids);
  // Any design; `pace` is 0 but for strip and sample.
  Frame(Design design, std::uint64_t pace, std::vector<FrameEntry> entries);
  // Of a text that text() gave. Refused otherwise.
  static Result<Frame> of_text(std::string_view text);

  [[nodiscard]] Design design() const { return design_; }
  [[nodiscard]] std::uint64_t pace() const { return pace_; }
  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] std::uint64_t entries() const { return ids_.size(); }
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }  // sorted
  [[nodiscard]] const std::string& id(std::uint64_t position) const { return ids_[position - 1]; }
  [[nodiscard]] std::uint32_t lots(std::uint64_t position) const {
    return more_.empty() ? 1 : more_[position - 1].lots;
  }
  [[nodiscard]] std::uint32_t stratum(std::uint64_t position) const {  // index into strata()
    return more_.empty() ? 0 : more_[position - 1].stratum;
  }
  [[nodiscard]] std::uint32_t turn(std::uint64_t position) const {
    return more_.empty() ? 0 : more_[position - 1].turn;
  }
  struct Stratum {
    std::string name;
    std::uint64_t entries = 0;
  };
  [[nodiscard]] const std::vector<Stratum>& strata() const {
    return strata_;
  }  // sorted by bytes, one at least
  [[nodiscard]] std::uint64_t all_lots() const;
  [[nodiscard]] std::uint32_t least_lots() const;
  // Each number of lots that an entry has, in ascending order, with how many have it.
  [[nodiscard]] std::vector<LotClass> lot_classes() const;
  [[nodiscard]] std::uint64_t questioned() const;
  [[nodiscard]] bool holds(std::string_view id) const;
  [[nodiscard]] std::string text() const;

 private:
  struct More {
    std::uint32_t lots = 1, stratum = 0, turn = 0;
  };
  Design design_ = Design::simple;
  std::uint64_t pace_ = 0;
  std::vector<std::string> ids_;  // sorted
  std::vector<More> more_;        // empty for the simple design
  std::vector<Stratum> strata_;
  std::string digest_;
};

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_FRAME_H_
