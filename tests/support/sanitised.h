// Whether this build looks for faults with a sanitizer, which brings memory and an operator new of its own:
// what a test says of a ceiling on memory does not hold in it.
#ifndef SCRUTINEER_TESTS_SUPPORT_SANITISED_H_
#define SCRUTINEER_TESTS_SUPPORT_SANITISED_H_

namespace scrutineer::tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitised = true;
#else
inline constexpr bool sanitised = false;
#endif

}  // namespace scrutineer::tests

#endif  // SCRUTINEER_TESTS_SUPPORT_SANITISED_H_
