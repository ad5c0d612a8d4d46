// People whose identity is known: reading the labelled sets beside the project, and the usual measures.
#ifndef SCRUTINEER_TESTS_LINKAGE_LABELLED_SETS_H_
#define SCRUTINEER_TESTS_LINKAGE_LABELLED_SETS_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_column.h"
#include "linkage/linkage.h"

namespace scrutineer::tests {

// A CSV file with a header, every value trimmed; quoted fields may hold commas but no line breaks.
struct LabelledTable {
  std::vector<std::string> headers;
  std::vector<TextColumn> columns;
  std::size_t rows = 0;
  [[nodiscard]] const TextColumn& column(std::string_view header) const;
};
LabelledTable read_labelled(const std::filesystem::path& file);

// Numbers for each row's true person, equal where the labels are.
std::vector<std::uint32_t> truth_of(const TextColumn& labels);
// febrl: "rec-12-dup-0" is person 12. One numbering over both files.
std::vector<std::uint32_t> febrl_truth(const TextColumn& rec_ids);

struct Quality {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
};

// Over all pairs of rows put together by a clustering.
Quality pair_quality(std::span<const std::uint32_t> person, std::span<const std::uint32_t> truth);
// B-cubed: mean over rows of the share of its cluster (its person) that is rightly there (found).
Quality b_cubed(std::span<const std::uint32_t> person, std::span<const std::uint32_t> truth);
// Links between two tables; `truth` gives the person of each row of either.
Quality link_quality(std::span<const linkage::Link> links, std::span<const std::uint32_t> left_truth,
                     std::span<const std::uint32_t> right_truth);

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_LINKAGE_LABELLED_SETS_H_
