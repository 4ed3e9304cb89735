namespace NewsExtract.Segmentation;

/// <summary>
/// jieba's hidden Markov model of words' borders: each character begins, ends, or stands inside a word, or is one. The best
/// labels by Viterbi's search. Sums are made in the order of the published program, and of equally good origins the same is
/// taken, so that sums which the weight of unseen characters swallows come out the same.
/// </summary>
internal static class JiebaModel
{
    public const byte Begin = 0, End = 1, Middle = 2, Single = 3;

    /// <summary>Leaves the labels of a stretch of two or more characters in <see cref="JiebaScratch.Labels"/>.</summary>
    public static void Label(JiebaDictionary dictionary, ReadOnlySpan<char> text, JiebaScratch scratch)
    {
        double[] t = dictionary.Transitions;
        double endToBegin = t[End * 4 + Begin], singleToBegin = t[Single * 4 + Begin], beginToEnd = t[Begin * 4 + End], middleToEnd = t[Middle * 4 + End],
            beginToMiddle = t[Begin * 4 + Middle], middleToMiddle = t[Middle * 4 + Middle], endToSingle = t[End * 4 + Single], singleToSingle = t[Single * 4 + Single];
        ReadOnlySpan<double> emissions = dictionary.Emissions(text[0]);
        double begin = dictionary.Start[Begin] + emissions[Begin], end = dictionary.Start[End] + emissions[End],
            middle = dictionary.Start[Middle] + emissions[Middle], single = dictionary.Start[Single] + emissions[Single];
        Span<byte> origins = scratch.Origins.AsSpan(0, text.Length);
        for (int i = 1; i < text.Length; i++)
        {
            emissions = dictionary.Emissions(text[i]);
            double fromEnd = end + endToBegin + emissions[Begin], fromSingle = single + singleToBegin + emissions[Begin];
            double fromBegin = begin + beginToEnd + emissions[End], fromMiddle = middle + middleToEnd + emissions[End];
            double onFromBegin = begin + beginToMiddle + emissions[Middle], onFromMiddle = middle + middleToMiddle + emissions[Middle];
            double aloneFromEnd = end + endToSingle + emissions[Single], aloneFromSingle = single + singleToSingle + emissions[Single];
            // One bit a label: whether it came from the later of its two origins (single, middle, middle, single).
            int bits = (fromSingle >= fromEnd ? 1 << Begin : 0) | (fromMiddle >= fromBegin ? 1 << End : 0)
                | (onFromMiddle >= onFromBegin ? 1 << Middle : 0) | (aloneFromSingle >= aloneFromEnd ? 1 << Single : 0);
            origins[i] = (byte)bits;
            begin = Math.Max(fromEnd, fromSingle);
            end = Math.Max(fromBegin, fromMiddle);
            middle = Math.Max(onFromBegin, onFromMiddle);
            single = Math.Max(aloneFromEnd, aloneFromSingle);
        }
        byte label = single >= end ? Single : End;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            scratch.Labels[i] = label;
            bool later = (origins[i] >> label & 1) != 0;
            label = label switch
            {
                Begin or Single => later ? Single : End,
                _ => later ? Middle : Begin,
            };
        }
    }
}
