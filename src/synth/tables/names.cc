#include "synth/tables/tables.h"

namespace scrutineer::synth {
namespace {

constexpr std::string_view british_male[] = {
    "John",     "David",   "Paul",      "Michael",     "Andrew",   "Mark",    "James",   "Peter",
    "Stephen",  "Robert",  "Richard",   "Christopher", "Alan",     "Simon",   "Ian",     "Kevin",
    "Daniel",   "Thomas",  "Matthew",   "William",     "Philip",   "Martin",  "Anthony", "Colin",
    "Jonathan", "Graham",  "Gary",      "Neil",        "Nicholas", "Stuart",  "Keith",   "Adam",
    "Benjamin", "Craig",   "Darren",    "Lee",         "Timothy",  "Jack",    "Joshua",  "Samuel",
    "Joseph",   "Luke",    "Ryan",      "Alexander",   "Harry",    "George",  "Oliver",  "Edward",
    "Charles",  "Brian",   "Roger",     "Kenneth",     "Geoffrey", "Raymond", "Derek",   "Trevor",
    "Barry",    "Dennis",  "Terence",   "Nigel",       "Jason",    "Carl",    "Dean",    "Scott",
    "Shaun",    "Ross",    "Gavin",     "Liam",        "Connor",   "Jordan",  "Nathan",  "Aaron",
    "Jake",     "Callum",  "Lewis",     "Kieran",      "Dominic",  "Patrick", "Russell", "Howard",
    "Malcolm",  "Leonard", "Ronald",    "Gordon",      "Bernard",  "Frank",   "Albert",  "Arthur",
    "Leslie",   "Henry",   "Frederick", "Stanley",     "Ernest",   "Hugh",    "Julian",  "Adrian",
    "Duncan",   "Fraser",  "Angus",     "Rhys",        "Gareth",   "Owen",    "Dylan",   "Toby",
    "Max",      "Archie",  "Felix",     "Theo",        "Elliot",   "Miles",   "Rupert",  "Giles",
    "Clive",    "Rodney",  "Desmond",   "Winston",     "Leroy",    "Delroy",  "Marlon"};
constexpr std::string_view british_female[] = {
    "Susan",     "Margaret",  "Sarah",    "Karen",    "Jacqueline", "Deborah",   "Tracey",    "Jane",
    "Helen",     "Diane",     "Sharon",   "Julie",    "Alison",     "Amanda",    "Caroline",  "Elizabeth",
    "Christine", "Linda",     "Patricia", "Claire",   "Nicola",     "Emma",      "Joanne",    "Lisa",
    "Michelle",  "Samantha",  "Rebecca",  "Laura",    "Rachel",     "Victoria",  "Katherine", "Louise",
    "Jennifer",  "Catherine", "Gemma",    "Kelly",    "Hannah",     "Charlotte", "Lauren",    "Emily",
    "Jessica",   "Sophie",    "Amy",      "Chloe",    "Megan",      "Lucy",      "Bethany",   "Georgia",
    "Olivia",    "Ellie",     "Holly",    "Natalie",  "Stephanie",  "Danielle",  "Leanne",    "Donna",
    "Lorraine",  "Maureen",   "Jean",     "Mary",     "Joan",       "Dorothy",   "Sheila",    "Barbara",
    "Pauline",   "Carol",     "Ann",      "Gillian",  "Janet",      "Valerie",   "Marion",    "Hilary",
    "Judith",    "Wendy",     "Lesley",   "Beverley", "Angela",     "Heather",   "Fiona",     "Kirsty",
    "Eleanor",   "Abigail",   "Alice",    "Grace",    "Daisy",      "Poppy",     "Freya",     "Molly",
    "Martha",    "Rosemary",  "Sylvia",   "Beryl",    "Doris",      "Irene",     "Edith",     "Vera",
    "Phyllis",   "Joyce",     "Audrey",   "Hazel",    "Yvonne",     "Denise",    "Paula",     "Theresa",
    "Tina",      "Mandy",     "Dawn",     "Zoe",      "Naomi",      "Ruth",      "Esther",    "Frances",
    "Harriet",   "Imogen",    "Bronwen",  "Sian",     "Rhiannon",   "Cerys",     "Isla",      "Eilidh",
    "Morag",     "Marcia",    "Beverly",  "Sonia"};
constexpr std::string_view british_family[] = {
    "Smith",      "Jones",    "Taylor",    "Williams", "Brown",     "Davies",    "Evans",     "Wilson",
    "Thomas",     "Roberts",  "Johnson",   "Lewis",    "Walker",    "Robinson",  "Wood",      "Thompson",
    "White",      "Watson",   "Jackson",   "Wright",   "Green",     "Harris",    "Cooper",    "King",
    "Lee",        "Martin",   "Clarke",    "James",    "Morgan",    "Hughes",    "Edwards",   "Hill",
    "Moore",      "Clark",    "Harrison",  "Scott",    "Young",     "Morris",    "Hall",      "Ward",
    "Turner",     "Carter",   "Phillips",  "Mitchell", "Patterson", "Adams",     "Campbell",  "Anderson",
    "Allen",      "Cook",     "Bailey",    "Parker",   "Miller",    "Davis",     "Murphy",    "Price",
    "Bell",       "Baker",    "Griffiths", "Simpson",  "Marshall",  "Collins",   "Bennett",   "Cox",
    "Richardson", "Fox",      "Gray",      "Rose",     "Chapman",   "Hunt",      "Robertson", "Shaw",
    "Reynolds",   "Lloyd",    "Ellis",     "Richards", "Russell",   "Wilkinson", "Graham",    "Stewart",
    "Reid",       "Murray",   "Powell",    "Palmer",   "Holmes",    "Rogers",    "Stevens",   "Walsh",
    "Hunter",     "Matthews", "Butler",    "Barnes",   "Knight",    "Mason",     "Webb",      "Pearson",
    "Dixon",      "Francis",  "Grant",     "Burton",   "Spencer",   "Hart",      "Dawson",    "Bishop",
    "Bird",       "Stone",    "Cole",      "Day",      "Lane",      "Page",      "Rowe",      "Nash",
    "Frost",      "Pope",     "Marsh"};
constexpr std::string_view british_heads[] = {
    "Ash",   "Birch", "Black", "Brad", "Bram", "Brant", "Brock", "Burn",  "Chat", "Clay",  "Clif",  "Cole",
    "Copp",  "Crom",  "Dun",   "East", "El",   "Fair",  "Farn",  "Field", "Gar",  "Gold",  "Grim",  "Hal",
    "Ham",   "Harl",  "Hart",  "Has",  "Hay",  "Hazel", "Hem",   "Hol",   "Hor",  "Hux",   "Kel",   "Kings",
    "Lang",  "Lock",  "Long",  "Lyn",  "Mar",  "Mel",   "Mid",   "Mor",   "Nor",  "North", "Oak",   "Or",
    "Pem",   "Pres",  "Ram",   "Red",  "Rock", "Row",   "Sel",   "Sher",  "Shel", "Stan",  "Stock", "Sut",
    "Thorn", "Tor",   "Wal",   "Wake", "Wel",  "West",  "Whit",  "Wil",   "Win",  "Wood"};
constexpr std::string_view british_tails[] = {"ley",   "ton",  "field", "worth", "ford", "well",  "ham",
                                              "bury",  "wood", "stone", "combe", "by",   "croft", "gate",
                                              "dale",  "land", "brook", "smith", "man",  "ing",   "ston",
                                              "house", "more", "ell",   "ridge"};

constexpr std::string_view irish_male[] = {
    "Patrick", "Michael", "John",  "James",  "Sean",   "Thomas",   "Brendan", "Kevin",
    "Declan",  "Eamon",   "Conor", "Liam",   "Niall",  "Padraig",  "Ciaran",  "Gerard",
    "Dermot",  "Fergus",  "Eoin",  "Cormac", "Colm",   "Finbar",   "Noel",    "Brian",
    "Daniel",  "Martin",  "Oisin", "Ronan",  "Cathal", "Diarmuid", "Donal",   "Rory"};
constexpr std::string_view irish_female[] = {
    "Mary",       "Margaret", "Bridget",   "Kathleen", "Siobhan", "Aoife",     "Niamh",  "Sinead",
    "Orla",       "Ciara",    "Grainne",   "Maeve",    "Deirdre", "Eileen",    "Noreen", "Teresa",
    "Bernadette", "Roisin",   "Catherine", "Anne",     "Nuala",   "Fionnuala", "Breda",  "Una",
    "Clodagh",    "Caoimhe",  "Aisling",   "Mairead",  "Eimear",  "Geraldine"};
constexpr std::string_view irish_family[] = {
    "Murphy",     "Kelly",   "O'Sullivan", "Walsh",     "Byrne",    "Ryan",     "O'Connor",  "O'Neill",
    "O'Reilly",   "Doyle",   "McCarthy",   "Gallagher", "Doherty",  "Kennedy",  "Lynch",     "Murray",
    "Quinn",      "Moore",   "McLaughlin", "O'Carroll", "Connolly", "Daly",     "O'Connell", "Wilson",
    "Dunne",      "Brennan", "Burke",      "Collins",   "Campbell", "Clarke",   "Hughes",    "Farrell",
    "Fitzgerald", "Nolan",   "Healy",      "Brady",     "Duffy",    "Kavanagh", "Power",     "Martin",
    "Regan",      "Flynn",   "Maguire",    "Casey",     "Foley",    "Keane",    "Sheehan",   "Buckley",
    "Hogan",      "Moran"};
constexpr std::string_view irish_heads[] = {"Mc", "O'", "Fitz"};
constexpr std::string_view irish_tails[] = {
    "Gowan",  "Grath",   "Keever", "Namara",  "Hara",   "Shea",    "Dowd",     "Leary", "Mahony", "Rourke",
    "Gerald", "Patrick", "Simon",  "Dermott", "Donagh", "Inerney", "Guinness", "Elroy", "Nulty",  "Veigh"};

constexpr std::string_view bengali_male[] = {
    "Rafiq",   "Karim",   "Rahim",   "Jamal",   "Kamal",  "Hasan",  "Faruk",  "Shahid",  "Anwar",
    "Aziz",    "Habib",   "Iqbal",   "Jalal",   "Kabir",  "Mahbub", "Masud",  "Mizan",   "Monir",
    "Nasir",   "Nurul",   "Rashid",  "Salim",   "Shafiq", "Sharif", "Siraj",  "Tariq",   "Yusuf",
    "Zakir",   "Imran",   "Arif",    "Araf",    "Asif",   "Bilal",  "Hamza",  "Ibrahim", "Ismail",
    "Khalid",  "Luthfur", "Abul",    "Anis",    "Badrul", "Dilwar", "Emdad",  "Foysal",  "Gias",
    "Helal",   "Ikbal",   "Jubayer", "Khairul", "Liton",  "Mamun",  "Nazmul", "Ruhul",   "Saiful",
    "Tofayel", "Usman",   "Wahid",   "Zahid",   "Shamim", "Ripon",  "Sohel"};
constexpr std::string_view bengali_female[] = {
    "Rahima", "Fatima", "Ayesha",  "Khadija", "Nasima", "Rokeya", "Salma",  "Shahnaz", "Jahanara", "Hasina",
    "Halima", "Hosna",  "Amina",   "Aklima",  "Anwara", "Bilkis", "Dilara", "Farida",  "Ferdousi", "Gulshan",
    "Hamida", "Jesmin", "Kulsum",  "Lutfa",   "Maleka", "Momtaz", "Nazma",  "Nilufar", "Parvin",   "Rabeya",
    "Rehana", "Rina",   "Roushan", "Sabina",  "Saleha", "Shirin", "Sufia",  "Sultana", "Tahmina",  "Yasmin",
    "Zohura", "Maryam", "Sumaiya", "Tasnim",  "Nadia",  "Sadia",  "Rumana", "Lubna",   "Shopna",   "Khaleda"};
constexpr std::string_view bengali_family[] = {
    "Miah",      "Uddin",    "Ali",       "Ahmed",  "Hussain",   "Islam",    "Khan",    "Rahman",
    "Chowdhury", "Alam",     "Haque",     "Malik",  "Sarkar",    "Talukdar", "Mahmood", "Akhtar",
    "Sheikh",    "Siddique", "Choudhury", "Kazi",   "Mollah",    "Bari",     "Mannan",  "Khalique",
    "Rob",       "Matin",    "Quddus",    "Jabbar", "Sattar",    "Latif",    "Majid",   "Hannan",
    "Shahid",    "Bhuiyan",  "Hossain",   "Hoque",  "Khandaker", "Munshi",   "Laskar",  "Sikder"};

constexpr std::string_view punjabi_male[] = {"Harpreet",  "Gurpreet",  "Manjit",   "Balbir",  "Jaswinder",
                                             "Kulwinder", "Amarjit",   "Sukhdev",  "Ranjit",  "Surinder",
                                             "Paramjit",  "Avtar",     "Gurdeep",  "Jagdeep", "Rajinder",
                                             "Satnam",    "Tarlochan", "Mohinder", "Baldev",  "Daljit",
                                             "Hardeep",   "Inderjit",  "Karamjit", "Lakhbir", "Navdeep"};
constexpr std::string_view punjabi_female[] = {
    "Harpreet", "Gurpreet",  "Manjit",   "Jaswinder", "Kulwinder",  "Amarjit", "Surinder",
    "Paramjit", "Rajinder",  "Daljit",   "Baljit",    "Sukhwinder", "Kuldip",  "Simran",
    "Jasmin",   "Navneet",   "Ravinder", "Satwinder", "Parminder",  "Mandeep", "Kiran",
    "Gurbaksh", "Harbhajan", "Inderjit", "Tejinder"};
constexpr std::string_view punjabi_family[] = {
    "Singh",    "Gill",   "Sandhu", "Dhillon",  "Sidhu",   "Grewal",   "Bains", "Johal",  "Atwal",
    "Dhaliwal", "Sahota", "Virk",   "Randhawa", "Bhullar", "Mann",     "Brar",  "Cheema", "Chahal",
    "Hundal",   "Kang",   "Nijjar", "Purewal",  "Rai",     "Sanghera", "Toor"};

constexpr std::string_view gujarati_male[] = {
    "Rajesh", "Bharat", "Dinesh", "Mahesh", "Suresh",  "Ramesh", "Nilesh", "Hitesh", "Jayesh", "Kalpesh",
    "Mukesh", "Paresh", "Sanjay", "Vijay",  "Ashok",   "Anil",   "Kishor", "Manish", "Pravin", "Rakesh",
    "Amit",   "Chirag", "Dhruv",  "Hiren",  "Jignesh", "Ketan",  "Mihir",  "Nikhil", "Rohan",  "Vishal"};
constexpr std::string_view gujarati_female[] = {
    "Nisha",   "Priya",  "Meena",  "Hansa",  "Jaya",   "Kokila", "Manjula", "Nayna", "Pushpa", "Rekha",
    "Sangita", "Urmila", "Varsha", "Bhavna", "Daksha", "Gita",   "Hetal",   "Jyoti", "Kavita", "Lata",
    "Mita",    "Neha",   "Pooja",  "Rupal",  "Sejal",  "Shilpa", "Sonal",   "Tejal", "Trupti", "Vandana"};
constexpr std::string_view gujarati_family[] = {
    "Patel",  "Shah",    "Desai",   "Mehta", "Joshi",   "Parmar",  "Chauhan", "Solanki", "Mistry",  "Modi",
    "Gandhi", "Trivedi", "Pandya",  "Bhatt", "Thakkar", "Vyas",    "Rana",    "Soni",    "Panchal", "Lad",
    "Parekh", "Amin",    "Kotecha", "Raja",  "Sheth",   "Vaghela", "Makwana", "Gohil"};

constexpr std::string_view polish_male[] = {
    "Piotr",    "Krzysztof", "Andrzej", "Tomasz", "Paweł",    "Jan",        "Michał",   "Marcin",
    "Jakub",    "Adam",      "Łukasz",  "Marek",  "Grzegorz", "Mateusz",    "Wojciech", "Mariusz",
    "Dariusz",  "Zbigniew",  "Rafał",   "Robert", "Kamil",    "Jacek",      "Jerzy",    "Szymon",
    "Sławomir", "Artur",     "Bartosz", "Dawid",  "Maciej",   "Przemysław", "Radosław", "Sebastian"};
constexpr std::string_view polish_female[] = {
    "Anna",     "Katarzyna", "Maria",      "Małgorzata", "Agnieszka", "Barbara", "Ewa",    "Krystyna",
    "Elżbieta", "Magdalena", "Joanna",     "Monika",     "Zofia",     "Teresa",  "Danuta", "Natalia",
    "Julia",    "Karolina",  "Aleksandra", "Dorota",     "Beata",     "Justyna", "Renata", "Iwona",
    "Paulina",  "Sylwia",    "Patrycja",   "Marta",      "Kinga",     "Izabela"};
constexpr std::string_view polish_family[] = {
    "Nowak",     "Wójcik",  "Woźniak", "Mazur",      "Krawczyk", "Kaczmarek", "Zając", "Król",     "Wróbel",
    "Wieczorek", "Stępień", "Dudek",   "Pawlak",     "Walczak",  "Sikora",    "Baran", "Szewczyk", "Pietrzak",
    "Marciniak", "Bąk",     "Duda",    "Włodarczyk", "Kubiak",   "Wilk",      "Lis",   "Kołodziej"};
constexpr std::string_view polish_heads[] = {
    "Kowal",   "Wiśniew", "Lewandow",   "Kamin",    "Zieliń",   "Szymań",   "Dąbrow",
    "Kozłow",  "Jankow",  "Wojciechow", "Kwiatkow", "Kaczorow", "Piotrow",  "Grabow",
    "Nowakow", "Pawłow",  "Michalow",   "Adamcz",   "Jabłoń",   "Wysoc",    "Ostrow",
    "Borow",   "Sosnow",  "Malinow",    "Rutkow",   "Sadow",    "Tomaszew", "Zalew"};
constexpr std::string_view polish_tails[] = {"ski"};

constexpr std::string_view west_african_male[] = {
    "Emmanuel",  "Samuel",    "Daniel",  "Kwame",       "Kofi",     "Kwabena",   "Yaw",    "Kojo",
    "Oluwaseun", "Babatunde", "Adebayo", "Chukwuemeka", "Chinedu",  "Ikechukwu", "Obinna", "Tunde",
    "Femi",      "Segun",     "Kunle",   "Ibrahim",     "Musa",     "Isaac",     "Joseph", "Emeka",
    "Uche",      "Ayodele",   "Olumide", "Kwasi",       "Ebenezer", "Abraham",   "Godwin", "Sunday"};
constexpr std::string_view west_african_female[] = {
    "Grace",      "Blessing",  "Comfort", "Abena",  "Akosua",  "Ama",      "Efua",    "Adwoa",
    "Oluwatoyin", "Folake",    "Ngozi",   "Chioma", "Amaka",   "Ifeoma",   "Nneka",   "Yetunde",
    "Bukola",     "Funmilayo", "Aminata", "Fatou",  "Mariama", "Esther",   "Mercy",   "Patience",
    "Charity",    "Gifty",     "Afua",    "Adaeze", "Chinwe",  "Titilayo", "Omolara", "Victoria"};
constexpr std::string_view west_african_family[] = {
    "Mensah",  "Owusu",  "Boateng", "Asante", "Osei",    "Appiah",  "Agyemang", "Addo",  "Amoah",   "Okafor",
    "Okonkwo", "Eze",    "Nwosu",   "Okoro",  "Adeyemi", "Balogun", "Ogunleye", "Bello", "Ibrahim", "Kamara",
    "Sesay",   "Conteh", "Bangura", "Koroma", "Diallo",  "Jallow",  "Ceesay",   "Okeke", "Obi",     "Antwi"};
constexpr std::string_view west_african_heads[] = {"Ade", "Olu", "Oluwa", "Ogun", "Aki", "Ola",
                                                   "Ayo", "Oye", "Omo",   "Baba", "Fa"};
constexpr std::string_view west_african_tails[] = {"bayo",  "wole",   "seun", "tunde", "femi",  "kunle",
                                                   "sanya", "dipo",   "lade", "yinka", "shola", "niyi",
                                                   "deji",  "gbenga", "tola", "bisi"};

constexpr std::string_view turkish_male[] = {
    "Mehmet", "Mustafa", "Ahmet",   "Ali",      "Hüseyin", "Hasan", "İbrahim", "İsmail", "Osman", "Yusuf",
    "Murat",  "Ömer",    "Ramazan", "Süleyman", "Halil",   "Kemal", "Recep",   "Emre",   "Burak", "Serkan",
    "Volkan", "Cem",     "Deniz",   "Erdem",    "Fatih",   "Hakan", "Kaan",    "Levent"};
constexpr std::string_view turkish_female[] = {
    "Fatma",  "Ayşe",  "Emine", "Hatice", "Zeynep", "Elif",  "Meryem", "Şerife", "Sultan", "Zehra",
    "Hanife", "Merve", "Havva", "Zeliha", "Esra",   "Özlem", "Gülşen", "Sevgi",  "Songül", "Yasemin",
    "Tülay",  "Dilek", "Ebru",  "Filiz",  "Gamze",  "Hülya", "Leyla",  "Nuray"};
constexpr std::string_view turkish_family[] = {
    "Yılmaz",  "Kaya",   "Demir", "Çelik",   "Şahin", "Yıldız",  "Yıldırım", "Öztürk", "Aydın",
    "Özdemir", "Arslan", "Doğan", "Kılıç",   "Aslan", "Çetin",   "Kara",     "Koç",    "Kurt",
    "Özkan",   "Şimşek", "Polat", "Korkmaz", "Çakır", "Erdoğan", "Güneş",    "Bulut"};
constexpr std::string_view turkish_heads[] = {"Hacı",  "İmam", "Kadı",  "Keskin", "Mutlu", "Topal",
                                              "Kör",   "Deli", "Sarı",  "Uzun",   "Bekir", "Ömer",
                                              "Halil", "Veli", "Çavuş", "Usta"};
constexpr std::string_view turkish_tails[] = {"oğlu"};

constexpr std::string_view chinese_male[] = {
    "Wei",      "Jun",      "Ming",    "Jian",    "Hao",      "Yong",     "Chi Keung", "Kam Wing", "Siu Ming",
    "Ka Ho",    "Wai Kit",  "Jie",     "Lei",     "Bo",       "Tao",      "Feng",      "Yang",     "Xiaoming",
    "Guoqiang", "Zhiqiang", "Kin Man", "Tsz Hin", "Chun Kit", "Kwok Wai", "Jianhua",   "Haoran"};
constexpr std::string_view chinese_female[] = {
    "Li",       "Fang",   "Mei",       "Yan",       "Hui",     "Jing",     "Xiu Ying", "Mei Ling", "Wai Yee",
    "Siu Fong", "Ka Yan", "Yuet Ling", "Ying",      "Na",      "Xia",      "Hong",     "Juan",     "Ping",
    "Lan",      "Qing",   "Suk Yee",   "Tsz Ching", "Hoi Yan", "Lai Kuen", "Xiaoyan",  "Yuhan"};
constexpr std::string_view chinese_family[] = {
    "Chan", "Wong", "Li",   "Wang", "Zhang", "Liu",  "Chen",  "Yang", "Huang", "Zhao",   "Wu",    "Zhou",
    "Xu",   "Sun",  "Ma",   "Zhu",  "Hu",    "Lin",  "Guo",   "He",   "Lam",   "Cheung", "Leung", "Ho",
    "Ng",   "Lau",  "Tang", "Yip",  "Kwok",  "Chow", "Tsang", "Fung", "Yeung", "Mak",    "Lai"};

constexpr std::string_view portuguese_male[] = {
    "José",   "João",   "António", "Manuel",  "Francisco", "Luís",   "Carlos",   "Paulo",  "Pedro",
    "Jorge",  "Rui",    "Miguel",  "Nuno",    "Ricardo",   "Tiago",  "Fernando", "Bruno",  "Marco",
    "Hélder", "Sérgio", "Vítor",   "Gonçalo", "Filipe",    "Rafael", "Thiago",   "Rodrigo"};
constexpr std::string_view portuguese_female[] = {
    "Maria",  "Ana",    "Joana",    "Sofia",   "Isabel",  "Teresa",   "Paula",    "Cristina", "Carla",
    "Sandra", "Mónica", "Patrícia", "Marta",   "Inês",    "Catarina", "Rita",     "Lúcia",    "Conceição",
    "Fátima", "Helena", "Beatriz",  "Mariana", "Juliana", "Fernanda", "Gabriela", "Sílvia"};
constexpr std::string_view portuguese_family[] = {
    "Silva",    "Santos",    "Ferreira",  "Pereira", "Oliveira", "Costa",   "Rodrigues", "Martins", "Jesus",
    "Sousa",    "Fernandes", "Gonçalves", "Gomes",   "Lopes",    "Marques", "Alves",     "Almeida", "Ribeiro",
    "Pinto",    "Carvalho",  "Teixeira",  "Moreira", "Correia",  "Mendes",  "Nunes",     "Soares",  "Vieira",
    "Monteiro", "Cardoso",   "Rocha",     "Neves",   "Coelho",   "Cruz",    "Cunha",     "Pires",   "Ramos",
    "Reis",     "Simões",    "Antunes",   "Matos",   "Fonseca"};

constexpr std::string_view arabic_male[] = {
    "Mohamed", "Ahmed",   "Ali",     "Omar",     "Youssef",    "Hassan",  "Ibrahim",
    "Khaled",  "Mahmoud", "Mustafa", "Abdullah", "Abdirahman", "Hussein", "Said",
    "Karim",   "Tarek",   "Samir",   "Walid",    "Bilal",      "Hamid",   "Nabil",
    "Rachid",  "Faisal",  "Jamal",   "Abdi",     "Farah",      "Idris",   "Salah"};
constexpr std::string_view arabic_female[] = {
    "Fatima", "Aisha",  "Mariam", "Amina",  "Khadija", "Zainab", "Hodan", "Halima", "Sahra", "Asha",
    "Noura",  "Layla",  "Salma",  "Samira", "Hanan",   "Nadia",  "Rania", "Huda",   "Ikram", "Naima",
    "Hibo",   "Faduma", "Leila",  "Souad",  "Karima",  "Yasmin", "Iman",  "Latifa"};
constexpr std::string_view arabic_family[] = {
    "Hassan",  "Ali",   "Mohamed", "Ahmed",  "Hussein", "Ibrahim", "Osman",  "Abdi",   "Farah",
    "Yusuf",   "Omar",  "Warsame", "Adan",   "Jama",    "Nur",     "Said",   "Khalil", "Haddad",
    "Mansour", "Saleh", "Nasser",  "Khoury", "Amin",    "Bakr",    "Hamdan", "Aziz"};
constexpr std::string_view arabic_heads[] = {"Al-", "El-", "Ben ", "Abdul "};
constexpr std::string_view arabic_tails[] = {"Masri",  "Hashimi", "Rashid",  "Jabri",    "Amrani", "Idrissi",
                                             "Najjar", "Sharif",  "Tikriti", "Baghdadi", "Alami",  "Fassi",
                                             "Rahman", "Aziz",    "Karim",   "Hakim",    "Latif",  "Wahab"};

constexpr std::string_view romanian_male[] = {
    "Andrei",  "Alexandru", "Gheorghe", "Ion",    "Mihai",   "Vasile", "Constantin", "Florin",
    "Marian",  "Cristian",  "Daniel",   "Bogdan", "Adrian",  "Ionuț",  "Nicolae",    "Ștefan",
    "Cătălin", "Răzvan",    "Sorin",    "Marius", "Gabriel", "Lucian", "Ovidiu",     "Petru"};
constexpr std::string_view romanian_female[] = {
    "Maria",     "Elena",    "Ioana",  "Ana",      "Mihaela", "Andreea",     "Cristina", "Daniela",
    "Alexandra", "Gabriela", "Alina",  "Simona",   "Mariana", "Florentina",  "Adriana",  "Nicoleta",
    "Raluca",    "Oana",     "Roxana", "Loredana", "Camelia", "Lăcrămioara", "Carmen",   "Monica"};
constexpr std::string_view romanian_family[] = {
    "Popa",  "Popescu", "Ionescu",  "Radu",       "Dumitru", "Stan",  "Stoica",   "Gheorghe",
    "Matei", "Ciobanu", "Rusu",     "Constantin", "Marin",   "Lazăr", "Munteanu", "Dinu",
    "Toma",  "Barbu",   "Moldovan", "Ilie",       "Neagu",   "Sandu"};
constexpr std::string_view romanian_heads[] = {"Con",  "Dumi",  "Flor",  "Geor",   "Ili",   "Marin", "Petr",
                                               "Stef", "Vasil", "Nicol", "Grigor", "Andre", "Tom",   "Tudor"};
constexpr std::string_view romanian_tails[] = {"escu", "eanu"};

constexpr NameTable tables[tradition_count] = {
    {52, british_male, british_female, british_family, british_heads, british_tails, 0.45, 0.75, 0.85},
    {5, irish_male, irish_female, irish_family, irish_heads, irish_tails, 0.8, 0.6, 0.85},
    {11, bengali_male, bengali_female, bengali_family, {}, {}, 1, 0.25, 0.25},
    {3, punjabi_male, punjabi_female, punjabi_family, {}, {}, 0.9, 0.1, 0.9},
    {4, gujarati_male, gujarati_female, gujarati_family, {}, {}, 0.92, 0.6, 0.9},
    {5, polish_male, polish_female, polish_family, polish_heads, polish_tails, 0.6, 0.2, 0.85},
    {6, west_african_male, west_african_female, west_african_family, west_african_heads, west_african_tails,
     0.55, 0.55, 0.85},
    {3, turkish_male, turkish_female, turkish_family, turkish_heads, turkish_tails, 0.6, 0.15, 0.9},
    {3, chinese_male, chinese_female, chinese_family, {}, {}, 1, 0.35, 0.55},
    {3, portuguese_male, portuguese_female, portuguese_family, {}, {}, 1, 0.5, 0.6},
    {3, arabic_male, arabic_female, arabic_family, arabic_heads, arabic_tails, 0.75, 0.6, 0.6},
    {2, romanian_male, romanian_female, romanian_family, romanian_heads, romanian_tails, 0.7, 0.4, 0.9},
};

constexpr std::string_view male_prefixes[] = {"Md", "Mohammed", "Abdul", "Muhammad", "Syed", "Abu"};
constexpr std::string_view female_titles[] = {"Begum", "Khatun", "Bibi", "Akter", "Khanom", "Nessa"};
}  // namespace

const NameTable& names_of(Tradition tradition) {
  return tables[static_cast<std::size_t>(tradition)];
}
const Words bengali_male_prefixes = male_prefixes;
const Words bengali_female_titles = female_titles;

}  // namespace scrutineer::synth
