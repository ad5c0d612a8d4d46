// The data protection impact assessment of an inquiry (UK GDPR, article 35): a template whose facts are
// filled from the case, and whose judgements are left, visibly, to the people who must make them.
#ifndef SCRUTINEER_INQUIRY_IMPACT_ASSESSMENT_H_
#define SCRUTINEER_INQUIRY_IMPACT_ASSESSMENT_H_

#include <string>

#include "base/result.h"
#include "store/sqlite.h"

namespace scrutineer::inquiry {

// One HTML page without script, to print or to go on writing in. Names no member.
Result<std::string> impact_assessment_html(store::Sqlite& database);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_IMPACT_ASSESSMENT_H_
