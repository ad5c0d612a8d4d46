#include "synth/register_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/parallel.h"
#include "base/progress.h"
#include "synth/errors.h"
#include "synth/output.h"

namespace scrutineer::synth {
namespace {

// The systems that exported the snapshots, in turn.
enum class Layout : std::uint8_t { split_names, one_name, capitals };

Layout layout_of(unsigned snapshot) {
  return static_cast<Layout>(snapshot % 3);
}

std::string_view header_of(Layout layout) {
  if (layout == Layout::one_name) {
    return "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector "
           "Name,"
           "PostCode,Address1,Address2,Address3,Address4,Address5,Address6\n";
  }
  return "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector "
         "Surname,"
         "Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6\n";
}

// The words of the tables hold no quotes and nothing that a spreadsheet would run: a comma is all that needs
// care.
void append_field(std::string& row, std::string_view text) {
  if (text.find(',') == std::string_view::npos) {
    row += text;
  } else {
    row += '"';
    row += text;
    row += '"';
  }
  row += ',';
}

// PostCode and Address1 to Address6 of a layout, ready to be put behind each name of a dwelling.
std::string address_fields(Layout layout, const Address& address) {
  std::array<std::string, 6> lines;
  std::string postcode = address.postcode;
  const std::string flat = address.flat.empty() ? std::string() : "Flat " + address.flat;
  std::size_t next = 0;
  switch (layout) {
    case Layout::split_names:  // each part on a line of its own
      for (const std::string& part : {flat, address.building, street_line(address), address.town}) {
        if (!part.empty()) lines[next++] = part;
      }
      break;
    case Layout::one_name:  // all in one
      lines[0] = full_line(address);
      lines[1] = address.town;
      break;
    case Layout::capitals:  // flat and building together, the postcode again on the last line
      for (const std::string& part :
           {flat.empty() || address.building.empty() ? flat + address.building
                                                     : flat + " " + address.building,
            street_line(address), address.town}) {
        if (!part.empty()) lines[next++] = capitals(part);
      }
      lines[5] = postcode;
  }
  std::string fields;
  append_field(fields, postcode);
  for (const std::string& line : lines) append_field(fields, line);
  fields.back() = '\n';
  return fields;
}

void append_name(std::string& row, Layout layout, const PersonName& name) {
  std::string forenames = name.given;
  if (!name.middle.empty()) forenames.append(" ").append(name.middle);
  switch (layout) {
    case Layout::split_names:
      append_field(row, name.family);
      append_field(row, forenames);
      break;
    case Layout::one_name:
      append_field(row, capitals(name.family) + ", " + forenames);
      break;
    case Layout::capitals:
      append_field(row, capitals(name.family));
      append_field(row, capitals(forenames));
  }
}

struct DistrictFile {
  std::string text;
  std::uint64_t rows = 0;
  std::vector<Sighting> sightings;
};

// One polling district of one snapshot.
class DistrictWriter {
 public:
  DistrictWriter(const RegisterJob& job, unsigned snapshot, std::uint64_t district)
      : job_(job),
        snapshot_(snapshot),
        district_(district),
        layout_(layout_of(snapshot)),
        epoch_(job.population->epoch_of_snapshot(snapshot)),
        // The June before last December's numbers stay; additions since get a suffix.
        base_epoch_((job.population->newest() - epoch_) % 2 == 0 ? epoch_ - 1 : epoch_),
        letters_(Geography::district_letters(district)) {}

  DistrictFile write() {
    file_.text.reserve(256 * 1024);  // some 2,700 rows
    const std::uint64_t first = district_ * dwellings_a_district;
    const std::uint64_t last = std::min(first + dwellings_a_district, job_.dwellings);
    for (std::uint64_t dwelling = first; dwelling < last; ++dwelling) write_dwelling(dwelling);
    write_others();
    return std::move(file_);
  }

 private:
  void write_dwelling(std::uint64_t dwelling) {
    const Population& population = *job_.population;
    population.entries(dwelling, epoch_, now_);
    base_.clear();
    if (base_epoch_ != epoch_) population.entry_keys(dwelling, base_epoch_, base_);
    if (now_.empty() && base_.empty()) return;
    const std::string address = address_fields(layout_, job_.geography->address(dwelling));
    if (base_epoch_ == epoch_) {
      for (const Entry& entry : now_) write_entry(entry, dwelling, ++number_, 0, address);
      return;
    }
    // Numbers of those who left since December stay unused.
    for (const PersonKey old : base_) {
      // Additions before a district's first entry share number 1 with it, so their count goes on.
      if (++number_ > 1) additions_ = 0;
      const auto still = std::ranges::find(now_, old, &Entry::key);
      if (still != now_.end()) write_entry(*still, dwelling, number_, 0, address);
    }
    for (const Entry& entry : now_) {
      const bool old = std::ranges::find(base_, entry.key) != base_.end();
      if (!old) write_entry(entry, dwelling, std::max<std::uint64_t>(number_, 1), ++additions_, address);
    }
  }

  void write_entry(const Entry& entry, std::uint64_t dwelling, std::uint64_t number, unsigned suffix,
                   const std::string& address) {
    append_number(number, suffix, "");
    const Date today = job_.population->date(epoch_);
    if (today - entry.person.birth <= 18 * 366) {
      const Date of_age = entry.person.birth.plus_months(18 * 12);
      if (of_age > today) {
        file_.text += fmt::format("{:02}/{:02}/{:04}", of_age.day(), of_age.month(), of_age.year());
      }
    }
    file_.text += ',';
    Draw draw(job_.seed, Stream::clerk, entry.key);
    append_name(file_.text, layout_, miswritten(draw, entry.person, clerk_errors));
    file_.text += address;
    if (!std::ranges::binary_search(job_.watched, entry.key)) return;
    std::string printed = fmt::format("{}-{}", letters_, number);
    if (suffix > 0) printed += fmt::format("/{}", suffix);
    file_.sightings.push_back({entry.key, snapshot_, dwelling, std::move(printed)});
  }

  void append_number(std::uint64_t number, unsigned suffix, std::string_view marker) {
    file_.text += letters_;
    file_.text += ',';
    file_.text += fmt::format_int(number).c_str();
    file_.text += ',';
    if (suffix > 0) file_.text += fmt::format_int(suffix).c_str();
    file_.text += ',';
    file_.text += marker;
    file_.text += ',';
    ++file_.rows;
  }

  // At the end stand electors abroad, without an address, and anonymous ones, without name or address.
  void write_others() {
    Draw draw(job_.seed, Stream::other_electors, district_);
    const auto abroad = draw.below(3);
    for (std::uint64_t index = 0; index < abroad; ++index) {
      const Tradition tradition = draw_tradition(draw);
      const PersonName name = draw_name(draw, tradition, draw.chance(.5), "");
      append_number(++number_, 0, "F");
      file_.text += ',';
      append_name(file_.text, layout_, name);
      file_.text += ",,,,,,\n";
    }
    if (!draw.chance(.2)) return;
    append_number(++number_, 0, "N");
    file_.text += layout_ == Layout::one_name ? ",,,,,,,,\n" : ",,,,,,,,,\n";
  }

  const RegisterJob& job_;
  unsigned snapshot_;
  std::uint64_t district_;
  Layout layout_;
  unsigned epoch_;
  unsigned base_epoch_;
  std::string letters_;
  std::uint64_t number_ = 0;
  unsigned additions_ = 0;
  std::vector<Entry> now_;
  std::vector<PersonKey> base_;
  DistrictFile file_;
};

Status write_snapshot(const RegisterJob& job, unsigned snapshot, const std::filesystem::path& folder,
                      RegisterFiles& files) {
  constexpr std::size_t batch = 32;  // districts in memory at a time: some 10 MB
  const std::uint64_t districts = (job.dwellings + dwellings_a_district - 1) / dwellings_a_district;
  OutputFile file(folder / snapshot_file(*job.population, snapshot));
  file.write(header_of(layout_of(snapshot)));
  Progress progress(fmt::format("register {}", snapshot_file(*job.population, snapshot)), "dwellings",
                    job.dwellings);
  std::uint64_t rows = 0;
  for (std::uint64_t first = 0; first < districts; first += batch) {
    std::vector<DistrictFile> written(std::min<std::uint64_t>(batch, districts - first));
    parallel_for(thread_count(job.threads), written.size(), [&](std::size_t index) {
      written[index] = DistrictWriter(job, snapshot, first + index).write();
    });
    for (DistrictFile& district : written) {
      file.write(district.text);
      rows += district.rows;
      std::ranges::move(district.sightings, std::back_inserter(files.sightings));
    }
    progress.add(written.size() * dwellings_a_district);
  }
  files.rows.push_back(rows);
  return file.close();
}

}  // namespace

std::string snapshot_file(const Population& population, unsigned snapshot) {
  return population.date(population.epoch_of_snapshot(snapshot)).iso().substr(0, 7) + ".csv";
}

Result<RegisterFiles> write_registers(const RegisterJob& job, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return internal_error("the directory cannot be made: " + error.message(), {folder.string()});
  RegisterFiles files;
  for (unsigned snapshot = 0; snapshot < job.snapshots; ++snapshot) {
    SCRUTINEER_CHECK(write_snapshot(job, snapshot, folder, files));
  }
  return files;
}

std::uint64_t dwellings_for(const Population& population, std::uint64_t electors) {
  std::vector<Entry> entries;
  std::uint64_t total = 0;
  for (std::uint64_t dwelling = 0; dwelling < dwellings_a_town; ++dwelling) {
    if (total >= electors && dwelling % dwellings_a_segment == 0) return dwelling;
    population.entries(dwelling, population.newest(), entries);
    total += entries.size();
  }
  const double mean = static_cast<double>(total) / static_cast<double>(dwellings_a_town);
  const double segments = static_cast<double>(electors) / mean / static_cast<double>(dwellings_a_segment);
  return static_cast<std::uint64_t>(std::ceil(segments)) * dwellings_a_segment;
}

}  // namespace scrutineer::synth
