#include "linkage/name_variants.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.h"

namespace scrutineer::linkage {
namespace {

// One group a line. A name may stand in up to three groups.
constexpr std::string_view groups_text =
    R"(abigail abi abby abbie gail
abdul abd abdel
agnes aggie nessie
alan al allan allen
albert al bert bertie
alexander alex alec al sandy xander sasha alasdair alastair alistair
alexandra alex sandra lexi lexie sandy sasha alexa
alfred alf alfie fred
alice ali allie
alison ali allie
amanda mandy
amelia amy millie mel
andrea andi
andrew andy drew
angela angie ange
angelina angie
ann anne anna annie nan nancy hannah
anthony antony tony ant
antonia toni
arabella bella
archibald archie
arthur art artie
augustus gus
barbara babs barb barbie
bartholomew bart
beatrice bea beatrix trixie
belinda linda lindy bel
benjamin ben benny benji
bernadette bernie
bernard bernie
bridget bridie biddy
cameron cam
carol carole caroline carolyn carrie caz
catherine katherine kathryn katharine kate katie cathy kathy kath kay kit kitty cath catriona katrina
charles charlie chas chuck charley
charlotte charlie lottie lotte
christina chris tina christine chrissie
christine chris tina chrissie
christopher chris kit topher kris
clifford cliff
constance connie
cornelius neil con
cynthia cindy
daniel dan danny
danielle dani
david dave davy davey dai
deborah deb debbie debra
dennis denis den
derek del
diana di diane
dominic dom nic
donald don donny
dorothy dot dotty dolly dora
douglas doug dougie
edmund ed eddie ted ned
edward ed eddie ted teddy ned ward
edwin ed eddie
eileen aileen
eleanor ellie nell nora elinor leonora ella
elizabeth elisabeth liz lizzie beth betty bess bessie eliza elsie libby lisa betsy lilibet
ellen nell nellie ellie helen
emily em emmie millie
emma em emmie
ernest ernie
eugene gene
evelyn eve evie
ezekiel zeke
fiona fi
florence flo flossie florrie
frances fran franny francesca frankie
francis frank frankie fran
frederick fred freddie freddy frederic
gabriel gabe
gabrielle gaby gabby
gareth gary gaz
geoffrey geoff jeff jeffrey
george georgie
georgina georgie gina
gerald gerry jerry
gerard gerry jerry ged
gertrude gertie trudy
gillian jill gill jilly
gladys glad
graham graeme
gregory greg
gwendolyn gwen
harold harry hal
harriet hattie harrie
helen nell nellie ellen helena
henrietta hettie etta
henry harry hal hank
herbert herb bert bertie
hilary hil
howard howie
hubert bert
hugh hughie huw
humphrey humph
ian iain
isaac ike zac
isabel isabella isobel izzy bella belle isabelle
jack jackie
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem
jane janey jenny janet
janet jan
janice jan
jason jay
jean jeannie
jennifer jen jenny jenni
jeremiah jerry jez
jeremy jerry jez jem
jessica jess jessie
joan joanie
joanna jo joanne
john jack johnny jon jonny ian
jonathan jon jonny jonathon nathan
joseph joe joey jo
josephine jo josie
joshua josh
judith judy jude
julia julie jules
julian jules
karen kaz
katarzyna kasia
kenneth ken kenny
kevin kev
kimberley kim kimberly
laurence larry laurie lawrence
leonard len lenny leo
leslie les lesley
lewis lew lou louis louie
lillian lily lil
linda lin lindy lynda
louise lou
lucinda lucy cindy
lydia liddy
madeleine maddy madeline maddie
malcolm malc mal
malgorzata gosia
marcus mark
margaret maggie meg peggy marge margie rita greta madge daisy mags peg
maria mary marie
marian marion
marilyn lyn
marjorie marge margie
martha mattie patty
martin marty
mary molly polly may mae maria marie
matilda tilly mattie
matthew matt matty mathew
maureen mo
maurice mo morris
maximilian max
maxwell max
melanie mel
melissa mel
michael mick mike micky mikey mickey mitch
michelle shelly shell
mildred millie
miranda mandy
miriam mim
mohammed muhammad mohamed mohammad muhammed md mohd mohamad mahomed mo
mosammat mst mosammet musammat most
nancy nan
natalie nat
nathan nat nate
nathaniel nat nate nathan
nicholas nick nicky nicolas nic
nicola nicky nicki nic nikki
nigel nige
norman norm
oliver ollie olly
olivia liv livvy ollie
oscar ossie
oswald ozzie
pamela pam
patricia pat patsy trish tricia patty
patrick pat paddy pad rick
paul pauly
pauline paula
penelope penny
percival percy
peter pete
philip phil phillip pip
philippa pippa pip
phyllis phyl
priscilla cilla
rachel rach rachael
raymond ray
rebecca becky becca bec
reginald reg reggie
richard rick dick richie ricky rich dickie
robert bob rob bobby robbie bert robin
roberta bobbie
roderick rod roddy
rodney rod
roger rog
roland roly rollo
ronald ron ronnie
rosemary rosie rose romy
rosalind ros rosa
roseanna rose rosie
russell russ
ruth ruthie
salvatore sal
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
sebastian seb bastian
shirley shirl
sidney sid sydney
sigmund sig
simon si
solomon sol
sophia sophie sofia
stanley stan
stephanie steph stevie
stephen steve steven stevie stephan
stewart stuart stu stew
susan sue susie suzy susanna suzanne susannah
sylvester sly
sylvia syl
tamara tammy
terence terry terrance tel
teresa theresa terri tess tessa
theodore ted theo teddy
thomas tom tommy thom
timothy tim timmy
tobias toby
valerie val
vanessa nessa ness
veronica ronnie vera
victor vic
victoria vicky vicki tori vic
vincent vince vinny
violet vi
virginia ginny ginger
vivian viv vivien vivienne
walter wally walt wat
wayne waz
wilfred wilf
wilhelmina mina billie
william bill will billy willie liam wills wm
winifred win winnie freda
yvonne von
zachary zach zac zack
begum bibi khatun khatoon bano beebee
syed sayed saiyed sayeed said
sheikh shaikh sheik shaik
miah mia meah mian
choudhury chowdhury chaudhry chaudhary choudhry chowdhry
uddin ud-din udin
krishnan krishna
aleksander aleksandra alex ola
wojciech wojtek
jerzy jurek george
jozef joseph josef
jan john
pawel paul
piotr peter
iosif joseph
giuseppe beppe joe
giovanni gianni john
francesco franco frank
roberto robert
juan john
jose joseph pepe
francisco paco frank
guillermo memo william
mehmet muhammad mohammed
ahmad ahmed ahmet
yusuf yousuf yousef joseph youssef
ibrahim ebrahim abraham
musa moosa moses
dawud dawood david daud
sulaiman suleiman soliman
ishmael ismail ismael
)";

using Table = std::unordered_map<std::string, VariantGroups>;

Table make_table() {
  Table table;
  std::uint16_t group = 0;
  for (const std::string_view line : split(groups_text, '\n')) {
    if (line.empty()) continue;
    ++group;
    for (const std::string_view name : words(line)) {
      VariantGroups& groups = table[std::string(name)];
      const auto free = std::find(groups.begin(), groups.end(), std::uint16_t{0});
      if (free != groups.end()) *free = group;
    }
  }
  return table;
}

}  // namespace

VariantGroups variant_groups(std::string_view lower_case_name) {
  static const Table table = make_table();  // looked up only, never walked: order does not matter
  const auto found = table.find(std::string(lower_case_name));
  return found == table.end() ? VariantGroups{} : found->second;
}

}  // namespace scrutineer::linkage
