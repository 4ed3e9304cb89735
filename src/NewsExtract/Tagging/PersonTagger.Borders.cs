using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Where names end that the segmenter saw too short or too long.</summary>
internal sealed partial class PersonTagger
{
    // A character whose weight as a surname is not above this begins hardly any Chinese name.
    private const int RareSurname = -150;
    private const int LongestMoved = 4; // longer names are no Chinese ones
    private const string JapaneseEnds = "一也子代郎美夫雄男助树介彦志治司江香";

    /// <summary>Moves the ends of the names found so far to where they are likeliest, and lets go of what is hardly a name.</summary>
    private void MoveBorders(TaggingScratch scratch)
    {
        for (int i = scratch.FoundNames.Count - 1; i >= 0; i--)
        {
            NameSpan name = scratch.FoundNames[i];
            if (name.Span.Length > LongestMoved || scratch.Text.AsSpan(name.Span.Start, name.Span.Length).Contains('·')) continue;
            bool isName = _borders.TryChoose(scratch, name.Span, out TextSpan span);
            if (isName && span == name.Span) continue;
            scratch.Named.AsSpan(name.Span.Start, name.Span.Length).Clear();
            if (!isName)
            {
                scratch.FoundNames.RemoveAt(i);
                continue;
            }
            scratch.Named.AsSpan(span.Start, span.Length).Fill(true);
            scratch.FoundNames[i] = name with { Span = span };
        }
    }

    /// <summary>岳飞|鹏|率领: a single character that is left between a name of two and where a name can end belongs to the name.</summary>
    private TextSpan WithThird(TaggingScratch scratch, Token token)
    {
        var span = new TextSpan(token.Start, token.End);
        if (token.Length >= 3 && !scratch.Text.AsSpan(token.Start, token.Length).Contains('·') && scratch.Index.TryStart(token.End - 1, Tail, out LexiconHit tail) && tail.Length == 1)
            return new TextSpan(token.Start, token.End - 1);
        if (token.Length == 2 && scratch.Index.TryEnd(token.Start, Heads, out _) && IsBehindBlank(scratch, token.End)) return new TextSpan(token.Start, token.End + 2);
        if (token.Length != 2 || token.End + 1 > scratch.Text.Length || !scratch.TokenStartsAt(token.End, out Token next) || next.Length != 1 || next.Tag == PartOfSpeech.Nr
            || !IsHan(scratch.Text[next.Start]) || !scratch.Index.TryStart(token.Start, SurnameClass, out LexiconHit surname) || surname.Length != 1) return span;
        if (scratch.Index.TryStart(next.Start, NoWord | TermSet.Of(TermClass.FunctionWord), out _) || !CanEnd(scratch, next.End)) return span;
        return new TextSpan(token.Start, next.End);
    }

    /// <summary>
    /// 黑田诚|一, 西野|真理子: behind a Japanese surname (in a text of Japan, or where it begins as no Chinese one) the given name goes on with a character that such names
    /// end with, where the segmenter left it over.
    /// </summary>
    private TextSpan WithJapaneseGiven(TaggingScratch scratch, TextSpan span)
    {
        string text = scratch.Text;
        if (span.Length is not (2 or 3) || !_statistics.IsJapaneseSurname(text.AsSpan(span.Start, 2))
            || (_statistics.Surname(text[span.Start]) > RareSurname && !text.Contains("日本", StringComparison.Ordinal))) return span;
        for (int end = span.End + 1; end <= Math.Min(text.Length, span.Start + 5); end++)
        {
            if (!IsHan(text[end - 1])) return span;
            if (!JapaneseEnds.Contains(text[end - 1]) || end - span.Start < 4 || (span.Length == 3 && end > span.End + 1)) continue;
            if (text[end - 1] == '一' && end < text.Length && text[end] is '行' or '同' or '道' or '起') return span;
            if (scratch.TokenEndsAt(end, out _) && !scratch.Index.TryStart(span.End, NoWord, out _)) return new TextSpan(span.Start, end);
        }
        return span;
    }

    /// <summary>公|孙策, 司马光|年: of a surname of two characters the model sometimes sees one, and of the name behind it one of two.</summary>
    private static TextSpan WithCompoundSurname(TaggingScratch scratch, TextSpan span)
    {
        if (span.Start > 0 && span.Length is 2 or 3 && scratch.Index.TryStart(span.Start - 1, Compound, out LexiconHit surname) && surname.Length == 2
            && scratch.TokenEndsAt(span.Start, out Token before) && before.Length == 1) span = new TextSpan(span.Start - 1, span.End);
        if (span.Length == 3 && scratch.Index.TryStart(span.Start, Compound, out surname) && surname.Length == 2 && scratch.TokenStartsAt(span.End, out Token next) && next.Length == 1
            && next.Tag != PartOfSpeech.Nr && IsHan(scratch.Text[span.End]) && EndsHard(scratch.Text, span.End + 1)) span = new TextSpan(span.Start, span.End + 1);
        return span;
    }
}
