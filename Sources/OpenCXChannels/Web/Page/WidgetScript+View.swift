extension WidgetScript {
    /// The nodes, and what is shown in them.
    static let view = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // The nodes.

        const { make } = markdown;

        function part(name, attributes = {}, ...children) {
          const node = make(name, ...children);
          for (const [key, value] of Object.entries(attributes)) {
            if (value === true) node.setAttribute(key, '');
            else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
          }
          return node;
        }

        function drawing(path) {
          const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
          svg.setAttribute('viewBox', '0 0 24 24');
          svg.setAttribute('aria-hidden', 'true');
          const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
          line.setAttribute('d', path);
          svg.append(line);
          return svg;
        }

        const view = {
          log: part('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': words.conversation, 'aria-busy': 'true' }),
          suggestions: part('ul', { class: 'suggestions', 'aria-label': words.suggested, hidden: true }),
          // What grows is not read aloud piece by piece: the message is, once it is whole and stands in the log.
          growing: part('div', { class: 'growing', 'aria-hidden': 'true', hidden: true }),
          working: part('div', { class: 'working', hidden: true },
            part('span', { class: 'dots', 'aria-hidden': 'true' }, make('i'), make('i'), make('i')), make('span', words.writing)),
          offer: part('div', { class: 'offer', role: 'group', 'aria-label': words.helped, hidden: true }),
          rating: part('form', { class: 'rating', hidden: true }),
          bannerText: make('span'),
          troubleText: make('span'),
          retry: part('button', { type: 'button' }, words.retry),
          files: part('ul', { class: 'files', hidden: true }),
          picker: part('input', { type: 'file', class: 'visually-hidden', multiple: true, tabindex: '-1', 'aria-hidden': 'true' }),
          attach: part('button', { type: 'button', class: 'attach', 'aria-label': words.attach, title: words.attach, hidden: true },
            drawing('M8 12.5 14.5 6a3 3 0 0 1 4.2 4.2l-8 8a5 5 0 0 1-7-7l7.5-7.6')),
          text: part('textarea', {
            id: 'text', rows: '1', maxlength: '8000', placeholder: words.placeholder, autocomplete: 'off', enterkeyhint: 'send',
            'aria-describedby': 'hint',
          }),
          restart: part('button', { type: 'button', class: 'quiet' }, words.restart),
          minimize: part('button', { type: 'button', class: 'quiet', 'aria-label': words.close, title: words.close, hidden: isPage }, '✕'),
          unread: part('span', { class: 'unread', hidden: true }),
        };
        view.greeting = bubble({ author: 'ai', text: greeting });
        view.greeting.classList.add('greeting');
        view.log.append(view.greeting);
        view.banner = part('div', { class: 'column', hidden: true }, part('span', { class: 'dot', 'aria-hidden': 'true' }), view.bannerText);
        view.bar = part('div', { class: 'banner', role: 'status' }, view.banner);
        view.trouble = part('div', { class: 'trouble', hidden: true }, view.troubleText, view.retry);
        view.scroller = part('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': words.messages },
          part('div', { class: 'column' }, view.log, view.suggestions, view.growing, part('div', { role: 'status' }, view.working),
            view.offer, view.rating));
        view.composer = part('form', { class: 'composer' }, part('label', { class: 'visually-hidden', for: 'text' }, words.label),
          view.attach, view.picker, view.text, part('button', { type: 'submit' }, words.send));
        view.panel = part(isPage ? 'main' : 'div',
          { class: isPage ? 'chat page' : 'chat panel', id: 'panel', role: isPage ? null : 'dialog', 'aria-label': title, hidden: !isPage },
          part('header', { class: 'top' }, part('div', { class: 'column' },
            part(isPage ? 'h1' : 'h2', { class: 'brand' }, part('span', { class: 'mark', 'aria-hidden': 'true' }),
              part('span', { class: 'brand-name' }, title)),
            view.restart, view.minimize)),
          view.bar, view.scroller,
          part('footer', { class: 'bottom' }, part('div', { class: 'column' }, part('div', { role: 'alert' }, view.trouble),
            view.files, view.composer,
            part('p', { class: 'hint', id: 'hint' }, words.hint, part('span', { class: 'keys' }, words.keys)))));
        view.launcher = part('button',
          { type: 'button', class: 'launcher', 'aria-label': words.open, 'aria-expanded': 'false', 'aria-controls': 'panel', hidden: isPage },
          drawing('M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z'), view.unread);
        view.frame = part('div', { class: said.position === 'left' ? 'left' : 'right', lang: tables[language] ? language : 'en' },
          view.panel, view.launcher);
        for (const text of team.suggestions) view.suggestions.append(make('li', part('button', { type: 'button' }, text)));

        const host = document.createElement('opencx-chat');
        const root = host.attachShadow({ mode: 'open' });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        root.adoptedStyleSheets = [sheet];
        root.append(view.frame);
        if (['light', 'dark'].includes(said.theme)) host.dataset.theme = said.theme;
        if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(said.color ?? '')) {
          const short = said.color.length === 4;
          const [red, green, blue] = [0, 1, 2].map(place => {
            const digits = said.color.slice(1);
            const byte = short ? digits[place] + digits[place] : digits.slice(2 * place, 2 * place + 2);
            const share = parseInt(byte, 16) / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          // Whichever of the two is read better on it (WCAG's relative luminance).
          const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          host.style.setProperty('--accent', said.color);
          host.style.setProperty('--accent-text', luminance > 0.179 ? '#111111' : '#ffffff');
        }

        const isAtBottom = () => view.scroller.scrollHeight - view.scroller.scrollTop - view.scroller.clientHeight < 120;
        const toBottom = () => { view.scroller.scrollTop = view.scroller.scrollHeight; };

        function bubble(message) {
          const names = { customer: words.you, ai: words.ai, person: message.name ?? words.team };
          const who = part('p', { class: 'who' }, names[message.author] ?? words.team);
          const when = message.at ? new Date(message.at) : null;
          if (when && !Number.isNaN(when.getTime())) {
            const time = part('time', { datetime: message.at, title: when.toLocaleString() },
              when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
            who.append(' · ', time);
          }
          const content = part('div', { class: 'bubble' });
          if (message.author === 'customer') content.textContent = message.text;
          else content.append(...markdown.render(message.text));
          if (message.citations?.length) content.append(sources(message.citations));
          if (message.files?.length) content.append(attachments(message.files));
          const author = ['customer', 'ai'].includes(message.author) ? message.author : 'person';
          return part('div', { class: `message ${author}` }, who, content);
        }

        function sources(citations) {
          const entries = citations.map(citation => {
            const entry = citation.url ? markdown.link(citation.url, citation.title) : make('span', citation.title);
            entry.className = 'source';
            return make('li', entry);
          });
          return part('div', { class: 'sources' }, part('p', { class: 'sources-title' }, words.sources), make('ol', ...entries));
        }

        function attachments(files) {
          return part('ul', { class: 'files' }, ...files.map(file =>
            make('li', file.url ? markdown.link(address(file.url), file.name) : make('span', file.name))));
        }

        """#
}
