#include "rolls/generic_names.h"

#include <array>

#include "rolls/word_table.h"

namespace scrutineer::rolls {
namespace {

struct Entry {
  std::string_view word;
  GenericName name;
};

constexpr GenericKind prefix = GenericKind::prefix;
constexpr GenericKind honorific = GenericKind::honorific;
constexpr GenericKind ending = GenericKind::ending;
constexpr GenericKind patronymic = GenericKind::patronymic;
constexpr GenericKind shared = GenericKind::shared;

// Sorted by word.
constexpr std::array generic_entries = {
    Entry{"alhaj", {"haji", honorific}},
    Entry{"alhaji", {"haji", honorific}},
    Entry{"alhajj", {"haji", honorific}},
    Entry{"bai", {"bai", honorific}},
    Entry{"bano", {"bano", honorific}},
    Entry{"banu", {"bano", honorific}},
    Entry{"begam", {"begum", honorific}},
    Entry{"begom", {"begum", honorific}},
    Entry{"begum", {"begum", honorific}},
    Entry{"begun", {"begum", honorific}},
    Entry{"bhai", {"bhai", honorific}},
    Entry{"bibi", {"bibi", honorific}},
    Entry{"bin", {"bin", patronymic}},
    Entry{"bint", {"binti", patronymic}},
    Entry{"binte", {"binti", patronymic}},
    Entry{"binti", {"binti", patronymic}},
    Entry{"deen", {"uddin", ending}},
    Entry{"devi", {"devi", honorific}},
    Entry{"din", {"uddin", ending}},
    Entry{"haj", {"haji", honorific}},
    Entry{"haji", {"haji", honorific}},
    Entry{"hajji", {"haji", honorific}},
    Entry{"ibn", {"bin", patronymic}},
    Entry{"kaur", {"kaur", shared}},
    Entry{"khanam", {"khanam", honorific}},
    Entry{"khanom", {"khanam", honorific}},
    Entry{"khanum", {"khanam", honorific}},
    Entry{"khatoon", {"khatun", honorific}},
    Entry{"khatun", {"khatun", honorific}},
    Entry{"kumar", {"kumar", shared}},
    Entry{"kumari", {"kumari", shared}},
    Entry{"maulana", {"maulana", honorific}},
    Entry{"mawlana", {"maulana", honorific}},
    Entry{"md", {"md", prefix}},
    Entry{"mea", {"miah", honorific}},
    Entry{"meah", {"miah", honorific}},
    Entry{"mhd", {"md", prefix}},
    Entry{"mia", {"miah", honorific}},
    Entry{"miah", {"miah", honorific}},
    Entry{"mian", {"miah", honorific}},
    Entry{"miya", {"miah", honorific}},
    Entry{"miyah", {"miah", honorific}},
    Entry{"mohd", {"md", prefix}},
    Entry{"mosammat", {"mst", prefix}},
    Entry{"mosammot", {"mst", prefix}},
    Entry{"mossammat", {"mst", prefix}},
    Entry{"most", {"mst", prefix}},
    Entry{"moulana", {"maulana", honorific}},
    Entry{"mst", {"mst", prefix}},
    Entry{"muhd", {"md", prefix}},
    Entry{"musammat", {"mst", prefix}},
    Entry{"mussamat", {"mst", prefix}},
    Entry{"mussammat", {"mst", prefix}},
    Entry{"sahib", {"sahib", honorific}},
    Entry{"singh", {"singh", shared}},
    Entry{"uddeen", {"uddin", ending}},
    Entry{"uddin", {"uddin", ending}},
    Entry{"ula", {"ullah", ending}},
    Entry{"ulla", {"ullah", ending}},
    Entry{"ullah", {"ullah", ending}},
};
constexpr WordTable generic_words(generic_entries, &Entry::word);
static_assert(generic_words.is_sorted());

constexpr std::array<std::string_view, 27> full_spellings = {
    "mahamed",   "mahammed", "mehmed",    "moamed",   "mohamad",  "mohamed", "mohamet",
    "mohammad",  "mohammed", "mohammod",  "mohamud",  "mohmad",   "mohmed",  "mohommad",
    "mohommed",  "mouhamed", "mouhammed", "muhamad",  "muhamed",  "muhamet", "muhammad",
    "muhammadu", "muhammed", "muhammet",  "muhammod", "muhummad", "muhummed"};
constexpr WordTable written_out(full_spellings);
static_assert(written_out.is_sorted());

}  // namespace

std::string_view to_string(GenericKind kind) {
  switch (kind) {
    case GenericKind::prefix:
      return "prefix";
    case GenericKind::honorific:
      return "honorific";
    case GenericKind::ending:
      return "ending";
    case GenericKind::patronymic:
      return "patronymic";
    case GenericKind::shared:
      return "shared";
  }
  return "";
}

std::optional<GenericName> generic_name(std::string_view word) {
  const Entry* const found = generic_words.find(word);
  if (found == nullptr) return std::nullopt;
  return found->name;
}

std::optional<GenericName> generic_before_forename(std::string_view word) {
  if (written_out.find(word) == nullptr) return std::nullopt;
  return GenericName{"md", prefix};
}

}  // namespace scrutineer::rolls
