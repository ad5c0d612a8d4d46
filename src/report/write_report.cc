#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "report/report.h"

namespace scrutineer::report {
namespace {

Status write_whole(const std::filesystem::path& place, std::string_view content) {
  std::filesystem::path part = place;
  part += ".part";
  errno = 0;
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) {
    const std::string reason = errno == 0 ? "unknown reason" : std::strerror(errno);
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return internal_error(fmt::format("the file could not be written ({})", reason), {place.string()});
  }
  std::error_code failed;
  std::filesystem::rename(part, place, failed);
  if (failed) {
    return internal_error(fmt::format("the file could not be put in its place ({})", failed.message()),
                          {place.string()});
  }
  return {};
}

}  // namespace

std::map<std::string, std::string> report_files(const inquiry::Outcome& outcome,
                                                const ContestFigures& figures) {
  return {{"findings.json", findings_json(outcome)},
          {"members.csv", members_csv(outcome)},
          {"exhibits.html", exhibits_html(outcome)},
          {"report.html", report_html(outcome)},
          {"review.json", review_json(outcome, figures)}};
}

Status write_report(const inquiry::Outcome& outcome, const ContestFigures& figures,
                    const std::filesystem::path& directory) {
  for (const auto& [name, content] : report_files(outcome, figures))
    SCRUTINEER_CHECK(write_whole(directory / name, content));
  return {};
}

}  // namespace scrutineer::report
