# One room of the house is one static library with its headers beside its sources.
#
#   scrutineer_room(rolls USES base store LINKS PkgConfig::ZIP)
#
# USES names the rooms below it that it may include; LINKS names outside libraries.
# A room that includes a header of a room it does not USE fails to compile only by
# luck, so tests/house checks the includes themselves.
function(scrutineer_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(NOT sources)  # a room of headers alone
    add_library(scrutineer_${name} INTERFACE)
    target_include_directories(scrutineer_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    foreach(room ${ROOM_USES})
      target_link_libraries(scrutineer_${name} INTERFACE scrutineer_${room})
    endforeach()
    target_link_libraries(scrutineer_${name} INTERFACE ${ROOM_LINKS})
    return()
  endif()
  add_library(scrutineer_${name} STATIC ${sources})
  target_include_directories(scrutineer_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  scrutineer_flags(scrutineer_${name})
  foreach(room ${ROOM_USES})
    target_link_libraries(scrutineer_${name} PUBLIC scrutineer_${room})
  endforeach()
  target_link_libraries(scrutineer_${name} PUBLIC ${ROOM_LINKS} Threads::Threads)
  scrutineer_precompiled(scrutineer_${name} rooms)
endfunction()

# The headers that nearly every source includes are parsed once for all rooms, and once for all tests, instead of once a
# source. A source still includes what it uses: `./dev lint` reads each without this.
set(SCRUTINEER_ROOM_HEADERS <algorithm> <array> <charconv> <cmath> <cstdint> <expected> <filesystem> <fstream>
  <functional> <map> <memory> <numeric> <optional> <set> <span> <string> <string_view> <unordered_map> <utility> <vector>
  <fmt/format.h>)
set(SCRUTINEER_TEST_HEADERS ${SCRUTINEER_ROOM_HEADERS} <gtest/gtest.h> <rapidcheck/gtest.h>)

# scrutineer_precompiled_headers(rooms <algorithm> ... OPTIONS -O1): makes the set of this name.
function(scrutineer_precompiled_headers set)
  cmake_parse_arguments(HEADERS "" "" "OPTIONS;LINKS" ${ARGN})
  if(SCRUTINEER_PRECOMPILED_HEADERS)
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/precompiled_${set}.cc CONTENT "// Nothing but the precompiled headers.\n")
    add_library(scrutineer_precompiled_${set} OBJECT ${CMAKE_BINARY_DIR}/precompiled_${set}.cc)
    scrutineer_flags(scrutineer_precompiled_${set})
    target_compile_options(scrutineer_precompiled_${set} PRIVATE ${HEADERS_OPTIONS})
    target_link_libraries(scrutineer_precompiled_${set} PRIVATE fmt::fmt nlohmann_json::nlohmann_json Threads::Threads
      ${HEADERS_LINKS})
    target_precompile_headers(scrutineer_precompiled_${set} PRIVATE ${HEADERS_UNPARSED_ARGUMENTS})
  endif()
endfunction()

# Lets a target use that set; its compile options must be those of the set.
function(scrutineer_precompiled target set)
  if(SCRUTINEER_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} REUSE_FROM scrutineer_precompiled_${set})
  endif()
endfunction()

function(scrutineer_flags target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Werror
    # g++ 12 reports these falsely inside its own <string> and <vector> at -O2.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-error=maybe-uninitialized
      -Wno-error=array-bounds -Wno-error=stringop-overflow -Wno-error=stringop-overread
      -Wno-error=dangling-pointer>
    # clang reads libstdc++ 12's own std::stable_sort as a use of what C++17 deprecates.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
  if(SCRUTINEER_SANITIZER STREQUAL "address+undefined")
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-omit-frame-pointer
      -fno-sanitize-recover=undefined)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  elseif(SCRUTINEER_SANITIZER STREQUAL "thread")
    target_compile_options(${target} PUBLIC -fsanitize=thread)
    target_link_options(${target} PUBLIC -fsanitize=thread)
  endif()
endfunction()
