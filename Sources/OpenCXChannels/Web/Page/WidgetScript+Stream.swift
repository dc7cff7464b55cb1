extension WidgetScript {
    /// How the page hears of what happens: by events where the browser gets them, by polls where it does not.
    static let stream = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // Hearing of what happens.

        async function listen(c) {
          let wait = 0;
          if (!c.begun) {
            // Nobody has written here yet, so there is nothing to ask for.
            view.log.setAttribute('aria-busy', 'false');
            c.caughtUp = true;
            await pause(c, Infinity);
          }
          while (!c.stop.signal.aborted) {
            const started = performance.now();
            try {
              const session = c.session ? `&session=${encodeURIComponent(c.session)}` : '';
              const { status, body } = await call(c, `messages?after=${c.last}&wait=${wait}${session}`);
              // A poll may tell of a message before its own POST has; which one it is comes with the POST's answer.
              if (c.sending) await c.sending;
              if (c.stop.signal.aborted) return;
              if (status === 404) {
                worked(c);
                view.log.setAttribute('aria-busy', 'false');
                c.caughtUp = true;
                show(c);
                await pause(c, c.outbox.length ? 1000 : Infinity);
                continue;
              }
              if (status !== 200 || !body) throw new Error(body?.message ?? `Status ${status}`);
              worked(c);
              apply(c, body);
              view.log.setAttribute('aria-busy', 'false');
              if (!c.polls) {
                c.polls = !(await follow(c));
                wait = 0;
                if (!c.polls && !c.stop.signal.aborted) await pause(c, 1000 + Math.random() * 2000);
                continue;
              }
              wait = 25;
              // A server that answers at once with nothing new is not asked again at once.
              if (!body.messages?.length && performance.now() - started < 200) await pause(c, 500);
            } catch {
              if (c.stop.signal.aborted) return;
              failed(c, words.unreachable);
              await pause(c, backOff(c));
              wait = 0;
            }
          }
        }

        // Reads events until they end for good; whether there were any says whether they get through at all.
        function follow(c) {
          return new Promise(resolve => {
            const session = c.session ? `&session=${encodeURIComponent(c.session)}` : '';
            const source = new EventSource(address(`v1/sessions/${encodeURIComponent(c.thread)}/stream?after=${c.last}${session}`));
            let heard = false;
            let order = Promise.resolve();
            // One after the other, and a message's own POST first.
            const take = (name, use) => source.addEventListener(name, event => {
              heard = true;
              clearTimeout(patience);
              order = order.then(() => c.sending).then(() => {
                if (c.stop.signal.aborted) return;
                worked(c);
                use(JSON.parse(event.data));
              }).catch(() => {});
            });
            const end = () => {
              clearTimeout(patience);
              source.close();
              endGrowing(c);
              resolve(heard || c.stop.signal.aborted);
            };
            // A proxy that keeps events to itself until there are many of them is none to wait for.
            const patience = setTimeout(end, 8000);
            take('state', state => apply(c, state));
            take('reply', piece => grow(c, piece));
            take('retracted', piece => { if (c.growing?.id === piece.message) endGrowing(c); });
            source.onerror = () => {
              if (source.readyState === EventSource.CLOSED || !heard) end();
              else failed(c, words.unreachable);
            };
            source.onopen = () => { if (heard) worked(c); };
            c.stop.signal.addEventListener('abort', end, { once: true });
          });
        }

        function grow(c, piece) {
          if (c.ids.has(piece.message)) return;
          if (piece.begins) {
            c.growing = { id: piece.message, text: piece.text };
          } else if (c.growing?.id === piece.message) {
            c.growing.text += piece.text;
          } else {
            return;
          }
          const follow = isAtBottom();
          view.growing.replaceChildren(bubble({ author: 'ai', text: c.growing.text }));
          view.growing.hidden = false;
          show(c);
          if (follow) toBottom();
        }

        function endGrowing(c) {
          c.growing = null;
          if (c !== conversation) return;
          view.growing.hidden = true;
          view.growing.replaceChildren();
          show(c);
        }

        """#
}
