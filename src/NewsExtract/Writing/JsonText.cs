using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace NewsExtract.Writing;

/// <summary>Writes JSON into a buffer, straight as UTF-8: what a serializer finds out for each value is known here beforehand.</summary>
internal ref struct JsonText(IBufferWriter<byte> output)
{
    private const int Room = 4096;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private Span<byte> _span;
    private int _used;

    /// <summary>Hands what was written over to the buffer.</summary>
    public void Finish()
    {
        output.Advance(_used);
        _span = default;
        _used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int length)
    {
        if (_span.Length - _used < length) Renew(length);
        return _span[_used..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew(int length)
    {
        output.Advance(_used);
        _span = output.GetSpan(Math.Max(length, Room));
        _used = 0;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>Writes a string in quotation marks, or <c>null</c>.</summary>
    public void String(string? text)
    {
        if (text is null)
        {
            Raw("null"u8);
            return;
        }
        Span<byte> room = Reserve(text.Length * 3 + 2);
        room[0] = (byte)'"';
        OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(text, room[1..], out _, out int written, replaceInvalidSequences: false);
        ReadOnlySpan<byte> plain = room.Slice(1, written);
        if (status != OperationStatus.Done || NeedsEscape(plain))
        {
            Escaped(text);
            return;
        }
        room[1 + written] = (byte)'"';
        _used += written + 2;
    }

    // The runtime's encoder also escapes what lies outside the basic plane, which stands as it is here.
    private static bool NeedsEscape(ReadOnlySpan<byte> plain) => Encoder.FindFirstCharacterToEncodeUtf8(plain) >= 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Escaped(string text)
    {
        byte[] escaped = Encoding.UTF8.GetBytes(Encoder.Encode(text));
        Raw("\""u8);
        Raw(escaped.AsSpan().IndexOf("\\uD"u8) < 0 ? escaped : Unescaped(escaped));
        Raw("\""u8);
    }

    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> text)
    {
        byte[] plain = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                if (Surrogate(text[i..]) is { } high && char.IsHighSurrogate(high) && Surrogate(text[Math.Min(text.Length, i + 6)..]) is { } low && char.IsLowSurrogate(low))
                {
                    length += new Rune(high, low).EncodeToUtf8(plain.AsSpan(length));
                    i += 11;
                    continue;
                }
                plain[length++] = text[i++]; // an escape of its own, \\ above all: what follows belongs to it
            }
            plain[length++] = text[i];
        }
        return plain.AsSpan(0, length);
    }

    private static char? Surrogate(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && System.Buffers.Text.Utf8Parser.TryParse(text.Slice(2, 4), out ushort code, out int used, 'x') && used == 4 ? (char)code : null;

    /// <summary>Writes a whole number, or <c>null</c>.</summary>
    public void Number(long? number)
    {
        if (number is { } value) Number(value);
        else Raw("null"u8);
    }

    /// <summary>Writes a whole number.</summary>
    public void Number(long number)
    {
        Span<byte> room = Reserve(20);
        number.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Writes a sum with the digits that it has.</summary>
    public void Number(decimal number)
    {
        Span<byte> room = Reserve(40);
        number.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Writes a number in the shortest form that reads back as the same.</summary>
    public void Number(double number)
    {
        Span<byte> room = Reserve(32);
        // Shares and scores are rounded to thousandths; the digits of such a number are its shortest form.
        int thousandths = (int)(Math.Clamp(number, 0, 1) * 1000 + 0.5);
        int written;
        if (number > 0 && thousandths / 1000.0 == number) written = Thousandths(room, thousandths);
        else number.TryFormat(room, out written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    private static int Thousandths(Span<byte> room, int value)
    {
        room[0] = (byte)('0' + (value / 1000));
        int rest = value % 1000;
        if (rest == 0) return 1;
        room[1] = (byte)'.';
        room[2] = (byte)('0' + (rest / 100));
        room[3] = (byte)('0' + (rest / 10 % 10));
        room[4] = (byte)('0' + (rest % 10));
        return rest % 10 != 0 ? 5 : rest % 100 != 0 ? 4 : 3;
    }

    /// <summary>Writes a list of strings.</summary>
    public void Strings(IReadOnlyList<string> texts)
    {
        Raw("["u8);
        for (int i = 0; i < texts.Count; i++)
        {
            if (i > 0) Raw(","u8);
            String(texts[i]);
        }
        Raw("]"u8);
    }

    /// <summary>Writes pairs of offsets.</summary>
    public void Spans(IReadOnlyList<int[]> spans)
    {
        Raw("["u8);
        for (int i = 0; i < spans.Count; i++)
        {
            Raw(i > 0 ? ",["u8 : "["u8);
            for (int k = 0; k < spans[i].Length; k++)
            {
                if (k > 0) Raw(","u8);
                Number((long)spans[i][k]);
            }
            Raw("]"u8);
        }
        Raw("]"u8);
    }
}
