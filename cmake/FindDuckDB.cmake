# Finds DuckDB's C library and makes the target DuckDB::DuckDB.
# The header is vendored in third_party/duckdb; the library is a system one or that of
# DuckDB_ROOT if there is one, else the npm package that ./dev installs.
find_path(DuckDB_INCLUDE_DIR duckdb.h HINTS ${CMAKE_SOURCE_DIR}/third_party/duckdb NO_DEFAULT_PATH)
set(_duckdb_npm ${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-x64)
find_library(DuckDB_LIBRARY duckdb PATHS ${_duckdb_npm})
if(DuckDB_LIBRARY MATCHES "node_modules" AND EXISTS ${_duckdb_npm}/package.json)
  file(READ ${_duckdb_npm}/package.json _duckdb_package)
  string(JSON DuckDB_VERSION GET ${_duckdb_package} version)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR
  VERSION_VAR DuckDB_VERSION
  REASON_FAILURE_MESSAGE "run ./dev build, which fetches it with npm")
if(DuckDB_FOUND AND NOT TARGET DuckDB::DuckDB)
  add_library(DuckDB::DuckDB SHARED IMPORTED)
  set_target_properties(DuckDB::DuckDB PROPERTIES
    IMPORTED_LOCATION ${DuckDB_LIBRARY}
    IMPORTED_SONAME libduckdb.so
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${DuckDB_INCLUDE_DIR}
    INTERFACE_INCLUDE_DIRECTORIES ${DuckDB_INCLUDE_DIR})
endif()
