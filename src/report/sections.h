// The sections of report.html, one file each, in the order of the report (report_html.cc). Each writes its
// inside; the landmark and its heading are written around it.
#ifndef SCRUTINEER_REPORT_SECTIONS_H_
#define SCRUTINEER_REPORT_SECTIONS_H_

#include "report/facts.h"
#include "report/html.h"

namespace scrutineer::report {

void write_title_block(Html& html, const Facts& facts);  // <header>: the inquiry, what this is and is not
void write_answers(Html& html, const Facts& facts);      // the six questions
void write_verdict(Html& html, const Facts& facts);
void write_key_test(Html& html, const Facts& facts);    // histogram, statistics, pairs
void write_chronology(Html& html, const Facts& facts);  // what was known when
void write_impact(Html& html, const Facts& facts);
void write_pictures(Html& html, const Facts& facts);
void write_members(Html& html, const Facts& facts);   // who is not at the address given, and who not eligible
void write_findings(Html& html, const Facts& facts);  // by tier and signal
void write_silent_signals(Html& html, const Facts& facts);  // ran and listed nothing; could not run
void write_rolls(Html& html, const Facts& facts);           // data quality
void write_linkage(Html& html, const Facts& facts);
void write_name_classes(Html& html, const Facts& facts);  // whether its errors weigh on some names more
void write_methods(Html& html, const Facts& facts);
void write_digests(Html& html, const Facts& facts);
void write_glossary(Html& html, const Facts& facts);
void write_checks(Html& html, const Facts& facts);  // how to check this report

}  // namespace scrutineer::report

#endif  // SCRUTINEER_REPORT_SECTIONS_H_
