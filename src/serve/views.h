// The views of doc/review-api.md: each function answers one path. What a role may not see is left null here
// and nowhere else.
#ifndef SCRUTINEER_SERVE_VIEWS_H_
#define SCRUTINEER_SERVE_VIEWS_H_

#include <string>
#include <string_view>

#include "serve/api_error.h"
#include "serve/request.h"
#include "serve/session.h"

namespace scrutineer::serve {

Answer<Json> session_view(Session& session);
Answer<Json> overview(Session& session);
Answer<Json> queue(Session& session, std::string_view target);
Answer<Json> finding(Session& session, const std::string& handle);
Answer<Json> link(Session& session, const std::string& handle, std::string_view target);
Answer<Json> persons(Session& session, std::string_view target);
Answer<Json> person(Session& session, const std::string& handle, std::string_view target);
Answer<Json> addresses(Session& session, std::string_view target);
Answer<Json> address(Session& session, const std::string& handle);
Answer<Json> network(Session& session, std::string_view target);
Answer<Json> calendar(Session& session);
Answer<Json> map(Session& session);
Answer<Json> canvass(Session& session);
Answer<Json> canvass_doors(Session& session, std::string_view target);
Answer<Json> record_visit(Session& session, std::string_view body);
Answer<Json> contest(Session& session);
Answer<Json> what_if(Session& session, std::string_view target);
Answer<Json> ledger(Session& session, std::string_view target);
Answer<Json> ledger_check(Session& session);
Answer<Json> decisions(Session& session, std::string_view target);
Answer<Json> files(Session& session);

// Writes. `created` is set where something was written anew (201).
Answer<Json> decide(Session& session, std::string_view body, bool& created);
Answer<Json> undo(Session& session, std::string_view body, bool& created);
Answer<Json> reply(Session& session, std::string_view body, bool& created);
Answer<Json> retention(Session& session, std::string_view body, bool& created);

// Files to be saved or shown.
struct Download {
  std::string content_type, name, bytes;
};
Answer<Download> export_list(Session& session, std::string_view target);
Answer<Download> exhibits(Session& session, std::string_view target);
Answer<Download> impact_assessment(Session& session);
Answer<Download> case_file(Session& session, const std::string& name);

}  // namespace scrutineer::serve

#endif  // SCRUTINEER_SERVE_VIEWS_H_
