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
