// Expat with callbacks as functions, and errors as values.
#ifndef SCRUTINEER_CONTEST_FORMATS_XML_PARSE_H_
#define SCRUTINEER_CONTEST_FORMATS_XML_PARSE_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scrutineer::contest {

// Names are local: what stands before a colon is left out. Text may come in pieces.
struct XmlHandler {
  std::function<void(std::string_view name, const std::map<std::string, std::string>& attributes)> start;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view text)> text;
};

// Refused with line and column if the document is not well-formed. Entities declared by the document are not
// expanded (a document with a DTD is refused), so that none can grow without bound.
Status parse_xml(std::string_view document, const std::string& file, const XmlHandler& handler);

}  // namespace scrutineer::contest

#endif  // SCRUTINEER_CONTEST_FORMATS_XML_PARSE_H_
