internal import Markdown

/// Markdown for web pages.
public enum MarkdownHTML {
    /// Renders Markdown as HTML that is safe to put into a page, whoever wrote it.
    ///
    /// CommonMark with GFM's tables, strikethrough and bare links. Raw HTML and comments are dropped; of images the
    /// alternative text stays, so that nothing is loaded from elsewhere; links lead to `http`, `https`, `mailto` and `tel`
    /// addresses or stay within the site, and all others become their text. A text that cannot be rendered in reasonable
    /// time (nested hundreds deep, over a megabyte, …) is shown as it is, in a `<pre>`.
    public static func renderHTML(_ markdown: String) -> String {
        MarkdownRendering.article.html(of: markdown)
    }
}
