using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Records;

/// <summary>
/// The files of this folder: short articles and what their records say. A case starts with <c>== what it shows</c>; the
/// lines of the article follow; lines that begin with <c>=</c> state one field of the record, a hyphen nothing. The fields are those of
/// <see cref="Actual"/>; a number behind a field (<c>leader 2</c>) asks for the second record of its kind.
/// </summary>
[Collection(ModelTests.Name)]
public sealed class RecordSpecs(CompiledModels models)
{
    [ModelTheory]
    [InlineData("visits.txt")]
    [InlineData("participants.txt")]
    [InlineData("affiliations.txt")]
    [InlineData("sides.txt")]
    [InlineData("meetings.txt")]
    [InlineData("agreements.txt")]
    [InlineData("traps.txt")]
    public void Records_say_what_the_spec_says(string file)
    {
        var wrong = new List<string>();
        int cases = 0, statements = 0;
        foreach (RecordCase one in RecordCase.Read(file))
        {
            cases++;
            Assert.True(one.Statements.Count > 0, $"{file}:{one.Line}: nothing is stated");
            ArticleRecord record = models.Extract(one.Text);
            foreach ((int line, string field, string expected) in one.Statements)
            {
                statements++;
                string got = Actual(record, field, expected) ?? throw new InvalidDataException($"{file}:{line}: no such field: {field}");
                if (got != expected) wrong.Add($"{file}:{line}: {one.Name}: {field}\n    expected {expected}\n    got      {got}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {statements} statements\n" + string.Join("\n", wrong));
        Assert.True(cases > 5, $"{file} has hardly any cases");
    }

    private static string? Actual(ArticleRecord record, string field, string expected)
    {
        string[] words = field.Split(' ');
        int number = words.Length > 1 && int.TryParse(words[^1], out int n) ? n : 1;
        string name = words.Length > 1 && int.TryParse(words[^1], out _) ? string.Join(' ', words[..^1]) : field;
        Visit? visit = At(record.Visits, number);
        Meeting? meeting = At(record.Meetings, number);
        Agreement? agreement = At(record.Agreements, number);
        return name switch
        {
            "visits" => record.Visits.Count.ToString(),
            "leader" => visit?.Leader ?? "-",
            "from" => visit?.From?.Name ?? "-",
            "to" => List(visit?.To.Select(static p => p.Name)),
            "codes" => List(visit?.To.Select(static p => p.Code ?? "-")),
            "stops" => List(visit?.Stops),
            "days" => visit?.Start == visit?.End ? visit?.Start ?? "-" : $"{visit?.Start}..{visit?.End}",
            "purpose" => List(visit?.Purpose),
            "people" => List(record.Participants.Select(static p => p.Name)),
            "visitors" => Side(record, "visitor"),
            "hosts" => Side(record, "host"),
            "neither" => Side(record, "none"),
            "no participant" => List(expected.Split('、').Where(absent => record.Participants.All(p => p.Name != absent))),
            "meetings" => List(record.Meetings.Select(static m => m.Kind)),
            "place" => meeting?.Place?.Name ?? "-",
            "day" => meeting?.Date ?? "-",
            "chair" => meeting?.Chair ?? "-",
            "agreements" => List(record.Agreements.Select(static a => a.Name)),
            "parties" => List(agreement?.Parties),
            "signatories" => List(agreement?.Signatories),
            "signed on" => agreement?.Date ?? "-",
            "status" => agreement?.Status ?? "-",
            "amounts" => List(record.Agreements.Select(static a => a.Amount is { } amount ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{amount.Value:0.##} {amount.Currency}") : "-")),
            "credits" => List(record.Credits.Select(static c => c.Name)),
            _ => OfPerson(record, words),
        };
    }

    /// <summary>NAME titles, NAME of, NAME side.</summary>
    private static string? OfPerson(ArticleRecord record, string[] words)
    {
        if (words.Length != 2 || words[1] is not ("titles" or "of" or "side")) return null;
        Participant? person = record.Participants.FirstOrDefault(p => p.Name == words[0]);
        if (person == null) return "nobody of that name";
        return words[1] switch
        {
            "titles" => person.Titles.Count == 0 ? "-" : string.Join(" + ", person.Titles),
            "of" => person.Affiliation ?? "-",
            _ => person.Side,
        };
    }

    private static string Side(ArticleRecord record, string side) => List(record.Participants.Where(p => p.Side == side).Select(static p => p.Name));

    private static T? At<T>(IReadOnlyList<T> records, int number) where T : class => number <= records.Count ? records[number - 1] : null;

    private static string List(IEnumerable<string>? items) => string.Join('、', items ?? []) is { Length: > 0 } joined ? joined : "-";
}

/// <summary>One short article with what its record says.</summary>
internal sealed class RecordCase(string name, int line)
{
    public string Name { get; } = name;

    public int Line { get; } = line;

    public string Text => string.Join('\n', Lines);

    public List<(int Line, string Field, string Expected)> Statements { get; } = [];

    private List<string> Lines { get; } = [];

    public static List<RecordCase> Read(string file)
    {
        var cases = new List<RecordCase>();
        int number = 0;
        foreach (string row in File.ReadLines(Repository.Path("tests", "NewsExtract.Tests", "Specs", "Records", file)))
        {
            number++;
            if (row.Length == 0 || row[0] == '#') continue;
            if (row.StartsWith("== ", StringComparison.Ordinal)) cases.Add(new RecordCase(row[3..], number));
            else if (cases.Count == 0) throw new InvalidDataException($"{file}:{number}: stands in front of the first case");
            else if (!row.StartsWith("= ", StringComparison.Ordinal)) cases[^1].Lines.Add(row);
            else if (row.IndexOf(": ", StringComparison.Ordinal) is > 0 and int colon) cases[^1].Statements.Add((number, row[2..colon], row[(colon + 2)..].Trim()));
            else throw new InvalidDataException($"{file}:{number}: no «: » between field and value");
        }
        return cases;
    }
}
