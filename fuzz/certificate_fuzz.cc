// Any bytes are refused or read as a certificate whose text is those bytes again, and checking it never
// crashes. The seal is put on by the target: no fuzzer finds a SHA-256.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/digest.h"
#include "contest/certificate/certificate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scrutineer;
  std::string text(reinterpret_cast<const char*>(data), size);
  text = text.substr(0, text.rfind("seal "));
  text += "seal " + sha256_hex(text) + "\n";
  const auto certificate = contest::read_certificate(text, "fuzz");
  if (!certificate) return 0;
  const auto again = contest::read_certificate(contest::to_text(*certificate), "again");
  if (!again || contest::to_text(*again) != contest::to_text(*certificate)) std::abort();
  static_cast<void>(contest::check_certificate(*certificate));
  return 0;
}
