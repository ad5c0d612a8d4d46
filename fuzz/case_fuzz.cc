// A case.sqlite of any bytes is refused, or read and found not to hold: nothing crashes. The seed is a whole
// case, so that changed bytes get past the header.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "serve/session.h"
#include "serve/views.h"
#include "store/case_file.h"
#include "store/sample_case.h"

namespace {

std::filesystem::path folder() {
  static const std::filesystem::path made = [] {
    std::string pattern = (std::filesystem::temp_directory_path() / "case-fuzz-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) std::abort();
    return std::filesystem::path(pattern);
  }();
  return made;
}

const std::string& whole_case() {
  static const std::string bytes = [] {
    const auto place = folder() / "whole";
    if (!scrutineer::tests::build_sample_case(place, 1, 10)) std::abort();
    std::ifstream stream(place / "case.sqlite", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  }();
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scrutineer;
  // Input: changes to a whole case, five bytes each (where, what), or a file of its own if it begins like a
  // database.
  std::string bytes = whole_case();
  if (size > 16 && std::equal(data, data + 6, "SQLite")) {
    bytes.assign(reinterpret_cast<const char*>(data), size);
  } else {
    for (std::size_t at = 0; at + 5 <= size; at += 5) {
      const std::size_t where =
          data[at] | (data[at + 1] << 8U) | (data[at + 2] << 16U) | (std::size_t{data[at + 3]} << 24U);
      bytes[where % bytes.size()] = static_cast<char>(data[at + 4]);
    }
  }
  const auto place = folder() / "changed";
  std::filesystem::remove_all(place);
  std::filesystem::create_directory(place);
  std::ofstream(place / "case.sqlite", std::ios::binary) << bytes;
  auto file = store::CaseFile::open(place, store::SqliteMode::read_only);
  if (!file) return 0;
  static_cast<void>(store::check_case(*file));
  serve::Person person;
  person.name = "F";
  person.read_only = true;
  serve::Session session(
      place, std::move(person), [] { return std::string("2026-07-01T09:00:00Z"); }, "0.0.0");
  static_cast<void>(serve::overview(session));
  static_cast<void>(serve::queue(session, "/api/queue?state=all"));
  static_cast<void>(serve::persons(session, "/api/persons"));
  static_cast<void>(serve::ledger(session, "/api/ledger"));
  return 0;
}
