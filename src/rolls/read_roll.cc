#include "rolls/read_roll.h"

#include <future>
#include <string>

#include "base/digest.h"
#include "base/parallel.h"
#include "rolls/delimited_reader.h"
#include "rolls/file_kind.h"
#include "rolls/input_file.h"

namespace scrutineer::rolls {
namespace {

Result<Roll> read_table(const InputFile& file, const RollSpec& spec, const ReadOptions& options) {
  std::string head(4096, '\0');
  SCRUTINEER_TRY(const std::size_t got, file.read_at(0, head));
  head.resize(got);
  const FileKindFound found = file_kind(head);
  switch (found.kind) {
    case FileKind::text:
      return read_delimited(TextSource(file), spec, options);
    case FileKind::spreadsheet:
    case FileKind::parquet:
    case FileKind::other:
      break;
  }
  return refused("is " + std::string(found.what), {spec.file.string(), 0, 0}, std::string(found.instead));
}

}  // namespace

Result<Roll> read_roll(const RollSpec& spec, const ReadOptions& options) {
  SCRUTINEER_TRY(const InputFile file, InputFile::open(spec.file));
  if (file.size() == 0) return refused("the file is empty", {spec.file.string(), 0, 0}, "a table");
  // The digest does not depend on what is read, so it is taken beside the reading.
  const auto policy = thread_count(options.threads) > 1 ? std::launch::async : std::launch::deferred;
  std::future<Result<std::string>> digest = std::async(policy, [&spec] { return sha256_of_file(spec.file); });
  Result<Roll> roll = read_table(file, spec, options);
  Result<std::string> sha256 = digest.get();
  if (!roll) return roll;
  SCRUTINEER_CHECK(file.unchanged());
  if (!sha256) return std::unexpected(std::move(sha256).error());
  roll->account.sha256 = *std::move(sha256);
  return roll;
}

}  // namespace scrutineer::rolls
