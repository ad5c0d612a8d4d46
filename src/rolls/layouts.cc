#include "rolls/layouts.h"

#include <algorithm>

#include "base/text.h"

namespace scrutineer::rolls {
namespace {

const std::vector<std::string_view>& address_lines() {
  static const std::vector<std::string_view> lines = {"address1", "address2", "address3",
                                                      "address4", "address5", "address6",
                                                      "address7", "address8", "address9"};
  return lines;
}

// Elector numbers are put together as prefix-number/suffix (roll_builder.h).
const LayoutColumn elector_number = {Column::id,
                                     {"electornumberprefix", "electornumber", "electornumbersuffix"}};

std::vector<Layout> make_layouts() {
  std::vector<Layout> table;
  table.push_back({"UK register export (split names)",
                   {"electornumberprefix", "electornumber", "electorsurname", "electorforename"},
                   {elector_number,
                    {Column::markers, {"electormarkers"}},
                    {Column::attains_on, {"electordob"}},  // a register holds that date for attainers only
                    {Column::family, {"electorsurname"}},
                    {Column::given, {"electorforename"}},
                    {Column::middle, {"electormiddlename|electormiddlenames"}},
                    {Column::title, {"electortitle"}},
                    {Column::address, address_lines()},
                    {Column::postcode, {"postcode"}}}});
  table.push_back({"UK register export (one name)",
                   {"electornumberprefix", "electornumber", "electorname"},
                   {elector_number,
                    {Column::markers, {"electormarkers"}},
                    {Column::attains_on, {"electordob"}},
                    {Column::name, {"electorname"}},
                    {Column::title, {"electortitle"}},
                    {Column::address, address_lines()},
                    {Column::postcode, {"postcode"}}}});
  table.push_back({"UK register export (older)",
                   {"pd", "eno", "surname", "firstnames|forenames|forename|firstname"},
                   {{Column::id, {"pd", "eno"}},
                    {Column::markers, {"status", "franchiseflag"}},
                    {Column::title, {"title"}},
                    {Column::given, {"firstnames|forenames|forename|firstname"}},
                    {Column::family, {"surname"}},
                    {Column::suffix, {"suffix"}},
                    {Column::attains_on, {"dateofattainment"}},
                    {Column::address, address_lines()},
                    {Column::postcode, {"postcode"}}}});
  table.push_back({"UK register monthly change file",
                   {"electornumber", "propertyaddress1", "changetype|change|amendmenttype|type"},
                   {{Column::id, {"electornumber"}},
                    {Column::address,
                     {"propertyaddress1", "propertyaddress2", "propertyaddress3", "propertyaddress4",
                      "propertyaddress5", "propertyaddress6"}},
                    {Column::postcode, {"propertypostcode|postcode"}},
                    {Column::change, {"changetype|change|amendmenttype|type"}},
                    {Column::changed_on, {"changedate|dateofchange|amendmentdate|effectivedate|date"}}}});
  table.push_back({"UK register audit submission",
                   {"electoralregisterreferencenumber", "surname", "forename"},
                   {{Column::id, {"electoralregisterreferencenumber"}},
                    {Column::uprn, {"uprn"}},
                    {Column::title, {"title"}},
                    {Column::family, {"surname"}},
                    {Column::given, {"forename"}},
                    {Column::middle, {"middlenameorinitial|middlename"}},
                    {Column::address, address_lines()},
                    {Column::postcode, {"postcode"}},
                    {Column::birth_date, {"dateofbirth"}}}});
  table.push_back(
      {"party canvass tool",
       {"voternumber", "firstname", "surname|lastname", "road|housename|housenumber"},
       {{Column::id, {"electornumberprefix|pollingdistrict|pd", "voternumber", "electornumbersuffix"}},
        {Column::given, {"firstname"}},
        {Column::middle, {"middlename"}},
        {Column::family, {"surname|lastname"}},
        {Column::attains_on, {"dateofattainment"}},
        {Column::registered_on, {"dateenteredontoregister"}},
        {Column::address, {"housename"}},
        {Column::house_number, {"housenumber"}},
        {Column::street, {"road"}},
        {Column::postcode, {"postcode"}},
        {Column::markers, {"electormarkers|markers|status"}}}});
  table.push_back({"North Carolina ncvoter",
                   {"ncid", "voterregnum", "lastname", "firstname", "resstreetaddress"},
                   {{Column::id, {"ncid"}},
                    {Column::family, {"lastname"}},
                    {Column::given, {"firstname"}},
                    {Column::middle, {"middlename"}},
                    {Column::suffix, {"namesuffixlbl"}},
                    {Column::address, {"resstreetaddress"}},
                    {Column::locality, {"rescitydesc"}},
                    {Column::postcode, {"zipcode"}},
                    {Column::birth_date, {"birthyear"}},
                    {Column::sex, {"gendercode|sexcode"}},
                    {Column::registered_on, {"registrdt"}},
                    {Column::ward, {"precinctabbrv"}},
                    {Column::markers, {"statuscd"}},
                    {Column::phone, {"fullphonenumber|fullphonenum"}}}});
  table.push_back({"Ohio voter file",
                   {"sosvoterid", "lastname", "firstname", "residentialaddress1"},
                   {{Column::id, {"sosvoterid"}},
                    {Column::family, {"lastname"}},
                    {Column::given, {"firstname"}},
                    {Column::middle, {"middlename"}},
                    {Column::suffix, {"suffix"}},
                    {Column::birth_date, {"dateofbirth"}},
                    {Column::registered_on, {"registrationdate"}},
                    {Column::address, {"residentialaddress1", "residentialsecondaryaddr"}},
                    {Column::locality, {"residentialcity"}},
                    {Column::postcode, {"residentialzip"}},
                    {Column::ward, {"precinctname"}},
                    {Column::markers, {"voterstatus"}}}});
  return table;
}

}  // namespace

std::span<const Layout> layouts() {
  static const std::vector<Layout> table = make_layouts();
  return table;
}

std::size_t find_alternative(std::string_view alternatives, std::span<const std::string> folded_headers) {
  for (const std::string_view alternative : split(alternatives, '|')) {
    const auto found = std::find(folded_headers.begin(), folded_headers.end(), alternative);
    if (found != folded_headers.end()) return static_cast<std::size_t>(found - folded_headers.begin());
  }
  return folded_headers.size();
}

const Layout* layout_of(std::span<const std::string> folded_headers) {
  for (const Layout& layout : layouts()) {
    const bool all = std::all_of(layout.needs.begin(), layout.needs.end(), [&](std::string_view need) {
      return find_alternative(need, folded_headers) < folded_headers.size();
    });
    if (all) return &layout;
  }
  return nullptr;
}

}  // namespace scrutineer::rolls
