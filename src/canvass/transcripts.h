// Transcripts of conversations at doors: plain text, one turn a line ("AG: Does ... live here?" / "Mr X: He
// is my son."), attached to a member. A person marks the lines that bear on each question of the interview;
// the program never reads them for meaning. Both are append-only and noted in the ledger by digest.
#ifndef SCRUTINEER_CANVASS_TRANSCRIPTS_H_
#define SCRUTINEER_CANVASS_TRANSCRIPTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "canvass/record.h"

namespace scrutineer::canvass {

struct Turn {
  std::string speaker;  // before the first ": " of the line, if that is 1 to 60 bytes; else empty
  std::string words;
};
// Lines of any line ending. A line without a speaker continues the turn before it as a line of its own.
std::vector<Turn> turns_of(std::string_view text);

struct Mark {
  std::int64_t number = 0;
  std::int64_t transcript = 0;
  std::uint64_t first_line = 0, last_line = 0;  // from 1
  std::string question;
  Basis basis = Basis::hearsay;
  std::string marked_by;
};

struct Transcript {
  std::int64_t number = 0;
  std::string member;
  std::string source;
  std::string sha256;  // of the text
  std::string text;
  std::string recorded_by;
  std::vector<Mark> marks;
};

// Attaches a text. Refused if it is not UTF-8, is empty, is longer than a million bytes or holds control
// characters, or if the member is not on the roll. The same text for the same member is attached once: its
// number is returned again.
Result<std::int64_t> attach_transcript(store::CaseFile& file, const std::string& member,
                                       const std::string& text, const std::string& source,
                                       const Recorder& by);

// Marks lines first..last of a transcript as bearing on a question; by.actor is the person who judged so.
Result<std::int64_t> mark_lines(store::CaseFile& file, const Mark& mark, const Recorder& by);

// All of them, or those of one member, with their marks in the order made.
Result<std::vector<Transcript>> transcripts(store::CaseFile& file, std::string_view member = {});

}  // namespace scrutineer::canvass

#endif  // SCRUTINEER_CANVASS_TRANSCRIPTS_H_
