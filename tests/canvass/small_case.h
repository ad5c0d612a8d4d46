// A case folder with a few members and a margin.
#ifndef SCRUTINEER_TESTS_CANVASS_SMALL_CASE_H_
#define SCRUTINEER_TESTS_CANVASS_SMALL_CASE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/scratch_folder.h"

namespace scrutineer::tests {

// Members with these ids, all eligible but those whose id begins with "X"; one listed finding that names the
// ids given; impact.margin in findings.json as the text given ("30" or "null").
Status write_small_case(const std::filesystem::path& folder, const std::vector<std::string>& ids,
                        const std::vector<std::string>& questioned, const std::string& margin);

// "M0001", "M0002", ...
std::vector<std::string> numbered_ids(unsigned count);

void write_text(const std::filesystem::path& file, const std::string& text);
std::string text_of(const std::filesystem::path& file);

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_CANVASS_SMALL_CASE_H_
