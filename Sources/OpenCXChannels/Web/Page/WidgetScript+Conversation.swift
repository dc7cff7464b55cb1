extension WidgetScript {
    /// The conversation: what the server says of it, and what is sent.
    static let conversation = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // The conversation.

        let conversation = null;

        function begin(thread, begun = false) {
          conversation?.stop.abort();
          for (const node of view.log.querySelectorAll('.message:not(.greeting)')) node.remove();
          conversation = {
            thread, begun, last: 0, ticket: null, status: 'open', owner: 'ai', working: false, person: null, rating: null, asksRating: false,
            shown: new Map(), ids: new Set(), growing: null, outbox: [], sending: null, failures: 0, known: false, unread: 0,
            offers: false, polls: !('EventSource' in window), stop: new AbortController(), pauses: new Set(), delivering: false,
          };
          memory.set('opencx.thread', thread);
          if (!begun) memory.set('opencx.begun', '');
          view.log.setAttribute('aria-busy', 'true');
          show(conversation);
          listen(conversation);
        }

        function show(c) {
          if (c !== conversation) return;
          const handedOver = c.owner !== 'ai';
          const closed = c.status !== 'open';
          const follow = isAtBottom();
          view.banner.hidden = !(handedOver || closed);
          view.bar.classList.toggle('closed', closed);
          const ticket = c.ticket ? words.ticket(c.ticket) : '';
          const text = closed ? words.closed + ticket + words.again : (c.owner === 'person' ? words.taken(c.person) : words.waiting) + ticket;
          if (!view.banner.hidden && view.bannerText.textContent !== text) view.bannerText.textContent = text;
          view.working.hidden = !c.working || closed || handedOver || Boolean(c.growing);
          view.suggestions.hidden = c.known || c.outbox.length > 0 || !view.suggestions.children.length;
          view.offer.hidden = closed || handedOver || c.working || !c.offers || c.outbox.length > 0;
          view.rating.hidden = !closed || !c.asksRating;
          view.unread.hidden = !c.unread;
          view.unread.textContent = c.unread || '';
          const name = isOpen() ? words.close : words.open;
          view.launcher.setAttribute('aria-label', c.unread ? `${name}, ${words.unread(c.unread)}` : name);
          if (follow) toBottom();
        }

        function place(c, message) {
          if (c.growing?.id === message.id) endGrowing(c);
          if (c.shown.has(message.sequence)) return;
          const node = bubble(message);
          node.dataset.sequence = message.sequence;
          const later = [...view.log.querySelectorAll('.message:not(.greeting)')].find(
            other => other.dataset.sequence === undefined || Number(other.dataset.sequence) > message.sequence);
          const follow = isAtBottom();
          view.log.insertBefore(node, later ?? null);
          c.shown.set(message.sequence, node);
          c.ids.add(message.id);
          c.offers = message.author === 'ai';
          if (message.author !== 'customer' && !isOpen() && c.caughtUp) c.unread += 1;
          if (!follow) return;
          // An answer that is longer than the window is read from its beginning.
          if (node.offsetHeight > view.scroller.clientHeight) node.scrollIntoView({ block: 'start' });
          else toBottom();
        }

        function apply(c, state) {
          c.known = true;
          memory.set('opencx.begun', c.thread);
          enter(c, state.session);
          c.ticket = state.ticket ?? c.ticket;
          c.status = state.status ?? 'open';
          c.owner = state.owner ?? 'ai';
          c.working = Boolean(state.working);
          c.asksRating = Boolean(state.asks_rating);
          for (const message of state.messages ?? []) {
            if (message.author === 'person' && message.name) c.person = message.name;
            place(c, message);
          }
          c.last = Math.max(c.last, state.last ?? 0);
          c.caughtUp = true;
          show(c);
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

        // ---------------------------------------------------------------------------------------------------------------
        // Talking to the server.

        async function call(c, resource, options = {}) {
          const patience = AbortSignal.timeout(40_000);
          const signal = AbortSignal.any ? AbortSignal.any([c.stop.signal, patience]) : c.stop.signal;
          const response = await fetch(address(`v1/sessions/${encodeURIComponent(c.thread)}/${resource}`), {
            headers: options.body ? { 'Content-Type': 'application/json' } : {}, ...options, signal, cache: 'no-store', credentials: 'omit',
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

        function failed(c, text) {
          if (c !== conversation) return;
          c.failures += 1;
          const follow = isAtBottom();
          view.trouble.hidden = false;
          if (view.troubleText.textContent !== text) view.troubleText.textContent = text;
          if (follow) toBottom();
        }

        function worked(c) {
          c.failures = 0;
          if (c === conversation) view.trouble.hidden = true;
        }

        // Twice as long after each failure, up to half a minute, and never at the same moment as everybody else.
        const backOff = c => Math.min(30_000, 1000 * 2 ** Math.min(c.failures - 1, 6)) * (0.75 + Math.random() / 2);

        function write(c, text, files = [], id = makeID()) {
          const node = bubble({ author: 'customer', text, files, at: new Date().toISOString() });
          node.classList.add('pending');
          view.log.append(node);
          c.outbox.push({ id, text, files, node });
          remember(c);
          show(c);
          toBottom();
          deliver(c);
        }

        function remember(c) {
          const messages = c.outbox.map(({ id, text, files }) => ({ id, text, files }));
          memory.set('opencx.outbox', JSON.stringify({ thread: c.thread, messages }));
        }

        // Sends what waits, one after the other, each under the identifier it was written with: a repetition is not a second message.
        async function deliver(c) {
          if (c.delivering) return;
          c.delivering = true;
          while (c.outbox.length && !c.stop.signal.aborted) {
            const entry = c.outbox[0];
            const content = { text: entry.text, id: entry.id };
            if (entry.files.length) content.files = entry.files.map(file => file.file);
            const attempt = call(c, 'messages', { method: 'POST', body: JSON.stringify(content) });
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
              failed(c, words.unsent);
              await pause(c, backOff(c));
            }
          }
          c.delivering = false;
        }

        function accept(c, entry, receipt) {
          entry.node.classList.remove('pending');
          enter(c, receipt?.session);
          c.known = true;
          c.ticket = receipt?.ticket ?? c.ticket;
          c.working = c.owner === 'ai';
          c.offers = false;
          c.status = 'open';
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
          entry.node.append(part('p', { class: 'state' }, words.refused(reason)));
        }

        """#
}
