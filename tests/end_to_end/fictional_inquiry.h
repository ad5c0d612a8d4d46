// A fictional inquiry made, audited and held against its truth.
#ifndef SCRUTINEER_TESTS_END_TO_END_FICTIONAL_INQUIRY_H_
#define SCRUTINEER_TESTS_END_TO_END_FICTIONAL_INQUIRY_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "inquiry/audit.h"
#include "synth/synth.h"

namespace scrutineer::tests {

// A folder of its own that is gone afterwards.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The bytes of a file; none if it cannot be read.
std::string bytes_of(const std::filesystem::path& file);

// Rows of truth.csv by column name. Its values hold no comma and no quote.
std::vector<std::map<std::string, std::string>> read_truth(const std::filesystem::path& inquiry);

struct Agreement {
  double precision = 0;  // of those said to be at their address, the share that are
  double recall = 0;     // of those that are, the share said to be
  std::size_t wrongly_at = 0;
  std::size_t wrongly_off = 0;
};

// Register status at the newest snapshot against the truth: at-address or not.
Agreement at_address_agreement(const inquiry::Outcome& outcome,
                               const std::vector<std::map<std::string, std::string>>& truth);

// Makes the inquiry and audits it; fails the test if either fails.
inquiry::Audit make_and_audit(const synth::SynthOptions& options, unsigned threads = 0);

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_END_TO_END_FICTIONAL_INQUIRY_H_
