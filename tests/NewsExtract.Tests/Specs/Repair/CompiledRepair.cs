using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Training;

namespace NewsExtract.Tests.Specs.Repair;

/// <summary>The tests that share one <see cref="CompiledRepair"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RepairTests : ICollectionFixture<CompiledRepair>
{
    public const string Name = "compiled repair";
}

/// <summary>The repair model, compiled once for all tests from the tables under models/sources.</summary>
public sealed class CompiledRepair
{
    public CompiledRepair()
    {
        var faults = new Faults();
        byte[] bytes = RepairCompiler.Compile(Repository.Path("models", "sources"), faults);
        faults.ThrowIfAny();
        Model = ModelFile.Parse("repair", bytes);
        Repairer = new Repairer(Model);
    }

    public ModelFile Model { get; }

    public Repairer Repairer { get; }
}
