extension StyleSheet {
    /// The list of sessions.
    static let inbox = #"""
        .full main { height: 100dvh; }
        .inbox { display: grid; grid-template-columns: minmax(17rem, 21rem) minmax(0, 1fr) auto; height: 100%; }
        .list-pane { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); background: var(--surface); }
        .pane-head { display: grid; gap: .75rem; padding: 1rem .9rem .6rem; border-bottom: 1px solid var(--line); }
        .pane-head h1 { font-size: 1.2rem; }
        .pane-head .tabs { margin: 0 -.3rem; }
        .pane-head .tabs a { padding: .25rem .5rem; }
        .rows { flex: 1; min-height: 0; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
        .rows .nothing, .rows .more { padding: 1.25rem; text-align: center; }
        .row { display: flex; gap: .7rem; padding: .8rem .9rem; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
        .row:hover { background: var(--page); }
        .row[aria-current] { background: var(--soft); box-shadow: inset 3px 0 var(--accent); }
        .row:focus-visible { outline-offset: -3px; }
        .row-main { flex: 1; min-width: 0; display: grid; gap: .1rem; }
        .row-top { display: flex; gap: .6rem; justify-content: space-between; align-items: baseline; }
        .row-name { font-weight: 620; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .row-time { color: var(--muted); font-size: .8rem; white-space: nowrap; }
        .row[aria-current] :is(.row-time, .row-text, .ticket) { color: inherit; }
        .row-text { color: var(--muted); font-size: .88rem; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
        .row-marks { display: flex; flex-wrap: wrap; gap: .3rem; align-items: center; margin-top: .25rem; }
        .ticket { color: var(--muted); font-size: .8rem; font-variant-numeric: tabular-nums; font-weight: 500; }
        .conversation.none { display: grid; place-content: center; justify-items: center; gap: .7rem; color: var(--muted); }
        .conversation.none .icon { width: 2.6rem; height: 2.6rem; stroke-width: 1.2; }
        """#

    /// A conversation and what stands beside it.
    static let conversation = #"""
        .conversation { display: flex; flex-direction: column; min-width: 0; min-height: 0; height: 100%; }
        .conversation-head { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem; padding: .8rem 1.1rem; border-bottom: 1px solid var(--line); background: var(--surface); }
        .conversation-head .title { flex: 1; min-width: 11rem; }
        .conversation-head h1 { font-size: 1.1rem; letter-spacing: 0; }
        .subject { color: var(--muted); font-size: .9rem; }
        .state-line { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .2rem; }
        .state-buttons { display: flex; flex-wrap: wrap; gap: .45rem; }
        .to-list { display: none; padding: .4rem; margin-left: -.5rem; color: inherit; }
        .to-list .icon { width: 1.5rem; height: 1.5rem; display: block; }
        .scroller { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1.1rem; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
        .scroller:focus-visible { outline-offset: -3px; }
        .scroller > * { max-width: 48rem; margin-inline: auto; }
        .scroller .more { text-align: center; margin-bottom: 1rem; }

        .handoff-card { padding: .6rem 1.1rem; border-bottom: 1px solid var(--line); background: var(--warn); color: var(--warn-text); }
        .handoff-card details { width: min(100%, 48rem); margin-inline: auto; }
        .handoff-card summary { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: center; color: inherit; list-style: none; }
        .handoff-card summary::-webkit-details-marker { display: none; }
        .handoff-card .badge { background: color-mix(in srgb, var(--surface) 75%, transparent); color: inherit; }
        .handoff-card .badge.bad { background: var(--bad); color: var(--bad-text); }
        .handoff-card time { margin-left: auto; font-size: .8rem; }
        .handoff-card .said { color: var(--text); max-height: 9.5rem; overflow: auto; scrollbar-width: thin; }
        .handoff-card .quiet-text { margin-top: .35rem; color: inherit; }

        .log { display: flex; flex-direction: column; gap: .9rem; }
        .entry { display: flex; flex-direction: column; align-items: flex-start; }
        .by { display: flex; gap: .5rem; margin: 0 .2rem .2rem; font-size: .8rem; color: var(--muted); }
        .by .author { font-weight: 600; color: var(--text); }
        .bubble { max-width: min(100%, 40rem); padding: .6rem .9rem; border: 1px solid var(--line); border-radius: .3rem 1rem 1rem 1rem; background: var(--surface); box-shadow: var(--shadow); }
        .ai, .person { align-items: flex-end; }
        .entry.ai .bubble { border-color: transparent; border-radius: 1rem .3rem 1rem 1rem; background: var(--ai); }
        .entry.person .bubble { border-color: transparent; border-radius: 1rem .3rem 1rem 1rem; background: var(--soft); }
        .note { align-items: stretch; }
        .note .bubble { max-width: none; border: 1px dashed var(--note-line); border-radius: .8rem; background: var(--note); box-shadow: none; }
        .event { flex-direction: row; align-items: flex-start; gap: .5rem; padding: 0 .3rem; color: var(--muted); font-size: .86rem; }
        .event .icon { margin-top: .1rem; }
        .event > :is(span, details) { flex: 1; min-width: 0; }
        .event.strong { color: var(--text); font-weight: 550; }
        .event.bad { padding: .5rem .7rem; border-radius: var(--radius); background: var(--bad); color: var(--bad-text); }
        .event time { white-space: nowrap; font-weight: 400; }
        .event .quote { display: block; font-weight: 400; }
        .fresh { animation: arrive .8s ease-out; }
        @keyframes arrive { from { opacity: 0; transform: translateY(.4rem); } }

        .said { unicode-bidi: isolate; }
        .said > :first-child { margin-top: 0; }
        .said > :last-child { margin-bottom: 0; }
        .said :is(p, ul, ol, pre, blockquote, table) { margin: .5rem 0; }
        .said :is(h1, h2, h3, h4, h5, h6) { margin: .9rem 0 .3rem; font-size: 1rem; }
        .said :is(ul, ol) { padding-left: 1.4rem; }
        .said blockquote { margin-left: 0; padding-left: .8rem; border-left: 3px solid var(--line-strong); }
        .said table { width: auto; }
        .said :is(th, td) { padding: .25rem .6rem; border: 1px solid var(--line); text-align: left; }
        .said code { padding: .1em .3em; border-radius: .3em; background: color-mix(in srgb, currentColor 9%, transparent); }
        .said pre code { padding: 0; background: none; }
        .said.quote { padding: .6rem .9rem; border-radius: var(--radius); background: var(--sunken); }
        .masked { padding: 0 .3em; border-radius: .3em; background: color-mix(in srgb, var(--muted) 18%, transparent); color: inherit; font-size: .9em; white-space: nowrap; }
        .masked.shown { background: var(--warn); color: var(--warn-text); white-space: normal; }
        .files, .sources { display: flex; flex-wrap: wrap; gap: .35rem; padding: .5rem 0 0 !important; font-size: .84rem; }
        .files li, .sources li > * { padding: .1rem .6rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 999px; color: inherit; text-decoration: none; }
        .sources a:hover { text-decoration: underline; }

        .composer { display: grid; gap: .5rem; padding: .8rem 1.1rem calc(.8rem + env(safe-area-inset-bottom)); border-top: 1px solid var(--line); background: var(--surface); }
        .composer > * { width: min(100%, 48rem); margin-inline: auto; }
        .composer textarea { max-height: 40dvh; field-sizing: content; min-height: 4.6rem; }
        .composer-foot { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; justify-content: space-between; }
        .composer .buttons { display: flex; flex-wrap: wrap; gap: .4rem; margin-left: auto; }
        .read-only { padding: .9rem; border-top: 1px solid var(--line); background: var(--surface); color: var(--muted); text-align: center; }
        .waiting-for-draft { opacity: .6; }

        .side { width: 18.5rem; overflow-y: auto; display: flex; flex-direction: column; gap: .75rem; padding: 1rem; border-left: 1px solid var(--line); scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
        .side .card { padding: .8rem .9rem; box-shadow: none; }
        .side h2 { font-size: .82rem; color: var(--muted); font-weight: 600; }
        .side .facts { grid-template-columns: 5.5rem 1fr; font-size: .86rem; }
        .side .button { width: 100%; }
        .side ul.tags { display: flex; flex-wrap: wrap; gap: .25rem .5rem; }
        .side ul.tags form { gap: 0; }

        @media (max-width: 80rem) {
          .inbox { grid-template-columns: minmax(15rem, 18rem) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); }
          .conversation-first .inbox { grid-template-columns: minmax(0, 1fr) auto; }
          .conversation-first .list-pane { display: none; }
          .to-list { display: block; }
        }
        @media (max-width: 60rem) {
          .conversation-first main, .conversation-first .inbox { height: auto; display: block; }
          .conversation-first .conversation { height: auto; }
          .conversation-first .conversation-head { position: sticky; top: 0; z-index: 2; }
          .conversation-first .scroller { overflow: visible; }
          .side { width: auto; border-left: 0; border-top: 1px solid var(--line); }
        }
        @media (max-width: 44rem) {
          .full main { height: calc(100dvh - 3.9rem - env(safe-area-inset-bottom)); }
          .list-first .inbox { grid-template-columns: 1fr; }
          .list-first .conversation { display: none; }
          .list-pane { border-right: 0; }
          .conversation-head, .scroller, .composer, .handoff-card { padding-inline: .8rem; }
          .composer { position: sticky; bottom: calc(3.9rem + env(safe-area-inset-bottom)); padding-bottom: .7rem; }
          .composer .quiet-text { display: none; }
          .composer textarea { min-height: 3rem; }
          .state-buttons button { min-height: 2.1rem; }
        }
        @media (pointer: coarse) { .keys { display: none; } }
        """#
}
