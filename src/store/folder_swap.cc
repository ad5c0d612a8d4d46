#include "store/folder_swap.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <vector>

namespace scrutineer::store {
namespace {

namespace fs = std::filesystem;

std::string name_of(const fs::path& folder) {
  return folder.filename().string();
}

fs::path beside(const fs::path& folder, const std::string& suffix) {
  return folder.parent_path() / ("." + name_of(folder) + suffix);
}

std::unexpected<Error> system_error(const std::string& what, const fs::path& path) {
  return internal_error(fmt::format("{}: {}", what, std::strerror(errno)), {path.string()});
}

// Absolute, without links, dots and a final slash, so that "beside" means the same to everyone.
fs::path settled(const fs::path& folder) {
  fs::path path = fs::weakly_canonical(fs::absolute(folder));
  if (path.filename().empty()) path = path.parent_path();
  return path;
}

std::vector<fs::path> siblings(const fs::path& folder, const std::string& infix) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder.parent_path(), failed)) {
    if (entry.path().filename().string().starts_with("." + name_of(folder) + infix))
      found.push_back(entry.path());
  }
  return found;
}

Status sync_one(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return system_error("cannot be opened", path);
  const int done = ::fsync(descriptor);
  // Some file systems cannot sync a folder (EINVAL): there is nothing more to be done about it.
  const bool failed = done != 0 && errno != EINVAL;
  Status status;
  if (failed) status = system_error("cannot be written through to the disk", path);
  ::close(descriptor);
  return status;
}

Status sync_tree(const fs::path& folder) {
  std::error_code failed;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failed)) {
    if (entry.is_regular_file() && !entry.is_symlink()) SCRUTINEER_CHECK(sync_one(entry.path(), O_RDONLY));
    if (entry.is_directory() && !entry.is_symlink())
      SCRUTINEER_CHECK(sync_one(entry.path(), O_RDONLY | O_DIRECTORY));
  }
  if (failed) return internal_error("cannot be listed: " + failed.message(), {folder.string()});
  return sync_one(folder, O_RDONLY | O_DIRECTORY);
}

Status recover_while_locked(const fs::path& folder) {
  const std::vector<fs::path> replaced = siblings(folder, ".replaced-");
  if (fs::exists(folder)) return {};
  for (const fs::path& old : replaced) {
    if (::rename(old.c_str(), folder.c_str()) != 0) return system_error("cannot be put back", old);
    break;
  }
  return {};
}

void remove_leftovers(const fs::path& folder) {
  // What cannot be removed (another user's) is left: it harms nobody, and the next run tries again.
  std::error_code ignored;
  for (const char* infix : {".building-", ".replaced-"}) {
    for (const fs::path& old : siblings(folder, infix)) fs::remove_all(old, ignored);
  }
}

}  // namespace

Result<FolderLock> FolderLock::take(const fs::path& folder) {
  const fs::path file = beside(settled(folder), ".lock");
  while (true) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
      return refused(fmt::format("cannot be written to ({})", std::strerror(errno)),
                     {file.parent_path().string()},
                     "a folder that may be written, to hold " + name_of(folder));
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      ::close(descriptor);
      return refused("another run is writing this case", {folder.string()},
                     "to wait until it has ended, or another --out");
    }
    // The holder before us may have removed the file between our opening and our locking it.
    struct stat ours {};
    struct stat present {};
    if (::fstat(descriptor, &ours) == 0 && ::stat(file.c_str(), &present) == 0 &&
        ours.st_ino == present.st_ino && ours.st_dev == present.st_dev) {
      return FolderLock(file, descriptor);
    }
    ::close(descriptor);
  }
}

FolderLock::~FolderLock() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());  // while still held, so that nobody can hold a file that is gone
  ::close(descriptor_);
}

Result<FolderSwap> FolderSwap::begin(const fs::path& wanted) {
  if (wanted.empty()) return wrong_usage("the name of a case's folder is empty");
  const fs::path folder = settled(wanted);
  if (folder == folder.root_path())
    return refused("cannot be a case", {folder.string()}, "a folder of its own");
  if (fs::exists(folder) && !fs::is_directory(folder)) {
    return refused("is a file", {folder.string()}, "a folder, or a name that is free");
  }
  std::error_code failed;
  fs::create_directories(folder.parent_path(), failed);
  if (failed) {
    return refused("cannot be made: " + failed.message(), {folder.parent_path().string()},
                   "a place that may be written");
  }
  SCRUTINEER_TRY(FolderLock lock, FolderLock::take(folder));
  SCRUTINEER_CHECK(recover_while_locked(folder));
  remove_leftovers(folder);
  std::string building = beside(folder, ".building-XXXXXX").string();
  if (!::mkdtemp(building.data())) return system_error("no folder can be made beside it", folder);
  return FolderSwap(std::move(lock), folder, building);
}

FolderSwap::FolderSwap(FolderSwap&& other) noexcept
    : lock_(std::move(other.lock_)),
      folder_(std::move(other.folder_)),
      building_(std::move(other.building_)) {
  other.building_.clear();
}

FolderSwap::~FolderSwap() {
  std::error_code ignored;
  if (!building_.empty()) fs::remove_all(building_, ignored);
}

Status FolderSwap::sync() {
  return sync_tree(building_);
}

Status FolderSwap::commit(bool by_exchange) {
  SCRUTINEER_CHECK(sync_tree(building_));
  // A new folder is its owner's alone (mkdtemp): what is in it concerns people. One that is replaced keeps
  // the rights that its owner gave it.
  struct stat present {};
  if (::stat(folder_.c_str(), &present) == 0) ::chmod(building_.c_str(), present.st_mode & 07777);
  std::optional<fs::path> old;
  if (!fs::exists(folder_)) {
    if (::rename(building_.c_str(), folder_.c_str()) != 0)
      return system_error("cannot be put in place", folder_);
  } else if (by_exchange &&
             ::renameat2(AT_FDCWD, building_.c_str(), AT_FDCWD, folder_.c_str(), RENAME_EXCHANGE) == 0) {
    old = building_;
  } else {
    std::string aside = beside(folder_, ".replaced-").string() +
                        building_.filename().string().substr(building_.filename().string().size() - 6);
    if (::rename(folder_.c_str(), aside.c_str()) != 0) return system_error("cannot be moved aside", folder_);
    if (::rename(building_.c_str(), folder_.c_str()) != 0) {
      auto error = system_error("cannot be put in place", folder_);
      ::rename(aside.c_str(), folder_.c_str());
      return error;
    }
    old = aside;
  }
  building_.clear();
  SCRUTINEER_CHECK(sync_one(folder_.parent_path(), O_RDONLY | O_DIRECTORY));
  std::error_code ignored;
  if (old) fs::remove_all(*old, ignored);
  return {};
}

Status recover_folder(const fs::path& wanted) {
  const fs::path folder = settled(wanted);
  if (fs::exists(folder) || siblings(folder, ".replaced-").empty()) return {};
  const auto lock = FolderLock::take(folder);
  if (!lock) return {};  // a builder is at work and will see to it
  return recover_while_locked(folder);
}

}  // namespace scrutineer::store
