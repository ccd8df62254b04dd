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
`;
