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
        if (state is null)
        {
            File.Delete(partial);
            File.Delete(partial + "-journal");
        }
        _rows = new long[RecordTables.All.Count];
        _inserts = new SqliteCommand[_rows.Length];
        _connection = Open(partial);
        Guarded(() => Prepare(state));
    }

    private void Prepare(long[]? state)
    {
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

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line) => Guarded(() => Insert(record));

    private void Insert(ArticleRecord record)
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
        Guarded(() =>
        {
            _transaction?.Commit();
            _transaction?.Dispose();
        });
        _transaction = null;
        return [.. _rows];
    }

    public void Complete()
    {
        Close();
        Publish(_path);
    }

    public void Dispose() => Close();

    /// <summary>Whether what <paramref name="state"/> vouches for is there.</summary>
    public static bool Holds(string path, RunState state) => HasRows(JsonLinesSink.Partial(path), state.Sink) || (state.IsComplete && HasRows(path, state.Sink));

    /// <summary>Puts a complete output under its name; does nothing where that was done already.</summary>
    public static void Publish(string path)
    {
        string partial = JsonLinesSink.Partial(path), whole = path + ".whole.partial";
        if (!File.Exists(partial)) return;
        File.Delete(whole);
        Guarded(() =>
        {
            using SqliteConnection connection = Open(partial);
            foreach (RecordTable table in RecordTables.All)
                Execute(connection, $"CREATE INDEX IF NOT EXISTS {table.Name}_by_article ON {table.Name} (article)");
            Execute(connection, $"VACUUM INTO '{whole.Replace("'", "''", StringComparison.Ordinal)}'");
        });
        DiskSync.File(whole);
        File.Move(whole, path, overwrite: true);
        DiskSync.FolderOf(path);
        File.Delete(partial);
    }

    private static bool HasRows(string path, long[] rows)
    {
        if (!File.Exists(path)) return false;
        bool isThere = true;
        Guarded(() =>
        {
            using SqliteConnection connection = Open(path);
            for (int i = 0; i < rows.Length && isThere; i++)
            {
                using SqliteCommand command = connection.CreateCommand();
                string name = RecordTables.All[i].Name;
                command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{name}'";
                isThere = (long)command.ExecuteScalar()! > 0;
                command.CommandText = $"SELECT coalesce(max(rowid), 0) FROM {name}";
                isThere = isThere && (long)command.ExecuteScalar()! >= rows[i];
            }
        });
        return isThere;
    }

    // A database says that the disk is full in a way of its own; to a run it is one more file that can't be written.
    private static void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        Guarded(() =>
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = DELETE");
            // EXTRA also flushes the folder in which a transaction's journal was deleted: what is committed stays so without power.
            Execute(connection, "PRAGMA synchronous = EXTRA");
        });
        return connection;
    }

    private void Close() => Guarded(() =>
    {
        _transaction?.Dispose();
        _transaction = null;
        foreach (SqliteCommand insert in _inserts) insert?.Dispose();
        _connection.Dispose();
    });

    private void Execute(string sql) => Execute(_connection, sql);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
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
