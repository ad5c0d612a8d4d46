// Roles told from headers and content.
#include "linkage/roles.h"

#include <gtest/gtest.h>

#include <functional>

namespace scrutineer::linkage {
namespace {

TextColumn column(std::size_t rows, const std::function<std::string(std::size_t)>& value) {
  TextColumn result;
  for (std::size_t row = 0; row < rows; ++row) result.append(value(row));
  return result;
}

std::optional<Role> role(const std::string& header, const TextColumn& values) {
  const NamedColumn columns[] = {{header, &values}};
  return recognise_roles(columns).front().role;
}

TEST(Roles, ContentSpeaksForDatesCodesAndMail) {
  EXPECT_EQ(role("born", column(500,
                                [](std::size_t row) {
                                  return std::to_string(1940 + row % 60) + "-0" +
                                         std::to_string(1 + row % 9) + "-11";
                                })),
            Role::date);
  EXPECT_EQ(role("x", column(500,
                             [](std::size_t row) {
                               return "n" + std::to_string(row % 20) + " 7a" +
                                      std::string(1, static_cast<char>('a' + row % 26));
                             })),
            Role::code);
  EXPECT_EQ(
      role("contact",
           column(500, [](std::size_t row) { return "p" + std::to_string(row % 90) + "@example.org"; })),
      Role::email);
  EXPECT_EQ(role("no", column(500, [](std::size_t row) { return std::to_string(row % 90 + 1); })),
            Role::number);
}

TEST(Roles, HeadersSpeakForNames) {
  const TextColumn names =
      column(500, [](std::size_t row) { return "name" + std::string(1 + row % 7, 'a'); });
  EXPECT_EQ(role("First Name", names), Role::given_name);
  EXPECT_EQ(role("Surname", names), Role::family_name);
  EXPECT_EQ(role("middle_name", names), Role::middle_name);
  EXPECT_EQ(role("full_name", names), Role::full_name);
  EXPECT_EQ(role("Gender", column(500, [](std::size_t row) { return row % 2 ? "f" : "m"; })), Role::category);
  EXPECT_EQ(
      role("town", column(500, [](std::size_t row) { return "town" + std::string(1 + row % 90, 'x'); })),
      Role::text);
}

TEST(Roles, WhatSaysNothingIsLeftOut) {
  EXPECT_EQ(
      role("soc_sec_id", column(500, [](std::size_t row) { return std::to_string(1000000 + row / 2); })),
      std::nullopt);
  EXPECT_EQ(role("elector", column(500,
                                   [](std::size_t row) {
                                     return "abc" + std::string(row % 20 + 1, 'q') + " " +
                                            std::to_string(row);
                                   })),
            std::nullopt);
  EXPECT_EQ(role("note", column(500, [](std::size_t) { return "x"; })), std::nullopt);
  EXPECT_EQ(role("note", column(500, [](std::size_t) { return ""; })), std::nullopt);
  const TextColumn given = column(300, [](std::size_t row) { return "g" + std::string(row % 11, 'a'); });
  const TextColumn family = column(300, [](std::size_t row) { return "f" + std::string(row % 13, 'b'); });
  const TextColumn both =
      column(300, [&](std::size_t row) { return std::string(given[row]) + " " + std::string(family[row]); });
  const NamedColumn columns[] = {{"forename", &given}, {"surname", &family}, {"first_and_surname", &both}};
  const auto found = recognise_roles(columns);
  EXPECT_EQ(found[0].role, Role::given_name);
  EXPECT_EQ(found[1].role, Role::family_name);
  EXPECT_EQ(found[2].role, std::nullopt);
}

}  // namespace
}  // namespace scrutineer::linkage
