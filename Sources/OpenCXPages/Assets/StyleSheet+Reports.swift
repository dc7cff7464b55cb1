extension StyleSheet {
    /// Tiles, charts, timelines and ranked lists.
    static let reports = #"""
        .tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
        .tile { display: flex; flex-direction: column; padding: .9rem 1.1rem; border: 1px solid var(--line); border-radius: .8rem; background: var(--surface); box-shadow: var(--shadow); }
        .tile-value { font-size: 1.5rem; line-height: 1.25; font-weight: 660; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
        .tile-name { color: var(--muted); font-size: .84rem; }
        .tile.good .tile-value { color: var(--good-text); }
        .tile.warn .tile-value { color: var(--warn-text); }

        .charts { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
        .charts .wide { grid-column: 1 / -1; }
        .charts .chart { padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: .8rem; background: var(--surface); box-shadow: var(--shadow); }
        .chart figcaption { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; justify-content: space-between; margin-bottom: .6rem; }
        .chart-title { font-weight: 650; }
        .chart > svg { display: block; width: 100%; height: auto; }
        .chart text { fill: var(--muted); font-size: 11px; }
        .chart text.label { fill: var(--text); font-size: 13px; }
        .chart text.value { fill: var(--text); font-size: 12px; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem .9rem; font-size: .84rem; color: var(--muted); }
        .legend li { display: flex; align-items: center; gap: .35rem; }
        .swatch { width: .75rem; height: .75rem; border-radius: .2rem; background: var(--s1); }
        .series-1 { fill: var(--s1); } .swatch.series-1 { background: var(--s1); }
        .series-2 { fill: var(--s2); } .swatch.series-2 { background: var(--s2); }
        .series-3 { fill: var(--s3); } .swatch.series-3 { background: var(--s3); }
        .series-4 { fill: var(--s4); } .swatch.series-4 { background: var(--s4); }
        .series-5 { fill: var(--s5); } .swatch.series-5 { background: var(--s5); }
        .numbers { margin-top: .5rem; font-size: .88rem; }
        .shares li { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(3rem, 1fr) auto; gap: .8rem; align-items: center; font-size: .9rem; }
        .share-bar { width: 100%; height: .6rem; border-radius: .3rem; }
        .share-count { color: var(--muted); font-variant-numeric: tabular-nums; text-align: right; }
        .bar { width: 3.75rem; height: .5rem; margin-right: .6rem; vertical-align: baseline; }
        .bar-back { fill: var(--sunken); }
        .bar-fill { fill: var(--s1); }
        .period { margin-left: auto; }

        .stage { fill: var(--s1); }
        .stage-search { fill: var(--s3); }
        .stage-draft { fill: var(--s5); }
        .stage-act { fill: var(--s2); }
        .turns { margin-bottom: .4rem; }
        .steps { padding-left: 1.6rem; font-size: .88rem; }
        .steps li { padding: .1rem 0; }
        .results { display: grid; gap: .75rem; }
        .scores { display: flex; flex-wrap: wrap; gap: .3rem .9rem; align-items: center; font-size: .86rem; color: var(--muted); }
        .said.article { font-size: .92rem; overflow-x: auto; }
        @media (max-width: 44rem) {
          .shares li { grid-template-columns: 1fr auto; }
          .shares .share-bar { grid-column: 1 / -1; grid-row: 2; }
          .tiles { grid-template-columns: 1fr 1fr; }
        }
        """#
}
