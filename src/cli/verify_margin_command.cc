// scrutineer verify-margin: checks the certificate of a margin, in whole numbers, by code that did not make
// it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "contest/certificate/certificate.h"
#include "contest/read_ballots.h"

namespace scrutineer::cli {
namespace {

struct VerifyMarginSettings {
  std::string certificate;
  std::optional<std::string> ballots;
  std::optional<std::string> format;
};

std::string bounds_of(const contest::CertifiedClaim& claim) {
  if (claim.impossible) return "no number of papers";
  if (claim.high == claim.low) return fmt::format("{} papers, no fewer", claim.low);
  if (!claim.high) return fmt::format("no fewer than {} papers", claim.low);
  return fmt::format("no fewer than {} papers; {} do", claim.low, *claim.high);
}

Status run(const VerifyMarginSettings& settings) {
  std::ifstream stream(settings.certificate, std::ios::binary);
  if (!stream) return refused("cannot be read", {settings.certificate}, "a certificate of scrutineer margin");
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  SCRUTINEER_TRY(const contest::Certificate certificate,
                 contest::read_certificate(text, settings.certificate));
  if (settings.ballots) {
    SCRUTINEER_TRY(const contest::ContestFile read,
                   contest::read_contest(*settings.ballots, {settings.format}));
    const auto* declared = std::get_if<contest::Declaration>(&read);
    SCRUTINEER_TRY(const contest::Ballots ballots,
                   declared != nullptr ? contest::first_preference_papers(*declared)
                                       : Result<contest::Ballots>(std::get<contest::Ballots>(read)));
    SCRUTINEER_CHECK(contest::check_papers(certificate, ballots));
  }
  SCRUTINEER_CHECK(contest::check_certificate(certificate));
  fmt::print("The certificate holds: {} won under rule {}.\n",
             printable(*certificate.candidates[certificate.winner], 200),
             contest::to_string(certificate.rule));
  for (const contest::CertifiedClaim& claim : certificate.claims)
    fmt::print("  {:6} {:6}  {}\n", contest::to_string(claim.means), claim.change ? "change" : "lots",
               bounds_of(claim));
  fmt::print("{}\n", settings.ballots ? "Its papers are those of the ballots."
                                      : "Its papers were not compared with any ballots (--ballots).");
  return {};
}

}  // namespace

void add_verify_margin(CLI::App& app, Chosen& chosen) {
  auto settings = std::make_shared<VerifyMarginSettings>();
  CLI::App* command =
      app.add_subcommand("verify-margin", "Check the certificate of a margin in whole numbers");
  command->add_option("CERTIFICATE", settings->certificate, "File that scrutineer margin --certificate wrote")
      ->required();
  command->add_option("--ballots", settings->ballots,
                      "The ballots, to compare the certificate's papers with");
  command->add_option("--format", settings->format, "Format of the ballots (default: told from the content)");
  command->footer(
      "Exit status 0 if every claim is proved, 1 with the first that is not.\n\n"
      "Example:\n"
      "  scrutineer margin ballots.blt --rule irv --certificate proof.txt\n"
      "  scrutineer verify-margin proof.txt --ballots ballots.blt");
  command->callback([settings, &chosen] { chosen = [settings] { return run(*settings); }; });
}

}  // namespace scrutineer::cli
