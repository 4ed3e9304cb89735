using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Repair;

/// <summary>
/// Undoes what happened to a text on its way: first the damage (glosses, shifted bytes, mojibake, …), then the
/// surface (script, width, white space). What comes out is Simplified text that all later stages work on; its
/// edits lead back to the source. Immutable; any number of threads may share one, each with its own scratch.
/// </summary>
public sealed class Repairer
{
    private readonly RepairKnowledge _knowledge;

    /// <summary>Reads the model <c>repair.bin</c>.</summary>
    /// <exception cref="ModelException">A section is missing or broken.</exception>
    public Repairer(ModelFile model) => _knowledge = new RepairKnowledge(model);

    internal RepairKnowledge Knowledge => _knowledge;

    /// <summary>Buffers for one thread.</summary>
    public RepairScratch CreateScratch() => new(_knowledge);

    /// <summary>
    /// Repairs <paramref name="body"/>; the result's source is the body's source. A body with nothing to
    /// repair is returned as it is. Never throws for any text.
    /// </summary>
    public CleanText Repair(CleanText body, RepairScratch scratch)
    {
        ReadOnlySpan<CharacterTraits> traits = _knowledge.Classes.Traits;
        var seen = CharacterTraits.None;
        int simplified = 0, traditional = 0;
        foreach (char c in body.Text)
        {
            CharacterTraits trait = traits[c];
            seen |= trait;
            simplified += (int)(trait & CharacterTraits.SimplifiedOnly);
            traditional += (int)(trait & CharacterTraits.TraditionalOnly);
        }
        scratch.Script = Script(simplified / (int)CharacterTraits.SimplifiedOnly, traditional / (int)CharacterTraits.TraditionalOnly);
        CleanText text = body;
        if ((seen & CharacterTraits.Suspicious) != 0)
            text = text.Then(scratch.Damage.Run(text.Text, scratch.Script == ScriptKind.Traditional));
        if ((seen & (CharacterTraits.Suspicious | CharacterTraits.Surface)) != 0)
            text = text.Then(scratch.Surface.Run(text.Text, scratch.Script));
        return text;
    }

    /// <summary>
    /// A few characters of the other script come with quoted names and are no mixture; one in ten is.
    /// </summary>
    private static ScriptKind Script(int simplified, int traditional) =>
        traditional * 10 <= simplified ? ScriptKind.Simplified
            : simplified * 10 <= traditional ? ScriptKind.Traditional
            : ScriptKind.Mixed;

    /// <summary>
    /// How often each kind of damage was repaired, indexed by <see cref="EditKind"/>. Edits of one kind that touch
    /// count as one.
    /// </summary>
    public static int[] Count(CleanText text)
    {
        var counts = new int[(int)EditKind.Restored + 1];
        Edit last = default;
        bool first = true;
        foreach (Edit edit in text.Edits)
        {
            if (first || edit.Kind != last.Kind || edit.SourceStart != last.SourceEnd) counts[(int)edit.Kind]++;
            last = edit;
            first = false;
        }
        return counts;
    }
}
