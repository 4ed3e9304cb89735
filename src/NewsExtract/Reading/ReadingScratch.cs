using NewsExtract.Reading.Html;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>Buffers of one thread that decodes articles.</summary>
public sealed class ReadingScratch
{
    internal CleanTextBuilder Builder { get; } = new();
    internal PageOutline Outline { get; } = new();
    internal MainText MainText { get; } = new();
    internal List<Diagnostic> Remarks { get; } = [];
}
