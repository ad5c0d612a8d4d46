// What a file is, told from its first bytes and never from its name.
#ifndef SCRUTINEER_ROLLS_FILE_KIND_H_
#define SCRUTINEER_ROLLS_FILE_KIND_H_

#include <cstdint>
#include <string_view>

namespace scrutineer::rolls {

enum class FileKind : std::uint8_t { text, spreadsheet, parquet, duckdb, sqlite, other };

struct FileKindFound {
  FileKind kind = FileKind::text;
  std::string_view what;     // of `other`: "a PDF document"
  std::string_view instead;  // what to do about it
};

// `head`: the first 4096 bytes or fewer. Whatever is not known to be something else is taken for text.
FileKindFound file_kind(std::string_view head);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_FILE_KIND_H_
