#include "rolls/xml_stream.h"

#include <expat.h>
#include <fmt/core.h>

#include <new>
#include <utility>

namespace scrutineer::rolls {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10;

std::string_view local_name(const char* name) {
  const std::string_view whole = name;
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

// Handlers are given the parser, so that they can stop it; the XmlHandler is its user data.
XmlHandler& handler_of(void* parser) {
  return *static_cast<XmlHandler*>(XML_GetUserData(static_cast<XML_Parser>(parser)));
}

void XMLCALL on_open(void* parser, const XML_Char* name, const XML_Char** attributes) {
  handler_of(parser).open(local_name(name), XmlAttributes(attributes));
}

void XMLCALL on_close(void* parser, const XML_Char* name) {
  handler_of(parser).close(local_name(name));
}

void XMLCALL on_text(void* parser, const XML_Char* text, int length) {
  handler_of(parser).text({text, static_cast<std::size_t>(length)});
}

void XMLCALL on_doctype(void* parser, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  XML_StopParser(static_cast<XML_Parser>(parser), XML_FALSE);
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local_name(*pair) == name) return pair[1];
  }
  return {};
}

void XmlStream::Free::operator()(XML_ParserStruct* parser) const {
  XML_ParserFree(parser);
}

XmlStream::XmlStream(ZipPart part, std::string name, std::string file, XmlHandler& handler)
    : part_(std::move(part)),
      name_(std::move(name)),
      file_(std::move(file)),
      parser_(XML_ParserCreate(nullptr)) {
  if (!parser_) throw std::bad_alloc();
  XML_SetUserData(parser_.get(), &handler);
  XML_UseParserAsHandlerArg(parser_.get());
  XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  XML_SetElementHandler(parser_.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser_.get(), on_text);
}

XmlStream::~XmlStream() = default;

Result<bool> XmlStream::advance() {
  if (done_) return false;
  void* const buffer = XML_GetBuffer(parser_.get(), static_cast<int>(piece_bytes));
  if (buffer == nullptr) throw std::bad_alloc();
  SCRUTINEER_TRY(const std::size_t got, part_.read({static_cast<char*>(buffer), piece_bytes}));
  done_ = got == 0;
  if (XML_ParseBuffer(parser_.get(), static_cast<int>(got), done_ ? XML_TRUE : XML_FALSE) == XML_STATUS_OK) {
    return !done_;
  }
  const XML_Error code = XML_GetErrorCode(parser_.get());
  if (code == XML_ERROR_ABORTED) {
    return refused(name_ + " declares a document type, which no workbook needs", {file_, 0, 0});
  }
  return refused(fmt::format("the workbook is damaged: {}, line {}: {}", name_,
                             XML_GetCurrentLineNumber(parser_.get()), XML_ErrorString(code)),
                 {file_, 0, 0});
}

Status XmlStream::finish() {
  for (;;) {
    SCRUTINEER_TRY(const bool more, advance());
    if (!more) return {};
  }
}

}  // namespace scrutineer::rolls
