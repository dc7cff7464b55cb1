extension WidgetScript {
    /// What the page that shows the chat has set, and what the browser remembers.
    static let start = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // What the script's tag says: data-title, data-greeting, data-color, data-position, data-language, data-theme,
        // data-mode ("page" fills the page, otherwise there is a button in the corner).

        if (window.OpenCXChat) return;
        const script = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
        const server = new URL('.', script?.src || window.location.href);
        const said = { ...script?.dataset };
        const isPage = said.mode === 'page';
        const title = said.title || team.title;
        const greeting = said.greeting || team.greeting;
        const touches = window.matchMedia('(pointer: coarse)');
        const isSmall = window.matchMedia('(max-width: 30rem)');
        const address = path => new URL(path.replace(/^\//, ''), server).href;
        """#

    /// Two languages of words.
    static let words = #"""

        const tables = {
          en: {
            open: 'Open chat', close: 'Close chat', unread: count => `${count} new`, restart: 'New conversation',
            messages: 'Messages', conversation: 'Conversation', suggested: 'Suggested questions', you: 'You', ai: 'Assistant',
            team: 'Team', writing: 'The assistant is writing…', label: 'Your message', placeholder: 'Write a message…', send: 'Send',
            hint: 'An AI answers first and hands you to a person when it should.', keys: ' Enter sends, Shift + Enter starts a new line.',
            sources: 'Sources', retry: 'Try again', unreachable: 'The server cannot be reached. Trying again by itself.',
            unsent: 'Your message has not been sent yet. Trying again by itself.', refused: why => `Not sent: ${why ?? 'the server did not take it.'}`,
            ticket: number => ` Your ticket is #${number}.`, closed: 'This conversation is closed.', again: ' Write again if you need more.',
            taken: name => `${name ?? 'A person of our team'} answers now.`, waiting: 'Handed to our team: a person will answer here.',
            leave: 'Start a new conversation? This one leaves the page.', attach: 'Attach a file', remove: name => `Remove ${name}`,
            sending: 'sending…', tooLarge: size => `A file may have at most ${size} MB.`, unkept: 'The file could not be sent.',
            helped: 'Did that help?', resolve: 'Yes, that is all', person: 'Talk to a person', ask: 'I would like to talk to a person.',
            rate: 'How was your conversation?', scores: ['terrible', 'poor', 'okay', 'good', 'excellent'],
            comment: 'Anything you want to tell us? (optional)', submit: 'Send rating', thanks: 'Thank you for your rating!',
          },
          de: {
            open: 'Chat öffnen', close: 'Chat schließen', unread: count => `${count} neu`, restart: 'Neues Gespräch',
            messages: 'Nachrichten', conversation: 'Gespräch', suggested: 'Vorgeschlagene Fragen', you: 'Sie', ai: 'Assistent',
            team: 'Team', writing: 'Der Assistent schreibt…', label: 'Ihre Nachricht', placeholder: 'Nachricht schreiben…', send: 'Senden',
            hint: 'Zuerst antwortet eine KI; wo es nötig ist, übernimmt ein Mensch.', keys: ' Enter sendet, Umschalt + Enter beginnt eine neue Zeile.',
            sources: 'Quellen', retry: 'Erneut versuchen', unreachable: 'Der Server ist nicht erreichbar. Es wird weiter versucht.',
            unsent: 'Ihre Nachricht ist noch nicht gesendet. Es wird weiter versucht.', refused: why => `Nicht gesendet: ${why ?? 'Der Server hat sie nicht angenommen.'}`,
            ticket: number => ` Ihre Vorgangsnummer ist #${number}.`, closed: 'Dieses Gespräch ist beendet.', again: ' Schreiben Sie einfach wieder, wenn Sie noch etwas brauchen.',
            taken: name => `${name ?? 'Ein Mensch aus unserem Team'} antwortet jetzt.`, waiting: 'An unser Team übergeben: Hier antwortet Ihnen ein Mensch.',
            leave: 'Ein neues Gespräch beginnen? Dieses verschwindet von der Seite.', attach: 'Datei anhängen', remove: name => `${name} entfernen`,
            sending: 'wird gesendet…', tooLarge: size => `Eine Datei darf höchstens ${size} MB haben.`, unkept: 'Die Datei konnte nicht gesendet werden.',
            helped: 'Hat das geholfen?', resolve: 'Ja, das war alles', person: 'Mit einem Menschen sprechen', ask: 'Ich möchte mit einem Menschen sprechen.',
            rate: 'Wie war Ihr Gespräch?', scores: ['sehr schlecht', 'schlecht', 'in Ordnung', 'gut', 'sehr gut'],
            comment: 'Möchten Sie uns noch etwas sagen? (freiwillig)', submit: 'Bewertung senden', thanks: 'Danke für Ihre Bewertung!',
          },
        };
        const language = (said.language || document.documentElement.lang || navigator.language || 'en').slice(0, 2).toLowerCase();
        const words = tables[language] ?? tables.en;

        """#

    /// What survives a reload.
    static let memory = #"""

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

        // The only key to the conversation, so it comes from the browser's own source of randomness.
        function makeID() {
          if (crypto.randomUUID) return crypto.randomUUID();
          // Pages that are served without TLS from another machine have no randomUUID.
          const bytes = crypto.getRandomValues(new Uint8Array(16));
          bytes[6] = (bytes[6] & 15) | 64;
          bytes[8] = (bytes[8] & 63) | 128;
          const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
          return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
        }

        """#
}
