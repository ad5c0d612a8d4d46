// Reading back what synth wrote, with a reader that shares no code with it.
#ifndef SCRUTINEER_TESTS_SYNTH_SYNTH_FILES_H_
#define SCRUTINEER_TESTS_SYNTH_SYNTH_FILES_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace scrutineer::synth {

// A new directory that goes with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

using Row = std::map<std::string, std::string>;
std::vector<Row> read_csv(const std::filesystem::path& file);
// Path below the folder -> bytes, for every file but hidden ones.
std::map<std::string, std::string> files_in(const std::filesystem::path& folder);
// Register rows by "AB-12/1".
std::map<std::string, Row> entries_by_number(const std::filesystem::path& file);
std::string bare_postcode(const std::string& text);  // capitals, no blanks
std::string upper(const std::string& text);          // ASCII
std::string first_word(const std::string& text);
std::string name_key(const Row& entry);  // "GIVEN|FAMILY" of a register row of either layout

}  // namespace scrutineer::synth

#endif  // SCRUTINEER_TESTS_SYNTH_SYNTH_FILES_H_
