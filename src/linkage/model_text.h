// A model as a table to be read: prior, and m, u and weight of each level of each field.
#ifndef SCRUTINEER_LINKAGE_MODEL_TEXT_H_
#define SCRUTINEER_LINKAGE_MODEL_TEXT_H_

#include <string>

#include "linkage/model.h"

namespace scrutineer::linkage {

// Lines of at most some 80 columns, names shown printable. Weights are those of a value of average frequency,
// in bits: log2(m / u). Dependences are told by the greatest correction that each makes.
std::string to_text(const Model& model);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_MODEL_TEXT_H_
