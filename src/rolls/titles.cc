#include "rolls/titles.h"

#include <array>

#include "rolls/word_table.h"

namespace scrutineer::rolls {
namespace {

struct Entry {
  std::string_view word;
  Title title;
};

constexpr TitlePlace before = TitlePlace::before;
constexpr TitlePlace before_long = TitlePlace::before_long;
constexpr TitlePlace joining = TitlePlace::joining;
constexpr TitlePlace generation = TitlePlace::generation;
constexpr TitlePlace after = TitlePlace::after;

// Both sorted by word.
constexpr std::array leading_entries = {
    Entry{"and", {"", joining}},
    Entry{"baroness", {"baroness", before}},
    Entry{"brig", {"brig", before}},
    Entry{"brigadier", {"brig", before}},
    Entry{"capt", {"capt", before}},
    Entry{"captain", {"capt", before_long}},
    Entry{"cllr", {"cllr", before}},
    Entry{"cmdr", {"cdr", before}},
    Entry{"col", {"col", before}},
    Entry{"colonel", {"col", before_long}},
    Entry{"councillor", {"cllr", before}},
    Entry{"cpl", {"cpl", before}},
    Entry{"cpt", {"capt", before}},
    Entry{"dame", {"dame", before_long}},
    Entry{"doctor", {"dr", before}},
    Entry{"dr", {"dr", before}},
    Entry{"drs", {"dr", before}},
    Entry{"father", {"fr", before_long}},
    Entry{"fr", {"fr", before}},
    Entry{"frau", {"mrs", before}},
    Entry{"gen", {"gen", before_long}},
    Entry{"herr", {"mr", before}},
    Entry{"hon", {"hon", before_long}},
    Entry{"honourable", {"hon", before_long}},
    Entry{"lady", {"lady", before_long}},
    Entry{"lieutenant", {"lt", before}},
    Entry{"lord", {"lord", before_long}},
    Entry{"lt", {"lt", before}},
    Entry{"madam", {"mrs", before_long}},
    Entry{"madame", {"mrs", before}},
    Entry{"maj", {"maj", before_long}},
    Entry{"master", {"master", before_long}},
    Entry{"miss", {"miss", before}},
    Entry{"mister", {"mr", before}},
    Entry{"mlle", {"miss", before}},
    Entry{"mme", {"mrs", before}},
    Entry{"monsieur", {"mr", before}},
    Entry{"mr", {"mr", before}},
    Entry{"mrs", {"mrs", before}},
    Entry{"ms", {"ms", before}},
    Entry{"mstr", {"master", before}},
    Entry{"mx", {"mx", before}},
    Entry{"prof", {"prof", before}},
    Entry{"professor", {"prof", before}},
    Entry{"rabbi", {"rabbi", before_long}},
    Entry{"rev", {"rev", before}},
    Entry{"revd", {"rev", before}},
    Entry{"reverend", {"rev", before}},
    Entry{"right", {"", joining}},
    Entry{"rt", {"", joining}},
    Entry{"sgt", {"sgt", before}},
    Entry{"shri", {"mr", before_long}},
    Entry{"shrimati", {"mrs", before}},
    Entry{"sir", {"sir", before_long}},
    Entry{"sister", {"sister", before_long}},
    Entry{"smt", {"mrs", before}},
    Entry{"the", {"", joining}},
    Entry{"ven", {"ven", before_long}},
    Entry{"viscount", {"viscount", before}},
};
constexpr WordTable leading(leading_entries, &Entry::word);
static_assert(leading.is_sorted());

constexpr std::array trailing_entries = {
    Entry{"ba", {"", after}},         Entry{"bem", {"", after}},         Entry{"bsc", {"", after}},
    Entry{"cbe", {"", after}},        Entry{"dbe", {"", after}},         Entry{"dphil", {"", after}},
    Entry{"dso", {"", after}},        Entry{"esq", {"", after}},         Entry{"esquire", {"", after}},
    Entry{"frcp", {"", after}},       Entry{"frcs", {"", after}},        Entry{"frs", {"", after}},
    Entry{"gbe", {"", after}},        Entry{"ii", {"ii", generation}},   Entry{"iii", {"iii", generation}},
    Entry{"iv", {"iv", generation}},  Entry{"jnr", {"jnr", generation}}, Entry{"jp", {"", after}},
    Entry{"jr", {"jnr", generation}}, Entry{"kbe", {"", after}},         Entry{"kc", {"", after}},
    Entry{"kcmg", {"", after}},       Entry{"llb", {"", after}},         Entry{"mba", {"", after}},
    Entry{"mbbs", {"", after}},       Entry{"mbe", {"", after}},         Entry{"mep", {"", after}},
    Entry{"mp", {"", after}},         Entry{"mrcp", {"", after}},        Entry{"msc", {"", after}},
    Entry{"obe", {"", after}},        Entry{"om", {"", after}},          Entry{"phd", {"", after}},
    Entry{"qc", {"", after}},         Entry{"snr", {"snr", generation}}, Entry{"sr", {"snr", generation}},
};
constexpr WordTable trailing(trailing_entries, &Entry::word);
static_assert(trailing.is_sorted());

template <typename Table>
std::optional<Title> entry_of(const Table& table, std::string_view word) {
  const Entry* const found = table.find(word);
  if (found == nullptr) return std::nullopt;
  return found->title;
}

}  // namespace

std::optional<Title> title_before(std::string_view word) {
  return entry_of(leading, word);
}
std::optional<Title> title_after(std::string_view word) {
  return entry_of(trailing, word);
}

}  // namespace scrutineer::rolls
