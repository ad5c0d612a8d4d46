// The parts of a ZIP archive as streams of bytes, with the guards that a file from a stranger needs: a part
// that unpacks to more than it may is given up while it unpacks, whatever size the archive declares.
#ifndef SCRUTINEER_ROLLS_ZIP_ARCHIVE_H_
#define SCRUTINEER_ROLLS_ZIP_ARCHIVE_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct zip;
struct zip_file;

namespace scrutineer::rolls {

struct ZipLimits {
  std::uint64_t largest_expansion = std::uint64_t{4} << 30;  // bytes of one part
  // Deflate cannot do better than about 1030 to 1; sheets of real people do worse than 100 to 1.
  std::uint64_t largest_ratio = 400;
  std::uint64_t ratio_counts_from = std::uint64_t{32}
                                    << 20;  // smaller parts may be as repetitive as they like
};

class ZipPart {
 public:
  // Fills the buffer as far as the part reaches; 0 at its end. Refused where a guard is hit or the part is
  // damaged (its checksum is verified at the end).
  Result<std::size_t> read(std::span<char> buffer);

 private:
  friend class ZipArchive;
  struct Close {
    void operator()(zip_file* part) const;
  };
  std::unique_ptr<zip_file, Close> part_;
  std::string name_;
  std::string file_;
  ZipLimits limits_;
  std::uint64_t packed_ = 0;
  std::uint64_t unpacked_ = 0;
};

class ZipArchive {
 public:
  static Result<ZipArchive> open(const std::filesystem::path& file, ZipLimits limits);
  // `bytes` must outlive the archive; `name` stands for the file in messages.
  static Result<ZipArchive> from_bytes(std::string_view bytes, const std::string& name, ZipLimits limits);

  [[nodiscard]] bool has(const std::string& part) const;
  // Refused if there is no such part or it is encrypted.
  [[nodiscard]] Result<ZipPart> part(const std::string& name) const;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  std::unique_ptr<zip, Close> archive_;
  std::string file_;
  ZipLimits limits_;
};

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_ZIP_ARCHIVE_H_
