using System.Runtime.CompilerServices;

namespace NewsExtract.Records;

/// <summary>
/// Readable properties of one candidate, each an integer key. A <see cref="Feature"/> with a small value has the key
/// <c>feature · 256 + value</c>, value 0..255; example: <c>Role=3</c> is key <c>(int)Feature.Role * 256 + 3</c>. A character at a
/// <see cref="CharacterSeat"/> has <c>2^20 + seat · 65536 + character</c>; example: <c>Last=村</c> is <c>0x100000 + 4 * 0x10000 + 0x6751</c>.
/// </summary>
public sealed class FeatureList
{
    /// <summary>The first key of a character.</summary>
    public const int FirstCharacterKey = 1 << 20;

    private const int SeenWords = 16;

    // A bit for each property that is there; two can share one, so that only a bit that is not set proves anything. Small, because the lists of many candidates
    // are in use together; and a part of the object, so that emptying it is a few instructions.
    private SeenSet _seen;
    private int[] _keys = new int[64];
    // The seats that are taken, one bit each.
    private int _seats;

    [InlineArray(SeenWords)]
    private struct SeenSet
    {
        private ulong _first;
    }

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>The keys, each once.</summary>
    public ReadOnlySpan<int> Keys => _keys.AsSpan(0, Count);

    /// <summary>Whether two lists have the same keys in the same order.</summary>
    internal static bool AreSame(FeatureList a, FeatureList b) => a.Keys.SequenceEqual(b.Keys);

    /// <summary>A number of the keys. Only choices ask for it, so that adding need not keep it.</summary>
    internal uint Hash
    {
        get
        {
            uint hash = 0;
            foreach (int key in Keys) hash += (uint)key * 0x9E3779B1u;
            return hash;
        }
    }

    /// <summary>Empties the list.</summary>
    public void Clear()
    {
        _seen = default;
        Count = 0;
        _seats = 0;
    }

    /// <summary>Adds a property; values above 255 count as 255. A property that is there already stays once.</summary>
    public void Add(Feature feature, int value = 1) => Add(Key(feature, value));

    /// <summary>Adds a property that holds or does not; nothing where it does not.</summary>
    public void AddIf(bool holds, Feature feature, int value = 1)
    {
        if (holds) Add(feature, value);
    }

    /// <summary>Adds which character stands at a seat; nothing where the seat is taken.</summary>
    public void Add(CharacterSeat seat, char character)
    {
        if ((_seats & 1 << (int)seat) != 0) return;
        _seats |= 1 << (int)seat;
        Append(Key(seat, character));
    }

    /// <summary>Adds a property by its key. A property that is there already stays once.</summary>
    public void Add(int key)
    {
        if (key >= FirstCharacterKey)
        {
            Add((CharacterSeat)((key - FirstCharacterKey) >> 16), (char)key);
            return;
        }
        int number = (int)((uint)key * 0x9E3779B1u >> 22); // 0 to 1023, one for each bit
        ulong bit = 1UL << number;
        ref ulong seen = ref _seen[number >> 6];
        if ((seen & bit) != 0 && Keys.Contains(key)) return;
        seen |= bit;
        Append(key);
    }

    /// <summary>The key of a feature with a value.</summary>
    public static int Key(Feature feature, int value) => ((int)feature << 8) | Math.Clamp(value, 0, 255);

    /// <summary>The key of a character at a seat.</summary>
    public static int Key(CharacterSeat seat, char character) => FirstCharacterKey + ((int)seat << 16) + character;

    /// <summary>A key as the tables show it: its name and its value.</summary>
    public static (string Name, string Value) Write(int key) => key < FirstCharacterKey
        ? (((Feature)(key >> 8)).ToString(), (key & 255).ToString(System.Globalization.CultureInfo.InvariantCulture))
        : (((CharacterSeat)((key - FirstCharacterKey) >> 16)).ToString(), (char)key is '\n' ? "line end" : ((char)key).ToString());

    /// <summary>The key that <see cref="Write"/> shows so.</summary>
    public static bool TryRead(string name, string value, out int key)
    {
        key = 0;
        if (Enum.TryParse(name, out Feature feature) && int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out int number)) key = Key(feature, number);
        else if (Enum.TryParse(name, out CharacterSeat seat) && (value.Length == 1 || value == "line end")) key = Key(seat, value.Length == 1 ? value[0] : '\n');
        else return false;
        return true;
    }

    /// <summary>A count as a coarse value: 0, 1, 2, 3–4, 5–8, more.</summary>
    public static int Bucket(int count) => count switch { <= 2 => Math.Max(0, count), <= 4 => 3, <= 8 => 4, _ => 5 };

    /// <summary>A probability as a coarse value from 0 to 7.</summary>
    public static int Likelihood(double probability) => probability switch { < 0.03 => 0, < 0.1 => 1, < 0.25 => 2, < 0.45 => 3, < 0.65 => 4, < 0.85 => 5, < 0.95 => 6, _ => 7 };

    private int[] Grow()
    {
        Array.Resize(ref _keys, _keys.Length * 2);
        return _keys;
    }

    private void Append(int key)
    {
        int[] keys = _keys;
        int count = Count;
        if ((uint)count >= (uint)keys.Length) keys = Grow();
        keys[count] = key;
        Count = count + 1;
    }
}

/// <summary>Where a character stands that is itself a property of a candidate. A character counts only where training met it often.</summary>
public enum CharacterSeat
{
    /// <summary>Right in front.</summary>
    Before,
    /// <summary>One further in front.</summary>
    SecondBefore,
    /// <summary>Right behind.</summary>
    After,
    /// <summary>One further behind.</summary>
    SecondAfter,
    /// <summary>The candidate's last.</summary>
    Last,
    /// <summary>The candidate's last but one.</summary>
    SecondLast,
}
