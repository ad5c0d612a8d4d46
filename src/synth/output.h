// The directory that a run writes. It is marked as ours from the first byte to the last, so that a run cut
// short can be told and replaced, and so that nobody else's files are ever overwritten.
#ifndef SCRUTINEER_SYNTH_OUTPUT_H_
#define SCRUTINEER_SYNTH_OUTPUT_H_

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace scrutineer::synth {

inline constexpr std::string_view marker_name = ".scrutineer-synth";

// Makes the directory, or clears one that an earlier run marked of the files written by it. Refused if it is
// a file, or holds files without our mark.
Status prepare_directory(const std::filesystem::path& directory);
// Says in the mark that everything was written.
Status complete_directory(const std::filesystem::path& directory);

// A file written from beginning to end. Errors are kept and returned by close().
class OutputFile {
 public:
  explicit OutputFile(std::filesystem::path path);
  void write(std::string_view text);
  [[nodiscard]] Status close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Closer> file_;
  bool failed_ = false;
};

Status write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_SYNTH_OUTPUT_H_
