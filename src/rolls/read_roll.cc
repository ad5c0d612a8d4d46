#include "rolls/read_roll.h"

#include <future>
#include <string>

#include "base/digest.h"
#include "base/parallel.h"
#include "rolls/delimited_reader.h"
#include "rolls/file_kind.h"
#include "rolls/input_file.h"
#include "rolls/table_reader.h"
#include "rolls/xlsx_reader.h"
#include "rolls/zip_archive.h"

namespace scrutineer::rolls {
namespace {

Result<Roll> read_workbook_file(const InputFile& file, const RollSpec& spec, const ReadOptions& options) {
  SCRUTINEER_TRY(const ZipArchive archive, ZipArchive::open(spec.file, zip_limits(options)));
  return read_xlsx(archive, file.size(), spec, options);
}

Result<Roll> read_table(const InputFile& file, const RollSpec& spec, const ReadOptions& options) {
  std::string head(4096, '\0');
  SCRUTINEER_TRY(const std::size_t got, file.read_at(0, head));
  head.resize(got);
  const FileKindFound found = file_kind(head);
  const Place place{spec.file.string(), 0, 0};
  const bool asks = !spec.query.empty();
  switch (found.kind) {
    case FileKind::text:
    case FileKind::spreadsheet:
      if (asks)
        return refused("a query cannot be put to delimited text or a workbook", place,
                       "Parquet or a database");
      if (found.kind == FileKind::text) return read_delimited(TextSource(file), spec, options);
      return read_workbook_file(file, spec, options);
    case FileKind::parquet:
      return asks ? read_duckdb_query(file, false, spec, options) : read_parquet(file, spec, options);
    case FileKind::duckdb:
      if (asks) return read_duckdb_query(file, true, spec, options);
      break;
    case FileKind::sqlite:
      if (asks) return read_sqlite_query(file, spec, options);
      break;
    case FileKind::other:
      break;
  }
  return refused("is " + std::string(found.what), place, std::string(found.instead));
}

}  // namespace

Result<Roll> read_roll(const RollSpec& spec, const ReadOptions& options) {
  SCRUTINEER_TRY(const InputFile file, InputFile::open(spec.file));
  if (file.size() == 0) return refused("the file is empty", {spec.file.string(), 0, 0}, "a table");
  // The digest does not depend on what is read, so it is taken beside the reading.
  const auto policy = thread_count(options.threads) > 1 ? std::launch::async : std::launch::deferred;
  std::future<Result<std::string>> digest = std::async(policy, [&]() -> Result<std::string> {
    return options.digest ? sha256_of_file(spec.file) : Result<std::string>(std::string());
  });
  Result<Roll> roll = read_table(file, spec, options);
  Result<std::string> sha256 = digest.get();
  if (!roll) return roll;
  SCRUTINEER_CHECK(file.unchanged());
  if (!sha256) return std::unexpected(std::move(sha256).error());
  roll->account.sha256 = *std::move(sha256);
  return roll;
}

}  // namespace scrutineer::rolls
