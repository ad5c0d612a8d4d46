// Reading whole files: what is recognised, what is kept, what is refused.
#include "rolls/read_roll.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "rolls/support.h"

namespace scrutineer::rolls {
namespace {

using tests::read_text;
using tests::TemporaryFolder;

TEST(ReadRoll, ReadsAPlainMembersList) {
  const auto roll =
      read_text("Membership No,Forename,Surname,Postcode\n1,Ann,Smith,N1 1AA\n2,Bob,Jones,N1 2BB\n");
  ASSERT_TRUE(roll) << roll.error().message();
  EXPECT_EQ(roll->rows(), 2U);
  EXPECT_EQ(roll->text(Column::id, 1), "2");
  EXPECT_EQ(roll->text(Column::given, 0), "Ann");
  EXPECT_EQ(roll->text(Column::family, 1), "Jones");
  EXPECT_EQ(roll->text(Column::postcode, 0), "N1 1AA");
  EXPECT_EQ(roll->column(Column::payer), nullptr);
  EXPECT_EQ(roll->lines, (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(roll->account.physical_records, 3U);
  EXPECT_EQ(roll->account.header_records, 1U);
  EXPECT_EQ(roll->recognition.encoding, "UTF-8");
  EXPECT_EQ(roll->recognition.delimiter, ",");
}

}  // namespace
}  // namespace scrutineer::rolls
