using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsExtract.Cli.Running;

/// <summary>Names every article that failed: a line of JSON each in the errors file, else a line on standard error.</summary>
internal sealed class ErrorLog : IDisposable
{
    private readonly FileStream? _file;
    private readonly TextWriter _console;

    public ErrorLog(string? path, long length, TextWriter console)
    {
        _console = console;
        if (path is null) return;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _file.SetLength(length);
        _file.Seek(0, SeekOrigin.End);
    }

    public void Write(ArticleOutcome outcome)
    {
        Text.Diagnostic fault = outcome.Fault!.Value;
        if (_file is null)
        {
            _console.WriteLine($"{outcome.Source}: {fault.Code} {fault.Message}");
            return;
        }
        using (var writer = new Utf8JsonWriter(_file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("ordinal", outcome.Ordinal);
            writer.WriteString("source", outcome.Source);
            writer.WriteString("code", fault.Code);
            writer.WriteString("message", fault.Message);
            writer.WriteBoolean("failure", fault.IsFailure);
            writer.WriteEndObject();
        }
        _file.Write("\n"u8);
    }

    /// <summary>Brings what was written to the disk and returns the file's length.</summary>
    public long Checkpoint()
    {
        if (_file is null) return 0;
        _file.Flush(flushToDisk: true);
        return _file.Length;
    }

    public void Dispose() => _file?.Dispose();
}
