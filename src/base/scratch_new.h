// Brings large blocks of operator new under the ceiling of memory (scratch_new.cc). For limit_memory alone.
#ifndef SCRUTINEER_BASE_SCRATCH_NEW_H_
#define SCRUTINEER_BASE_SCRATCH_NEW_H_

namespace scrutineer {

// From now on. Blocks made before are given back as they were made.
void use_scratch_new();

}  // namespace scrutineer

#endif  // SCRUTINEER_BASE_SCRATCH_NEW_H_
