#include "report/style.h"

#include "report/html.h"

namespace scrutineer::report {
namespace {

// Colours, chosen to keep a contrast of at least 4.5 between letters and what they stand on, in both schemes,
// and to stay apart for people who cannot tell red from green (lightness differs as well as hue).
constexpr std::string_view colours = R"css(
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1c2126;--quiet:#56606a;--rule:#dcd8cf;--accent:#1f5a6b;
--mark:#a34426;--tint:#f3efe6;--good:#2b6a80;--amber:#d9a441;--grey:#b8bdc2;--plain:#6f8794;
--s0:#ece8df;--s1:#cfe0e4;--s2:#9fc3cc;--s3:#659fae;--s4:#2b6d7f;--s5:#123f4d;
--o1:#1c2126;--o2:#1c2126;--o3:#1c2126;--o4:#fff;--on-mark:#fff;--on-good:#fff;--on-amber:#1c2126;--on-grey:#1c2126}
@media (prefers-color-scheme:dark){:root{--paper:#14181c;--card:#1a1f24;--ink:#e7e5e0;--quiet:#a6aeb6;--rule:#363d44;
--accent:#8fc6d6;--mark:#e58a68;--tint:#20262c;--good:#4f96ab;--amber:#d9a441;--grey:#7d858c;--plain:#7b93a0;
--s0:#22282e;--s1:#264650;--s2:#2f6373;--s3:#4f96ab;--s4:#86bccb;--s5:#cfe9ef;
--o1:#fff;--o2:#fff;--o3:#0e1215;--o4:#0e1215;--on-mark:#0e1215;--on-good:#0e1215;--on-amber:#0e1215;--on-grey:#0e1215}}
)css";

constexpr std::string_view text = R"css(
*,*::before,*::after{box-sizing:border-box}
html{font-size:100%;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:break-word}
.page{max-width:48rem;margin:0 auto;padding:1.25rem 1rem 4rem}
h1,h2,h3,.sentence,.outcome,.figure-title{font-family:Charter,"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;
line-height:1.25}
h1,h2,h3{text-wrap:balance}
h1{font-size:clamp(1.7rem,1.3rem + 2vw,2.5rem);font-weight:600;margin:.15em 0 .6em}
h2{font-size:1.6rem;font-weight:600;margin:0 0 1rem;padding-top:1.1rem;border-top:2px solid var(--ink)}
h3{font-size:1.2rem;font-weight:600;margin:2rem 0 .5rem}
h4{font-size:1.06rem;margin:2rem 0 .3rem}
h5{font-size:1rem;margin:0 0 .25rem}
p,ul,ol,dl{margin:.5rem 0;max-width:44rem}
ul,ol{padding-left:1.25rem}
li{margin:.25rem 0}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,.frame:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code{font-family:ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:.9em;background:var(--tint);padding:.1em .3em}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.kind,.lead-in{font-size:.85rem;font-weight:600;letter-spacing:.02em;color:var(--quiet);margin:0 0 .2rem}
.remark{font-size:.9rem;color:var(--quiet)}
.warning{border-left:4px solid var(--mark);padding:.4rem .8rem;background:var(--tint)}
.sentence{font-size:1.22rem;line-height:1.4;font-weight:600;margin:.4rem 0 .9rem}
.outcome{font-size:1.45rem;font-weight:600;color:var(--accent);margin:.2rem 0}
section{margin-top:3.25rem}
footer{margin-top:4rem;border-top:1px solid var(--rule);overflow-wrap:anywhere}
)css";

constexpr std::string_view parts = R"css(
.title-block{margin-bottom:1.5rem}
.contents{font-size:.93rem;border:1px solid var(--rule);background:var(--card);padding:.4rem 1rem;border-radius:4px}
.contents details{margin:0}
.contents ol{margin:.3rem 0 0;padding-left:1.5rem;columns:2;column-gap:2rem}
.contents li{break-inside:avoid}
.contents a{text-decoration:none}
.contents a:hover{text-decoration:underline}
.answer{border-top:1px solid var(--rule);padding:1.5rem 0 .6rem}
.answer:first-of-type{border-top:0;padding-top:0}
.answer h3{font-size:.97rem;line-height:1.45;font-weight:400;font-family:inherit;color:var(--quiet);margin:0;max-width:44rem;text-wrap:wrap}
.ordinal{display:inline-block;min-width:1.5em;font-weight:700;color:var(--accent)}
.figures{margin-top:1.6rem}
.pair{display:grid;gap:.2rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));font-size:.95rem}
.more{font-size:.9rem;margin-top:.1rem}
.values{font-variant-numeric:tabular-nums}
.values>div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem;padding:.28rem 0;border-bottom:1px solid var(--rule)}
.values dt{color:var(--quiet)}
.values dd{margin:0;font-weight:600;text-align:right;margin-left:auto}
.statements>div{padding:.35rem 0 .5rem}
.statements dt{font-size:.85rem;font-weight:600;letter-spacing:.02em;color:var(--quiet)}
.statements dd{margin:0}
.title-block .values,.finding .values{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:.5rem 1.25rem;max-width:none}
.title-block .values>div,.finding .values>div{display:block;border:0;padding:0}
.title-block .values dt,.finding .values dt{font-size:.85rem}
.title-block .values dd,.finding .values dd{text-align:left;margin:0}
.scope{border-left:3px solid var(--accent);padding-left:1rem}
.finding{background:var(--card);border:1px solid var(--rule);border-radius:4px;padding:1rem 1.1rem;margin:1rem 0}
.place{float:right;font-weight:400;font-size:.85rem;color:var(--quiet);padding-left:1rem}
.finding .said{font-size:1.05rem;margin:.2rem 0 .7rem}
.lead-in{margin-top:.7rem}
.lead-in+ul{margin-top:.1rem}
.ids{max-width:none;font-size:.9rem;font-variant-numeric:tabular-nums}
.ids span{display:inline-block;margin:0 .9rem .15rem 0;white-space:nowrap;max-width:100%;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
details{margin:.7rem 0}
summary{cursor:pointer;color:var(--accent);font-weight:600;padding:.25rem 0}
.unfolded{padding:.2rem 0 .2rem .1rem}
.glossary>div{margin:.6rem 0}
.glossary dt{font-weight:600}
.glossary dd{margin:0}
)css";

constexpr std::string_view tables = R"css(
.frame{overflow-x:auto;margin:.9rem 0;max-width:100%}
table{border-collapse:collapse;font-size:.93rem;font-variant-numeric:tabular-nums;min-width:100%}
caption{text-align:left;font-weight:600;font-size:.9rem;padding-bottom:.35rem;color:var(--quiet)}
th,td{text-align:left;vertical-align:top;padding:.38rem .9rem .38rem 0;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:.2rem}
thead th{font-size:.85rem;font-weight:600;color:var(--quiet);border-bottom:1.5px solid var(--quiet);vertical-align:bottom}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap}
.marked th,.marked td{background:var(--tint);font-weight:600}
.met td:last-child{color:var(--accent);font-weight:600}
.not-met td:last-child{color:var(--mark);font-weight:600}
.open td:last-child{color:var(--quiet);font-weight:600}
.met td:last-child,.not-met td:last-child{white-space:nowrap}
thead .number{white-space:normal}
td:last-child{overflow-wrap:anywhere}
.grid tbody th{min-width:6.5rem}
.grid td:last-child{overflow-wrap:normal}
.digest td:last-child{font-family:ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:.82em}
figure table{font-size:.88rem}
figure th,figure td{padding-right:.5rem}
@media (max-width:40rem){
.stack,.stack tbody,.stack tr,.stack th,.stack td{display:block;min-width:0}
.stack caption{display:block}
.stack thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}
.stack tr{border-bottom:1px solid var(--rule);padding:.5rem 0}
.stack th,.stack td{border:0;padding:.1rem 0;text-align:left;white-space:normal;overflow-wrap:anywhere}
.stack tbody th{font-weight:600}
.stack td::before{content:attr(data-label) ": ";color:var(--quiet);font-weight:400;font-family:system-ui,sans-serif}
.contents ol{columns:1}
}
)css";

constexpr std::string_view pictures = R"css(
.figures{display:grid;gap:2.5rem 2.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));align-items:start}
figure{margin:0;min-width:0;max-width:34rem}
.figure-title{font-size:1.12rem;font-weight:600;margin-bottom:.7rem}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{fill:var(--ink);font-size:11px;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
svg .tiny{font-size:9.5px;fill:var(--quiet)}
svg .strong{font-weight:600}
svg .middle{text-anchor:middle}
svg .end{text-anchor:end}
svg .axis{stroke:var(--quiet);stroke-width:1}
svg .certificate-line{stroke:var(--good);stroke-width:1.8}
.shade0{fill:var(--s0)}.shade1{fill:var(--s1)}.shade2{fill:var(--s2)}.shade3{fill:var(--s3)}.shade4{fill:var(--s4)}.shade5{fill:var(--s5)}
svg .on-shade1{fill:var(--o1)}svg .on-shade2{fill:var(--o2)}svg .on-shade3{fill:var(--o3)}svg .on-shade4{fill:var(--o4)}
.ringed{stroke:var(--mark);stroke-width:1.8}
.freeze{stroke:var(--ink);stroke-width:1.8}
.at-address{fill:var(--good)}.elsewhere{fill:var(--amber)}.not-found,.listed-fill{fill:var(--mark)}.unclear{fill:var(--grey)}.plain-fill{fill:var(--plain)}
.flow-kept{fill:var(--plain);opacity:.22}.flow-moved{fill:var(--amber);opacity:.5}
svg .on-at-address{fill:var(--on-good)}svg .on-elsewhere{fill:var(--on-amber)}svg .on-not-found{fill:var(--on-mark)}svg .on-unclear{fill:var(--on-grey)}
)css";

constexpr std::string_view wide = R"css(
@media (min-width:70rem){
.page{max-width:78rem;display:grid;grid-template-columns:14rem minmax(0,1fr);gap:0 3.5rem;padding:2.5rem 2rem 5rem}
.title-block{grid-column:2}
.contents{grid-column:1;grid-row:1/span 2;align-self:start;position:sticky;top:2rem;border:0;background:none;padding:0;margin-top:.3rem}
.contents ol{columns:1;padding-left:1.3rem}
.contents details::details-content{content-visibility:visible;display:block;block-size:auto}
.contents summary{list-style:none;color:var(--quiet);pointer-events:none}
.contents summary::-webkit-details-marker{display:none}
main,footer{grid-column:2}
}
@media (min-width:100rem){html{font-size:106.25%}}
)css";

constexpr std::string_view print = R"css(
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--quiet:#444;--rule:#bbb;--accent:#123f4d;--mark:#8f3a1f;--tint:#f1eee7;
--good:#2b6a80;--amber:#d9a441;--grey:#b8bdc2;--plain:#6f8794;--s0:#ece8df;--s1:#cfe0e4;--s2:#9fc3cc;--s3:#659fae;--s4:#2b6d7f;--s5:#123f4d;
--o1:#000;--o2:#000;--o3:#000;--o4:#fff;--on-mark:#fff;--on-good:#fff;--on-amber:#000;--on-grey:#000}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
html{font-size:9.8pt}
.page{display:block;max-width:none;padding:0}
.contents,.skip,.more{display:none}
section{margin-top:1.6rem}
h1,h2,h3,h4,h5,.lead-in,caption,summary,.figure-title{break-after:avoid}
tr,svg,.values>div,li,.pair,.title-block{break-inside:avoid}
.answer h3,.sentence{break-after:avoid}
.sentence,.statements>div{break-inside:avoid}
th,td{padding-top:.16rem;padding-bottom:.16rem}
.finding{padding:.6rem .8rem}
p{orphans:3;widows:3}
thead{display:table-header-group}
.frame{overflow:visible}
table{font-size:.88rem}
.grid th,.grid td{padding-right:.55rem}
.figures{display:block;columns:2;column-gap:2rem}
.figures details{break-inside:avoid}
figure{margin-bottom:2rem}
details::details-content{content-visibility:visible;display:block;block-size:auto}
details>.unfolded{display:block}
summary{list-style:none;color:var(--ink)}
summary::-webkit-details-marker{display:none}
a{color:inherit;text-decoration:none}
}
)css";

}  // namespace

std::string style_sheet(std::string_view running_title) {
  std::string sheet;
  for (const std::string_view part : {colours, text, parts, tables, pictures, wide, print}) sheet += part;
  sheet += "@page{size:A4;margin:22mm 17mm 20mm;@top-left{content:" + css_string(running_title, 90) +
           ";font:8pt sans-serif;color:#444}@top-right{content:\"Scrutineer\";font:8pt sans-serif;color:#444}"
           "@bottom-right{content:counter(page) \" of \" counter(pages);font:8pt sans-serif;color:#444}}\n";
  return sheet;
}

}  // namespace scrutineer::report
