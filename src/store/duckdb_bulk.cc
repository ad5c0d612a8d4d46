// Bulk writes: a table of the program's memory is offered to DuckDB as a table function, and DuckDB's own
// writers take it from there.
#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "store/duckdb.h"
#include "store/duckdb_state.h"

namespace scrutineer::store {
namespace {

duckdb_type duck_type(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return DUCKDB_TYPE_VARCHAR;
    case ColumnType::integer:
      return DUCKDB_TYPE_BIGINT;
    case ColumnType::real:
      return DUCKDB_TYPE_DOUBLE;
    case ColumnType::date:
      return DUCKDB_TYPE_DATE;
    case ColumnType::boolean:
      return DUCKDB_TYPE_BOOLEAN;
  }
  return DUCKDB_TYPE_INVALID;
}

// How far one scan of a source has come. The rows are handed out by one thread, so that their order is kept.
struct Position {
  std::uint64_t next = 0;
};

template <typename T>
void destroy(void* pointer) {
  delete static_cast<T*>(pointer);
}

// Makes a source present while DuckDB runs a statement over it.
class Presence {
 public:
  Presence(Sources& sources, const TableSource& source) : sources_(sources) {
    const std::lock_guard lock(sources_.guard);
    number_ = sources_.next++;
    sources_.present.emplace(number_, &source);
  }
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;
  ~Presence() {
    const std::lock_guard lock(sources_.guard);
    sources_.present.erase(number_);
  }
  [[nodiscard]] std::int64_t number() const { return number_; }

 private:
  Sources& sources_;
  std::int64_t number_ = 0;
};

}  // namespace

// The four callbacks of the table function. No exception may leave them.
struct BulkFunction {
  struct Bound {
    const TableSource* source;
  };

  static void bind(duckdb_bind_info info) {
    auto* const sources = static_cast<Sources*>(duckdb_bind_get_extra_info(info));
    duckdb_value parameter = duckdb_bind_get_parameter(info, 0);
    const std::int64_t number = duckdb_get_int64(parameter);
    duckdb_destroy_value(&parameter);
    const TableSource* source = nullptr;
    {
      const std::lock_guard lock(sources->guard);
      const auto found = sources->present.find(number);
      if (found != sources->present.end()) source = found->second;
    }
    if (!source) {
      duckdb_bind_set_error(info, "there is no such source");
      return;
    }
    for (const ColumnSpec& column : source->columns) {
      duckdb_logical_type type = duckdb_create_logical_type(duck_type(column.type));
      duckdb_bind_add_result_column(info, column.name.c_str(), type);
      duckdb_destroy_logical_type(&type);
    }
    duckdb_bind_set_cardinality(info, source->rows, true);
    duckdb_bind_set_bind_data(info, new Bound{source}, destroy<Bound>);
  }

  static void init(duckdb_init_info info) {
    duckdb_init_set_max_threads(info, 1);
    duckdb_init_set_init_data(info, new Position{}, destroy<Position>);
  }

  static void run(duckdb_function_info info, duckdb_data_chunk chunk) {
    const TableSource& source = *static_cast<Bound*>(duckdb_function_get_bind_data(info))->source;
    auto& position = *static_cast<Position*>(duckdb_function_get_init_data(info));
    const auto piece =
        static_cast<std::size_t>(std::min<std::uint64_t>(duckdb_vector_size(), source.rows - position.next));
    CellWriter cells;
    cells.chunk_ = chunk;
    cells.columns_ = &source.columns;
    cells.piece_ = piece;
    cells.set_.assign(source.columns.size() * piece, false);
    for (std::size_t column = 0; column < source.columns.size(); ++column) {
      cells.data_.push_back(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)));
    }
    try {
      if (piece) source.fill(position.next, piece, cells);
    } catch (const std::exception& failure) {
      duckdb_function_set_error(info, failure.what());
      return;
    }
    if (cells.wrong_type_) {
      duckdb_function_set_error(info, "a cell was given a value of another type, or outside its piece");
      return;
    }
    mark_nulls(source, chunk, cells);
    duckdb_data_chunk_set_size(chunk, piece);
    position.next += piece;
  }

  static void mark_nulls(const TableSource& source, duckdb_data_chunk chunk, const CellWriter& cells) {
    for (std::size_t column = 0; column < source.columns.size(); ++column) {
      const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, column);
      std::uint64_t* validity = nullptr;
      for (std::size_t row = 0; row < cells.piece_; ++row) {
        if (cells.set_[column * cells.piece_ + row]) continue;
        if (!validity) {
          duckdb_vector_ensure_validity_writable(vector);
          validity = duckdb_vector_get_validity(vector);
        }
        duckdb_validity_set_row_invalid(validity, row);
      }
    }
  }

  // Where a value goes, or null where it must not.
  template <typename T>
  static T* cell(CellWriter& cells, std::size_t column, std::size_t row, ColumnType type) {
    if (column >= cells.columns_->size() || row >= cells.piece_ || (*cells.columns_)[column].type != type) {
      cells.wrong_type_ = true;
      return nullptr;
    }
    cells.set_[column * cells.piece_ + row] = true;
    return static_cast<T*>(cells.data_[column]) + row;
  }

  static void assign_text(CellWriter& cells, std::size_t column, std::size_t row, std::string_view value) {
    if (!cell<char>(cells, column, row, ColumnType::text)) return;
    const duckdb_vector vector =
        duckdb_data_chunk_get_vector(static_cast<duckdb_data_chunk>(cells.chunk_), column);
    duckdb_vector_assign_string_element_len(vector, row, value.data(), value.size());
  }
};

void CellWriter::text(std::size_t column, std::size_t row, std::string_view value) {
  BulkFunction::assign_text(*this, column, row, value);
}
void CellWriter::integer(std::size_t column, std::size_t row, std::int64_t value) {
  if (auto* at = BulkFunction::cell<std::int64_t>(*this, column, row, ColumnType::integer)) *at = value;
}
void CellWriter::real(std::size_t column, std::size_t row, double value) {
  if (auto* at = BulkFunction::cell<double>(*this, column, row, ColumnType::real)) *at = value;
}
void CellWriter::date(std::size_t column, std::size_t row, Date value) {
  if (auto* at = BulkFunction::cell<duckdb_date>(*this, column, row, ColumnType::date))
    at->days = value.days();
}
void CellWriter::boolean(std::size_t column, std::size_t row, bool value) {
  if (auto* at = BulkFunction::cell<bool>(*this, column, row, ColumnType::boolean)) *at = value;
}

Status register_source_function(duckdb_connection connection, Sources& sources) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, source_function);
  duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
  duckdb_table_function_add_parameter(function, number);
  duckdb_destroy_logical_type(&number);
  duckdb_table_function_set_extra_info(function, &sources, nullptr);
  duckdb_table_function_set_bind(function, BulkFunction::bind);
  duckdb_table_function_set_init(function, BulkFunction::init);
  duckdb_table_function_set_function(function, BulkFunction::run);
  const duckdb_state done = duckdb_register_table_function(connection, function);
  duckdb_destroy_table_function(&function);
  if (done == DuckDBError) return internal_error("DuckDB refuses a table function");
  return {};
}

namespace {

std::string parquet_copy(const std::string& from, const std::filesystem::path& file) {
  return fmt::format("COPY {} TO {} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)", from,
                     quoted_literal(std::filesystem::absolute(file).string()));
}

}  // namespace

Status Duck::copy_source(const TableSource& source, const std::function<std::string(const std::string&)>& sql,
                         const Place& origin) {
  const Presence presence(*state_->sources, source);
  return execute(sql(fmt::format("{}({})", source_function, presence.number())), origin);
}

Status Duck::create_table(std::string_view name, const TableSource& source) {
  const auto sql = [name](const std::string& from) {
    return fmt::format("CREATE TABLE {} AS SELECT * FROM {}", quoted_identifier(name), from);
  };
  return copy_source(source, sql, {});
}

Status Duck::write_parquet(const std::filesystem::path& file, const TableSource& source) {
  const auto sql = [&file](const std::string& from) {
    return parquet_copy("(SELECT * FROM " + from + ")", file);
  };
  return copy_source(source, sql, {});
}

Status Duck::write_parquet(const std::filesystem::path& file, std::string_view select) {
  // Through a table, so that rows and row groups are cut alike on any number of threads.
  const std::string name = quoted_identifier(fmt::format("scrutineer scratch {}", ++state_->scratch_tables));
  SCRUTINEER_CHECK(execute(fmt::format("CREATE TEMP TABLE {} AS\n{}\n", name, select)));
  const Status written = execute(parquet_copy(name, file));
  SCRUTINEER_CHECK(execute("DROP TABLE " + name));
  return written;
}

}  // namespace scrutineer::store
