namespace NewsExtract.Text;

/// <summary>A word of the repaired text.</summary>
/// <param name="Start">UTF-16 offset of the first unit in the repaired text.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Tag">Part of speech; <see cref="PartOfSpeech.None"/> where it was not asked for.</param>
public readonly record struct Token(int Start, int Length, PartOfSpeech Tag)
{
    /// <summary>Offset behind the last unit.</summary>
    public int End => Start + Length;
}

/// <summary>Parts of speech after the tag set of the PFR People's Daily corpus, merged to its first letters where it has finer ones.</summary>
public enum PartOfSpeech : byte
{
#pragma warning disable CS1591 // The tag's letters are its name in the field.
    None, A, Ad, Ag, An, B, C, D, Dg, E, F, G, H, I, J, K, L, M, Mg, N, Ng, Nr, Ns, Nt, Nx, Nz,
    O, P, Q, R, Rg, S, T, Tg, U, V, Vd, Vg, Vn, W, X, Y, Z,
#pragma warning restore CS1591
}
