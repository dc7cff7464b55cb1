/// What the pages do besides being read: they follow what happens, send forms without reloading, and say times in the reader's zone.
/// Without it everything still works, by forms and reloading.
enum PageScript {
    static let text = [safety, live, forms].joined(separator: "\n")

    /// What comes in while a page is open is markup of our own server. It is looked at once more all the same: a document that runs
    /// nothing reads it, and only elements and attributes that are known are made anew from it.
    private static let safety = #"""
        'use strict';

        const elements = new Set(('A,ARTICLE,BLOCKQUOTE,BR,CODE,DD,DEL,DETAILS,DIV,DL,DT,EM,H3,H4,H5,H6,HR,LI,MARK,OL,P,PATH,PRE,SMALL,SPAN,'
          + 'STRONG,SUMMARY,SVG,TABLE,TBODY,TD,TH,THEAD,TIME,TR,UL').split(','));
        const dropped = new Set('SCRIPT,STYLE,TEMPLATE,IFRAME,OBJECT,EMBED,LINK,META,BASE,FORM,INPUT,BUTTON,TEXTAREA,SELECT,MATH'.split(','));
        const attributes = new Set('class,dir,lang,title,datetime,align,scope,colspan,aria-label,aria-hidden,aria-current,role,'
          .concat('data-state,viewbox,d,focusable').split(','));

        function isSafeAddress(text) {
          try {
            const address = new URL(text, location.href);
            if (address.protocol === 'mailto:') return true;
            return address.protocol === 'https:' || address.protocol === 'http:';
          } catch { return false; }
        }

        function copy(node, target) {
          for (const child of node.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) { target.append(child.data); continue; }
            if (child.nodeType !== Node.ELEMENT_NODE) continue;
            const name = child.tagName.toUpperCase();
            if (dropped.has(name)) continue;
            if (!elements.has(name)) { copy(child, target); continue; }
            const drawn = name === 'SVG' || name === 'PATH';
            const made = drawn ? document.createElementNS('http://www.w3.org/2000/svg', name.toLowerCase()) : document.createElement(name);
            for (const { name: attribute, value } of child.attributes) {
              if (attributes.has(attribute.toLowerCase())) made.setAttribute(attribute, value);
              // No other name, so that nothing of a page can be mistaken for something else.
              else if (attribute === 'id' && /^entry-\d+$/.test(value)) made.id = value;
              else if (attribute === 'href' && name === 'A' && isSafeAddress(value)) {
                made.setAttribute('href', value);
                if (child.getAttribute('target') === '_blank') {
                  made.target = '_blank';
                  made.rel = 'noopener noreferrer nofollow';
                }
              }
            }
            copy(child, made);
            target.append(made);
          }
        }

        /** The nodes that a piece of markup stands for, without anything that could do something. */
        function sanitized(markup) {
          const parsed = new DOMParser().parseFromString(String(markup), 'text/html');
          const fragment = document.createDocumentFragment();
          copy(parsed.body, fragment);
          return fragment;
        }

        const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
        const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

        /** Says times in the reader's own zone; `5 min` stays. */
        function localize(root) {
          for (const time of root.querySelectorAll('time[datetime]')) {
            const at = new Date(time.dateTime);
            if (isNaN(at)) continue;
            if (time.dataset.state === 'ago') time.title = day.format(at);
            else {
              time.textContent = (at.toDateString() === new Date().toDateString() ? hour : day).format(at);
              time.title = day.format(at);
            }
          }
        }
        """#

    /// Server-sent events, and asking again where they do not get through.
    private static let live = #"""
        const trouble = document.getElementById('trouble');
        function complain(text) {
          if (!trouble) return;
          trouble.textContent = text;
          clearTimeout(complain.timer);
          complain.timer = setTimeout(() => { trouble.textContent = ''; }, 8000);
        }

        function follow(element, apply) {
          const stream = element.dataset.live;
          const updates = stream.replace('/stream', '/updates');
          let source = null, failures = 0, timer = 0;
          const address = (base) => base + (element.dataset.last ? (base.includes('?') ? '&' : '?') + 'after=' + element.dataset.last : '');

          async function ask() {
            const answer = await fetch(address(updates), { headers: { accept: 'application/json' } });
            if (answer.status === 401) { stop(); complain('You are signed out. Reload the page to sign in again.'); return; }
            if (answer.ok) apply(await answer.json());
          }
          function poll() { timer = setTimeout(() => { ask().catch(() => {}).finally(poll); }, 5000); }
          function stop() { source?.close(); source = null; clearTimeout(timer); }
          function start() {
            stop();
            if (!('EventSource' in window) || failures > 3) { poll(); return; }
            source = new EventSource(address(stream));
            source.addEventListener('update', (event) => { failures = 0; apply(JSON.parse(event.data)); });
            source.onerror = () => {
              source?.close();
              failures += 1;
              timer = setTimeout(() => { ask().catch(() => {}).finally(start); }, Math.min(1000 * failures, 5000));
            };
          }
          // A page in the background keeps no connection open.
          document.addEventListener('visibilitychange', () => { if (document.hidden) stop(); else start(); });
          window.addEventListener('pagehide', stop);
          start();
          return { ask };
        }

        // A list of sessions

        const rows = document.querySelector('.rows[data-live]');
        if (rows) follow(rows, (update) => {
          const focused = rows.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
          rows.replaceChildren(sanitized(update.rows));
          localize(rows);
          if (focused) [...rows.querySelectorAll('a')].find((row) => row.getAttribute('href') === focused)?.focus();
        });

        // A conversation

        const log = document.getElementById('log');
        const scroller = document.getElementById('scroller');
        let conversation = null;

        /** Shows those of the elements that fit the session's state, such as `open mine`. */
        function show(state) {
          const words = new Set(state.split(' '));
          for (const element of document.querySelectorAll('[data-when]')) {
            const fits = element.dataset.when.split(' ').every((word) => word[0] === '!' ? !words.has(word.slice(1)) : words.has(word));
            element.hidden = !fits;
          }
        }
        const isWide = () => scroller && getComputedStyle(scroller).overflowY !== 'visible';
        function toEnd() { if (isWide()) scroller.scrollTop = scroller.scrollHeight; else document.getElementById('composer')?.scrollIntoView({ block: 'end' }); }

        if (log) {
          if (isWide()) toEnd();
          conversation = follow(log, (update) => {
            const page = document.scrollingElement;
            const box = isWide() ? scroller : page;
            const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
            const fresh = sanitized(update.entries);
            for (const entry of [...fresh.children]) {
              if (entry.id && document.getElementById(entry.id)) entry.remove(); else entry.classList.add('fresh');
            }
            localize(fresh);
            mask(fresh);
            const any = fresh.childElementCount > 0;
            document.getElementById('entries').append(fresh);
            log.dataset.last = String(Math.max(Number(log.dataset.last), update.last));
            log.dataset.state = update.state;
            const head = document.querySelector('[data-region=state]');
            if (head) head.replaceChildren(sanitized(update.head));
            show(update.state);
            if (any && atEnd) toEnd();
          });
        }
        """#

    /// Forms without reloading.
    private static let forms = #"""
        async function send(form, submitter) {
          const data = new URLSearchParams(new FormData(form));
          if (submitter?.name) data.set(submitter.name, submitter.value);
          const answer = await fetch(form.action, { method: 'POST', body: data, headers: { accept: 'application/json' } });
          const said = await answer.json().catch(() => ({}));
          if (!answer.ok) throw new Error(said.message || 'That did not work. Please try again.');
          return said;
        }

        document.addEventListener('submit', (event) => {
          const question = event.submitter?.dataset.confirm;
          if (question && !confirm(question)) event.preventDefault();
        });

        const composer = document.getElementById('composer');
        const announcer = document.getElementById('announcer');
        if (composer) {
          const text = composer.elements.text;
          // What was not sent yet outlives reloading, in this browser's tab only.
          const key = 'draft ' + composer.getAttribute('action');
          if (!text.value) text.value = sessionStorage.getItem(key) ?? '';
          text.addEventListener('input', () => { if (text.value) sessionStorage.setItem(key, text.value); else sessionStorage.removeItem(key); });
          text.addEventListener('keydown', (event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
              event.preventDefault();
              composer.requestSubmit(composer.querySelector('button[value=reply]'));
            }
          });
          composer.addEventListener('submit', async (event) => {
            event.preventDefault();
            const button = event.submitter ?? composer.querySelector('button[value=reply]');
            if (composer.dataset.busy) return;
            composer.dataset.busy = 'yes';
            button.disabled = true;
            // A disabled button is not among a form's data, so its value is named here.
            const clicked = { name: button.name, value: button.value };
            try {
              const said = await send(composer, clicked);
              if (clicked.value === 'draft') {
                // What somebody has begun to write is not thrown away.
                if (said.draft) text.value = text.value.trim() ? text.value.trimEnd() + '\n\n' + said.draft : said.draft;
                else complain(said.message || 'The AI has no draft for this.');
                text.dispatchEvent(new Event('input'));
              } else {
                text.value = '';
                sessionStorage.removeItem(key);
                announcer.textContent = clicked.value === 'note' ? 'Note added.' : 'Sent.';
                await conversation?.ask();
                toEnd();
              }
            } catch (error) {
              complain(error.message);
            } finally {
              delete composer.dataset.busy;
              button.disabled = false;
              text.focus();
            }
          });
        }

        for (const form of document.querySelectorAll('.state-buttons form')) {
          form.addEventListener('submit', async (event) => {
            if (event.defaultPrevented) return;
            event.preventDefault();
            try {
              const said = await send(form, event.submitter);
              show(said.state);
              announcer.textContent = event.submitter.textContent.trim() + ': done.';
              await conversation?.ask();
            } catch (error) { complain(error.message); }
          });
        }

        // Personal data, once somebody has asked to see them

        let values = null;
        function mask(root) {
          if (!values) return;
          for (const place of root.querySelectorAll('.masked')) {
            const raw = values[place.textContent];
            if (raw !== undefined) { place.textContent = raw; place.classList.add('shown'); }
          }
        }
        const reveal = document.getElementById('reveal');
        reveal?.addEventListener('submit', async (event) => {
          event.preventDefault();
          try {
            values = (await send(reveal, event.submitter)).values ?? {};
            mask(document);
            const known = Object.keys(values).length;
            const said = document.createElement('p');
            said.className = 'quiet-text';
            said.textContent = known ? 'They are shown in the conversation.' : 'None of them is kept any more.';
            reveal.replaceWith(said);
            announcer.textContent = said.textContent;
          } catch (error) { complain(error.message); }
        });

        localize(document);
        """#
}
