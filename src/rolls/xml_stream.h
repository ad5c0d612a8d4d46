// A part of a workbook read as a stream of XML events. Document type declarations, and with them entities of
// every kind, are refused: no workbook has them, and they are how a small file is made to grow or to fetch.
#ifndef SCRUTINEER_ROLLS_XML_STREAM_H_
#define SCRUTINEER_ROLLS_XML_STREAM_H_

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "rolls/zip_archive.h"

struct XML_ParserStruct;

namespace scrutineer::rolls {

// Names of elements and attributes without their namespace prefix.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // The attribute's value, or an empty text.
  [[nodiscard]] std::string_view operator[](std::string_view name) const;

 private:
  const char** pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void open(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void close(std::string_view element) = 0;
  virtual void text(std::string_view piece) = 0;
};

class XmlStream {
 public:
  // The handler must outlive the stream.
  XmlStream(ZipPart part, std::string name, std::string file, XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // Parses the next piece; false once the end was reached.
  Result<bool> advance();
  // Parses all that is left.
  Status finish();

 private:
  struct Free {
    void operator()(XML_ParserStruct* parser) const;
  };
  ZipPart part_;
  std::string name_;
  std::string file_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  bool done_ = false;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_XML_STREAM_H_
