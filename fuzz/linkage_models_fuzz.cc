// Models and settings that a user hands over: a saved model of this program, and the settings of a Splink
// model, whose SQL is read piece by piece. Nothing in them may crash; what is taken for a model must read
// back from its own text.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/model.h"
#include "linkage/splink_margins.h"
#include "linkage/splink_model.h"
#include "linkage/splink_settings.h"
#include "linkage/splink_sql.h"

using namespace scrutineer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto model = linkage::model_from_json(text, "model.json")) {
    if (!linkage::model_from_json(linkage::to_json(*model), "model.json")) std::abort();
  }
  (void)linkage::read_level(text);
  (void)linkage::read_rule(text);
  std::vector<std::string> wider;
  (void)linkage::read_rules(text, wider);
  if (const auto settings = linkage::splink_settings(text, "settings.json")) {
    std::vector<std::string> notes;
    TextColumn column;
    for (const linkage::SplinkComparison& comparison : settings->comparisons) {
      for (const std::string& name : comparison.columns) {
        for (const linkage::ColumnLevel& level : linkage::column_levels(comparison, name, notes)) {
          if (!(level.m >= 0) || !(level.u >= 0)) std::abort();
        }
      }
      std::vector<linkage::Field> fields;
      for (const std::string& name : comparison.columns)
        fields.push_back({name, linkage::role_of_column(*settings, name), &column, &column});
      const auto model = linkage::model_of_settings(*settings, fields, comparison.columns, notes);
      if (model && !model->empty() && !linkage::model_from_json(linkage::to_json(*model), "m")) std::abort();
    }
  }
  return 0;
}
