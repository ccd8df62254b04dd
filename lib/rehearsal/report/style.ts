/** The style sheet of the page. Colours reach a contrast of 4.5 to 1 on their background in both schemes. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1b1f27; --muted: #565e6c; --line: #d9dde4;
  --baseline: #9aa5b5; --current: #2563a8; --problem: #b3261e; --good: #1a6b3c; --problem-soft: #fbe9e7; --good-soft: #e5f4ea;
  --heat-0: transparent; --heat-1: #eef3f9; --heat-2: #dce8f4; --heat-3: #c5d9ee; }
@media (prefers-color-scheme: dark) { :root { --page: #14171c; --card: #1d2129; --text: #e7eaf0; --muted: #a3acba; --line: #363c48;
  --baseline: #6c7789; --current: #6aa9e9; --problem: #ff8a80; --good: #7dd3a0; --problem-soft: #43211f; --good-soft: #18362a;
  --heat-1: #222c3a; --heat-2: #26374c; --heat-3: #2b4461; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 40px 0 12px; }
h3 { font-size: 15px; margin: 0 0 8px; display: flex; gap: 8px; align-items: baseline; flex-wrap: wrap; }
small, figcaption, .none, .detail, .legend { color: var(--muted); font-size: 13px; }
figure { margin: 0; } figure svg { width: 100%; height: auto; display: block; } figcaption { margin: 2px 0 8px; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 8px 0 20px; } .facts div { display: flex; gap: 6px; }
.facts dt { color: var(--muted); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.verdict { border-radius: 10px; padding: 18px 22px; border: 1px solid; } .verdict.good { background: var(--good-soft); border-color: var(--good); }
.verdict.problem { background: var(--problem-soft); border-color: var(--problem); }
.headline { font-size: 20px; font-weight: 650; margin: 0 0 6px; } .good .headline { color: var(--good); } .problem .headline { color: var(--problem); }
.figures { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 28px; padding: 0; margin: 0; } .figures b { font-size: 18px; }
.panel, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 430px), 1fr)); gap: 16px; }
.chain { margin: 0; padding: 0 0 0 28px; display: grid; gap: 8px; } .chain .detail { display: block; } .chain li::marker { color: var(--muted); }
.badge { font-size: 12px; font-weight: 600; border-radius: 99px; padding: 1px 9px; white-space: nowrap; border: 1px solid; }
.badge.good { color: var(--good); background: var(--good-soft); } .badge.problem { color: var(--problem); background: var(--problem-soft); }
.badge.quiet { color: var(--muted); }
.name { overflow-wrap: anywhere; } td.name, th.name { min-width: 120px; } .timeline { overflow-x: auto; } .timeline svg { min-width: 760px; }
td.name, th.name, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
.uri { overflow-wrap: anywhere; font-size: 13px; color: var(--muted); min-width: 180px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--muted); font-size: 13px; font-weight: 600; } tbody th { font-weight: 500; white-space: nowrap; } tbody th.name { white-space: normal; } tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.heat-1 { background: var(--heat-1); } .heat-2 { background: var(--heat-2); } .heat-3 { background: var(--heat-3); }
.beyond { background: var(--problem-soft); color: var(--problem); font-weight: 650; }
.legend { display: flex; align-items: center; gap: 6px; margin: 0 0 12px; } .key { width: 14px; height: 10px; border-radius: 2px; margin-left: 10px; }
.key:first-child { margin-left: 0; } .key.baseline { background: var(--baseline); } .key.current { background: var(--current); }
.key.threshold { height: 0; border-top: 2px dashed var(--problem); border-radius: 0; }
details { margin: 0 0 8px; } summary { cursor: pointer; color: var(--muted); font-size: 13px; } .message summary { color: var(--text); font-size: 15px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--page); border-radius: 8px; padding: 12px; margin: 8px 0; }
footer { margin-top: 40px; color: var(--muted); font-size: 13px; }
:focus-visible { outline: 2px solid var(--current); outline-offset: 2px; }
@media print { body { background: none; } .card, .panel { break-inside: avoid; } }
`;
