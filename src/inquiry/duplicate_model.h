// The model by which members listed twice are told from their families.
//
// A members list holds so few people twice that nothing can be learned from them: left to itself, EM takes
// the largest group of pairs that agree in much, which is families in one dwelling, for the matches. So how
// one person's two entries agree (m) and how many people are listed twice (the prior) are stated here, as
// assumptions that the report names; how often two people agree by chance (u) is still learned from the list,
// and that people of one dwelling share a surname is learned from its dwellings.
#ifndef SCRUTINEER_INQUIRY_DUPLICATE_MODEL_H_
#define SCRUTINEER_INQUIRY_DUPLICATE_MODEL_H_

#include "linkage/model.h"
#include "rolls/standard_roll.h"

namespace scrutineer::inquiry {

// Assumed share of members who stand on the list a second time.
inline constexpr double assumed_listed_twice = 0.01;

// `learned` with its m, prior and dependences replaced. Fields are told by name: family and dwelling.
linkage::Model stated_duplicate_model(const linkage::Model& learned, const rolls::StandardRoll& members);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_DUPLICATE_MODEL_H_
