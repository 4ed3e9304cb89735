using System.Globalization;
using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Training;

/// <summary>
/// Damages clean texts, repairs them and counts what came back. With <c>--folds K</c> every text is repaired by a character model that was trained
/// without it: texts and articles of the PFR corpus are dealt out to K parts, and for each part a model is trained on the others.
/// </summary>
internal static class RepairEvaluation
{
    private const double GlossShare = 0.35;
    private static readonly EditKind[] DamageKinds = [EditKind.Gloss, EditKind.MisalignedBytes, EditKind.Mojibake, EditKind.Restored];

    /// <summary>What is counted of a set of texts.</summary>
    private sealed class Tally
    {
        public long Texts, Bytes, Characters, Right, Shifted, ShiftedRight, Plain, PlainRight, FalseSimplified, FalseTraditional, References;

        public void Add(Tally other)
        {
            Texts += other.Texts;
            Bytes += other.Bytes;
            Characters += other.Characters;
            Right += other.Right;
            Shifted += other.Shifted;
            ShiftedRight += other.ShiftedRight;
            Plain += other.Plain;
            PlainRight += other.PlainRight;
            FalseSimplified += other.FalseSimplified;
            FalseTraditional += other.FalseTraditional;
            References += other.References;
        }
    }

    /// <summary>A text's figures and its faults as lines.</summary>
    private sealed record Outcome(RepairPage Page, Tally Tally, List<string> Faults, List<(string Key, int Characters, string Example)> Losses);

    public static void Run(Arguments arguments, TextWriter output)
    {
        List<RepairPage> pages = RepairPage.Read(arguments);
        int seeds = arguments.Number("seeds", 20), most = arguments.Number("losses", 0), folds = arguments.Number("folds", 0);
        string sources = arguments.Option("sources", "models/sources");
        var damage = new PageDamage(SourceTable.Read(Path.Combine(sources, "repair", "glosses.tsv"), "repair/glosses.tsv", 2, 2, new Faults()).Select(r => (r[0][0], r[1])));
        Dictionary<int, string>[] glosses = [.. Enumerable.Range(1, seeds).Select(seed => damage.DrawGlosses(new MersenneTwister((uint)seed).NextDouble, GlossShare))];
        var groups = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        var losses = new Dictionary<string, (int Characters, string Example)>();
        for (int fold = 0; fold < Math.Max(1, folds); fold++)
        {
            RepairPage[] part = [.. pages.Where(p => folds == 0 || p.Number % folds == fold)];
            var repairer = new Repairer(folds == 0 ? ModelFile.Load(arguments.Option("model", "models/compiled/repair.bin")) : TrainWithout(arguments, part, folds, fold));
            using var scratch = new ThreadLocal<RepairScratch>(repairer.CreateScratch);
            foreach (Outcome outcome in part.AsParallel().AsOrdered().Select(p => Measure(p, repairer, scratch.Value!, damage, glosses, most > 0)))
            {
                string group = outcome.Page.File.Length == 0 ? "PFR" : "files";
                if (!groups.TryGetValue(group, out Tally? tally)) groups[group] = tally = new Tally();
                tally.Add(outcome.Tally);
                foreach (string fault in outcome.Faults) output.WriteLine(fault);
                foreach ((string key, int characters, string example) in outcome.Losses) losses[key] = (losses.GetValueOrDefault(key).Characters + characters, example);
            }
        }
        foreach ((string key, (int count, string example)) in losses.OrderByDescending(l => l.Value.Characters).ThenBy(l => l.Key, StringComparer.Ordinal).Take(most))
            output.WriteLine($"  {count}\t{key}\t{example}");
        var all = new Tally();
        foreach (Tally tally in groups.Values) all.Add(tally);
        foreach ((string name, Tally tally) in groups.Append(new("all", all))) Print(name, tally, seeds, output);
    }

    private static void Print(string name, Tally tally, int seeds, TextWriter output)
    {
        output.WriteLine($"{name}: {tally.Texts} texts, {tally.Bytes:N0} bytes, {seeds} seeds");
        output.WriteLine($"  false repairs of undamaged text: {tally.FalseSimplified} Simplified, {tally.FalseTraditional} Traditional; {tally.References} character references that the texts came with");
        output.WriteLine($"  Traditional to Simplified: {Percent(tally.PlainRight, tally.Plain)} of characters right");
        output.WriteLine($"  damaged: {Percent(tally.Right, tally.Characters)} of {tally.Characters:N0} characters right");
        output.WriteLine($"  inside shifted stretches: {Percent(tally.ShiftedRight, tally.Shifted)} of {tally.Shifted:N0} characters right");
    }

    /// <summary>The model for a part; <c>--keep FOLDER</c> keeps what was trained for the next run.</summary>
    private static ModelFile TrainWithout(Arguments arguments, RepairPage[] part, int folds, int fold)
    {
        string? kept = arguments.Option("keep") is { } folder ? Path.Combine(Directory.CreateDirectory(folder).FullName, $"characters-{fold}-of-{folds}.bin") : null;
        byte[] trained;
        if (kept is not null && File.Exists(kept)) trained = File.ReadAllBytes(kept);
        else
        {
            HashSet<string> files = [.. part.Select(p => p.File)];
            trained = CharacterTraining.Write(CharacterTraining.Train(arguments, article => article % folds == fold, file => files.Contains(Path.GetFullPath(file))));
            if (kept is not null) File.WriteAllBytes(kept, trained);
        }
        var faults = new Faults();
        byte[] model = RepairCompiler.Compile(arguments.Option("sources", "models/sources"), ModelFile.Parse("characters", trained), faults);
        faults.ThrowIfAny();
        return ModelFile.Parse($"model of part {fold}", model);
    }

    private static Outcome Measure(RepairPage page, Repairer repairer, RepairScratch scratch, PageDamage damage, Dictionary<int, string>[] glosses, bool listed)
    {
        var outcome = new Outcome(page, new Tally { Texts = 1, Bytes = Encoding.UTF8.GetByteCount(page.Simplified) }, [], []);
        Tally tally = outcome.Tally;
        tally.FalseSimplified = FalseRepairs(repairer, scratch, page.Simplified, page.Name, outcome.Faults);
        tally.FalseTraditional = FalseRepairs(repairer, scratch, page.Traditional, page.Name, outcome.Faults);
        CleanText clean = repairer.Repair(CleanText.Identity(page.Simplified), scratch);
        string expected = clean.Text;
        tally.References = Repairer.Count(clean)[(int)EditKind.Entity];
        tally.Plain = expected.Length;
        tally.PlainRight = TextComparison.Match(expected, repairer.Repair(CleanText.Identity(page.Traditional), scratch).Text).Count(m => m);
        for (int seed = 1; seed <= glosses.Length; seed++)
        {
            string damaged = damage.Damage(page.Traditional, glosses[seed - 1], out bool[] shifted);
            CleanText repaired = repairer.Repair(CleanText.Identity(damaged), scratch);
            bool[] matched = TextComparison.Match(expected, repaired.Text), marks = Carry(clean, shifted);
            tally.Characters += matched.Length;
            for (int i = 0; i < matched.Length; i++)
            {
                if (matched[i]) tally.Right++;
                if (marks[i]) tally.Shifted++;
                if (marks[i] && matched[i]) tally.ShiftedRight++;
            }
            if (!listed) continue;
            foreach (TextComparison.Difference d in TextComparison.Differences(expected, repaired.Text, matched))
            {
                string key = $"{d.Expected} → {d.Actual}".Replace('\n', '⏎');
                outcome.Losses.Add((key, d.Expected.Length, $"{page.Name} seed {seed}: {Context(expected, d.Start)}  {(marks[d.Start] ? "shifted" : "in step")}  {Near(damaged, repaired, expected, d.Start)}"));
            }
        }
        return outcome;
    }

    private static int FalseRepairs(Repairer repairer, RepairScratch scratch, string text, string name, List<string> faults)
    {
        int count = 0;
        CleanText repaired = repairer.Repair(CleanText.Identity(text), scratch);
        foreach (Edit edit in repaired.Edits)
        {
            if (!DamageKinds.Contains(edit.Kind)) continue;
            if (++count <= 2) faults.Add($"  false {edit.Kind} in {name}: {Context(text, edit.SourceStart)} became {Context(repaired.Text, edit.TextStart)}");
        }
        return count;
    }

    /// <summary>Marks of the characters of the clean text, for the characters of its surface form, which drops padding.</summary>
    private static bool[] Carry(CleanText clean, bool[] marks)
    {
        var carried = new bool[clean.Text.Length];
        for (int i = 0; i < carried.Length; i++)
        {
            int at = clean.ToSource(new TextSpan(i, i + 1)).Start;
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

    private static string Percent(long part, long whole) => whole == 0 ? "none" : (100.0 * part / whole).ToString("F3", CultureInfo.InvariantCulture) + " %";
}
