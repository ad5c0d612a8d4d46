// A folder that is replaced whole or not at all. It is built beside its final place,
//
//   parent/.NAME.building-XXXXXX      what is being built, or was by a run that was killed
//   parent/.NAME.lock                 held (flock) while building; gone with the process that holds it
//   parent/NAME                       the last good one, until the instant it is replaced
//
// and put in place by renameat2(RENAME_EXCHANGE), which is atomic. Where a file system cannot do that the old
// folder is first renamed to parent/.NAME.replaced-XXXXXX; a run killed between the two renames leaves no
// parent/NAME, and the next to come (recover) puts the old one back. Leftovers of killed runs are removed by
// the next builder: while it holds the lock, nobody else can be using them.
#ifndef SCRUTINEER_STORE_FOLDER_SWAP_H_
#define SCRUTINEER_STORE_FOLDER_SWAP_H_

#include <filesystem>
#include <string>
#include <utility>

#include "base/result.h"

namespace scrutineer::store {

// The right to build a folder, until destroyed.
class FolderLock {
 public:
  // Refused while another process (or another FolderLock of this one) holds it.
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept
      : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  FolderLock(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
  std::filesystem::path file_;
  int descriptor_;
};

class FolderSwap {
 public:
  // Takes the lock, recovers, removes leftovers, and makes an empty folder beside `folder`, whose parents are
  // made where they are missing. `folder` itself may be absent or a folder; anything else is refused.
  static Result<FolderSwap> begin(const std::filesystem::path& folder);
  FolderSwap(FolderSwap&&) noexcept;
  FolderSwap& operator=(FolderSwap&&) = delete;
  ~FolderSwap();  // without commit, what was built is removed and `folder` is as it was

  [[nodiscard]] const std::filesystem::path& building() const { return building_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  // Writes every file through to the disk, so that commit has less to do.
  Status sync();
  // Writes every file through to the disk, puts the folder in place and removes the old one. `by_exchange`
  // false takes the way of file systems that cannot exchange, for tests.
  Status commit(bool by_exchange = true);

 private:
  FolderSwap(FolderLock lock, std::filesystem::path folder, std::filesystem::path building)
      : lock_(std::move(lock)), folder_(std::move(folder)), building_(std::move(building)) {}
  FolderLock lock_;
  std::filesystem::path folder_;
  std::filesystem::path building_;
};

// If `folder` is absent because a run was killed between two renames, puts the old one back. Does nothing
// while someone builds.
Status recover_folder(const std::filesystem::path& folder);

}  // namespace scrutineer::store

#endif  // SCRUTINEER_STORE_FOLDER_SWAP_H_
