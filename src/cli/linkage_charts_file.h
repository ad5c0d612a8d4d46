// --charts DIR: the pictures of a run of the linker.
#ifndef SCRUTINEER_CLI_LINKAGE_CHARTS_FILE_H_
#define SCRUTINEER_CLI_LINKAGE_CHARTS_FILE_H_

#include <span>

#include "base/result.h"
#include "cli/linkage_input.h"
#include "cli/linkage_labels.h"
#include "linkage/link.h"

namespace scrutineer::cli {

// Writes linkage.html into settings.charts (made if need be), or nothing where that is empty. Six of the
// links are explained, from the strongest to the weakest. `report` may be null. One roll against itself:
// `left` and `right` are the same.
Status write_charts(const LinkageSettings& settings, const LinkageRoll& left, const LinkageRoll& right,
                    std::span<const linkage::Field> fields, const linkage::Model& model,
                    const linkage::LinkOptions& options, const linkage::Diagnostics& diagnostics,
                    std::span<const linkage::Link> links, const LabelReport* report);

}  // namespace scrutineer::cli

#endif  // SCRUTINEER_CLI_LINKAGE_CHARTS_FILE_H_
