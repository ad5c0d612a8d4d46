#include "store/bulk_tables.h"

namespace scrutineer::store {

Status write_links(Duck& duck, const std::filesystem::path& file, std::span<const LinkRow> links,
                   std::span<const std::string> rolls, std::span<const std::string> relations) {
  TableSource source;
  source.columns = {{"member", ColumnType::integer},   {"roll", ColumnType::text},
                    {"line", ColumnType::integer},     {"weight", ColumnType::integer},
                    {"probability", ColumnType::real}, {"relation", ColumnType::text}};
  source.rows = links.size();
  source.fill = [&](std::uint64_t first, std::size_t rows, CellWriter& cells) {
    for (std::size_t row = 0; row < rows; ++row) {
      const LinkRow& link = links[first + row];
      cells.integer(0, row, link.member);
      cells.text(1, row, rolls[link.roll]);
      cells.integer(2, row, static_cast<std::int64_t>(link.line));
      cells.integer(3, row, link.weight);
      cells.real(4, row, link.probability);
      cells.text(5, row, relations[link.relation]);
    }
  };
  return duck.write_parquet(file, source);
}

}  // namespace scrutineer::store
