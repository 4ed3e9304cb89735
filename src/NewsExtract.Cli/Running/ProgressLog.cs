using System.Globalization;

namespace NewsExtract.Cli.Running;

/// <summary>
/// Progress as lines, for runs whose standard error goes to a file, as under a batch system: a line after
/// <see cref="First"/>, then one every <see cref="Every"/>.
/// </summary>
internal sealed class ProgressLog(TextWriter writer)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <summary>Writes a line when it is time for one.</summary>
    /// <param name="elapsed">Since the run began.</param>
    /// <param name="done">What is done, in words.</param>
    /// <param name="read">Bytes of input read.</param>
    /// <param name="total">Bytes there are; 0 or less where that is not known.</param>
    public void Tick(TimeSpan elapsed, Func<string> done, long read, long total)
    {
        if (elapsed < _next) return;
        _next = elapsed + Every;
        writer.WriteLine(done() + Share(elapsed, read, total));
    }

    private static string Share(TimeSpan elapsed, long read, long total)
    {
        if (total <= 0 || read <= 0) return "";
        double share = Math.Min(1, read / (double)total);
        return string.Create(CultureInfo.InvariantCulture, $", {share:P0}, {elapsed * (1 / share - 1):d\\.hh\\:mm\\:ss} left");
    }
}
