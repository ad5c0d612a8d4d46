#include "linkage/levels.h"

#include <array>

namespace scrutineer::linkage {
namespace {

constexpr auto name_levels = std::to_array<LevelDefinition>({{"missing"},
                                                             {"same"},
                                                             {"typing error"},
                                                             {"known variant or transliteration"},
                                                             {"similar or sounds alike"},
                                                             {"among the other names"},
                                                             {"weakly similar"},
                                                             {"different"},
                                                             {"initial agrees", 1},
                                                             {"initial differs", 1}});
constexpr auto date_levels = std::to_array<LevelDefinition>({{"missing"},
                                                             {"same"},
                                                             {"one digit differs"},
                                                             {"two parts agree or day and month swapped"},
                                                             {"two digits differ"},
                                                             {"same year"},
                                                             {"within 400 days"},
                                                             {"different"},
                                                             {"year agrees", 1},
                                                             {"year one digit or one year off", 1},
                                                             {"year differs", 1}});
constexpr auto code_levels = std::to_array<LevelDefinition>(
    {{"missing"}, {"same"}, {"typing error"}, {"same first part"}, {"same area"}, {"different"}});
constexpr auto text_levels = std::to_array<LevelDefinition>({{"missing"},
                                                             {"same"},
                                                             {"typing error"},
                                                             {"similar"},
                                                             {"a word shared"},
                                                             {"in another column"},
                                                             {"different"}});
constexpr auto number_levels = std::to_array<LevelDefinition>(
    {{"missing"}, {"same"}, {"same number, other letter"}, {"typing error"}, {"different"}});
constexpr auto category_levels =
    std::to_array<LevelDefinition>({{"missing"}, {"same"}, {"typing error"}, {"different"}});
constexpr auto email_levels = std::to_array<LevelDefinition>({{"missing"},
                                                              {"same"},
                                                              {"typing error"},
                                                              {"same or similar local part"},
                                                              {"same domain"},
                                                              {"different"}});
constexpr auto exact_levels = std::to_array<LevelDefinition>({{"missing"}, {"same"}, {"different"}});
constexpr auto full_name_levels = std::to_array<LevelDefinition>({{"missing"},
                                                                  {"same words"},
                                                                  {"all words of the shorter"},
                                                                  {"two words shared"},
                                                                  {"one word shared"},
                                                                  {"no word shared"}});
constexpr auto other_words_levels =
    std::to_array<LevelDefinition>({{"missing"}, {"another word shared"}, {"no other word shared"}});
constexpr auto nested_levels = std::to_array<LevelDefinition>({{"missing"},
                                                               {"first key agrees"},
                                                               {"second key agrees"},
                                                               {"third key agrees"},
                                                               {"fourth key agrees"},
                                                               {"fifth key agrees"},
                                                               {"sixth key agrees"},
                                                               {"no key agrees"}});

}  // namespace

std::span<const LevelDefinition> levels_of(Kind kind) {
  switch (kind) {
    case Kind::name:
      return name_levels;
    case Kind::date:
      return date_levels;
    case Kind::code:
      return code_levels;
    case Kind::number:
      return number_levels;
    case Kind::text:
      return text_levels;
    case Kind::category:
      return category_levels;
    case Kind::email:
      return email_levels;
    case Kind::exact:
      return exact_levels;
    case Kind::full_name:
      return full_name_levels;
    case Kind::other_words:
      return other_words_levels;
    case Kind::nested:
      return nested_levels;
  }
  return exact_levels;
}

Kind kind_of(Role role, bool has_split_names) {
  switch (role) {
    case Role::given_name:
    case Role::middle_name:
    case Role::family_name:
      return Kind::name;
    case Role::full_name:
      return has_split_names ? Kind::other_words : Kind::full_name;
    case Role::date:
      return Kind::date;
    case Role::code:
      return Kind::code;
    case Role::number:
      return Kind::number;
    case Role::text:
      return Kind::text;
    case Role::category:
      return Kind::category;
    case Role::email:
      return Kind::email;
    case Role::exact:
      return Kind::exact;
  }
  return Kind::exact;
}

}  // namespace scrutineer::linkage
