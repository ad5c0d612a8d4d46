// Courtesy titles, ranks and honours around a name, and the words that tell father from son.
#ifndef SCRUTINEER_ROLLS_TITLES_H_
#define SCRUTINEER_ROLLS_TITLES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace scrutineer::rolls {

enum class TitlePlace : std::uint8_t {
  before,       // never a name: mr, dr, cllr; taken off in front of even a single name word
  before_long,  // also a name (Lord, Father, Captain): taken off only where two name words follow
  joining,      // "the", "rt", "and": taken off between and beside titles
  generation,   // jnr, snr, ii, iii: after the name
  after,        // honours and degrees: obe, mp, phd
};

struct Title {
  std::string_view canonical;  // "dr" for doctor; empty for those that say nothing worth keeping
  TitlePlace place = TitlePlace::before;
};

// Of one folded word without full stops. Nothing for other words. Honours have an empty canonical form: they
// are taken off and not kept.
std::optional<Title> title_before(std::string_view word);
std::optional<Title> title_after(std::string_view word);

}  // namespace scrutineer::rolls

#endif  // SCRUTINEER_ROLLS_TITLES_H_
