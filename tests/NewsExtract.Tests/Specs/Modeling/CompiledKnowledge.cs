using NewsExtract.Modeling;
using NewsExtract.Training;
using NewsExtract.Training.Knowledge;

namespace NewsExtract.Tests.Specs.Modeling;

/// <summary>The tests that share one <see cref="CompiledKnowledge"/>.</summary>
[CollectionDefinition(Name)]
public sealed class KnowledgeTests : ICollectionFixture<CompiledKnowledge>
{
    public const string Name = "compiled knowledge";
}

/// <summary>The knowledge, compiled once for all tests from the tables under models/sources.</summary>
public sealed class CompiledKnowledge
{
    public CompiledKnowledge()
    {
        Bytes = Compile();
        Knowledge = KnowledgeBase.Load(ModelFile.Parse("knowledge", Bytes));
    }

    public byte[] Bytes { get; }

    public KnowledgeBase Knowledge { get; }

    public static byte[] Compile()
    {
        var faults = new Faults();
        byte[] bytes = KnowledgeCompiler.Compile(Repository.Path("models", "sources"), faults);
        faults.ThrowIfAny();
        return bytes;
    }
}
