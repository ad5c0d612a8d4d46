#include "rolls/header_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <vector>

namespace scrutineer::rolls {
namespace {

struct Spellings {
  Column column;
  std::vector<std::string_view> names;  // folded, best first
};

// In the order in which columns are tried: of two that share a word, the first that the kind of roll allows.
std::vector<Spellings> common_spellings() {
  return {
      {Column::id,
       {"id",
        "membershipnumber",
        "membershipno",
        "membershipid",
        "membernumber",
        "memberno",
        "memberid",
        "member",
        "membershipref",
        "memberref",
        "membershipreference",
        "electornumber",
        "electorno",
        "electorid",
        "voterid",
        "voternumber",
        "voterno",
        "electoralregisterreferencenumber",
        "rollnumber",
        "rollno",
        "electoralnumber",
        "personid",
        "contactid",
        "recid",
        "recordid",
        "uniqueid",
        "uniqueref",
        "urn",
        "reference",
        "refno",
        "referencenumber",
        "ref",
        "number",
        "no",
        "eno"}},
      {Column::given,
       {"given", "forename", "firstname", "givenname", "forenames", "firstnames", "givennames",
        "christianname", "christiannames", "firstforename", "electorforename", "voterfirstname", "first",
        "preferredname", "knownas"}},
      {Column::middle,
       {"middle", "middlename", "middlenames", "middlenameorinitial", "middleinitial", "middleinitials",
        "secondforename", "otherforenames", "othernames", "electormiddlename", "initials"}},
      {Column::family,
       {"family", "surname", "lastname", "familyname", "secondname", "electorsurname", "voterlastname",
        "last"}},
      {Column::name,
       {"name", "fullname", "electorname", "membername", "votername", "nameofmember", "nameofelector",
        "contactname", "displayname", "completename"}},
      {Column::title, {"title", "salutation", "prefix", "honorific", "nameprefix"}},
      {Column::suffix, {"namesuffix", "suffix", "namesuffixlbl", "generation"}},
      {Column::birth_date,
       {"birthdate", "dateofbirth", "dob", "birthday", "born", "birthyear", "yearofbirth", "yob"}},
      {Column::attains_on,
       {"attainson", "dateofattainment", "attainmentdate", "attainer", "attainerdate", "doa", "electordob"}},
      {Column::sex, {"sex", "gender", "gendercode", "sexcode"}},
      {Column::address,
       {"address", "fulladdress", "postaladdress", "homeaddress", "propertyaddress", "residentialaddress",
        "registeredaddress", "addr", "addressline", "streetaddress", "mailingaddress",
        "correspondenceaddress"}},
      {Column::house_number,
       {"housenumber", "houseno", "streetnumber", "streetno", "housenameornumber", "buildingnumber",
        "propertynumber"}},
      {Column::street, {"street", "road", "streetname", "roadname", "thoroughfare"}},
      {Column::locality,
       {"locality", "town", "city", "posttown", "towncity", "suburb", "village", "townorcity",
        "rescitydesc"}},
      {Column::postcode,
       {"postcode", "postalcode", "zip", "zipcode", "pcode", "propertypostcode", "addresspostcode",
        "homepostcode"}},
      {Column::uprn, {"uprn", "uniquepropertyreferencenumber"}},
      {Column::joined,
       {"joined", "joindate", "joiningdate", "datejoined", "joinedon", "joinedat", "startdate", "membersince",
        "membershipstart", "membershipstartdate", "dateofjoining", "enrolled", "enrolmentdate", "start"}},
      {Column::left,
       {"left", "lapsed", "lapsedate", "lapseddate", "lapsedon", "dateleft", "leavingdate", "lefton",
        "resigned", "enddate", "membershipend", "membershipenddate", "expirydate", "expires", "cancelled"}},
      {Column::keyed,
       {"keyed", "keyedon", "datekeyed", "created", "createdon", "createdat", "datecreated", "entered",
        "enteredon", "dateentered", "processed", "processedon", "recordcreated"}},
      {Column::signed_on,
       {"signedon", "datesigned", "signed", "signaturedate", "signeddate", "dateofsignature"}},
      {Column::registered_on,
       {"registeredon", "registrationdate", "dateregistered", "dateofregistration", "registered",
        "dateenteredontoregister", "dateaddedtoregister", "dateofentry", "registrdt"}},
      {Column::payer,
       {"payer", "account", "payerid", "accountid", "accountno", "accountnumber", "payeraccount",
        "paymentaccount", "cardending", "cardlast4", "card", "paidby", "payername", "bankaccount",
        "accountref", "mandate"}},
      {Column::paid_on,
       {"paidon", "paymentdate", "datepaid", "paid", "dateofpayment", "paidat", "transactiondate"}},
      {Column::amount,
       {"amount", "amountpaid", "value", "sum", "paymentamount", "subscription", "fee", "total"}},
      {Column::method, {"method", "paymentmethod", "methodofpayment", "paymenttype", "paymethod"}},
      {Column::recruiter,
       {"recruiter", "recruitedby", "signedupby", "introducedby", "referredby", "sponsor", "proposer",
        "recruiterid", "referrer", "introducer", "source"}},
      {Column::form_no,
       {"formno", "formnumber", "formid", "form", "applicationno", "applicationnumber", "applicationform"}},
      {Column::phone,
       {"phone", "mobile", "telephone", "tel", "mobilenumber", "phonenumber", "telephonenumber",
        "mobilephone", "cell", "telno", "mobileno", "phoneno", "landline", "contactnumber", "fullphonenumber",
        "hometelephone"}},
      {Column::email, {"email", "emailaddress", "mail", "emailaddr"}},
      {Column::ward,
       {"ward", "wardname", "wardcode", "electoralward", "pollingdistrict", "pd", "precinct",
        "precinctname"}},
      {Column::branch,
       {"branch", "clp", "branchname", "localparty", "constituencyparty", "constituency", "chapter", "lodge",
        "society"}},
      {Column::markers,
       {"markers", "electormarkers", "franchisemarkers", "franchiseflag", "franchise", "marker",
        "electormarker"}},
      {Column::voted, {"voted", "hasvoted", "v", "marked", "mark", "voterecorded"}},
      {Column::change, {"change", "changetype", "typeofchange", "changecode", "amendmenttype", "actiontype"}},
      {Column::changed_on,
       {"changedon", "changedate", "dateofchange", "amendmentdate", "effectivedate", "dateofalteration"}},
      {Column::outcome, {"outcome", "result", "canvassoutcome", "canvassresult", "visitoutcome", "response"}},
      {Column::visited_on,
       {"visitedon", "visited", "visitdate", "dateofvisit", "datevisited", "canvassdate"}},
      {Column::arm, {"arm", "samplearm", "sample", "group"}},
      {Column::visitor, {"visitor", "canvasser", "visitedby", "interviewer"}},
      {Column::attempts, {"attempts", "visits", "numberofvisits", "calls", "noofvisits"}},
      {Column::statement, {"statement", "statementid", "statementref", "statementtaken"}},
      {Column::date, {"date", "day", "joindate", "joined", "month", "week"}},
      {Column::count, {"count", "joins", "joiners", "newmembers", "number", "n", "members", "total"}},
      {Column::year, {"year", "yearend", "asat"}},
      {Column::members,
       {"members", "membership", "membercount", "memberscount", "totalmembers", "count", "n"}},
  };
}

using Index = std::map<std::string_view, std::vector<HeaderMeaning>>;

const Index& common() {
  static const Index index = [] {
    Index made;
    for (const Spellings& spellings : common_spellings()) {
      for (std::size_t rank = 0; rank < spellings.names.size(); ++rank) {
        made[spellings.names[rank]].push_back({spellings.column, rank, 0});
      }
    }
    return made;
  }();
  return index;
}

struct KindSpelling {
  RollKind kind;
  std::string_view name;
  Column column;
};

// Words that only the kind of roll makes clear.
const std::array by_kind = std::to_array<KindSpelling>({
    {RollKind::payments, "date", Column::paid_on},
    {RollKind::payments, "name", Column::payer},
    {RollKind::payments, "type", Column::method},
    {RollKind::canvass, "date", Column::visited_on},
    {RollKind::canvass, "status", Column::outcome},
    {RollKind::register_, "status", Column::markers},
    {RollKind::register_, "date", Column::changed_on},
    {RollKind::register_, "dateadded", Column::registered_on},
    {RollKind::members, "lapsing", Column::left},
    {RollKind::members, "date", Column::joined},
    {RollKind::marked, "status", Column::voted},
    {RollKind::branches, "name", Column::branch},
});

// Columns that mean something in rolls of a few kinds only; elsewhere their words are common ones that mean
// something else.
bool allowed(Column column, RollKind kind) {
  const bool money = kind == RollKind::payments || kind == RollKind::members;
  switch (column) {
    case Column::payer:
    case Column::paid_on:
    case Column::amount:
    case Column::method:
      return money;
    case Column::recruiter:
    case Column::form_no:
      return kind == RollKind::members || kind == RollKind::payments;
    case Column::joined:
    case Column::left:
      return kind == RollKind::members || kind == RollKind::watchlist || kind == RollKind::deceased;
    case Column::change:
    case Column::changed_on:
    case Column::markers:
      return kind == RollKind::register_;
    case Column::voted:
      return kind == RollKind::register_ || kind == RollKind::marked;
    case Column::outcome:
    case Column::visited_on:
    case Column::arm:
    case Column::visitor:
    case Column::attempts:
    case Column::statement:
      return kind == RollKind::canvass;
    case Column::date:
    case Column::count:
      return kind == RollKind::joins;
    case Column::year:
    case Column::members:
      return kind == RollKind::branches;
    case Column::id:
      return kind != RollKind::joins && kind != RollKind::branches;
    default:
      return true;
  }
}

// "address1", "addressline3", "propertyaddress2", "residentialaddress1": the number of the part.
std::size_t address_part(std::string_view folded) {
  constexpr std::array<std::string_view, 10> stems = {"address",
                                                      "addressline",
                                                      "addr",
                                                      "addrline",
                                                      "propertyaddress",
                                                      "residentialaddress",
                                                      "homeaddressline",
                                                      "registeredaddress",
                                                      "homeaddress",
                                                      "line"};
  if (folded.empty() || folded.back() < '1' || folded.back() > '9') return 0;
  const std::string_view stem = folded.substr(0, folded.size() - 1);
  if (std::find(stems.begin(), stems.end(), stem) == stems.end()) return 0;
  return static_cast<std::size_t>(folded.back() - '0');
}

}  // namespace

std::string folded_header(std::string_view header) {
  std::string folded;
  for (std::size_t at = 0; at < header.size(); ++at) {
    const auto byte = static_cast<unsigned char>(header[at]);
    if (byte == 0xC2 && at + 1 < header.size() && static_cast<unsigned char>(header[at + 1]) == 0xA0) {
      ++at;  // a no-break space
    } else if (byte >= 0x80 || std::isalnum(byte) != 0) {
      folded.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
    }
  }
  return folded;
}

std::optional<HeaderMeaning> header_meaning(std::string_view header, RollKind kind) {
  const std::string folded = folded_header(header);
  if (folded.empty()) return std::nullopt;
  for (const KindSpelling& spelling : by_kind) {
    if (spelling.kind == kind && spelling.name == folded) return HeaderMeaning{spelling.column, 90, 0};
  }
  if (const std::size_t part = address_part(folded); part > 0) return HeaderMeaning{Column::address, 0, part};
  const auto found = common().find(folded);
  if (found == common().end()) return std::nullopt;
  for (const HeaderMeaning& meaning : found->second) {
    if (allowed(meaning.column, kind)) return meaning;
  }
  return std::nullopt;
}

bool takes_several(Column column) {
  return column == Column::address;
}

}  // namespace scrutineer::rolls
