using System.Text.RegularExpressions;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Training.Sequence;

/// <summary>The data that the sequence commands are given, by option.</summary>
internal sealed class SequenceData
{
    private readonly Arguments _args;

    private SequenceData(Arguments args)
    {
        _args = args;
    }

    public List<PfrParagraph> PfrTrain { get; private set; } = [];

    /// <summary>Every tenth article, never trained on.</summary>
    public List<PfrParagraph> PfrTest { get; private set; } = [];
    public List<NamedText> Own { get; private set; } = [];
    public List<NamedText> OwnTest { get; private set; } = [];
    public LexiconFeatures? Features { get; private set; }
    public KnowledgeBase? Knowledge { get; private set; }
    public Lexicon? Lexicon => Knowledge?.Lexicon;

    public static SequenceData Read(Arguments args)
    {
        var data = new SequenceData(args);
        if (data.Option("pfr") is { Length: > 0 } pfr)
        {
            List<PfrParagraph> paragraphs = PfrReader.Read(pfr);
            string[] ids = [.. paragraphs.Select(p => p.Article).Distinct().Order(StringComparer.Ordinal)];
            var held = ids.Where((_, i) => i % 10 == 9).ToHashSet(StringComparer.Ordinal);
            data.PfrTrain = [.. paragraphs.Where(p => !held.Contains(p.Article))];
            data.PfrTest = [.. paragraphs.Where(p => held.Contains(p.Article))];
        }
        Func<string, string> repair = text => text;
        if (data.Option("repair") is { Length: > 0 } path)
        {
            var repairer = new Repairer(ModelFile.Load(path));
            RepairScratch scratch = repairer.CreateScratch();
            repair = text => repairer.Repair(CleanText.Identity(text), scratch).Text;
        }
        data.Own = EntityReaders.ReadArticles(data.Articles("articles"), repair);
        if (data.Option("held-articles").Length > 0)
        {
            data.OwnTest = EntityReaders.ReadArticles(data.Articles("held-articles"), repair);
        }
        else if (args.Part("leave-out") is { } left)
        {
            data.OwnTest = [.. data.Own.Where((_, i) => i % left.Parts == left.Part)];
            data.Own = [.. data.Own.Where((_, i) => i % left.Parts != left.Part)];
        }
        else
        {
            data.OwnTest = [.. data.Own.Where((_, i) => i % 5 == 4)];
            data.Own = [.. data.Own.Where((_, i) => i % 5 != 4)];
        }
        if (data.Option("knowledge") is { Length: > 0 } knowledge)
        {
            data.Knowledge = KnowledgeBase.Load(ModelFile.Load(knowledge));
            data.Features = new LexiconFeatures(data.Knowledge.Lexicon);
        }
        return data;
    }

    public string Option(string name) => _args.Option(name, "");

    public int Number(string name, int fallback) => _args.Number(name, fallback);

    private bool Tunes(string corpus) => Option("tune").Split(',').Contains(corpus);

    // The labelled articles of the folders; those whose name the option "only" matches.
    private IEnumerable<string> Articles(string option)
    {
        var only = new Regex(Option("only"), RegexOptions.CultureInvariant);
        return Option(option).Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(folder => Directory.GetFiles(folder, "*.json"))
            .Where(path => only.IsMatch(Path.GetFileNameWithoutExtension(path)));
    }

    /// <summary>All that is trained on.</summary>
    public List<LabelledText> Training()
    {
        bool asUner = Option("as") == "uner";
        var texts = PfrTrain.Select(p => (asUner ? p with { Words = JoinPlaces(p.Words) } : p).ToLabelled()).ToList();
        for (int i = Number("uner-times", 1); i > 0 && Option("uner").Length > 0; i--)
            texts.AddRange(EntityReaders.ReadBio(Path.Combine(Option("uner"), "zh_gsdsimp-ud-train.iob2"), 1).Select(t => (asUner ? t : SplitPlaces(t)).ToLabelled(asUner) with { IsTuning = Tunes("uner") }));
        for (int i = Number("articles-times", 6); i > 0; i--) texts.AddRange(Own.Select(t => (asUner ? t with { Names = JoinPlaces(t.Names) } : t).ToLabelled() with { IsTuning = Tunes("articles") }));
        if (Option("msra-train").Length > 0) texts.AddRange(EntityReaders.ReadBio(Option("msra-train"), 0).Select(t => t.ToLabelled() with { IsTuning = Tunes("msra") }));
        return texts;
    }

    /// <summary>Texts with all their names that are not trained on.</summary>
    public IEnumerable<(string Text, GoldWord[] Names)> HeldOut() =>
        PfrTest.Select(p => (p.Text, p.Words.Where(w => w.Kind != WordKind.Ordinary).ToArray()))
            .Concat(OwnTest.Select(t => (t.Text, t.Names)));

    /// <summary>UNER counts a chain of places (中国甘肃省金塔县) as one name, this project's guide as several: the chains as one.</summary>
    public static GoldWord[] JoinPlaces(IReadOnlyList<GoldWord> words)
    {
        var joined = new List<GoldWord>(words.Count);
        foreach (GoldWord word in words)
        {
            // 中日 are two there too.
            if (word.Kind == WordKind.Place && joined.Count > 0 && joined[^1] is { Kind: WordKind.Place } last && last.End == word.Start && last.End - last.Start > 1)
                joined[^1] = last with { End = word.End };
            else joined.Add(word);
        }
        return [.. joined];
    }

    // Chains of places that the corpus counts as one name become the places that they consist of.
    private NamedText SplitPlaces(NamedText text)
    {
        if (Lexicon is null) return text;
        var names = new List<GoldWord>();
        foreach (GoldWord name in text.Names)
        {
            int start = name.Start;
            for (int at = start + 2; name.Kind == WordKind.Place && at < name.End - 1; at++)
            {
                if (!IsPlace(text.Text[start..at]) || IsPlace(text.Text[start..(at + 1)]) || !IsPlace(text.Text[at..name.End])) continue;
                names.Add(new GoldWord(start, at, WordKind.Place));
                start = at;
            }
            names.Add(name with { Start = start });
        }
        return text with { Names = [.. names] };
    }

    private bool IsPlace(string name) => Lexicon!.Find(name) is >= 0 and var entry && (Lexicon.IsFullName(entry) || Lexicon.IsShortForm(entry) || Lexicon.Tag(entry) == PartOfSpeech.Ns);
}
