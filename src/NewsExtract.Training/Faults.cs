using NewsExtract.Modeling;

namespace NewsExtract.Training;

/// <summary>Faults found in sources, each as <c>file:line: what is wrong</c>. Compiling goes on to find the next.</summary>
internal sealed class Faults
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    public void Add(string file, int line, string message) => _messages.Add($"{file}:{line}: {message}");

    public void Add(in SourceRow row, string message) => Add(row.File, row.Line, message);

    /// <exception cref="ModelException">There are faults; the message lists them.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0) throw new ModelException(string.Join('\n', _messages));
    }
}
