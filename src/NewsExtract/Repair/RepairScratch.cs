namespace NewsExtract.Repair;

/// <summary>The buffers of repair; one a thread, made by <see cref="Repairer.CreateScratch"/>.</summary>
public sealed class RepairScratch
{
    internal RepairScratch(RepairKnowledge knowledge)
    {
        Damage = new DamageRepair(knowledge);
        Surface = new SurfaceRepair(knowledge);
    }

    internal DamageRepair Damage { get; }
    internal SurfaceRepair Surface { get; }

    /// <summary>The script of the last text, as it came in.</summary>
    public ScriptKind Script { get; internal set; }
}
