// One person at work on one case: what they may see, the case as it now is, and the one place where it is
// written to.
//
// An audit may replace the case at any time. Each request takes an open case that is the present one; a write
// goes through CaseFile::begin_writing, which sees to the same.
#ifndef SCRUTINEER_SERVE_SESSION_H_
#define SCRUTINEER_SERVE_SESSION_H_

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "serve/api_error.h"
#include "serve/drawn_doors.h"
#include "serve/queue_index.h"
#include "store/case_file.h"

namespace scrutineer::serve {

using Json = nlohmann::ordered_json;

enum class Role : std::uint8_t { analyst, canvasser, panel };
std::string_view to_string(Role role);
std::optional<Role> role_of(std::string_view name);

struct Person {
  std::string name;
  Role role = Role::panel;
  bool read_only = false;
  std::optional<store::SigningKey> key;

  // Names, addresses, ids. Nobody looks unseen: without the right to write there is no ledger entry, and no
  // look.
  [[nodiscard]] bool sees_people() const { return role == Role::panel && !read_only; }
  [[nodiscard]] bool sees_findings() const { return role != Role::canvasser; }
};

// A case that is open for reading, with what is read once.
struct OpenCase {
  store::CaseFile file;
  store::Secret handles{};
  std::string generation;              // 16 hexadecimal digits
  std::shared_ptr<const Json> review;  // review.json; an empty object where it is not there

  [[nodiscard]] store::Sqlite& database() { return file.database(); }
  [[nodiscard]] std::string handle(std::string_view kind, std::string_view key) const {
    return store::handle_of(handles, kind, key);
  }
};

// A number that changes with every entry of the ledger that this process has seen, for those who wait.
struct Seen {
  std::uint64_t ledger = 0;
  std::string generation;
};

class Session {
 public:
  using Clock = std::function<std::string()>;  // UTC, as in store::LedgerNote
  Session(std::filesystem::path folder, Person person, Clock now, std::string program_version)
      : folder_(std::move(folder)),
        person_(std::move(person)),
        now_(std::move(now)),
        version_(std::move(program_version)),
        queue_(std::make_shared<SharedIndex>()) {}
  // The same session as another person would have it: for exports that withhold what this one sees.
  Session(const Session& other, Person person)
      : folder_(other.folder_),
        person_(std::move(person)),
        now_(other.now_),
        version_(other.version_),
        queue_(other.queue_) {}

  [[nodiscard]] const Person& person() const { return person_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const std::string& program_version() const { return version_; }
  [[nodiscard]] std::string now() const { return now_(); }

  // An open case, given back to the pool when it goes.
  class Reading {
   public:
    Reading(Session& session, std::unique_ptr<OpenCase> open) : session_(&session), open_(std::move(open)) {}
    Reading(Reading&&) noexcept = default;
    Reading& operator=(Reading&&) = delete;
    ~Reading();
    OpenCase& operator*() { return *open_; }
    OpenCase* operator->() { return open_.get(); }

   private:
    Session* session_;
    std::unique_ptr<OpenCase> open_;
  };
  Answer<Reading> read();

  // Runs `act` on the case open for writing, one at a time. Refused (read-only) where nothing may be written.
  template <typename Act>
  auto write(Act act) -> decltype(act(std::declval<store::CaseFile&>()));

  // Writes an entry that says that this person looked at something: `view` and the handle of its subject.
  Answer<bool> note_look(std::string_view view, const std::string& handle);
  // An entry of this person: kind and body (store::facts).
  Answer<std::uint64_t> note(std::string kind, std::string body);

  // Waits until something was written by this process, at most `milliseconds`.
  void wait(int milliseconds);
  void wake() { changed_.notify_all(); }

  // The queue of the case that is open, with all decisions that it holds, locked for this thread. Read anew
  // once for each generation.
  struct LockedIndex {
    std::unique_lock<std::mutex> lock;
    const QueueIndex& index;
    const QueueIndex* operator->() const { return &index; }
    const QueueIndex& operator*() const { return index; }
  };
  Answer<LockedIndex> queue_index(OpenCase& open);

  // The doors of the last draw in the ledger; null where there is none, or where they cannot be drawn again
  // because the roll is another by now. Drawn once for each draw and generation.
  Answer<std::shared_ptr<const DrawnDoors>> drawn_doors(OpenCase& open);

  // Answers that are dear and change only with the ledger, by their question.
  std::optional<Json> remembered(const std::string& question, std::uint64_t ledger);
  void remember(const std::string& question, std::uint64_t ledger, Json answer);

  // The head of the ledger when this person's session before this one ended; set once at the first call.
  Answer<std::int64_t> last_session(OpenCase& open);

 private:
  Result<std::unique_ptr<OpenCase>> open_case();
  Answer<store::CaseFile*> writer();

  struct SharedIndex {
    std::mutex mutex;
    std::string generation;
    std::optional<QueueIndex> index;
  };

  std::filesystem::path folder_;
  Person person_;
  Clock now_;
  std::string version_;
  std::shared_ptr<SharedIndex> queue_;

  std::mutex pool_mutex_;
  std::vector<std::unique_ptr<OpenCase>> pool_;
  std::mutex write_mutex_;
  std::optional<store::CaseFile> writer_;
  std::mutex change_mutex_;
  std::condition_variable changed_;
  std::mutex memory_mutex_;
  std::map<std::string, std::pair<std::uint64_t, Json>> memory_;
  std::optional<std::int64_t> last_session_;
  std::mutex doors_mutex_;
  std::shared_ptr<const DrawnDoors> doors_;
};

template <typename Act>
auto Session::write(Act act) -> decltype(act(std::declval<store::CaseFile&>())) {
  if (person_.read_only) return refuse(403, "read-only", "This session may only read.");
  const std::scoped_lock lock(write_mutex_);
  auto file = writer();
  if (!file) return std::unexpected(std::move(file).error());
  auto result = act(**file);
  wake();
  return result;
}

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_SESSION_H_
