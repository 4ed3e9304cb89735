using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using NewsExtract.Text;

namespace NewsExtract.Writing;

/// <summary>
/// Records as CSV tables in a folder, one file a table: <c>articles participants visits meetings agreements dates mentions
/// credits</c>. UTF-8, header row, RFC 4180. The column <c>article</c> holds the record's <c>id</c>, <c>source</c> tells
/// articles with the same content apart; lists within a cell are separated by <see cref="ListSeparator"/>.
/// </summary>
public sealed class CsvTables : IDisposable
{
    /// <summary>Stands between the items of a list in one cell.</summary>
    public const string ListSeparator = "; ";

    private readonly Table[] _tables;

    /// <summary>Opens the tables of a folder to be added to.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="lengths">The lengths that the tables are cut to first, in the order of <see cref="RecordTables.All"/>; null to start anew.</param>
    public CsvTables(string folder, IReadOnlyList<long>? lengths = null) =>
        _tables = [.. RecordTables.All.Select((table, i) => new Table(Path.Combine(folder, table.Name + ".csv"), table, lengths?[i] ?? 0))];

    /// <summary>Adds one record's rows to all tables.</summary>
    public void Write(ArticleRecord record)
    {
        foreach (Table table in _tables) table.Write(record);
    }

    /// <summary>Writes out what is buffered, to the disk itself, and returns the tables' lengths in bytes.</summary>
    public long[] Checkpoint() => [.. _tables.Select(table => table.Checkpoint())];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Table table in _tables) table.Dispose();
    }

    private sealed class Table : IDisposable
    {
        private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        private readonly RecordTable _table;
        private readonly FileStream _file;
        private readonly CsvWriter _csv;

        public Table(string path, RecordTable table, long length)
        {
            _table = table;
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 64 << 10);
            _file.SetLength(length);
            _file.Seek(0, SeekOrigin.End);
            _csv = new CsvWriter(new StreamWriter(_file, new UTF8Encoding(false), 64 << 10), Configuration);
            if (length == 0) WriteRow(table.Columns);
        }

        public void Write(ArticleRecord record)
        {
            foreach (object?[] row in _table.Rows(record)) WriteRow(row);
        }

        public long Checkpoint()
        {
            _csv.Flush();
            _file.Flush(flushToDisk: true);
            return _file.Length;
        }

        public void Dispose()
        {
            _csv.Dispose();
            _file.Dispose();
        }

        private void WriteRow(IEnumerable<object?> cells)
        {
            foreach (object? cell in cells) _csv.WriteField(cell is IEnumerable<string> list ? string.Join(ListSeparator, list) : Convert.ToString(cell, CultureInfo.InvariantCulture));
            _csv.NextRecord();
        }
    }
}
