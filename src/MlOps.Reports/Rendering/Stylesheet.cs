namespace MlOps.Reports.Rendering;

/// <summary>The style of reports. It holds no character that markup escapes (no quotes, no child selectors), so it passes through the writer unchanged.</summary>
internal static class Stylesheet
{
    public const string Page = """

        html { background: #ffffff; }
        body { margin: 0; }
        body .mlops-report { max-width: 1040px; margin: 0 auto; padding: 24px 20px 48px; }
        @media (prefers-color-scheme: dark) { html { background: #16181d; } }
        @media print { html { background: #ffffff; } body .mlops-report { max-width: none; padding: 0; } }
        """;

    // The series colours follow Okabe and Ito, "Color Universal Design" (2008), darkened or lightened for 3:1 on each background.
    public const string Content = """

        .mlops-report { --mr-back: #ffffff; --mr-text: #1d2129; --mr-muted: #5b6370; --mr-rule: #d9dde3; --mr-soft: #f3f5f8; --mr-link: #0a58a6;
          --mr-good: #00734f; --mr-warning: #8f5b00; --mr-bad: #b3261e; --mr-neutral: #5b6370;
          --mr-s0: #0072b2; --mr-s1: #d55e00; --mr-s2: #00936c; --mr-s3: #b5518c; --mr-s4: #b98200; --mr-s5: #3a93c7; --mr-s6: #7a6a00; --mr-s7: #5b6370;
          background: var(--mr-back); color: var(--mr-text); font: 15px/1.5 system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif; }
        @media screen and (prefers-color-scheme: dark) { .mlops-report { --mr-back: #16181d; --mr-text: #e6e8ec; --mr-muted: #a2aab6; --mr-rule: #3a404a; --mr-soft: #20242b; --mr-link: #7cbcf5;
          --mr-good: #4ccfa0; --mr-warning: #f0b64a; --mr-bad: #ff8a80; --mr-neutral: #a2aab6;
          --mr-s0: #56b4e9; --mr-s1: #f28e4b; --mr-s2: #2fc79a; --mr-s3: #e39ac4; --mr-s4: #f0c24a; --mr-s5: #4f8fd0; --mr-s6: #c9bb52; --mr-s7: #a2aab6; } }
        .mlops-report * { box-sizing: border-box; }
        .mlops-report h1 { font-size: 1.75em; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
        .mlops-report h2 { font-size: 1.25em; line-height: 1.3; margin: 36px 0 12px; padding-bottom: 6px; border-bottom: 1px solid var(--mr-rule); break-after: avoid; overflow-wrap: anywhere; }
        .mlops-report .mr-subtitle { margin: 0; color: var(--mr-muted); }
        .mlops-report p { margin: 0 0 12px; max-width: 78ch; overflow-wrap: anywhere; }
        .mlops-report nav { margin: 16px 0 0; padding: 8px 12px; background: var(--mr-soft); border-radius: 6px; display: flex; flex-wrap: wrap; gap: 2px 18px; }
        .mlops-report nav a { color: var(--mr-link); }
        .mlops-report .mr-facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 10px 20px; margin: 0 0 16px; }
        .mlops-report .mr-facts div { break-inside: avoid; }
        .mlops-report dt { color: var(--mr-muted); font-size: .87em; }
        .mlops-report dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
        .mlops-report .mr-scroll { overflow-x: auto; margin: 0 0 18px; }
        .mlops-report table { border-collapse: collapse; font-size: .93em; font-variant-numeric: tabular-nums; color: inherit; background: transparent; }
        .mlops-report caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
        .mlops-report th, .mlops-report td { padding: 5px 14px 5px 8px; border: 0; border-bottom: 1px solid var(--mr-rule); text-align: left; vertical-align: top; background: transparent; color: inherit; max-width: 60ch; overflow-wrap: break-word; }
        .mlops-report thead th { color: var(--mr-muted); font-weight: 600; border-bottom-width: 2px; white-space: nowrap; }
        .mlops-report tbody th { font-weight: 500; }
        .mlops-report .mr-right { text-align: right; white-space: nowrap; }
        .mlops-report .mr-center { text-align: center; }
        .mlops-report .mr-empty { color: var(--mr-muted); font-style: italic; }
        .mlops-report .mr-tip, .mlops-report .mr-tone[title] { text-decoration: underline dotted; text-underline-offset: 3px; cursor: help; }
        .mlops-report .mr-good { --c: var(--mr-good); } .mlops-report .mr-warning { --c: var(--mr-warning); } .mlops-report .mr-bad { --c: var(--mr-bad); } .mlops-report .mr-neutral { --c: var(--mr-neutral); }
        .mlops-report .mr-tone { color: var(--c); font-weight: 600; }
        .mlops-report .mr-mark { font-weight: 700; }
        .mlops-report .mr-notice { padding: 8px 12px; border-left: 4px solid var(--c); background: var(--mr-soft); }
        .mlops-report figure { margin: 0 0 22px; max-width: 860px; break-inside: avoid; }
        .mlops-report figcaption { margin: 0 0 4px; }
        .mlops-report .mr-description { display: block; color: var(--mr-muted); font-size: .93em; }
        .mlops-report .mr-note { color: var(--mr-muted); font-size: .87em; margin: 2px 0 0; }
        .mlops-report details { margin: 0 0 16px; border: 1px solid var(--mr-rule); border-radius: 6px; padding: 8px 12px; }
        .mlops-report details[open] summary { margin-bottom: 10px; }
        .mlops-report summary { cursor: pointer; font-weight: 600; }
        .mlops-report svg { display: block; width: 100%; height: auto; font-family: inherit; }
        .mlops-report svg text { fill: var(--mr-muted); font-size: 12px; }
        .mlops-report svg .strong { fill: var(--mr-text); }
        .mlops-report svg .toned { fill: var(--c); }
        .mlops-report svg .halo { paint-order: stroke; stroke: var(--mr-back); stroke-width: 4px; stroke-linejoin: round; }
        .mlops-report svg .grid { stroke: var(--mr-rule); stroke-width: 1; }
        .mlops-report svg .axis { stroke: var(--mr-muted); stroke-width: 1; }
        .mlops-report svg .line { stroke: var(--c); stroke-width: 2; fill: none; stroke-linejoin: round; stroke-linecap: round; }
        .mlops-report svg .dashed { stroke-dasharray: 6 4; }
        .mlops-report svg .thin { stroke: var(--c); stroke-width: 1.5; fill: none; }
        .mlops-report svg .fill { fill: var(--c); }
        .mlops-report svg .dot { fill: var(--c); stroke: var(--mr-back); stroke-width: 1; }
        .mlops-report svg .band { fill: var(--c); opacity: .13; }
        .mlops-report svg .s0 { --c: var(--mr-s0); } .mlops-report svg .s1 { --c: var(--mr-s1); } .mlops-report svg .s2 { --c: var(--mr-s2); } .mlops-report svg .s3 { --c: var(--mr-s3); }
        .mlops-report svg .s4 { --c: var(--mr-s4); } .mlops-report svg .s5 { --c: var(--mr-s5); } .mlops-report svg .s6 { --c: var(--mr-s6); } .mlops-report svg .s7 { --c: var(--mr-s7); }
        @media screen and (max-width: 640px) { .mlops-report .mr-facts { grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); } .mlops-report table { width: max-content; } .mlops-report th, .mlops-report td { max-width: 34ch; } }
        @media print { .mlops-report { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; } .mlops-report .mr-scroll { overflow: visible; } .mlops-report tr { break-inside: avoid; } .mlops-report thead { display: table-header-group; } .mlops-report nav { display: none; } .mlops-report details::details-content { content-visibility: visible; block-size: auto; } }

        """;
}
