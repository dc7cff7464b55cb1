extension WidgetScript {
    /// What the visitor does, and how the chat comes onto the page.
    static let actions = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // What the visitor does.

        function fit() {
          view.text.style.height = 'auto';
          view.text.style.height = `${view.text.scrollHeight + 2}px`;
        }

        function submit() {
          const text = view.text.value.trim();
          const files = chosen.filter(file => file.kept).map(file => file.kept);
          // What is still on its way goes with the message it was chosen for.
          if ((!text && !files.length) || chosen.some(file => !file.kept)) return;
          view.text.value = '';
          chosen = [];
          showFiles();
          fit();
          write(conversation, text, files);
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
          view.trouble.hidden = true;
          goOn(conversation);
          view.text.focus();
        });
        window.addEventListener('online', () => { if (conversation) goOn(conversation); });
        view.restart.addEventListener('click', () => {
          const loses = conversation.known && conversation.status === 'open';
          if (loses && !window.confirm(words.leave)) return;
          begin(makeID());
          view.text.focus();
        });

        // ---------------------------------------------------------------------------------------------------------------
        // Done, or not; and what the visitor thinks of it.

        async function change(c, resource, body) {
          try {
            const { status, body: state } = await call(c, resource, { method: 'POST', body: JSON.stringify(body) });
            if (status !== 200) throw new Error(`Status ${status}`);
            worked(c);
            c.status = state.status;
            c.asksRating = Boolean(state.asks_rating);
            show(c);
            toBottom();
            return true;
          } catch {
            if (!c.stop.signal.aborted) failed(c, words.unreachable);
            return false;
          }
        }

        {
          const done = part('button', { type: 'button' }, words.resolve);
          const person = part('button', { type: 'button' }, words.person);
          view.offer.append(make('span', words.helped), done, person);
          done.addEventListener('click', async () => {
            const c = conversation;
            if (await change(c, 'resolve', {})) (c.asksRating ? view.rating.querySelector('input') : view.text).focus();
          });
          person.addEventListener('click', () => {
            write(conversation, words.ask);
            view.text.focus();
          });

          const scores = words.scores.map((name, place) => part('label', { title: name },
            part('input', { type: 'radio', name: 'score', value: String(place + 1), required: true, 'aria-label': `${place + 1}: ${name}` }),
            part('span', { 'aria-hidden': 'true' }, String(place + 1))));
          const comment = part('textarea', { rows: '2', maxlength: '2000', 'aria-label': words.comment, placeholder: words.comment });
          view.rating.append(
            part('fieldset', {}, make('legend', words.rate), part('div', { class: 'scores' }, ...scores)), comment,
            part('button', { type: 'submit' }, words.submit));
          view.rating.addEventListener('submit', async event => {
            event.preventDefault();
            const c = conversation;
            const score = Number(new FormData(view.rating).get('score'));
            const text = comment.value.trim();
            if (!(await change(c, 'rating', text ? { score, comment: text } : { score }))) return;
            view.rating.reset();
            const thanks = part('p', { class: 'state', role: 'status' }, words.thanks);
            view.log.append(thanks);
            toBottom();
            view.text.focus();
          });
        }

        // ---------------------------------------------------------------------------------------------------------------
        // Open and closed.

        function isOpen() { return isPage || !view.panel.hidden; }

        function start() {
          if (conversation) return;
          const thread = memory.get('opencx.thread');
          const isOurs = /^[0-9A-Za-z-]{16,64}$/.test(thread ?? '');
          begin(isOurs ? thread : makeID(), isOurs && memory.get('opencx.begun') === thread);
          try {
            const kept = JSON.parse(memory.get('opencx.outbox') ?? 'null');
            if (kept?.thread === conversation.thread) {
              for (const { id, text, files } of kept.messages) write(conversation, text, files ?? [], id);
            }
          } catch { /* What is kept there is not ours. */ }
        }

        function open() {
          if (isPage) return;
          view.panel.hidden = false;
          view.frame.classList.add('open');
          view.launcher.setAttribute('aria-expanded', 'true');
          view.panel.setAttribute('aria-modal', String(isSmall.matches));
          start();
          conversation.unread = 0;
          show(conversation);
          toBottom();
          (touches.matches ? view.minimize : view.text).focus();
        }

        function close() {
          if (isPage || view.panel.hidden) return;
          view.panel.hidden = true;
          view.frame.classList.remove('open');
          view.launcher.setAttribute('aria-expanded', 'false');
          show(conversation);
          view.launcher.focus();
        }

        view.launcher.addEventListener('click', () => (view.panel.hidden ? open() : close()));
        view.minimize.addEventListener('click', close);
        view.panel.addEventListener('keydown', event => {
          if (event.key === 'Escape') return close();
          // On a phone the chat is all there is to see, so the keyboard stays in it, too.
          if (event.key !== 'Tab' || isPage || !isSmall.matches) return;
          const stops = [...view.panel.querySelectorAll('button, textarea, input, a[href], [tabindex="0"]')].filter(
            node => node.tabIndex >= 0 && node.offsetParent !== null);
          const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
          if (root.activeElement !== edge) return;
          event.preventDefault();
          (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
        });

        function appear() {
          document.body.append(host);
          if (isPage) {
            const page = new CSSStyleSheet();
            page.replaceSync('html, body { height: 100%; margin: 0; overflow: hidden; }');
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
            start();
            if (!touches.matches) view.text.focus();
          } else if (memory.get('opencx.begun')) {
            // Somebody who has written before hears of what comes, also while the chat is closed.
            start();
          }
        }

        window.OpenCXChat = Object.freeze({ open, close });
        if (document.body) appear();
        else document.addEventListener('DOMContentLoaded', appear, { once: true });
        """#
}
