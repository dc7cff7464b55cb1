extension ChatPage {
    /// The page's frame; `{{…}}` marks what `html(title:greeting:suggestions:)` fills in.
    static let template = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <link rel="stylesheet" href="/chat.css">
        <script src="/chat.js" defer></script>
        </head>
        <body>
        <header class="top"><div class="column">
        <h1 class="brand"><span class="mark" aria-hidden="true"></span><span class="brand-name">{{title}}</span></h1>
        <button type="button" class="quiet" id="restart">New conversation</button>
        </div></header>
        <div class="banner" id="banner" role="status"><div class="column" id="banner-content" hidden><span class="dot" aria-hidden="true"></span><span id="banner-text"></span></div></div>
        <main id="scroller" tabindex="0" aria-label="Messages"><div class="column">
        <div class="log" id="log" role="log" aria-live="polite" aria-label="Conversation" aria-busy="true">
        <div class="message ai" id="greeting"><p class="who">Assistant</p><div class="bubble"><p>{{greeting}}</p></div></div>
        </div>
        <ul class="suggestions" id="suggestions" aria-label="Suggested questions" hidden>
        {{suggestions}}
        </ul>
        <div role="status"><div class="working" id="working" hidden><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span>The assistant is writing…</span></div></div>
        <noscript><p>This chat needs JavaScript.</p></noscript>
        </div></main>
        <footer class="bottom"><div class="column">
        <div role="alert"><div class="trouble" id="trouble" hidden><span id="trouble-text"></span><button type="button" id="retry">Try again</button></div></div>
        <form class="composer" id="composer">
        <label class="visually-hidden" for="text">Your message</label>
        <textarea id="text" rows="1" maxlength="8000" placeholder="Write a message…" autocomplete="off" enterkeyhint="send" aria-describedby="hint" required></textarea>
        <button type="submit">Send</button>
        </form>
        <p class="hint" id="hint">An AI answers first and hands you to a person when it should.<span class="keys"> Enter sends, Shift + Enter starts a new line.</span></p>
        </div></footer>
        </body>
        </html>
        """#
}
