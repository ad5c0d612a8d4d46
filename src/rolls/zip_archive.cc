#include "rolls/zip_archive.h"

#include <fmt/core.h>
#include <zip.h>

namespace scrutineer::rolls {
namespace {

std::string described(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

std::unexpected<Error> damaged(const std::string& file, const std::string& why) {
  return refused("the workbook is damaged or was cut short: " + why, {file, 0, 0}, "a complete XLSX file");
}

}  // namespace

void ZipPart::Close::operator()(zip_file* part) const {
  zip_fclose(part);
}
void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& file, ZipLimits limits) {
  ZipArchive archive;
  archive.file_ = file.string();
  archive.limits_ = limits;
  int code = 0;
  archive.archive_.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
  if (!archive.archive_) return damaged(archive.file_, described(code));
  return archive;
}

Result<ZipArchive> ZipArchive::from_bytes(std::string_view bytes, const std::string& name, ZipLimits limits) {
  ZipArchive archive;
  archive.file_ = name;
  archive.limits_ = limits;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) {
    archive.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive.archive_) zip_source_free(source);
  }
  const int code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (!archive.archive_) return damaged(name, described(code));
  return archive;
}

bool ZipArchive::has(const std::string& part) const {
  return zip_name_locate(archive_.get(), part.c_str(), 0) >= 0;
}

Result<ZipPart> ZipArchive::part(const std::string& name) const {
  zip_stat_t status;
  zip_stat_init(&status);
  if (zip_stat(archive_.get(), name.c_str(), 0, &status) != 0)
    return damaged(file_, "it has no part " + name);
  if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE) {
    return refused("the workbook is encrypted", {file_, 0, 0}, "the workbook saved without a password");
  }
  ZipPart part;
  part.part_.reset(zip_fopen(archive_.get(), name.c_str(), 0));
  if (!part.part_) return damaged(file_, name + ": " + zip_strerror(archive_.get()));
  part.name_ = name;
  part.file_ = file_;
  part.limits_ = limits_;
  part.packed_ = (status.valid & ZIP_STAT_COMP_SIZE) != 0 ? status.comp_size : 0;
  return part;
}

Result<std::size_t> ZipPart::read(std::span<char> buffer) {
  const zip_int64_t got = zip_fread(part_.get(), buffer.data(), buffer.size());
  if (got < 0) return damaged(file_, name_ + ": " + zip_error_strerror(zip_file_get_error(part_.get())));
  unpacked_ += static_cast<std::uint64_t>(got);
  if (unpacked_ > limits_.largest_expansion ||
      (unpacked_ > limits_.ratio_counts_from && unpacked_ / limits_.largest_ratio > packed_)) {
    return refused(
        fmt::format("{} unpacks to more than {} bytes from {}: more than a workbook of this size may hold",
                    name_, unpacked_, packed_),
        {file_, 0, 0}, "a workbook without such a part, or its table as CSV");
  }
  return static_cast<std::size_t>(got);
}

}  // namespace scrutineer::rolls
