#include "contest/formats/xml_parse.h"

#include <expat.h>

#include <algorithm>
#include <memory>

namespace scrutineer::contest {
namespace {

struct State {
  const XmlHandler& handler;
  XML_Parser parser;
  bool has_dtd = false;
};

std::string_view local(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

void XMLCALL on_start(void* data, const char* name, const char** attributes) {
  auto& state = *static_cast<State*>(data);
  std::map<std::string, std::string> map;
  for (; *attributes != nullptr; attributes += 2) map.emplace(local(attributes[0]), attributes[1]);
  if (state.handler.start) state.handler.start(local(name), map);
}

void XMLCALL on_end(void* data, const char* name) {
  auto& state = *static_cast<State*>(data);
  if (state.handler.end) state.handler.end(local(name));
}

void XMLCALL on_text(void* data, const char* text, int length) {
  auto& state = *static_cast<State*>(data);
  if (state.handler.text) state.handler.text({text, static_cast<std::size_t>(length)});
}

void XMLCALL on_dtd(void* data, const char*, const char*, const char*, int) {
  auto& state = *static_cast<State*>(data);
  state.has_dtd = true;
  XML_StopParser(state.parser, XML_FALSE);
}

}  // namespace

Status parse_xml(std::string_view document, const std::string& file, const XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                            &XML_ParserFree);
  if (!parser) return internal_error("the XML parser does not start");
  State state{handler, parser.get(), false};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_dtd);
  constexpr std::size_t piece = std::size_t{1} << 24;  // Expat takes its lengths as int
  for (std::size_t at = 0;; at += piece) {
    const std::string_view part = document.substr(std::min(at, document.size()), piece);
    const bool last = at + piece >= document.size();
    if (XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), last) != XML_STATUS_OK) {
      const Place where{file, XML_GetCurrentLineNumber(parser.get()),
                        XML_GetCurrentColumnNumber(parser.get()) + 1};
      if (state.has_dtd) return refused("a document type declaration is not read", where, "plain XML");
      return refused(std::string("not well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(parser.get())),
                     where);
    }
    if (last) return {};
  }
}

}  // namespace scrutineer::contest
