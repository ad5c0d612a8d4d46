// The loops of level_loops.h for x86-64-v3 (set for this file in CMakeLists.txt). Nothing else may be in this
// file, since everything in it needs such a processor.
#include <algorithm>
#include <bit>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "linkage/level_kernels.h"
#include "linkage/packed_text.h"

#define SCRUTINEER_KERNELS kernels_v3
#include "linkage/level_loops.h"

namespace scrutineer::linkage::kernels_v3 {

LevelKernel level_kernel(Kind kind) {
  return kernel_of(kind);
}

FoldLevels fold_levels() {
  return fold;
}

SetApart set_apart() {
  return apart;
}

}  // namespace scrutineer::linkage::kernels_v3
