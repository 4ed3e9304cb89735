using System.Globalization;
using System.Net;
using System.Text;

namespace NewsExtract.Evaluation.Report;

/// <summary>Writes HTML in which text can only be text: everything but <see cref="Raw"/> is escaped.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _html = new();

    /// <summary>Markup of the report's own; never anything that was read.</summary>
    public HtmlBuilder Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Text or an attribute's value between double quotes.</summary>
    public HtmlBuilder Text(string? text)
    {
        if (text is null) return this;
        // Control characters are no characters of HTML.
        string printable = text.Any(c => c < ' ' && c is not '\n' and not '\t' || c is '\u007F') ? string.Concat(text.Select(c => c < ' ' && c is not '\n' and not '\t' || c is '\u007F' ? '\uFFFD' : c)) : text;
        _html.Append(WebUtility.HtmlEncode(printable));
        return this;
    }

    public HtmlBuilder Text(ReadOnlySpan<char> text) => Text(text.ToString());

    public HtmlBuilder Number(int value) => Text(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>With three decimals, as in every table.</summary>
    public HtmlBuilder Ratio(double value) => Text(value.ToString("0.000", CultureInfo.InvariantCulture));

    /// <summary>A coordinate of a drawing.</summary>
    public HtmlBuilder At(double value) => Text(value.ToString("0.#", CultureInfo.InvariantCulture));

    /// <summary><c>&lt;name&gt;text&lt;/name&gt;</c>.</summary>
    public HtmlBuilder Element(string name, string? text) => Raw("<").Raw(name).Raw(">").Text(text).Raw("</").Raw(name).Raw(">");

    public override string ToString() => _html.ToString();
}
