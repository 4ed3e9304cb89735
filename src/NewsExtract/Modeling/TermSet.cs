using System.Runtime.CompilerServices;

namespace NewsExtract.Modeling;

/// <summary>
/// A set of term classes, one bit each: class <c>n</c> is bit <c>n</c> of the low word for n &lt; 64, else bit
/// <c>n - 64</c> of the high word. <c>default</c> is the empty set.
/// </summary>
public readonly record struct TermSet
{
    private readonly ulong _low;
    private readonly ulong _high;

    internal TermSet(ulong low, ulong high)
    {
        _low = low;
        _high = high;
    }

    internal ulong Low => _low;
    internal ulong High => _high;

    /// <summary>Whether no class is in the set.</summary>
    public bool IsEmpty => (_low | _high) == 0;

    // With constants the compiler makes these three constants as well.
    /// <summary>The set of one class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TermSet Of(TermClass c) => (int)c < 64 ? new(1UL << (int)c, 0) : new(0, 1UL << ((int)c - 64));

    /// <summary>The set of two classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TermSet Of(TermClass a, TermClass b) => Of(a) | Of(b);

    /// <summary>The set of three classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TermSet Of(TermClass a, TermClass b, TermClass c) => Of(a) | Of(b) | Of(c);

    /// <summary>The set of the given classes.</summary>
    public static TermSet Of(params ReadOnlySpan<TermClass> classes)
    {
        ulong low = 0, high = 0;
        foreach (TermClass c in classes)
        {
            if ((int)c < 64) low |= 1UL << (int)c;
            else high |= 1UL << ((int)c - 64);
        }
        return new TermSet(low, high);
    }

    /// <summary>Whether the class is in the set.</summary>
    public bool Has(TermClass c) => (((int)c < 64 ? _low >> (int)c : _high >> ((int)c - 64)) & 1) != 0;

    /// <summary>Whether the two sets share a class.</summary>
    public bool Overlaps(TermSet other) => ((_low & other._low) | (_high & other._high)) != 0;

    /// <summary>The classes of either set.</summary>
    public static TermSet operator |(TermSet a, TermSet b) => new(a._low | b._low, a._high | b._high);

    /// <summary>The classes of either set.</summary>
    public static TermSet BitwiseOr(TermSet a, TermSet b) => a | b;

    /// <summary>The classes as the sources write them: <c>title-head,bureau</c>.</summary>
    public override string ToString()
    {
        var names = new List<string>();
        for (int i = 0; i < 128; i++)
        {
            if (Has((TermClass)i)) names.Add(TermClasses.Name((TermClass)i));
        }
        return string.Join(',', names);
    }
}

/// <summary>The names that the sources use for term classes.</summary>
public static class TermClasses
{
    private static readonly TermClass[] All = Enum.GetValues<TermClass>();
    private static readonly string[] Names = Array.ConvertAll(All, KebabCase);

    /// <summary>The class's name in kebab case: <c>TitleHead</c> is <c>title-head</c>.</summary>
    public static string Name(TermClass c) => (int)c < Names.Length ? Names[(int)c] : c.ToString();

    /// <summary>The class of a name in kebab case.</summary>
    /// <returns>False if there is none.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out TermClass c)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (!name.SequenceEqual(Names[i])) continue;
            c = All[i];
            return true;
        }
        c = default;
        return false;
    }

    private static string KebabCase(TermClass c)
    {
        string pascal = c.ToString();
        var name = new System.Text.StringBuilder(pascal.Length + 4);
        foreach (char letter in pascal)
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0) name.Append('-');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }
}
