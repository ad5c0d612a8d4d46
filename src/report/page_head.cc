#include "report/page_head.h"

#include "report/policy.h"
#include "report/style.h"

namespace scrutineer::report {

void write_head(Html& html, const std::string& title, const std::string& program_version) {
  const std::string sheet = style_sheet(title);
  html.element("head", [&] {
    html.empty("meta", {{"charset", "utf-8"}});
    html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", style_policy(sheet)}});
    html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
    html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.empty("meta", {{"name", "generator"}, {"content", "Scrutineer " + program_version}});
    html.leaf("title", shortened(title, 120));
    html.style_sheet(sheet);
  });
}

}  // namespace scrutineer::report
