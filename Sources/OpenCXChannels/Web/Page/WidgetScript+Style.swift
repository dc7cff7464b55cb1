extension WidgetScript {
    /// How the chat looks. It lives in a shadow root, so neither side's rules reach the other's.
    static let style = light + dark + rules

    private static let light = #"""
        :host {
          all: initial;
          color-scheme: light dark;
          --page: #f4f5f7;
          --surface: #ffffff;
          --text: #1b1f27;
          --muted: #5c6575;
          --line: #dde1e8;
          --accent: #2f5bd7;
          --accent-text: #ffffff;
          --soft: #eaf0ff;
          --soft-text: #20408f;
          --code: #f1f3f6;
          --alert: #fdecec;
          --alert-text: #8f1d1d;
          --notice: #fff6e0;
          --notice-text: #6b4a00;
          --link: var(--accent);
          --focus: var(--accent);
          --shadow: 0 1px 2px rgb(20 28 45 / 6%), 0 4px 16px rgb(20 28 45 / 5%);
        }

        """#

    /// For those whose system is dark, unless the page says otherwise, and for pages that are.
    private static let dark = """

        @media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) { \(darkColors) } }
        :host([data-theme="dark"]) { color-scheme: dark; \(darkColors) }
        :host([data-theme="light"]) { color-scheme: light; }

        """

    private static let darkColors =
        "--page: #12151b; --surface: #1c212a; --text: #e7eaf0; --muted: #9aa4b5; --line: #303846; --accent: #3d6ce8; --accent-text: #ffffff; --soft: #1f2c4d; --soft-text: #c3d3ff; --code: #12161d; --alert: #3d1d20; --alert-text: #ffc9c9; --notice: #3a2f14; --notice-text: #ffe2a3; --link: #8fb0ff; --focus: #8fb0ff; --shadow: none;"

    private static let rules = #"""
        *, *::before, *::after { box-sizing: border-box; }
        [hidden] { display: none !important; }

        .chat {
          display: flex;
          flex-direction: column;
          background: var(--page);
          color: var(--text);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
          overflow-wrap: anywhere;
        }
        .chat.page { height: 100dvh; }

        button, textarea { font: inherit; color: inherit; }
        button { cursor: pointer; }
        a { color: var(--link); text-underline-offset: .15em; }

        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }

        .visually-hidden {
          position: absolute;
          width: 1px;
          height: 1px;
          margin: -1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }

        .column { width: 100%; max-width: 46rem; margin: 0 auto; padding: 0 1rem; }

        /* Top */

        .top { background: var(--surface); border-bottom: 1px solid var(--line); }
        .top .column { display: flex; align-items: center; gap: .75rem; min-height: 3.75rem; }
        .brand { display: flex; align-items: center; gap: .65rem; min-width: 0; margin: 0; font-size: 1.05rem; font-weight: 650; }
        .brand-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .mark { flex: none; width: 1.9rem; height: 1.9rem; border-radius: .6rem; background: var(--accent); position: relative; }
        .mark::before {
          content: "";
          position: absolute;
          inset: .5rem .42rem .62rem;
          border-radius: .3rem;
          background: var(--accent-text);
        }
        .mark::after {
          content: "";
          position: absolute;
          left: .62rem;
          bottom: .42rem;
          border: .2rem solid transparent;
          border-top-color: var(--accent-text);
          border-left-color: var(--accent-text);
        }
        .quiet {
          flex: none;
          margin-left: auto;
          padding: .4rem .8rem;
          border: 1px solid var(--line);
          border-radius: 999px;
          background: transparent;
          color: var(--muted);
          font-size: .875rem;
        }
        .quiet:hover { color: var(--text); border-color: var(--muted); }

        /* What is true of the whole conversation */

        .banner { background: var(--soft); color: var(--soft-text); font-size: .925rem; }
        .banner .column { display: flex; gap: .6rem; align-items: center; padding-top: .6rem; padding-bottom: .6rem; }
        .banner strong { font-weight: 650; }
        .banner .dot { flex: none; width: .55rem; height: .55rem; border-radius: 50%; background: currentColor; }
        .banner.closed { background: var(--notice); color: var(--notice-text); }

        /* Messages */

        .scroller {
          flex: 1;
          min-height: 0;
          overflow-y: auto;
          overscroll-behavior: contain;
          scrollbar-color: var(--line) transparent;
          scrollbar-gutter: stable both-edges;
          scrollbar-width: thin;
        }
        .scroller:focus-visible { outline-offset: -3px; }
        .scroller > .column { padding-top: 1.5rem; padding-bottom: 1rem; }
        .log { display: flex; flex-direction: column; gap: 1.1rem; }
        .log:focus { outline: none; }

        .message { display: flex; flex-direction: column; align-items: flex-start; max-width: 100%; }
        .who { margin: 0 .3rem .25rem; font-size: .8rem; color: var(--muted); }
        .bubble {
          max-width: min(100%, 38rem);
          padding: .7rem 1rem;
          border: 1px solid var(--line);
          border-radius: 1.1rem 1.1rem 1.1rem .35rem;
          background: var(--surface);
          box-shadow: var(--shadow);
        }
        .customer { align-items: flex-end; }
        .customer .bubble {
          max-width: min(85%, 34rem);
          border-color: transparent;
          border-radius: 1.1rem 1.1rem .35rem 1.1rem;
          background: var(--accent);
          color: var(--accent-text);
          white-space: pre-wrap;
        }
        .person .bubble { border-left: 3px solid var(--accent); }
        .pending .bubble { opacity: .7; }
        .state { margin: .25rem .3rem 0; font-size: .8rem; color: var(--muted); }

        .bubble > :first-child { margin-top: 0; }
        .bubble > :last-child { margin-bottom: 0; }
        .bubble p, .bubble ul, .bubble ol, .bubble pre, .bubble blockquote, .bubble .table { margin: .6rem 0; }
        .bubble h3, .bubble h4, .bubble h5, .bubble h6 { margin: 1rem 0 .4rem; font-size: 1rem; line-height: 1.35; }
        .bubble h3 { font-size: 1.1rem; }
        .bubble ul, .bubble ol { padding-left: 1.4rem; }
        .bubble li { margin: .25rem 0; }
        .bubble li > ul, .bubble li > ol { margin: .25rem 0; }
        .bubble li > p { margin: .25rem 0; }
        .bubble li > :first-child { margin-top: 0; }
        .bubble code {
          padding: .1em .35em;
          border-radius: .3em;
          background: var(--code);
          font: .9em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        .bubble pre {
          padding: .75rem .9rem;
          border-radius: .6rem;
          background: var(--code);
          overflow-x: auto;
          scrollbar-color: var(--line) transparent;
          scrollbar-width: thin;
        }
        .bubble pre code { padding: 0; background: none; overflow-wrap: normal; white-space: pre; }
        .bubble blockquote { padding-left: .9rem; border-left: 3px solid var(--line); color: var(--muted); }
        .bubble hr { border: 0; border-top: 1px solid var(--line); margin: .9rem 0; }
        .bubble .table { overflow-x: auto; }
        .bubble table { border-collapse: collapse; font-size: .925rem; }
        .bubble th, .bubble td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal; }
        .bubble th { background: var(--code); font-weight: 600; }

        .bubble .sources { margin-top: .8rem; padding-top: .6rem; border-top: 1px solid var(--line); font-size: .875rem; }
        .sources-title { margin: 0 0 .3rem; font-size: .75rem; font-weight: 650; letter-spacing: .04em; text-transform: uppercase; color: var(--muted); }
        .bubble .sources ol { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .35rem; }
        .bubble .sources li { margin: 0; max-width: 100%; }
        .source {
          display: inline-block;
          max-width: 100%;
          padding: .15rem .65rem;
          border: 1px solid var(--line);
          border-radius: 999px;
          background: var(--page);
          color: var(--text);
          text-decoration: none;
        }
        a.source:hover { border-color: var(--accent); text-decoration: underline; }

        .working { display: flex; align-items: center; gap: .6rem; margin: 1.1rem .3rem 0; font-size: .875rem; color: var(--muted); }
        .dots { display: inline-flex; gap: .28rem; }
        .dots i { width: .45rem; height: .45rem; border-radius: 50%; background: currentColor; animation: breathe 1.2s ease-in-out infinite; }
        .dots i:nth-child(2) { animation-delay: .15s; }
        .dots i:nth-child(3) { animation-delay: .3s; }
        @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

        .suggestions { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.1rem 0 0; padding: 0; list-style: none; }
        .suggestions button {
          padding: .45rem .95rem;
          border: 1px solid var(--line);
          border-radius: 999px;
          background: var(--surface);
          font-size: .925rem;
          text-align: left;
        }
        .suggestions button:hover { border-color: var(--accent); }

        /* Bottom */

        .bottom { background: var(--surface); border-top: 1px solid var(--line); padding-bottom: env(safe-area-inset-bottom); }
        .trouble {
          display: flex;
          align-items: center;
          justify-content: space-between;
          gap: .75rem;
          margin-top: .75rem;
          padding: .5rem .5rem .5rem .9rem;
          border-radius: .7rem;
          background: var(--alert);
          color: var(--alert-text);
          font-size: .9rem;
        }
        .trouble button { flex: none; padding: .25rem .8rem; border: 1px solid currentColor; border-radius: 999px; background: transparent; }
        .composer { display: flex; align-items: flex-end; gap: .6rem; margin: .75rem 0 .35rem; }
        .composer textarea {
          flex: 1;
          min-width: 0;
          min-height: 2.85rem;
          max-height: 11rem;
          padding: .6rem 1rem;
          border: 1px solid var(--line);
          border-radius: 1.4rem;
          background: var(--page);
          line-height: 1.5;
          resize: none;
        }
        .composer textarea:focus-visible { outline-width: 2px; outline-offset: 0; }
        .composer textarea::placeholder { color: var(--muted); opacity: 1; }
        .composer button {
          flex: none;
          min-height: 2.85rem;
          padding: 0 1.3rem;
          border: 0;
          border-radius: 1.4rem;
          background: var(--accent);
          color: var(--accent-text);
          font-weight: 600;
        }
        .composer button:hover { filter: brightness(1.08); }
        .hint { margin: 0 .3rem .7rem; font-size: .78rem; color: var(--muted); }

        /* The button that opens the chat, and the chat as a panel on somebody's page */

        .launcher {
          position: fixed;
          z-index: 2147483000;
          bottom: max(1.25rem, env(safe-area-inset-bottom));
          inset-inline-end: 1.25rem;
          width: 3.5rem;
          height: 3.5rem;
          padding: 0;
          border: 0;
          border-radius: 50%;
          background: var(--accent);
          color: var(--accent-text);
          box-shadow: 0 4px 20px rgb(20 28 45 / 28%);
          font: 600 1rem/1 system-ui, sans-serif;
        }
        .left .launcher, .left .panel { inset-inline: 1.25rem auto; }
        .launcher svg { width: 1.6rem; height: 1.6rem; vertical-align: middle; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
        .unread {
          position: absolute;
          top: -.2rem;
          inset-inline-end: -.2rem;
          min-width: 1.35rem;
          padding: .2rem .35rem;
          border-radius: 999px;
          background: #b3261e;
          color: #ffffff;
          font-size: .8rem;
        }
        .panel {
          position: fixed;
          z-index: 2147483000;
          bottom: 5.5rem;
          inset-inline-end: 1.25rem;
          width: min(24.5rem, calc(100vw - 2.5rem));
          height: min(40rem, calc(100dvh - 7rem));
          border: 1px solid var(--line);
          border-radius: 1rem;
          box-shadow: 0 8px 40px rgb(20 28 45 / 22%);
          overflow: hidden;
        }
        .top .quiet + .quiet { margin-left: 0; }
        .panel .quiet { padding: .3rem .65rem; }
        .panel .column { padding: 0 .8rem; }
        .panel .banner .column { padding: .5rem .8rem; }
        .panel .scroller > .column { padding-top: 1rem; padding-bottom: .75rem; }

        @media (max-width: 30rem) {
          .panel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
          .open .launcher { display: none; }
        }

        /* Files */

        .attach {
          flex: none;
          width: 2.85rem;
          min-height: 2.85rem;
          padding: 0;
          border: 1px solid var(--line);
          border-radius: 50%;
          background: transparent;
          color: var(--muted);
        }
        .composer .attach { padding: 0; background: transparent; color: var(--muted); border: 1px solid var(--line); border-radius: 50%; }
        .attach svg { width: 1.25rem; height: 1.25rem; vertical-align: middle; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; }
        .files { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0 0; padding: 0; list-style: none; font-size: .875rem; }
        .files li { display: flex; align-items: center; gap: .4rem; max-width: 100%; padding: .2rem .3rem .2rem .7rem; border: 1px solid var(--line); border-radius: 999px; background: var(--page); color: var(--text); }
        .files button { padding: 0 .4rem; border: 0; border-radius: 999px; background: transparent; color: var(--muted); }
        .bubble .files { margin-top: .5rem; }
        .bubble .files li { padding: .2rem .7rem; }
        .files a { color: var(--text); }

        /* What the customer thinks */

        .offer, .rating { margin: 1.1rem 0 0; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .9rem; background: var(--surface); font-size: .925rem; }
        .offer { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; }
        .offer button, .rating button { padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 999px; background: var(--page); color: var(--text); }
        .offer button:hover, .rating button:hover { border-color: var(--accent); }
        .rating fieldset { margin: 0; padding: 0; border: 0; }
        .rating legend { padding: 0; font-weight: 600; }
        .scores { display: flex; gap: .35rem; margin: .5rem 0; }
        .scores label { position: relative; }
        .scores input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
        .scores span { display: block; min-width: 2.6rem; padding: .45rem .3rem; border: 1px solid var(--line); border-radius: .6rem; text-align: center; }
        .scores input:checked + span { border-color: var(--accent); background: var(--accent); color: var(--accent-text); }
        .scores input:focus-visible + span { outline: 3px solid var(--focus); outline-offset: 2px; }
        .rating textarea { display: block; width: 100%; margin: 0 0 .6rem; padding: .5rem .7rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--page); resize: vertical; }
        .growing { margin-top: 1.1rem; }

        @media (pointer: coarse) { .keys { display: none; } }

        @media (max-width: 30rem) {
          .brand-name { font-size: 1rem; line-height: 1.2; white-space: normal; }
          .column { padding: 0 .8rem; }
          .composer button { padding: 0 1rem; }
          .scroller > .column { padding-top: 1rem; }
        }

        @media (prefers-reduced-motion: reduce) {
          *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
          .dots i { opacity: .7; }
        }

        @media (forced-colors: active) {
          .bubble, .composer textarea, .source { border: 1px solid; }
          .mark { border: 1px solid; }
        }
        """#
}
