#include "synth/tables/tables.h"

namespace scrutineer::synth {
namespace {

constexpr std::string_view town_heads_list[] = {
    "North", "Ash",   "Brook", "Carn",   "Dun",   "Elder", "Fern",   "Glen", "Har",    "Ivel",
    "Kes",   "Lark",  "Marl",  "Nether", "Oaken", "Penn",  "Quern",  "Rush", "Silver", "Thorn",
    "Ulver", "Vale",  "Wick",  "Yarn",   "Amber", "Bram",  "Copper", "Dray", "East",   "Fal",
    "Grims", "Heron", "Kings", "Long",   "Mill",  "Over",  "Rook",   "Sand", "Tarn",   "West"};
constexpr std::string_view town_tails_list[] = {
    "mere",  "wick",   "ford",  "bury",  "ley",    "combe",   "stead", "haven",  "borough",
    "field", "thorpe", "worth", "dale",  "bridge", "minster", "hurst", "market", "pool",
    "cross", "mouth",  "gate",  "well",  "moor",   "holt",    "ness",  "by",     "cliffe",
    "port",  "tree",   "den",   "marsh", "water",  "chester", "ham"};
constexpr std::string_view ward_names_list[] = {"Castle",   "Riverside",    "Market",   "Abbey",
                                                "Parkside", "Hillcrest",    "Station",  "Docklands",
                                                "Meadows",  "St Brannoc's", "Eastgate", "Weavers"};
constexpr std::string_view street_stems_list[] = {
    "High",      "Church",     "Station",     "Victoria",    "Park",     "Albert",    "Green",
    "London",    "Queens",     "Kings",       "Mill",        "Manor",    "New",       "Grange",
    "York",      "Grove",      "North",       "South",       "West",     "East",      "Main",
    "Chapel",    "School",     "Springfield", "George",      "Stanley",  "Alexandra", "Richmond",
    "Windsor",   "Highfield",  "Broad",       "Clarence",    "Cross",    "Oak",       "Elm",
    "Ash",       "Beech",      "Willow",      "Cedar",       "Chestnut", "Hawthorn",  "Holly",
    "Maple",     "Poplar",     "Rowan",       "Sycamore",    "Lime",     "Cambridge", "Oxford",
    "Warwick",   "Devonshire", "Cavendish",   "Wellington",  "Nelson",   "Trafalgar", "Waterloo",
    "Gladstone", "Russell",    "Salisbury",   "Shaftesbury", "Balfour",  "Lansdowne", "Bridge",
    "River",     "Water",      "Brook",       "Well",        "Quarry",   "Orchard",   "Garden",
    "Meadow",    "Field",      "Farm",        "Barn",        "Forge",    "Tannery",   "Dyers",
    "Weavers",   "Coopers",    "Fletcher",    "Mason",       "Baker",    "Butcher",   "Fisher",
    "Shepherd",  "Miller",     "Priory",      "Abbey",       "Rectory",  "Vicarage",  "St John's",
    "St Mary's", "St Peter's", "St Paul's",   "All Saints",  "Trinity",  "Carlton",   "Clifton",
    "Clarendon", "Claremont",  "Belmont",     "Belvedere",   "Montague", "Somerset",  "Norfolk",
    "Suffolk",   "Essex",      "Kent",        "Surrey",      "Sussex",   "Dorset",    "Devon",
    "Cornwall",  "Durham",     "Lincoln",     "Derby",       "Chester",  "Lancaster", "Kendal",
    "Skiddaw",   "Malvern",    "Cheviot",     "Pennine",     "Cotswold", "Mendip",    "Arden",
    "Sherwood",  "Dean",       "Forest",      "Heath",       "Moor",     "Common",    "Copse",
    "Spinney",   "Larch",      "Laurel",      "Myrtle",      "Ivy",      "Fern",      "Heather",
    "Lavender",  "Rose",       "Lilac",       "Primrose",    "Bluebell", "Foxglove",  "Harrow",
    "Eton",      "Rugby",      "Winchester",  "Marlborough", "Blenheim", "Balaclava", "Inkerman",
    "Alma",      "Sebastopol", "Mafeking",    "Ladysmith",   "Empire",   "Jubilee",   "Coronation"};
constexpr std::string_view street_types_list[] = {"Road",     "Street",  "Avenue",  "Close", "Lane",
                                                  "Drive",    "Gardens", "Grove",   "Way",   "Court",
                                                  "Crescent", "Place",   "Terrace", "Hill",  "Walk"};
constexpr std::string_view building_stems_list[] = {
    "Rosewood",   "Riverside", "Lakeside", "Oakfield",  "Beechwood",   "Willow",    "Cedar",      "Elm",
    "Ashdown",    "Birch",     "Holly",    "Maple",     "Victoria",    "Albert",    "Wellington", "Nelson",
    "Kingfisher", "Heron",     "Swan",     "Falcon",    "Hawthorn",    "Juniper",   "Laurel",     "Magnolia",
    "Rowan",      "Sycamore",  "Taylor",   "Cavendish", "Churchfield", "Millstone", "Harbour",    "Mariner",
    "Anchor",     "Granary",   "Foundry",  "Tanner",    "Weaver",      "Printers",  "Sovereign",  "Regent",
    "Imperial",   "Trinity",   "Chapel",   "Abbey"};
constexpr std::string_view building_types_list[] = {"Court", "House",   "Lodge", "Mansions",
                                                    "Point", "Heights", "Tower", "Apartments"};
constexpr std::string_view house_names_list[] = {
    "Rose Cottage",    "The Old Rectory", "Mill House",      "Orchard House",  "The Laurels", "Ivy Cottage",
    "Woodlands",       "Hillside",        "The Coach House", "Greenacres",     "Fairview",    "Highfield",
    "The Hollies",     "Meadow View",     "Oak Lodge",       "The Bungalow",   "White House", "Brook Cottage",
    "Bramble Cottage", "Sunnyside",       "The Willows",     "Yew Tree House", "The Granary", "Stone House"};
constexpr std::string_view care_home_stems_list[] = {"Beech",      "Fairhaven",  "Holmlea",   "Larchwood",
                                                     "Meadowbank", "Northlea",   "Primrose",  "Ravenscroft",
                                                     "Southdown",  "Thornfield", "Westholme", "Avonlea"};
constexpr std::string_view postcode_areas_list[] = {"NM", "RK", "KB", "TK", "GS", "PW", "HN", "LK",
                                                    "WB", "CN", "SB", "AF", "BK", "GK", "HK", "LW",
                                                    "MN", "NK", "PK", "RS", "TB", "UK", "WK", "YK"};

}  // namespace

const Words town_heads = town_heads_list;
const Words town_tails = town_tails_list;
const Words ward_names = ward_names_list;
const Words street_stems = street_stems_list;
const Words street_types = street_types_list;
const Words building_stems = building_stems_list;
const Words building_types = building_types_list;
const Words house_names = house_names_list;
const Words care_home_stems = care_home_stems_list;
const Words postcode_areas = postcode_areas_list;

}  // namespace scrutineer::synth
