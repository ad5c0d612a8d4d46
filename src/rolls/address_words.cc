#include "rolls/address_words.h"

#include <array>

#include "rolls/word_table.h"

namespace scrutineer::rolls {
namespace {

struct Pair {
  std::string_view word;
  std::string_view meaning;
};

constexpr WordTable abbreviations(
    std::array<Pair, 103>{{
        {"apts", "apartments"},  {"av", "avenue"},      {"ave", "avenue"},      {"aven", "avenue"},
        {"avenu", "avenue"},     {"avn", "avenue"},     {"bld", "building"},    {"bldg", "building"},
        {"bldgs", "buildings"},  {"blds", "buildings"}, {"blvd", "boulevard"},  {"boul", "boulevard"},
        {"brdg", "bridge"},      {"bri", "bridge"},     {"bvd", "boulevard"},   {"cen", "centre"},
        {"center", "centre"},    {"chbrs", "chambers"}, {"chmbrs", "chambers"}, {"circ", "circus"},
        {"cl", "close"},         {"clo", "close"},      {"cls", "close"},       {"cnr", "corner"},
        {"com", "common"},       {"cot", "cottage"},    {"cots", "cottages"},   {"cott", "cottage"},
        {"cotts", "cottages"},   {"cr", "crescent"},    {"cres", "crescent"},   {"cresc", "crescent"},
        {"crescnt", "crescent"}, {"crs", "crescent"},   {"crt", "court"},       {"ct", "court"},
        {"ctr", "centre"},       {"dr", "drive"},       {"drv", "drive"},       {"emb", "embankment"},
        {"esp", "esplanade"},    {"espl", "esplanade"}, {"est", "estate"},      {"fm", "farm"},
        {"gards", "gardens"},    {"gdens", "gardens"},  {"gdn", "gardens"},     {"gdns", "gardens"},
        {"gr", "grove"},         {"grdns", "gardens"},  {"grn", "green"},       {"grv", "grove"},
        {"gt", "great"},         {"hgts", "heights"},   {"hl", "hill"},         {"ho", "house"},
        {"hse", "house"},        {"hts", "heights"},    {"ldg", "lodge"},       {"ln", "lane"},
        {"ltl", "little"},       {"lwr", "lower"},      {"mans", "mansions"},   {"mns", "mansions"},
        {"mt", "mount"},         {"mw", "mews"},        {"mws", "mews"},        {"nth", "north"},
        {"pass", "passage"},     {"pde", "parade"},     {"pk", "park"},         {"pl", "place"},
        {"plc", "place"},        {"prk", "park"},       {"prom", "promenade"},  {"psge", "passage"},
        {"pt", "point"},         {"rd", "road"},        {"rse", "rise"},        {"sch", "school"},
        {"sq", "square"},        {"sqr", "square"},     {"sth", "south"},       {"stn", "station"},
        {"str", "street"},       {"stret", "street"},   {"strt", "street"},     {"tc", "terrace"},
        {"tce", "terrace"},      {"ter", "terrace"},    {"terr", "terrace"},    {"trc", "terrace"},
        {"twr", "tower"},        {"twrs", "towers"},    {"upr", "upper"},       {"vla", "villa"},
        {"vls", "villas"},       {"vw", "view"},        {"whf", "wharf"},       {"wk", "walk"},
        {"wlk", "walk"},         {"wy", "way"},         {"yd", "yard"},
    }},
    &Pair::word);
static_assert(abbreviations.is_sorted());

constexpr WordTable street_ends(std::array<std::string_view, 108>{
    "alley",       "approach", "arcade",   "avenue",   "bank",       "boulevard",  "brae",      "bridge",
    "broadway",    "bypass",   "causeway", "chase",    "circle",     "circus",     "cliff",     "close",
    "common",      "copse",    "crescent", "croft",    "crossing",   "crossway",   "dale",      "dell",
    "dene",        "drift",    "drive",    "drove",    "embankment", "end",        "esplanade", "fairway",
    "field",       "fields",   "gait",     "garden",   "gardens",    "garth",      "gate",      "gates",
    "glade",       "glen",     "green",    "grove",    "heath",      "highway",    "hill",      "island",
    "junction",    "lane",     "lea",      "leas",     "loan",       "loke",       "maltings",  "market",
    "marketplace", "mead",     "meadow",   "meadows",  "mews",       "mount",      "orchard",   "oval",
    "paddock",     "parade",   "park",     "parkway",  "passage",    "path",       "pathway",   "piece",
    "pike",        "place",    "plain",    "precinct", "promenade",  "quadrant",   "quay",      "reach",
    "ride",        "ridge",    "rise",     "road",     "roads",      "roundabout", "row",       "side",
    "spinney",     "spur",     "square",   "strand",   "street",     "terrace",    "track",     "turnpike",
    "twitten",     "vale",     "vennel",   "viaduct",  "view",       "walk",       "way",       "wharf",
    "wood",        "woods",    "wynd",     "yard",
});
static_assert(street_ends.is_sorted());

constexpr WordTable building_ends(std::array<std::string_view, 57>{
    "abbey",       "almshouses", "apartments", "barn",      "building",   "buildings", "bungalow",
    "bungalows",   "castle",     "centre",     "chambers",  "chapel",     "church",    "club",
    "college",     "cottage",    "cottages",   "court",     "estate",     "farm",      "farmhouse",
    "flats",       "grange",     "hall",       "halls",     "heights",    "home",      "hospital",
    "hostel",      "hotel",      "house",      "hub",       "inn",        "library",   "lodge",
    "maisonettes", "manor",      "mansion",    "mansions",  "mill",       "pavilion",  "point",
    "priory",      "pub",        "rectory",    "residence", "residences", "school",    "stores",
    "studios",     "tavern",     "tower",      "towers",    "vicarage",   "villa",     "villas",
    "works",
});
static_assert(building_ends.is_sorted());

constexpr WordTable flat_words(std::array<std::string_view, 14>{
    "apartment",
    "apmt",
    "appartment",
    "appt",
    "apt",
    "duplex",
    "fla",
    "flat",
    "flt",
    "mais",
    "maisonette",
    "maisonnette",
    "unit",
    "units",
});
static_assert(flat_words.is_sorted());

constexpr WordTable labelled_words(std::array<Pair, 18>{{
                                       {"bay", "bay"},
                                       {"bed", "bed"},
                                       {"berth", "berth"},
                                       {"caravan", "caravan"},
                                       {"chalet", "chalet"},
                                       {"mooring", "mooring"},
                                       {"office", "office"},
                                       {"offices", "office"},
                                       {"pitch", "pitch"},
                                       {"plot", "plot"},
                                       {"rm", "room"},
                                       {"room", "room"},
                                       {"rooms", "room"},
                                       {"shop", "shop"},
                                       {"stall", "stall"},
                                       {"ste", "suite"},
                                       {"suite", "suite"},
                                       {"workshop", "workshop"},
                                   }},
                                   &Pair::word);
static_assert(labelled_words.is_sorted());

constexpr WordTable single_words(std::array<Pair, 6>{{
                                     {"annex", "annexe"},
                                     {"annexe", "annexe"},
                                     {"bedsit", "bedsit"},
                                     {"bedsitter", "bedsit"},
                                     {"penthouse", "penthouse"},
                                     {"studio", "studio"},
                                 }},
                                 &Pair::word);
static_assert(single_words.is_sorted());

constexpr WordTable block_words(std::array<Pair, 8>{{
                                    {"blk", "block"},
                                    {"block", "block"},
                                    {"core", "core"},
                                    {"entrance", "entrance"},
                                    {"stair", "stair"},
                                    {"staircase", "stair"},
                                    {"tower", "tower"},
                                    {"wing", "wing"},
                                }},
                                &Pair::word);
static_assert(block_words.is_sorted());

constexpr WordTable ordinals(
    std::array<Pair, 65>{{
        {"10th", "tenth"},          {"11th", "11th"},         {"12th", "12th"},        {"13th", "13th"},
        {"14th", "14th"},           {"15th", "15th"},         {"16th", "16th"},        {"17th", "17th"},
        {"18th", "18th"},           {"19th", "19th"},         {"1st", "first"},        {"20th", "20th"},
        {"21st", "21st"},           {"22nd", "22nd"},         {"23rd", "23rd"},        {"24th", "24th"},
        {"25th", "25th"},           {"26th", "26th"},         {"27th", "27th"},        {"28th", "28th"},
        {"29th", "29th"},           {"2nd", "second"},        {"30th", "30th"},        {"31st", "31st"},
        {"32nd", "32nd"},           {"33rd", "33rd"},         {"34th", "34th"},        {"35th", "35th"},
        {"36th", "36th"},           {"37th", "37th"},         {"38th", "38th"},        {"39th", "39th"},
        {"3rd", "third"},           {"40th", "40th"},         {"4th", "fourth"},       {"5th", "fifth"},
        {"6th", "sixth"},           {"7th", "seventh"},       {"8th", "eighth"},       {"9th", "ninth"},
        {"attic", "attic"},         {"basement", "basement"}, {"basemnt", "basement"}, {"bsmt", "basement"},
        {"bst", "basement"},        {"eighth", "eighth"},     {"fifth", "fifth"},      {"first", "first"},
        {"fourth", "fourth"},       {"frst", "first"},        {"gnd", "ground"},       {"grd", "ground"},
        {"grnd", "ground"},         {"ground", "ground"},     {"loft", "loft"},        {"lower", "lower"},
        {"mezzanine", "mezzanine"}, {"ninth", "ninth"},       {"second", "second"},    {"seventh", "seventh"},
        {"sixth", "sixth"},         {"tenth", "tenth"},       {"third", "third"},      {"top", "top"},
        {"upper", "upper"},
    }},
    &Pair::word);
static_assert(ordinals.is_sorted());

constexpr WordTable positions(std::array<std::string_view, 11>{
    "back",
    "centre",
    "east",
    "front",
    "left",
    "middle",
    "north",
    "rear",
    "right",
    "south",
    "west",
});
static_assert(positions.is_sorted());

constexpr WordTable flat_positions(std::array<std::string_view, 16>{
    "attic",
    "basement",
    "first",
    "fourth",
    "front",
    "garden",
    "ground",
    "loft",
    "lower",
    "main",
    "middle",
    "rear",
    "second",
    "third",
    "top",
    "upper",
});
static_assert(flat_positions.is_sorted());

constexpr WordTable floors(std::array<Pair, 11>{{
                               {"bff", "basement"},
                               {"ff", "first floor"},
                               {"fff", "first floor"},
                               {"gf", "ground floor"},
                               {"gff", "ground floor"},
                               {"lgf", "lower ground floor"},
                               {"lgff", "lower ground floor"},
                               {"sf", "second floor"},
                               {"sff", "second floor"},
                               {"ugf", "upper ground floor"},
                               {"ugff", "upper ground floor"},
                           }},
                           &Pair::word);
static_assert(floors.is_sorted());

constexpr WordTable saints(std::array<std::string_view, 112>{
    "agnes",       "albans",       "aldates",   "andrew",    "andrews",      "anne",      "annes",
    "anns",        "anthonys",     "asaph",     "augustine", "augustines",   "austell",   "barnabas",
    "bartholomew", "bartholomews", "benedicts", "benets",    "bernards",     "botolphs",  "brides",
    "catherines",  "cecilia",      "chads",     "charles",   "christophers", "clair",     "clement",
    "clements",    "columba",      "crispins",  "cross",     "cuthbert",     "cuthberts", "davids",
    "denys",       "dunstan",      "dunstans",  "edmunds",   "edwards",      "elmo",      "faith",
    "faiths",      "francis",      "george",    "georges",   "giles",        "helen",     "helena",
    "helens",      "helier",       "hilda",     "hughs",     "ives",         "jame",      "james",
    "john",        "johns",        "joseph",    "josephs",   "jude",         "judes",     "katharines",
    "kilda",       "lawrence",     "lawrences", "leonard",   "leonards",     "loyes",     "luke",
    "lukes",       "margaret",     "margarets", "mark",      "marks",        "martin",    "martins",
    "mary",        "marys",        "matthew",   "matthews",  "michael",      "michaels",  "mildreds",
    "neots",       "nicholas",     "ninian",    "olave",     "olaves",       "oswald",    "oswalds",
    "pancras",     "patrick",      "patricks",  "paul",      "pauls",        "peter",     "peters",
    "philips",     "quentin",      "quintin",   "saviours",  "simons",       "stephen",   "stephens",
    "swithin",     "swithins",     "thomas",    "vincent",   "vincents",     "wilfrid",   "wilfrids",
});
static_assert(saints.is_sorted());

constexpr WordTable countries(std::array<std::string_view, 10>{
    "cymru",
    "england",
    "gb",
    "great britain",
    "northern ireland",
    "scotland",
    "u k",
    "uk",
    "united kingdom",
    "wales",
});
static_assert(countries.is_sorted());

constexpr WordTable counties(std::array<std::string_view, 94>{
    "aberdeenshire",
    "angus",
    "antrim",
    "armagh",
    "avon",
    "ayrshire",
    "bedfordshire",
    "beds",
    "berks",
    "berkshire",
    "buckinghamshire",
    "bucks",
    "cambridgeshire",
    "cambs",
    "cheshire",
    "cleveland",
    "clwyd",
    "co antrim",
    "co down",
    "co durham",
    "cornwall",
    "county durham",
    "cumbria",
    "derbyshire",
    "devon",
    "dorset",
    "durham",
    "dyfed",
    "east lothian",
    "east sussex",
    "east yorkshire",
    "essex",
    "fife",
    "glos",
    "gloucestershire",
    "greater london",
    "greater manchester",
    "gwent",
    "gwynedd",
    "hampshire",
    "hants",
    "herefordshire",
    "hertfordshire",
    "herts",
    "isle of wight",
    "kent",
    "lanarkshire",
    "lancashire",
    "lancs",
    "leicestershire",
    "leics",
    "lincolnshire",
    "lincs",
    "lothian",
    "merseyside",
    "mid glamorgan",
    "middlesex",
    "middx",
    "norfolk",
    "north yorkshire",
    "northamptonshire",
    "northants",
    "northumberland",
    "nottinghamshire",
    "notts",
    "oxfordshire",
    "oxon",
    "perthshire",
    "powys",
    "renfrewshire",
    "rutland",
    "salop",
    "shropshire",
    "somerset",
    "south glamorgan",
    "south yorkshire",
    "staffordshire",
    "staffs",
    "stirlingshire",
    "suffolk",
    "surrey",
    "sussex",
    "tyne and wear",
    "warwickshire",
    "west glamorgan",
    "west lothian",
    "west midlands",
    "west sussex",
    "west yorkshire",
    "wilts",
    "wiltshire",
    "worcestershire",
    "worcs",
    "yorkshire",
});
static_assert(counties.is_sorted());

// The meaning of `word` in a table; empty if it is not there.
template <typename Table>
std::string_view meaning_in(const Table& table, std::string_view word) {
  const Pair* const found = table.find(word);
  return found == nullptr ? std::string_view() : found->meaning;
}

template <typename Table>
bool is_in(const Table& table, std::string_view word) {
  return table.find(word) != nullptr;
}

}  // namespace

std::string_view spelled_out(std::string_view word) {
  const std::string_view meaning = meaning_in(abbreviations, word);
  return meaning.empty() ? word : meaning;
}

NameEnd name_end(std::string_view word) {
  if (is_in(street_ends, word)) return NameEnd::street;
  return is_in(building_ends, word) ? NameEnd::building : NameEnd::none;
}

UnitWord unit_word(std::string_view word) {
  if (is_in(flat_words, word)) return UnitWord::flat;
  if (!meaning_in(labelled_words, word).empty()) return UnitWord::labelled;
  if (!meaning_in(single_words, word).empty()) return UnitWord::single;
  return meaning_in(block_words, word).empty() ? UnitWord::none : UnitWord::block;
}

std::string_view unit_label(std::string_view word) {
  for (const std::string_view label :
       {meaning_in(labelled_words, word), meaning_in(single_words, word), meaning_in(block_words, word)}) {
    if (!label.empty()) return label;
  }
  return {};
}

std::string_view floor_ordinal(std::string_view word) {
  return meaning_in(ordinals, word);
}
bool is_floor_word(std::string_view word) {
  return word == "floor" || word == "flr" || word == "fl" || word == "floors" || word == "flrs";
}
bool is_floor_position(std::string_view word) {
  return is_in(positions, word);
}
bool is_flat_position(std::string_view word) {
  return is_in(flat_positions, word);
}
std::string_view floor_abbreviation(std::string_view word) {
  return meaning_in(floors, word);
}
bool is_saint(std::string_view word) {
  return is_in(saints, word);
}
bool is_country(std::string_view word_or_words) {
  return is_in(countries, word_or_words);
}
bool is_county(std::string_view word_or_words) {
  return is_in(counties, word_or_words);
}

}  // namespace scrutineer::rolls
