/** The style sheet of the page. Colours reach a contrast of 4.5 to 1 on their background in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#171b22;--muted:#545c6a;--line:#dde1e8;--base:#a9b4c4;--now:#1f5fa8;
--problem:#b3261e;--good:#1a6b3c;--watch:#7a5200;--problem-soft:#fdecea;--good-soft:#e7f5ec;--watch-soft:#fdf3dc;--quiet-soft:#eceff3;--heat:#1f5fa826}
@media(prefers-color-scheme:dark){:root{--page:#101318;--card:#191d24;--text:#e8ebf1;--muted:#a4adbb;--line:#323844;--base:#5b6677;--now:#7db7f2;
--problem:#ff9b91;--good:#7dd3a0;--watch:#f0c36a;--problem-soft:#3d1d1b;--good-soft:#14301f;--watch-soft:#362a10;--quiet-soft:#262b34;--heat:#7db7f233}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1180px;margin:0 auto;padding:28px 20px 56px}
h1{font-size:25px;line-height:1.25;margin:0;overflow-wrap:anywhere;letter-spacing:-.01em}h2{font-size:17px;margin:32px 0 10px}h3{font-size:15px;margin:18px 0 6px}
.when{margin:2px 0 16px;color:var(--muted);font-variant-numeric:tabular-nums}
small,figcaption,caption,.none,.legend,dt,footer{color:var(--muted);font-size:13px}
.verdict{margin:0;border-radius:12px;padding:16px 20px;font-size:19px;line-height:1.4;font-weight:620;border:1px solid;overflow-wrap:anywhere}
.verdict.good{background:var(--good-soft);color:var(--good)}.verdict.watch{background:var(--watch-soft);color:var(--watch)}.verdict.problem{background:var(--problem-soft);color:var(--problem)}
.card,.panel{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px;min-width:0}
.card h2{margin:0 0 6px;font-size:15px}.card ul,.words{margin:0;padding:0 0 0 18px}.card li,.words li{margin:3px 0;overflow-wrap:anywhere}.card.open{border-color:var(--watch);box-shadow:inset 3px 0 var(--watch)}
.two{display:grid;gap:16px 28px;grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr))}.even{margin-top:16px;gap:16px}
.name{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px;font-weight:600;overflow-wrap:anywhere;unicode-bidi:isolate}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 10px}.key{display:inline-block;width:14px;height:10px;border-radius:2px;background:var(--base)}.key.c{height:0;border-top:2px solid var(--now);background:none;vertical-align:middle}
svg{display:block;width:100%;height:auto;overflow:visible}figure{margin:0 0 10px}figcaption{margin-top:4px}
.b{fill:var(--base)}.c{fill:none;stroke:var(--now);stroke-width:2}.q{fill:var(--base)}.p{fill:var(--problem)}.limit{stroke:var(--text);stroke-width:1;stroke-dasharray:4 3}
circle.c{fill:var(--now);stroke:none}.wb,.wc{stroke-width:2;stroke:var(--base)}.wc{stroke:var(--now)}.guess{stroke:var(--muted);stroke-dasharray:3 3;fill:none}.frame{fill:none;stroke:var(--line)}
.rb,.rc{fill:none;stroke:var(--base);stroke-width:2}.rc{stroke:var(--now)}.dot{fill:var(--card);stroke:var(--now);stroke-width:2.5}.roc svg{max-width:300px}
em{font-style:normal;font-size:12px;font-weight:600;border-radius:99px;padding:1px 8px;white-space:nowrap;background:var(--quiet-soft);color:var(--muted)}
em.violated,.violated em{background:var(--problem-soft);color:var(--problem)}em.watched,.watched em,.unchecked em{background:var(--watch-soft);color:var(--watch)}
.row{display:grid;grid-template-columns:minmax(150px,2.2fr) 112px repeat(3,minmax(62px,.8fr)) minmax(68px,.8fr) minmax(84px,1fr);gap:0 14px;align-items:center;padding:7px 4px;border-top:1px solid var(--line);font-variant-numeric:tabular-nums;list-style:none}
.row>span{min-width:0}.row>span:nth-child(n+3){text-align:right}.row svg{width:96px;height:28px}.row i{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.head{color:var(--muted);font-size:13px;border:0}details .row{cursor:pointer}details>.row:hover{background:var(--quiet-soft)}.row::-webkit-details-marker{display:none}
summary.row>span:first-child::before{content:"▸ ";color:var(--muted)}details[open]>summary.row>span:first-child::before{content:"▾ "}
s{display:block;height:3px;border-radius:2px;margin-top:2px;text-decoration:none;background:linear-gradient(90deg,var(--base) var(--w),var(--quiet-soft) 0)}.violated s{background:linear-gradient(90deg,var(--problem) var(--w),var(--quiet-soft) 0)}
.opened{padding:8px 4px 18px 18px}.words{margin-bottom:10px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}caption{text-align:left;padding:0 0 4px}th,td{padding:4px 8px 4px 0;text-align:left;font-weight:400;border-top:1px solid var(--line)}tr:first-of-type>th[scope=col]{border:0;color:var(--muted);font-size:13px}
th[scope=row]{overflow-wrap:anywhere}.bars td{white-space:nowrap}.bars td[style]{width:32%;background:linear-gradient(90deg,var(--base) var(--w),transparent 0) 0 100%/calc(100% - 8px) 4px no-repeat;padding-bottom:7px}
.bars td[style]:last-child{background-image:linear-gradient(90deg,var(--now) var(--w),transparent 0)}.figures td,.figures th{white-space:nowrap}.figures th[scope=row]{white-space:normal;min-width:140px}.figures svg{min-width:160px;max-width:240px}
.scroll{overflow-x:auto;margin-bottom:14px}.confusion td{background:linear-gradient(0deg,var(--heat) var(--h),transparent 0);min-width:72px;border-left:1px solid var(--line);padding-left:8px}.confusion td small{display:block}.confusion td.wrong b{font-weight:500}
.strip{display:flex;flex-wrap:wrap;gap:3px;list-style:none;margin:0 0 8px;padding:0}.strip li,.mark{display:inline-block;width:18px;height:22px;border-radius:3px;background:var(--quiet-soft);border:1px solid var(--line)}.mark{width:12px;height:12px;vertical-align:-1px}
.strip .good,.mark.good{background:var(--good-soft);border-color:var(--good)}.strip .watch,.mark.watch{background:linear-gradient(0deg,var(--watch) 45%,var(--watch-soft) 0);border-color:var(--watch)}.strip .problem,.mark.problem{background:var(--problem);border-color:var(--problem)}
.strip .failed,.mark.failed{background:repeating-linear-gradient(45deg,var(--problem) 0 3px,var(--card) 0 6px);border-color:var(--problem)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 14px;margin:0}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}header .facts{margin:8px 0 14px}footer{margin-top:28px}:focus-visible{outline:2px solid var(--now);outline-offset:2px}
@media(max-width:760px){main{padding:18px 12px 40px}h1{font-size:21px}.head{display:none}.row{grid-template-columns:1fr 1fr;gap:2px 12px;padding:10px 2px}.row>span:nth-child(n+3){text-align:left}.row>span:first-child,.row>span:nth-child(2){grid-column:1/-1}
.row svg{width:180px;height:auto;margin:4px 0}.row i{position:static;clip-path:none;width:auto;height:auto;font-style:normal;color:var(--muted);font-size:13px}.opened{padding-left:2px}.panel,.card{padding:12px}.facts{grid-template-columns:1fr}.facts dt{margin-top:6px}}
@media print{body{background:none}.card,.panel,details{break-inside:avoid}}
`;
