#include "cli/linkage_output.h"

#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "base/text.h"
#include "store/duckdb.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20;
constexpr std::uint64_t parquet_memory = std::uint64_t{256} << 20;

// Lines of a table, written in pieces beside the file and then put in its place.
Status write_lines(const std::filesystem::path& file, const std::string& header, std::uint64_t rows,
                   const std::function<void(std::uint64_t row, std::string& text)>& add_line) {
  const std::filesystem::path part = file.string() + ".part";
  const auto failed = [&] {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return refused("cannot be written", {file.string()}, "a file in a folder this user may write");
  };
  {
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    std::string text = header;
    for (std::uint64_t row = 0; row < rows; ++row) {
      add_line(row, text);
      if (text.size() < buffer_bytes) continue;
      if (!stream.write(text.data(), static_cast<std::streamsize>(text.size()))) return failed();
      text.clear();
    }
    if (!stream.write(text.data(), static_cast<std::streamsize>(text.size())) || !stream.flush())
      return failed();
  }
  std::error_code problem;
  std::filesystem::rename(part, file, problem);
  if (problem) return failed();
  return {};
}

bool is_parquet(const std::filesystem::path& file) {
  return ascii_lower(file.extension().string()) == ".parquet";
}

Status write_parquet(const LinkageSettings& settings, const std::filesystem::path& file,
                     const store::TableSource& source) {
  store::DuckOptions options;
  options.threads = settings.threads;
  options.memory_bytes = parquet_memory;
  SCRUTINEER_TRY(store::Duck duck, store::Duck::open(options));
  const std::filesystem::path part = file.string() + ".part";
  const Status written = duck.write_parquet(part, source);
  std::error_code problem;
  if (written) std::filesystem::rename(part, file, problem);
  if (!written || problem) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return refused("cannot be written", {file.string()}, "a file in a folder this user may write");
  }
  return {};
}

store::ColumnSpec id_column(const char* name, const RowIds& ids) {
  return {name, ids.are_numbers() ? store::ColumnType::integer : store::ColumnType::text};
}

void set_id(store::CellWriter& cells, std::size_t column, std::size_t at, const RowIds& ids,
            std::size_t row) {
  if (ids.are_numbers()) {
    cells.integer(column, at, static_cast<std::int64_t>(ids.number(row)));
  } else {
    cells.text(column, at, ids.text(row));
  }
}

void append_id(std::string& text, const RowIds& ids, std::size_t row) {
  if (ids.are_numbers()) {
    fmt::format_to(std::back_inserter(text), "{}", ids.number(row));
  } else {
    text += csv_field(ids.text(row));
  }
}

}  // namespace

Status write_links(const LinkageSettings& settings, const std::filesystem::path& file, const RowIds& left,
                   const RowIds& right, std::span<const linkage::Link> links) {
  const auto bits = [](const linkage::Link& link) {
    return static_cast<double>(link.weight) / linkage::weight_scale;
  };
  if (is_parquet(file)) {
    store::TableSource source;
    source.columns = {id_column("left_id", left),
                      id_column("right_id", right),
                      {"match_weight", store::ColumnType::real},
                      {"match_probability", store::ColumnType::real}};
    source.rows = links.size();
    source.fill = [&](std::uint64_t first, std::size_t rows, store::CellWriter& cells) {
      for (std::size_t at = 0; at < rows; ++at) {
        const linkage::Link& link = links[first + at];
        set_id(cells, 0, at, left, link.left);
        set_id(cells, 1, at, right, link.right);
        cells.real(2, at, bits(link));
        cells.real(3, at, link.probability);
      }
    };
    return write_parquet(settings, file, source);
  }
  return write_lines(file, "left_id,right_id,match_weight,match_probability\n", links.size(),
                     [&](std::uint64_t row, std::string& text) {
                       const linkage::Link& link = links[row];
                       append_id(text, left, link.left);
                       text += ',';
                       append_id(text, right, link.right);
                       fmt::format_to(std::back_inserter(text), ",{:.3f},{:.6f}\n", bits(link),
                                      link.probability);
                     });
}

Status write_people(const LinkageSettings& settings, const std::filesystem::path& file, const RowIds& ids,
                    std::span<const std::uint32_t> person) {
  if (is_parquet(file)) {
    store::TableSource source;
    source.columns = {id_column("id", ids), id_column("person_id", ids)};
    source.rows = person.size();
    source.fill = [&](std::uint64_t first, std::size_t rows, store::CellWriter& cells) {
      for (std::size_t at = 0; at < rows; ++at) {
        set_id(cells, 0, at, ids, first + at);
        set_id(cells, 1, at, ids, person[first + at]);
      }
    };
    return write_parquet(settings, file, source);
  }
  return write_lines(file, "id,person_id\n", person.size(), [&](std::uint64_t row, std::string& text) {
    append_id(text, ids, row);
    text += ',';
    append_id(text, ids, person[row]);
    text += '\n';
  });
}

}  // namespace scrutineer::cli
