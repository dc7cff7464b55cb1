internal import OpenCXCore

/// A page with nothing but the chat: the same script that any other page may show it with.
enum ChatPage {
    /// What the page may load and run, as the value of a `Content-Security-Policy` header.
    static let contentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'self'; object-src 'none'"

    /// The page, with the team's name.
    static func html(title: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, \
        interactive-widget=resizes-content">
        <meta name="color-scheme" content="light dark">
        <title>\(HTMLEscaping.escaped(title))</title>
        <script src="/widget.js" data-mode="page" data-language="en" defer></script>
        </head>
        <body>
        <noscript><p>This chat needs JavaScript.</p></noscript>
        </body>
        </html>

        """
    }
}
