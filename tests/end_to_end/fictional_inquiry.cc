#include "end_to_end/fictional_inquiry.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "base/text.h"
#include "inquiry/inquiry_file.h"

namespace scrutineer::tests {

ScratchFolder::ScratchFolder(const std::string& name)
    : path_(std::filesystem::temp_directory_path() /
            ("scrutineer-" + name + "-" + std::to_string(getpid()))) {
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

std::vector<std::map<std::string, std::string>> read_truth(const std::filesystem::path& inquiry) {
  std::ifstream stream(inquiry / "truth.csv");
  std::string line;
  std::getline(stream, line);
  std::vector<std::string> header;
  for (const auto name : split(trimmed(line), ',')) header.emplace_back(name);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(stream, line)) {
    const auto fields = split(trimmed(line), ',');
    EXPECT_EQ(fields.size(), header.size());
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = std::string(fields[i]);
  }
  return rows;
}

Agreement at_address_agreement(const inquiry::Outcome& outcome,
                               const std::vector<std::map<std::string, std::string>>& truth) {
  EXPECT_EQ(outcome.members.size(), truth.size());
  Agreement agreement;
  double both = 0;
  double said = 0;
  double are = 0;
  for (std::size_t row = 0; row < truth.size(); ++row) {
    EXPECT_EQ(outcome.members[row].id, truth[row].at("id"));
    const bool is = truth[row].at("register_status") == "at-address";
    const bool found = outcome.members[row].status == signals::RegisterStatus::at_address;
    both += is && found;
    said += found;
    are += is;
    agreement.wrongly_at += found && !is;
    agreement.wrongly_off += is && !found;
  }
  agreement.precision = said > 0 ? both / said : 1;
  agreement.recall = are > 0 ? both / are : 1;
  return agreement;
}

inquiry::Audit make_and_audit(const synth::SynthOptions& options, unsigned threads) {
  const auto made = synth::synthesise(options);
  if (!made) {
    ADD_FAILURE() << made.error().message();
    return {};
  }
  const auto file = inquiry::read_inquiry_file(options.out / "inquiry.toml");
  if (!file) {
    ADD_FAILURE() << file.error().message();
    return {};
  }
  auto audit = inquiry::run_audit(*file, {.threads = threads});
  if (!audit) {
    ADD_FAILURE() << audit.error().message();
    return {};
  }
  return *std::move(audit);
}

}  // namespace scrutineer::tests
