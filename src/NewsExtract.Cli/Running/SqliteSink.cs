using Microsoft.Data.Sqlite;
using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Cli.Running;

/// <summary>
/// Tables in the database <c>PATH.partial</c>; when complete it is copied in one piece to <c>PATH</c>, so that the same
/// records give the same file.
/// </summary>
internal sealed class SqliteSink : IRecordSink
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand[] _inserts;
    private readonly long[] _rows;
    private SqliteTransaction? _transaction;

    public SqliteSink(string path, long[]? state)
    {
        _path = path;
        string partial = JsonLinesSink.Partial(path);
        if (state is null) File.Delete(partial);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode = DELETE");
        Execute("PRAGMA synchronous = FULL");
        _rows = new long[RecordTables.All.Count];
        _inserts = new SqliteCommand[_rows.Length];
        for (int i = 0; i < _rows.Length; i++)
        {
            RecordTable table = RecordTables.All[i];
            Execute($"CREATE TABLE IF NOT EXISTS {table.Name} ({string.Join(", ", table.Columns.Select(column => $"\"{column}\""))})");
            // A transaction may have been closed after the journal's last line.
            _rows[i] = state?[i] ?? 0;
            Execute($"DELETE FROM {table.Name} WHERE rowid > {_rows[i]}");
            SqliteCommand insert = _connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {table.Name} (rowid, {string.Join(", ", table.Columns.Select(column => $"\"{column}\""))}) VALUES (@row, {string.Join(", ", table.Columns.Select((_, c) => $"@{c}"))})";
            insert.Parameters.Add("@row", SqliteType.Integer);
            for (int c = 0; c < table.Columns.Count; c++) insert.Parameters.Add(new SqliteParameter { ParameterName = $"@{c}" });
            _inserts[i] = insert;
        }
    }

    public bool TakesLines => false;

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line)
    {
        _transaction ??= _connection.BeginTransaction();
        for (int i = 0; i < _inserts.Length; i++)
        {
            SqliteCommand insert = _inserts[i];
            insert.Transaction = _transaction;
            foreach (object?[] row in RecordTables.All[i].Rows(record))
            {
                insert.Parameters[0].Value = ++_rows[i];
                for (int c = 0; c < row.Length; c++) insert.Parameters[c + 1].Value = Value(row[c]);
                insert.ExecuteNonQuery();
            }
        }
    }

    public long[] Checkpoint()
    {
        _transaction?.Commit();
        _transaction?.Dispose();
        _transaction = null;
        return [.. _rows];
    }

    public void Complete()
    {
        string whole = _path + ".whole.partial";
        File.Delete(whole);
        foreach (RecordTable table in RecordTables.All)
            Execute($"CREATE INDEX IF NOT EXISTS {table.Name}_by_article ON {table.Name} (article)");
        Execute($"VACUUM INTO '{whole.Replace("'", "''", StringComparison.Ordinal)}'");
        Close();
        File.Move(whole, _path, overwrite: true);
        File.Delete(JsonLinesSink.Partial(_path));
    }

    public void Dispose() => Close();

    private void Close()
    {
        _transaction?.Dispose();
        _transaction = null;
        foreach (SqliteCommand insert in _inserts) insert.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object Value(object? cell) => cell switch
    {
        null => DBNull.Value,
        IEnumerable<string> list when cell is not string => string.Join(CsvTables.ListSeparator, list),
        decimal number => (double)number,
        _ => cell,
    };
}
