#include "report/answers.h"
#include "report/sections.h"

namespace scrutineer::report {
namespace {

void write_answer(Html& html, const Answer& answer, int number) {
  const std::string id = "answer-" + std::to_string(number);
  html.element("article", {{"class", "answer"}, {"id", id}, {"aria-labelledby", id + "-question"}}, [&] {
    html.element("h3", {{"id", id + "-question"}}, [&] {
      html.leaf("span", {{"class", "ordinal"}}, std::to_string(number))
          .text(" ")
          .leaf("span", answer.question);
    });
    html.leaf("p", {{"class", "sentence"}}, answer.sentence);
    values(html, answer.numbers);
    html.element("div", {{"class", "pair"}}, [&] {
      html.element("p", [&] { html.leaf("strong", "How sure.").text(" ").text(answer.sure); });
      html.element("p", [&] { html.leaf("strong", "What would change it.").text(" ").text(answer.change); });
    });
    html.element("p", {{"class", "more"}}, [&] {
      html.leaf("a",
                {{"href", "#" + answer.more}, {"aria-label", "More on question " + std::to_string(number)}},
                "More on this");
    });
  });
}

}  // namespace

void write_answers(Html& html, const Facts& facts) {
  int number = 0;
  for (const auto answer : {answer_on_register, answer_on_patterns, answer_on_verdict, answer_on_doors,
                            answer_on_result, answer_on_exhibits}) {
    write_answer(html, answer(facts), ++number);
  }
}

}  // namespace scrutineer::report
