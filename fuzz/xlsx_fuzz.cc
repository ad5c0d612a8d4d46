// Any bytes as a workbook: as the archive itself, and as the sheet of a sound archive. Read as a roll that
// keeps the conservation law, or refused; never an internal error.
#include <zip.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "rolls/xlsx_reader.h"

namespace {

using namespace scrutineer::rolls;

void require(bool condition) {
  if (!condition) std::abort();
}

void read(std::string_view archive_bytes) {
  RollSpec spec;
  spec.kind = RollKind::members;
  spec.file = "fuzz.xlsx";
  const ReadOptions options{.threads = 1, .longest_field = 256, .largest_expansion = std::uint64_t{1} << 20};
  const auto archive = ZipArchive::from_bytes(archive_bytes, "fuzz.xlsx", zip_limits(options));
  if (!archive) return;
  const auto roll = read_xlsx(*archive, archive_bytes.size(), spec, options);
  if (!roll) {
    require(roll.error().category == scrutineer::ErrorCategory::refused_input);
    return;
  }
  require(roll->account.check(spec.file).has_value() && roll->rows() == roll->account.rows);
}

std::string archive_around(std::string_view sheet) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  const std::pair<const char*, std::string_view> parts[] = {
      {"xl/workbook.xml", "<workbook><sheets><sheet name='A' id='r1'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", "<R><Relationship Id='r1' Target='worksheets/sheet1.xml'/></R>"},
      {"xl/styles.xml", "<s><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></s>"},
      {"xl/sharedStrings.xml", "<sst><si><t>id</t></si><si><t>surname</t></si></sst>"},
      {"xl/worksheets/sheet1.xml", sheet},
  };
  for (const auto& [name, bytes] : parts) {
    const zip_int64_t at =
        zip_file_add(archive, name, zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  }
  require(zip_close(archive) == 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  read(archive_around(bytes));
  return 0;
}
