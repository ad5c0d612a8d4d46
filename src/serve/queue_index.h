// The queue in memory: whom each row questions and what was decided on it, so that lists, counts and the
// order follow every decision without reading the case again.
//
// How much deciding a row would narrow the certified number, now: the sum, over the entries it questions that
// count against the margin, of its openness divided by the number of rows that question the same entry and
// are not settled. An entry that two people upheld stands whatever else is decided, and adds nothing. Before
// the first decision this is `narrowing` of the table `queue` (doc/casefile.md).
//
// Read once when a generation of the case is first asked for (a hundred thousand findings: about 0.2 s), then
// kept up by the decisions that are newer. Not safe for several threads: Session::queue_index() locks it.
#ifndef SCRUTINEER_SERVE_QUEUE_INDEX_H_
#define SCRUTINEER_SERVE_QUEUE_INDEX_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::serve {

enum class QueueKind : std::uint8_t { finding, link, pair };
enum class QueueState : std::uint8_t { undecided, awaiting_second, disagreement, decided };
std::string_view to_string(QueueKind kind);
std::string_view to_string(QueueState state);

// What a row says of its entries now.
enum class Standing : std::uint8_t {
  open,      // not settled: it questions them
  cleared,   // explained, corrected, the same person after all (link), two people (pair)
  stands,    // upheld by two; one person listed twice (pair)
  unlinked,  // a register entry that is not the member: it no longer answers for them
};

struct QueueItem {
  std::int64_t number = 0;
  int signal = 0;
  char tier = 0;  // 0 for links and pairs
  QueueKind kind = QueueKind::finding;
  QueueState state = QueueState::undecided;
  Standing standing = Standing::open;
  float openness = 0;
  float innocent = 0;  // share of its entries, or of itself, expected to be innocent: at most 1
  std::uint32_t first_member = 0, members = 0;

  [[nodiscard]] bool questions() const { return openness > 0; }
};

class QueueIndex {
 public:
  static Result<QueueIndex> load(store::Sqlite& database);

  // Takes in the decisions made since.
  Status refresh(store::Sqlite& database);

  // In the order of their numbers; numbers may have gaps after an erasure.
  [[nodiscard]] std::span<const QueueItem> items() const { return items_; }
  [[nodiscard]] const QueueItem* find(std::int64_t number) const;

  [[nodiscard]] double narrowing(const QueueItem& item) const;
  // As if all links and pairs were equally open: an order that tells nothing of their scores.
  [[nodiscard]] double blind_narrowing(const QueueItem& item) const;

  // Entries that count against the margin and that some row questions: at first, now, and those upheld.
  struct Entries {
    std::int64_t questioned = 0, still_questioned = 0, upheld = 0;
  };
  [[nodiscard]] Entries entries() const;

  // Subjects by the newest decision on them that was not undone.
  [[nodiscard]] const std::map<std::string, std::int64_t>& decided() const { return decided_; }

  // The share of innocence of a member, members.number: that of the most telling row that questions them, 1
  // where none does.
  [[nodiscard]] double innocent_share(std::int64_t member) const;

  // Entries that the rows question, each once, and how many of them are expected to be innocent.
  class Union {
   public:
    explicit Union(const QueueIndex& index) : index_(index), least_(index.members_.size(), 2) {}
    void add(const QueueItem& item);
    [[nodiscard]] std::pair<std::int64_t, double> total() const;

   private:
    const QueueIndex& index_;
    std::vector<float> least_;
  };

 private:
  struct Entry {
    std::int64_t number = 0;  // members.number
    bool counts = false;
    bool questioned = false;  // by a row with openness
    float innocent = 1;
    std::uint32_t open = 0, stands = 0, linked = 0, unlinked = 0;  // rows that question it, by what they say
  };
  void count(const QueueItem& item, int sign);
  [[nodiscard]] double narrowing(const QueueItem& item, double openness) const;
  [[nodiscard]] std::span<const std::uint32_t> members_of(const QueueItem& item) const {
    return std::span(named_).subspan(item.first_member, item.members);
  }

  std::vector<QueueItem> items_;
  std::vector<std::uint32_t> named_;  // places in members_, row by row
  std::vector<Entry> members_;
  std::unordered_map<std::int64_t, std::uint32_t> place_of_;  // members.number -> place in members_
  std::map<std::string, std::int64_t> decided_;
  std::unordered_map<std::string, std::string> decided_on_;  // kind, NUL, key -> decision
  std::int64_t seen_ = 0;                                    // number of the newest decision taken in
};

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_QUEUE_INDEX_H_
