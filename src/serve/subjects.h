// What views share: subjects behind handles, decisions as they are shown, rows of the queue.
#ifndef SCRUTINEER_SERVE_SUBJECTS_H_
#define SCRUTINEER_SERVE_SUBJECTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/request.h"
#include "serve/rows.h"
#include "serve/session.h"

namespace scrutineer::serve {

struct Subject {
  std::string kind, key;
};
// Refused (not-found) if nothing has this handle.
Answer<Subject> subject_of(OpenCase& open, std::string_view handle);

// DECISION of the interface, for all decisions on a subject, oldest first; replies are left out.
Answer<Json> decisions_on(Session& session, OpenCase& open, const Subject& subject);
// Whether one of them is this person's and counts: what was hidden until they decided may be shown.
bool decided_by_me(const Json& decisions);
// One by its number.
Answer<Json> decision_numbered(Session& session, OpenCase& open, std::int64_t number);
// REPLY of the interface, or null: what was recorded for this subject, or for the one member it is about.
Answer<Json> reply_on(const Session& session, OpenCase& open, const Subject& subject);
Answer<std::string> state_on(OpenCase& open, const Subject& subject);

// What a member is called and where they live, as far as this person may see it.
struct MemberLabel {
  std::uint64_t number = 0;
  std::string id, name, address, postcode;
};
Answer<std::optional<MemberLabel>> member_label(OpenCase& open, const std::string& id);

// A row of the queue as the interface has it. Blind: what tells the score of a link or pair on which this
// person has not decided is null, and so are other people's decisions on it.
Answer<Json> queue_row(Session& session, OpenCase& open, std::int64_t number, bool blind = false);
// The share of innocence of a subject: of its entries, or of the most telling row that questions it.
Answer<double> innocent_share(Session& session, OpenCase& open, const Subject& subject);
// The findings that name a member, listed ones first; at most 100.
Answer<Json> findings_of(Session& session, OpenCase& open, std::string_view sql, const std::string& key);

// A sentence with the keys of its subject and its members replaced by their handles, unless people may be
// seen.
std::string masked(Session& session, OpenCase& open, std::string text, const std::string& subject_kind,
                   const std::string& subject_key, const std::vector<std::string>& members);

Json or_null(const std::optional<double>& value);
// The text, or null if people may not be seen.
Json for_people(const Session& session, std::string text);

// Whether the door of this member is among those drawn for the canvass.
bool is_drawn(Session& session, OpenCase& open, const std::string& member);

// The head of the ledger: its number.
Answer<std::uint64_t> ledger_number(OpenCase& open);

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_SUBJECTS_H_
