/// How the pages look. One file for the browser, several for whoever reads them.
enum StyleSheet {
    static let text = [base, controls, frame, inbox, conversation, reports].joined(separator: "\n")

    /// Colours, type, and what holds everywhere.
    private static let base = #"""
        :root {
          color-scheme: light dark;
          --page: #f5f6f8;
          --surface: #ffffff;
          --sunken: #eef0f4;
          --text: #1a1f28;
          --muted: #586173;
          --line: #dfe3ea;
          --line-strong: #868f9f;
          --accent: #2f5bd7;
          --accent-hover: #264bb6;
          --accent-text: #ffffff;
          --link: #2750c4;
          --soft: #e9effe;
          --soft-text: #21418f;
          --good: #e2f4e8;
          --good-text: #14592f;
          --warn: #fff1d6;
          --warn-text: #6a4600;
          --bad: #fde7e7;
          --bad-text: #8d1b1b;
          --note: #fff8e3;
          --note-line: #ecd68f;
          --ai: #efe9fd;
          --ai-text: #4b2f9b;
          --shadow: 0 1px 2px rgb(20 28 45 / 5%), 0 3px 12px rgb(20 28 45 / 4%);
          --s1: #3d6ae0;
          --s2: #f0a03c;
          --s3: #3aa76d;
          --s4: #d9575c;
          --s5: #8a63d2;
          --radius: .6rem;
        }

        @media (prefers-color-scheme: dark) {
          :root {
            --page: #11141a;
            --surface: #191e27;
            --sunken: #12161d;
            --text: #e6e9ef;
            --muted: #9da7b8;
            --line: #2c3442;
            --line-strong: #6d788b;
            --accent: #3a66dd;
            --accent-hover: #2f59c8;
            --link: #8fb0ff;
            --soft: #1e2b4d;
            --soft-text: #c3d4ff;
            --good: #163524;
            --good-text: #a6e5bf;
            --warn: #3a2d12;
            --warn-text: #ffdd9c;
            --bad: #411d20;
            --bad-text: #ffc7c7;
            --note: #2b2717;
            --note-line: #5d5126;
            --ai: #2a2245;
            --ai-text: #d3c4ff;
            --shadow: none;
            --s1: #6f97ff;
            --s2: #f3b35f;
            --s3: #5cc88f;
            --s4: #ef7f83;
            --s5: #ac8cf0;
          }
        }

        *, *::before, *::after { box-sizing: border-box; }
        [hidden] { display: none !important; }
        html { height: 100%; -webkit-text-size-adjust: 100%; }
        body {
          margin: 0;
          min-height: 100%;
          background: var(--page);
          color: var(--text);
          font: .9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
          overflow-wrap: anywhere;
        }
        h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, figure, pre { margin: 0; }
        h1 { font-size: 1.45rem; line-height: 1.25; font-weight: 680; letter-spacing: -.01em; }
        h2 { font-size: 1.05rem; line-height: 1.35; font-weight: 650; }
        h3 { font-size: .9375rem; font-weight: 650; }
        a { color: var(--link); text-underline-offset: .15em; }
        small { font-size: .8rem; color: var(--muted); font-weight: 400; }
        code, pre, .secret { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
        pre {
          padding: .7rem .85rem;
          border-radius: var(--radius);
          background: var(--sunken);
          white-space: pre-wrap;
          max-height: 30rem;
          overflow: auto;
        }
        .icon { width: 1.15em; height: 1.15em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .quiet-text { color: var(--muted); font-size: .86rem; }
        .nothing { color: var(--muted); padding: 1.25rem 0; }
        .skip { position: absolute; left: .5rem; top: -4rem; z-index: 10; padding: .5rem .9rem; border-radius: var(--radius); background: var(--accent); color: var(--accent-text); }
        .skip:focus { top: .5rem; }

        .badge {
          display: inline-block;
          padding: .05rem .5rem;
          border-radius: 999px;
          background: var(--sunken);
          color: var(--muted);
          font-size: .76rem;
          font-weight: 550;
          line-height: 1.5;
          white-space: nowrap;
        }
        .badge.good { background: var(--good); color: var(--good-text); }
        .badge.warn, .badge.wait { background: var(--warn); color: var(--warn-text); }
        .badge.bad { background: var(--bad); color: var(--bad-text); }
        .badge.ai { background: var(--ai); color: var(--ai-text); }
        .badge.tag { background: var(--soft); color: var(--soft-text); }

        .notice { padding: .6rem .85rem; border-radius: var(--radius); background: var(--soft); color: var(--soft-text); }
        .notice.good { background: var(--good); color: var(--good-text); }
        .notice.warn { background: var(--warn); color: var(--warn-text); }
        .notice.bad { background: var(--bad); color: var(--bad-text); }
        .secret { display: inline-block; margin: .3rem 0; padding: .35rem .7rem; border-radius: .4rem; background: var(--surface); color: var(--text); font-size: 1rem; user-select: all; }

        .avatar {
          display: inline-grid;
          place-items: center;
          flex: none;
          width: 2.15rem;
          height: 2.15rem;
          border-radius: 50%;
          font-size: .78rem;
          font-weight: 650;
        }
        .hue-0 { background: #dbe6ff; color: #22408f; }
        .hue-1 { background: #ffe3d3; color: #7d3a10; }
        .hue-2 { background: #d8f1e2; color: #14592f; }
        .hue-3 { background: #f3def5; color: #6b2375; }
        .hue-4 { background: #ffeec2; color: #664800; }
        .hue-5 { background: #d6eff3; color: #0d5260; }

        .card { padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: .8rem; background: var(--surface); box-shadow: var(--shadow); }
        .card > * + * { margin-top: .6rem; }
        .card.link { display: block; color: inherit; text-decoration: none; }
        .card.link:hover { border-color: var(--line-strong); }
        .card.trouble { border-color: transparent; background: var(--bad); color: var(--bad-text); }
        .card.trouble h2 { display: flex; gap: .4rem; align-items: center; }
        .facts { display: grid; grid-template-columns: minmax(5.5rem, auto) 1fr; gap: .3rem .9rem; font-size: .9rem; }
        .facts dt { color: var(--muted); }
        .facts.wide { grid-template-columns: minmax(9rem, 16rem) 1fr; }
        ul.plain, ul.tags, ul.cards, ul.tiles, ol.results, ul.legend, ul.files, ul.sources, ol.log, .rows ul, .rail ul { list-style: none; padding: 0; }
        details > summary { cursor: pointer; color: var(--muted); }
        details[open] > summary { margin-bottom: .5rem; }
        """#

    /// Buttons and fields.
    private static let controls = #"""
        button, input, select, textarea { font: inherit; color: inherit; }
        button, .button {
          display: inline-flex;
          align-items: center;
          justify-content: center;
          gap: .4rem;
          min-height: 2.3rem;
          padding: .3rem .9rem;
          border: 1px solid var(--line-strong);
          border-radius: var(--radius);
          background: var(--surface);
          color: var(--text);
          font-weight: 550;
          text-decoration: none;
          cursor: pointer;
          white-space: nowrap;
        }
        button:hover, .button:hover { background: var(--sunken); }
        button.primary { border-color: transparent; background: var(--accent); color: var(--accent-text); }
        button.primary:hover { background: var(--accent-hover); }
        button.quiet { border-color: transparent; background: transparent; color: var(--muted); }
        button.quiet:hover { background: var(--sunken); color: var(--text); }
        button.small { min-height: 1.9rem; padding: .15rem .65rem; font-size: .86rem; }
        button.tiny { min-height: 1.5rem; padding: 0 .4rem; }
        button.wide { width: 100%; }
        button[disabled] { opacity: .6; cursor: default; }
        input, select, textarea {
          min-height: 2.3rem;
          padding: .35rem .7rem;
          border: 1px solid var(--line-strong);
          border-radius: var(--radius);
          background: var(--surface);
          max-width: 100%;
        }
        textarea { line-height: 1.5; resize: vertical; }
        ::placeholder { color: var(--muted); opacity: 1; }
        input:focus-visible, select:focus-visible, textarea:focus-visible { outline-width: 2px; outline-offset: 0; }
        .field { display: grid; gap: .3rem; }
        .field label { font-weight: 550; font-size: .9rem; }
        form.stack { display: grid; gap: .9rem; justify-items: start; }
        form.stack .field { width: min(100%, 24rem); }
        form.inline { display: inline-flex; gap: .4rem; align-items: center; }
        form.grow { display: flex; }
        form.grow > :is(input:not([type=hidden]), select) { flex: 1; min-width: 0; }
        form.row-form { display: flex; flex-wrap: wrap; gap: .9rem; align-items: end; }
        form.row-form > * { margin: 0; }
        .search { position: relative; display: flex; gap: .5rem; }
        .search .icon { position: absolute; left: .65rem; top: .6rem; color: var(--muted); pointer-events: none; }
        .search input { flex: 1; min-width: 0; padding-left: 2.2rem; }
        .search.boxed { max-width: 46rem; }
        .tabs { display: flex; gap: .2rem; overflow-x: auto; scrollbar-width: none; }
        .tabs a { padding: .3rem .65rem; border-radius: var(--radius); color: var(--muted); text-decoration: none; white-space: nowrap; font-weight: 550; font-size: .88rem; }
        .tabs a:hover { background: var(--sunken); color: var(--text); }
        .tabs a[aria-current] { background: var(--soft); color: var(--soft-text); }
        .tabs a:focus-visible { outline-offset: -3px; }
        .toast { position: fixed; z-index: 5; left: 50%; bottom: 1.2rem; transform: translateX(-50%); max-width: min(34rem, 92vw); padding: .7rem 1.1rem; border-radius: var(--radius); background: var(--bad); color: var(--bad-text); box-shadow: 0 4px 24px rgb(0 0 0 / 25%); }
        .toast:empty { display: none; }
        """#

    /// The navigation, and pages that are one column.
    private static let frame = #"""
        .signed-in { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); min-height: 100dvh; }
        .rail {
          position: sticky;
          top: 0;
          height: 100dvh;
          display: flex;
          flex-direction: column;
          gap: 1.1rem;
          padding: 1rem .75rem;
          border-right: 1px solid var(--line);
          background: var(--surface);
        }
        .brand { display: flex; align-items: center; gap: .6rem; padding: 0 .4rem; font-weight: 680; min-width: 0; }
        .brand-name { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-height: 1.25; }
        .mark { flex: none; position: relative; width: 1.9rem; height: 1.9rem; border-radius: .6rem; background: var(--accent); }
        .mark::before { content: ""; position: absolute; inset: .5rem .42rem .62rem; border-radius: .3rem; background: var(--accent-text); }
        .mark::after { content: ""; position: absolute; left: .62rem; bottom: .42rem; border: .2rem solid transparent; border-top-color: var(--accent-text); border-left-color: var(--accent-text); }
        .rail nav { flex: 1; }
        .rail nav ul { display: grid; gap: .15rem; }
        .rail nav a { display: flex; align-items: center; gap: .65rem; padding: .5rem .6rem; border-radius: var(--radius); color: var(--muted); text-decoration: none; font-weight: 550; }
        .rail nav a:hover { background: var(--sunken); color: var(--text); }
        .rail nav a[aria-current] { background: var(--soft); color: var(--soft-text); }
        .rail .on-phone { display: none; }
        .me { display: grid; gap: .3rem; padding-top: .8rem; border-top: 1px solid var(--line); }
        .me .who { display: flex; align-items: center; gap: .6rem; padding: .35rem; border-radius: var(--radius); color: inherit; text-decoration: none; min-width: 0; }
        .me .who:hover { background: var(--sunken); }
        .me .name { display: block; font-weight: 600; line-height: 1.2; }
        .me .role { display: block; color: var(--muted); font-size: .8rem; }
        .me form button { justify-content: flex-start; width: 100%; }

        main:focus { outline: none; }
        .page { max-width: 66rem; margin: 0 auto; padding: 1.75rem 1.75rem 4rem; }
        .page.narrow { max-width: 46rem; }
        .page > * + * { margin-top: 1rem; }
        .page > h2 { margin-top: 2rem; }
        .page .lead { color: var(--muted); margin-top: .3rem; }
        .page.empty { text-align: center; padding-top: 18vh; }
        .page-head { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; justify-content: space-between; }
        .cards { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }

        .plain { display: grid; place-items: center; min-height: 100dvh; }
        ul.plain { display: grid; place-items: normal; min-height: 0; gap: .6rem; }
        .plain main { width: min(100%, 26rem); padding: 1rem; }
        .plain .page { padding-top: 2rem; }
        .door { display: grid; gap: 1.1rem; padding: 2rem; border: 1px solid var(--line); border-radius: 1.1rem; background: var(--surface); box-shadow: var(--shadow); }
        .door form { display: grid; gap: 1rem; }
        .door .brand { padding: 0; }

        .table-frame { position: relative; overflow-x: auto; border: 1px solid var(--line); border-radius: .8rem; background: var(--surface); }
        .card .table-frame { border-color: transparent; margin-inline: -.6rem; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        .table-frame th, .table-frame td { padding: .55rem .8rem; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
        .table-frame tr:last-child > * { border-bottom: 0; }
        .table-frame thead th { color: var(--muted); font-weight: 550; font-size: .82rem; }
        .table-frame tbody th { font-weight: 550; }
        .table-frame td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
        .members tbody th { white-space: nowrap; }
        .members .avatar { margin-right: .6rem; }
        .row-actions { white-space: nowrap; text-align: right; }

        @media (max-width: 64rem) {
          .signed-in { grid-template-columns: 4.2rem minmax(0, 1fr); }
          .rail { padding: 1rem .6rem; align-items: center; }
          .rail .brand-name, .me .who > span:not(.avatar) { display: none; }
          .rail nav a { flex-direction: column; gap: .15rem; padding: .5rem .2rem; width: 3.4rem; font-size: .62rem; }
          .rail nav .icon { width: 1.4rem; height: 1.4rem; }
          .me form button { font-size: .62rem; padding: .1rem; justify-content: center; white-space: normal; }
        }
        @media (max-width: 44rem) {
          .signed-in { display: block; padding-bottom: calc(3.9rem + env(safe-area-inset-bottom)); }
          .rail { position: fixed; inset: auto 0 0; z-index: 4; height: auto; padding: .25rem .4rem calc(.25rem + env(safe-area-inset-bottom)); border: 0; border-top: 1px solid var(--line); }
          .rail .brand, .me { display: none; }
          .rail .on-phone { display: block; }
          .rail nav { width: 100%; }
          .rail nav ul { display: flex; justify-content: space-between; }
          .rail nav a { width: auto; min-width: 3.2rem; padding: .4rem .2rem; overflow-wrap: normal; letter-spacing: -.01em; }
          .page { padding: 1.1rem 1rem 3rem; }
          .facts.wide { grid-template-columns: 1fr; gap: 0; }
          .facts.wide dd { margin-bottom: .5rem; }
          .search.boxed { flex-wrap: wrap; }
          .search.boxed input { flex-basis: 100%; }
          .toast { bottom: 4.8rem; }
        }
        @media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
        @media (forced-colors: active) { .card, .bubble, .badge, button { border: 1px solid; } }
        """#
}
