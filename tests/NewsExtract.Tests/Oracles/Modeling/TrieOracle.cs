using NewsExtract.Modeling;
using NewsExtract.Tests.Specs.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Modeling;

/// <summary>The double array against a plain set of words.</summary>
[Collection(KnowledgeTests.Name)]
public sealed class TrieOracle(CompiledKnowledge compiled)
{
    [Fact]
    public void Matches_what_a_set_of_words_matches()
    {
        var random = new Random(20210408);
        for (int round = 0; round < 300; round++)
        {
            // Few characters make many shared prefixes; the odd ones sit at the ends of the range.
            string alphabet = round % 3 == 0 ? "ab" : round % 3 == 1 ? "县委书记长\uFFFF\u0001" : string.Concat(Enumerable.Range(0, 300).Select(i => (char)('\u4E00' + i)));
            var words = new SortedDictionary<string, int>(StringComparer.Ordinal);
            int count = random.Next(0, 200);
            while (words.Count < count && words.Count < 60 + alphabet.Length) words.TryAdd(RandomText(random, alphabet, random.Next(1, 7)), words.Count);
            int[] values = [.. words.Keys.Select((_, i) => i)];
            (ulong[] nodes, char[] letters) = WordTrieBuilder.Build([.. words.Keys], values);
            var trie = new WordTrie(nodes, letters);
            var numbers = words.Keys.Select((w, i) => (w, i)).ToDictionary(p => p.w, p => p.i, StringComparer.Ordinal);

            string text = RandomText(random, alphabet + "\0Z\uFFFE", 80);
            var hits = new LexiconHit[16];
            for (int start = 0; start <= text.Length; start++)
            {
                var expected = new List<LexiconHit>();
                for (int length = 1; start + length <= text.Length; length++)
                {
                    if (numbers.TryGetValue(text.Substring(start, length), out int number)) expected.Add(new LexiconHit(start, length, number));
                }
                int found = trie.MatchAll(text, start, hits);
                Assert.Equal(expected, hits[..found]);
            }
            foreach ((string word, int number) in numbers) Assert.Equal(number, trie.Find(word));
            for (int i = 0; i < 50; i++)
            {
                string word = RandomText(random, alphabet + "\0", random.Next(0, 8));
                Assert.Equal(numbers.GetValueOrDefault(word, -1), trie.Find(word));
            }
        }
    }

    [Fact]
    public void Every_entry_of_the_lexicon_is_found_under_its_text()
    {
        Lexicon lexicon = compiled.Knowledge.Lexicon;
        for (int entry = 0; entry < lexicon.Count; entry++) Assert.Equal(entry, lexicon.Find(lexicon.Characters(entry)));
    }

    [Fact]
    public void Hits_beyond_the_room_are_dropped()
    {
        Lexicon lexicon = compiled.Knowledge.Lexicon;
        var all = new LexiconHit[32];
        int count = lexicon.MatchAll("中华人民共和国", 0, all);
        Assert.True(count >= 3);
        var two = new LexiconHit[2];
        Assert.Equal(2, lexicon.MatchAll("中华人民共和国", 0, two));
        Assert.Equal(all[..2], two);
        Assert.Equal(0, lexicon.MatchAll("中华人民共和国", 0, []));
    }

    [Fact]
    public void No_two_nodes_share_a_base()
    {
        (ulong[] nodes, _) = WordTrieBuilder.Build(["市", "市委", "市委书记", "县", "县委"], [0, 1, 2, 3, 4]);
        int[] bases = [.. nodes.Select(n => (int)((n >> 16) & 0xFFFFFF)).Where(b => b != 0)];
        Assert.Equal(bases.Length, bases.Distinct().Count());
    }

    [Fact]
    public void A_node_is_packed_as_documented()
    {
        // The worked example of WordTrie: label 市, base 5, word 2.
        Assert.Equal(0x000003_000005_5E02UL, WordTrie.Pack('市', 5, 2));
    }

    [Fact]
    public void User_words_mix_with_the_others_as_if_they_had_been_there()
    {
        Lexicon lexicon = compiled.Knowledge.Lexicon;
        var random = new Random(7);
        string text = "中共都安瑶族自治县委员会书记蓝启航一行到东莞市虎门镇考察学习，双方召开座谈会。";
        for (int round = 0; round < 40; round++)
        {
            var words = new List<UserWord>();
            for (int i = 0; i < 8; i++)
            {
                int start = random.Next(text.Length - 8);
                words.Add(new UserWord(text.Substring(start, random.Next(1, 8)), random.Next(1, 5000), PartOfSpeech.Nz));
            }
            Lexicon richer = lexicon.WithWords(words[..4]).WithWords(words[4..]);
            var hits = new LexiconHit[48];
            for (int start = 0; start < text.Length; start++)
            {
                int found = richer.MatchAll(text, start, hits);
                var lengths = new List<int>();
                for (int length = 1; start + length <= text.Length; length++)
                {
                    string word = text.Substring(start, length);
                    if (lexicon.Find(word) >= 0 || words.Exists(w => w.Text == word)) lengths.Add(length);
                }
                Assert.Equal(lengths, hits[..found].Select(h => h.Length));
                foreach (LexiconHit hit in hits[..found]) Assert.Equal(text.Substring(hit.Start, hit.Length), richer.Text(hit.Entry));
            }
            foreach (UserWord word in words)
            {
                int entry = richer.Find(word.Text);
                Assert.Equal(words.FindLast(w => w.Text == word.Text).Frequency, richer.Frequency(entry));
                Assert.Equal(PartOfSpeech.Nz, richer.Tag(entry));
                Assert.True(richer.IsUserWord(entry));
            }
        }
    }

    private static string RandomText(Random random, string alphabet, int length) => string.Create(length, (random, alphabet), static (span, state) =>
    {
        foreach (ref char c in span) c = state.alphabet[state.random.Next(state.alphabet.Length)];
    });
}
