using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>How <see cref="JiebaSegmenter"/> cuts.</summary>
public enum JiebaMode
{
    /// <summary>The most probable words.</summary>
    Accurate,
    /// <summary>Every word of the dictionary that stands anywhere in the text.</summary>
    Full,
    /// <summary>The most probable words, and in front of a long one the words of two and three characters in it.</summary>
    Search,
}

/// <summary>
/// The published algorithm of jieba on jieba's dictionary, for comparison and for programs that rely on its words: of all ways
/// to cut a stretch into words of the dictionary the most probable one (S. Junyi, jieba, 2013), and for runs of single
/// characters a hidden Markov model of words' borders. Where its versions differ it goes with the one in Rust, as
/// the npm package <c>@node-rs/jieba</c> 2.0.3 has it. Immutable, shared by all threads.
/// </summary>
public sealed class JiebaSegmenter
{
    private readonly JiebaDictionary _dictionary;

    /// <param name="jieba">The compiled dictionary, <c>models/compiled/jieba.bin</c>.</param>
    /// <exception cref="ModelException">A section is missing or doesn't fit the others; the message names it.</exception>
    public JiebaSegmenter(ModelFile jieba)
    {
        _dictionary = new JiebaDictionary(jieba);
    }

    /// <summary>
    /// Leaves the words in <see cref="JiebaScratch.Tokens"/>. In accurate mode they cover the text, white space included; in
    /// the other modes they overlap.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="mode">How to cut.</param>
    /// <param name="useModel">Whether the hidden Markov model finds words that the dictionary lacks; full mode never does.</param>
    /// <param name="scratch">The thread's buffers.</param>
    public void Cut(string text, JiebaMode mode, bool useModel, JiebaScratch scratch)
    {
        scratch.Reset(text.Length);
        if (mode == JiebaMode.Full)
        {
            CutFull(text, scratch);
            return;
        }
        int at = 0;
        while (at < text.Length)
        {
            int end = StretchEnd(text, at, JiebaClass.Word);
            if (end > at)
            {
                FindRoute(text, at, end, scratch);
                if (useModel) WalkWithModel(text, at, end, mode, scratch);
                else Walk(text, at, end, mode, scratch);
                at = end;
                continue;
            }
            JiebaCharacters.At(text, at, out int length);
            if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n') length = 2;
            scratch.Add(at, at + length);
            at += length;
        }
    }

    /// <summary>The dictionary's tag of a word; for others <c>m</c> where all its ASCII letters and digits are digits, <c>eng</c> where not, <c>x</c> where it has none.</summary>
    public string Tag(ReadOnlySpan<char> word)
    {
        if (_dictionary.Tag(word) is { } tag) return tag;
        int letters = 0, digits = 0;
        foreach (char c in word)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (char.IsAsciiLetter(c)) letters++;
        }
        return letters > 0 ? "eng" : digits > 0 ? "m" : "x";
    }

    private static int StretchEnd(ReadOnlySpan<char> text, int start, JiebaClass wanted)
    {
        int at = start;
        while (at < text.Length && (JiebaCharacters.At(text, at, out int length) & wanted) != 0) at += length;
        return at;
    }

    // From the end of the stretch: the best sum of weights from each character on, and where the first word of it ends.
    private void FindRoute(ReadOnlySpan<char> text, int start, int end, JiebaScratch scratch)
    {
        WordTrie trie = _dictionary.Trie;
        ReadOnlySpan<double> weights = _dictionary.Weights;
        ulong root = trie.Root;
        Span<double> scores = scratch.Scores.AsSpan(0, end - start + 1);
        Span<int> ends = scratch.Ends.AsSpan(0, end - start + 1);
        text = text[start..end];
        scores[text.Length] = 0;
        for (int at = text.Length - 1; at >= 0; at--)
        {
            if (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1])) continue;
            double best = double.NegativeInfinity;
            int bestEnd = 0;
            ulong node = root;
            for (int i = at; i < text.Length && trie.TryStep(node, text[i], out node); i++)
            {
                int entry = WordTrie.Value(node);
                if (entry >= 0)
                {
                    double score = weights[entry] + scores[i + 1];
                    if (bestEnd == 0 || score >= best) (best, bestEnd) = (score, i + 1); // of equals the longest
                }
                if (!WordTrie.HasChildren(node)) break;
            }
            if (bestEnd == 0)
            {
                bestEnd = at + (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1);
                best = _dictionary.UnknownWeight + scores[bestEnd];
            }
            scores[at] = best;
            ends[at] = bestEnd;
        }
    }

    private void Walk(ReadOnlySpan<char> text, int start, int end, JiebaMode mode, JiebaScratch scratch)
    {
        int run = -1; // single letters and digits stay together
        for (int at = start; at < end;)
        {
            int next = start + scratch.Ends[at - start];
            if (next - at == 1 && char.IsAsciiLetterOrDigit(text[at]))
            {
                if (run < 0) run = at;
            }
            else
            {
                if (run >= 0) AddWord(text, run, at, mode, scratch);
                run = -1;
                AddWord(text, at, next, mode, scratch);
            }
            at = next;
        }
        if (run >= 0) AddWord(text, run, end, mode, scratch);
    }

    private void WalkWithModel(ReadOnlySpan<char> text, int start, int end, JiebaMode mode, JiebaScratch scratch)
    {
        int run = -1; // single characters, which the model may join
        for (int at = start; at < end;)
        {
            int next = start + scratch.Ends[at - start];
            if (IsOneCharacter(text, at, next))
            {
                if (run < 0) run = at;
            }
            else
            {
                if (run >= 0) AddRun(text, run, at, mode, scratch);
                run = -1;
                AddWord(text, at, next, mode, scratch);
            }
            at = next;
        }
        if (run >= 0) AddRun(text, run, end, mode, scratch);
    }

    private void AddRun(ReadOnlySpan<char> text, int start, int end, JiebaMode mode, JiebaScratch scratch)
    {
        if (IsOneCharacter(text, start, end))
        {
            scratch.Add(start, end);
            return;
        }
        if (_dictionary.Trie.Find(text[start..end]) >= 0)
        {
            // The route didn't take it, so it stays apart.
            for (int at = start; at < end;)
            {
                JiebaCharacters.At(text, at, out int length);
                scratch.Add(at, at + length);
                at += length;
            }
            return;
        }
        for (int at = start; at < end;)
        {
            int stretch = StretchEnd(text[..end], at, JiebaClass.Labelled);
            if (stretch > at)
            {
                AddLabelled(text, at, stretch, mode, scratch);
                at = stretch;
            }
            else
            {
                at = AddUnlabelled(text, at, end, mode, scratch);
            }
        }
    }

    private void AddLabelled(ReadOnlySpan<char> text, int start, int end, JiebaMode mode, JiebaScratch scratch)
    {
        if (end - start == 1)
        {
            scratch.Add(start, end);
            return;
        }
        JiebaModel.Label(_dictionary, text[start..end], scratch);
        int from = start;
        for (int i = start; i < end; i++)
        {
            byte label = scratch.Labels[i - start];
            if (label is JiebaModel.Begin) from = i;
            else if (label is JiebaModel.Single) from = i;
            if (label is JiebaModel.End or JiebaModel.Single) AddWord(text, from, i + 1, mode, scratch);
        }
    }

    // In a run of single characters, signs and letters that the model doesn't know: a number or run of letters, with one more
    // character where digits follow it, and a percent sign, is a word, and so is what stands between two such.
    private int AddUnlabelled(ReadOnlySpan<char> text, int start, int end, JiebaMode mode, JiebaScratch scratch)
    {
        int at = start;
        while (at < end && !char.IsAsciiLetterOrDigit(text[at]) && (JiebaCharacters.Of(text[at]) & JiebaClass.Labelled) == 0) at++;
        if (at > start)
        {
            AddWord(text, start, at, mode, scratch);
            return at;
        }
        while (at < end && char.IsAsciiLetterOrDigit(text[at])) at++;
        if (at < end && (JiebaCharacters.At(text, at, out int length) & JiebaClass.Labelled) == 0)
        {
            int digits = at + length;
            while (digits < end && char.IsAsciiDigit(text[digits])) digits++;
            if (digits > at + length) at = digits;
        }
        if (at < end && text[at] == '%') at++;
        AddWord(text, start, at, mode, scratch);
        return at;
    }

    // Adds the word; in search mode the dictionary's words of two, then of three characters in it first.
    private void AddWord(ReadOnlySpan<char> text, int start, int end, JiebaMode mode, JiebaScratch scratch)
    {
        if (mode == JiebaMode.Search && end - start > 2)
        {
            AddInner(text, start, end, 2, scratch);
            AddInner(text, start, end, 3, scratch);
        }
        scratch.Add(start, end);
    }

    private void AddInner(ReadOnlySpan<char> text, int start, int end, int size, JiebaScratch scratch)
    {
        int count = 0;
        for (int at = start; at < end; count++) at = Behind(text, at, 1, end);
        if (count <= size) return;
        for (int at = start; ;)
        {
            int to = Behind(text, at, size, end);
            if (_dictionary.Trie.Find(text[at..to]) >= 0) scratch.Add(at, to);
            if (to == end) return;
            at = Behind(text, at, 1, end);
        }
    }

    private static int Behind(ReadOnlySpan<char> text, int at, int characters, int end)
    {
        for (; characters > 0 && at < end; characters--)
        {
            JiebaCharacters.At(text, at, out int length);
            at += length;
        }
        return at;
    }

    private void CutFull(ReadOnlySpan<char> text, JiebaScratch scratch)
    {
        WordTrie trie = _dictionary.Trie;
        int at = 0;
        while (at < text.Length)
        {
            JiebaClass kind = JiebaCharacters.At(text, at, out int length);
            if ((kind & JiebaClass.Han) != 0)
            {
                int end = StretchEnd(text, at, JiebaClass.Han);
                for (; at < end; at++) AddAllFrom(trie, text[..end], at, scratch);
                continue;
            }
            int run = StretchEnd(text, at, JiebaClass.FullModeRun);
            if (run > at) length = run - at;
            scratch.Add(at, at + length);
            at += length;
        }
    }

    private static void AddAllFrom(WordTrie trie, ReadOnlySpan<char> text, int at, JiebaScratch scratch)
    {
        ulong node = trie.Root;
        for (int i = at; i < text.Length && trie.TryStep(node, text[i], out node); i++)
        {
            if (WordTrie.Value(node) >= 0) scratch.Add(at, i + 1);
            if (!WordTrie.HasChildren(node)) break;
        }
    }

    private static bool IsOneCharacter(ReadOnlySpan<char> text, int start, int end) =>
        end - start == 1 || (end - start == 2 && char.IsHighSurrogate(text[start]) && char.IsLowSurrogate(text[start + 1]));
}
