using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>One thread's buffers for the tagger; holds the tagged article until the next one.</summary>
public sealed class TaggingScratch
{
    private static readonly TermSet WholeBodies = TermSet.Of(TermClass.SchoolSuffix, TermClass.CompanySuffix, TermClass.HospitalSuffix, TermClass.GovernmentBody);

    /// <summary>Buffers over <paramref name="lexicon"/>.</summary>
    public TaggingScratch(Lexicon lexicon) => Index = new TermIndex(lexicon);

    /// <summary>The text's terms.</summary>
    public TermIndex Index { get; }

    /// <summary>What was found.</summary>
    public TaggedText Tagged { get; } = new();

    internal string Text => Index.Text;

    internal Layout Layout => Tagged.Layout;

    internal List<Mention> Places => Tagged.Places;

    internal List<Mention> Organizations => Tagged.Organizations;

    internal List<Mention> Agreements => Tagged.Agreements;

    internal List<NameSpan> NameList => Tagged.Names;

    internal List<PostSpan> PostList => Tagged.Posts;

    /// <summary>People while they are being found.</summary>
    internal List<NameSpan> FoundNames { get; } = [];

    /// <summary>The posts of one person while they are being found, first to last.</summary>
    internal List<PostSpan> FoundPosts { get; } = [];

    /// <summary>For each offset whether one of <see cref="FoundNames"/> covers it.</summary>
    internal bool[] Named { get; private set; } = [];

    /// <summary>For each offset whether an organisation covers it. Holds once all organisations are found.</summary>
    internal bool[] Embodied { get; private set; } = [];

    /// <summary>For each offset whether a person's post covers it.</summary>
    internal bool[] Posted { get; private set; } = [];

    /// <summary>Strings met so far, for whoever has to tell new ones.</summary>
    internal StretchSet Met { get; } = new();

    /// <summary>For the lexicon's entries of short names of places whether the text has a full form.</summary>
    internal Dictionary<int, bool> HasFullForm { get; } = [];

    /// <summary>The lexicon's entries of all places' names in the text; empty until they are asked for.</summary>
    internal HashSet<int> PlaceNames { get; } = [];

    internal List<Mention> LooseTitles => Tagged.LooseTitles;

    /// <summary>The words, names included; the first <see cref="TokenCount"/> count.</summary>
    internal Token[] Tokens { get; private set; } = [];

    internal int TokenCount { get; private set; }

    /// <summary>For each token the sequence model's probability that the name is one.</summary>
    internal float[] TokenScores { get; private set; } = [];

    // By token: its entry in the lexicon, -1 for none, -2 until it is asked for.
    private int[] _tokenEntries = [];

    /// <summary>The lexicon's entry of a token, or -1.</summary>
    internal int EntryOfToken(int token)
    {
        ref int entry = ref _tokenEntries[token];
        if (entry == -2) entry = Index.Lexicon.Find(Text.AsSpan(Tokens[token].Start, Tokens[token].Length));
        return entry;
    }

    /// <summary>Index of the token that covers each offset; -1 where none does.</summary>
    internal int[] TokenAt { get; private set; } = [];

    /// <summary>For each offset the number of the first place that ends there, of those in <see cref="Places"/>, plus one; 0 where none does. Holds once all places are found.</summary>
    internal int[] FirstPlaceTo { get; private set; } = [];

    /// <summary>The length of the longest place.</summary>
    internal int LongestPlace { get; private set; }

    /// <summary>Notes where places end, now that all are found and sorted.</summary>
    internal void IndexPlaces()
    {
        Array.Clear(FirstPlaceTo, 0, Text.Length + 1);
        LongestPlace = 0;
        for (int i = 0; i < Places.Count; i++)
        {
            int end = Places[i].Span.End;
            LongestPlace = Math.Max(LongestPlace, Places[i].Span.Length);
            if (FirstPlaceTo[end] == 0) FirstPlaceTo[end] = i + 1;
        }
    }

    /// <summary>Where blanks between two Chinese characters were taken out: offset of the second, and the blank; by offset.</summary>
    internal List<(int At, char Blank)> Gaps { get; } = [];

    /// <summary>Notes the blanks that repair took out.</summary>
    internal void NoteGaps(CleanText? clean)
    {
        Gaps.Clear();
        if (clean is null) return;
        foreach (Edit edit in clean.Edits)
        {
            int at = edit.TextStart;
            if (edit.TextLength > 0 || edit.Kind != EditKind.Spacing || at == 0 || at >= clean.Text.Length) continue;
            if (PersonTagger.IsHan(clean.Text[at - 1]) && PersonTagger.IsHan(clean.Text[at])) Gaps.Add((at, clean.Source[edit.SourceStart]));
        }
    }

    internal void Start(LexiconMatches words, ReadOnlySpan<Token> tokens, ReadOnlySpan<float> scores)
    {
        string text = words.Text;
        Index.Build(words);
        Tagged.Clear(text);
        if (Tokens.Length < tokens.Length)
        {
            Tokens = new Token[tokens.Length * 9 / 8 + 16];
            TokenScores = new float[Tokens.Length];
        }
        TokenCount = 0;
        for (int i = 0; i < tokens.Length; i++) Add(tokens[i], i < scores.Length ? scores[i] : 1);
        if (_tokenEntries.Length < TokenCount) _tokenEntries = new int[Tokens.Length];
        _tokenEntries.AsSpan(0, TokenCount).Fill(-2);
        Tagged.SetBorders(Tokens.AsSpan(0, TokenCount));
        HasFullForm.Clear();
        PlaceNames.Clear();
        if (TokenAt.Length < text.Length + 1)
        {
            TokenAt = new int[text.Length * 9 / 8 + 16];
            FirstPlaceTo = new int[TokenAt.Length];
            Named = new bool[TokenAt.Length];
            Embodied = new bool[TokenAt.Length];
            Posted = new bool[TokenAt.Length];
        }
        int behind = 0;
        for (int i = 0; i < TokenCount; i++)
        {
            Token token = Tokens[i];
            TokenAt.AsSpan(behind, token.Start - behind).Fill(-1);
            TokenAt.AsSpan(token.Start, token.Length).Fill(i);
            behind = token.End;
        }
        TokenAt.AsSpan(behind, text.Length + 1 - behind).Fill(-1);
    }

    /// <summary>Two bodies that the model took for one (<c>河北农业大学与孔敬大学</c>) are parted.</summary>
    private void Add(Token token, float score)
    {
        if (token.Tag == PartOfSpeech.Nt)
        {
            for (int at = token.Start + 3; at < token.End - 2; at++)
            {
                if (Text[at] is not ('与' or '和' or '及') || !Index.TryEnd(at, WholeBodies, out LexiconHit suffix) || suffix.Length < 2) continue;
                Put(new Token(token.Start, at - token.Start, PartOfSpeech.Nt), score);
                Put(new Token(at, 1, PartOfSpeech.None), 1);
                token = new Token(at + 1, token.End - at - 1, PartOfSpeech.Nt);
                break;
            }
        }
        Put(token, score);
    }

    private void Put(Token token, float score)
    {
        if (TokenCount == Tokens.Length)
        {
            (Token[] tokens, float[] scores) = (Tokens, TokenScores);
            Array.Resize(ref tokens, TokenCount * 9 / 8 + 16);
            Array.Resize(ref scores, tokens.Length);
            (Tokens, TokenScores) = (tokens, scores);
        }
        Tokens[TokenCount] = token;
        TokenScores[TokenCount++] = score;
    }

    internal bool TokenEndsAt(int end, out Token token)
    {
        token = default;
        if (end <= 0 || TokenAt[end - 1] < 0) return false;
        token = Tokens[TokenAt[end - 1]];
        return token.End == end;
    }

    internal bool TokenStartsAt(int start, out Token token)
    {
        token = default;
        if (start >= Text.Length || TokenAt[start] < 0) return false;
        token = Tokens[TokenAt[start]];
        return token.Start == start;
    }
}
