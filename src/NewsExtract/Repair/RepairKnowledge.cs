using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>
/// Everything that repair knows, read from one model file and shared by all threads. Immutable. What only damaged text asks for
/// waits for the first that does: it takes longer to unpack than everything else to load.
/// </summary>
internal sealed class RepairKnowledge
{
    private readonly Lazy<PinyinReadings> _readings;
    private readonly Lazy<GbkTable> _gbk;
    private readonly Lazy<CharacterModel> _model;
    private readonly Lazy<ShiftCandidates> _candidates;

    public RepairKnowledge(ModelFile file)
    {
        Script = new ScriptTable(file);
        PinyinReadings.Demand(file);
        CharacterCounts.Demand(file);
        _readings = new Lazy<PinyinReadings>(() => new PinyinReadings(file));
        _gbk = new Lazy<GbkTable>(static () => new GbkTable());
        _model = new Lazy<CharacterModel>(() => new CharacterModel(CharacterCounts.Unpack(file), Script.Folding()));
        _candidates = new Lazy<ShiftCandidates>(() => new ShiftCandidates(Gbk, Model, Readings));
        Posts = new PostWords(file, Script);
        Classes = new CharacterClasses(Script, file.Array<char>("compatibility"), file.Array<char>("surnames"));
    }

    public ScriptTable Script { get; }
    public PinyinReadings Readings => _readings.Value;
    public GbkTable Gbk => _gbk.Value;
    public CharacterModel Model => _model.Value;
    public ShiftCandidates Candidates => _candidates.Value;
    public PostWords Posts { get; }
    public CharacterClasses Classes { get; }
}
