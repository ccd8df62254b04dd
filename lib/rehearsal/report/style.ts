/** What the page of a rehearsal has beyond that of a run. */
export const STYLE = `
.outcome{margin:12px 0 0;font-weight:600}.outcome.good{color:var(--good)}.outcome.problem{color:var(--problem)}
.figures-line{list-style:none;display:flex;flex-wrap:wrap;gap:2px 24px;padding:0;margin:4px 0 0;color:var(--muted)}.figures-line b{color:var(--text)}
.chain{margin:0;padding:0 0 0 28px;display:grid;gap:8px}.chain .detail{display:block;color:var(--muted);font-size:13px;overflow-wrap:anywhere}.chain li::marker{color:var(--muted)}
em.met{background:var(--good-soft);color:var(--good)}.plain td,.plain th{vertical-align:top;padding-right:14px}.plain .number{text-align:right;white-space:nowrap}.plain .name{min-width:110px}
.uri{overflow-wrap:anywhere;font-size:13px;color:var(--muted);min-width:180px}
.heat-1{background:color-mix(in srgb,var(--now) 7%,transparent)}.heat-2{background:color-mix(in srgb,var(--now) 13%,transparent)}.heat-3{background:color-mix(in srgb,var(--now) 20%,transparent)}
.beyond{background:var(--problem-soft);color:var(--problem);font-weight:650}
.timeline{overflow-x:auto}.timeline svg{min-width:760px}.timeline text{fill:var(--text);font-size:13px}.timeline .when{fill:var(--muted);font-size:12px}.timeline .bad{fill:var(--problem);font-size:12px}
.timeline .count{fill:var(--card);font-size:11px;font-weight:600}.lane,.tick{stroke:var(--line);fill:none}.tick{opacity:.6}
details.message,.panel>details{margin:0 0 8px}.message summary,.panel>details>summary{cursor:pointer}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--page);border-radius:8px;padding:12px;margin:8px 0;font-size:13px}
.dashboard{display:grid;grid-template-columns:repeat(24,minmax(0,1fr));gap:12px;margin:0 0 12px}.dashboard>div{grid-column:span var(--w)}.dashboard h4{margin:0 0 8px;font-size:14px}.dashboard .text h3{margin:10px 0 0}.dashboard .text p{margin:0}
.dashboard .card{padding:12px}.dashboard .card>p{overflow-wrap:anywhere;margin:0 0 6px}.dashboard figure{margin:0}.dashboard figure svg{max-width:440px}.dashboard figure text{fill:var(--muted);font-size:11px}.dashboard .models.light{--card:inherit;--text:inherit;--muted:inherit;--line:inherit;--base:inherit;--now:inherit;--problem:inherit;--good:inherit;--watch:inherit;--problem-soft:inherit;--good-soft:inherit;--watch-soft:inherit;--quiet-soft:inherit;padding:0}
.dashboard .keys,.dashboard .states{list-style:none;margin:6px 0 0;padding:0;display:flex;flex-wrap:wrap;gap:2px 16px}.keys li,.states li{min-width:0;overflow-wrap:anywhere}.keys i{display:inline-block;width:18px;height:0;border-top:3px solid;margin-right:6px;vertical-align:middle}.keys .limit{border-top:2px dashed var(--text)}
.l0,.l4{color:var(--now)}.l1,.l5{color:var(--problem)}.l2,.l6{color:var(--good)}.l3,.l7{color:var(--watch)}.ln{color:var(--base)}figure .l0,figure .l1,figure .l2,figure .l3,figure .l4,figure .l5,figure .l6,figure .l7,figure .ln{stroke:currentColor;fill:none;stroke-width:2}
figure path.l4,figure path.l5,figure path.l6,figure path.l7{stroke-dasharray:7 4}figure path.d{stroke-width:6;stroke-linecap:round;stroke-dasharray:none}.keys .l4,.keys .l5,.keys .l6,.keys .l7{border-top-style:dashed}
@media(max-width:760px){.dashboard{grid-template-columns:minmax(0,1fr)}.dashboard>div{grid-column:auto}}
`;
