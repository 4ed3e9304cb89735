using System.Globalization;
using NewsExtract.Text;
using Spectre.Console;

namespace NewsExtract.Cli.Commands;

/// <summary>One article and its records, written to a console.</summary>
internal sealed class ArticleView(IAnsiConsole console, Article article, ArticleRecord record, IReadOnlyList<MentionExplanation>? reasons)
{
    private static readonly Dictionary<string, string> Styles = new()
    {
        ["person"] = "bold yellow",
        ["title"] = "cyan",
        ["place"] = "green",
        ["organization"] = "blue",
        ["date"] = "magenta",
        ["agreement"] = "red",
    };

    /// <summary>Writes text, legend and records; where there are reasons also each mention with its own, and the repairs.</summary>
    public void Write()
    {
        console.Write(new Rule(Markup.Escape(record.Title ?? article.Source)).LeftJustified());
        console.MarkupLine(string.Join("  ", Styles.Select(style => $"[{style.Value}]{style.Key}[/]")));
        console.WriteLine();
        WriteText();
        console.WriteLine();
        WriteRecords();
        if (reasons != null) Explain(reasons);
    }

    // Titles hold places and names stand in organisations: the shortest mention around a character colours it.
    private void WriteText()
    {
        CleanText body = article.Body;
        string?[] styles = new string?[body.Text.Length];
        int[] places = new int[body.Text.Length];
        for (int i = 0; i < places.Length; i++) places[i] = body.ToSource(new TextSpan(i, i + 1)).Start;
        foreach (MentionRecord mention in record.Mentions.OrderByDescending(m => m.End - m.Start))
        {
            int first = Array.BinarySearch(places, mention.Start);
            for (int i = first < 0 ? ~first : first; i < places.Length && places[i] < mention.End; i++) styles[i] = Styles.GetValueOrDefault(mention.Type);
        }
        for (int start = 0; start < styles.Length;)
        {
            int end = start;
            while (end < styles.Length && styles[end] == styles[start]) end++;
            string slice = Markup.Escape(body.Text[start..end]);
            console.Markup(styles[start] is { } style ? $"[{style}]{slice}[/]" : slice);
            start = end;
        }
        console.WriteLine();
    }

    private void WriteRecords()
    {
        if (record.Visits.Count > 0)
            Table("visits", ["#", "leader", "from", "to", "stops", "days", "purpose", ""], record.Visits.Select((v, i) => new[]
            {
                $"{i}", v.Leader ?? "", v.From?.Name ?? "", Join(v.To.Select(p => p.Name)), Join(v.Stops), v.Start == v.End ? v.Start ?? "" : $"{v.Start} – {v.End}", Join(v.Purpose), Percent(v.Confidence),
            }));
        if (record.Participants.Count > 0)
            Table("participants", ["name", "titles", "affiliation", "side", "visit", ""], record.Participants.Select(p => new[]
            {
                p.Name, Join(p.Titles), p.Affiliation ?? "", p.Side, $"{p.Visit}", Percent(p.Confidence),
            }));
        if (record.Meetings.Count > 0)
            Table("meetings", ["kind", "place", "date", "chair", "visit", ""], record.Meetings.Select(m => new[]
            {
                m.Kind, m.Place?.Name ?? "", m.Date ?? "", m.Chair ?? "", $"{m.Visit}", Percent(m.Confidence),
            }));
        if (record.Agreements.Count > 0)
            Table("agreements", ["name", "parties", "signatories", "date", "place", "amount", "status", "visit", ""], record.Agreements.Select(a => new[]
            {
                a.Name, Join(a.Parties), Join(a.Signatories), a.Date ?? "", a.Place?.Name ?? "", a.Amount is { } sum ? $"{sum.Value:N0} {sum.Currency}" : "", a.Status, $"{a.Visit}", Percent(a.Confidence),
            }));
        if (record.Dates.Count > 0)
            Table("dates", ["text", "start", "end", "precision"], record.Dates.Select(d => new[] { d.Text, d.Start ?? "", d.End ?? "", d.Precision }));
        if (record.Credits.Count > 0) console.WriteLine($"credits: {Join(record.Credits.Select(c => $"{c.Name} ({c.Role})"))}");
        console.WriteLine($"published {record.Published ?? "?"}, outlet {record.Outlet ?? "?"}, script {record.Script}, id {record.Id}");
    }

    private void Explain(IReadOnlyList<MentionExplanation> mentions)
    {
        console.WriteLine();
        console.WriteLine("mentions: place in the source, kind, text, score, rule");
        foreach (MentionExplanation mention in mentions)
        {
            console.WriteLine(MentionReasons.Head(mention) + (mention.Mention.Value is { } value && value != mention.Mention.Text ? $" = {value}" : ""));
            foreach (string line in MentionReasons.Because(mention)) console.WriteLine("    " + line);
        }
        if (record.Repairs.Count > 0) console.WriteLine($"repairs: {Join(record.Repairs.Select(r => $"{r.Key} {r.Value}"))}");
        foreach (Diagnostic diagnostic in article.Diagnostics) console.WriteLine($"{diagnostic.Code} {diagnostic.Message}");
    }

    private void Table(string title, string[] columns, IEnumerable<string[]> rows)
    {
        Table table = new Table().Title(title).Border(TableBorder.Simple);
        foreach (string column in columns) table.AddColumn(column);
        foreach (string[] row in rows) table.AddRow([.. row.Select(cell => new Spectre.Console.Text(cell))]);
        console.Write(table);
    }

    private static string Join(IEnumerable<string> items) => string.Join('、', items);

    private static string Percent(double confidence) => confidence.ToString("0.00", CultureInfo.InvariantCulture);
}
