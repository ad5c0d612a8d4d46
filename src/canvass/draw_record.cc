#include "canvass/draw_record.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "canvass/canvass_tables.h"

namespace scrutineer::canvass {
namespace {

using Named = std::vector<std::pair<std::string, std::string>>;

template <typename Number>
bool number_in(const nlohmann::json& body, const char* name, Number& number) {
  const auto found = body.find(name);
  if (found == body.end() || !found->is_string()) return false;
  const auto& text = found->get_ref<const std::string&>();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool text_in(const nlohmann::json& body, const char* name, std::string& text) {
  const auto found = body.find(name);
  if (found == body.end() || !found->is_string()) return false;
  text = found->get<std::string>();
  return true;
}

Result<DrawNote> note_of(const store::LedgerEntry& entry) {
  const auto body = nlohmann::json::parse(entry.note.body, nullptr, false);
  DrawNote note;
  note.ledger_number = entry.number;
  std::string made_by;
  if (!body.is_object() || !text_in(body, "recipe", made_by) || made_by != "scrutineer-draw-1" ||
      !text_in(body, "frame", note.frame) || !text_in(body, "seed", note.seed) ||
      !text_in(body, "again", note.again) || !number_in(body, "entries", note.claim.entries) ||
      !number_in(body, "doors", note.doors) || !number_in(body, "margin", note.claim.margin) ||
      !number_in(body, "risk", note.claim.risk) || !check(note.claim)) {
    return refused(fmt::format("entry {} of the ledger is no draw that can be read", entry.number), {},
                   "recipe scrutineer-draw-1");
  }
  std::string design = "simple";
  text_in(body, "design", design);
  const auto known = design_of(design);
  if (!known)
    return refused(fmt::format("entry {} of the ledger draws by a design not known here", entry.number));
  note.design = *known;
  return note;
}

// The digest of the last entry of kind "frame", or empty.
Result<std::string> published_frame(store::Sqlite& database) {
  SCRUTINEER_TRY(const auto entries, store::entries_of(database));
  std::string digest;
  for (const store::LedgerEntry& entry : entries) {
    if (entry.note.kind != "frame") continue;
    const auto body = nlohmann::json::parse(entry.note.body, nullptr, false);
    if (body.is_object()) text_in(body, "sha256", digest);
  }
  return digest;
}

// The last list of this design that the case keeps; nothing if there is none.
Result<std::optional<Frame>> kept_frame(store::Sqlite& database, const FrameRequest& list) {
  SCRUTINEER_TRY(const bool there, has_canvass_tables(database));
  if (!there || list.design == Design::simple) return std::nullopt;
  SCRUTINEER_TRY(store::Statement rows,
                 database.prepare("SELECT text FROM canvass_frames ORDER BY number DESC"));
  while (true) {
    SCRUTINEER_TRY(const bool more, rows.step());
    if (!more) return std::nullopt;
    SCRUTINEER_TRY(Frame frame, Frame::of_text(rows.text(0)));
    const bool same_pace = list.design != Design::strip_and_sample || frame.pace() == list.pace;
    if (frame.design() == list.design && same_pace) return frame;
  }
}

Result<Frame> frame_for(store::CaseFile& file, const FrameRequest& list, bool anew) {
  if (list.pace == 0) return wrong_usage("a pace of 0 never comes to the questioned", "--pace 1 or more");
  SCRUTINEER_TRY(auto ids, eligible_entries(file));
  if (list.design == Design::simple) return Frame(std::move(ids));
  if (!anew) {
    SCRUTINEER_TRY(auto kept, kept_frame(file.database(), list));
    if (kept && kept->ids() == ids) return *std::move(kept);
  }
  SCRUTINEER_TRY(auto entries, entries_for(file, list.design, list.strata));
  return Frame(list.design, list.design == Design::strip_and_sample ? list.pace : 0, std::move(entries));
}

// Lists that cannot be made again from the members alone are kept.
Status keep(store::Sqlite& database, const Frame& frame) {
  if (frame.design() == Design::simple) return {};
  SCRUTINEER_CHECK(ensure_canvass_tables(database));
  SCRUTINEER_TRY(
      store::Statement insert,
      database.prepare("INSERT INTO canvass_frames SELECT coalesce(max(number), 0) + 1, ?1, ?2 FROM "
                       "canvass_frames HAVING ?1 NOT IN (SELECT sha256 FROM canvass_frames)"));
  return insert.bind(frame.digest(), frame.text()).run();
}

bool same_sample(const DrawNote& before, const Frame& frame, const DrawRequest& request) {
  return before.frame == frame.digest() && before.seed == request.seed &&
         before.claim.margin == request.margin && before.claim.risk == request.risk;
}

Status check_again(const std::vector<DrawNote>& before, const Frame& frame, const DrawRequest& request) {
  if (before.empty() || same_sample(before.back(), frame, request) || !request.again.empty()) return {};
  const DrawNote& last = before.back();
  return wrong_usage(
      fmt::format("entry {} of the ledger already draws with {}: drawing again chooses among samples",
                  last.ledger_number,
                  last.frame != frame.digest() ? "another list of eligible members"
                  : last.seed != request.seed  ? "another seed"
                                               : "another margin or risk limit"),
      fmt::format("the seed \"{}\", margin {} and risk {} of that draw, or --again with the reason",
                  last.seed, last.claim.margin, last.claim.risk));
}

}  // namespace

Result<std::vector<DrawNote>> draws_in(store::CaseFile& file) {
  SCRUTINEER_TRY(const auto entries, store::entries_of(file.database()));
  std::vector<DrawNote> found;
  for (const store::LedgerEntry& entry : entries) {
    if (entry.note.kind != "draw") continue;
    SCRUTINEER_TRY(DrawNote note, note_of(entry));
    found.push_back(std::move(note));
  }
  return found;
}

Result<Frame> frame_of(store::CaseFile& file, const DrawNote& note) {
  SCRUTINEER_TRY(auto ids, eligible_entries(file));
  const auto changed = [&] {
    return refused("the eligible entries are no longer those that were drawn from",
                   {.file = file.folder().string()},
                   "the list with the digest " + note.frame + ", or a new draw with its reason");
  };
  if (note.design == Design::simple) {
    Frame frame(std::move(ids));
    if (frame.digest() != note.frame) return changed();
    return frame;
  }
  SCRUTINEER_TRY(store::Statement rows,
                 file.database().prepare("SELECT text FROM canvass_frames WHERE sha256 = ?1"));
  rows.bind(note.frame);
  SCRUTINEER_TRY(const bool found, rows.step());
  if (!found) return changed();
  SCRUTINEER_TRY(Frame frame, Frame::of_text(rows.text(0)));
  if (frame.digest() != note.frame || frame.ids() != ids) return changed();
  return frame;
}

Result<Frame> publish_frame(store::CaseFile& file, const std::string& at, const std::string& actor,
                            const FrameRequest& list) {
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  SCRUTINEER_TRY(Frame frame, frame_for(file, list, true));
  SCRUTINEER_TRY(const std::string before, published_frame(file.database()));
  if (before == frame.digest()) return frame;
  const Named named = {
      {"recipe", frame.design() == Design::simple ? "scrutineer-frame-1" : "scrutineer-frame-2"},
      {"sha256", frame.digest()},
      {"entries", std::to_string(frame.entries())}};
  SCRUTINEER_CHECK(keep(file.database(), frame));
  SCRUTINEER_CHECK(store::append(file.database(), {at, actor, "frame", store::facts(named)}));
  SCRUTINEER_CHECK(writing.transaction.commit());
  return frame;
}

Result<Drawn> record_draw(store::CaseFile& file, const DrawRequest& request, const std::string& at,
                          const std::string& actor) {
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  SCRUTINEER_TRY(Frame frame, frame_for(file, request.list, !request.again.empty()));
  const Claim claim = {frame.entries(), request.margin, request.risk};
  SCRUTINEER_CHECK(check(claim));
  SCRUTINEER_TRY(auto doors, draw(frame, request.seed, request.doors));
  SCRUTINEER_TRY(const auto before, draws_in(file));
  SCRUTINEER_CHECK(check_again(before, frame, request));
  SCRUTINEER_TRY(const std::string published, published_frame(file.database()));
  Drawn drawn{std::move(frame), std::move(doors), claim, false, false};
  drawn.published = published == drawn.frame.digest();
  const bool same = !before.empty() && same_sample(before.back(), drawn.frame, request);
  if (same && before.back().doors >= request.doors) return drawn;
  const Named named = {{"recipe", "scrutineer-draw-1"},
                       {"frame", drawn.frame.digest()},
                       {"entries", std::to_string(claim.entries)},
                       {"seed", request.seed},
                       {"doors", std::to_string(request.doors)},
                       {"margin", std::to_string(claim.margin)},
                       {"risk", fmt::format("{}", claim.risk)},
                       {"again", same ? "" : request.again},
                       {"design", std::string(to_string(drawn.frame.design()))}};
  SCRUTINEER_CHECK(keep(file.database(), drawn.frame));
  SCRUTINEER_CHECK(store::append(file.database(), {at, actor, "draw", store::facts(named)}));
  SCRUTINEER_CHECK(writing.transaction.commit());
  drawn.recorded = true;
  return drawn;
}

namespace {

std::string list_words(const Frame& frame) {
  std::string ids =
      fmt::format("{} ids of eligible entries, sorted by their bytes, one a line", frame.entries());
  switch (frame.design()) {
    case Design::simple:
      return ids + " after a first line\n     scrutineer-frame-1";
    case Design::stratified:
      return ids + " with their\n     strata, after a first line that begins with scrutineer-frame-2";
    case Design::weighted:
      return ids + " with their\n     lots, after a first line that begins with scrutineer-frame-2";
    case Design::strip_and_sample:
      return ids +
             " with the\n     turns of the questioned, after a first line that begins with "
             "scrutineer-frame-2";
  }
  return ids;
}

std::string order_words(const Drawn& drawn) {
  const std::string count = std::to_string(drawn.doors.size());
  switch (drawn.frame.design()) {
    case Design::simple:
    case Design::weighted:
      return "The doors: the " + count + " positions with the smallest tickets, smallest first.";
    case Design::stratified:
      return "The doors: within a stratum smallest ticket first; the next of the " + count +
             " doors is of the\n     stratum not yet exhausted with the least (2 taken + 1) / entries, of "
             "two alike "
             "the first by name.";
    case Design::strip_and_sample:
      return fmt::format(
          "The {} doors: every one whose number {} divides is the questioned entry whose turn is next,\n     "
          "the "
          "others have the smallest tickets, smallest first; entries visited before are passed over.",
          count, drawn.frame.pace());
  }
  return {};
}

}  // namespace

std::string recipe(const Drawn& drawn, const std::string& seed) {
  const std::string& digest = drawn.frame.digest();
  const std::string lots = drawn.frame.design() == Design::weighted
                               ? "\n     An entry with L lots has the smallest of L tickets, those after the "
                                 "first with |2, |3, ... at "
                                 "the end."
                               : "";
  return fmt::format(
      "Anyone can recompute this draw:\n"
      "  1. The list: {}. Its SHA-256 is\n"
      "     {}\n"
      "  2. The seed: {}\n"
      "  3. The ticket of the entry at position P of the list (from 1): SHA-256 of\n"
      "     scrutineer-draw-1|{}|{}|P{}\n"
      "  4. {}\n"
      "  5. Visited twice: doors where SHA-256 of the same line, beginning with scrutineer-revisit-1, "
      "begins\n"
      "     with eight digits below 1999999a.\n",
      list_words(drawn.frame), digest, seed, digest, seed, lots, order_words(drawn));
}

}  // namespace scrutineer::canvass
