// Reads a roll from a sheet of a workbook (XLSX, ECMA-376): a stream of rows, never the whole sheet.
#ifndef SCRUTINEER_ROLLS_XLSX_READER_H_
#define SCRUTINEER_ROLLS_XLSX_READER_H_

#include "base/result.h"
#include "rolls/read_roll.h"
#include "rolls/zip_archive.h"

namespace scrutineer::rolls {

// The sheet is spec.sheet, or the first visible one with a header in which something is recognised and a row
// below it, or the first with any text. Lines are the sheet's row numbers; rows without text are blank
// records. `bytes` is the size of the file, for the account; the digest is left to the caller.
Result<Roll> read_xlsx(const ZipArchive& archive, std::uint64_t bytes, const RollSpec& spec,
                       const ReadOptions& options);

ZipLimits zip_limits(const ReadOptions& options);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_XLSX_READER_H_
