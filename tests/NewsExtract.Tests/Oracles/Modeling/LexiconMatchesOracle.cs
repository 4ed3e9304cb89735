using NewsExtract.Modeling;
using NewsExtract.Tests.Specs.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Modeling;

/// <summary>The words of a whole text, found side by side, against one walk of the trie for each offset.</summary>
[Collection(KnowledgeTests.Name)]
public sealed class LexiconMatchesOracle(CompiledKnowledge compiled)
{
    [Fact]
    public void Finds_what_one_walk_for_each_offset_finds()
    {
        Lexicon lexicon = compiled.Knowledge.Lexicon;
        Lexicon richer = lexicon.WithWords([new UserWord("双方召开座", 3, PartOfSpeech.Nz), new UserWord("行", 3, PartOfSpeech.Nz)]);
        var random = new Random(11);
        foreach (Lexicon each in (Lexicon[])[lexicon, richer])
        {
            var words = new LexiconMatches(each);
            foreach (int length in (int[])[0, 1, 511, 512, 513, 3000, 40])
            {
                string text = Text(lexicon, random, length);
                words.Find(text);
                var expected = new List<LexiconHit>();
                var hits = new LexiconHit[64];
                for (int i = 0; i < text.Length; i++)
                    foreach (LexiconHit hit in hits[..each.MatchAll(text, i, hits)])
                        if (hit.Length > 1 || each.IsPlace(hit.Entry) || !each.Terms(hit.Entry).IsEmpty) expected.Add(hit);
                Assert.Equal(expected, words.Hits.ToArray());
                Assert.Equal(Enumerable.Range(0, text.Length + 1).Select(i => expected.Count(h => h.Start < i)), words.FirstAt.ToArray());
                // The index of terms has all of them that are terms or places.
                var index = new TermIndex(each);
                index.Build(words);
                Assert.Equal(expected.Where(h => each.IsPlace(h.Entry) || !each.Terms(h.Entry).IsEmpty), index.Hits.ToArray());
            }
        }
    }

    // Words of the lexicon, cut short here and there, with characters between them that no word has.
    private static string Text(Lexicon lexicon, Random random, int length)
    {
        var text = new System.Text.StringBuilder("双方召开座谈会一行");
        while (text.Length < length)
        {
            ReadOnlySpan<char> word = lexicon.Characters(random.Next(lexicon.Count));
            text.Append(word[..(random.Next(3) == 0 ? random.Next(word.Length + 1) : word.Length)]);
            if (random.Next(6) == 0) text.Append(random.Next(2) == 0 ? "\0" : "\uFFFE，");
        }
        return text.ToString(0, length);
    }
}
