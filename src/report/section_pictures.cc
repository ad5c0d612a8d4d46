#include "report/parts.h"
#include "report/pictures.h"
#include "report/sections.h"

namespace scrutineer::report {

void write_pictures(Html& html, const Facts& facts) {
  std::vector<std::string> missing;
  html.element("div", {{"class", "figures"}}, [&] {
    for (const auto draw : {draw_join_calendar, draw_register_timeline, draw_occupancy, draw_payers,
                            draw_canvass, draw_plan, draw_certificate}) {
      if (auto needs = draw(html, facts)) missing.push_back(std::move(*needs));
    }
  });
  if (missing.empty()) return;
  html.leaf("h3", "Not drawn, and what each would need");
  bullets(html, missing);
}

}  // namespace scrutineer::report
