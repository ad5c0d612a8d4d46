// The steps that link() and dedupe() take by blocking rules: blocks, a model learned from a sample of their
// pairs, and all pairs scored without being kept.
#ifndef SCRUTINEER_LINKAGE_BLOCK_ENGINE_H_
#define SCRUTINEER_LINKAGE_BLOCK_ENGINE_H_

#include <span>
#include <vector>

#include "linkage/block_rules.h"
#include "linkage/block_scoring.h"
#include "linkage/engine.h"
#include "linkage/rule_blocks.h"

namespace scrutineer::linkage {

// Rows of the smaller table (of the one table) from which on candidates are found by rules and not by nearest
// neighbours, if nothing else is said.
inline constexpr std::size_t rows_for_rules = 200'000;

// How much is spent on chance agreement in tables that large: see ChanceOptions.
ChanceOptions large_chance_options(unsigned threads, std::uint64_t seed);

// Blocks of rules chosen for these tables without being told any: from the roles of the fields a list of
// rules, strictest first, of which those are taken whose pairs together stay within `pairs_per_row` pairs a
// row. Blocks are cut down at a size that does not depend on the rows, so that the pairs grow with the rows
// and not with their square. Rules whose parts the tables lack are passed over.
std::vector<BlocksOfRule> chosen_blocks(const Comparison& comparison, double pairs_per_row, unsigned threads);

// Blocks of rules that were cut down as before, where two tables are linked again.
std::vector<BlocksOfRule> same_blocks(const Comparison& comparison, std::span<const CutRule> rules,
                                      unsigned threads);

// Blocks of given rules, all of their pairs unless a block is oversized.
std::vector<BlocksOfRule> given_blocks(const Comparison& comparison, std::span<const BlockRule> rules,
                                       unsigned threads);

// Learns a model from a sample of the pairs (or takes `given`), and hands all pairs at or above
// options.floor to `sink`.
Status score_by_rules(Scorer& scorer, Chance& chance, std::vector<BlocksOfRule> blocks, const Model& given,
                      EngineOptions options, Model& model, Diagnostics& diagnostics, const LinkSink& sink);

}  // namespace scrutineer::linkage

#endif  // SCRUTINEER_LINKAGE_BLOCK_ENGINE_H_
