// scrutineer canvass record: outcomes, corrections, transcripts and their marks into the case.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "canvass/outcome_file.h"
#include "canvass/record.h"
#include "canvass/transcripts.h"
#include "cli/canvass_command.h"
#include "cli/clock.h"

namespace scrutineer::cli {
namespace {

struct RecordArguments {
  std::string folder, as;
  std::vector<std::string> visits;
  std::string outcome, basis, question, said;
  canvass::OutcomeRow row;
  std::string speaker;
  std::string transcript, lines;
  std::optional<std::int64_t> mark;
  bool list = false;
};

std::string by_line(const canvass::Recorded& recorded, const std::string& name) {
  std::string text = fmt::format("{}: {} added", printable(name, 200), recorded.added);
  if (recorded.first) text += fmt::format(" (rows {} to {})", *recorded.first, *recorded.last);
  if (recorded.corrections > 0) text += fmt::format(", {} of them corrections", recorded.corrections);
  return text + fmt::format(", {} known already, {} refused.\n", recorded.already, recorded.rejects.size());
}

Status record_files(store::CaseFile& file, const RecordArguments& arguments, const canvass::Recorder& by) {
  for (const std::string& name : arguments.visits) {
    SCRUTINEER_TRY(const canvass::OutcomeFile read, canvass::read_outcomes(name));
    SCRUTINEER_TRY(const canvass::Recorded recorded, canvass::record(file, read.batch, by));
    fmt::print("{}", by_line(recorded, name));
    for (const canvass::Rejected& reject : recorded.rejects)
      fmt::print("  line {}: {}\n", reject.line, reject.reason);
    if (read.unfilled > 0) fmt::print("  {} rows are not filled in yet\n", read.unfilled);
    if (!read.unused.empty()) fmt::print("  columns left alone: {}\n", printable(join(read.unused, ", ")));
  }
  return {};
}

Status record_one(store::CaseFile& file, const RecordArguments& arguments, const canvass::Recorder& by) {
  canvass::OutcomeRow row = arguments.row;
  const auto answer = canvass::answer_of(arguments.outcome);
  if (!answer) {
    return wrong_usage(fmt::format("\"{}\" is no outcome", printable(arguments.outcome, 60)),
                       "verified, denied, not-known, moved, deceased, refused or no-contact");
  }
  row.outcome = *answer;
  if (!arguments.said.empty()) {
    const auto basis = canvass::basis_of(arguments.basis);
    if (!basis) return wrong_usage("the basis of a statement", "first-hand, about-relative or hearsay");
    row.statements.push_back({arguments.question, {}, *basis, arguments.speaker, arguments.said});
  }
  SCRUTINEER_TRY(const std::int64_t number, canvass::record(file, row, by, "command line"));
  fmt::print("Recorded as row {}.\n", number);
  return {};
}

Status record_transcript(store::CaseFile& file, const RecordArguments& arguments,
                         const canvass::Recorder& by) {
  std::ifstream input(arguments.transcript, std::ios::binary);
  if (!input) return refused("cannot be read", {.file = arguments.transcript}, "a text file");
  const std::string text((std::istreambuf_iterator<char>(input)), {});
  SCRUTINEER_TRY(
      const std::int64_t number,
      canvass::attach_transcript(file, arguments.row.member, text,
                                 std::filesystem::path(arguments.transcript).filename().string(), by));
  fmt::print("Transcript {}, {} lines. Mark the lines that bear on a question with --mark {}.\n", number,
             canvass::turns_of(text).size(), number);
  return {};
}

Status record_mark(store::CaseFile& file, const RecordArguments& arguments, const canvass::Recorder& by) {
  canvass::Mark mark;
  mark.transcript = *arguments.mark;
  mark.question = arguments.question;
  const auto basis = canvass::basis_of(arguments.basis);
  if (!basis) return wrong_usage("the basis of a mark", "first-hand, about-relative or hearsay");
  mark.basis = *basis;
  const std::string& lines = arguments.lines;
  const char* end = lines.data() + lines.size();
  const auto first = std::from_chars(lines.data(), end, mark.first_line);
  mark.last_line = mark.first_line;
  auto last = first;
  if (first.ec == std::errc() && first.ptr != end && *first.ptr == '-')
    last = std::from_chars(first.ptr + 1, end, mark.last_line);
  if (last.ec != std::errc() || last.ptr != end)
    return wrong_usage(fmt::format("\"{}\" are no lines", printable(lines, 60)), "--lines 3 or --lines 3-5");
  SCRUTINEER_TRY(const std::int64_t number, canvass::mark_lines(file, mark, by));
  fmt::print("Mark {}.\n", number);
  return {};
}

void print_statements(const std::vector<canvass::RecordedRow>& rows, const std::string& member) {
  const auto said = canvass::statements_about(rows, member);
  if (said.empty()) return;
  fmt::print("\nWhat was said of {}, by question, side by side:\n", printable(member, 80));
  std::string question;
  for (const canvass::Said& one : said) {
    if (one.statement.question != question) fmt::print("  {}\n", question = one.statement.question);
    const std::string speaker =
        one.statement.speaker.empty() ? "speaker not noted" : printable(one.statement.speaker, 60);
    fmt::print("    row {}, {}, {}{}: \"{}\"\n", one.outcome, speaker, to_string(one.statement.basis),
               one.corrected ? ", corrected later" : "", printable(one.statement.words));
  }
}

Status list_rows(store::CaseFile& file, const std::string& member) {
  SCRUTINEER_TRY(const auto rows, canvass::recorded_rows(file));
  fmt::print("{:>6}  {:<14}{:<12}{:<18}{:<14}{:>4}  {}\n", "row", "member", "outcome", "visited", "by",
             "call", "");
  for (const canvass::RecordedRow& row : rows) {
    if (!member.empty() && row.row.member != member) continue;
    std::string remark;
    if (row.row.corrects)
      remark = fmt::format("corrects row {}: {}", *row.row.corrects, printable(row.row.reason, 80));
    if (row.corrected_by)
      remark += fmt::format("{}corrected by row {}", remark.empty() ? "" : "; ", *row.corrected_by);
    fmt::print("{:>6}  {:<14}{:<12}{:<18}{:<14}{:>4}  {}\n", row.number, printable(row.row.member, 40),
               to_string(row.row.outcome), row.row.visited_at, printable(row.row.interviewer, 40),
               row.row.attempt > 0 ? std::to_string(row.row.attempt) : "", remark);
  }
  if (member.empty()) return {};
  print_statements(rows, member);
  SCRUTINEER_TRY(const auto found, canvass::transcripts(file, member));
  for (const canvass::Transcript& transcript : found) {
    fmt::print("\nTranscript {} ({}, {} marks):\n", transcript.number, printable(transcript.source, 80),
               transcript.marks.size());
    const auto turns = canvass::turns_of(transcript.text);
    for (const canvass::Mark& mark : transcript.marks) {
      fmt::print("  {} ({}, marked by {}):\n", mark.question, to_string(mark.basis),
                 printable(mark.marked_by, 60));
      for (std::uint64_t line = mark.first_line; line <= mark.last_line && line <= turns.size(); ++line) {
        fmt::print("    {:>4} {}: {}\n", line, printable(turns[line - 1].speaker),
                   printable(turns[line - 1].words));
      }
    }
  }
  return {};
}

Status run_record(const RecordArguments& arguments) {
  const int asked = (arguments.visits.empty() ? 0 : 1) + (arguments.outcome.empty() ? 0 : 1) +
                    (arguments.transcript.empty() ? 0 : 1) + (arguments.mark ? 1 : 0) +
                    (arguments.list ? 1 : 0);
  if (asked != 1)
    return wrong_usage("say what to record", "one of --visits, --outcome, --transcript, --mark or --list");
  const auto mode = arguments.list ? store::SqliteMode::read_only : store::SqliteMode::read_write;
  SCRUTINEER_TRY(store::CaseFile file, store::CaseFile::open(arguments.folder, mode));
  const canvass::Recorder by = {utc_now(), acting(arguments.as)};
  if (arguments.list) return list_rows(file, arguments.row.member);
  if (!arguments.visits.empty()) return record_files(file, arguments, by);
  if (arguments.mark) return record_mark(file, arguments, by);
  if (arguments.row.member.empty()) return wrong_usage("whose door", "--member ID");
  if (!arguments.transcript.empty()) return record_transcript(file, arguments, by);
  return record_one(file, arguments, by);
}

}  // namespace

void add_canvass_record(CLI::App& canvass, Chosen& chosen) {
  auto arguments = std::make_shared<RecordArguments>();
  CLI::App* command =
      canvass.add_subcommand("record", "Keep what the visits brought: append-only, corrections as new rows");
  canvass::OutcomeRow& row = arguments->row;
  command->add_option("case", arguments->folder, "The case folder")->required()->type_name("CASE");
  command
      ->add_option("--visits", arguments->visits,
                   "Files of outcomes (CSV, XLSX), one row a visit; a file that has grown may be given again")
      ->type_name("FILE");
  command->add_option("--member", row.member, "The member's id");
  command->add_option("--outcome", arguments->outcome,
                      "One outcome: verified, denied, not-known, moved, deceased, refused, no-contact");
  command->add_option("--visited", row.visited_at, "When: 2026-06-14 or 2026-06-14T18:40");
  command->add_option("--visitor", row.interviewer, "Who asked");
  command->add_option("--second-visitor", row.second_interviewer, "Who else was there");
  command->add_option("--attempt", row.attempt, "Which call at this door");
  command->add_option("--language", row.language, "Language of the conversation");
  command->add_option("--consent", row.consent, "May the answers be kept with the name: yes or no");
  command->add_option("--said", arguments->said, "Words as they were spoken");
  command->add_option("--question", arguments->question, "The question of the interview they answer")
      ->default_val("anything-else");
  command->add_option("--speaker", arguments->speaker, "Who spoke them");
  command->add_option("--basis", arguments->basis, "first-hand, about-relative or hearsay")
      ->default_val("hearsay");
  command->add_option("--corrects", row.corrects, "The number of the earlier row that was wrong");
  command->add_option("--reason", row.reason, "Why it was wrong");
  command->add_option("--transcript", arguments->transcript, "Attach a transcript to --member")
      ->type_name("FILE");
  command->add_option("--mark", arguments->mark, "Mark --lines of this transcript as bearing on --question");
  command->add_option("--lines", arguments->lines, "Which lines: 3 or 3-5");
  command->add_flag("--list", arguments->list, "Show what is recorded, of --member if given");
  command->add_option("--as", arguments->as, "Who records, for the ledger; default: the login name");
  command->footer(
      "Columns of a file: id, outcome, visited, time, visitor, second-visitor, attempts, language, consent,\n"
      "corrects, reason, statement, question, speaker, basis, about, and one for each question of the "
      "interview.\n\n"
      "Examples:\n"
      "  scrutineer canvass record northmere-case --visits monday.csv --as \"A. Scrutineer\"\n"
      "  scrutineer canvass record northmere-case --member M17 --outcome moved --corrects 12 --reason "
      "\"wrong "
      "flat\"\n"
      "  scrutineer canvass record northmere-case --transcript door17.txt --member M17\n"
      "  scrutineer canvass record northmere-case --mark 1 --lines 3-5 --question who-paid --basis "
      "first-hand");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run_record(*arguments); }; });
}

}  // namespace scrutineer::cli
