// Cast vote record reports (NIST SP 1500-103), JSON or XML, in one shape.
#ifndef SCRUTINEER_CONTEST_FORMATS_CDF_REPORT_H_
#define SCRUTINEER_CONTEST_FORMATS_CDF_REPORT_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scrutineer::contest {

using Json = nlohmann::json;

// The report; XML is read into the same shape as JSON: elements by local name, each a list; the attribute
// ObjectId as "@id"; text as "#". Refused with the place if it is neither.
Result<Json> read_cdf_report(std::string_view document, const std::string& file);

// A member as a list: absent is empty, a single value is a list of one.
std::vector<const Json*> cdf_list(const Json& node, const char* key);

// A member as text; "" where it is absent.
std::string cdf_text(const Json& node, const char* key);

// One mark: the selection's id and the rank, from 1; a mark without a rank is a first one.
struct CdfMark {
  std::string selection;
  std::uint32_t rank = 1;
};

// Calls `paper` with the marks of each paper that holds the contest: of the current snapshot, those that are
// indicated and allocable. Marks for names that nobody has judged yet have no selection and are left out.
// `unit` is the id of the paper's ward. Refused where a rank is none, and with the error `paper` returns.
Status each_cdf_paper(
    const Json& report, const std::string& contest_id, const std::string& file,
    const std::function<Status(const std::vector<CdfMark>& marks, const std::string& unit)>& paper);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_CDF_REPORT_H_
