using System.Diagnostics;
using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Training;

/// <summary>Damages clean texts, repairs them and counts what came back.</summary>
internal static class RepairEvaluation
{
    private const double GlossShare = 0.35;
    private static readonly EditKind[] DamageKinds = [EditKind.Gloss, EditKind.MisalignedBytes, EditKind.Mojibake, EditKind.Restored, EditKind.Entity];

    /// <summary>A clean text, and the same in Traditional characters.</summary>
    private sealed record Page(string Name, string Simplified, string Traditional);

    public static void Run(Arguments arguments, TextWriter output)
    {
        ModelFile model = ModelFile.Load(arguments.Option("model", "models/compiled/repair.bin"));
        var repairer = new Repairer(model);
        RepairScratch scratch = repairer.CreateScratch();
        List<Page> pages = Pages(arguments);
        int seeds = arguments.Number("seeds", 20), errors = arguments.Number("errors", 0), most = arguments.Number("losses", 0);
        var losses = new Dictionary<string, (int Characters, string Example)>();
        output.WriteLine($"{pages.Count} texts, {pages.Sum(p => (long)p.Simplified.Length):N0} characters, {pages.Sum(p => (long)Encoding.UTF8.GetByteCount(p.Simplified)):N0} bytes");

        int falseSimplified = 0, falseTraditional = 0;
        long characters = 0, right = 0, shiftedCharacters = 0, shiftedRight = 0, traditionalRight = 0, traditionalTotal = 0, damagedBytes = 0;
        foreach (Page page in pages)
        {
            falseSimplified += FalseRepairs(repairer, scratch, page.Simplified, page.Name, output);
            falseTraditional += FalseRepairs(repairer, scratch, page.Traditional, page.Name, output);
        }
        var damage = new PageDamage(model);
        var process = Process.GetCurrentProcess();
        TimeSpan spent = TimeSpan.Zero;
        foreach (Page page in pages)
        {
            string expected = repairer.Repair(CleanText.Identity(page.Simplified), scratch).Text;
            string traditional = repairer.Repair(CleanText.Identity(page.Traditional), scratch).Text;
            traditionalTotal += expected.Length;
            traditionalRight += TextComparison.Match(expected, traditional).Count(m => m);
            for (int seed = 1; seed <= seeds; seed++)
            {
                var random = new Random(seed * 1000003 + page.Simplified.Length);
                string damaged = damage.Damage(page.Traditional, damage.DrawGlosses(random, GlossShare), out bool[] shifted);
                damagedBytes += Encoding.UTF8.GetByteCount(damaged);
                TimeSpan start = process.UserProcessorTime;
                CleanText repaired = repairer.Repair(CleanText.Identity(damaged), scratch);
                process.Refresh();
                spent += process.UserProcessorTime - start;
                bool[] matched = TextComparison.Match(expected, repaired.Text);
                characters += matched.Length;
                right += matched.Count(m => m);
                // The surface repair of the clean text drops padding, so the marks of the shifted characters are carried over.
                bool[] marks = Carry(page, repairer, scratch, shifted, expected.Length);
                if (most > 0)
                    foreach (TextComparison.Difference d in TextComparison.Differences(expected, repaired.Text, matched))
                    {
                        string key = $"{d.Expected} → {d.Actual}".Replace('\n', '⏎');
                        losses[key] = (losses.GetValueOrDefault(key).Characters + d.Expected.Length, $"{page.Name} seed {seed}: {Context(expected, d.Start)}  {(marks[d.Start] ? "shifted" : "in step")}  {Near(damaged, repaired, expected, d.Start)}");
                    }
                for (int i = 0; i < matched.Length; i++)
                {
                    if (marks[i]) shiftedCharacters++;
                    if (marks[i] && matched[i]) shiftedRight++;
                    if (!matched[i] && errors > 0 && (i == 0 || matched[i - 1]))
                    {
                        errors--;
                        output.WriteLine($"  {page.Name} seed {seed}: {Context(expected, i)}  {(marks[i] ? "shifted" : "in step")}  {Near(damaged, repaired, expected, i)}");
                    }
                }
            }
        }
        foreach ((string key, (int count, string example)) in losses.OrderByDescending(l => l.Value.Characters).ThenBy(l => l.Key, StringComparer.Ordinal).Take(most))
            output.WriteLine($"  {count}\t{key}\t{example}");
        output.WriteLine($"false repairs of undamaged text: {falseSimplified} Simplified, {falseTraditional} Traditional");
        output.WriteLine($"Traditional to Simplified: {Percent(traditionalRight, traditionalTotal)} of characters right");
        output.WriteLine($"damaged with {seeds} seeds: {Percent(right, characters)} of {characters:N0} characters right");
        output.WriteLine($"inside shifted stretches: {Percent(shiftedRight, shiftedCharacters)} of {shiftedCharacters:N0} characters right");
        output.WriteLine($"speed on damaged text: {damagedBytes / 1e6 / spent.TotalSeconds:F1} MB/s of processor time");
    }

    private static List<Page> Pages(Arguments arguments)
    {
        string sources = Path.Combine(arguments.Option("sources", "models/sources"), "repair");
        string? traditional = arguments.Option("traditional");
        List<Page> pages = [];
        foreach (string path in arguments.Words.SelectMany(Files))
        {
            string text = File.ReadAllText(path);
            pages.Add(new Page(Path.GetFileName(path), text, traditional is null ? "" : File.ReadAllText(Path.Combine(traditional, Path.GetFileName(path)))));
        }
        if (arguments.Option("pfr") is { } pfr)
        {
            int every = arguments.Number("every", 1);
            foreach (var article in TrainingText.ReadPfr(pfr).GroupBy(p => p.Article).Where(g => g.Key % every == 0))
            {
                string text = string.Join('\n', article.Select(p => p.Text));
                pages.Add(new Page($"pfr {article.Key}", text, ""));
            }
        }
        if (traditional is not null) return pages;
        Dictionary<char, char> table = SourceTable.Read(Path.Combine(sources, "traditional.tsv"), "repair/traditional.tsv", 2, 2, new Faults()).ToDictionary(r => r[0][0], r => r[1][0]);
        return [.. pages.Select(p => p with { Traditional = string.Create(p.Simplified.Length, p.Simplified, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = table.GetValueOrDefault(from[i], from[i]);
        }) })];
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    private static int FalseRepairs(Repairer repairer, RepairScratch scratch, string text, string name, TextWriter output)
    {
        int count = 0;
        CleanText repaired = repairer.Repair(CleanText.Identity(text), scratch);
        foreach (Edit edit in repaired.Edits)
        {
            if (!DamageKinds.Contains(edit.Kind)) continue;
            if (++count <= 2) output.WriteLine($"  false {edit.Kind} in {name}: {Context(text, edit.SourceStart)} became {Context(repaired.Text, edit.TextStart)}");
        }
        return count;
    }

    /// <summary>Marks of the characters of the clean text, for the characters of its repaired form.</summary>
    private static bool[] Carry(Page page, Repairer repairer, RepairScratch scratch, bool[] marks, int length)
    {
        CleanText expected = repairer.Repair(CleanText.Identity(page.Simplified), scratch);
        var carried = new bool[length];
        for (int i = 0; i < length; i++)
        {
            int at = expected.ToSource(new TextSpan(i, i + 1)).Start;
            carried[i] = at < marks.Length && marks[at];
        }
        return carried;
    }

    private static string Context(string text, int at) =>
        text[Math.Max(0, at - 6)..Math.Min(text.Length, at + 8)].Replace('\n', '⏎');

    /// <summary>The damaged text near a place of the clean one: behind the last characters before it.</summary>
    private static string Near(string damaged, CleanText repaired, string expected, int at)
    {
        string before = expected[Math.Max(0, at - 5)..at];
        int guess = at;
        for (int k = 0; k < 400; k++)
        {
            guess = at + (k % 2 == 0 ? k / 2 : -k / 2);
            if (guess >= before.Length && guess <= repaired.Text.Length && repaired.Text.AsSpan(guess - before.Length, before.Length).SequenceEqual(before)) break;
        }
        guess = Math.Clamp(guess, 0, repaired.Text.Length - 1);
        SourceSpan source = repaired.ToSource(new TextSpan(Math.Max(0, guess - 4), Math.Min(repaired.Text.Length, guess + 7)));
        return Context(repaired.Text, guess) + " of " + damaged[source.Start..source.End].Replace('\n', '⏎');
    }

    private static string Percent(long part, long whole) => whole == 0 ? "none" : (100.0 * part / whole).ToString("F3", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
