// Where a canvass stands: what its doors certify so far, what is still needed, and what was answered.
//
// Doors are taken in the order drawn, up to the last one with a visit. A door counts as verified if some
// visit verified it and none speaks against; two visits that contradict each other stay side by side and the
// door counts as not verified. Doors before the last that have no visit yet count as silent: a door that
// opens later never harms (canvass/certificate.h), so this may be looked at on any day. Visits at entries
// that were not drawn are counted and take no part.
#ifndef SCRUTINEER_CANVASS_STATUS_H_
#define SCRUTINEER_CANVASS_STATUS_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "canvass/draw_record.h"
#include "canvass/visits.h"
#include "store/case_file.h"

namespace scrutineer::canvass {

struct VisitorRecord {
  std::string visitor;                                // empty: not noted
  std::array<std::uint64_t, answer_count> answers{};  // visits at drawn doors, by Answer
};

// Doors of one class, for whether some classes open less than others: drawn and visited, answered (somebody
// said something of the entry), and the share with Wilson's 95 % interval.
struct Response {
  std::string kind, name;  // "members in the household", "2"
  std::uint64_t visited = 0, answered = 0, verified = 0;
  double low = 0, high = 1;  // of answered / visited
};

// Kind and name of each class an entry is in, by id.
using Classes = std::vector<std::pair<std::string, std::string>>;
using ClassesOfIds = std::map<std::string, Classes, std::less<>>;

struct CanvassStatus {
  DrawNote draw;
  std::uint64_t earlier_draws = 0;  // given up with a reason

  // Doors drawn = the seven outcomes + contradicted + waiting.
  std::array<std::uint64_t, answer_count> answers{};  // doors with a visit, by what the visits come to
  std::uint64_t contradicted = 0;                     // verified by one visit, spoken against by another
  std::uint64_t waiting = 0;                          // drawn, no visit yet
  std::uint64_t passed_over = 0;  // of them, before the last door visited: counted as silent

  // The certificate over the doors up to the last one visited.
  std::uint64_t doors = 0;
  bool reached = false;
  std::optional<std::uint64_t> reached_at;    // door
  bool out_of_reach = false;                  // as many doors unverified as the margin
  std::optional<std::uint64_t> clean_needed;  // further doors, all verified; 0 if reached
  double p = 1;
  std::vector<double> log_martingale;  // ln T after each door, for the picture

  // Ineligible entries among all N: the truth is outside these bounds, on any day, with probability at most
  // the risk limit. The lower counts doors that answers speak against, the upper all that are not verified;
  // each takes half of the risk.
  std::uint64_t least = 0, most = 0;
  bool bounds_contradicted = false;  // no number fits: the doors are hardly a random sample

  // Second visits: doors to be visited twice, those visited by two people, and of them those where both say
  // the same of the entry (verified, against, silent).
  std::uint64_t revisits_drawn = 0, revisited = 0, revisits_agree = 0;
  std::vector<VisitorRecord> visitors;  // sorted
  // Do those who visit find alike? Chi-squared of verified against otherwise answered, over visitors; nothing
  // where fewer than two visitors have five answers each. Who calls where is not drawn by lot, so a small p
  // may be of doors.
  std::optional<double> visitors_differ_p;
  std::vector<Response> responses;  // by kind, then name

  std::uint64_t rows = 0;               // visits read
  std::uint64_t elsewhere = 0;          // visits at eligible entries that were not drawn
  std::uint64_t unknown = 0;            // visits whose id is not an eligible entry
  std::uint64_t repeated_ids = 0;       // drawn doors whose id another door had already: counted as silent
  std::vector<std::string> unreadable;  // rows that say nothing (visits.h)
};

// From a frame and its doors; `draw` says which claim.
CanvassStatus assess(const Frame& frame, const std::vector<Door>& doors, const DrawNote& draw,
                     const Visits& visits, const ClassesOfIds& classes = {});

// Draws the doors of the last draw again and assesses them: the last in the ledger, or of `draws`, oldest
// first. Classes of addresses (size of the household, register status) are those of the case; `classes` adds
// others. Refused if there is no draw, or if the eligible entries are no longer those of the draw.
Result<CanvassStatus> status_of(store::CaseFile& file, const Visits& visits,
                                const ClassesOfIds& classes = {});
Result<CanvassStatus> status_of(store::CaseFile& file, const Visits& visits, std::span<const DrawNote> draws,
                                const ClassesOfIds& classes = {});

std::string to_text(const CanvassStatus& status);
std::string to_json(const CanvassStatus& status);

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_STATUS_H_
