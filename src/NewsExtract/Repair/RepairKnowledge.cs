using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>Everything that repair knows, read from one model file and shared by all threads. Immutable.</summary>
internal sealed class RepairKnowledge
{
    public RepairKnowledge(ModelFile file)
    {
        Script = new ScriptTable(file);
        Readings = new PinyinReadings(file);
        Gbk = new GbkTable();
        Model = new CharacterModel(CharacterCounts.Unpack(file), Script.Folding());
        Candidates = new ShiftCandidates(Gbk, Model, Readings);
        Classes = new CharacterClasses(Script, file.Array<char>("compatibility"), file.Array<char>("surnames"));
    }

    public ScriptTable Script { get; }
    public PinyinReadings Readings { get; }
    public GbkTable Gbk { get; }
    public CharacterModel Model { get; }
    public ShiftCandidates Candidates { get; }
    public CharacterClasses Classes { get; }
}
