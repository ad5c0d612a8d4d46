// The key test (signal 25) as the report draws it: the permutation histogram, the statistics, the further
// tests, and the linked pairs with their exhibits.
#ifndef SCRUTINEER_INQUIRY_KEY_TEST_H_
#define SCRUTINEER_INQUIRY_KEY_TEST_H_

#include <optional>
#include <vector>

#include "inquiry/outcome.h"
#include "signals/evidence.h"
#include "signals/linkage_of_irregulars.h"

namespace scrutineer::inquiry {

// Nothing where no outcome could testify. Pairs are given only where the key test's finding in `reports` is
// listed.
std::optional<KeyTest> key_test_of(const signals::LinkageTest& test, const signals::Evidence& evidence,
                                   const std::vector<signals::SignalReport>& reports);

}  // namespace scrutineer::inquiry

#endif  // SCRUTINEER_INQUIRY_KEY_TEST_H_
