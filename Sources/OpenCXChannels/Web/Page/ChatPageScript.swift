extension ChatPage {
    /// What the page does: served as `/chat.js`, since the page's security policy runs nothing from its own markup.
    package static let script = #"""
        'use strict';

        // ---------------------------------------------------------------------------------------------------------------
        // Markdown, a small and safe part of it. Text becomes DOM nodes, never HTML source, so a message cannot bring markup
        // of its own; links lead to http, https or this site only. Nesting is bounded, and no pattern backtracks.

        const markdown = (() => {
          const deepest = 6;

          function make(name, ...children) {
            const node = document.createElement(name);
            node.append(...children);
            return node;
          }

          function safeLink(address) {
            try {
              const url = new URL(address, window.location.href);
              return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
            } catch {
              return null;
            }
          }

          function link(address, ...children) {
            const href = safeLink(address);
            if (!href) return make('span', ...children);
            const node = make('a', ...children);
            node.href = href;
            node.target = '_blank';
            node.rel = 'noopener noreferrer nofollow';
            return node;
          }

          const isWord = character => character !== undefined && /[\p{L}\p{N}]/u.test(character);
          const isSpace = character => character === undefined || /\s/.test(character);

          function inline(text, depth = 0) {
            const nodes = [];
            const hopeless = new Set();
            let plain = '';
            let at = 0;

            const flush = () => {
              if (plain) nodes.push(document.createTextNode(plain));
              plain = '';
            };
            const add = (node, next) => {
              flush();
              nodes.push(node);
              at = next;
            };
            // Where `end` comes next; once it was not found it is not looked for again.
            const find = (end, from) => {
              if (hopeless.has(end)) return -1;
              const found = text.indexOf(end, from);
              if (found < 0) hopeless.add(end);
              return found;
            };
            const closing = (marker, from) => {
              for (let found = find(marker, from), tries = 0; found >= 0 && tries < 20; found = find(marker, found + 1), tries++) {
                if (isSpace(text[found - 1]) || found === from) continue;
                if (marker.length === 1 && (text[found + 1] === marker || text[found - 1] === marker)) continue;
                if (marker[0] === '_' && isWord(text[found + marker.length])) continue;
                return found;
              }
              return -1;
            };

            while (at < text.length) {
              const character = text[at];

              if (character === '\\' && at + 1 < text.length) {
                if (text[at + 1] === '\n') {
                  add(make('br'), at + 2);
                } else if (/[!-/:-@[-`{-~]/.test(text[at + 1])) {
                  plain += text[at + 1];
                  at += 2;
                } else {
                  plain += character;
                  at += 1;
                }
                continue;
              }

              if (character === '\n') {
                if (plain.endsWith('  ')) {
                  plain = plain.trimEnd();
                  add(make('br'), at + 1);
                } else {
                  plain = plain.trimEnd() + ' ';
                  at += 1;
                }
                continue;
              }

              if (character === '`') {
                let width = 1;
                while (text[at + width] === '`') width++;
                const fence = '`'.repeat(width);
                const end = find(fence, at + width);
                if (end > 0) {
                  add(make('code', text.slice(at + width, end).replace(/\n/g, ' ').trim()), end + width);
                } else {
                  plain += fence;
                  at += width;
                }
                continue;
              }

              if (character === '[' || (character === '!' && text[at + 1] === '[')) {
                const start = character === '!' ? at + 2 : at + 1;
                const middle = find('](', start);
                const end = middle < 0 ? -1 : find(')', middle + 2);
                const label = middle < 0 ? '' : text.slice(start, middle);
                if (end > 0 && label && !label.includes('\n\n') && depth < deepest) {
                  const address = text.slice(middle + 2, end).trim().split(/\s/)[0].replace(/^<|>$/g, '');
                  const open = label.lastIndexOf('[');
                  if (open < 0) {
                    add(link(address, ...inline(label, deepest)), end + 1);
                    continue;
                  }
                }
              }

              if (character === '<') {
                const end = find('>', at);
                const address = end < 0 ? '' : text.slice(at + 1, end);
                if (/^https?:\/\/[^\s<]+$/i.test(address)) {
                  add(link(address, address), end + 1);
                  continue;
                }
              }

              if ((character === 'h' || character === 'H') && depth < deepest && !isWord(text[at - 1])) {
                const address = /^https?:\/\/[^\s<>"'`|*]{1,2000}/i.exec(text.slice(at, at + 2048));
                if (address) {
                  const trimmed = address[0].replace(/[.,;:!?)\]]+$/, '');
                  add(link(trimmed, trimmed), at + trimmed.length);
                  continue;
                }
              }

              if ((character === '*' || character === '_') && depth < deepest) {
                const opens = character === '*' || !isWord(text[at - 1]);
                const marker = text[at + 1] === character ? character + character : character;
                const start = at + marker.length;
                const end = opens && !isSpace(text[start]) ? closing(marker, start) : -1;
                if (end > 0) {
                  add(make(marker.length === 2 ? 'strong' : 'em', ...inline(text.slice(start, end), depth + 1)), end + marker.length);
                } else {
                  plain += marker;
                  at = start;
                }
                continue;
              }

              plain += character;
              at += 1;
            }
            flush();
            return nodes;
          }

          const fence = /^ {0,3}(```+|~~~+)/;
          const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
          const quote = /^ {0,3}> ?/;
          const rule = /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/;
          const item = /^( {0,3})([-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
          const delimiters = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

          const indent = line => line.length - line.trimStart().length;
          const cells = line => {
            const parts = line.trim().replace(/^\|/, '').replace(/\\\|/g, '\u0000').split('|');
            if (parts.length > 1 && !parts[parts.length - 1].trim()) parts.pop();
            return parts.map(part => part.trim().replace(/\u0000/g, '|'));
          };

          function table(lines, at) {
            const head = cells(lines[at]);
            const node = make('table', make('thead', make('tr', ...head.map(text => make('th', ...inline(text))))));
            const body = make('tbody');
            let next = at + 2;
            for (; next < lines.length && lines[next].includes('|'); next++) {
              const row = cells(lines[next]);
              body.append(make('tr', ...head.map((_, column) => make('td', ...inline(row[column] ?? '')))));
            }
            node.append(body);
            const frame = make('div', node);
            frame.className = 'table';
            frame.tabIndex = 0;
            return [frame, next];
          }

          function list(lines, at, depth) {
            const ordered = /\d/.test(item.exec(lines[at])[2]);
            const node = make(ordered ? 'ol' : 'ul');
            if (ordered) node.start = parseInt(item.exec(lines[at])[2], 10);
            let next = at;
            while (next < lines.length) {
              const match = item.exec(lines[next]);
              if (!match || /\d/.test(match[2]) !== ordered || rule.test(lines[next])) break;
              const width = match[0].length || 2;
              const content = [lines[next].slice(match[0].length)];
              let loose = false;
              for (next += 1; next < lines.length; next++) {
                const line = lines[next];
                if (!line.trim()) {
                  const following = lines[next + 1];
                  if (following === undefined || (indent(following) < Math.min(width, 2) && !item.test(following))) break;
                  if (indent(following) < 2) continue;
                  loose = true;
                  content.push('');
                } else if (indent(line) >= 2) {
                  content.push(line.slice(Math.min(indent(line), width)));
                } else if (item.test(line) || startsBlock(lines, next)) {
                  break;
                } else {
                  content.push(line);
                }
              }
              const children = blocks(content, depth + 1);
              const first = children[0];
              if (!loose && first && first.nodeName === 'P') children.splice(0, 1, ...first.childNodes);
              node.append(make('li', ...children));
              while (next < lines.length && !lines[next].trim() && item.test(lines[next + 1] ?? '')) next++;
            }
            return [node, next];
          }

          function startsBlock(lines, at) {
            const line = lines[at];
            return fence.test(line) || heading.test(line) || quote.test(line) || rule.test(line) || item.test(line)
              || (line.includes('|') && delimiters.test(lines[at + 1] ?? '') && lines[at + 1].includes('-'));
          }

          function blocks(lines, depth) {
            const nodes = [];
            if (depth > deepest) return [make('p', lines.join('\n'))];
            let at = 0;
            while (at < lines.length) {
              const line = lines[at];
              if (!line.trim()) {
                at += 1;
              } else if (fence.test(line)) {
                const marker = fence.exec(line)[1];
                let end = at + 1;
                while (end < lines.length && !lines[end].trimStart().startsWith(marker)) end++;
                const code = make('pre', make('code', lines.slice(at + 1, end).join('\n')));
                code.tabIndex = 0;
                nodes.push(code);
                at = end + 1;
              } else if (heading.test(line)) {
                const [, level, text = ''] = heading.exec(line);
                nodes.push(make('h' + Math.min(level.length + 2, 6), ...inline(text.replace(/[ \t]+#+[ \t]*$/, ''))));
                at += 1;
              } else if (rule.test(line)) {
                nodes.push(make('hr'));
                at += 1;
              } else if (quote.test(line)) {
                const inner = [];
                for (; at < lines.length && quote.test(lines[at]); at++) inner.push(lines[at].replace(quote, ''));
                nodes.push(make('blockquote', ...blocks(inner, depth + 1)));
              } else if (item.test(line)) {
                const [node, next] = list(lines, at, depth);
                nodes.push(node);
                at = next;
              } else if (line.includes('|') && delimiters.test(lines[at + 1] ?? '')) {
                const [node, next] = table(lines, at);
                nodes.push(node);
                at = next;
              } else {
                const text = [line.trimStart()];
                for (at += 1; at < lines.length && lines[at].trim() && !startsBlock(lines, at); at++) text.push(lines[at].trimStart());
                nodes.push(make('p', ...inline(text.join('\n').trimEnd())));
              }
            }
            return nodes;
          }

          return { render: text => blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0), make, link, safeLink };
        })();

        // ---------------------------------------------------------------------------------------------------------------
        // What the browser remembers: which conversation this is, and what was written but has not arrived yet.

        const memory = (() => {
          const own = new Map();
          return {
            get(key) {
              try { return localStorage.getItem(key) ?? own.get(key) ?? null; } catch { return own.get(key) ?? null; }
            },
            set(key, value) {
              own.set(key, value);
              try { localStorage.setItem(key, value); } catch { /* Private windows may refuse; the tab remembers. */ }
            },
          };
        })();

        function makeID() {
          if (crypto.randomUUID) return crypto.randomUUID();
          // Pages that are served without TLS from another machine have no randomUUID.
          const bytes = crypto.getRandomValues(new Uint8Array(16));
          bytes[6] = (bytes[6] & 15) | 64;
          bytes[8] = (bytes[8] & 63) | 128;
          const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
          return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
        }

        // ---------------------------------------------------------------------------------------------------------------
        // The page.

        const part = id => document.getElementById(id);
        const view = {
          log: part('log'), greeting: part('greeting'), suggestions: part('suggestions'), working: part('working'),
          scroller: part('scroller'), banner: part('banner'), bannerContent: part('banner-content'), bannerText: part('banner-text'),
          trouble: part('trouble'), troubleText: part('trouble-text'), retry: part('retry'),
          composer: part('composer'), text: part('text'), restart: part('restart'),
        };

        let conversation = null;

        function begin(thread) {
          conversation?.stop.abort();
          for (const node of view.log.querySelectorAll('.message:not(#greeting)')) node.remove();
          conversation = {
            thread, last: 0, ticket: null, status: 'open', owner: 'ai', working: false, person: null,
            shown: new Map(), outbox: [], sending: null, failures: 0, known: false,
            stop: new AbortController(), pauses: new Set(), delivering: false,
          };
          memory.set('opencx.thread', thread);
          view.log.setAttribute('aria-busy', 'true');
          show(conversation);
          listen(conversation);
        }

        function show(c) {
          if (c !== conversation) return;
          const handedOver = c.owner !== 'ai';
          const closed = c.status !== 'open';
          const follow = isAtBottom();
          view.bannerContent.hidden = !(handedOver || closed);
          view.banner.classList.toggle('closed', closed);
          const ticket = c.ticket ? ` Your ticket is #${c.ticket}.` : '';
          const words = closed
            ? `This conversation is closed.${ticket} Write again if you need more.`
            : c.owner === 'person'
              ? `${c.person ?? 'Somebody from our team'} has taken over.${ticket}`
              : `Handed to our team: a person will answer here.${ticket}`;
          if (!view.bannerContent.hidden && view.bannerText.textContent !== words) view.bannerText.textContent = words;
          view.working.hidden = !(c.working && !closed) || handedOver;
          view.suggestions.hidden = c.known || c.outbox.length > 0 || !view.suggestions.children.length;
          if (follow) toBottom();
        }

        const isAtBottom = () => view.scroller.scrollHeight - view.scroller.scrollTop - view.scroller.clientHeight < 120;
        const toBottom = () => { view.scroller.scrollTop = view.scroller.scrollHeight; };

        function bubble(message) {
          const names = { customer: 'You', ai: 'Assistant', person: message.name ?? 'Team' };
          const who = markdown.make('p', names[message.author] ?? 'Team');
          who.className = 'who';
          if (message.at) {
            const when = new Date(message.at);
            if (!Number.isNaN(when.getTime())) {
              const time = markdown.make('time', when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
              time.dateTime = message.at;
              time.title = when.toLocaleString();
              who.append(' · ', time);
            }
          }
          const content = markdown.make('div');
          content.className = 'bubble';
          if (message.author === 'customer') content.textContent = message.text;
          else content.append(...markdown.render(message.text));
          if (message.citations?.length) content.append(sources(message.citations));
          const node = markdown.make('div', who, content);
          node.className = `message ${['customer', 'ai'].includes(message.author) ? message.author : 'person'}`;
          return node;
        }

        function sources(citations) {
          const title = markdown.make('p', 'Sources');
          title.className = 'sources-title';
          const entries = citations.map(citation => {
            const entry = citation.url ? markdown.link(citation.url, citation.title) : markdown.make('span', citation.title);
            entry.className = 'source';
            return markdown.make('li', entry);
          });
          const node = markdown.make('div', title, markdown.make('ol', ...entries));
          node.className = 'sources';
          return node;
        }

        function place(c, message) {
          if (c.shown.has(message.sequence)) return;
          const node = bubble(message);
          node.dataset.sequence = message.sequence;
          const later = [...view.log.querySelectorAll('.message:not(#greeting)')].find(
            other => other.dataset.sequence === undefined || Number(other.dataset.sequence) > message.sequence);
          const follow = isAtBottom();
          view.log.insertBefore(node, later ?? null);
          c.shown.set(message.sequence, node);
          if (!follow) return;
          // An answer that is longer than the window is read from its beginning.
          if (node.offsetHeight > view.scroller.clientHeight) node.scrollIntoView({ block: 'start' });
          else toBottom();
        }

        // ---------------------------------------------------------------------------------------------------------------
        // Talking to the server.

        async function call(c, path, options = {}) {
          const patience = AbortSignal.timeout(40_000);
          const signal = AbortSignal.any ? AbortSignal.any([c.stop.signal, patience]) : c.stop.signal;
          const response = await fetch(`/v1/sessions/${encodeURIComponent(c.thread)}/messages${path}`, {
            ...options, signal, cache: 'no-store', headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
          });
          let body = null;
          try { body = await response.json(); } catch (error) { if (c.stop.signal.aborted) throw error; }
          return { status: response.status, body };
        }

        // Waits, but no longer than until the page is told to go on.
        function pause(c, milliseconds) {
          return new Promise(resolve => {
            const done = () => {
              clearTimeout(timer);
              c.pauses.delete(done);
              resolve();
            };
            const timer = milliseconds === Infinity ? undefined : setTimeout(done, milliseconds);
            c.pauses.add(done);
            c.stop.signal.addEventListener('abort', done, { once: true });
          });
        }

        function goOn(c) {
          for (const done of [...c.pauses]) done();
        }

        function failed(c, words) {
          if (c !== conversation) return;
          c.failures += 1;
          const follow = isAtBottom();
          view.trouble.hidden = false;
          if (view.troubleText.textContent !== words) view.troubleText.textContent = words;
          if (follow) toBottom();
        }

        function worked(c) {
          c.failures = 0;
          if (c === conversation) view.trouble.hidden = true;
        }

        // Twice as long after each failure, up to half a minute, and never at the same moment as everybody else.
        const backOff = c => Math.min(30_000, 1000 * 2 ** Math.min(c.failures - 1, 6)) * (0.75 + Math.random() / 2);

        async function listen(c) {
          let wait = 0;
          while (!c.stop.signal.aborted) {
            const started = performance.now();
            try {
              const { status, body } = await call(c, `?after=${c.last}&wait=${wait}` + (c.session ? `&session=${encodeURIComponent(c.session)}` : ''));
              // A long poll may tell of a message before its own POST has; which one it is comes with the POST's answer.
              if (c.sending) await c.sending;
              if (c.stop.signal.aborted) return;
              if (status === 404) {
                worked(c);
                view.log.setAttribute('aria-busy', 'false');
                show(c);
                await pause(c, c.outbox.length ? 1000 : Infinity);
                continue;
              }
              if (status !== 200 || !body) throw new Error(body?.message ?? `Status ${status}`);
              worked(c);
              apply(c, body);
              view.log.setAttribute('aria-busy', 'false');
              wait = 25;
              // A server that answers at once with nothing new is not asked again at once.
              if (!body.messages?.length && performance.now() - started < 200) await pause(c, 500);
            } catch {
              if (c.stop.signal.aborted) return;
              failed(c, 'The server cannot be reached. Trying again by itself.');
              await pause(c, backOff(c));
              wait = 0;
            }
          }
        }

        function apply(c, state) {
          c.known = true;
          enter(c, state.session);
          c.ticket = state.ticket ?? c.ticket;
          c.status = state.status ?? 'open';
          c.owner = state.owner ?? 'ai';
          c.working = Boolean(state.working);
          for (const message of state.messages ?? []) {
            if (message.author === 'person' && message.name) c.person = message.name;
            place(c, message);
          }
          c.last = Math.max(c.last, state.last ?? 0);
          show(c);
        }

        function write(c, text, id = makeID()) {
          const node = bubble({ author: 'customer', text, at: new Date().toISOString() });
          node.classList.add('pending');
          view.log.append(node);
          c.outbox.push({ id, text, node });
          remember(c);
          show(c);
          toBottom();
          deliver(c);
        }

        function remember(c) {
          memory.set('opencx.outbox', JSON.stringify({ thread: c.thread, messages: c.outbox.map(({ id, text }) => ({ id, text })) }));
        }

        // Sends what waits, one after the other, each under the identifier it was written with: a repetition is not a second message.
        async function deliver(c) {
          if (c.delivering) return;
          c.delivering = true;
          while (c.outbox.length && !c.stop.signal.aborted) {
            const entry = c.outbox[0];
            const attempt = call(c, '', { method: 'POST', body: JSON.stringify({ text: entry.text, id: entry.id }) });
            c.sending = attempt.then(() => {}, () => {});
            try {
              const { status, body } = await attempt;
              if (status >= 500 || status === 429 || status === 408) throw new Error(`Status ${status}`);
              c.outbox.shift();
              remember(c);
              if (status < 200 || status >= 300) refuse(entry, body?.message);
              else accept(c, entry, body);
              worked(c);
              c.sending = null;
              goOn(c);
            } catch {
              c.sending = null;
              if (c.stop.signal.aborted) break;
              failed(c, 'Your message has not been sent yet. Trying again by itself.');
              await pause(c, backOff(c));
            }
          }
          c.delivering = false;
        }

        // A conversation that was closed goes on in a new session, whose entries are counted from the beginning; what is
        // already on the page stays above them.
        function enter(c, session) {
          if (!session || c.session === session) return;
          if (c.session) {
            for (const node of c.shown.values()) node.dataset.sequence = 0;
            c.shown = new Map();
            c.last = 0;
          }
          c.session = session;
        }

        function accept(c, entry, receipt) {
          entry.node.classList.remove('pending');
          enter(c, receipt?.session);
          c.known = true;
          c.ticket = receipt?.ticket ?? c.ticket;
          c.working = c.owner === 'ai';
          const sequence = receipt?.sequence;
          if (c.shown.has(sequence)) {
            entry.node.remove();
          } else if (sequence !== undefined) {
            entry.node.dataset.sequence = sequence;
            c.shown.set(sequence, entry.node);
          }
          show(c);
        }

        function refuse(entry, reason) {
          const state = markdown.make('p', `Not sent: ${reason ?? 'the server did not take it.'}`);
          state.className = 'state';
          entry.node.append(state);
        }

        // ---------------------------------------------------------------------------------------------------------------
        // What the customer does.

        function fit() {
          view.text.style.height = 'auto';
          view.text.style.height = `${view.text.scrollHeight + 2}px`;
        }

        function submit() {
          const text = view.text.value.trim();
          if (!text) return;
          view.text.value = '';
          fit();
          write(conversation, text);
        }

        view.composer.addEventListener('submit', event => {
          event.preventDefault();
          submit();
        });
        view.text.addEventListener('input', fit);
        view.text.addEventListener('keydown', event => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          submit();
        });
        view.suggestions.addEventListener('click', event => {
          const button = event.target.closest('button');
          if (!button) return;
          write(conversation, button.textContent);
          view.text.focus();
        });
        view.retry.addEventListener('click', () => {
          conversation.failures = 0;
          goOn(conversation);
          view.text.focus();
        });
        window.addEventListener('online', () => goOn(conversation));
        view.restart.addEventListener('click', () => {
          const loses = conversation.known && conversation.status === 'open';
          if (loses && !window.confirm('Start a new conversation? This one leaves the page.')) return;
          begin(makeID());
          view.text.focus();
        });

        begin(memory.get('opencx.thread') ?? makeID());
        try {
          const kept = JSON.parse(memory.get('opencx.outbox') ?? 'null');
          if (kept?.thread === conversation.thread) for (const { id, text } of kept.messages) write(conversation, text, id);
        } catch { /* What is kept there is not ours. */ }
        if (window.matchMedia('(pointer: fine)').matches) view.text.focus();
        """#
}
