#include "serve/session.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <utility>

namespace scrutineer::serve {
namespace {

std::shared_ptr<const Json> read_review(const std::filesystem::path& folder) {
  std::ifstream stream(folder / "review.json", std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  Json json = Json::parse(std::move(text).str(), nullptr, false);
  if (!json.is_object()) json = Json::object();
  return std::make_shared<const Json>(std::move(json));
}

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::analyst:
      return "analyst";
    case Role::canvasser:
      return "canvasser";
    case Role::panel:
      break;
  }
  return "panel";
}

std::optional<Role> role_of(std::string_view name) {
  for (const Role role : {Role::analyst, Role::canvasser, Role::panel}) {
    if (to_string(role) == name) return role;
  }
  return std::nullopt;
}

Session::Reading::~Reading() {
  if (!open_) return;
  const std::scoped_lock lock(session_->pool_mutex_);
  if (session_->pool_.size() < 16) session_->pool_.push_back(std::move(open_));
}

Result<std::unique_ptr<OpenCase>> Session::open_case() {
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(folder_, store::SqliteMode::read_only));
  SCRUTINEER_CHECK(file.database().execute("PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456"));
  SCRUTINEER_TRY(const store::CaseSecrets secrets, store::secrets_of(file.database()));
  std::string generation;
  {
    SCRUTINEER_TRY(
        store::Statement row,
        file.database().prepare("SELECT hash FROM ledger WHERE kind IN ('case-written', 'erased') ORDER BY "
                                "number DESC LIMIT 1"));
    SCRUTINEER_TRY(const bool found, row.step());
    const std::string hash = found ? row.bytes(0) : std::string();
    generation =
        store::hex(std::span(reinterpret_cast<const unsigned char*>(hash.data()), hash.size())).substr(0, 16);
  }
  auto review = read_review(folder_);
  return std::make_unique<OpenCase>(
      OpenCase{std::move(file), secrets.handles, std::move(generation), std::move(review)});
}

Answer<Session::Reading> Session::read() {
  while (true) {
    std::unique_ptr<OpenCase> open;
    {
      const std::scoped_lock lock(pool_mutex_);
      if (!pool_.empty()) {
        open = std::move(pool_.back());
        pool_.pop_back();
      }
    }
    if (!open) break;
    if (!open->file.is_replaced()) return Reading(*this, std::move(open));
  }
  auto opened = open_case();
  if (!opened) return refuse(503, "busy", "The case cannot be opened now: " + opened.error().message());
  return Reading(*this, *std::move(opened));
}

Answer<store::CaseFile*> Session::writer() {
  if (!writer_) {
    auto opened = store::CaseFile::open(folder_, store::SqliteMode::read_write);
    if (!opened) return refuse(503, "busy", "The case cannot be written to now: " + opened.error().message());
    writer_.emplace(*std::move(opened));
  }
  return &*writer_;
}

Answer<bool> Session::note_look(std::string_view view, const std::string& handle) {
  const std::pair<std::string, std::string> named[] = {
      {"subject", handle}, {"view", std::string(view)}, {"role", std::string(to_string(person_.role))}};
  SERVE_ASK([[maybe_unused]] const std::uint64_t entry, note("look", store::facts(named)));
  return true;
}

Answer<std::uint64_t> Session::note(std::string kind, std::string body) {
  return write([&](store::CaseFile& file) -> Answer<std::uint64_t> {
    SERVE_TRY(const store::LedgerEntry entry,
              file.note({now(), person_.name, std::move(kind), std::move(body)},
                        person_.key ? &*person_.key : nullptr));
    return entry.number;
  });
}

void Session::wait(int milliseconds) {
  std::unique_lock lock(change_mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(milliseconds));
}

Answer<Session::LockedIndex> Session::queue_index(OpenCase& open) {
  std::unique_lock lock(queue_->mutex);
  if (!queue_->index || queue_->generation != open.generation) {
    SERVE_TRY(queue_->index, QueueIndex::load(open.database()));
    queue_->generation = open.generation;
  }
  SERVE_CHECK(queue_->index->refresh(open.database()));
  return LockedIndex{std::move(lock), *queue_->index};
}

Answer<std::shared_ptr<const DrawnDoors>> Session::drawn_doors(OpenCase& open) {
  const std::scoped_lock lock(doors_mutex_);
  SERVE_TRY(const auto draws, canvass::draws_in(open.file));
  if (draws.empty()) return std::shared_ptr<const DrawnDoors>();
  const canvass::DrawNote& last = draws.back();
  if (!doors_ || doors_->generation != open.generation || doors_->note.ledger_number != last.ledger_number) {
    auto drawn = DrawnDoors::of(open.file, last, open.generation);
    if (!drawn && drawn.error().category != ErrorCategory::refused_input) return failed(drawn.error());
    doors_ = drawn ? std::make_shared<const DrawnDoors>(*std::move(drawn)) : nullptr;
  }
  return doors_;
}

std::optional<Json> Session::remembered(const std::string& question, std::uint64_t ledger) {
  const std::scoped_lock lock(memory_mutex_);
  const auto found = memory_.find(question);
  if (found == memory_.end() || found->second.first != ledger) return std::nullopt;
  return found->second.second;
}

void Session::remember(const std::string& question, std::uint64_t ledger, Json answer) {
  const std::scoped_lock lock(memory_mutex_);
  if (memory_.size() >= 256) memory_.clear();
  memory_[question] = {ledger, std::move(answer)};
}

Answer<std::int64_t> Session::last_session(OpenCase& open) {
  {
    const std::scoped_lock lock(memory_mutex_);
    if (last_session_) return *last_session_;
  }
  // The session's own beginning is in the ledger: the one before it ended with this person's last entry
  // before that.
  SERVE_TRY(
      store::Statement row,
      open.database().prepare("SELECT coalesce(max(number), 0) FROM ledger WHERE actor = ?1 AND number < "
                              "(SELECT coalesce(max(number), 0) FROM ledger WHERE actor = ?1 AND kind = "
                              "'review-opened')"));
  SERVE_TRY([[maybe_unused]] const bool found, row.bind(person_.name).step());
  const std::scoped_lock lock(memory_mutex_);
  last_session_ = row.integer(0);
  return *last_session_;
}

}  // namespace scrutineer::serve
