namespace NewsExtract.Training;

/// <summary>A command line that can't be understood.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>A command's arguments: words, and options of the form <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public Arguments(ReadOnlySpan<string> args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) _words.Add(args[i]);
            else if (i + 1 == args.Length) throw new UsageException($"{args[i]} lacks its value.");
            else if (!_options.TryAdd(args[i][2..], args[++i])) throw new UsageException($"{args[i - 1]} is given twice.");
        }
    }

    /// <summary>The arguments that belong to no option.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>An option's value, or the default.</summary>
    public string Option(string name, string defaultValue) => _options.GetValueOrDefault(name, defaultValue);

    /// <summary>An option's value, or null.</summary>
    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>The value of an option that must be there.</summary>
    public string Required(string name) => Option(name) ?? throw new UsageException($"--{name} is missing.");

    /// <summary>One part of several, <c>I/N</c> with I from 0; null where the option is not given.</summary>
    public (int Part, int Parts)? Part(string name)
    {
        if (Option(name) is not { } text) return null;
        return text.Split('/') is [var part, var parts] && int.TryParse(part, out int i) && int.TryParse(parts, out int n) && n >= 2 && i >= 0 && i < n
            ? (i, n) : throw new UsageException($"--{name} {text}: I/N, I from 0");
    }

    /// <summary>A whole number.</summary>
    public int Number(string name, int defaultValue) =>
        Option(name) is not { } text ? defaultValue : int.TryParse(text, out int value) ? value : throw new UsageException($"--{name} {text} is no whole number.");
}
