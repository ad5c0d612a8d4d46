// Codes under which names that sound alike, or that are one name written in different transliterations,
// agree.
#ifndef SCRUTINEER_LINKAGE_PHONETICS_H_
#define SCRUTINEER_LINKAGE_PHONETICS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace scrutineer::linkage {

// American Soundex (US National Archives, General Information Leaflet 55): the first letter and three digits,
// packed into four bytes. 0 where the text holds no letter. Letters other than a-z are passed over.
std::uint32_t soundex(std::string_view lower_case);

// What is left of a name once the choices that transliterators make are taken out: double letters, vowels
// after the first letter, h after a consonant or at the end, and k/q/c/kh, f/ph, z/s/j/g... as classes.
// "muhammad", "mohammed" and "mohamed" agree; so do "hussain" and "hosein". Deliberately coarse: it names a
// level of comparison whose weight is learned from the data, never a match by itself ("araf" and "arif"
// agree). Empty where fewer than two consonants are left, since then it says too little.
std::string transliteration_skeleton(std::string_view lower_case);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_PHONETICS_H_
