#include "canvass/draw_record.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "canvass/case_facts.h"

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

Result<Frame> publish_frame(store::CaseFile& file, const std::string& at, const std::string& actor) {
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  SCRUTINEER_TRY(auto ids, eligible_entries(file));
  Frame frame(std::move(ids));
  SCRUTINEER_TRY(const std::string before, published_frame(file.database()));
  if (before == frame.digest()) return frame;
  const Named named = {{"recipe", "scrutineer-frame-1"},
                       {"sha256", frame.digest()},
                       {"entries", std::to_string(frame.entries())}};
  SCRUTINEER_CHECK(store::append(file.database(), {at, actor, "frame", store::facts(named)}));
  SCRUTINEER_CHECK(writing.transaction.commit());
  return frame;
}

Result<Drawn> record_draw(store::CaseFile& file, const DrawRequest& request, const std::string& at,
                          const std::string& actor) {
  SCRUTINEER_TRY(auto writing, file.begin_writing());
  SCRUTINEER_TRY(auto ids, eligible_entries(file));
  Frame frame(std::move(ids));
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
                       {"again", same ? "" : request.again}};
  SCRUTINEER_CHECK(store::append(file.database(), {at, actor, "draw", store::facts(named)}));
  SCRUTINEER_CHECK(writing.transaction.commit());
  drawn.recorded = true;
  return drawn;
}

std::string recipe(const Drawn& drawn, const std::string& seed) {
  return fmt::format(
      "Anyone can recompute this draw:\n"
      "  1. The list: {} ids of eligible entries, sorted by their bytes, one a line after a first line\n"
      "     scrutineer-frame-1. Its SHA-256 is\n"
      "     {}\n"
      "  2. The seed: {}\n"
      "  3. The ticket of the entry at position P of the list (from 1): SHA-256 of\n"
      "     scrutineer-draw-1|{}|{}|P\n"
      "  4. The doors: the {} positions with the smallest tickets, smallest first.\n"
      "  5. Visited twice: doors where SHA-256 of the same line, beginning with scrutineer-revisit-1, "
      "begins\n"
      "     with eight digits below 1999999a.\n",
      drawn.frame.entries(), drawn.frame.digest(), seed, drawn.frame.digest(), seed, drawn.doors.size());
}

}  // namespace scrutineer::canvass
