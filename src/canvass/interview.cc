#include "canvass/interview.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "canvass/outcome_row.h"

namespace scrutineer::canvass {
namespace {

using Json = nlohmann::json;

constexpr std::string_view label_names[] = {"sheet",    "of",      "household", "member",     "number",
                                            "call",     "day",     "time",      "outcome",    "interviewers",
                                            "language", "speaker", "words",     "instruction"};
constexpr std::string_view leaflet_parts[] = {"who", "why", "kept", "rights", "object"};

// Reads texts and remembers the first that is missing.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}
  std::string text(const Json& in, std::string_view name) {
    const auto found = in.is_object() ? in.find(std::string(name)) : in.end();
    if (in.is_object() && found != in.end() && found->is_string() &&
        !found->get_ref<const std::string&>().empty())
      return found->get<std::string>();
    if (missing_.empty()) missing_ = name;
    return {};
  }
  std::string text(std::string_view name) { return text(json_, name); }
  const Json& part(std::string_view name) {
    static const Json nothing = Json::object();
    const auto found = json_.find(std::string(name));
    return found != json_.end() ? *found : nothing;
  }
  std::pair<std::string, std::string> pair(const Json& in, std::string_view name) {
    const auto found = in.is_object() ? in.find(std::string(name)) : in.end();
    if (in.is_object() && found != in.end() && found->is_array() && found->size() == 2 &&
        (*found)[0].is_string() && (*found)[1].is_string())
      return {(*found)[0].get<std::string>(), (*found)[1].get<std::string>()};
    if (missing_.empty()) missing_ = name;
    return {};
  }
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  const Json& json_;
  std::string missing_;
};

}  // namespace

Result<Interview> parse_interview(std::string_view text, const std::string& where) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return refused("is no JSON object", {.file = where}, "the texts of an interview");
  Reader reader(json);
  Interview found;
  found.language = reader.text("language");
  found.name = reader.text("name");
  found.right_to_left = reader.text("direction") == "rtl";
  found.checked = reader.text("checked");
  found.introduction = reader.text("introduction");
  found.consent = reader.text("consent");
  for (std::size_t i = 0; i < answer_count; ++i)
    found.outcomes[i] = reader.text(reader.part("outcomes"), to_string(static_cast<Answer>(i)));
  for (const std::string_view question : interview_questions())
    found.questions.push_back(reader.text(reader.part("questions"), question));
  for (const std::string_view name : label_names)
    found.labels[std::string(name)] = reader.text(reader.part("labels"), name);
  found.leaflet_title = reader.text(reader.part("leaflet"), "title");
  for (const std::string_view name : leaflet_parts)
    found.leaflet.push_back(reader.pair(reader.part("leaflet"), name));
  if (!reader.missing().empty())
    return refused(fmt::format("the text \"{}\" is missing", reader.missing()), {.file = where});
  return found;
}

std::vector<std::string> built_in_languages() {
  std::vector<std::string> known;
  for (const std::string_view text : built_in_interviews())
    known.push_back(Json::parse(text)["language"].get<std::string>());
  return known;
}

Result<Interview> interview_in(const std::string& language) {
  if (language.ends_with(".json")) {
    std::ifstream input(language, std::ios::binary);
    if (!input) return refused("cannot be read", {.file = language}, "a file of interview texts");
    const std::string text((std::istreambuf_iterator<char>(input)), {});
    return parse_interview(text, language);
  }
  for (const std::string_view text : built_in_interviews()) {
    SCRUTINEER_TRY(Interview interview, parse_interview(text, "interview"));
    if (interview.language == language) return interview;
  }
  return wrong_usage(fmt::format("there are no interview texts in \"{}\"", printable(language, 40)),
                     join(built_in_languages(), ", ") + ", or a file of your own that ends in .json");
}

}  // namespace scrutineer::canvass
