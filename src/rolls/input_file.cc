#include "rolls/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace scrutineer::rolls {
namespace {

std::int64_t change_time(const struct stat& status) {
  return static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
}

std::string kind_of(const struct stat& status) {
  if (S_ISDIR(status.st_mode)) return "is a folder";
  if (S_ISFIFO(status.st_mode)) return "is a pipe";
  if (S_ISSOCK(status.st_mode)) return "is a socket";
  return "is a device";
}

}  // namespace

InputFile::InputFile(int descriptor, std::uint64_t size, std::int64_t changed, std::filesystem::path path)
    : descriptor_(descriptor), size_(size), changed_(changed), path_(std::move(path)) {}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      changed_(other.changed_),
      path_(std::move(other.path_)) {}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
  const Place place{path.string(), 0, 0};
  // Without O_NONBLOCK the opening of a FIFO would wait for a writer for ever.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    const int reason = errno;
    if (reason == ENOENT) return refused("there is no such file", place);
    return refused(std::string("the file cannot be opened: ") + std::strerror(reason), place);
  }
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    const std::string what = kind_of(status);
    ::close(descriptor);
    return refused(what, place, "a file that holds a table");
  }
  return InputFile(descriptor, static_cast<std::uint64_t>(status.st_size), change_time(status), path);
}

Result<std::size_t> InputFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got =
        ::pread(descriptor_, buffer.data() + done, buffer.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return refused(std::string("the file cannot be read: ") + std::strerror(errno), {path_.string(), 0, 0});
    }
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Status InputFile::unchanged() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0 && static_cast<std::uint64_t>(status.st_size) == size_ &&
      change_time(status) == changed_) {
    return {};
  }
  return refused("the file was changed while it was being read", {path_.string(), 0, 0});
}

}  // namespace scrutineer::rolls
