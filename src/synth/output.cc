#include "synth/output.h"

#include <array>
#include <utility>

namespace scrutineer::synth {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view unfinished = "written by scrutineer synth: not finished\n";
constexpr std::string_view finished = "written by scrutineer synth: complete\n";

// Every name that this room writes, the inquiry first: without it the rest is no inquiry.
constexpr std::array<std::string_view, 11> own_files = {
    "inquiry.toml", "members.csv", "payments.csv", "joins.csv",      "canvass.csv",        "ballots.blt",
    "README.txt",   "truth.csv",   "roll.csv",     "roll-truth.csv", "marked-register.csv"};

// "2025-12.csv"
bool snapshot_name(std::string_view name) {
  constexpr std::string_view shape = "0000-00.csv";
  if (name.size() != shape.size()) return false;
  for (std::size_t place = 0; place < name.size(); ++place) {
    const bool digit = name[place] >= '0' && name[place] <= '9';
    if (shape[place] == '0' ? !digit : name[place] != shape[place]) return false;
  }
  return true;
}

// Removes what an earlier run wrote and leaves everything else, such as a case made from it, where it is.
Status remove_own_files(const fs::path& directory) {
  std::error_code error;
  for (const std::string_view name : own_files) {
    fs::remove(directory / name, error);
    if (error) return internal_error("cannot be removed: " + error.message(), {(directory / name).string()});
  }
  if (!fs::is_directory(directory / "register", error)) return {};
  for (const auto& entry : fs::directory_iterator(directory / "register", error)) {
    if (snapshot_name(entry.path().filename().string())) fs::remove(entry.path(), error);
  }
  if (error)
    return internal_error("cannot be removed: " + error.message(), {(directory / "register").string()});
  return {};
}

}  // namespace

Status prepare_directory(const fs::path& directory) {
  std::error_code error;
  if (directory.empty()) return wrong_usage("no directory is given to write into", "--out DIR");
  if (fs::exists(directory, error) && !fs::is_directory(directory, error)) {
    return refused("is not a directory", {directory.string()});
  }
  fs::create_directories(directory, error);
  if (error) return refused("the directory cannot be made: " + error.message(), {directory.string()});
  const bool empty = fs::is_empty(directory, error);
  if (error) return refused("the directory cannot be read: " + error.message(), {directory.string()});
  if (!empty && !fs::exists(directory / marker_name, error)) {
    return refused("the directory is not empty, and scrutineer synth did not write it", {directory.string()},
                   "an empty or new directory, or an earlier output");
  }
  SCRUTINEER_CHECK(write_file(directory / marker_name, unfinished));
  return empty ? Status() : remove_own_files(directory);
}

Status complete_directory(const fs::path& directory) {
  return write_file(directory / marker_name, finished);
}

OutputFile::OutputFile(fs::path path) : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wb")) {
  failed_ = file_ == nullptr;
}

void OutputFile::write(std::string_view text) {
  if (!failed_ && std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) failed_ = true;
}

Status OutputFile::close() {
  if (file_ != nullptr && std::fclose(file_.release()) != 0) failed_ = true;
  if (failed_) return internal_error("cannot be written", {path_.string()});
  return {};
}

Status write_file(const fs::path& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  return file.close();
}

}  // namespace scrutineer::synth
